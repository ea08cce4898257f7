"""Days and months of the lunar calendar as those of the civil one, reckoned as Viet Nam does, for UTC+7.

A leap month is never meant where a month is named alone; the calendar itself is that of the package lunar-vn.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from lunar_vn import convert_lunar_to_solar, solar_to_lunar

from pipeline.extract.times.expression import LAST_DAY, Point, TimeSpan

_LATE = 11  # months from this on may lie in the civil year behind the lunar one
_LONGEST = 30  # days of a month


def in_lunar_years(span: TimeSpan, year: int | None, issued: date | None) -> TimeSpan | None:
    """Give the lunar points of a span their lunar years.

    Args:
        span: one of its points is of the lunar calendar.
        year: that of the plan; None when unknown.
        issued: the day of the plan: what states no year is the first behind it, in the plan's year at the earliest.

    Returns:
        The span; None where the year cannot be told: the end of a lunar year lies in January and February, so that
        "tháng Chạp năm 2026" and, in a plan without a date, "trước Tết" are in one year or the next.
    """
    since = max((day for day in (issued, date(year, 1, 1) if year else None) if day), default=None)
    first = _in_year(span.first, since, issued)
    if first is None:
        return None
    if span.is_single:
        return TimeSpan(first, first)
    begins = civil(first)
    last = _in_year(span.last, begins.first(begins.year or 0) if begins and begins.year else since, issued)
    return TimeSpan(first, last) if last else None


def civil(point: Point) -> Point | None:
    """A day or month of the lunar calendar, with its lunar year, in the civil one; None where there is none such."""
    if not point.lunar:
        return point
    month, until, year = point.month or 1, point.until or point.month or 1, point.year or 0
    begin, end = _month(year, month), _month(year, until)
    if begin is None or end is None:
        return None
    if point.day is None:
        first, last = begin[0], end[0] + timedelta(days=end[1] - 1)
        return replace(_at(first, point), until=last.month + 12 * (last.year - first.year), day_until=last.day)
    day = begin[1] if point.day == LAST_DAY else point.day
    return _at(begin[0] + timedelta(days=day - 1), point) if day <= begin[1] else None


def _at(day: date, point: Point) -> Point:
    return replace(point, year=day.year, month=day.month, until=day.month, day=day.day, lunar=False)


def _in_year(point: Point, since: date | None, issued: date | None) -> Point | None:
    """A point with its lunar year: what it states, else that in which it is the first behind a day."""
    if not point.lunar or (point.year and (point.lunar_year or (point.month or 1) < _LATE)):
        return point
    if since is None or (issued is None and not point.year and (point.month or 1) in (1, 11, 12)):
        return None
    named = (point.year - 1, point.year) if point.year else range(since.year - 1, since.year + 2)
    begins = [(one, found[0]) for one in named if (found := _month(one, point.month or 1))]
    ahead = [one for one, first in begins if first + timedelta(days=(point.day or _LONGEST) - 1) >= since]
    return replace(point, year=ahead[0]) if ahead and not (point.year and len(ahead) > 1) else None


@cache
def _month(year: int, month: int) -> tuple[date, int] | None:
    """The first day of a lunar month, and its days; None outside the years that the calendar is known for."""
    try:
        first = convert_lunar_to_solar(1, month, year)
        last = first + timedelta(days=_LONGEST - 1)
        return first, _LONGEST if solar_to_lunar(last).day == _LONGEST else _LONGEST - 1
    except ValueError:
        return None
