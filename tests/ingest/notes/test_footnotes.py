"""Raised figures are marks of footnotes or powers; the notes belong to no item and are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Document, Furniture
from pipeline.ingest import ingest
from pipeline.ingest.clean import clean

Save = Callable[[str, bytes | str], Path]


def raised(pdf: Any, x: float, y: float, before: str, mark: str, after: str, size: float = 13) -> None:
    """Text with a figure raised behind its first part."""
    wide = 0.5 * size  # of each glyph; an m takes more
    pdf.text(x, y, before, size)
    x += 4 if before.endswith("m") else 0
    pdf.text(x + len(before) * wide, y - 0.35 * size, mark, 0.6 * size)
    pdf.text(x + len(before) * wide + len(mark) * wide * 0.6, y, after, size)


def filled(maker: Callable[[], Any]) -> Any:
    pdf = maker().page()
    for row in range(12):
        pdf.text(72, 80 + 20 * row, "Các đơn vị tổ chức thực hiện nội dung của kế hoạch", 13)
    return pdf


def texts(document: Document, furniture: Furniture | None = None) -> list[str]:
    return [line.text for _, line in document.lines() if line.furniture is furniture]


@pytest.mark.parametrize(
    ("before", "mark", "after", "read"),
    [
        ("1. Chọn 25", "3", " thôn làm điểm", "1. Chọn 25 thôn làm điểm"),
        ("trong năm 2026", "12", ".", "trong năm 2026."),
        ("Các phòng", "(1)", " báo cáo", "Các phòng báo cáo"),
        ("Các phòng", "*", " báo cáo", "Các phòng báo cáo"),
        ("diện tích 800 m", "2", " sân", "diện tích 800 m2 sân"),
        ("cấp 900 m", "3", "/ngày", "cấp 900 m3/ngày"),
        ("giữ ở 8", "0", "C, không hơn", "giữ ở 8°C, không hơn"),
        ("giữ ở 8", "o", "C", "giữ ở 8°C"),
        ("có 3 x 10", "6", " cây", "có 3 x 10⁶ cây"),
        ("dưới 10", "-3", " g", "dưới 10⁻³ g"),
        ("tại 10", "2", " xã", "tại 10 xã"),
    ],
)
def test_a_raised_figure_is_no_digit(
    maker: Callable[[], Any], save: Save, before: str, mark: str, after: str, read: str
) -> None:
    pdf = filled(maker)
    raised(pdf, 72, 400, before, mark, after)
    assert texts(ingest(save("a.pdf", pdf.bytes())))[-1] == read


def test_a_figure_behind_ten_is_a_mark_where_its_note_stands_below(maker: Callable[[], Any], save: Save) -> None:
    pdf = filled(maker)
    raised(pdf, 72, 400, "tại 10", "4", " xã")
    raised(pdf, 78, 780, "", "4", "Không kể các xã ở vùng lũ.", 10)
    assert "tại 10 xã" in texts(ingest(save("a.pdf", pdf.bytes())))


@pytest.mark.parametrize("before", ["Có hai việc:", "Dọn lối đi;"])
def test_an_enumeration_in_small_type_is_kept(maker: Callable[[], Any], save: Save, before: str) -> None:
    pdf = filled(maker)
    raised(pdf, 72, 400, before, "(2)", " mở cửa thoát")
    assert texts(ingest(save("a.pdf", pdf.bytes())))[-1] == f"{before} (2) mở cửa thoát"


def test_a_number_written_small_into_a_blank_is_read(maker: Callable[[], Any], save: Save) -> None:
    pdf = filled(maker)
    raised(pdf, 72, 400, "Số:", "45", "/KH-UBND")
    assert "45" in texts(ingest(save("a.pdf", pdf.bytes())))[-1]


@pytest.mark.parametrize("small", [True, False])
def test_a_note_at_the_foot_is_apart_and_told(maker: Callable[[], Any], save: Save, small: bool) -> None:
    pdf = filled(maker)
    raised(pdf, 72, 400, "1. Chọn 25", "1", " thôn làm điểm trong năm 2026")
    if small:
        raised(pdf, 78, 780, "", "1", "Không kể các thôn ở vùng lũ,", 10)
        pdf.text(72, 794, "theo danh sách của huyện.", 10)
    else:
        pdf.text(72, 780, "1 Không kể các thôn ở vùng lũ,", 13).text(72, 796, "theo danh sách của huyện.", 13)
    document = ingest(save("a.pdf", pdf.bytes()))
    assert texts(document, Furniture.FOOTNOTE) == ["1 Không kể các thôn ở vùng lũ,", "theo danh sách của huyện."]
    [told] = [dict(said.params) for said in document.notices if said.code == "W227"]
    assert told == {"mark": "1", "at": "1. Chọn 25", "text": "Không kể các thôn ở vùng lũ, theo danh sách của huyện."}


def test_a_note_that_begins_with_a_figure_is_apart(maker: Callable[[], Any], save: Save) -> None:
    pdf = filled(maker)
    raised(pdf, 72, 400, "1. Chọn 25", "1", " thôn làm điểm trong năm 2026")
    raised(pdf, 78, 780, "", "1", "04 thôn ở vùng lũ, 02 thôn ở vùng cao.", 10)
    assert texts(ingest(save("a.pdf", pdf.bytes())), Furniture.FOOTNOTE) == ["1 04 thôn ở vùng lũ, 02 thôn ở vùng cao."]


def test_a_note_that_takes_most_of_its_page_and_runs_on_to_the_next_is_apart(
    maker: Callable[[], Any], save: Save
) -> None:
    pdf = filled(maker)
    for row in range(12):
        pdf.text(72, 340 + 20 * row, "Các đơn vị tổ chức thực hiện nội dung của kế hoạch", 13)
    pdf.page()
    raised(pdf, 72, 80, "1. Chọn 25", "1", " thôn làm điểm trong năm 2026.")
    raised(pdf, 78, 400, "", "1", "Không kể các thôn ở vùng lũ,", 10)
    for row in range(20):
        pdf.text(72, 415 + 14 * row, "theo danh sách của huyện và của các xã,", 10)
    filled(lambda: pdf).text(72, 790, "đã được công bố trong tháng 3.", 10)
    document = ingest(save("a.pdf", pdf.bytes()))
    assert len(texts(document, Furniture.FOOTNOTE)) == 22
    assert texts(document, Furniture.FOOTNOTE)[-1] == "đã được công bố trong tháng 3."
    assert len([said for said in document.notices if said.code == "W227"]) == 1


def test_a_list_at_the_foot_is_no_note(maker: Callable[[], Any], save: Save) -> None:
    pdf = filled(maker)
    raised(pdf, 72, 400, "I. Chọn 25", "1", " thôn làm điểm:")
    pdf.text(72, 780, "1. Phòng Nội vụ chủ trì", 13).text(72, 796, "2. Phòng Y tế phối hợp", 13)
    assert texts(ingest(save("a.pdf", pdf.bytes())), Furniture.FOOTNOTE) == []


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Duy trì 30¹ xã", "Duy trì 30 xã"),
        ("hoàn thành trong năm 2026².", "hoàn thành trong năm 2026."),
        ("Các sở, ngành² thực hiện", "Các sở, ngành thực hiện"),
        ("diện tích 1.500 m² và 20.000 m³", "diện tích 1.500 m² và 20.000 m³"),
        ("chứa 3 x 10⁶ con, giữ ở 25⁰ C", "chứa 3 x 10⁶ con, giữ ở 25⁰ C"),
        ("h¹n nép hå s¬", "h¹n nép hå s¬"),
        ("tr¸ch nhiÖm cña Së t¹", "tr¸ch nhiÖm cña Së t¹"),
    ],
)
def test_raised_figures_of_unicode_are_no_digits(raw: str, text: str) -> None:
    assert clean(raw).text == text
