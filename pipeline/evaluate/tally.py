"""Counts and differences, the results of comparing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ScoredKind(StrEnum):
    """The kinds of things that are counted apart."""

    TASKS = "tasks"
    OBJECTIVES = "objectives"
    NUMBERS = "numbers"
    AGENCIES = "agencies"
    AGENCY_NAMES = "agency names"
    DEADLINES = "deadlines"
    TARGETS = "targets"
    RESULTS = "results"
    METADATA = "metadata"
    TABLES = "tables"
    CELLS = "cells"
    SUBJECTS = "subjects"  # of the targets that are right


@dataclass(frozen=True)
class Tally:
    """Counts of true positives, false positives and false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both counts together."""
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """The share of predictions that are right, 0 to 1; None where there are no predictions."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found, 0 to 1; None where there is no gold."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there are neither predictions nor gold."""
        everything = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / everything if everything else None


class DifferenceKind(StrEnum):
    """The kinds of differences."""

    MISSED = "missed"
    EXTRA = "extra"
    WRONG = "wrong"
    NOTE = "note"  # worth a look, counts nowhere


@dataclass(frozen=True)
class Difference:
    """One disagreement between gold and output.

    `number` is the item's printed path (the gold one where there is one), `item` its id in the output, `quote` some of
    its words; `expected` and `got` are the two values, None on the side that has none; `why` explains.
    """

    kind: ScoredKind
    what: DifferenceKind
    number: str | None
    item: str | None
    quote: str
    expected: str | None
    got: str | None
    why: str = ""


@dataclass(frozen=True)
class Score:
    """Counts by kind, and the differences behind them; results can be added."""

    tallies: dict[ScoredKind, Tally] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()

    def __add__(self, other: Score) -> Score:
        """Both results together, differences in their order."""
        kinds = [kind for kind in ScoredKind if kind in self.tallies or kind in other.tallies]
        tallies = {kind: self.tallies.get(kind, Tally()) + other.tallies.get(kind, Tally()) for kind in kinds}
        return Score(tallies, self.differences + other.differences)
