"""The report of an evaluation: a table of counts for each document and for all, then each difference in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from pipeline.evaluate.tally import Difference, DifferenceKind, Score, ScoredKind, Tally
from pipeline.evaluate.values import quoted

_QUOTE = 48  # characters of an item's words in the list of differences


@dataclass(frozen=True)
class DocumentReport:
    """One document: its counts and differences; `notes` tell what hindered the comparison.

    A document that is `held_out` is test data: nobody looks at its differences while building. `missing`: it has no
    output.
    """

    name: str
    result: Score
    notes: tuple[str, ...] = ()
    held_out: bool = False
    missing: bool = False  # there is no output to compare


@dataclass(frozen=True)
class Report:
    """All documents of an evaluation, in the order of their names."""

    documents: tuple[DocumentReport, ...]

    @property
    def totals(self) -> dict[ScoredKind, Tally]:
        """The counts of each kind over all documents."""
        return _total(self.documents)

    def render(self, *, differences: bool = True) -> str:
        """Write the report as plain text; without `differences` the counts alone."""
        blocks = []
        for document in self.documents:
            name = f"{document.name} (held out)" if document.held_out else document.name
            lines = [name, *_table(document.result.tallies), *(f"  ! {note}" for note in document.notes)]
            if differences and document.held_out and len(self.documents) > 1:
                lines.append("  held out: evaluate it alone to see its differences")
            elif differences and not document.missing:
                lines += _lines(document.result)
            blocks.append("\n".join(lines))
        held_out = [one for one in self.documents if one.held_out]
        if 0 < len(held_out) < len(self.documents):
            blocks.append("\n".join([f"the {len(held_out)} held out", *_table(_total(held_out))]))
        if len(self.documents) > 1:
            blocks.append("\n".join([f"all {len(self.documents)} documents", *_table(self.totals)]))
        return "\n\n".join(blocks)


def _total(documents: Sequence[DocumentReport]) -> dict[ScoredKind, Tally]:
    return reduce(lambda a, b: a + b.result, documents, Score()).tallies


def _lines(result: Score) -> list[str]:
    """A line a difference, in the order of the table; what counts nowhere comes last."""
    ordered = sorted(result.differences, key=lambda one: list(ScoredKind).index(one.kind))
    counted = [f"  {_line(one)}" for one in ordered if one.what != DifferenceKind.NOTE]
    return (counted or ["  no difference"]) + [f"  {_line(one)}" for one in ordered if one.what == DifferenceKind.NOTE]


def _table(tallies: dict[ScoredKind, Tally]) -> list[str]:
    rows = [f"  {'':<14}{'precision':>10}{'recall':>8}{'F1':>8}{'tp':>6}{'fp':>6}{'fn':>6}"]
    for kind in ScoredKind:
        if kind == ScoredKind.SUBJECTS:
            continue
        tally = tallies.get(kind, Tally())
        shares = f"{_share(tally.precision):>10}{_share(tally.recall):>8}{_share(tally.f1):>8}"
        rows.append(f"  {kind:<14}{shares}{tally.tp:>6}{tally.fp:>6}{tally.fn:>6}")
    subjects = tallies.get(ScoredKind.SUBJECTS, Tally())
    if subjects != Tally():
        rows.append(f"  subjects of the right targets: {subjects.tp} of {subjects.tp + subjects.fn} right")
    return rows


def _share(share: float | None) -> str:
    """Three digits, cut rather than rounded, so that 1.000 means all."""
    return "-" if share is None else f"{int(share * 1000) / 1000:.3f}"


def _line(one: Difference) -> str:
    what = f"{one.kind} {one.what}" + (f" ({one.why})" if one.why else "")
    if one.kind == ScoredKind.METADATA:
        place = one.quote
    elif one.expected is not None and one.kind in (ScoredKind.TASKS, ScoredKind.OBJECTIVES):
        place = str(one.number)  # the words stand in `expected`
    elif one.kind in (ScoredKind.TASKS, ScoredKind.OBJECTIVES):
        place = ""
    else:
        item = "" if one.item in (None, one.number) else f" (id {one.item})"
        place = f"{one.number}{item} {quoted(one.quote, _QUOTE)}"
    expected, got = one.expected or "nothing", one.got or "nothing"
    return f"{what}{place and f': {place}'} | expected {expected} | got {got}"
