"""Calendar dates as documents print them: "ngày 5 tháng 6 năm 2025", "ngày 5/6/2025", "05-6-2025".

The day stands before the month, the month before the year, in every one of them (Nghị định 30/2020/NĐ-CP, Phụ lục I,
has the date of a document in words, a day below 10 and a month below 3 with a 0 in front; older ones have none).

The patterns are sources without groups, to be part of larger ones; they match folded text, and `IGNORECASE` others.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

YEAR = r"(?:19|20)\d{2}"  # a year that a plan speaks of
YEAR_WORD = re.compile(rf"\b{YEAR}\b")  # and no part of a longer number

# The three words as they are written, and as they are read from a picture or typed in haste.
_DAY, _MONTH, _YEAR = "ng[àaâ]y", "th[áaà]ng", "n[ăaâ]m"
_DAY, _MONTH, _YEAR = rf"{_DAY}(?:/da(?:te|y))?", rf"{_MONTH}(?:/month)?", rf"{_YEAR}(?:/year)?"  # of two languages
_NUMBER = r"\d{1,2}"

NUMERIC_DATE = rf"{_NUMBER}\s?[/.-]\s?{_NUMBER}\s?[/.-]\s?{YEAR}"
NAMED_DATE = rf"{_DAY}\s*{_NUMBER}\s*(?:[/.-]|{_MONTH})\s*{_NUMBER}\s*(?:[/.-]|{_YEAR})\s*\d{{4}}"  # behind "ngày"
# The date of issue in a head: its day and month may be blank, or written by hand and read as anything.
# Blanks may stand between its digits.
ISSUE_DATE = (
    rf"{_DAY}\s*(?:\d\s?\d?|[.…_ ]*|\S{{1,5}})\s*{_MONTH}\s*(?:\d\s?\d?|[.…_ ]*|\S{{1,3}})\s*{_YEAR}"
    r"\s*\d\s?\d\s?\d\s?\d"
)

_NAMED = re.compile(NAMED_DATE)
_DATE = re.compile(f"{NUMERIC_DATE}|{NAMED_DATE}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_LEAP_YEAR = 2024


class CalendarDay(NamedTuple):
    """A day of the calendar; `year` is None where none was printed."""

    day: int
    month: int
    year: int | None


def read_day(printed: str) -> CalendarDay | None:
    """The day that a printed date states, with its year or without ("30/11"); None where the calendar has no such day.

    Args:
        printed: a text that one of the patterns above matched, or a part of it: two numbers or three.
    """
    day, month, *years = map(int, _DIGITS.findall(printed))
    year = years[0] if years else None
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(_LEAP_YEAR if year is None else year, month)[1]:
        return None
    return CalendarDay(day, month, year)


def read_date(text: str) -> date | None:
    """The date that the whole of a text is, in digits or behind "ngày"; None for any other text, or no such day."""
    found = read_day(text) if _DATE.fullmatch(text) else None
    return date(found.year, found.month, found.day) if found and found.year else None


def find_date(folded: str) -> date | None:
    """The first date of a folded text that stands behind "ngày"; None where there is none, or no such day."""
    found = _NAMED.search(folded)
    return read_date(found.group()) if found else None
