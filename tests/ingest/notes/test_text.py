"""Footnotes of plain text and Markdown."""

from pathlib import Path

import pytest

from pipeline.document import Document, Furniture
from pipeline.ingest import ingest


def read(tmp_path: Path, text: str, name: str = "a.md") -> Document:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return ingest(tmp_path / name)


def body(document: Document) -> list[str]:
    return [line.text for _, line in document.lines() if line.text and line.furniture is None]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("[^1]", "[^1]: Không kể xã đảo."),
        (" [^xa-dao]", "[^xa-dao]: Không kể xã đảo."),
        ("[[1]](#_ftn1)", "[[1]](#_ftnref1) Không kể xã đảo."),
        ("[\\[1\\]](#_ftn1)", "[\\[1\\]](#_ftnref1) Không kể xã đảo."),
        ("[1]", "[1] Không kể xã đảo."),
    ],
)
def test_a_mark_is_no_text_and_the_note_is_told_at_its_place(tmp_path: Path, mark: str, note: str) -> None:
    document = read(tmp_path, f"# KẾ HOẠCH\n\n1. Xây dựng chợ tại 30{mark} xã.\n\n2. Sửa đường.\n\n{note}\n")
    assert body(document) == ["KẾ HOẠCH", "1. Xây dựng chợ tại 30 xã.", "2. Sửa đường."]
    (told,) = document.notices
    said = dict(told.params)
    assert (told.code, said["at"], said["text"]) == ("W227", "1. Xây dựng chợ tại 30", "Không kể xã đảo.")


def test_a_mark_in_a_cell_is_no_text(tmp_path: Path) -> None:
    document = read(tmp_path, "| TT | Việc |\n|---|---|\n| 1 | Mua 20[^1] máy |\n\n[^1]: Loại để bàn.\n")
    assert body(document)[-1] == "1 | Mua 20 máy"


def test_a_note_over_two_lines_is_one(tmp_path: Path) -> None:
    document = read(tmp_path, "Chọn 9[^1] thôn.\n\n[^1]: Do xã\n    đề nghị.\nHết.\n")
    assert [line.text for _, line in document.lines() if line.furniture is Furniture.FOOTNOTE] == ["Do xã", "đề nghị."]
    assert body(document) == ["Chọn 9 thôn.", "Hết."]


@pytest.mark.parametrize(
    "text",
    [
        "[01] Tên đơn vị: Xã A [02] Mã: 7\n[02] Địa chỉ: thôn B\n",
        "Xem mục [1] và [2].\n[3] là mục khác.\n",
        "Kinh phí theo [^1] đã duyệt.\n",
    ],
)
def test_other_brackets_stay(tmp_path: Path, text: str) -> None:
    assert body(read(tmp_path, text, "a.txt")) == text.splitlines()
