"""Full names of letterheads."""

import pytest

from pipeline.extract.names import defined, full, written_out


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


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("nhân lực an toàn, an ninh thông tin (ATANTT) là", {"ATANTT": "an toàn, an ninh thông tin"}),
        ("phát triển nông thôn mới (viết tắt là NTM)", {"NTM": "nông thôn mới"}),
        ("phòng cháy\nvà chữa cháy (PCCC)", {"PCCC": "phòng cháy và chữa cháy"}),
        ("theo biểu mẫu (QĐA)", {}),
        ("(ABC)", {}),
    ],
)
def test_abbreviations_that_a_document_makes(text, terms):
    assert defined(text) == terms


def test_an_agency_has_them_written_out():
    terms = {"ATANTT": "an toàn, an ninh thông tin"}
    assert written_out("Trung tâm ATANTT", terms) == "Trung tâm an toàn, an ninh thông tin"
    assert written_out("Trung tâm ATANTTX", terms) == "Trung tâm ATANTTX"
