"""What says where an agency is."""

import pytest

from pipeline.extract.places import is_level, place, qualified
from pipeline.extract.tokens import spelled_out


def words(text, end):
    found = spelled_out(text)
    return text[: found[end - 1].end] if end else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tỉnh", "tỉnh"),
        ("tỉnh Vĩnh Long chủ trì", "tỉnh Vĩnh Long"),
        ("thành phố Cần Thơ, Sở Y tế", "thành phố Cần Thơ"),
        ("TP. Cần Thơ tổ chức", "TP. Cần Thơ"),
        ("quận, huyện báo cáo", "quận, huyện"),
        ("các huyện, thị xã, thành phố chủ động", "các huyện, thị xã, thành phố"),
        ("các tỉnh, thành phố trực thuộc Trung ương chỉ đạo", "các tỉnh, thành phố trực thuộc Trung ương"),
        ("các cấp", "các cấp"),
        ("các địa phương có liên quan", "các địa phương có liên quan"),
        ("cấp huyện", "cấp huyện"),
        ("cấp tỉnh, huyện", "cấp tỉnh, huyện"),
        ("Cần Thơ", "Cần Thơ"),
        ("thành phố Hồ Chí Minh", "thành phố Hồ Chí Minh"),
        ("Thừa Thiên Huế", "Thừa Thiên Huế"),
        ("Trung ương", "Trung ương"),
        ("tổ chức thực hiện", ""),
        ("Tài chính", ""),
        ("các lớp", ""),
        ("tỉnh Sở Y tế", "tỉnh"),
    ],
)
def test_the_words_of_a_place_are_found(text, expected):
    assert words(text, place(spelled_out(text), 0)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("có liên quan tổ chức", "có liên quan"),
        ("liên quan", "liên quan"),
        ("trên địa bàn báo cáo", "trên địa bàn"),
        ("vùng Tây Nguyên", "vùng Tây Nguyên"),
        ("khu vực Đồng bằng sông Cửu Long", "khu vực Đồng bằng sông Cửu Long"),
        ("báo cáo", ""),
    ],
)
def test_qualifiers_belong_to_the_name(text, expected):
    assert words(text, qualified(spelled_out(text), 0)) == expected


@pytest.mark.parametrize(("text", "level"), [("thành phố", True), ("xã", True), ("thành lập", False), ("", False)])
def test_levels_are_words_of_administration(text, level):
    assert is_level(spelled_out(text), 0) is level
