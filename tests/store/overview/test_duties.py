"""What agencies have to do, against the roles in the plans' JSON; and the plans of a province."""

import json
from collections import Counter
from pathlib import Path

from pipeline.store.database import open_store
from pipeline.store.overview.duties import agency_counts, duties, duty_count
from pipeline.store.overview.places import plan_lines, provinces_of_plans
from tests.store.conftest import OUTPUTS

PLANS = {path.stem: json.loads(path.read_text()) for path in sorted(Path(OUTPUTS).glob("*.json"))}
DUTIES = ("lead", "responsible", "directed")


def ask(address, function, *arguments, **more):
    with open_store(address) as store, store.reading() as connection:
        return function(connection, *arguments, **more)


def roles(*plans):
    for name in plans or PLANS:
        for item in PLANS[name]["objectives"] + PLANS[name]["tasks"]:
            for one in item["agencies"]:
                yield item, one


def test_roles_are_counted_by_agency(corpus):
    counted = ask(corpus, agency_counts, {})
    for role in (*DUTIES, "cooperating", "reports_to"):
        assert sum(getattr(one, role) for one in counted) == sum(one["role"] == role for _, one in roles())
    mine = [one.lead + one.responsible + one.directed for one in counted]
    assert mine == sorted(mine, reverse=True)


def test_every_duty_is_listed_with_its_deadlines(corpus):
    found = ask(corpus, duties, {"province": "Vĩnh Long"})
    stated = [(item, one) for item, one in roles("vinh-long-2023") if one["role"] in DUTIES]
    assert Counter((one.text, one.role) for one in found) == Counter(
        (item["text"], one["role"]) for item, one in stated
    )
    assert ask(corpus, duty_count, {"province": "Vĩnh Long"}) == len(stated)
    times = {item["text"]: [one["text"] for one in item["deadlines"]] for item, _ in stated}
    assert any(times.values()) and all([text for text, _ in one.deadlines] == times[one.text] for one in found)


def test_an_agency_s_own_duties_are_listed_not_those_of_others_in_its_items(corpus):
    found = ask(corpus, duties, {"agency": "Thư viện tỉnh Lai Châu"})
    assert found and {one.agency for one in found} == {"Thư viện tỉnh Lai Châu"}


def test_parts_of_the_list_make_the_whole(corpus):
    whole = ask(corpus, duties, {})
    assert [one for at in range(0, len(whole), 23) for one in ask(corpus, duties, {}, limit=23, offset=at)] == whole


def test_plans_of_a_province_say_what_each_has(corpus):
    lines = {one.file_name: one for one in ask(corpus, plan_lines, {"province": "Cần Thơ"})}
    plans = [plan for plan in PLANS.values() if plan["metadata"]["province"]["name"] == "Cần Thơ"]
    assert len(plans) == len(lines) == dict(ask(corpus, provinces_of_plans))["Cần Thơ"]
    for plan in plans:
        items, line = plan["objectives"] + plan["tasks"], lines[plan["source"]["file_name"]]
        assert (line.tasks, line.objectives) == (len(plan["tasks"]), len(plan["objectives"]))
        assert (line.deadlines, line.targets, line.doubts) == tuple(
            sum(len(item[kind]) for item in items) for kind in ("deadlines", "targets", "doubts")
        )
