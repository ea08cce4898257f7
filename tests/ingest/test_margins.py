"""Headings in the margin stand before the text beside them; notes there are in no item and are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.document import Document, Furniture
from pipeline.ingest import ingest

Save = Callable[[str, bytes | str], Path]
TEXT = [
    "Phòng Y tế chủ trì, phối hợp với các xã kiểm tra",
    "các cơ sở chế biến trên địa bàn, báo cáo kết quả",
    "trong tháng 9.",
    "Phòng Nội vụ tham mưu khen thưởng tập thể có",
    "thành tích, trình Chủ tịch xem xét trước ngày",
    "20 tháng 12.",
]


def beside(maker: Callable[[], Any], *margin: tuple[float, float, str, float]) -> Any:
    """The text, and what stands beside it: x, the line it stands at, words, size."""
    pdf = maker().page()
    for row, line in enumerate(TEXT):
        pdf.text(180, 100 + 18 * row, line)
    for x, row, words, size in margin:
        pdf.text(x, 100 + 18 * row, words, size)
    return pdf


def read(pdf: Any, save: Save) -> Document:
    return ingest(save("a.pdf", pdf.bytes()))


def texts(document: Document) -> list[str]:
    return [line.text for _, line in document.lines() if line.furniture is None]


def test_a_heading_in_the_margin_stands_before_its_text(maker: Callable[[], Any], save: Save) -> None:
    margin = (72, 0, "1. Kiểm tra,", 12), (72, 1, "báo cáo", 12), (72, 3, "2. Khen thưởng", 12)
    expected = ["1. Kiểm tra,", "báo cáo", *TEXT[:3], "2. Khen thưởng", *TEXT[3:]]
    assert texts(read(beside(maker, *margin), save)) == expected


def test_a_note_in_the_margin_is_told(maker: Callable[[], Any], save: Save) -> None:
    for x in (72, 500):
        document = read(beside(maker, (x, 1, "Xem phụ", 8), (x, 1.6, "lục 2", 8)), save)
        assert texts(document) == TEXT
        assert [line.text for _, line in document.lines() if line.furniture is Furniture.SIDE_NOTE] == [
            "Xem phụ",
            "lục 2",
        ]
        assert [dict(one.params)["text"] for one in document.notices if one.code == "W230"] == ["Xem phụ lục 2"]


def test_numbers_that_stand_out_are_no_headings(maker: Callable[[], Any], save: Save) -> None:
    lines = texts(read(beside(maker, (150, 0, "1.", 12), (150, 3, "2.", 12)), save))
    assert [lines[0], lines[3]] == [f"1. {TEXT[0]}", f"2. {TEXT[3]}"]
