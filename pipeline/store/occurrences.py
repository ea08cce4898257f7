"""The days on which deadlines fall due; recurring ones are RFC 5545 RRULE bodies, which dateutil expands.

What the rules leave open is decided here: the day on which a period is due, and from when on periods are counted. The
tests compare the days with a day-by-day reading of the rules.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from pipeline.schema import Deadline

HORIZON_YEARS: Final = 10
"""Years after its beginning that a recurring deadline without an end is followed."""

DUE: Final[dict[str, dict[str, str]]] = {
    "DAILY": {},
    "WEEKLY": {"BYDAY": "SU"},
    "MONTHLY": {"BYMONTHDAY": "-1"},
    "YEARLY": {"BYMONTH": "12", "BYMONTHDAY": "31"},
}
"""What a rule without a day lacks: the last day of its period."""

_LONGEST_YEARS: Final = 100  # an end further off than that was misread; it is taken for none
_CYCLE: Final = 400  # years after which the calendar comes back, weekdays too
_DAY: Final = timedelta(days=1)
_UNITS: Final = {"WEEKLY": "weeks", "MONTHLY": "months", "YEARLY": "years"}
_WEEKDAYS: Final = "MO,TU,WE,TH,FR,SA,SU"
_WEEKDAY: Final = f"({_WEEKDAYS.replace(',', '|')})"
_PARTS: Final = {  # of the rules that can be told; of lists, one value
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]{0,3}",
    "COUNT": "[1-9][0-9]{0,4}",
    "UNTIL": "[0-9]{8}(T[0-9]{6}Z?)?",
    "WKST": _WEEKDAY,
    "BYMONTH": "0?[1-9]|1[0-2]",
    "BYMONTHDAY": "[+-]?(0?[1-9]|[12][0-9]|3[01])",
    "BYDAY": f"([+-]?([1-9]|[1-4][0-9]|5[0-3]))?{_WEEKDAY}",
    "BYSETPOS": "[+-]?([1-9][0-9]?|[12][0-9][0-9]|3[0-5][0-9]|36[0-6])",
}


@dataclass(frozen=True, order=True)
class Occurrence:
    """One time something is due: from `start` to `due`, both inclusive.

    `open_ended`: the deadline goes on behind the last occurrence given, without a stated end.
    """

    start: date
    due: date
    open_ended: bool = False


def occurrences(
    deadline: Deadline,
    plan_period: str | None,
    issued_on: date | None,
    from_: date | None = None,
    to: date | None = None,
) -> list[Occurrence]:
    """List the times a deadline falls due, in order; none where no day can be told.

    A recurring deadline begins at its start, else at the plan's date, else with the plan's period, else at `from_`; it
    ends at its end, else with the period, else `HORIZON_YEARS` later. A rule without a day stands for its period:
    FREQ=YEARLY is due on 31 December. What is to be done every day falls due on no day.

    Args:
        deadline: the deadline.
        plan_period: the years of the plan in EDTF, None where unknown.
        issued_on: the date of the plan, None where unknown.
        from_: the first day of interest, None for any.
        to: the last day of interest, inclusive.
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
        last = month + months - 1
        return date(year, month, 1), date(year, last, monthrange(year, last)[1])
    except ValueError:  # the 31st of June, the year 0
        return None, None


@lru_cache(maxsize=1024)
def _parse(recurrence: str) -> Mapping[str, str] | None:
    """The parts of the rule, or None for one that is none or of a kind no plan states."""
    pairs = [part.partition("=")[::2] for part in recurrence.strip().upper().removeprefix("RRULE:").split(";")]
    rule = dict(pairs)
    if len(rule) < len(pairs) or "FREQ" not in rule:
        return None
    if "BYSETPOS" in rule and (_is_period(rule) or rule["FREQ"] == "DAILY"):
        return None
    for name, value in pairs:
        values = value.split(",") if name.startswith("BY") else [value]
        if name not in _PARTS or not all(re.fullmatch(_PARTS[name], one) for one in values):
            return None
    try:
        _until(rule)
    except ValueError:  # the 31st of February
        return None
    # dateutil finds neither "2MO" beside "FR" nor, in a month, a sixth Monday.
    which = [int(day[:-2] or 0) for day in rule.get("BYDAY", "MO").split(",")]
    most = {"YEARLY": 5 if "BYMONTH" in rule else 53, "MONTHLY": 5}.get(rule["FREQ"], 0)
    return rule if max(map(abs, which)) <= most and (all(which) or not any(which)) else None


def _is_period(rule: Mapping[str, str]) -> bool:
    return "BYDAY" not in rule and "BYMONTHDAY" not in rule


def _is_daily(rule: Mapping[str, str]) -> bool:
    """Every day, not every second one or on working days."""
    chosen = any(name.startswith("BY") for name in rule)
    return rule["FREQ"] == "DAILY" and int(rule.get("INTERVAL", 1)) == 1 and not chosen


def _until(rule: Mapping[str, str]) -> date | None:
    return date.fromisoformat(rule["UNTIL"][:8]) if "UNTIL" in rule else None


@lru_cache(maxsize=4096)
def _expand(recurrence: str, begin: date, end: date | None) -> tuple[Occurrence, ...]:
    rule = _parse(recurrence)
    if rule is None or _is_daily(rule):
        return ()
    if until := _until(rule):
        end = min(end or until, until)
    if end is not None and end < begin:
        return ()
    is_open = end is None or end.year - begin.year > _LONGEST_YEARS
    if end is None or is_open:
        end = date(min(begin.year + HORIZON_YEARS, MAXYEAR), begin.month, min(begin.day, 28))
    found = [(start, due) for start, due in _spans(rule, _days(rule, begin, end)) if begin <= due <= end]
    count = int(rule.get("COUNT", 0))
    is_open = is_open and not 0 < count <= len(found)
    return tuple(Occurrence(start, due, is_open) for start, due in found[: count or None])


def _days(rule: Mapping[str, str], begin: date, end: date) -> Iterator[date]:
    """The days of the rule, to the end of the last year.

    Years count from that of `begin`, months from its January. A rule with a day is due in the first of as many years
    or weeks as its interval has, but in the last of as many months: of a quarter's.
    """
    frequency, interval = rule["FREQ"], int(rule.get("INTERVAL", 1))
    parts = {name: value for name, value in rule.items() if name not in ("COUNT", "UNTIL")} | {"WKST": "MO"}
    if runs := _month_runs(rule):
        parts |= {"BYMONTH": ",".join(map(str, runs)), "BYMONTHDAY": "-1", "INTERVAL": "1"}
    elif _is_period(rule):
        parts = DUE[frequency] | parts
    if frequency == "DAILY" or (frequency == "WEEKLY" and interval == 1 and "BYSETPOS" not in rule):
        parts = {"BYDAY": _WEEKDAYS} | parts | {"FREQ": "YEARLY", "INTERVAL": "1"}  # each Friday, found much sooner
    # dateutil walks on to the year 9999 for a day that is never met: it is let begin in the last cycle before.
    ahead = (MAXYEAR - 1 - end.year) // _CYCLE * _CYCLE
    begin = begin.replace(year=begin.year + ahead)
    first = begin - timedelta(begin.weekday()) if parts["FREQ"] == "WEEKLY" else begin.replace(month=1, day=1)
    if frequency == "MONTHLY" or (_is_period(rule) and frequency in _UNITS and not runs):
        try:
            first += relativedelta(**{_UNITS[frequency]: interval - 1})
        except (ValueError, OverflowError):  # behind the end of time
            return
    for time in rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=first):
        day = time.date()
        if day.year - ahead > end.year:
            return
        at = (day - begin).days if frequency == "DAILY" else _start(rule, day).year - begin.year if runs else 0
        if at % interval == 0:
            yield day.replace(year=day.year - ahead)


def _start(rule: Mapping[str, str], due: date) -> date:
    """The first day of the period that is due on this day."""
    frequency, interval = rule["FREQ"], int(rule.get("INTERVAL", 1))
    if not _is_period(rule) or frequency == "DAILY":
        return due
    if frequency == "WEEKLY":
        return due - timedelta(days=7 * interval - 1)
    months = _month_runs(rule).get(due.month) or (interval if frequency == "MONTHLY" else 12 * interval)
    first = max(due.year * 12 + due.month - months, 12)
    return date(first // 12, first % 12 + 1, 1)


def _spans(rule: Mapping[str, str], days: Iterable[date]) -> list[tuple[date, date]]:
    """Each day or period by itself; days of a month that follow on each other, named so (19,20,21), are one span."""
    numbers = sorted({int(one) for one in rule.get("BYMONTHDAY", "0").split(",")})
    joined = "BYSETPOS" not in rule and any(two - one == 1 for one, two in pairwise(numbers))
    found: list[tuple[date, date]] = []
    for day in days:
        begins = {"DAILY": True, "WEEKLY": day.weekday() == 0}.get(rule["FREQ"], day.day == 1)
        if joined and found and day - found[-1][1] == _DAY and not begins and day.day > 1:
            found[-1] = found[-1][0], day
        else:
            found.append((_start(rule, day), day))
    return found


def _month_runs(rule: Mapping[str, str]) -> dict[int, int]:
    """Months that follow on each other (4,5,6: the second quarter), over the turn of a year too: the last, how many."""
    if rule["FREQ"] != "YEARLY" or not _is_period(rule) or "BYMONTH" not in rule:
        return {}
    named = {int(month) for month in rule["BYMONTH"].split(",")}
    before = {last: next((n for n in range(1, 12) if (last - n - 1) % 12 + 1 not in named), 12) for last in named}
    return {last: size for last, size in before.items() if last % 12 + 1 not in named} or {12: 12}
