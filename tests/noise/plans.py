"""The plans that are spoilt: those of corpus/ and, where it lies beside the project, of ../shared, each as a text.

Paragraphs are lines, tables rows in bars; `OPEN` are those that rules are made by, `ASIDE` those that were kept aside.
"""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.ingest import ingest
from pipeline.restore import log_perplexity, restore
from pipeline.settings import Settings
from tests.documents import table_texts

PROJECT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("BENCH_SHARED", PROJECT.parent / "shared")) / "documents"
OPEN = (
    "can-tho-2023.txt",
    "vinh-long-2023.txt",
    "plans/14222622.pdf",
    "plans/14222543.pdf",
    "plans/14222599.pdf",
    "plans/14222832.pdf",
    "2018-2026/docx/lam-dong_KH-thi-dua-CCHC-2026.docx",
    "2018-2026/docx/lam-dong_CV-cai-thien-chi-so-CCHC_12-2025.docx",
    "2018-2026/docx/lao-cai_KH-SCT-De-an-08-cong-nghiep-xanh_4-2026.docx",
    "2018-2026/text/bcdqg1237_KH-252_11-11-2013.md",
)
ASIDE = (
    "lai-chau-2023.txt",
    "can-tho-library-2019.txt",
    "plans/14222559.pdf",
    "plans/14222565.pdf",
    "plans/14222614.pdf",
    "plans/14222680.pdf",
    "2018-2026/docx/lam-dong_KH-CCHC-2026-2030_final.docx",
    "2018-2026/docx/lam-dong_KH-tuyen-truyen-CCHC-2026.docx",
    "2018-2026/docx/lao-cai_TB-ket-luan-Chu-tich-CCN_6-2026.docx",
    "2018-2026/docx/ttg_CT-07-TTg_02-3-2012_khu-cong-nghiep.docx",
)


def place(name: str) -> Path:
    """Where a plan lies."""
    return PROJECT / "corpus" / name if "/" not in name else SHARED / name


def as_text(path: Path) -> str:
    """The text of a document: what is printed on its pages without furniture, its tables as rows in bars."""
    settings = Settings(cache="off")
    document = restore(ingest(path, settings, log_perplexity), settings)
    out: list[str] = []
    for page in document.pages:
        shown: set[int] = set()
        for line in page.lines:
            if line.furniture is not None:
                continue
            if line.table is None:
                out.append(line.text)
            elif line.table not in shown:
                shown.add(line.table)
                out += _rows(table_texts(page, line.table))
    return "\n".join(out)


def _rows(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    lines = ["| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]
