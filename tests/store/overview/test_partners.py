"""Who works with whom, against the roles in the plans' JSON."""

import json
from pathlib import Path

from pipeline.store.database import open_store
from pipeline.store.overview.partners import pairs, shared_items
from tests.store.conftest import OUTPUTS

PLANS = [json.loads(path.read_text()) for path in sorted(Path(OUTPUTS).glob("*.json"))]


def ask(address, function, *arguments, **more):
    with open_store(address) as store, store.reading() as connection:
        return function(connection, *arguments, **more)


def test_the_items_of_pairs_are_those_in_which_one_leads_and_another_cooperates(corpus):
    both = [
        item
        for plan in PLANS
        for item in plan["objectives"] + plan["tasks"]
        if {"lead", "responsible"} & (roles := {one["role"] for one in item["agencies"]}) and "cooperating" in roles
    ]
    found = ask(corpus, pairs, {})
    assert both and found
    listed = {one.text for pair in found for one in ask(corpus, shared_items, {}, pair.doer_key, pair.partner_key)}
    assert listed == {item["text"] for item in both}
    assert all(len(ask(corpus, shared_items, {}, one.doer_key, one.partner_key)) == one.items for one in found)


def test_pairs_with_most_items_come_first_and_no_agency_works_with_none(corpus):
    found = ask(corpus, pairs, {})
    assert [one.items for one in found] == sorted((one.items for one in found), reverse=True)
    assert len({(one.doer_key, one.partner_key) for one in found}) == len(found)


def test_an_agency_is_one_of_the_two(corpus):
    name = "Sở Văn hóa, Thể thao và Du lịch Cần Thơ"
    found = ask(corpus, pairs, {"agency": name})
    assert found and all("Cần Thơ" in one.doer + one.partner for one in found)
    assert all("Sở Văn hóa, Thể thao và Du lịch thành phố Cần Thơ" in (one.doer, one.partner) for one in found)


def test_a_province_and_words_narrow_them(corpus):
    every, some = ask(corpus, pairs, {}), ask(corpus, pairs, {"province": "Vĩnh Long"})
    assert 0 < len(some) < len(every)
    assert ask(corpus, pairs, {}, "không có từ nào như vậy cả") == []
    assert ask(corpus, pairs, {"agency": "Sở Không Có Thật"}) == []
