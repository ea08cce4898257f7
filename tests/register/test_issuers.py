"""The issuer as a part of a plan's id: short, and shared by no two issuers of a province."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.knowledge import places
from pipeline.language.folding import folded, slug
from pipeline.register import PlanOrigin, issuer_slug

ISSUERS = (
    *("Ủy ban nhân dân xã Phù Đổng", "Ủy ban nhân dân quận Đống Đa", "Hội đồng nhân dân xã Vạn Phúc"),
    *("Sở Văn hóa, Thể thao và Du lịch", "Phòng Giáo dục và Đào tạo", "Trường Tiểu học Đoàn Kết", "Ban Quản lý chợ"),
)
MARKS = ("", "\u0300", "\u0301", "\u0302", "\u0303", "\u0306", "\u0309", "\u031b", "\u0323")


@st.composite
def respelled(draw, name):
    """The name with other marks, cases and strokes on some of its letters."""
    bare = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    changed = draw(st.sets(st.integers(0, len(bare) - 1), max_size=4))
    letters = list(unicodedata.normalize("NFC", name))
    for at in changed:
        if bare[at] in "dDđĐ":
            letters[at] = draw(st.sampled_from("dDđĐ"))
        elif bare[at].isalpha():
            mark = draw(st.sampled_from(MARKS))
            letters[at] = draw(st.sampled_from((bare[at].lower(), bare[at].upper()))) + mark
    return unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD"))), "".join(letters))


PAIRS = st.sampled_from(ISSUERS).flatmap(lambda name: st.tuples(respelled(name), respelled(name)))


def of(issuer, province="VN-HN", parent=None):
    return issuer_slug(PlanOrigin(province, date(2024, 2, 1), issuer), parent)


@given(PAIRS)
@example(("Ủy ban nhân dân xã Phù Đổng", "Ủy ban nhân dân xã Phú Đông"))
@example(("Ủy ban nhân dân xã Đông Dư", "Ủy ban nhân dân xã Dông Dư"))
@example(("Ủy ban nhân dân xã Yên Hoà", "ỦY BAN NHÂN DÂN XÃ YÊN HÒA"))
def test_two_issuers_share_a_slug_only_where_their_names_have_the_same_syllables(names):
    one, other = ([word for word in re.split(r"[\W_]+", folded(name)) if word] for name in names)
    assert (of(names[0]) == of(names[1])) is (one == other)


@pytest.mark.parametrize(
    ("issuer", "province", "made"),
    [
        ("Ủy ban nhân dân thành phố Cần Thơ", "VN-CT", "ubnd"),
        ("Ủy ban nhân dân quận Ninh Kiều", "VN-CT", "ubnd-quan-ninh-kieu"),
        ("Huyện ủy Phong Điền", "VN-CT", "huyen-uy-phong-dien"),
        ("Sở Văn hóa, Thể thao và Du lịch tỉnh Lai Châu", "VN-01", "so-van-hoa-the-thao-va-du-lich"),
        ("UBND tỉnh Vĩnh Long", "VN-49", "ubnd"),
        ("UBND thành phố Vĩnh Long", "VN-49", "ubnd-thanh-pho-vinh-long"),
        ("Bộ Y tế", None, "bo-y-te"),
        ("", "VN-CT", ""),
    ],
)
def test_a_known_issuer_is_named_without_its_province_and_without_a_mark(issuer, province, made):
    assert of(issuer, province) == made


def test_two_communes_that_differ_in_accents_have_a_mark_each():
    made = {of(f"Ủy ban nhân dân xã {name}") for name in ("Phù Đổng", "Phú Đông")}
    assert len(made) == 2
    assert all(re.fullmatch("ubnd-xa-phu-dong~[0-9a-f]{6}", one) for one in made)


def test_an_office_has_the_place_of_the_committee_above_it():
    assert of("Phòng Y tế", parent="Ủy ban nhân dân quận Ba Đình") == "phong-y-te-quan-ba-dinh"
    assert of("Phòng Y tế quận Ba Đình", parent="Ủy ban nhân dân quận Ba Đình") == "phong-y-te-quan-ba-dinh"


def test_most_communes_of_a_province_need_no_mark_and_none_shares_its_slug():
    homes = {one.code: one.province for one in places.districts()}
    for province in ("VN-HN", "VN-05"):
        communes = {f"{one.kind} {one.name}" for one in places.communes() if homes[one.district] == province}
        made = {name: of(f"Ủy ban nhân dân {name}", province) for name in communes}
        names = {folded(name) for name in communes}
        assert len(set(made.values())) == len(names)
        assert sum("~" in one for one in made.values()) < len(made) / 10


def test_no_two_provinces_share_a_slug():
    names = {one.name for one in places.provinces()} | {one.current_name for one in places.provinces()}
    assert len({slug(name) for name in names}) == len(names)
