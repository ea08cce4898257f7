"""Where a plan that was read differs from what was typeset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.schema import Deadline, Plan, Provision, Target
from tests.layouts.model import Figure, Item, Made, Time, flat

Rows = Sequence[Sequence[str]]


def differences(plan: Plan, made: Made) -> list[str]:
    """One line for each value that is not what was typeset; the items of the body are left out of account."""
    out = _of_tables(plan, made)
    for kind, found, wanted in (
        ("task", plan.tasks, made.tasks),
        ("objective", plan.objectives, made.objectives),
    ):
        rows = [one for one in found if one.text not in made.body]
        if len(rows) != len(wanted):
            texts = [one.text[:40] for one in rows]
            out.append(f"{len(rows)} {kind}s, typeset {len(wanted)}: {texts}")
        for one, item in zip(rows, wanted, strict=False):
            name = f"{kind} {item.number} {item.text[:30]!r}"
            out += [f"{name}: {what}: {got!r}, typeset {want!r}" for what, got, want in _values(one, item)]
            out += [f"{name}: no doubt about {text!r}" for text in _unsaid(one, item)]
    return out


def _of_tables(plan: Plan, made: Made) -> list[str]:
    """Whether each table is taken for what it is, and whether the body's item points to all of its annexes."""
    out = []
    kinds = [table.kind.value for table in plan.tables]
    wanted = ["target" if _has_figures(made, at) else "task" for at in range(len(made.grids))]
    if kinds != wanted:
        out.append(f"tables: {kinds}, typeset {wanted}")
    for one in plan.tasks:
        if "(chi tiết tại" in one.text and one.refers_to != [table.id for table in plan.tables]:
            out.append(f"{one.text[-30:]!r} refers to {one.refers_to}")
    return out


def _has_figures(made: Made, at: int) -> bool:
    """Whether the table at a place is one of targets: where there are any, they stand in the last."""
    return bool(made.objectives) and at == len(made.grids) - 1


def _values(one: Provision, item: Item) -> Iterator[tuple[str, Any, Any]]:
    """Field by field, what was read and what was typeset, where the two differ."""
    pairs: list[tuple[str, Any, Any]] = [
        ("number", one.number, item.number),
        ("text", one.text, flat(item.text)),
        ("result", one.result, item.result),
        ("agencies", sorted((a.name, a.role.value) for a in one.agencies), sorted(item.agencies)),
        ("agencies stated in", {a.stated_in.value for a in one.agencies} - {"table"}, set()),
    ]
    if item.headings:
        pairs.append(("headings", one.headings[-len(item.headings) :], list(item.headings)))
    if item.figures:
        pairs.append(("targets", [_target(target) for target in one.targets], list(item.figures)))
    else:
        pairs.append(("targets", [target.text for target in one.targets], []))
        texts = [time.printed for time in item.times]
        pairs.append(("deadlines", [_time(due, text) for due, text in _with_texts(one, texts)], list(item.times)))
    for name, got, want in pairs:
        if got != want:
            yield name, got, want


def _with_texts(one: Provision, printed: Sequence[str | None]) -> list[tuple[Deadline, str | None]]:
    """Each deadline that was read with its text; None where what was typeset stands in two cells."""
    texts = [*printed, *[""] * len(one.deadlines)]
    return [(due, None if text is None else due.text) for due, text in zip(one.deadlines, texts, strict=False)]


def _time(due: Deadline, text: str | None) -> Time:
    kind = due.kind.value if due.kind is not None else None
    return Time(text, kind, due.start, due.end, due.edtf, due.recurrence)


def _target(target: Target) -> Figure:
    """A target as read; its baseline without the header that may stand before it ("2024: 45")."""
    baseline = target.baseline.rpartition(": ")[2] if target.baseline else None
    return Figure(target.value, target.value_max, target.comparison.value, target.unit, baseline, target.due)


def _unsaid(one: Provision, item: Item) -> list[str]:
    """The times that cannot be put into dates and of which no doubt speaks."""
    said = [doubt.params.get("text", "") for doubt in one.doubts if doubt.code == "W407"]
    return [
        time.printed
        for time in item.times
        if time.kind is None and time.printed and not any(time.printed in text for text in said)
    ]


def cells(found: Rows, typeset: Rows) -> tuple[int, int, list[str]]:
    """How many cells of a table were read right, of how many; and those that were not.

    Cells that are empty in both do not count; rows and columns that are wholly empty, as a stain may add, neither. A
    scan does not tell one dash from another.
    """
    one, other = _filled(found), _filled(typeset)
    right, total, wrong = 0, 0, []
    for at in range(max(len(one), len(other))):
        for column in range(max(len(row) for row in (*one, *other))):
            got, want = (_cell(rows, at, column) for rows in (one, other))
            if got or want:
                total += 1
                right += got == want
                if got != want:
                    wrong.append(f"{got!r}, typeset {want!r}")
    return right, total, wrong


def _filled(rows: Rows) -> list[list[str]]:
    kept = [row for row in rows if any(row)]
    columns = [at for at in range(max(map(len, kept), default=0)) if any(row[at] for row in kept)]
    return [[row[at].replace("–", "-") for at in columns] for row in kept]


def _cell(rows: list[list[str]], at: int, column: int) -> str:
    return rows[at][column] if at < len(rows) and column < len(rows[at]) else ""
