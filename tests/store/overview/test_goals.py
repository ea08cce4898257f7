"""Targets of all plans, against what the plans' JSON says."""

import json
from collections import Counter
from pathlib import Path

import pytest

from pipeline.errors import EmptyValueError
from pipeline.store.database import open_store
from pipeline.store.overview.goals import goal_counts, goals
from tests.store.conftest import OUTPUTS

PLANS = [json.loads(path.read_text()) for path in sorted(Path(OUTPUTS).glob("*.json"))]
STATED = [
    (plan["metadata"]["province"]["name"], one)
    for plan in PLANS
    for item in plan["objectives"] + plan["tasks"]
    for one in item["targets"]
]


def ask(address, function, *arguments, **more):
    with open_store(address) as store, store.reading() as connection:
        return function(connection, *arguments, **more)


def test_every_target_of_every_plan_is_listed_once(corpus):
    found = ask(corpus, goals, {})
    assert Counter((one.province, one.text, one.value, one.due) for one in found) == Counter(
        (place, one["text"], one["value"], one["due"]) for place, one in STATED
    )


def test_they_are_counted_by_province_and_year(corpus):
    stated = Counter((place, one["due"] and one["due"][:4]) for place, one in STATED)
    assert ask(corpus, goal_counts, {}).by_place == stated
    assert stated["Cần Thơ", "2030"] > 0


@pytest.mark.parametrize(
    ("filters", "more", "fits"),
    [
        ({"province": "Vĩnh Long"}, {}, lambda place, one: place == "Vĩnh Long"),
        ({"unit": "%"}, {"year": "2025"}, lambda place, one: one["unit"] == "%" and one["due"] == "2025"),
        ({}, {"year": "none"}, lambda place, one: one["due"] is None),
        ({"unit": "BẢN SÁCH"}, {}, lambda place, one: one["unit"] == "bản sách"),
    ],
)
def test_filters_choose_among_them(corpus, filters, more, fits):
    expected = Counter(one["text"] for place, one in STATED if fits(place, one))
    assert Counter(one.text for one in ask(corpus, goals, filters, **more)) == expected
    assert sum(ask(corpus, goal_counts, filters, **more).by_place.values()) == expected.total()


def test_units_come_by_how_often_they_are_used(corpus):
    units = ask(corpus, goal_counts, {}).units
    assert units[0] == ("%", sum(one["unit"] == "%" for _, one in STATED))
    assert [count for _, count in units] == sorted((count for _, count in units), reverse=True)


def test_words_choose_the_items_whose_targets_are_listed(corpus):
    found = ask(corpus, goals, {}, "lực lượng vũ trang")
    assert {one.province for one in found} == {"Cần Thơ", "Vĩnh Long"}
    assert any(one.subject == "thư viện lực lượng vũ trang" and one.value == 80 for one in found)


def test_parts_of_the_list_make_the_whole(corpus):
    whole = ask(corpus, goals, {})
    assert [one for at in range(0, len(whole), 9) for one in ask(corpus, goals, {}, limit=9, offset=at)] == whole


def test_a_filter_without_a_value_is_refused(corpus):
    with pytest.raises(EmptyValueError):
        ask(corpus, goals, {"province": " "})
