"""What an expression of time says before it is put into dates: points and spans of the calendar, how they bound."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pipeline.schema import RelativeUnit

LAST_DAY = -1  # as the day of a month
YEARS = range(1900, 2101)  # that a plan can mean
_EDTF_QUARTERS, _EDTF_HALVES = 33, 40  # the first quarter and half-year as EDTF (level 2) numbers them


class TimeBound(StrEnum):
    """How a time bounds what is to be done."""

    BY = "by"  # up to its last day
    BEFORE = "before"  # up to the day itself, but up to the eve of a month, quarter or year
    IN = "in"
    SINCE = "since"
    AFTER = "after"
    AGAIN = "again"
    ALWAYS = "always"
    WORDS = "words"  # a time that is no date


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or months that follow on each other, of a year; what the text does not say is None.

    `month` and `until` are the first and last month, 13 being January of the year behind; `day` and `day_until` the
    days, with `LAST_DAY` for the last of a month. A day without a month is that of every month or quarter. `lunar`
    says that month and day are those of the lunar calendar, `lunar_year` that the year is as well, `feast` that it is a
    holiday, which what is done before it does not reach into.
    """

    year: int | None = None
    month: int | None = None
    until: int | None = None
    day: int | None = None
    day_until: int | None = None
    lunar: bool = False
    lunar_year: bool = False
    feast: bool = False
    school: bool = False  # a term without its school year
    next: bool = False  # of the year behind the plan's: "quý I năm sau"
    part: str | None = None  # "đầu", "giữa", "cuối": somewhere in it that no date is given for

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.day is not None and self.day_until is None

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return self.day is None and (self.month, self.until) == (1, 12)

    def in_year(self, year: int) -> int:
        """Its year, where the plan's own is the given one."""
        return self.year or year + self.next

    def first(self, year: int) -> date:
        """Its first day, in the given year where it states none."""
        return _day(self.in_year(year), self.month or 1, self.day or 1)

    def last(self, year: int) -> date:
        """Its last day, in the given year where it states none."""
        if self.is_day:
            return self.first(year)
        return _day(self.in_year(year), self.until or self.month or 12, self.day_until or LAST_DAY)

    def exists(self, year: int) -> bool:
        """Whether there are such days: the 29th of February does not come every year, and "2205" is a slip."""
        if self.in_year(year) not in YEARS:
            return False
        ends = ((self.month, self.day), (self.until or self.month, self.day_until))
        base = self.in_year(year)
        return all(day is None or day <= monthrange(base, ((month or 1) - 1) % 12 + 1)[1] for month, day in ends)

    def months(self) -> list[int]:
        """The months it covers; none where it names none."""
        if self.month is None or self.is_year:
            return []
        return [(month - 1) % 12 + 1 for month in range(self.month, (self.until or self.month) + 1)]

    def edtf(self, year: int) -> str:
        """Write it in the Extended Date/Time Format, level 2."""
        base, first, last = self.in_year(year), self.first(year), self.last(year)
        if self.is_day or self.day is not None:
            return first.isoformat() if self.is_day else f"{first}/{last}"
        if self.is_year:
            return f"{base:04d}"
        month, until = self.month or 1, self.until or self.month or 12
        size = until - month + 1
        if size == 1:
            return f"{first:%Y-%m}"
        if until <= 12 and size in (3, 6) and (month - 1) % size == 0:
            number = (month - 1) // size + (_EDTF_QUARTERS if size == 3 else _EDTF_HALVES)
            return f"{base:04d}-{number}"
        return interval(first, last)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """From one point to another, or one point."""

    first: Point
    last: Point

    @property
    def is_single(self) -> bool:
        """Whether it is one point, not a range."""
        return self.first is self.last

    @property
    def year(self) -> int | None:
        """The year it states last."""
        return self.last.year or self.first.year


@dataclass(frozen=True, slots=True)
class Every:
    """How often: the frequency of RFC 5545, its interval, and the days of the week or their number in the month."""

    frequency: str
    interval: int = 1
    weekdays: tuple[str, ...] = ()
    months: tuple[int, ...] = ()  # those of the year that its day lies in, where it is one of several


@dataclass(frozen=True, slots=True)
class Distance:
    """So many units from something: "trong 10 ngày làm việc kể từ ngày ban hành"."""

    count: int
    unit: RelativeUnit
    origin: str  # folded, as it stands behind (or before) the number
    own_issue: bool = False  # from the day on which the plan itself is issued


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time: how it bounds, the spans it names, how often, or from what it is reckoned.

    `completes`: a word of completion stands with it, so that it is up to its last day. `open_ended`: years to come are
    added ("và những năm tiếp theo"). `weak`: its words stand in names of plans and programmes as well.
    """

    bound: TimeBound
    spans: tuple[TimeSpan, ...] = ()
    every: Every | None = None
    further: tuple[Every, ...] = ()  # "hằng quý, 6 tháng và năm"
    distance: Distance | None = None
    completes: bool = False
    open_ended: bool = False
    weak: bool = False
    from_now: bool = False  # a year that is not stated is that in which the plan is issued


def interval(first: date, last: date) -> str:
    """An EDTF interval, as coarse as its two days allow."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04d}/{last.year:04d}"
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return f"{first:%Y-%m}/{last:%Y-%m}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _day(year: int, month: int, day: int) -> date:
    """A day; months behind December are those of the next year, days below 0 count from the month's end."""
    if month > 12:
        year, month = year + 1, month - 12
    return date(year, month, monthrange(year, month)[1] + 1 + day if day < 0 else day)
