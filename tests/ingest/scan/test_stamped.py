"""Stamps that say that a copy arrived or is one are no text; the document's own lines stay."""

import pytest

from pipeline.document import Box, Line
from pipeline.ingest.scan.scanner import _stamped

HEIGHT = 842.0


def stamped(*texts: str, top: float = 120.0, step: float = 12.0) -> list[str]:
    """Which lines of a block are a stamp's, that stand one below the other."""
    lines = [
        Line(text, text, box=Box(80.0, top + step * at, 80.0 + 5 * len(text), top + step * at + 10.0))
        for at, text in enumerate(texts)
    ]
    return [texts[at] for at in sorted(_stamped(lines, HEIGHT))]


@pytest.mark.parametrize(
    "lines",
    [
        ("ĐẾN", "Số: 1234", "Ngày: 15/3/2025", "Chuyển: ......"),
        ("ĐẾN Số: 1234", "Ngày: ...../...../....."),
        ("CÔNG VĂN ĐẾN", "Số: ....", "Ngày 15 tháng 3 năm 2025", "Kính chuyển: ....."),
        ("Số đến: 123", "Ngày đến: 15/3/2025"),
        ("CÔNG VĂN ĐÊN", "Sô: 77", "Ngày: 1/2/25", "Lưu hồ sơ số: ...."),  # misread
        ("SAO Y BẢN CHÍNH",),
        ("Số: 12/SY-UBND", "SAO Y", "Ngày 15 tháng 3 năm 2025"),
        ("BẢN SAO",),
    ],
)
def test_a_stamp_is_known_by_its_form(lines):
    assert stamped(*lines) == list(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("Số: 15/KH-UBND", "Lào Cai, ngày 15 tháng 3 năm 2025"),
        ("Đến năm 2030:", "Số: 12"),
        ("Số đến khám tại trạm y tế: 120 người",),
        ("đến ngày 15/3/2025.",),
        ("Sao y bản chính gửi các đơn vị",),
        ("Chuyển: 15 hồ sơ",),
        ("Ngày: 15/3/2025",),
    ],
)
def test_the_documents_own_lines_stay(lines):
    assert stamped(*lines) == []


def test_the_documents_number_beside_a_stamp_stays():
    assert stamped("Số: 15/KH-UBND", "ĐẾN", "Số: 77") == ["ĐẾN", "Số: 77"]


def test_in_the_middle_of_a_page_no_stamp_is_looked_for():
    assert stamped("ĐẾN", "Số: 1234", top=500.0) == []
