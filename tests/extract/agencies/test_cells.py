"""The agencies that a cell of a task table names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.agencies.cells import agencies_in
from pipeline.schema import Role
from tests.cases import cases
from tests.documents import in_lines


def named(text, role=Role.LEAD, terms=()):
    """Name and role of each agency of a cell whose lines are parted by "/" with blanks around it."""
    return [(one.name, one.role) for one in agencies_in(in_lines(*text.split(" / ")), role, dict(terms))]


def names(text, **kwargs):
    return [name for name, _ in named(text, **kwargs)]


def known(text):
    return [one.known for one in agencies_in(in_lines(text), Role.LEAD, {})]


@cases("cells/agencies", text=str, agencies=list[str])
def test_the_agencies_of_a_cell_are_told_apart(text, agencies):
    assert names(text) == agencies


@cases("cells/roles", text=str, roles=dict[str, Role])
def test_words_in_a_cell_say_who_leads(text, roles):
    assert named(text, role=Role.RESPONSIBLE) == list(roles.items())


def test_who_is_not_said_to_lead_has_the_role_of_the_column():
    assert named("Sở Y tế phối hợp Sở Nội vụ") == [("Sở Y tế", Role.LEAD), ("Sở Nội vụ", Role.COOPERATING)]


@pytest.mark.parametrize("role", list(Role))
def test_the_column_gives_its_role(role):
    assert named("Sở Y tế", role=role) == [("Sở Y tế", role)]


@cases("cells/unknown", text=str)
def test_what_is_no_agency_is_not_taken_for_a_known_one(text):
    assert known(text) == [False]


def test_a_sentence_is_not_taken_for_a_known_agency():
    assert known("thường xuyên kiểm tra việc thực hiện " * 5) == [False]


def test_what_an_agency_does_is_no_part_of_its_name():
    assert (names("Sở Tài chính thẩm định"), known("Sở Tài chính thẩm định")) == (["Sở Tài chính"], [False])


def test_a_unit_may_be_called_by_what_it_does_which_is_not_sure():
    text = "Phòng Quản lý kiểm tra đê điều"
    assert (names(text), known(text)) == ([text], [False])


def test_what_a_group_does_says_which_are_meant():
    assert names("các cơ quan soạn thảo văn bản") == ["các cơ quan soạn thảo văn bản"]


def test_who_is_named_in_a_sentence_is_not_sure():
    assert known("Sở Tài chính thẩm định trình UBND tỉnh quyết định") == [False, False]


def test_the_document_s_own_abbreviations_are_written_out():
    assert names("Phòng QLVH; CĐS", terms={"Phòng QLVH": "Phòng Quản lý văn hóa", "CĐS": "chuyển đổi số"}) == [
        "Phòng Quản lý văn hóa",
        "Chuyển đổi số",
    ]


def test_an_agency_stands_where_it_is_printed():
    cell = in_lines("Sở Y tế;", "UBND tỉnh (phối hợp)")
    assert [cell.text[one.start : one.end] for one in agencies_in(cell, Role.LEAD, {})] == ["Sở Y tế", "UBND tỉnh"]


@pytest.mark.parametrize(("text", "count"), [("Sở Y tế", 2500), ("Sở Y tế,", 2500), (",", 0)])
def test_a_cell_of_thousands_of_lines_is_read(text, count):
    assert len(agencies_in(in_lines(*[text] * 2500), Role.LEAD, {})) == count


@settings(max_examples=60)
@given(st.text(alphabet="Sở Ytế,;-/()và.1:\nchủrìphốihợp", max_size=80))
def test_offsets_lie_in_their_cell_and_in_order(text):
    cell = in_lines(*text.split("\n"))
    found = [(one.start, one.end) for one in agencies_in(cell, Role.LEAD, {})]
    assert found == sorted(found) and all(0 <= a < b <= len(cell.text) for a, b in found)
