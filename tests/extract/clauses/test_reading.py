"""Who leads, does, cooperates, is directed and gets the report."""

import pytest

from pipeline.extract.agencies.mentions import find
from pipeline.extract.citations import find_citations, masks
from pipeline.extract.clauses.reading import read_clauses
from pipeline.extract.passages import Context, read_passage
from pipeline.extract.tokens import spelled_out
from tests.cases import cases


def read(text):
    return read_clauses(text, find(spelled_out(text), duties=True), masks(text, find_citations(text)))


@cases("roles/sentences", text=str, roles=dict[str, str])
def test_the_words_around_a_name_give_its_role(text, roles):
    assert {part.mention.name: part.role.value for part in read(text).roles} == roles


@cases("roles/people", text=str, roles=dict[str, str])
def test_people_act_where_they_do_their_duty(text, roles):
    assert {part.mention.name: part.role.value for part in read(text).roles} == roles


def test_people_do_nothing_where_an_aim_is_measured():
    objective = read_passage("Học sinh chấp hành nội quy.", Context(objective=True))
    assert not objective.clauses.roles


def test_a_share_of_bodies_does_nothing_where_it_is_measured():
    text = "100% Ủy ban nhân dân các xã ban hành kế hoạch."
    assert not read_clauses(text, find(spelled_out(text)), measured=True).roles


@pytest.mark.parametrize(
    ("text", "subject", "opening"),
    [
        ("Sở Y tế chủ trì mở lớp.", True, True),
        ("Mở lớp học; Sở Y tế chịu trách nhiệm cấp cứu.", True, False),
        ("Phối hợp với Sở Y tế mở lớp.", False, False),
    ],
)
def test_whom_a_sentence_is_about_and_who_opens_the_item(text, subject, opening):
    (part,) = read(text).roles
    assert (part.subject, part.opening) == (subject, opening)


@pytest.mark.parametrize(
    "text",
    [
        "Đầu tư công trình cho các xã trên địa bàn.",
        "Xây dựng chương trình cho các trường học.",
        "Xây dựng quy trình với Sở Y tế.",
    ],
)
def test_a_work_or_a_programme_is_no_report(text):
    assert "reports_to" not in {part.role.value for part in read(text).roles}


@cases("roles/opening", text=str, opens=bool)
def test_an_item_may_open_with_the_lead(text, opens):
    assert read(text).leads_above is opens


def test_a_clause_has_its_place_its_verb_and_its_rule():
    first, second = read("Sở Y tế chủ trì, phối hợp với Sở Nội vụ.").clauses
    assert (first.start, first.end, first.rule) == (0, 15, "clauses.role.leads")
    assert (second.verb, [one.name for one in second.helps]) == ("phối hợp", ["Sở Nội vụ"])
