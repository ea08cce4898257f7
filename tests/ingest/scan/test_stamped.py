"""Stamps that say that a copy arrived or is one are no text; the document's own lines stay."""

import pytest

from pipeline.document import Box, Line
from pipeline.ingest.scan.page import ScanLine, ScanWord
from pipeline.ingest.scan.recognition import _within_text
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


def scanned(*words: tuple[str, float, float], cell: int = -1) -> ScanLine:
    return ScanLine(tuple(ScanWord(text, x0, x1, 100.0, 0.9) for text, x0, x1 in words), 13.0, cell)


LONG_LINE = scanned(("Sở", 70.0, 90.0), ("Tài", 95.0, 110.0), ("chính", 115.0, 300.0), ("chủ", 305.0, 540.0))


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (scanned(("định.", 70.0, 150.0), ("BữP", 572.0, 581.0)), 1),  # a seal over the edges of the pages
        (scanned(("Ủy", 500.0, 543.0), ("Y", 573.0, 580.0), ("XN", 583.0, 590.0)), 1),
        (scanned(("TỈNH", 70.0, 150.0), ("Độc", 400.0, 420.0), ("lập", 424.0, 450.0)), 3),  # the other side of a head
        (scanned(("định.", 70.0, 545.0), ("này", 549.0, 560.0)), 2),
        (scanned(("định.", 70.0, 150.0), ("BữP", 572.0, 581.0), cell=3), 2),
    ],
)
def test_what_stands_out_of_the_text_behind_a_gap_is_none_of_it(line, kept):
    found = _within_text((LONG_LINE, line), ())
    assert found[0] == LONG_LINE and len(found[1].words) == kept
