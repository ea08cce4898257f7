"""The days a deadline falls due, a recurring one's too (its rule is an RFC 5545 RRULE body).

Rules are expanded here, period by period up to an end, not by dateutil: that walks on to the year 9999 when a rule
never meets a day ("the 30th of February"). Tests hold the two against each other.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pipeline.schema import Deadline

HORIZON_YEARS: Final = 10
"""Years after its beginning that a recurring deadline without an end is followed."""

_LONGEST_YEARS: Final = 100  # an end further off than that was misread; it is taken for none
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Occurrence:
    """One time something is due: from `start` to `due`, both inclusive.

    `open_ended`: the deadline goes on behind the last occurrence given, up to no stated end.
    """

    start: date
    due: date
    open_ended: bool = False


@dataclass(frozen=True)
class _Rule:
    frequency: str
    interval: int
    count: int | None
    until: date | None
    months: tuple[int, ...]
    days: tuple[int, ...]
    weekdays: tuple[tuple[int, int], ...]  # which one of its kind (0: each), Monday = 0
    positions: tuple[int, ...]

    @property
    def names_days(self) -> bool:
        return bool(self.days or self.weekdays or self.positions)


def occurrences(
    deadline: Deadline,
    plan_period: str | None,
    issued_on: date | None,
    from_: date | None = None,
    to: date | None = None,
) -> list[Occurrence]:
    """When `deadline` falls due between `from_` and `to` (inclusive), in order; none if no day can be told.

    A recurring one begins at its start, else at the plan's date, else with the plan's period, else at `from_`; it
    ends at its end, else with the period, else `HORIZON_YEARS` later. A rule without a day stands for its period:
    FREQ=YEARLY is due on 31 December.
    """
    if deadline.recurrence is None:
        end = deadline.end
        if end is None:
            return []
        return [Occurrence(min(deadline.start or end, end), end)] if _within(end, from_, to) else []
    first, last = period_dates(plan_period)
    begin = deadline.start or issued_on or first or from_
    if begin is None:
        return []
    found = _expand(deadline.recurrence, begin, deadline.end or last)
    return [one for one in found if _within(one.due, from_, to)]


def is_readable(recurrence: str) -> bool:
    """Can `occurrences` tell the days of this rule? Not those of hours, Easter or numbered weeks."""
    return _parse(recurrence) is not None


def _within(day: date, from_: date | None, to: date | None) -> bool:
    return (from_ is None or from_ <= day) and (to is None or day <= to)


@lru_cache(maxsize=1024)
def period_dates(period: str | None) -> tuple[date | None, date | None]:
    """First and last day of an EDTF period: "2023", "2023/2030", "2023-05", "2025-34" (second quarter), "../2030"."""
    begin, slash, end = (period or "").partition("/")
    return _grain(begin)[0], _grain(end if slash else begin)[1]


def _grain(edtf: str) -> tuple[date | None, date | None]:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?", edtf.strip())
    if not match:
        return None, None
    year, part, day = (int(one) if one else None for one in match.groups())
    try:
        if year is None or part is None:
            return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
        if day is not None:
            return date(year, part, day), date(year, part, day)
        months = 3 if 33 <= part <= 36 else 6 if part in (40, 41) else 1
        month = (part - (33 if months == 3 else 40)) * months + 1 if months > 1 else part
        return date(year, month, 1), _month_end(year * 12 + month - 1 + months - 1)
    except ValueError:  # the 31st of June, the year 0
        return None, None


@lru_cache(maxsize=1024)
def _parse(recurrence: str) -> _Rule | None:
    """The rule, or None for one that is none or of a kind no plan states."""
    body = recurrence.strip().upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for part in body.split(";"):
        name, _, value = part.partition("=")
        if name in parts or not value:
            return None
        parts[name] = value
    frequency = parts.pop("FREQ", "")
    parts.pop("WKST", None)
    try:
        rule = _Rule(
            frequency,
            interval=_number(parts.pop("INTERVAL", "1"), 1, 1200),
            count=_number(parts.pop("COUNT"), 1, 100_000) if "COUNT" in parts else None,
            until=_until(parts.pop("UNTIL")) if "UNTIL" in parts else None,
            months=_numbers(parts.pop("BYMONTH", ""), 1, 12),
            days=_numbers(parts.pop("BYMONTHDAY", ""), -31, 31),
            weekdays=tuple(sorted({_weekday(one) for one in parts.pop("BYDAY", "").split(",") if one})),
            positions=_numbers(parts.pop("BYSETPOS", ""), -366, 366),
        )
    except ValueError:
        return None
    numbered = any(which for which, _ in rule.weekdays)
    if parts or frequency not in _FREQUENCIES or (numbered and frequency in ("DAILY", "WEEKLY")):
        return None
    return None if rule.positions and not (rule.days or rule.weekdays) else rule


def _number(value: str, low: int, high: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,6}", value) or not low <= int(value) <= high or (low < 0 and not int(value)):
        raise ValueError(value)
    return int(value)


def _numbers(values: str, low: int, high: int) -> tuple[int, ...]:
    return tuple(sorted({_number(value, low, high) for value in values.split(",") if value}))


def _weekday(value: str) -> tuple[int, int]:
    which = value[:-2]
    return (_number(which, -53, 53) if which else 0), _WEEKDAYS.index(value[-2:])


def _until(value: str) -> date:
    if not re.fullmatch(r"[0-9]{8}(?:T[0-9]{6}Z?)?", value):
        raise ValueError(value)
    return date(int(value[:4]), int(value[4:6]), int(value[6:8]))


@lru_cache(maxsize=4096)
def _expand(recurrence: str, begin: date, end: date | None) -> tuple[Occurrence, ...]:
    rule = _parse(recurrence)
    if rule is None or (end is not None and end < begin):
        return ()
    if rule.until is not None:
        end = min(end or rule.until, rule.until)
    is_open = end is None or end.year - begin.year > _LONGEST_YEARS
    if end is None or is_open:
        end = date(min(begin.year + HORIZON_YEARS, MAXYEAR), begin.month, min(begin.day, 28))
    found = sorted({(start, due) for start, due in _spans(rule, begin, end) if begin <= due <= end})
    counted = found[: rule.count] if rule.count else found
    is_open = is_open and not (rule.count and len(found) >= rule.count)
    return tuple(Occurrence(start, due, is_open) for start, due in counted)


def _spans(rule: _Rule, begin: date, end: date) -> Iterator[tuple[date, date]]:
    """The spans of `rule` around `begin` to `end`, some outside them."""
    if rule.names_days:
        for first, last in _periods(rule, begin, end):
            yield from _runs(rule, _days(rule, first, last))
    elif rule.frequency == "YEARLY" and rule.months:
        for year in range(begin.year - 1, end.year + 1):  # a run of months can begin in the year before
            if (year - begin.year) % rule.interval == 0:
                yield from _month_runs(rule.months, year)
    else:
        for first, last in _periods(rule, begin, end):
            if not rule.months or last.month in rule.months:
                yield first, last


def _periods(rule: _Rule, begin: date, end: date) -> Iterator[tuple[date, date]]:
    """The years, months, weeks or days of a rule, from the one `begin` lies in.

    Without a day in the rule, each is as long as its interval: a quarter for FREQ=MONTHLY;INTERVAL=3. With one, it is
    the last month of the quarter, and as RFC 5545 has it the first of the years or weeks.
    """
    step, days = rule.interval, rule.names_days
    match rule.frequency:
        case "YEARLY":
            for year in range(begin.year, end.year + 1, step):
                last = year if days else year + step - 1
                if last <= MAXYEAR:
                    yield date(year, 1, 1), date(last, 12, 31)
        case "MONTHLY":  # counted from January on
            for index in range(begin.year * 12, end.year * 12 + end.month, step):
                last = index + step - 1
                if last // 12 <= MAXYEAR:
                    yield _month_start(last if days else index), _month_end(last)
        case _:
            size = 7 if rule.frequency == "WEEKLY" else 1
            first = begin.toordinal() - (begin.weekday() if size == 7 else 0)
            for start in range(max(first, 1), end.toordinal() + 1, size * step):
                last = start + size * (1 if days or size == 1 else step) - 1
                if last <= date.max.toordinal():
                    yield date.fromordinal(start), date.fromordinal(last)


def _days(rule: _Rule, first: date, last: date) -> list[date]:
    """The days of a period that the rule names."""
    found = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if rule.months and day.month not in rule.months:
            continue
        length = monthrange(day.year, day.month)[1]
        if rule.days and day.day not in rule.days and day.day - length - 1 not in rule.days:
            continue
        if rule.weekdays and not _is_named(rule, day, length):
            continue
        found.append(day)
    if not rule.positions:
        return found
    size = len(found)
    chosen = {one - 1 if one > 0 else size + one for one in rule.positions}
    return [found[index] for index in sorted(chosen) if 0 <= index < size]


def _is_named(rule: _Rule, day: date, length: int) -> bool:
    """Is it one of the rule's weekdays, counted in its month, or in its year where the rule has no months?"""
    at, size = day.day, length
    if rule.frequency == "YEARLY" and not rule.months:
        at, size = day.timetuple().tm_yday, 366 if monthrange(day.year, 2)[1] == 29 else 365
    for which, weekday in rule.weekdays:
        if weekday == day.weekday() and which in (0, (at - 1) // 7 + 1, -((size - at) // 7 + 1)):
            return True
    return False


def _runs(rule: _Rule, days: list[date]) -> Iterator[tuple[date, date]]:
    """Each day by itself; days of a month that follow on each other, named so (19,20,21), are one span."""
    if rule.positions or not any(two - one == 1 for one, two in pairwise(rule.days)):
        yield from ((day, day) for day in days)
        return
    start = previous = None
    for day in days:
        if start is None or previous is None:
            start = day
        elif day - previous != _DAY or day.month != previous.month:
            yield start, previous
            start = day
        previous = day
    if start is not None and previous is not None:
        yield start, previous


def _month_runs(months: tuple[int, ...], year: int) -> Iterator[tuple[date, date]]:
    """Months that follow on each other (4,5,6: the second quarter) are one span, over the turn of a year too."""
    named = set(months)
    for month in months:
        if len(named) < 12 and (month - 2) % 12 + 1 in named:
            continue  # stands in the run of the month before
        if len(named) == 12 and month > 1:
            continue
        length = next((size for size in range(1, 12) if (month + size - 1) % 12 + 1 not in named), 12)
        first = year * 12 + month - 1
        if (first + length - 1) // 12 <= MAXYEAR and year >= 1:
            yield _month_start(first), _month_end(first + length - 1)


def _month_start(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _month_end(index: int) -> date:
    return date(index // 12, index % 12 + 1, monthrange(index // 12, index % 12 + 1)[1])
