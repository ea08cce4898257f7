"""What is asked of who reviews: each question once, whatever says it."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.corrections import apply
from pipeline.schema import Plan
from pipeline.schema.correction import Correction
from pipeline.web.page.findings import shown
from pipeline.web.page.questions import asked_of_record, questions, settled_with
from tests.plans import a_plan, cite

OUTPUTS = sorted((Path(__file__).resolve().parents[3] / "outputs").glob("*.json"))
DUE = "trước ngày 30 tháng 11 năm 2024"


def doubt(code, quote, **params):
    evidence = cite(quote).model_dump(mode="json", by_alias=True) if quote else None
    return {"code": code, "params": {"item": "I.1", **params}, "evidence": evidence}


def plan(*doubts, confidence=0.9, warnings=(), **metadata):
    raw = a_plan().model_dump(mode="json", by_alias=True)
    raw["tasks"][0]["doubts"] = list(doubts)
    raw["tasks"][0]["deadlines"][0]["confidence"] = confidence
    raw["metadata"] |= metadata
    raw["warnings"] = [
        {**raw["warnings"][0], "code": code, "severity": "doubtful", "params": {}, "page": None, "item": None}
        for code in warnings
    ]
    return raw


def asked(raw, looked_at=()):
    return [one for one in shown(Plan.model_validate(raw), "en", looked_at=looked_at).findings() if one.unsure]


@pytest.mark.parametrize("confidence", [0.4, 0.9])
def test_a_value_and_the_doubt_about_it_are_one_question_that_the_value_asks(confidence):
    raw = plan(doubt("W405", DUE), confidence=confidence)
    (one,) = asked(raw)
    assert (one.kind, questions(raw)) == ("deadline", 1)
    assert one.asks.startswith("a deadline states no year") and one.alike.endswith("/W405")


@pytest.mark.parametrize(
    ("code", "quote", "params"),
    [
        ("W405", "Sở Tài chính", {}),  # other words
        ("W414", DUE, {"text": "chủ trì"}),  # nothing was made of them
        ("W411", DUE, {}),  # any word of the item may be wrong, not the time alone
        ("W405", None, {}),
    ],
)
def test_a_doubt_about_no_value_asks_itself(code, quote, params):
    raw = plan(doubt(code, quote, **params))
    (one,) = asked(raw)
    assert (one.kind, questions(raw)) == ("doubt", 1)


def test_a_doubt_about_two_values_is_settled_with_the_second():
    line = f"Sở Tài chính bố trí 100% kinh phí {DUE}"
    raw = plan(doubt("W419", line, text=line))
    item = raw["tasks"][0]
    assert [one.kind for one in asked(raw)] == ["agency", "deadline"]
    assert settled_with(item, "agencies", item["agencies"][0]) == []
    item["agencies"][0]["evidence"]["rule"] = "correction"
    assert settled_with(item, "deadlines", item["deadlines"][0]) == item["doubts"]
    assert [one.kind for one in asked(raw)] == ["deadline"]
    item["deadlines"][0]["evidence"]["rule"] = "correction"
    assert [one.kind for one in asked(raw)] == ["doubt"]  # nothing is lost where they were corrected before


@pytest.mark.parametrize(
    ("warnings", "metadata", "fields"),
    [
        (["W402"], {"number": None}, {"number": "missing"}),
        (["W403"], {"issued": "2024", "issued_on": None}, {"issued": "missing"}),
        (["W402"], {"serial_by_hand": True}, {"number": "by_hand"}),
        (["W401"], {}, {}),
    ],
)
def test_a_field_of_the_record_that_a_warning_asks_for_is_asked_until_somebody_says_something(
    warnings, metadata, fields
):
    raw = plan(warnings=warnings, **metadata)
    assert asked_of_record(raw) == fields
    assert [one.id for one in asked(raw)] == [f"r-{field}" for field in fields]
    made = [
        Correction(
            at=datetime(2026, 1, 2, tzinfo=UTC), by="Lan", path=f"metadata/{field}", old=raw["metadata"][field],
            new=new, why=None, item_text=None, sha256=None,
        )
        for field in fields
        for new in [raw["metadata"][field]]
    ]  # fmt: skip
    looked_at = apply(Plan.model_validate(raw), made).looked_at
    assert asked(raw, looked_at) == [] and questions(raw, looked_at) == 0
    found = shown(Plan.model_validate(raw), "en", looked_at=looked_at).warnings
    assert [one[0] for one in found] == ["settled" if fields else "doubtful"]


@pytest.mark.parametrize("file", OUTPUTS, ids=lambda one: one.stem)
def test_what_is_counted_is_what_is_shown(file):
    raw = json.loads(file.read_text())
    assert questions(raw) == len(asked(raw))


def test_a_doubt_is_told_without_the_item_it_stands_in():
    (one,) = asked(plan(doubt("W411", "bố trí")))
    assert not re.match("item", one.value) and one.value.startswith("a word in it")
