"""Plans of 1.0 and 1.1 become plans of 2.0, or are refused with a reason."""

import json
from pathlib import Path

import pytest

from pipeline.extract.upgrading import PresentKnowledge
from pipeline.schema import Plan
from pipeline.schema.checking import check
from pipeline.schema.rendering import plan_json
from pipeline.schema.upgrade import UpgradeRefusedError, read_json, upgrade
from tests.plans import TEXT
from tests.schema.old_plans import Nothing, a_task, an_old_plan, founding_plans, founding_texts

OUTPUTS = Path(__file__).parents[2] / "outputs"
LINE, COMPARE = "line 2: ", "; compare with the page"
DOUBTED = "item I.1: a deadline states no year; the year of the plan was taken"


def upgraded(raw):
    return upgrade(raw, Nothing(), "0.3.0")


def frame(plan):
    """What a plan of 2.0 has around its values: how these are read changes from version to version."""
    kept = {name: value for name, value in plan.items() if name not in ("made_by", "warnings", "restorations")}
    for kind in ("objectives", "tasks"):  # where a closing paragraph begins has changed since
        numbered = [one for one in plan[kind] if one["number"] is not None]
        kept[kind] = [{name: one[name] for name in ("id", "section", "number", "ordinal", "text")} for one in numbered]
    return kept


def keys(plan):
    """The register's key of each agency in its role."""
    items = (*plan["objectives"], *plan["tasks"])
    return {(item["id"], one["name"], one["role"]): one["key"] for item in items for one in item["agencies"]}


def same_texts():
    """The stems of plans whose text is read now as it was then."""
    return [stem for stem, text in founding_texts().items() if (OUTPUTS / f"{stem}.txt").read_text("utf-8") == text]


def test_most_texts_are_read_as_they_were():
    assert len(same_texts()) >= 3


@pytest.mark.parametrize("stem", same_texts())
def test_an_upgraded_plan_has_the_frame_of_the_one_that_is_read_now(stem):
    made = json.loads(plan_json(upgrade(founding_plans()[stem], PresentKnowledge(), "0.3.0")))
    now = json.loads((OUTPUTS / f"{stem}.json").read_text("utf-8"))
    assert frame(made) == frame(now)


@pytest.mark.parametrize("stem", founding_plans())
def test_an_agency_of_an_upgraded_plan_has_the_key_it_has_now(stem):
    made = keys(json.loads(plan_json(upgrade(founding_plans()[stem], PresentKnowledge(), "0.3.0"))))
    now = keys(json.loads((OUTPUTS / f"{stem}.json").read_text("utf-8")))
    both = made.keys() & now.keys()
    assert len(both) > len(made) * 0.9
    assert {one: made[one] for one in both} == {one: now[one] for one in both}


@pytest.mark.parametrize("stem", founding_plans())
def test_an_upgraded_plan_keeps_the_contract(stem):
    made = upgrade(founding_plans()[stem], PresentKnowledge(), "0.3.0")
    assert check(plan_json(made).encode(), founding_texts()[stem]) == []


def test_the_id_of_the_plan_has_its_issuer():
    assert upgrade(an_old_plan(), PresentKnowledge(), "0.3.0").plan_id == "ha-giang/ubnd-huyen-dong-van/2024/5-kh-ubnd"


def test_a_plan_without_an_issuer_is_known_by_its_hash():
    raw = an_old_plan()
    raw["metadata"]["issuer"] = None
    assert upgrade(raw, PresentKnowledge(), "0.3.0").plan_id == "sha256/0000000000000000"


def test_who_knows_the_register_is_told_which_plan_it_is():
    knows = Nothing()
    upgrade(an_old_plan(), knows, "0.3.0")
    assert knows.told == ("VN-03", "2024-01-02", "Ủy ban nhân dân huyện Đồng Văn")


def test_it_says_what_upgraded_it_and_from_what():
    assert upgraded(an_old_plan()).made_by.version == "0.3.0+upgraded.from.1.1"


def test_a_doubt_stands_with_its_item_and_lowers_its_value():
    plan = upgraded(an_old_plan(("W405", DOUBTED), lowered_by=["year_from_title"], confidence=0.9))
    (task,) = plan.tasks
    assert [(one.code, one.params) for one in task.doubts] == [("W405", {"item": "I.1"})]
    assert (task.deadlines[0].confidence, task.agencies[0].confidence, task.confidence) == (0.5, 1.0, 0.5)
    assert [one.code for one in plan.warnings] == ["W501"]


def test_what_lowered_an_item_is_a_doubt_even_where_no_warning_says_it():
    (task,) = upgraded(an_old_plan(lowered_by=["doubtful_reading", "time_not_read"])).tasks
    assert [one.code for one in task.doubts] == ["W411", "W407"]
    assert task.doubts[0].evidence == task.evidence


@pytest.mark.parametrize(
    ("code", "message", "read", "restored", "other"),
    [
        ("W206", f"{LINE}“nhiem” was restored as “nhiệm”, but may be “nhiễm”{COMPARE}", "nhiem", "nhiệm", "nhiễm"),
        ("W207", f"{LINE}“nhiêm” was corrected to “nhiệm”{COMPARE}", "nhiêm", "nhiệm", None),
        ("W212", f"{LINE}“nhiệm” could not be read for certain{COMPARE}", "nhiệm", "nhiệm", None),
    ],
)
def test_a_warning_of_a_word_is_a_restoration(code, message, read, restored, other):
    plan = upgraded(an_old_plan((code, message)))
    (one,) = plan.restorations
    assert (one.line, one.raw, one.restored, one.runner_up, one.probability) == (2, read, restored, other, None)
    assert [warning.code for warning in plan.warnings] == ["W220", "W501"]


def test_a_word_that_is_unsure_lowers_the_value_it_stands_in():
    message = "line 3: “Tai” was restored as “Tài”, but may be “Tải”; compare with the page"
    (task,) = upgraded(an_old_plan(("W206", message))).tasks
    assert (task.agencies[0].confidence, task.deadlines[0].confidence) == (0.5, 1.0)


def test_the_words_of_another_version_are_kept():
    plan = upgraded(an_old_plan(("W405", "no year"), ("W999", "so")))
    assert [(one.code, one.params) for one in plan.warnings[:2]] == [
        ("W503", {"code": "W405", "message": "no year"}),
        ("W503", {"code": "W999", "message": "so"}),
    ]


def test_a_plan_of_1_0_says_that_its_tables_are_missing():
    raw = an_old_plan() | {"schema_version": "1.0"}
    del raw["tables"], raw["tasks"][0]["result"], raw["tasks"][0]["refers_to"]
    plan = upgraded(raw)
    assert [(one.code, one.severity) for one in plan.warnings] == [("W502", "lost")]
    assert check(plan_json(plan).encode(), TEXT) == []


def test_ids_of_items_that_print_one_number_have_their_words():
    raw = an_old_plan()
    bullet = {"number": "I.1", "ordinal": 1}
    raw["tasks"] = [
        a_task(id="I.1-1", **bullet),
        a_task(id="I.1~2-1", **bullet, evidence=a_task()["evidence"] | {"start": 30}),
        a_task(id="I.2~2", number="I.2"),
    ]
    first, second, third = (one.id for one in upgraded(raw).tasks)
    digest = first.removeprefix("I.1-")
    assert second.startswith("I.1~") and second.endswith(f"-{digest}")
    assert third == "I.2"


def test_a_table_that_is_referred_to_has_its_new_id():
    raw = an_old_plan(refers_to=["table-1"])
    raw["tables"] = [
        {"id": "table-1", "kind": "other", "reason": "", "title": None, "header": ["a"], "rows": [["b"]], "places": []}
    ]
    plan = upgraded(raw)
    assert plan.tasks[0].refers_to == [plan.tables[0].id] != ["table-1"]


@pytest.mark.parametrize(
    ("raw", "path", "code"),
    [
        ([], "$.schema_version", "C516"),
        ({}, "$.schema_version", "C516"),
        ({"schema_version": "2.0"}, "$.schema_version", "C516"),
        ({"schema_version": ["1.1"]}, "$.schema_version", "C516"),
        ({"schema_version": "1.1"}, "$", "C517"),
        (an_old_plan() | {"metadata": None}, "$", "C517"),
        (an_old_plan() | {"tasks": [{}]}, "$", "C517"),
        (an_old_plan(text=5), "$.tasks[0].text", "C502"),
        (an_old_plan(number=5), "$", "C517"),
        (an_old_plan(headings="x"), "$.tasks[0].headings", "C502"),
    ],
)
def test_what_cannot_be_upgraded_is_refused_with_a_reason(raw, path, code):
    with pytest.raises(UpgradeRefusedError) as refused:
        upgraded(raw)
    assert (refused.value.violation.path, refused.value.violation.code) == (path, code)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff{}", b"[" * 100_000, b"1" * 10_000])
def test_what_is_no_json_is_refused(data):
    with pytest.raises(UpgradeRefusedError) as refused:
        read_json(data)
    assert refused.value.violation.code == "C501"


def test_the_plan_that_is_given_stays_as_it_was():
    raw = an_old_plan(("W405", DOUBTED))
    before = json.dumps(raw)
    upgraded(raw)
    assert json.dumps(raw) == before


def test_an_upgraded_plan_comes_back_from_its_json():
    plan = upgraded(an_old_plan())
    assert Plan.model_validate_json(plan_json(plan)) == plan
