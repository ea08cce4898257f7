"""A text without the names of its own place."""

import pytest

from pipeline.compare.places import PlaceNames

CITY, PROVINCE, NONE = PlaceNames("cần thơ", True), PlaceNames("vĩnh long", False), PlaceNames(None, False)


@pytest.mark.parametrize(
    ("places", "text", "neutral"),
    [
        (CITY, "Thư viện thành phố Cần Thơ", "thư viện tỉnh"),
        (CITY, "Báo Cần Thơ", "báo tỉnh"),
        (CITY, "Ban Tuyên giáo Thành ủy", "ban tuyên giáo tỉnh ủy"),
        (CITY, "UBND TP và các quận, huyện", "ubnd tỉnh và huyện"),
        (CITY, "Uỷ ban nhân dân quận, huyện", "ủy ban nhân dân huyện"),
        (CITY, "thư viện xã, phường, thị trấn", "thư viện xã"),
        (PROVINCE, "Bảo tàng tỉnh Vĩnh Long", "bảo tàng tỉnh"),
        (PROVINCE, "Đài Phát thanh Vĩnh Long", "đài phát thanh tỉnh"),
        (PROVINCE, "UBND thành phố Vĩnh Long", "ubnd huyện"),  # a town of the province
        (PROVINCE, "Ủy ban nhân dân các huyện, thị xã, thành phố", "ủy ban nhân dân huyện"),
        (PROVINCE, "Ủy ban nhân dân các huyện, thị xã và thành phố", "ủy ban nhân dân huyện"),
        (NONE, "Ủy ban nhân dân tỉnh, thành phố", "ủy ban nhân dân tỉnh, thành phố"),
        (CITY, "xã hội học tập", "xã hội học tập"),
    ],
)
def test_one_word_stands_for_each_level(places: PlaceNames, text: str, neutral: str) -> None:
    assert places.neutral(text) == neutral
