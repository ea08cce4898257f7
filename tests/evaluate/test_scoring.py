"""Numbers, agencies, deadlines and targets of matched items, with differences planted one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.evaluate.gold import GoldDeadline, GoldItem, GoldTarget
from pipeline.evaluate.scoring import judge_item
from pipeline.evaluate.tally import DifferenceKind, Score, ScoredKind, Tally
from pipeline.evaluate.values import deadline_faults, quoted, same_subject, target_faults, target_unasked
from pipeline.schema import Deadline, Provision, Target
from tests.cases import cases

Fields = dict[str, Any]
EVIDENCE: Fields = {"page": None, "start": 0, "end": 2, "quote": "số", "boxes": [], "rule": None}


@pytest.fixture
def judged(provision_of: Callable[..., Fields]) -> Callable[[Fields, Fields], Score]:
    """The result for gold values against predicted ones, both in the way of gold."""

    def run(gold: Fields, found: Fields) -> Score:
        item = {"number": "1", "text": "Tổ chức hội nghị"}
        provision = Provision.model_validate(provision_of(item | found))
        return judge_item(GoldItem.model_validate(item | gold), provision)

    return run


def _agencies(*pairs: tuple[str, str], optional: bool = False) -> Fields:
    return {"agencies": [{"name": name, "role": role, "optional": optional} for name, role in pairs]}


def _whats(result: Score, kind: ScoredKind) -> list[DifferenceKind]:
    return [one.what for one in result.differences if one.kind == kind]


def test_wrong_role_is_one_extra_and_one_missed(judged: Callable[..., Score]) -> None:
    result = judged(_agencies(("Sở Y tế", "lead")), _agencies(("Sở Y tế", "cooperating")))
    assert result.tallies[ScoredKind.AGENCIES] == Tally(0, 1, 1)


def test_wrong_role_is_said_in_one_line(judged: Callable[..., Score]) -> None:
    result = judged(_agencies(("Sở Y tế", "lead")), _agencies(("Sở Y tế", "cooperating")))
    assert [(one.what, one.why) for one in result.differences] == [(DifferenceKind.WRONG, "role")]


def test_wrong_role_leaves_the_name_right(judged: Callable[..., Score]) -> None:
    result = judged(_agencies(("Sở Y tế", "lead")), _agencies(("Sở Y tế", "cooperating")))
    assert result.tallies[ScoredKind.AGENCY_NAMES] == Tally(1, 0, 0)


def test_right_pairs_before_wrong_ones(judged: Callable[..., Score]) -> None:
    both = (("Sở Y tế", "lead"), ("Sở Y tế", "reports_to"))
    result = judged(_agencies(*both), _agencies(both[1], ("Sở Y tế", "directed")))
    assert result.tallies[ScoredKind.AGENCIES] == Tally(1, 1, 1)


@pytest.mark.parametrize(
    "name", ["uỷ ban nhân dân các huyện", "Ủy ban  nhân dân Các huyện", "ỦY BAN NHÂN DÂN CÁC HUYỆN."]
)
def test_name_written_otherwise(judged: Callable[..., Score], name: str) -> None:
    result = judged(_agencies(("Ủy ban nhân dân các huyện", "lead")), _agencies((name, "lead")))
    assert result.tallies[ScoredKind.AGENCIES] == Tally(1, 0, 0)


def test_similar_name_is_shown_beside_the_right_one(judged: Callable[..., Score]) -> None:
    result = judged(_agencies(("Sở Tài chính", "lead")), _agencies(("Sở Tài chính tỉnh", "lead")))
    assert [(one.what, one.why) for one in result.differences] == [(DifferenceKind.WRONG, "name")]


def test_another_agency_is_missed_and_extra(judged: Callable[..., Score]) -> None:
    result = judged(_agencies(("Sở Tài chính", "lead")), _agencies(("Công an tỉnh", "lead")))
    assert _whats(result, ScoredKind.AGENCIES) == [DifferenceKind.MISSED, DifferenceKind.EXTRA]


def test_repeated_agency_counts_once(judged: Callable[..., Score]) -> None:
    result = judged(_agencies(("Sở Y tế", "lead")), _agencies(("Sở Y tế", "lead"), ("sở Y tế", "lead")))
    assert result.tallies[ScoredKind.AGENCIES] == Tally(1, 0, 0)


@pytest.mark.parametrize("found", [(), (("Sở Y tế", "lead"),), (("Sở Y tế", "directed"),)])
@pytest.mark.parametrize("kind", [ScoredKind.AGENCIES, ScoredKind.AGENCY_NAMES])
def test_optional_agency_counts_nowhere(
    judged: Callable[..., Score], found: tuple[tuple[str, str], ...], kind: ScoredKind
) -> None:
    result = judged(_agencies(("Sở Y tế", "lead"), optional=True), _agencies(*found))
    assert result.tallies[kind] == Tally()


def test_optional_agency_does_not_excuse_another(judged: Callable[..., Score]) -> None:
    result = judged(_agencies(("Sở Y tế", "lead"), optional=True), _agencies(("Sở Y tế tỉnh Hà Nam", "lead")))
    assert result.tallies[ScoredKind.AGENCIES] == Tally(0, 1, 0)


def test_wrong_number(judged: Callable[..., Score]) -> None:
    assert judged({"number": "1"}, {"number": "2"}).tallies[ScoredKind.NUMBERS] == Tally(0, 1, 1)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, ()),
        ({"kind": "in"}, ("kind",)),
        ({"start": "2024-01-02"}, ("start",)),
        ({"end": "2025-12-30"}, ("end",)),
        ({"end": None}, ("end",)),
    ],
)
def test_deadline_dates(change: Fields, fault: tuple[str, ...]) -> None:
    dates = {"kind": "during", "start": "2024-01-01", "end": "2025-12-31"}
    assert deadline_faults(GoldDeadline.model_validate(dates), _deadline(dates | change)) == fault


def test_deadline_fields_the_gold_does_not_give_are_free() -> None:
    found = _deadline({"kind": "by", "start": "2024-01-01", "end": "2025-12-31"})
    assert deadline_faults(GoldDeadline.model_validate({"kind": "by", "end": "2025-12-31"}), found) == ()


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("BYMONTHDAY=20,19;FREQ=YEARLY;BYMONTH=4", ()),
        ("RRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=19,20", ()),
        ("FREQ=YEARLY;BYMONTH=4", ("recurrence",)),
        (None, ("recurrence",)),
    ],
)
def test_recurrence_is_a_set_of_parts(rule: str | None, fault: tuple[str, ...]) -> None:
    gold = GoldDeadline.model_validate({"kind": "recurring", "recurrence": "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=19,20"})
    assert deadline_faults(gold, _deadline({"kind": "recurring", "recurrence": rule})) == fault


def test_deadline_with_only_a_note_fits_any_recurring_one() -> None:
    gold = GoldDeadline.model_validate({"kind": "recurring", "note": "periodic"})
    assert deadline_faults(gold, _deadline({"kind": "recurring", "recurrence": "FREQ=MONTHLY"})) == ()


def test_free_deadline_leaves_the_stricter_one_its_partner(judged: Callable[..., Score]) -> None:
    free = {"kind": "recurring", "note": "periodic"}
    monthly, yearly = ({"kind": "recurring", "recurrence": f"FREQ={freq}"} for freq in ("MONTHLY", "YEARLY"))
    result = judged({"deadlines": [free, monthly]}, {"deadlines": [monthly, yearly]})
    assert result.tallies[ScoredKind.DEADLINES] == Tally(2, 0, 0)


def test_optional_deadline_does_not_excuse_another_date(judged: Callable[..., Score]) -> None:
    gold = {"deadlines": [{"kind": "by", "end": "2025-12-31", "optional": True}]}
    result = judged(gold, {"deadlines": [{"kind": "by", "end": "2030-12-31"}]})
    assert result.tallies[ScoredKind.DEADLINES] == Tally(0, 1, 0)


TARGET = {
    "value": 10,
    "value_max": 15,
    "comparison": ">=",
    "unit": "%",
    "of": 20,
    "per": "year",
    "direction": "increase",
    "subject": "số lượt khách",
    "due": "2030",
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", 11),
        ("value_max", None),
        ("value_max", 16),
        ("comparison", "="),
        ("unit", "lượt"),
        ("unit", None),
        ("of", None),
        ("per", None),
        ("direction", "reach"),
        ("due", "2025"),
        ("due", None),
    ],
)
def test_target_field_that_differs(field: str, value: object) -> None:
    assert target_faults(GoldTarget.model_validate(TARGET), _target(TARGET | {field: value})) == (field,)


@pytest.mark.parametrize("field", ["value_max", "unit", "of", "per", "direction", "due"])
def test_target_field_the_gold_does_not_give_is_free(field: str) -> None:
    gold = {key: value for key, value in TARGET.items() if key != field}
    assert target_faults(GoldTarget.model_validate(gold), _target(TARGET)) == ()


def test_due_year_is_its_last_day() -> None:
    assert target_faults(GoldTarget.model_validate(TARGET), _target(TARGET | {"due": "2030-12-31"})) == ()


def test_change_that_the_gold_does_not_state_is_noted() -> None:
    gold = GoldTarget.model_validate({"value": 10, "unit": "%"})
    assert target_unasked(gold, _target({"value": 10, "unit": "%", "direction": "decrease"})) == ("direction decrease",)


@cases("evaluate/subjects", gold=str, found=str | None, same=bool)
def test_subjects_are_compared_loosely(gold: str, found: str | None, same: bool) -> None:
    assert same_subject(gold, found) is same


def test_equal_figures_are_paired_by_subject(judged: Callable[..., Score]) -> None:
    both = [{"value": 5, "unit": "%", "subject": name} for name in ("hộ nghèo", "trẻ em đến trường")]
    assert judged({"targets": both}, {"targets": both[::-1]}).tallies[ScoredKind.SUBJECTS] == Tally(2, 0, 0)


def test_two_equal_targets_are_two(judged: Callable[..., Score]) -> None:
    one = {"value": 5, "unit": "%"}
    assert judged({"targets": [one, one]}, {"targets": [one]}).tallies[ScoredKind.TARGETS] == Tally(1, 0, 1)


def test_wrong_subject_leaves_the_target_right(judged: Callable[..., Score]) -> None:
    gold, found = ({"value": 5, "unit": "%", "subject": name} for name in ("hộ nghèo", "trường học"))
    result = judged({"targets": [gold]}, {"targets": [found]})
    assert (result.tallies[ScoredKind.TARGETS], result.tallies[ScoredKind.SUBJECTS]) == (Tally(1, 0, 0), Tally(0, 1, 1))


def test_expected_and_got_stand_side_by_side(judged: Callable[..., Score]) -> None:
    gold, found = ({"value": 5, "unit": "%", "due": due} for due in ("2025", "2030"))
    (one,) = judged({"targets": [gold]}, {"targets": [found]}).differences
    assert (one.expected, one.got) == ("5 % due 2025", "5 % due 2030 (read from “số”)")


def test_quote_keeps_both_ends_and_whole_words() -> None:
    assert quoted("một hai ba bốn năm sáu bảy tám chín mười", 24) == "“một hai ba … mười”"


def _deadline(fields: Fields) -> Deadline:
    plain = dict.fromkeys(("start", "end", "recurrence", "edtf", "relative", "act")) | {"text": "hạn"}
    rest = {"inherited": False, "confidence": 1.0, "evidence": EVIDENCE}
    return Deadline.model_validate(plain | fields | rest)


def _target(fields: Fields) -> Target:
    plain = dict.fromkeys(("value_max", "unit", "of", "per", "subject", "predicate", "baseline", "due"))
    rest = {"comparison": "=", "direction": "reach", "statement": "s", "text": "số"} | {
        "confidence": 1.0,
        "evidence": EVIDENCE,
    }
    return Target.model_validate({**plain, **rest, **fields})
