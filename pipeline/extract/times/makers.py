"""What the rules make: the functions that they name under `make`, called with the labelled parts of a match.

Those of points, rows and ranges are in `points`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.extract.times import points
from pipeline.extract.times.expression import LAST_DAY, Distance, Every, Point, TimeBound, TimeExpression, TimeSpan
from pipeline.extract.times.points import single, spans_of
from pipeline.schema import RelativeUnit

Bounding = tuple[TimeBound, bool]

_MOST_DAYS = 366
_FREQUENCIES = {"year": "YEARLY", "month": "MONTHLY", "quarter": "MONTHLY", "week": "WEEKLY", "day": "DAILY"}
_DISTANCES = {
    "day": (RelativeUnit.DAY, 1),
    "week": (RelativeUnit.DAY, 7),
    "working_day": (RelativeUnit.WORKING_DAY, 1),
    "month": (RelativeUnit.MONTH, 1),
    "quarter": (RelativeUnit.MONTH, 3),
    "year": (RelativeUnit.MONTH, 12),
}


# Bounds.


def bound(by: str, weak: bool = False) -> Bounding:
    """What the words before a time make of it; weak ones stand in names of programmes too."""
    return TimeBound(by), weak


def bounded(bound: Bounding, at: object) -> TimeExpression | None:
    """By a time, or by each of several."""
    return TimeExpression(bound[0], spans_of(at), weak=bound[1])


def completed(at: object) -> TimeExpression:
    """By the end of a time in which something is to be completed."""
    return TimeExpression(TimeBound.BY, spans_of(at))


def on_day_of(bound: Bounding, at: Point, day: Point) -> TimeExpression:
    """By a day of the month that stands before it."""
    return TimeExpression(bound[0], (single(replace(at, day=day.day)),))


def on_day_of_each(at: object, day: Point, bound: Bounding = (TimeBound.IN, True)) -> TimeExpression | None:
    """By or on a day of each of several months."""
    out: list[TimeSpan] = []
    for span in spans_of(at):
        first, last = span.first.month, span.last.month
        if first is None or last is None or first != span.first.until or last != span.last.until:
            return None  # quarters
        out += [single(replace(span.last, month=one, until=one, day=day.day)) for one in range(first, last + 1)]
    return TimeExpression(bound[0], tuple(out)) if out else None


def by_year_end(now: object = ()) -> TimeExpression:
    """Up to the end of the plan's year, or of that in which it is issued: "từ nay đến hết năm"."""
    return TimeExpression(TimeBound.BY, (single(Point(None, 1, 12)),), from_now=bool(now))


def inside(at: object, open: object = None, weak: bool = True) -> TimeExpression:
    """In a time, or during a range."""
    return TimeExpression(TimeBound.IN, spans_of(at), open_ended=open is not None, weak=weak)


def since(at: object) -> TimeExpression | None:
    """From a time on; "từ năm 2026" stands in names of plans too."""
    spans = spans_of(at)
    return TimeExpression(TimeBound.SINCE, spans, weak=spans[0].first.is_year)


def after(at: object) -> TimeExpression | None:
    """Behind a time."""
    return TimeExpression(TimeBound.AFTER, spans_of(at), weak=True)


def always() -> TimeExpression:
    """All the time."""
    return TimeExpression(TimeBound.ALWAYS)


# Cells.


def no_such_time() -> TimeExpression:
    """In a month or on a day that no year has."""
    return inside(Point(1, 1, 12))


def this_year() -> TimeExpression:
    """In the plan's own year."""
    return inside(Point(None, 1, 12))


def begun(at: object) -> TimeExpression:
    """What is to begin in a time and goes on behind it."""
    return inside(at, open=True)


def month_in_cell(month: int, year: int) -> TimeExpression:
    """A month in digits is the last by which the work is to be done ("6/2025")."""
    return replace(inside(Point(year, month, month)), completes=True)


# Again and again.


def every(unit: str, count: int | None = None) -> Every | None:
    """How often."""
    interval = (1 if count is None else count) * (3 if unit == "quarter" else 1)
    if interval == 0:
        return None
    if unit == "month" and interval in (9, 12):  # a report on nine months comes once a year
        return Every("YEARLY")
    return Every(_FREQUENCIES[unit], interval)


def again(
    every: Every | tuple[Every, ...] | None = None,
    at: object = (),
    bound: Bounding | None = None,
    months: Sequence[int] | None = None,
    yearly: bool = False,
) -> TimeExpression | None:
    """Again and again, on the days beside it; several times how often are several expressions in one."""
    spans = spans_of(at)
    if any(span.year is not None for span in spans):
        return None
    if isinstance(every, tuple):
        first, *further = dict.fromkeys(every)
        return TimeExpression(TimeBound.AGAIN, every=first, further=tuple(further))
    if yearly:
        every = Every("YEARLY")
    if every is None:
        return None
    if months:
        spans = tuple(
            TimeSpan(Point(None, months[0], months[0], one.first.day), Point(None, months[0], months[0], one.last.day))
            for one in spans
        )
        every = replace(every, months=tuple(months))
    completes = bound is not None
    if bound is not None and bound[0] is TimeBound.BEFORE:
        spans = tuple(_eve(one) for one in spans)
    return TimeExpression(TimeBound.AGAIN, spans, every, completes=completes)


def _eve(span: TimeSpan) -> TimeSpan:
    """What ends before a month: the month before it."""
    point = span.first
    if point.day is not None or point.month is None or not span.is_single:
        return span
    before = (point.month - 2) % 12 + 1
    return single(Point(None, before, before))


def month_of_quarter(number: int) -> TimeExpression | None:
    """In the same month of each quarter."""
    first = 3 if number == -1 else number
    if not 1 <= first <= 3:
        return None
    return TimeExpression(TimeBound.AGAIN, every=Every("YEARLY", months=tuple(range(first, 13, 3))))


def again_on_last_day(unit: str, bound: Bounding | None = None) -> TimeExpression | None:
    """On the last day of each month, quarter or year."""
    made = every(unit)
    if made is None or unit == "week":
        return None
    day = Point(None, 12, 12, 31) if unit == "year" else Point(day=LAST_DAY)
    return TimeExpression(TimeBound.AGAIN, (single(day),), made, completes=bound is not None)


def again_on_weekdays(
    every: Every, day: str | Sequence[str], bound: Bounding | None = None, number: int | None = None
) -> TimeExpression | None:
    """Each week, or each month, on days of the week."""
    days = (day,) if isinstance(day, str) else tuple(day)
    if number is not None:
        days = tuple(f"{number}{one}" for one in days)
    if every.frequency not in ("WEEKLY", "MONTHLY") or (number is None) is not (every.frequency == "WEEKLY"):
        return None
    return TimeExpression(TimeBound.AGAIN, every=replace(every, weekdays=days), completes=bound is not None)


def nth_weekday(day: str, number: int) -> str | None:
    """A day of the week with its number in the month, as RFC 5545 writes them."""
    return f"{number}{day}" if number == -1 or 1 <= number <= 5 else None


def again_on_numbered(every: Every, weekday: Sequence[str]) -> TimeExpression | None:
    """Each month, on days of the week that are numbered in it."""
    if every.frequency != "MONTHLY" or every.interval > 1:
        return None
    return TimeExpression(TimeBound.AGAIN, every=replace(every, weekdays=tuple(weekday)))


# Reckoned from something, or said in words.


def reckoned(count: int, unit: str, origin: str) -> TimeExpression | None:
    """So many units from something, or before it."""
    if count < 1:
        return None
    named, times = _DISTANCES[unit]
    return TimeExpression(TimeBound.WORDS, distance=Distance(count * times, named, origin))


def days_from(count: int, at: Point) -> TimeExpression | None:
    """So many days, the first of which is named with its year."""
    if not (at.year and at.is_day and at.exists(at.year)) or at.lunar or not 1 <= count <= _MOST_DAYS:
        return None
    last = at.first(at.year) + timedelta(days=count - 1)
    return TimeExpression(TimeBound.IN, (TimeSpan(at, Point(last.year, last.month, last.month, last.day)),))


def from_issue(count: int, unit: str, origin: str) -> TimeExpression | None:
    """So many units from the day on which the plan is issued."""
    made = reckoned(count, unit, origin)
    return made and replace(made, distance=made.distance and replace(made.distance, own_issue=True))


def in_words() -> TimeExpression:
    """A time that is no date."""
    return TimeExpression(TimeBound.WORDS)


MAKERS: dict[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        *(
            points.same,
            points.plan_years,
            points.day,
            points.day_alone,
            points.last_of_month,
            points.month,
        ),
        points.month_number,
        *(points.quarter, points.year, points.part_of_year, points.plan_year, points.of_next_year, points.part_of),
        *(
            points.weeks,
            points.weeks_between,
            points.weeks_at,
            on_day_of,
            on_day_of_each,
            month_of_quarter,
            nth_weekday,
            again_on_numbered,
            days_from,
        ),
        *(points.third, points.week, points.school_year, points.term, points.months, points.quarters, points.years),
        *(points.lunar_year, points.lunar_month, points.lunar_date, points.lunar_feast, points.before_new_year),
        *(points.days, points.days_alone, points.span, points.month_span, points.quarter_span, points.day_span),
        *(
            points.week_of_month,
            bound,
            bounded,
            completed,
            by_year_end,
            inside,
            since,
            after,
            always,
            every,
            again,
            begun,
        ),
        *(again_on_weekdays, again_on_last_day, reckoned, from_issue, in_words, no_such_time, this_year, month_in_cell),
    )
}
