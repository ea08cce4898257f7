"""A single agency at a place in a text."""

import pytest

from pipeline.extract.agency import agency, belongs
from pipeline.extract.mention import Grade
from pipeline.extract.tokens import spelled_out


def first(text):
    found = agency(spelled_out(text), 0)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở Tài chính chủ trì", "Sở Tài chính"),
        ("Sở Văn hóa, Thể thao và Du lịch chủ trì", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Bộ Lao động - Thương binh và Xã hội", "Bộ Lao động - Thương binh và Xã hội"),
        ("Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("UBND TP. Cần Thơ", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("Ủy ban nhân dân các huyện, thị xã, thành phố", "Ủy ban nhân dân các huyện, thị xã, thành phố"),
        ("Công an thành phố", "Công an thành phố"),
        ("Bộ Chỉ huy quân sự tỉnh", "Bộ Chỉ huy quân sự tỉnh"),
        ("Thư viện thành phố Cần Thơ", "Thư viện thành phố Cần Thơ"),
        ("Đài Phát thanh và Truyền hình tỉnh", "Đài Phát thanh và Truyền hình tỉnh"),
        ("Báo Cần Thơ", "Báo Cần Thơ"),
        ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
        ("Tòa án nhân dân tối cao", "Tòa án nhân dân tối cao"),
        ("Thanh tra Sở Y tế", "Thanh tra Sở Y tế"),
        ("Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("Cục Quản lý Khám, chữa bệnh chủ trì", "Cục Quản lý Khám, chữa bệnh"),
        ("Cục Phòng, chống HIV/AIDS", "Cục Phòng, chống HIV/AIDS"),
        ("Vụ Tổ chức cán bộ chủ trì", "Vụ Tổ chức cán bộ"),
        (
            "Trung tâm Văn hóa - Thể thao và Truyền thanh quận, huyện",
            "Trung tâm Văn hóa - Thể thao và Truyền thanh quận, huyện",
        ),
        (
            "Chi cục Kiểm lâm thuộc Sở Nông nghiệp và Phát triển nông thôn",
            "Chi cục Kiểm lâm thuộc Sở Nông nghiệp và Phát triển nông thôn",
        ),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
    ],
)
def test_a_kind_with_what_makes_it_one_is_an_agency(text, name):
    assert (first(text).name, first(text).grade) == (name, Grade.PROPER)


@pytest.mark.parametrize("text", ["Thư viện", "Công an", "Tỉnh đoàn", "Bảo tàng"])
def test_a_kind_with_nothing_behind_it_is_bare(text):
    assert first(text).grade is Grade.BARE


@pytest.mark.parametrize(
    "text", ["sở hữu trí tuệ", "bộ sách", "thư viện", "công an", "ban hành Kế hoạch", "vụ việc", "Kế hoạch"]
)
def test_common_words_are_no_agency(text):
    assert first(text) is None


@pytest.mark.parametrize(("text", "institution"), [("Thư viện", True), ("Công an tỉnh", False), ("Sở Y tế", False)])
def test_kinds_of_institutions_are_marked(text, institution):
    assert first(text).institution is institution


def test_sectors_behind_commas_share_the_kind():
    found = agency(spelled_out("Sở Nội vụ, Tài chính và Y tế"), 0)
    assert [one.name for one in found] == ["Sở Nội vụ", "Sở Tài chính", "Sở Y tế"]


@pytest.mark.parametrize(("text", "end"), [("thuộc Bộ Nội vụ tổ chức", 4), ("trực thuộc Sở", 3), ("thuộc diện", 0)])
def test_a_name_takes_in_what_it_belongs_to(text, end):
    assert belongs(spelled_out(text), 0) == end
