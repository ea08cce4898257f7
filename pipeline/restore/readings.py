"""The types of restoration: the condition of lines and the readings of words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LineCondition(StrEnum):
    """What the text of a line is: right, damaged in one of two ways, or nothing to restore."""

    FOREIGN = "foreign"  # another language, or nothing to read: left as it is
    RIGHT = "right"  # Vietnamese, perhaps with a letter read wrong here and there
    STRIPPED = "stripped"  # Vietnamese without its marks
    MISREAD = "misread"  # Vietnamese read as another language


@dataclass(frozen=True)
class RestoredReading:
    """The reading of a stretch of a line, `start` to `end`.

    `probability` is that of `text`, 0 to 1; `runner_up` the next likely reading, None where there is none.
    """

    start: int
    end: int
    text: str
    probability: float
    runner_up: str | None = None
