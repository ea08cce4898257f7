"""Who an agency is, by what plans call it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.register import PlanOrigin, changes, identify, successor, titles
from tests.cases import cases

HOMES = {
    "Lai Châu": PlanOrigin("VN-01", date(2023, 2, 1), "Sở Văn hóa, Thể thao và Du lịch tỉnh Lai Châu"),
    "Vĩnh Long": PlanOrigin("VN-49", date(2023, 3, 22), "Ủy ban nhân dân tỉnh Vĩnh Long"),
    "Hải Phòng": PlanOrigin("VN-HP", date(2023, 2, 23), "Ủy ban nhân dân thành phố Hải Phòng"),
    "Quảng Ngãi": PlanOrigin("VN-29", date(2024, 11, 6), "Ủy ban nhân dân tỉnh Quảng Ngãi"),
    "Tiền Giang": PlanOrigin("VN-46", date(2024, 5, 1), "Ủy ban nhân dân tỉnh Tiền Giang"),
    "huyện Tam Đường": PlanOrigin("VN-01", date(2023, 2, 1), "Ủy ban nhân dân huyện Tam Đường"),
    "phường Lê Chân": PlanOrigin("VN-HP", date(2025, 9, 1), "Ủy ban nhân dân phường Lê Chân"),
    "Bộ Y tế": PlanOrigin(None, date(2014, 1, 10), "Bộ Y tế"),
    "Chính phủ": PlanOrigin(None, date(2014, 1, 10), "Chính phủ"),
}


@cases("register/keys", name=str, home=str, key=str)
def test_a_name_has_one_key(name, home, key):
    entry = identify(name, HOMES[home])
    assert (entry.key, entry.collective) == (key, False)


@cases("register/groups", name=str, home=str, key=str | None, level=str | None)
def test_a_group_is_no_single_agency(name, home, key, level):
    entry = identify(name, HOMES[home])
    assert entry.collective
    assert key is None or (entry.key, entry.level) == (key, level)
    assert entry.successor is None


@cases("register/full_names", name=str, home=str, full=str)
def test_a_name_is_written_in_full(name, home, full):
    assert identify(name, HOMES[home]).name == full


def test_an_entry_says_where_its_agency_is():
    entry = identify("UBND huyện Gò Công Đông", HOMES["Tiền Giang"])
    assert (entry.kind, entry.level, entry.place, entry.place_name) == (
        "committee", "district", "VN-46-824", "huyện Gò Công Đông",
    )  # fmt: skip
    assert (entry.province, entry.current_province) == ("VN-46", "VN-45")
    central = identify("Bộ Tài chính", HOMES["Tiền Giang"])
    assert (central.level, central.place, central.province) == ("central", None, None)


def test_hue_is_a_city_of_its_own_since_2025():
    before, since = (
        identify("UBND thành phố Huế", PlanOrigin("VN-26", day)) for day in (date(2024, 6, 1), date(2025, 1, 1))
    )
    assert (before.level, before.place) == ("district", "VN-26-thanh-pho-hue")
    assert (since.level, since.place, since.place_name) == ("province", "VN-26", "thành phố Huế")
    assert identify("UBND tỉnh", PlanOrigin("VN-26", date(2024, 6, 1))).name == "Ủy ban nhân dân tỉnh Thừa Thiên Huế"


@cases("register/successors", name=str, home=str, after=str | None)
def test_mergers_are_followed_to_today(name, home, after):
    entry = identify(name, HOMES[home])
    assert entry.successor == after
    assert after is None or successor(after) is None


def test_a_change_has_its_day_and_source():
    first, second = changes("department.planning@VN-46")
    assert (first.on, first.into) == (date(2025, 3, 1), "department.finance@VN-46")
    assert (second.on, second.into) == (date(2025, 7, 1), "department.finance@VN-45")
    assert "45/2025/NĐ-CP" in first.source and "202/2025/QH15" in second.source
    assert changes("department.finance@VN-49") == ()


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("police@VN-29-524", date(2025, 3, 1)),
        ("committee@VN-29-524", date(2025, 7, 1)),
        ("court@VN-29-524", date(2025, 7, 1)),
    ],
)
def test_districts_agencies_ended(key, day):
    (end,) = changes(key)
    assert (end.on, end.into) == (day, None)


def test_an_unknown_agency_keeps_to_its_province():
    here, there = (identify("Câu chuyện không tên", home) for home in (HOMES["Lai Châu"], HOMES["Vĩnh Long"]))
    assert here.kind == there.kind == "other"
    assert here.key != there.key


NAMES = [
    "Sở VHTTDL", "UBND các huyện, thành phố (p/h)", "TT Tỉnh ủy", "UB MTTQVN TP và các đoàn thể", "Vụ Pháp chế",
    "Trung tâm Văn hóa, TT&TT các huyện, TP", "Báo HP, chuyên đề ANHP", "Đài PT&TH HP", "Cục Hải quan tỉnh Điện Biên",
    "Các Sở: Tài chính, Nội vụ", "HĐND, UBND các tỉnh: Kon Tum, Gia Lai", "UBND xã Phổ Phong",
    "Công ty TNHH MTV Lại Linh", "Phòng Chống lụt, bão", "Huyện ủy, UBND huyện Bình Sơn", "Lưu: VT, NC(Tr212)",
]  # fmt: skip
ANY_HOME = [*HOMES.values(), PlanOrigin(), PlanOrigin("VN-99"), PlanOrigin("x", None, "y")]


@given(st.sampled_from(NAMES), st.sampled_from(ANY_HOME), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_and_blanks_change_no_key(name, home, change):
    expected = identify(name, home)
    found = identify("  " + change(name).replace(" ", "  ") + " ", home)
    assert (found.key, found.collective) == (expected.key, expected.collective)


WORDS = st.sampled_from(
    ["các", "Sở", "Bộ", "UBND", "tỉnh", "huyện", "thành phố", "xã", ",", ";", ":", "(", ")", "-", "và", "thuộc", "của"]
    + ["Y tế", "Tài chính", "Văn hóa", "Chủ tịch", "Phòng", "Ban", "Công an", "Lai Châu", "Hải Phòng", "Tam Đường"]
    + ["cấp", "Trung ương", "Việt Nam", "liên quan", "Lưu", "ủy", "đoàn", "địa phương", "ngành", "Vụ", "Cục", "Tỉnh ủy"]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)), st.sampled_from(ANY_HOME))
def test_any_text_is_somebody(name, home):
    entry = identify(name, home)
    assert entry.kind in titles()["kind"]
    assert entry.sector is None or entry.sector in titles()["sector"]
    assert entry.level is None or entry.level in titles()["level"]
    assert "@" in entry.key
    chain = [entry.key]
    while (after := successor(chain[-1])) is not None:
        assert after not in chain
        chain.append(after)


def test_a_broadcaster_of_a_province_that_was_misread_is_one_of_that_place():
    assert identify("Đài Phát thanh và Truyền hình tỉnh Su").place_name == "tỉnh Su"
