"""A comparison as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from pipeline.compare.model import (
    Identity,
    ItemDifferences,
    ItemPair,
    ItemSide,
    PlanComparison,
    TargetField,
    TargetPair,
    TargetSide,
)
from pipeline.messages import Language, say

_Status = TypeVar("_Status", bound=StrEnum)
_Pair = TypeVar("_Pair", TargetPair, ItemPair)
_TEXT = 240  # characters of an item's text in a table; the JSON has it all
_NONE = "–"
KINDS: Final = ("target", "objective", "task")
_SAME: Final = frozenset(("agree", "same"))
_STYLES = {
    "agree": "green",
    "same": "green",
    "differ": "yellow",
    "reworded": "yellow",
    "only_a": "cyan",
    "only_b": "cyan",
}


def render(
    comparison: PlanComparison, language: Language, width: int, kinds: Sequence[str] = KINDS, differing: bool = False
) -> Group:
    """Lay a comparison out for a terminal: targets first, both plans side by side.

    Args:
        comparison: what was found.
        language: of headings and remarks.
        width: of the terminal, in columns.
        kinds: those of `KINDS` that are shown.
        differing: count what is the same in both, and show only what differs.
    """
    made: list[Text | Table] = [
        _plan("A", comparison.a),
        _plan("B", comparison.b),
        Text(_common(comparison.legal_basis, language)),
    ]
    counts = comparison.counts
    if "target" in kinds:
        targets = [_target_row(pair, language) for pair in _shown(comparison.targets, differing)]
        made += _section(say("compare.targets", language), counts.targets, targets, language, width)
    for kind, counted, pairs in (
        ("objective", counts.objectives, comparison.objectives),
        ("task", counts.tasks, comparison.tasks),
    ):
        if kind in kinds:
            items = [_item_row(pair, language) for pair in _shown(pairs, differing)]
            made += _section(say(f"compare.{kind}s", language), counted, items, language, width)
    return Group(*made)


def _shown(pairs: Sequence[_Pair], differing: bool) -> list[_Pair]:
    return [pair for pair in pairs if not differing or differs(pair)]


def differs(pair: TargetPair | ItemPair) -> bool:
    """Tell whether two plans differ there: items of the same words may in who does them, by when or how much."""
    more = isinstance(pair, ItemPair) and pair.differences is not None and pair.differences.any
    return pair.status not in _SAME or more


def _plan(side: str, plan: Identity) -> Text:
    parts = (
        plan.number or plan.attached_to or plan.plan_id,
        plan.province,
        plan.issued_on.isoformat() if plan.issued_on else None,
        plan.title,
    )
    return Text(f"{side}: " + " · ".join(part for part in parts if part))


def _common(numbers: Sequence[str], language: Language) -> str:
    if not numbers:
        return say("compare.common.none", language)
    return say("compare.common", language, numbers=", ".join(numbers))


def _section(
    kind: str, counts: Mapping[_Status, int], rows: Sequence[Sequence[Text]], language: Language, width: int
) -> Iterator[Text | Table]:
    yield Text()
    if not any(counts.values()):
        yield Text(say("compare.nothing", language, kind=kind))
        return
    counted = ", ".join(f"{_status(status, language)} {count}" for status, count in counts.items())
    yield Text(f"{kind}: {counted}", style="bold")
    if not rows:
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, width=width, show_lines=True)
    table.add_column(say("compare.column.status", language), no_wrap=True)
    table.add_column("A", ratio=3, overflow="fold")
    table.add_column("B", ratio=3, overflow="fold")
    table.add_column(say("compare.column.differs", language), ratio=2, overflow="fold")
    for row in rows:
        table.add_row(*row)
    yield table


def _target_row(pair: TargetPair, language: Language) -> list[Text]:
    sides = _target(pair.a, language), _target(pair.b, language)
    return _row(pair.status, *sides, target_differences(pair, language), language)


def _row(status: StrEnum, a: Text, b: Text, differs: Iterable[str], language: Language) -> list[Text]:
    return [Text(_status(status, language), style=_STYLES[status]), a, b, Text("\n".join(differs))]


def _target(side: TargetSide | None, language: Language) -> Text:
    if side is None:
        return Text(_NONE)
    figure = side.text
    if side.subject and side.subject not in figure:
        figure += f" {side.subject}"
    if side.due:
        figure += f" ({side.due})"
    return Text(f"{_where(side.id, side.page, language)}\n{figure}")


def target_differences(pair: TargetPair, language: Language) -> Iterator[str]:
    """Say what two targets differ in, a line for each field."""
    if pair.a is None or pair.b is None:
        return
    for field in pair.differences:
        name = say(f"compare.field.{field}", language)
        if field is TargetField.SUBJECT:  # stands in the cells beside it
            yield name
            continue
        a, b = (_value(side, field, language) for side in (pair.a, pair.b))
        yield f"{name}: {a} | {b}"


def _value(side: TargetSide, field: TargetField, language: Language) -> str:
    if field is TargetField.DIRECTION:
        return say(f"compare.direction.{side.direction}", language)
    value = getattr(side, field)
    return _NONE if value is None else str(value)


def _item_row(pair: ItemPair, language: Language) -> list[Text]:
    sides = _item(pair.a, language), _item(pair.b, language)
    return _row(pair.status, *sides, item_differences(pair, language), language)


def _item(side: ItemSide | None, language: Language) -> Text:
    if side is None:
        return Text(_NONE)
    text = side.text if len(side.text) <= _TEXT else side.text[: _TEXT - 1].rstrip() + "…"
    heading = f" · {side.heading}" if side.heading else ""
    return Text(f"{_where(side.id, side.page, language)}{heading}\n{text}")


def item_differences(pair: ItemPair, language: Language) -> Iterator[str]:
    """Say what two items differ in besides their words, or which item of the other plan says it too."""
    if pair.within is not None:
        yield say(f"compare.within.{pair.within.kind}", language, id=pair.within.id)
    if pair.differences is not None:
        yield from (f"{what}: {_all(a)} | {_all(b)}" for what, a, b in _parts(pair.differences, language))


def _parts(found: ItemDifferences, language: Language) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    for one in found.agencies:
        yield say(f"role.{one.role}", language), one.only_a, one.only_b
    if found.deadlines is not None:
        yield say("compare.deadlines", language), found.deadlines.only_a, found.deadlines.only_b
    if found.targets is not None:
        yield say("compare.targets", language), found.targets.only_a, found.targets.only_b


def _all(names: Sequence[str]) -> str:
    return "; ".join(names) or _NONE


def _where(id: str, page: int | None, language: Language) -> str:
    return id if page is None else say("compare.page", language, id=id, page=page)


def _status(status: StrEnum, language: Language) -> str:
    return say(f"compare.status.{status}", language)
