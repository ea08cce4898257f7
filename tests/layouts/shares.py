"""How much of what was typeset was read: cells, items, agencies and times, each as so many of so many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from pipeline.document import Document
from pipeline.schema import Plan, Provision
from tests.documents import table_texts
from tests.layouts.meaning import Rows, cells
from tests.layouts.model import Item, Made

ALIKE = 0.6  # of their letters: an item that was read and one that was typeset, of the same number, are one
KNOWN = 0.9  # of its letters: an item that was read so is found


@dataclass
class Shares:
    """Counts; `extra` are agencies and times that were read and not typeset, `wrong` says what is amiss, by kind."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, kind: str, right: int, total: int) -> None:
        """Counts some more of a kind."""
        self.right[kind] += right
        self.total[kind] += total

    def __iadd__(self, other: Shares) -> Shares:
        self.right.update(other.right)
        self.total.update(other.total)
        self.extra.update(other.extra)
        self.wrong += other.wrong
        return self

    def f1(self, kind: str) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right[kind] / max(1, self.total[kind] + self.right[kind] + self.extra[kind])

    def __str__(self) -> str:
        return ", ".join(
            f"{kind} {self.right[kind]} of {total} ({self.right[kind] / max(1, total):.1%}"
            + (f", F1 {self.f1(kind):.3f})" if kind in self.extra else ")")
            for kind, total in self.total.items()
        )


def of_cells(document: Document, typeset: Sequence[tuple[int, Rows]]) -> Shares:
    """The cells of the tables of a document, page by page."""
    out = Shares()
    found = {page.number: [table_texts(page, at) for at in range(len(page.tables))] for page in document.pages}
    for number, rows in typeset:
        counts = [cells(one, rows) for one in found.get(number, [])] or [cells((), rows)]
        right, total, wrong = max(counts, key=lambda one: one[0])
        out.add("cells", right, total)
        out.wrong += [f"page {number}: {one}" for one in wrong]
    return out


def of_items(plan: Plan, made: Made) -> Shares:
    """Items of tables: found, equal letter by letter, their agencies with roles, their times."""
    out = Shares()
    read = [one for one in (*plan.tasks, *plan.objectives) if one.text not in made.body]
    for item in (*made.tasks, *made.objectives):
        one = _one_of(read, item)
        if one is not None:
            read.remove(one)
        alike = _alike(one.text, item.text) if one is not None else 0.0
        same = one is not None and one.number == item.number
        out.add("items", same and alike >= KNOWN, 1)
        out.add("equal", same and _plain(one.text if one else "") == _plain(item.text), 1)
        if not (same and alike == 1.0):
            out.wrong.append(f"item {item.number}: {one and (one.number, one.text)!r}, typeset {item.text!r}")
        agencies = [(a.name, a.role.value) for a in one.agencies] if one else []
        _count(out, "agencies", item.number, agencies, item.agencies)
        due = [(d.kind.value if d.kind else None, d.edtf or d.recurrence) for d in one.deadlines] if one else []
        _count(out, "times", item.number, due, [(time.kind, time.edtf or time.recurrence) for time in item.times])
    out.wrong += [f"item {one.number} was not typeset: {one.text!r}" for one in read]
    out.extra["items"] += len(read)
    for one in read:
        out.extra["agencies"] += len(one.agencies)
    return out


def _count(out: Shares, kind: str, number: str | None, got: Iterable[object], wanted: Iterable[object]) -> None:
    one, other = Counter(map(repr, got)), Counter(map(repr, wanted))
    out.add(kind, (one & other).total(), other.total())
    out.extra[kind] += (one - other).total()
    if one != other:
        out.wrong.append(f"{kind} of {number}: {sorted(one - other)}, typeset {sorted(other - one)}")


def _one_of(read: Sequence[Provision], item: Item) -> Provision | None:
    worth = [(one.number == item.number, _alike(one.text, item.text), -at) for at, one in enumerate(read)]
    best = max((one for one in worth if one[1] >= ALIKE), default=None)
    return read[-best[2]] if best else None


def _alike(one: str, other: str) -> float:
    if not set(one.split()) & set(other.split()):
        return 0.0
    return SequenceMatcher(None, _plain(one), _plain(other), autojunk=False).ratio()


def _plain(text: str) -> str:
    return " ".join(text.replace("–", "-").split())
