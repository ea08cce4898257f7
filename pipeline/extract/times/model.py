"""The type of deadlines in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.schema import DeadlineKind


@dataclass(frozen=True, slots=True)
class ParsedDeadline:
    """A deadline in a text: offsets, kind, first and last day, EDTF and recurrence (RFC 5545).

    `kind` is None for a time that could not be put into dates; `assumed_year`: the year was taken from the plan's head.
    """

    start: int
    end: int
    kind: DeadlineKind | None
    first: date | None = None
    last: date | None = None
    edtf: str | None = None
    recurrence: str | None = None
    assumed_year: bool = False
    open_ended: bool = False
    rule: str = "time.sentence"  # what read it

    @property
    def due(self) -> str | None:
        """The due entry of a target: the year, or the day where one is stated."""
        if self.last is None or self.kind is DeadlineKind.RECURRING:
            return None
        return f"{self.last.year}" if (self.last.month, self.last.day) == (12, 31) else self.last.isoformat()
