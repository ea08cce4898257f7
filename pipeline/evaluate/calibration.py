"""Calibration: of the values with a confidence of 0.9, are nine in ten right?

Expected calibration error as in Guo et al., On Calibration of Modern Neural Networks (2017), with bins of a tenth below
0.5 and of a twentieth above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.evaluate.gold import GoldItem, GoldPlan
from pipeline.evaluate.match import match, prepare_found, prepare_gold
from pipeline.evaluate.scoring import AGENCY, DEADLINE, TARGET, dated, right_values
from pipeline.extract.confidence import What, confidence
from pipeline.schema import Agency, Deadline, Evidence, Plan, Provision, Target

BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
PRIOR = 4  # values of the kind's own share that each class is mixed with, so that few values do not say 0 or 1
ENOUGH = 30  # values below which a class says what its kind says
Value = Agency | Deadline | Target


@dataclass(frozen=True)
class JudgedValue:
    """A value of an output, or an item, with whether it is right.

    `how` is the way in which it was found, as `pipeline.extract.confidence` has it; `scan` whether its page was read
    from a picture or restored; `doubted` whether a doubt lowered its confidence.
    """

    what: What
    how: str
    scan: bool
    doubted: bool
    confidence: float
    right: bool


@dataclass(frozen=True)
class CalibrationBin:
    """The values whose confidence lies in one bin: their number, mean confidence and the share that is right."""

    low: float
    count: int
    confidence: float
    right: float


def judge_plan(gold: GoldPlan, plan: Plan) -> Iterator[JudgedValue]:
    """Every item and every value of an output, with whether it is right.

    An item is right that is in the gold, in the same list. Its values are compared with those of the gold item in
    whatever list that is; of an item that is in neither list all values are wrong. Where the gold calls a value or an
    item optional, nothing is said of what differs.
    """
    scanned = {page.page for page in plan.source.pages if page.text_origin in ("ocr", "restored_layer")}
    tasks = {id(one) for one in plan.tasks}
    found = prepare_found(_in_order(plan))
    own = {id(one) for one in (*gold.tasks, *gold.optional_tasks)}
    first = match(prepare_gold([*gold.objectives, *gold.tasks], plan.text), found)
    second = match(prepare_gold([*gold.optional_objectives, *gold.optional_tasks], plan.text), first.extra)
    for pairs, required in ((first.pairs, True), (second.pairs, False)):
        for wanted, got in pairs:
            yield _item(got.provision, scanned, (id(wanted.item) in own) == (id(got.provision) in tasks))
            for value, right in _values(wanted.item, got.provision) if required else ():
                yield _judged(value, scanned, right)
    for got in second.extra:
        yield _item(got.provision, scanned, False)
        values: list[Value] = [*got.provision.agencies, *dated(got.provision), *got.provision.targets]
        for value in values:
            yield _judged(value, scanned, False)


def _in_order(plan: Plan) -> list[Provision]:
    return sorted([*plan.objectives, *plan.tasks], key=lambda one: one.evidence.start)


def _values(gold: GoldItem, provision: Provision) -> Iterator[tuple[Value, bool]]:
    yield from right_values(AGENCY, gold.agencies, provision.agencies)
    yield from right_values(DEADLINE, gold.deadlines, dated(provision))
    yield from right_values(TARGET, gold.targets, provision.targets)


def _way(value: Value) -> tuple[What, str]:
    match value:
        case Agency():
            return "agency", value.stated_in.value
        case Deadline():
            in_table = (value.evidence.rule or "").startswith("column.")
            return "deadline", "table" if in_table else "inherited" if value.inherited else "own"
        case Target():
            return "target", "table" if (value.evidence.rule or "").startswith("column.") else "text"


def _is_scan(evidence: Evidence, scanned: set[int]) -> bool:
    return (evidence.page or 1) in scanned


def _judged(value: Value, scanned: set[int], right: bool) -> JudgedValue:
    what, how = _way(value)
    scan = _is_scan(value.evidence, scanned)
    doubted = value.confidence < confidence(what, how, scan=scan)
    return JudgedValue(what, how, scan, doubted, value.confidence, right)


def _item(provision: Provision, scanned: set[int], right: bool) -> JudgedValue:
    """An item by itself: its text and place, whatever its values are."""
    scan = _is_scan(provision.evidence, scanned)
    doubted = any(one.evidence == provision.evidence for one in provision.doubts)
    return JudgedValue("item", "item", scan, doubted, confidence("item", "item", scan=scan, doubted=doubted), right)


def curve(values: Iterable[JudgedValue]) -> list[CalibrationBin]:
    """The bins that hold values, from the least confident up."""
    held: dict[float, list[JudgedValue]] = defaultdict(list)
    for one in values:
        held[max(low for low in BINS if low <= one.confidence)].append(one)
    return [
        CalibrationBin(
            low,
            len(some),
            sum(one.confidence for one in some) / len(some),
            sum(one.right for one in some) / len(some),
        )
        for low, some in sorted(held.items())
    ]


def expected_error(bins: Sequence[CalibrationBin]) -> float:
    """The mean distance of confidence and share right, each bin weighted with its values; 0.0 without values."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / total if total else 0.0
