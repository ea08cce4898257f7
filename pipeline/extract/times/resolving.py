"""Putting expressions of time into dates: what each sets in a plan of a year, or in a column of its table."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from pipeline.extract.times.expression import (
    LAST_DAY,
    Distance,
    Every,
    Point,
    TimeBound,
    TimeExpression,
    TimeSpan,
    interval,
)
from pipeline.extract.times.lunar import civil, in_lunar_years
from pipeline.extract.times.model import ParsedDeadline
from pipeline.schema import DeadlineKind, RelativeTime, RelativeUnit

_NOWHERE = (0, 0)
_LEAP_YEAR = 2024
_SCHOOL_BEGINS = 6  # what is issued from this month on speaks of the school year that begins in the same year
_DAY = timedelta(days=1)
_FARTHEST = {RelativeUnit.DAY: 36_600, RelativeUnit.MONTH: 1_200}  # a hundred years: what is farther is misprinted


class Convention(StrEnum):
    """How a passage means its times; docs/extraction.md shows each."""

    TEXT = "text"
    COMPLETION = "completion"  # "Thời gian hoàn thành": a month, quarter or year alone is up to its last day
    CARRYING_OUT = "carrying_out"  # "Thời gian thực hiện"
    START = "start"  # the column of beginnings


def resolve(
    expression: TimeExpression, year: int | None, issued: date | None, convention: Convention = Convention.TEXT
) -> list[ParsedDeadline]:
    """Put an expression into dates.

    Args:
        expression: what a rule made.
        year: that of the plan, for times without one; None when unknown.
        issued: the day of the plan: a time without a year that lies before it is one of the year behind.
        convention: of the passage.

    Returns:
        A deadline for each span that it names, without offsets; its kind is None where it is no date.
    """
    match expression.bound:
        case TimeBound.ALWAYS:
            return [ParsedDeadline(*_NOWHERE, DeadlineKind.ONGOING)]
        case TimeBound.AGAIN:
            return _again(expression)
        case TimeBound.WORDS:
            return [_reckoned(expression.distance, issued)]
    return [_dated(expression, span, year, issued, convention) for span in expression.spans]


def _dated(
    expression: TimeExpression, span: TimeSpan, year: int | None, issued: date | None, convention: Convention
) -> ParsedDeadline:
    """The deadline of one span, in the plan's year or the next where it states none."""
    unknown = ParsedDeadline(*_NOWHERE, None)
    assumed = span.year is None
    if span.first.lunar or span.last.lunar:
        dated = in_lunar_years(span, year, issued)
        if dated is None:
            return replace(unknown, undated=True)
        first, last = civil(dated.first), civil(dated.last)
        if first is None or last is None:
            return replace(unknown, no_such_day=True)
        span = TimeSpan(last, last) if dated.is_single else TimeSpan(first, last)
    base = span.year or (issued.year if expression.from_now and issued else _base(span, year, issued))
    if base is None:
        return replace(unknown, undated=True)
    if not (span.first.exists(base) and span.last.exists(base)):
        return replace(unknown, no_such_day=True)
    made = _bounded(expression, span, base, convention)
    if assumed and issued and made.last and made.last < issued:
        if not (span.first.exists(base + 1) and span.last.exists(base + 1)):
            return replace(unknown, no_such_day=True)  # "29/02" of the year behind
        made = _bounded(expression, span, base + 1, convention)
    return replace(made, assumed_year=assumed and made.kind is not None, open_ended=expression.open_ended)


def _base(span: TimeSpan, year: int | None, issued: date | None) -> int | None:
    if span.last.school and issued is not None and issued.month < _SCHOOL_BEGINS:
        return issued.year - 1
    return year


def _bounded(expression: TimeExpression, span: TimeSpan, base: int, convention: Convention) -> ParsedDeadline:
    first, last = _first(span, base), span.last.last(base)
    bound, part = expression.bound, span.last.part
    if first > last:
        return ParsedDeadline(*_NOWHERE, None, no_such_day=True)  # "năm 2024 - 2020"
    if bound is TimeBound.IN and _is_completion(expression, span, convention):
        bound = TimeBound.BY
    if bound in (TimeBound.BY, TimeBound.BEFORE):
        if part not in (None, "cuối"):
            return ParsedDeadline(*_NOWHERE, None)  # "đến giữa năm 2026" names no day
        if bound is TimeBound.BEFORE and (not span.last.is_day or span.last.feast) and part is None:
            last = first - _DAY
        return ParsedDeadline(*_NOWHERE, DeadlineKind.BY, None, last, f"../{last.isoformat()}")
    if bound is TimeBound.IN:
        kind = DeadlineKind.IN if span.is_single else DeadlineKind.DURING
        edtf = span.last.edtf(base) if span.is_single else interval(first, last)
        return ParsedDeadline(*_NOWHERE, kind, first, last, edtf)
    return _onward(bound, span, first, last, base)


def _first(span: TimeSpan, base: int) -> date:
    """The first day of a span; one over New Year begins in the year before: "từ tháng 11 đến tháng 02 năm 2024"."""
    first = span.first.first(base)
    if first > span.last.last(base) and span.first.year is None and span.first.exists(base - 1):
        first = span.first.first(base - 1)
    return first


def _is_completion(expression: TimeExpression, span: TimeSpan, convention: Convention) -> bool:
    """Whether what is said to be done in a time is due by its last day."""
    if expression.open_ended or convention is Convention.START:
        return False
    if expression.completes or span.is_single and span.last.part == "cuối":  # "vào cuối năm 2026"
        return True
    if convention is Convention.COMPLETION:
        return span.is_single
    return convention is Convention.CARRYING_OUT and span.is_single and span.last.is_day


def _onward(bound: TimeBound, span: TimeSpan, first: date, last: date, base: int) -> ParsedDeadline:
    point = span.first
    if point.part not in (None, "đầu"):
        return ParsedDeadline(*_NOWHERE, None)
    edtf = point.edtf(base) if point.is_year or len(point.months()) == 1 and point.day is None else first.isoformat()
    if bound is TimeBound.AFTER:
        first, alone = last + _DAY, point.day is None and len(point.months()) == 1
        edtf = f"{first.year:04d}" if point.is_year else f"{first:%Y-%m}" if alone else f"{first}"
    return ParsedDeadline(*_NOWHERE, DeadlineKind.ONGOING, first, None, f"{edtf}/..")


# Reckoned times.


def _reckoned(distance: Distance | None, issued: date | None) -> ParsedDeadline:
    """A time reckoned from something: a date where that is the day of the plan, which is known.

    Working days are left as they are: which days are holidays is decided anew each year.
    """
    if distance is None:
        return ParsedDeadline(*_NOWHERE, None)
    count, unit = distance.count, distance.unit
    relative = RelativeTime.model_validate({"count": count, "unit": unit, "from": distance.origin})
    if not distance.own_issue or issued is None or unit is RelativeUnit.WORKING_DAY:
        return ParsedDeadline(*_NOWHERE, None, relative=relative)
    if count > _FARTHEST[unit]:
        return ParsedDeadline(*_NOWHERE, None, relative=relative)
    last = _months_on(issued, count) if unit is RelativeUnit.MONTH else issued + timedelta(days=count)
    return ParsedDeadline(*_NOWHERE, DeadlineKind.BY, None, last, f"../{last.isoformat()}", relative=relative)


def _months_on(day: date, count: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + count, 12)
    return date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))


# Recurring times.


def _again(expression: TimeExpression) -> list[ParsedDeadline]:
    """A deadline for each rule, and for each day that no year has: "31/4 hằng năm".

    RFC 5545 has no days of the lunar calendar: of those it says how often alone.
    """
    if any(span.first.lunar or span.last.lunar for span in expression.spans) and expression.every is not None:
        often = rule_of(expression.every)
        return [ParsedDeadline(*_NOWHERE, DeadlineKind.RECURRING, recurrence=often, undated=True)]
    spans = [one for one in expression.spans if one.first.exists(_LEAP_YEAR) and one.last.exists(_LEAP_YEAR)]
    missing = len(expression.spans) - len(spans)
    rules = _rules(replace(expression, spans=tuple(spans))) if spans or not missing else ()
    made = [ParsedDeadline(*_NOWHERE, DeadlineKind.RECURRING, recurrence=one) for one in rules]
    return made + [ParsedDeadline(*_NOWHERE, None, no_such_day=True)] * missing


def _rules(expression: TimeExpression) -> Iterator[str]:
    """The RRULE bodies of what comes again: one for days of every month, one for each other day or period."""
    every = expression.every
    assert every is not None
    alone = [span for span in expression.spans if span.last.month is None]
    others = [span for span in expression.spans if span.last.month is not None]
    if not expression.spans:
        yield rule_of(every, every.months)
    elif every.frequency in ("WEEKLY", "DAILY") or alone and every.frequency == "YEARLY":
        yield rule_of(every)
    elif alone:
        yield rule_of(every, days=[day for span in alone for day in _days(span)])
    if every.frequency not in ("WEEKLY", "DAILY"):
        for span in others:
            yield _in_year(every, span, expression.completes)
    for one in expression.further:
        yield rule_of(one)


def _in_year(every: Every, span: TimeSpan, completes: bool) -> str:
    """The rule of a day or period of the year; of a range of days over two months the months alone."""
    if every.frequency == "MONTHLY":
        every = Every("YEARLY")  # "6 tháng (trước ngày 15/6)" is the 15th of June, not of every sixth month
    first, last = span.first, span.last
    months = list(every.months) or _months(first, last)
    if last.day is not None:
        alike = first.month == last.month and first.day is not None
        return rule_of(every, months, _days(span) if alike else ())
    if completes:
        month = months[-1]
        return rule_of(every, [month], [LAST_DAY if month == 2 else monthrange(2023, month)[1]])
    return rule_of(every, months if not last.is_year else ())


def _months(first: Point, last: Point) -> list[int]:
    begin, end = (first.months() or [1])[0], (last.months() or [12])[-1]
    return sorted({(month - 1) % 12 + 1 for month in range(begin, (end if end >= begin else end + 12) + 1)})


def _days(span: TimeSpan) -> list[int]:
    first, last = span.first.day, span.last.day_until or span.last.day
    assert first is not None and last is not None
    return list(range(first, last + 1)) if first <= last else [last]


def rule_of(every: Every, months: Sequence[int] = (), days: Sequence[int] = ()) -> str:
    """The RRULE body of how often, in some months and on some days of them."""
    parts = [f"FREQ={every.frequency}"]
    if every.interval != 1:
        parts.append(f"INTERVAL={every.interval}")
    if months:
        parts.append("BYMONTH=" + ",".join(str(month) for month in months))
    if days:
        parts.append("BYMONTHDAY=" + ",".join(str(day) for day in days))
    if every.weekdays:
        parts.append("BYDAY=" + ",".join(every.weekdays))
    return ";".join(parts)
