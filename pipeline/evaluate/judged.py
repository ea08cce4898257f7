"""Every value of an output, with whether the gold says that it is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.evaluate.gold import GoldItem, GoldPlan
from pipeline.evaluate.match import match, prepare_found, prepare_gold
from pipeline.evaluate.scoring import AGENCY, DEADLINE, TARGET, dated, right_values
from pipeline.extract.confidence import What, confidence
from pipeline.schema import Agency, Deadline, Evidence, Plan, Provision, Target

Value = Agency | Deadline | Target


@dataclass(frozen=True)
class JudgedValue:
    """A value of an output, or an item, with whether it is right.

    `how` is the way in which it was found, as `pipeline.extract.confidence` has it; `scan` whether its page was read
    from a picture or restored; `doubted` whether a doubt of its item stands where it stands.
    """

    what: What
    how: str
    scan: bool
    doubted: bool
    confidence: float
    right: bool


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
                yield _judged(value, got.provision, scanned, right)
    for got in second.extra:
        yield _item(got.provision, scanned, False)
        values: list[Value] = [*got.provision.agencies, *dated(got.provision), *got.provision.targets]
        for value in values:
            yield _judged(value, got.provision, scanned, False)


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


def _judged(value: Value, item: Provision, scanned: set[int], right: bool) -> JudgedValue:
    what, how = _way(value)
    scan = _is_scan(value.evidence, scanned)
    doubted = any(one.evidence is not None and one.evidence.start == value.evidence.start for one in item.doubts)
    return JudgedValue(what, how, scan, doubted, value.confidence, right)


def _item(provision: Provision, scanned: set[int], right: bool) -> JudgedValue:
    """An item by itself: its text and place, whatever its values are."""
    scan = _is_scan(provision.evidence, scanned)
    values: list[Value] = [*provision.agencies, *provision.deadlines, *provision.targets]
    places = {value.evidence.start for value in values}
    doubted = any(one.evidence is not None and one.evidence.start not in places for one in provision.doubts)
    return JudgedValue("item", "item", scan, doubted, confidence("item", "item", scan=scan, doubted=doubted), right)
