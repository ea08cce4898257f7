"""Notes below a table, with the marks that stand in its cells."""

from pathlib import Path

import pytest

from pipeline.document import Document, Furniture
from pipeline.ingest import ingest

HEAD = "# KẾ HOẠCH\n\n| TT | Việc | Chủ trì | Hạn |\n|---|---|---|---|\n"


def read(tmp_path: Path, text: str) -> Document:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    return ingest(tmp_path / "a.md")


def below(document: Document) -> list[str]:
    return [line.text for _, line in document.lines() if line.text and line.furniture is None and line.table is None][
        1:
    ]


@pytest.mark.parametrize("mark", ["(1)", "(*)", "*", "[2]"])
@pytest.mark.parametrize("title", ["", "Ghi chú: ", "Chú thích:\n\n"])
def test_a_line_below_with_the_mark_of_a_cell_is_a_note_and_told(tmp_path: Path, mark: str, title: str) -> None:
    rows = f"| 1 | Đào giếng {mark} | Sở Y tế | Quý I |\n\n"
    document = read(
        tmp_path, f"{HEAD}{rows}{title}{mark} Không kể giếng cũ của năm 2024.\n\n2. Sở Tài chính cấp vốn.\n"
    )
    assert below(document)[-1] == "2. Sở Tài chính cấp vốn."
    assert not any("giếng cũ" in text for text in below(document))
    (told,) = document.notices
    assert (told.code, dict(told.params)["at"], dict(told.params)["text"]) == (
        "W227",
        "Đào giếng",
        "Không kể giếng cũ của năm 2024.",
    )


def test_a_star_may_stand_behind_a_figure(tmp_path: Path) -> None:
    document = read(
        tmp_path, f"{HEAD}| 1 | Đạt 95% (1) | Sở Y tế | 30/6/2026 (*) |\n\n(1) So với 2024.\n(*) Nếu đủ vốn.\n"
    )
    assert [dict(one.params)["mark"] for one in document.notices] == ["(1)", "(*)"]


def test_notes_follow_one_another_and_go_on_in_the_next_line(tmp_path: Path) -> None:
    rows = "| 1 | Đào giếng (1) | Sở Y tế (2) | Quý I |\n\n"
    notes = "(1) Không kể giếng cũ\ncủa các trường.\n(2) Bộ phận thường trực.\n\nII. TỔ CHỨC\n"
    document = read(tmp_path, HEAD + rows + notes)
    assert below(document) == ["II. TỔ CHỨC"]
    assert [dict(one.params)["mark"] for one in document.notices] == ["(1)", "(2)"]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("| (1) | (2) | (3) | (4) |\n| 1 | Đào giếng | Sở Y tế | Quý I |", ["(1) Sở Y tế đào.", "(2) Sở Xây dựng vẽ."]),
        ("| 1 | Đào giếng (1) | Sở Y tế | Quý I |", ["(1) Sở Y tế đào.", "(2) Sở Xây dựng vẽ."]),
        ("| 1 | Cộng (3)=(1)+(2) | Sở Y tế | Quý I |", ["(2) Sở Xây dựng vẽ."]),
        ("| 1 | Đào giếng | Sở Y tế | Năm 2026 (1) |", ["(1) Sở Y tế đào."]),
        ("| 1 | Đào giếng | Sở Y tế | Quý I |", ["(*) Sở Xây dựng vẽ."]),
        ("| 1 | Đào giếng (1) | Sở Y tế | Quý I |", ["1. Sở Xây dựng vẽ.", "(1) Nhà kho."]),
    ],
)
def test_lists_below_a_table_are_no_notes(tmp_path: Path, rows: str, lines: list[str]) -> None:
    document = read(tmp_path, HEAD + rows + "\n\n" + "\n".join(lines) + "\n")
    assert below(document) == lines
    assert not any(line.furniture is Furniture.FOOTNOTE for _, line in document.lines())
