"""Explaining unmatched items: cut elsewhere, put in the wrong list, part of another item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluate.gold import GoldItem
from pipeline.evaluate.match import ExpectedItem, PredictedItem, match
from pipeline.evaluate.similarity import assign, contained
from pipeline.evaluate.tally import Difference, DifferenceKind, ScoredKind
from pipeline.evaluate.values import quoted
from pipeline.language.syllables import Syllables, syllables

_PART = 0.6  # from this share of its words on, one item is said to stand in another


@dataclass(frozen=True)
class Leftovers:
    """One list of a plan after matching: missed gold items, extra predictions, and the pairs made.

    Optional items are among the pairs.
    """

    kind: ScoredKind
    missed: tuple[ExpectedItem, ...]
    extra: tuple[PredictedItem, ...]
    pairs: tuple[tuple[ExpectedItem, PredictedItem], ...]


def explain(tasks: Leftovers, objectives: Leftovers, purposes: Sequence[str | GoldItem]) -> tuple[Difference, ...]:
    """Describe the missed and the extra items.

    Those that are one text, cut or filed otherwise, share a difference.

    Args:
        tasks: what matching left over of the tasks.
        objectives: what it left over of the objectives.
        purposes: gold sentences of purpose, which are no items.
    """
    lists = {ScoredKind.TASKS: tasks, ScoredKind.OBJECTIVES: objectives}
    missed = [(kind, one) for kind, part in lists.items() for one in part.missed]
    extra = [(kind, other) for kind, part in lists.items() for other in part.extra]
    differences = []
    for mine, theirs in ((tasks, objectives), (objectives, tasks)):
        for one, other in match(mine.missed, theirs.extra).pairs:
            why = f"in the wrong list: {theirs.kind}"
            differences.append(_differ(mine.kind, DifferenceKind.WRONG, one, other, why))
            missed.remove((mine.kind, one))
            extra.remove((theirs.kind, other))
    weights = [[_kinship(one.words, other.texts[0]) for _, other in extra] for _, one in missed]
    together = assign(weights)
    for row, column in together:
        kind, one = missed[row]
        other_kind, other = extra[column]
        why = "cut differently"
        why += "" if kind == other_kind else f", and in the wrong list: {other_kind}"
        differences.append(_differ(kind, DifferenceKind.WRONG, one, other, why))
    rows, columns = {row for row, _ in together}, {column for _, column in together}
    found = [other for part in lists.values() for other in (*part.extra, *(pair[1] for pair in part.pairs))]
    wanted = [one for part in lists.values() for one in (*part.missed, *(pair[0] for pair in part.pairs))]
    for row, (kind, one) in enumerate(missed):
        if row not in rows:
            differences.append(_differ(kind, DifferenceKind.MISSED, one, None, _where_found(one.words, found)))
    for column, (kind, other) in enumerate(extra):
        if column not in columns:
            differences.append(_differ(kind, DifferenceKind.EXTRA, None, other, _where_wanted(other, wanted, purposes)))
    return tuple(differences)


def _kinship(one: Syllables, other: Syllables) -> float:
    """The share of the shorter text that stands in the longer one; 0.0 below `_PART`."""
    shorter, longer = sorted((one, other), key=len)
    share = contained(shorter, longer)
    return share if share >= _PART else 0.0


def _where_found(words: Syllables, found: Sequence[PredictedItem]) -> str:
    best = max(found, key=lambda other: contained(words, other.texts[0]), default=None)
    if best is None or contained(words, best.texts[0]) < _PART:
        return ""
    return f"its words stand in {best.provision.id} {quoted(best.provision.text, 60)}"


def _where_wanted(other: PredictedItem, wanted: Sequence[ExpectedItem], purposes: Sequence[str | GoldItem]) -> str:
    words = other.texts[0]
    for purpose in purposes:
        text = purpose if isinstance(purpose, str) else purpose.quote
        if _kinship(syllables(text), words):
            return "a purpose in the gold"
    best = max(wanted, key=lambda one: contained(words, one.words), default=None)
    if best is None or contained(words, best.words) < _PART:
        return ""
    return f"its words stand in gold {best.item.number} {quoted(best.item.quote, 60)}"


def _differ(
    kind: ScoredKind, what: DifferenceKind, one: ExpectedItem | None, other: PredictedItem | None, why: str
) -> Difference:
    number = one.item.number if one else other.provision.number if other else None
    expected = quoted(one.item.quote, 100) if one else None
    got = f"{other.provision.id} {quoted(other.provision.text, 100)}" if other else None
    quote = one.item.quote if one else other.provision.text if other else ""
    return Difference(kind, what, number, other.provision.id if other else None, quote, expected, got, why)
