"""An item is explained by the rules that made its values, and by those that refused what stands there."""

from pathlib import Path

import pytest

from pipeline.evaluate import read_plan
from pipeline.explaining import ValueKind, explain, items_named
from pipeline.schema import Plan

OUTPUTS = Path(__file__).resolve().parents[1] / "outputs"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(OUTPUTS / "can-tho-2023.json")


def test_an_item_is_found_by_its_id_or_its_number(plan: Plan) -> None:
    one = plan.tasks[0]
    assert items_named(plan, one.id) == [one]
    assert one in items_named(plan, str(one.number))
    assert items_named(plan, "XX.9") == []


def test_each_value_is_given_with_its_rule(plan: Plan) -> None:
    item = next(one for one in plan.tasks if one.deadlines and one.agencies)
    told = [one for one in explain(plan, item) if one.kind in (ValueKind.AGENCY, ValueKind.DEADLINE)]
    values = [*item.agencies, *item.deadlines]
    assert [(one.rule, one.confidence) for one in told] == [(one.evidence.rule, one.confidence) for one in values]
    assert all(one.rule and one.value and one.words for one in told)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Thực hiện Chương trình chuyển đổi số giai đoạn 2021 - 2030 trước ngày 30/12/2023.", ["times.in-name"]),
        ("Thực hiện Quyết định số 12/QĐ-UBND ngày 5/6/2022 trước ngày 30/12/2023.", ["citation"]),
        ("Tiếp tục việc đã làm trong năm 2019, xong trước ngày 30/12/2023.", ["times.before-issue"]),
    ],
)
def test_words_of_time_that_are_no_deadline_are_refused_by_a_rule(plan: Plan, text: str, refused: list[str]) -> None:
    item = plan.tasks[0].model_copy(update={"text": text})
    told = [one for one in explain(plan, item) if one.kind is ValueKind.REFUSED]
    told = [one for one in told if not (one.rule or "").startswith("clauses.")]  # words of roles
    assert [one.rule for one in told] == refused
    assert all(one.words in text for one in told)


def test_roles_are_said_in_the_language_asked_for(plan: Plan) -> None:
    item = next(one for one in plan.tasks if one.agencies and one.agencies[0].role == "lead")
    assert next(explain(plan, item, "vi")).value.startswith("chủ trì: ")
