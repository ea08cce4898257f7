"""A single agency at a place in a text."""

import pytest

from pipeline.extract.agencies.mention import Grade
from pipeline.extract.agencies.single import agency, belongs
from pipeline.extract.tokens import spelled_out
from tests.cases import cases


def first(text):
    found = agency(spelled_out(text), 0)
    return found[0] if found else None


@cases("agencies/single", text=str, name=str | None, grade=Grade | None)
def test_a_kind_with_what_makes_it_one_is_an_agency(text, name, grade):
    found = first(text)
    assert (found and found.name, found and found.grade) == (name, grade)


@pytest.mark.parametrize(("text", "institution"), [("Thư viện", True), ("Công an tỉnh", False), ("Sở Y tế", False)])
def test_kinds_of_institutions_are_marked(text, institution):
    assert first(text).institution is institution


def test_sectors_behind_commas_share_the_kind():
    found = agency(spelled_out("Sở Nội vụ, Tài chính và Y tế"), 0)
    assert [one.name for one in found] == ["Sở Nội vụ", "Sở Tài chính", "Sở Y tế"]


@pytest.mark.parametrize(("text", "end"), [("thuộc Bộ Nội vụ tổ chức", 4), ("trực thuộc Sở", 3), ("thuộc diện", 0)])
def test_a_name_takes_in_what_it_belongs_to(text, end):
    assert belongs(spelled_out(text), 0) == end
