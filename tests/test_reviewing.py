"""What corrections by people say of the rules, and as gold."""

import json
from datetime import UTC, datetime

import pytest

from pipeline.corrections import append
from pipeline.evaluate import evaluate
from pipeline.reviewing import corrected_plans, gold_of, tally_rules
from pipeline.schema.correction import Correction
from pipeline.schema.rendering import plan_json
from tests.plans import TEXT, a_plan

AGENCY = {"name": "Sở Tài chính", "role": "responsible"}


def correct(file, path, old, new):
    append(file, [Correction(at=datetime(2026, 1, 2, tzinfo=UTC), by="Lan", path=path, old=old, new=new)])


@pytest.fixture
def plan(tmp_path):
    (tmp_path / "a.json").write_text(plan_json(a_plan()))
    (tmp_path / "a.txt").write_text(TEXT)
    return tmp_path / "a.json"


def corrected(plan):
    ((_, _, made),) = corrected_plans(plan.parent)
    return made.plan


def rules(plan):
    return {one.rule: (one.made, one.changed, one.taken_out) for one in tally_rules(corrected_plans(plan.parent))}


def test_plans_that_nobody_corrected_are_not_counted(plan):
    assert corrected_plans(plan.parent) == []


def test_the_rule_of_what_was_changed_is_counted(plan):
    correct(plan, "tasks/I.1/agencies", AGENCY, {"role": "lead"})
    assert rules(plan)["role.text"] == (1, 1, 0)


def test_the_rule_of_what_was_taken_out_is_counted(plan):
    correct(plan, "tasks/I.1/agencies", AGENCY, None)
    assert rules(plan)["role.text"] == (1, 0, 1)


def test_what_was_confirmed_was_right(plan):
    correct(plan, "tasks/I.1/agencies", AGENCY, AGENCY)
    assert rules(plan)["role.text"] == (1, 0, 0)


def test_what_people_change_again_is_counted_once(plan):
    correct(plan, "tasks/I.1/agencies", AGENCY, {"role": "lead"})
    again = corrected(plan).tasks[0].agencies[0].model_dump(mode="json")
    correct(plan, "tasks/I.1/agencies", again, {"role": "directed"})
    assert rules(plan)["role.text"] == (1, 1, 0)


def test_a_corrected_plan_is_gold_that_it_keeps_itself(plan, tmp_path):
    correct(plan, "tasks/I.1/agencies", AGENCY, {"role": "lead"})
    made = corrected(plan)
    gold, outputs = tmp_path / "gold", tmp_path / "outputs"
    for folder in (gold, outputs):
        folder.mkdir()
    (gold / "a.json").write_text(json.dumps(gold_of(made)))
    (outputs / "a.json").write_text(plan_json(made))
    (outputs / "a.txt").write_text(TEXT)
    assert "no difference" in evaluate(gold, outputs).render()
    assert (
        "agencies" in evaluate(gold, plan.parent).render()
        and "no difference" not in evaluate(gold, plan.parent).render()
    )
