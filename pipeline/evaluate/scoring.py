"""Scoring the values of matched items: agencies, deadlines and targets that are right, wrong, missed or extra."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pipeline.evaluate import values
from pipeline.evaluate.gold import GoldAgency, GoldDeadline, GoldItem, GoldTarget
from pipeline.evaluate.match import same_number
from pipeline.evaluate.similarity import assign
from pipeline.evaluate.tally import Difference, DifferenceKind, Score, ScoredKind, Tally
from pipeline.language.folding import folded
from pipeline.schema import Agency, Deadline, Provision, Target

# Weights of a pair: every right required value before any right optional one before any resemblance.
_RIGHT, _RIGHT_OPTIONAL = 1000.0, 100.0


class _GoldValue(Protocol):
    @property
    def optional(self) -> bool: ...


G = TypeVar("G", bound=_GoldValue)
P = TypeVar("P")


@dataclass(frozen=True)
class Judge(Generic[G, P]):
    """How values of one kind are compared and shown.

    `faults` lists what differs between a gold value and a predicted one, `nearness` is their similarity, 0 to 1; from
    `same` on they count as one value. `identity` is equal for values that are the same, `show` writes one for a report.
    """

    kind: ScoredKind
    faults: Callable[[G, P], tuple[str, ...]]
    nearness: Callable[[G, P], float]
    identity: Callable[[G | P], Hashable]
    show: Callable[[G | P], str]
    same: float


AGENCY: Judge[GoldAgency, Agency] = Judge(
    ScoredKind.AGENCIES,
    values.agency_faults,
    values.agency_nearness,
    lambda one: (folded(one.name), one.role),
    values.show_agency,
    1.0,
)
DEADLINE: Judge[GoldDeadline, Deadline] = Judge(
    ScoredKind.DEADLINES,
    values.deadline_faults,
    values.deadline_nearness,
    values.deadline_identity,
    values.show_deadline,
    1.0,
)
TARGET: Judge[GoldTarget, Target] = Judge(
    ScoredKind.TARGETS,
    values.target_faults,
    values.target_nearness,
    id,  # two equal targets of one item are two targets
    values.show_target,
    0.6,
)


@dataclass(frozen=True)
class _ItemContext:
    """The item a difference belongs to."""

    number: str | None
    item: str
    quote: str

    def differ(
        self, kind: ScoredKind, what: DifferenceKind, expected: str | None, got: str | None, why: str = ""
    ) -> Difference:
        return Difference(kind, what, self.number, self.item, self.quote, expected, got, why)


def judge_item(gold: GoldItem, provision: Provision) -> Score:
    """Score the number, agencies, deadlines and targets of a matched item."""
    where = _ItemContext(gold.number, provision.id, gold.quote)
    result = _number(gold, provision, where) + _names(gold.agencies, provision.agencies)
    result += _judge(AGENCY, gold.agencies, provision.agencies, where)
    result += _judge(DEADLINE, gold.deadlines, dated(provision), where)
    result += _product(gold, provision, where)
    return result + _judge(TARGET, gold.targets, provision.targets, where)


def lose_item(gold: GoldItem) -> Score:
    """Count the number and all values of a missed gold item as missed; the item itself is not counted here."""
    agencies, deadlines, targets = (
        _once([one for one in gold.agencies if not one.optional], AGENCY.identity),
        _once([one for one in gold.deadlines if not one.optional], DEADLINE.identity),
        [one for one in gold.targets if not one.optional],
    )
    names = {folded(one.name) for one in agencies}
    sizes = (1, len(agencies), len(names), len(deadlines), len(targets), int(bool(gold.result)))
    return Score({kind: Tally(fn=size) for kind, size in zip(_CONTENT, sizes, strict=True)})


def add_item(provision: Provision) -> Score:
    """Count the number and all values of an extra item as wrong; the item itself is not counted here."""
    agencies = _once(provision.agencies, AGENCY.identity)
    names = {folded(one.name) for one in agencies}
    deadlines = _once(dated(provision), DEADLINE.identity)
    sizes = (1, len(agencies), len(names), len(deadlines), len(provision.targets), int(bool(provision.result)))
    return Score({kind: Tally(fp=size) for kind, size in zip(_CONTENT, sizes, strict=True)})


_CONTENT = (
    ScoredKind.NUMBERS,
    ScoredKind.AGENCIES,
    ScoredKind.AGENCY_NAMES,
    ScoredKind.DEADLINES,
    ScoredKind.TARGETS,
    ScoredKind.RESULTS,
)


def _judge(judge: Judge[G, P], gold: Sequence[G], found: Sequence[P], where: _ItemContext) -> Score:
    gold = _once(sorted(gold, key=lambda one: one.optional), judge.identity)
    found = _once(found, judge.identity)
    result = Score({judge.kind: Tally()})
    paired_gold, paired_found = set(), set()
    for row, column, faults in _paired(judge, gold, found):
        paired_gold.add(row)
        paired_found.add(column)
        result += _pair(judge, gold[row], found[column], faults, where)
    for row, one in enumerate(gold):
        if row not in paired_gold and not one.optional:
            missed = where.differ(judge.kind, DifferenceKind.MISSED, judge.show(one), None)
            result += Score({judge.kind: Tally(fn=1)}, (missed,))
    for column, other in enumerate(found):
        if column not in paired_found:
            extra = where.differ(judge.kind, DifferenceKind.EXTRA, None, judge.show(other))
            result += Score({judge.kind: Tally(fp=1)}, (extra,))
    return result


def _paired(judge: Judge[G, P], gold: Sequence[G], found: Sequence[P]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The pairs of gold and predicted values, by their places in the two lists, with what differs between them."""
    for row, column in assign([[_weight(judge, one, other) for other in found] for one in gold]):
        one, other = gold[row], found[column]
        faults = judge.faults(one, other)
        if one.optional and faults and judge.nearness(one, other) < judge.same:
            continue  # an optional value that is not there, and another one that is too much
        yield row, column, faults


def right_values(judge: Judge[G, P], gold: Sequence[G], found: Sequence[P]) -> list[tuple[P, bool]]:
    """The predicted values of a matched item, each with whether it is right.

    One that stands for an optional gold value is left out where something differs, as it counts nowhere.
    """
    gold = _once(sorted(gold, key=lambda one: one.optional), judge.identity)
    found = _once(found, judge.identity)
    faults = {column: (gold[row].optional, why) for row, column, why in _paired(judge, gold, found)}
    out = []
    for column, other in enumerate(found):
        optional, why = faults.get(column, (False, ("extra",)))
        if not (optional and why):
            out.append((other, not why))
    return out


def _weight(judge: Judge[G, P], gold: G, found: P) -> float:
    nearness = judge.nearness(gold, found)
    if not judge.faults(gold, found):
        return nearness + (_RIGHT_OPTIONAL if gold.optional else _RIGHT)
    return nearness / 2 if gold.optional else nearness


def _pair(judge: Judge[G, P], gold: G, found: P, faults: tuple[str, ...], where: _ItemContext) -> Score:
    """A pair that is right, or wrong in `faults`; for an optional gold value nothing counts."""
    kind, expected, got = judge.kind, judge.show(gold), judge.show(found)
    if gold.optional:
        note = where.differ(kind, DifferenceKind.NOTE, expected, got, f"optional; {', '.join(faults)}")
        return Score({}, (note,) if faults else ())
    if faults:
        wrong = where.differ(kind, DifferenceKind.WRONG, expected, got, ", ".join(faults))
        return Score({kind: Tally(fp=1, fn=1)}, (wrong,))
    result = Score({kind: Tally(tp=1)})
    if isinstance(gold, GoldTarget) and isinstance(found, Target):
        result += _subject(gold, found, where)
    return result


def _subject(gold: GoldTarget, found: Target, where: _ItemContext) -> Score:
    """The subject of a target that is right otherwise, and what the output states beyond the gold."""
    result = Score()
    unasked = values.target_unasked(gold, found)
    if unasked:
        why = f"not in the gold: {', '.join(unasked)}"
        expected, got = values.show_target(gold), values.show_target(found)
        result += Score({}, (where.differ(ScoredKind.TARGETS, DifferenceKind.NOTE, expected, got, why),))
    if gold.subject is None:
        return result
    if values.same_subject(gold.subject, found.subject, found.predicate):
        return result + Score({ScoredKind.SUBJECTS: Tally(tp=1)})
    wrong = where.differ(ScoredKind.SUBJECTS, DifferenceKind.WRONG, values.show_target(gold), values.show_target(found))
    return result + Score({ScoredKind.SUBJECTS: Tally(fp=1, fn=1)}, (wrong,))


def _names(gold: Sequence[GoldAgency], found: Sequence[Agency]) -> Score:
    """Agencies by name alone, whatever their roles; the differences are said with the roles."""
    wanted = {folded(one.name) for one in gold if not one.optional}
    optional = {folded(one.name) for one in gold if one.optional}
    got = {folded(one.name) for one in found}
    tally = Tally(len(wanted & got), len(got - wanted - optional), len(wanted - got))
    return Score({ScoredKind.AGENCY_NAMES: tally})


def dated(provision: Provision) -> list[Deadline]:
    """The times that were put into dates; one that is kept as text alone is neither right nor wrong."""
    return [one for one in provision.deadlines if one.kind is not None]


def _product(gold: GoldItem, provision: Provision, where: _ItemContext) -> Score:
    """The result a table states, told by its first words, where the gold says anything of it."""
    if "result" not in gold.model_fields_set:
        return Score()
    wanted, got = folded(gold.result or ""), folded(provision.result or "")
    if got.startswith(wanted) and bool(wanted) == bool(got):
        return Score({ScoredKind.RESULTS: Tally(tp=int(bool(wanted)))})
    what = DifferenceKind.WRONG if wanted and got else DifferenceKind.MISSED if wanted else DifferenceKind.EXTRA
    said = where.differ(ScoredKind.RESULTS, what, gold.result, provision.result)
    return Score({ScoredKind.RESULTS: Tally(fp=int(bool(got)), fn=int(bool(wanted)))}, (said,))


def _number(gold: GoldItem, provision: Provision, where: _ItemContext) -> Score:
    if same_number(gold, provision.number):
        return Score({ScoredKind.NUMBERS: Tally(tp=1)})
    allowed = " or ".join(str(one) for one in (gold.number, *gold.number_alt))
    wrong = where.differ(ScoredKind.NUMBERS, DifferenceKind.WRONG, allowed, str(provision.number))
    return Score({ScoredKind.NUMBERS: Tally(fp=1, fn=1)}, (wrong,))


T = TypeVar("T")


def _once(some: Sequence[T], identity: Callable[[T], Hashable]) -> list[T]:
    """`some` without what is the same as an earlier one."""
    return list({identity(one): one for one in reversed(some)}.values())[::-1]
