"""Agencies in running text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.agencies import groups, lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.mention import Grade
from pipeline.extract.agencies.mentions import find
from pipeline.extract.clauses.reading import read_clauses
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge import places
from pipeline.knowledge.agencies import words_in_texts
from pipeline.schema import Role
from tests.cases import cases


def names(text):
    return [one.name for one in find(spelled_out(text))]


@pytest.mark.parametrize(
    ("first", "further"),
    [
        ("Các sở, ban, ngành tỉnh", ", đoàn thể tỉnh"),
        ("Các cơ quan tỉnh", " và đơn vị tỉnh"),
        ("Thôn Đoài", ", thôn Đông"),
        ("Giáo viên", ", học sinh"),
        ("Ủy ban nhân dân các xã", ", các phường"),
        ("Các xã Tân Lập", ", Tân Lập"),
    ],
)
def test_a_list_may_have_more_members_than_calls_may_be_nested(first, further):
    assert find(spelled_out(first + further * 1500 + " tổ chức họp."), duties=True)


def capital(name):
    return name[0].upper() + name[1:]


@cases("agencies/in_text", text=str, agencies=list[str])
def test_agencies_are_found_in_their_order(text, agencies):
    assert names(text) == agencies


@cases("agencies/shared_levels", text=str, names=list[str])
def test_agencies_of_a_list_share_the_level_at_its_end(text, names):
    assert [one.name for one in find(spelled_out(text))] == names


@cases("agencies/other_words", text=str)
def test_a_word_that_only_begins_or_ends_as_names_do_names_no_body(text):
    assert names(text) == []


def test_a_mention_stands_where_it_is_printed():
    text = "trình UBND tỉnh xem xét"
    (one,) = find(spelled_out(text))
    assert (text[one.start : one.end], one.name) == ("UBND tỉnh", "Ủy ban nhân dân tỉnh")


def looks(text, monkeypatch):
    """How often the nouns of groups are looked up while a text is read."""
    seen = []
    with monkeypatch.context() as patched:
        patched.setattr(groups, "match", lambda tree, *args: seen.append(tree) or match(tree, *args))
        names(text)
    return len(seen)


@pytest.mark.parametrize("repeated", ["Sở và ", "Sở, ", "các sở, ban "])
def test_a_long_list_of_nouns_takes_work_in_proportion_to_its_length(repeated, monkeypatch):
    assert looks(repeated * 400, monkeypatch) < 2.2 * looks(repeated * 200, monkeypatch)


def test_an_office_alone_is_bare():
    assert [one.grade for one in find(spelled_out("Hiệu trưởng chủ trì"))] == [Grade.BARE]


WORDS = "các Sở Bộ ban ngành và , : ; ( ) tỉnh Tài chính Nội vụ Giám đốc liên quan thuộc của chủ trì huyện 12"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=20).map(" ".join))
def test_mentions_never_overlap(text):
    spans = [(one.start, one.end) for one in find(spelled_out(text))]
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))


SECTORS = sorted(lexicon._sector_names())
PLACED = sorted(
    {lexicon.written(tuple(lexicon.split(kind))) for kind, bound in words_in_texts().items() if bound == "placed"}
)
PROVINCES = places.provinces()
GROUPS = [
    "các sở, ban, ngành liên quan",
    "các cơ quan, đơn vị có liên quan",
    "Ủy ban nhân dân các huyện, thị xã, thành phố",
    "các đoàn thể",
    "các tổ chức chính trị - xã hội",
    "các địa phương",
]
DEPARTMENTS = st.builds("Sở {}".format, st.sampled_from(SECTORS))
MINISTRIES = st.builds("Bộ {}".format, st.sampled_from(SECTORS))
LOCAL = st.builds(
    lambda kind, row: f"{kind} {row.kind} {row.name}", st.sampled_from(PLACED), st.sampled_from(PROVINCES)
)


@st.composite
def lists_of_agencies(draw):
    """Names and a group among them; and the list as it would be printed."""
    planted = draw(st.lists(DEPARTMENTS | MINISTRIES | LOCAL, max_size=5, unique=True))
    at = draw(st.integers(0, len(planted)))
    planted[at:at] = draw(st.lists(st.sampled_from(GROUPS), min_size=0 if planted else 1, max_size=1))
    text = planted[0]
    for index, name in enumerate(planted[1:], 2):
        joint = draw(st.sampled_from([", ", "; ", " và "] if index == len(planted) else [", ", "; "]))
        text += joint + name
    return planted, text


@settings(max_examples=150)
@given(lists_of_agencies())
def test_agencies_planted_behind_phoi_hop_are_the_cooperating_ones(planted):
    agencies, printed = planted
    text = f"Chủ trì, phối hợp với {printed} triển khai thực hiện."
    parts = read_clauses(text, find(spelled_out(text))).roles
    assert [(part.mention.name, part.role) for part in parts] == [(name, Role.COOPERATING) for name in agencies]


@settings(max_examples=150)
@given(lists_of_agencies())
def test_agencies_planted_as_subjects_are_the_responsible_ones(planted):
    agencies, printed = planted
    text = capital(f"{printed} chịu trách nhiệm triển khai thực hiện.")
    parts = read_clauses(text, find(spelled_out(text))).roles
    expected = [capital(agencies[0]), *agencies[1:]]
    assert [(part.mention.name, part.role) for part in parts] == [(name, Role.RESPONSIBLE) for name in expected]


@pytest.mark.parametrize(
    "agency",
    [
        "Bộ Chỉ huy quân sự tỉnh",
        "Bộ đội Biên phòng tỉnh Ninh Bình",
        "Ban Quản lý các khu công nghiệp tỉnh",
        "Ban Dân tộc tỉnh",
    ],
)
@pytest.mark.parametrize("group", ["các đoàn thể", "các địa phương"])
def test_an_agency_behind_a_group_is_found(agency, group):
    assert names(f"Phối hợp với {group}, {agency} tuyên truyền.") == [group, agency]


def test_no_name_ends_inside_an_abbreviation():
    assert names("phối hợp với Công an tỉnh UBND các huyện") == ["Công an tỉnh", "Ủy ban nhân dân các huyện"]


@pytest.mark.parametrize("province", ["Bà Rịa - Vũng Tàu", "Thừa Thiên - Huế", "Đắc Lắc"])
def test_a_province_is_known_as_it_was_once_written(province):
    assert names(f"Ủy ban nhân dân tỉnh {province} chủ trì") == [f"Ủy ban nhân dân tỉnh {province}"]


@cases("agencies/own_name", text=str, issuer=str | None, agencies=list[str])
def test_the_writer_calls_its_own_name_by_its_kind(text, issuer, agencies):
    assert [one.name for one in find(spelled_out(text), issuer)] == agencies
