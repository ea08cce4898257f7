"""Full names of letterheads."""

import pytest

from pipeline.extract.names import full


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH VĨNH LONG", "Ủy ban nhân dân tỉnh Vĩnh Long"),
        ("UBND TỈNH HÀ GIANG", "Ủy ban nhân dân tỉnh Hà Giang"),
        ("SỞ VH,TT&DL TP. CẦN THƠ", "Sở Văn hóa, Thể thao và Du lịch thành phố Cần Thơ"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("THƯ VIỆN THÀNH PHỐ", "Thư viện thành phố"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("BỘ Y TẾ", "Bộ Y tế"),
        ("VỤ TỔ CHỨC CÁN BỘ", "Vụ Tổ chức cán bộ"),
        ("Sở Tài chính", "Sở Tài chính"),
        ("TP. Cần Thơ", "thành phố Cần Thơ"),
    ],
)
def test_a_letterhead_becomes_a_name(printed, name):
    assert full(printed) == name
