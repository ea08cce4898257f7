"""Lines that a converter ran together."""

import pytest

from pipeline.outline.converted.flattened import parted
from pipeline.outline.paragraphs import rows_of
from tests.documents import document


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("Hà Nội, ngày 02 tháng 02 năm 2021 Kính gửi:", ["Hà Nội, ngày 02 tháng 02 năm 2021", "Kính gửi:"]),
        (
            "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Hữu Sơn",
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH Nguyễn Hữu Sơn"],
        ),
        (
            "- Lưu: VT, ĐMDN (2b). BỘ TRƯỞNG, CHỦ NHIỆM Mai Văn Sơn",
            ["- Lưu: VT, ĐMDN (2b).", "BỘ TRƯỞNG, CHỦ NHIỆM Mai Văn Sơn"],
        ),
        ("- Lưu: VT, KGVX2.", ["- Lưu: VT, KGVX2."]),
        ("Giao PHÓ CHỦ TỊCH UBND xã trực.", ["Giao PHÓ CHỦ TỊCH UBND xã trực."]),
    ],
)
def test_a_line_is_parted_where_another_begins_in_it(line, lines):
    assert [row.text for row in parted(rows_of(document(line)))] == lines
