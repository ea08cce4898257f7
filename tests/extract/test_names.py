"""Full names of letterheads."""

import pytest

from pipeline.extract.names import defined, full, spelled, written_out


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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vụ PC chủ trì. Vụ Pháp chế báo cáo.", {"Vụ PC": "Vụ Pháp chế"}),
        ("Phòng Quản lý văn hóa họp. Giao Phòng QLVH.", {"Phòng QLVH": "Phòng Quản lý văn hóa"}),
        ("Phòng Kế hoạch và Đầu tư; Phòng KHĐT", {"Phòng KHĐT": "Phòng Kế hoạch và Đầu tư"}),
        ("Phòng Kế hoạch, Tổng hợp; Phòng KHTH", {"Phòng KHTH": "Phòng Kế hoạch, Tổng hợp"}),
        ("Vụ Pháp chế Vụ Tổ chức cán bộ Vụ TCCB", {"Vụ TCCB": "Vụ Tổ chức cán bộ"}),
        ("Phòng Tổ\nchức, Phòng TC", {"Phòng TC": "Phòng Tổ chức"}),
        ("Giao Phòng KHTC", {"Phòng KHTC": "Phòng Kế hoạch - Tài chính"}),
        ("Giao Phòng QWX", {}),
        ("phòng Quản lý văn hóa, Phòng QLVH", {}),
        ("Phòng Quản lý", {}),
    ],
)
def test_units_written_short_are_those_the_document_writes_in_full(text, names):
    assert spelled(text) == names


def test_the_first_name_in_full_counts():
    assert spelled("Phòng Tổng cục, Phòng Tài chính, Phòng TC") == {"Phòng TC": "Phòng Tổng cục"}


def test_many_short_units_in_a_long_text_are_looked_up_in_one_pass():
    short = "".join(f"Phòng A{a}{b} họp. " for a in "BCDGHKLM" for b in "BCDGHKLM")
    assert spelled(short + "Sở Y tế họp. " * 50_000 + "Phòng An bình Dân") == {"Phòng ABD": "Phòng An bình Dân"}


def test_a_unit_written_short_is_written_out():
    assert written_out("Phòng QLVH và Phòng X", {"Phòng QLVH": "Phòng Quản lý văn hóa"}) == (
        "Phòng Quản lý văn hóa và Phòng X"
    )
