"""Groups of agencies."""

import pytest

from pipeline.extract.agencies.groups import group
from pipeline.extract.agencies.mention import Grade
from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from tests.cases import cases


def found(text, after_office=False):
    return group(spelled_out(text), 0, after_office=after_office)


@cases("agencies/groups", text=str, name=str, grade=Grade)
def test_group_nouns_with_their_qualifiers_are_one(text, name, grade):
    assert [(one.name, one.grade) for one in found(text)] == [(name, grade)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("phối hợp với cơ quan chuyên môn thuộc Bộ Tài chính rà soát", ["cơ quan chuyên môn thuộc Bộ Tài chính"]),
        ("Phòng chuyên môn thuộc Ủy ban nhân dân xã tham mưu", ["Phòng chuyên môn thuộc Ủy ban nhân dân xã"]),
        ("Thanh tra tỉnh là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh", ["Thanh tra tỉnh", "Ủy ban nhân dân tỉnh"]),
        ("cơ quan chuyên môn thuộc lĩnh vực này", []),
        ("cá nhân, đơn vị thuộc Sở Y tế", ["Sở Y tế"]),
    ],
)
def test_one_of_a_kind_is_told_by_whose_it_is(text, names):
    assert [one.name for one in find(spelled_out(text))] == names


@cases("agencies/shared_heads", text=str, names=list[str])
def test_a_list_that_shares_its_head_is_one_each(text, names):
    assert [one.name for one in found(text)] == names


def test_behind_an_office_no_plural_is_needed():
    assert [one.name for one in found("cơ quan, đơn vị", after_office=True)] == ["cơ quan, đơn vị"]


@pytest.mark.parametrize("text", ["tổ chức thực hiện Kế hoạch này", "tổ chức"])
def test_to_chuc_behind_an_office_is_the_verb(text):
    assert found(text, after_office=True) == []
