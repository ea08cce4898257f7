"""The type of deadlines in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.schema import DeadlineKind, RelativeTime


@dataclass(frozen=True, slots=True)
class ParsedDeadline:
    """A deadline in a text: offsets, kind, first and last day, EDTF and recurrence (RFC 5545).

    `kind` is None for a time that could not be put into dates. `assumed_year`: the year was taken from the plan;
    `open_ended`: years to come are left out; `no_such_day`: the calendar lacks the day that is printed, or the time
    ends before it begins; `undated`: the calendar has it, but in which year, or when in each, cannot be told. `rule`
    read it.
    """

    start: int
    end: int
    kind: DeadlineKind | None
    first: date | None = None
    last: date | None = None
    edtf: str | None = None
    recurrence: str | None = None
    relative: RelativeTime | None = None
    act: str | None = None
    assumed_year: bool = False
    open_ended: bool = False
    no_such_day: bool = False
    undated: bool = False
    rule: str = "times"

    @property
    def in_words(self) -> bool:
        """Whether it is a time in words alone ("sau khi có hướng dẫn"), beside which the year of a heading holds."""
        return self.kind is None and self.relative is None and not self.no_such_day and not self.undated

    @property
    def due(self) -> str | None:
        """The due entry of a target: the year, or the day where one is stated."""
        if self.last is None or self.kind is DeadlineKind.RECURRING:
            return None
        return f"{self.last.year}" if (self.last.month, self.last.day) == (12, 31) else self.last.isoformat()


def show(deadline: ParsedDeadline) -> str:
    """A deadline in one line: "by 2025-12-31", "in 2026-04-01/2026-04-30", "FREQ=YEARLY", "10 working_day from …"."""
    if deadline.recurrence is not None:
        return deadline.recurrence
    if deadline.kind is None and deadline.relative is not None:
        return f"{deadline.relative.count} {deadline.relative.unit} from {deadline.relative.from_}"
    if deadline.kind is None:
        return "no such day" if deadline.no_such_day else "undated" if deadline.undated else "words"
    if deadline.kind is DeadlineKind.BY:
        return f"by {deadline.last}"
    days = "/".join(str(day) for day in (deadline.first, deadline.last) if day is not None)
    return f"{deadline.kind} {days}".strip()
