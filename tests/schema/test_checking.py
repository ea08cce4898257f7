"""Each way to break the contract is found, at its place."""

import json

import pytest

from pipeline.schema import Plan
from pipeline.schema.checking import check
from pipeline.schema.rendering import plan_json
from tests.plans import TEXT, a_plan


def test_a_plan_that_keeps_the_contract_has_no_violation():
    assert check(plan_json(a_plan()).encode(), TEXT) == []


def parts(path):
    """ "tasks.0.id" -> ["tasks", 0, "id"]."""
    return [int(part) if part.isdigit() else part for part in path.split(".")]


def changed(path, value):
    plan = json.loads(plan_json(a_plan()))
    *above, last = parts(path)
    at = plan
    for part in above:
        at = at[part]
    at[last] = value
    return json.dumps(plan, ensure_ascii=False).encode()


SECTION = json.loads(plan_json(a_plan()))["sections"][0]
TASK = json.loads(plan_json(a_plan()))["tasks"][0]
TABLE = {"id": "table-1", "kind": "other", "reason": "", "title": None, "header": [], "rows": [], "places": []}


@pytest.mark.parametrize(
    ("change", "value", "path", "code"),
    [
        ("tasks.0.evidence.quote", "Sở Y tế", "$.tasks[0].evidence.quote", "C509"),
        ("tasks.0.agencies.0.evidence.start", 0, "$.tasks[0].agencies[0].evidence.quote", "C509"),
        ("metadata.evidence.period.end", 10**6, "$.metadata.evidence.period.quote", "C509"),
        ("sections.0.evidence.end", 1, "$.sections[0].evidence.end", "C508"),
        ("tasks.0.evidence.boxes", [[1, 2, 3, 4], [5, 6, 4, 8]], "$.tasks[0].evidence.boxes[1]", "C510"),
        ("tasks.0.deadlines.0.start", "2025-01-01", "$.tasks[0].deadlines[0].end", "C510"),
        ("tasks.0.deadlines.0.edtf", "2024-13", "$.tasks[0].deadlines[0].edtf", "C512"),
        ("metadata.period", "năm 2024", "$.metadata.period", "C512"),
        ("tasks.0.deadlines.0.recurrence", "FREQ=YEARLY;BYMONTHDAY=", "$.tasks[0].deadlines[0].recurrence", "C513"),
        ("tasks.0.deadlines.0.recurrence", "mỗi năm", "$.tasks[0].deadlines[0].recurrence", "C513"),
        ("tasks.0.targets.0.value_max", 50, "$.tasks[0].targets[0].value_max", "C510"),
        ("tasks.0.confidence", 1.5, "$.tasks[0].confidence", "C502"),
        ("tasks.0.agencies.0.confidence", None, "$.tasks[0].agencies[0].confidence", "C502"),
        ("tasks.0.kind", "x", "$.tasks[0]", "C514"),
        ("tasks.0.section", "section-II", "$.tasks[0].section", "C506"),
        ("tasks.0.id", "", "$.tasks[0].id", "C515"),
        ("tasks.0.id", "I. 1", "$.tasks[0].id", "C515"),
        ("tables", [TABLE | {"id": "I.1"}], "$.tables[0].id", "C505"),
        ("warnings.0.item", "I.2", "$.warnings[0].item", "C506"),
        ("schema_version", "1.1", "$.schema_version", "C502"),
        ("sections.0.parent", "II", "$.sections[0].parent", "C506"),
        ("sections.0.parent", "section-I", "$.sections[0].parent", "C506"),
        ("sections", [SECTION, SECTION], "$.sections[1].id", "C505"),
        ("tasks", [TASK, TASK], "$.tasks[1].id", "C505"),
        ("objectives", [TASK], "$.tasks[0].id", "C505"),
        ("metadata.document_type", None, "$.metadata.evidence.document_type", "C507"),
        ("sections.0", dict(reversed(SECTION.items())), "$.sections[0]", "C504"),
    ],
)
def test_a_violation_is_found_at_its_place(change, value, path, code):
    assert [(found.path, found.code) for found in check(changed(change, value), TEXT)] == [(path, code)]


def test_a_key_left_out_is_found_even_where_it_has_a_default():
    plan = json.loads(plan_json(a_plan()))
    del plan["schema_version"]
    (found,) = check(json.dumps(plan, ensure_ascii=False).encode(), TEXT)
    assert (found.path, found.code) == ("$", "C504")


def test_a_field_of_a_later_version_is_named_and_does_no_harm():
    plan = json.loads(plan_json(a_plan())) | {"schema_version": "2.1"}
    plan["tasks"][0]["agencies"][0] = {"priority": 1} | plan["tasks"][0]["agencies"][0]
    data = json.dumps(plan, ensure_ascii=False).encode()
    assert Plan.model_validate_json(data).tasks == a_plan().tasks
    (found,) = check(data, TEXT)
    assert (found.path, found.code) == ("$.tasks[0].agencies[0]", "C514")
    assert dict(found.params)["keys"] == "priority"


def test_an_item_refers_to_tables_that_are_there():
    plan = json.loads(plan_json(a_plan()))
    plan["tasks"][0]["refers_to"] = ["table-1"]
    [found] = check(json.dumps(plan, ensure_ascii=False).encode(), TEXT)
    assert (found.path, found.code) == ("$.tasks[0].refers_to", "C506")


def test_quotes_are_not_compared_without_the_text():
    assert check(changed("tasks.0.evidence.quote", "Sở Y tế")) == []


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe{}", b"[" * 100_000])
def test_what_is_no_json_is_said_to_be_none(data):
    assert [(found.path, found.code) for found in check(data)] == [("$", "C501")]


@pytest.mark.parametrize("data", [b"[]", b"null", b"{}"])
def test_json_of_another_kind_does_not_fit(data):
    assert {found.code for found in check(data)} == {"C502"}


def test_escaped_letters_are_found():
    escaped = json.dumps(json.loads(plan_json(a_plan()))).encode()
    assert [(found.path, found.code) for found in check(escaped, TEXT)] == [("$", "C503")]


@pytest.mark.parametrize("harmless", ["a\\u1ea3", "\u0007", "\\"])
def test_a_backslash_of_the_text_is_no_escape(harmless):
    plan = a_plan().model_copy(update={"plan_id": harmless})
    assert check(plan_json(plan).encode(), TEXT) == []


@pytest.mark.parametrize("written", ["NaN", "Infinity", "1e999", "1" + "0" * 4000])
def test_a_figure_that_is_no_number_to_count_with_is_a_violation(written):
    data = changed("tasks.0.targets.0.value", "HERE").replace(b'"HERE"', written.encode())
    found = check(data)
    assert {one.code for one in found} == {"C502"}
    assert all(one.path.startswith("$.tasks[0].targets[0].value") for one in found)


def test_a_number_of_too_many_digits_is_no_json():
    data = changed("tasks.0.targets.0.value", "HERE").replace(b'"HERE"', b"1" + b"0" * 5000)
    assert [(found.path, found.code) for found in check(data)] == [("$", "C501")]
