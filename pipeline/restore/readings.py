"""What travels inside this room: the kinds of lines and the readings of their words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LineCondition(StrEnum):
    """What a line is."""

    FOREIGN = "foreign"  # another language, or nothing to read: left as it is
    RIGHT = "right"  # Vietnamese, perhaps with a letter read wrong here and there
    STRIPPED = "stripped"  # Vietnamese without its marks
    MISREAD = "misread"  # Vietnamese read as another language


@dataclass(frozen=True)
class RestoredReading:
    """How a stretch of a line is read: `start` and `end` are its offsets in the line.

    `probability` is that of `text`; `runner_up` the next likely reading, None where there is none.
    """

    start: int
    end: int
    text: str
    probability: float
    runner_up: str | None = None
