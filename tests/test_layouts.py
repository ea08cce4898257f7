"""What was typeset is what comes out: ten layouts of tables, each as PDF, DOCX, Markdown and scan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.ingest import ingest
from pipeline.ingest.scan.tesseract.engine import Tesseract
from pipeline.run import read_restored, run
from pipeline.settings import Settings
from tests.documents import table_texts
from tests.layouts import docx, markdown, pdf, scan
from tests.layouts.layouts import LAYOUTS
from tests.layouts.meaning import cells, differences
from tests.layouts.model import Made

MORE_SEEDS = [
    0,
    *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 15)),
]  # they reach rows alone on a page
SEEDS = MORE_SEEDS[:3]  # of what is slower
SCANNED = 0.97  # of cells
FRESH = Settings(cache="off")

over_layouts = pytest.mark.parametrize("layout", LAYOUTS)
over_seeds = pytest.mark.parametrize("seed", SEEDS)


def as_pdf(made: Made, seed: int, path: Path) -> Path:
    pdf.write(made, path.with_suffix(".pdf"))
    return path.with_suffix(".pdf")


def as_docx(made: Made, seed: int, path: Path) -> Path:
    docx.write(made, path.with_suffix(".docx"))
    return path.with_suffix(".docx")


def as_markdown(made: Made, seed: int, path: Path) -> Path:
    markdown.write(made, path.with_suffix(".md"), repeats=bool(seed % 2))
    return path.with_suffix(".md")


def tables(document: Document) -> list[tuple[int, tuple[tuple[str, ...], ...]]]:
    return [(page.number, table_texts(page, at)) for page in document.pages for at in range(len(page.tables))]


@over_layouts
@pytest.mark.parametrize("seed", MORE_SEEDS)
def test_the_cells_of_a_pdf_are_those_typeset(layout: str, seed: int, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    typeset = pdf.write(LAYOUTS[layout](seed), path)
    assert tables(ingest(path, FRESH)) == typeset


@over_layouts
@pytest.mark.parametrize("seed", MORE_SEEDS)
def test_the_cells_of_a_docx_are_those_typeset(layout: str, seed: int, tmp_path: Path) -> None:
    path, made = tmp_path / "plan.docx", LAYOUTS[layout](seed)
    docx.write(made, path)
    assert [rows for _, rows in tables(ingest(path, FRESH))] == [grid.texts() for grid in made.grids]


@pytest.mark.parametrize("write", [as_pdf, as_docx, as_markdown])
@over_layouts
@over_seeds
def test_the_rows_come_out_as_they_were_typeset(
    layout: str, seed: int, write: Callable[[Made, int, Path], Path], tmp_path: Path
) -> None:
    made = LAYOUTS[layout](seed)
    assert differences(run(write(made, seed, tmp_path / "plan"), FRESH), made) == []


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.skipif(Tesseract("vie").problem() is not None, reason="Tesseract with vie is not installed")
def test_the_cells_of_scans_are_those_typeset(tmp_path: Path) -> None:
    right = total = 0
    report = []
    for layout, make in LAYOUTS.items():
        typeset = pdf.write(make(0), tmp_path / "plan.pdf")
        pages = sorted({page for page, _ in typeset})  # what has no table is not scanned
        pages = pages if layout == "over_pages" else pages[:1]  # one table goes on over pages like another
        typeset = [(page, rows) for page, rows in typeset if page in pages]
        scan.write(tmp_path / "plan.pdf", tmp_path / "scan.pdf", only=pages)
        found: dict[int, tuple[tuple[str, ...], ...]] = dict(
            reversed(tables(read_restored(tmp_path / "scan.pdf", FRESH)))
        )
        counts = [cells(found.get(pages.index(page) + 1, ()), rows) for page, rows in typeset]
        good, all_, wrong = sum(c[0] for c in counts), sum(c[1] for c in counts), [one for c in counts for one in c[2]]
        right, total = right + good, total + all_
        report.append(f"{layout}: {good} of {all_} {wrong[:5]}")
    assert right >= SCANNED * total, "\n".join(report)
