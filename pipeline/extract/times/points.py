"""What the rules of points, rows and ranges make: parts of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.times.expression import LAST_DAY, Point, TimeSpan

_CENTURY = 2000
_SHORT_YEARS = range(10, 61)  # "25" as a year
_PLAN_YEARS = range(1990, 2100)
_LONGEST = 60  # years of a range
_PARTS = {"đầu": 1, "giữa": 2, "cuối": 3}
_TERMS = {1: (9, 13), 2: (13, 17)}  # months from January of the year in which the school year begins
_FIRST_CYCLE = 1984  # a year of giáp tý


@dataclass(frozen=True, slots=True)
class PlanYears:
    """The years that a title names: from one to another, up to one, or one."""

    first: int | None
    last: int | None


def plan_years(years: Sequence[int] | int = (), until: int | None = None) -> PlanYears:
    """The years that a title names."""
    if isinstance(years, int):
        return PlanYears(years, None)
    return PlanYears(*years) if years else PlanYears(None, until)


def same(of: object) -> object:
    """The part itself."""
    return of


def day(day: int, month: int, year: int | None = None, short: int | None = None) -> Point | None:
    """A day with its month; whether the calendar has it is seen when it is put into dates."""
    if short is not None and short not in _SHORT_YEARS:
        return None
    return Point(_full(year, short), month, month, day)


def _full(year: int | None, short: int | None) -> int | None:
    return year if short is None else _CENTURY + short


def day_alone(day: int) -> Point:
    """A day of a month that is not named beside it."""
    return Point(day=day)


def last_of_month(month: Point) -> Point:
    """The last day of a month."""
    return replace(month, day=LAST_DAY)


def month(month: int, year: int | None = None, short: int | None = None) -> Point | None:
    """A month."""
    if short is not None and short not in _SHORT_YEARS:
        return None
    return Point(_full(year, short), month, month)


def month_number(of: int) -> int | None:
    """The number of a month that is written in words."""
    return of if 1 <= of <= 12 else None


def quarter(number: int, year: int | None = None, short: int | None = None) -> Point | None:
    """A quarter."""
    if short is not None and short not in _SHORT_YEARS:
        return None
    year = _full(year, short)
    return Point(year, 3 * number - 2, 3 * number) if 1 <= number <= 4 else None


def part_of_year(count: int, part: str, year: int | None = None) -> Point | None:
    """The first or the last months of a year."""
    if not 1 <= count < 12 or part == "giữa":
        return None
    return Point(year, 1, count) if part == "đầu" else Point(year, 13 - count, 12)


def year(year: int) -> Point:
    """A year."""
    return Point(year, 1, 12)


def plan_year(of: Point) -> Point | None:
    """A year that has no word beside it: "đến 2000 hộ" is none."""
    return of if of.year in _PLAN_YEARS and of.year != _CENTURY else None


def of_next_year(of: Point) -> Point:
    """A time of the year behind the plan's."""
    return replace(of, next=True)


def part_of(of: Point, part: str) -> Point:
    """The beginning, the middle or the end of a period, as offices mean it.

    Of a month its first, second or last ten days, of a quarter its first, second or third month, of a year its first
    quarter, the two in the middle or its last, of a school year its first or last month.
    """
    if of.lunar or of.month is None or of.day is not None:
        return replace(of, part=part)
    until = of.until or of.month
    size = until - of.month + 1
    if size == 1:
        number = _PARTS[part]
        return replace(of, day=10 * number - 9, day_until=10 * number if number < 3 else LAST_DAY, part=part)
    begin, end = _part_of_months(of.month, until, part)
    return replace(of, month=begin, until=end, part=part)


def _part_of_months(first: int, until: int, part: str) -> tuple[int, int]:
    edge = 3 if until - first == 11 else 1
    if part == "giữa":
        return (first + edge, until - edge) if first + edge <= until - edge else (first, until)
    return (first, first + edge - 1) if part == "đầu" else (until - edge + 1, until)


def third(of: Point, third: int) -> Point:
    """Ten days of a month, the last ones to its end."""
    return replace(of, day=10 * third - 9, day_until=10 * third if third < 3 else LAST_DAY)


def week(of: Point, number: int) -> Point | None:
    """A week of a month, counted in sevens from its first day, or its last seven days."""
    if number == -1:
        return replace(of, day=-7, day_until=LAST_DAY)
    return replace(of, day=7 * number - 6, day_until=7 * number) if 1 <= number <= 4 else None


def weeks(number: Sequence[int], of: Point) -> tuple[TimeSpan, ...] | None:
    """Weeks of a month in a row; those that follow on each other are one span."""
    found = [one for each in number if (one := week(of, each))]
    if len(found) < len(number) or len(set(number)) < len(number):
        return None
    return _run(found)


def weeks_between(number: Sequence[int], of: Point) -> tuple[TimeSpan, ...] | None:
    """The weeks of a month from one to another."""
    first, last = number
    return weeks(range(first, last + 1), of) if first < last <= 4 else None


def weeks_at(of: Point, part: str, count: int | None = None) -> Point | None:
    """The first or the last weeks of a month, or the first or the second half of it."""
    if part == "giữa" or count not in (None, 1, 2, 3):
        return None
    if part == "đầu":
        return replace(of, day=1, day_until=7 * count if count else 15)
    return replace(of, day=-7 * count if count else 16, day_until=LAST_DAY)


def school_year(first: int, second: int) -> Point | None:
    """A school year: from September to May (the ministry's frame for each year: lessons end before 31 May)."""
    return Point(first, 9, 17) if second == first + 1 else None


def term(number: int, first: int | None = None, second: int | None = None) -> Point | None:
    """A term of a school year: from September, and from January on."""
    if number not in _TERMS or (first is not None and second != first + 1):
        return None
    return Point(first, *_TERMS[number], school=True)


def lunar_year(year: int | None = None, stem: int | None = None, branch: int | None = None) -> Point | None:
    """A year beside a day of the lunar calendar; by stem and branch ("Bính Ngọ") it is the lunar one."""
    if stem is None or branch is None:
        return Point(year, 1, 12)
    names = [one for one in range(_FIRST_CYCLE, _FIRST_CYCLE + 60) if (one % 10, one % 12) == _cycle(stem, branch)]
    if not names or (year is not None and (year - names[0]) % 60):
        return None
    return Point(year or (names[0] if names[0] >= _CENTURY else names[0] + 60), 1, 12, lunar_year=True)


def lunar_month(month: int, of: Point | None = None, day: int | None = None) -> Point | None:
    """A month of the lunar calendar, or a day of it."""
    if not 1 <= month <= 12 or (day is not None and day > 30):
        return None
    within = of or Point()
    return Point(within.year, month, month, day, lunar=True, lunar_year=within.lunar_year)


def lunar_date(day: int, month: int, year: int) -> Point | None:
    """A day of the lunar calendar with its year in digits."""
    return lunar_month(month, Point(year, lunar_year=True), day)


def before_new_year(day: int, of: Point | None = None) -> Point | None:
    """A day of the last lunar month, named by the new year behind it: "28 Tết"."""
    before = Point(of.year - 1, lunar_year=True) if of and of.year else None
    return lunar_month(12, before, day) if day == LAST_DAY or day > 20 else None


def lunar_feast(day: int, month: int, of: Point | None = None) -> Point:
    """A feast of the lunar calendar."""
    return Point(of.year if of else None, month, month, day, lunar=True, feast=True)


def _cycle(stem: int, branch: int) -> tuple[int, int]:
    """A year's remainders by 10 and by 12 that its names stand for."""
    return (stem + 4) % 10, (branch + 4) % 12


# Several points in a row, and ranges.


def months(month: Sequence[int], year: int | None = None) -> tuple[TimeSpan, ...] | None:
    """Months in a row; those that follow on each other are one span."""
    return _run([Point(year, one, one) for one in month])


def quarters(number: Sequence[int], year: int | None = None) -> tuple[TimeSpan, ...] | None:
    """Quarters in a row."""
    points = [quarter(one, year) for one in number]
    return None if None in points else _run([one for one in points if one is not None])


def years(year: Sequence[int]) -> tuple[TimeSpan, ...]:
    """Years in a row, each by itself."""
    return tuple(single(Point(one, 1, 12)) for one in year)


def days(day: Sequence[int] | int, last: Point) -> tuple[TimeSpan, ...] | None:
    """Days of one month in a row: "ngày 18 và 19/7/2025"."""
    numbers = [day] if isinstance(day, int) else list(day)
    return _run([replace(last, day=one) for one in numbers] + [last])


def days_alone(day: Sequence[int]) -> tuple[TimeSpan, ...] | None:
    """Days of every month in a row."""
    return tuple(single(Point(day=one)) for one in day) if len(set(day)) == len(day) else None


def _run(points: Sequence[Point]) -> tuple[TimeSpan, ...] | None:
    numbers = [one.day if one.day is not None else (one.month or 0) for one in points]
    step = 7 if points[0].day_until else 1 if points[0].day is not None or points[0].month == points[0].until else 3
    if len(set(numbers)) < len(numbers):
        return None
    if numbers == list(range(numbers[0], numbers[0] + step * len(numbers), step)):
        return (TimeSpan(points[0], points[-1]),)
    return tuple(single(one) for one in points)


def span(first: object, last: object) -> TimeSpan | None:
    """From one point to another; a first one that lacks its month or year has those of the last.

    None where either is a list ("quý II, III đến năm 2027"): what is between them is not said.
    """
    if not (isinstance(first, Point) and isinstance(last, Point)):
        return None
    if last.lunar and first.day is not None and not first.year:
        before = last.month if first.day <= (last.day or first.day) else ((last.month or 1) - 2) % 12 + 1
        first = replace(first, month=first.month or before, until=first.until or before, lunar=True)
        if last.year and last.lunar_year:
            year = last.year - ((first.month or 1) > (last.month or 1))
            first = replace(first, year=year, lunar_year=True)
    elif first.day is not None and first.month is None:
        if last.day is None and last.month is not None and last.month == last.until and 1 <= first.day <= 12:
            first = Point(None, first.day, first.day)  # "từ 9 - 11/2025"
        elif last.day is not None:
            first = replace(first, month=last.month, until=last.month)
        else:
            return None
    if first.year and last.year and last.year - first.year > _LONGEST:
        return None
    if (first.lunar and not last.lunar and not last.year) or (first.is_year and not last.year and not last.is_year):
        return None
    return TimeSpan(first, last)


def month_span(first: int, last: int, year: int | None = None) -> TimeSpan | None:
    """From a month to another."""
    return TimeSpan(Point(None, first, first), Point(year, last, last)) if first != last else None


def quarter_span(first: int, last: int, year: int | None = None) -> TimeSpan | None:
    """From a quarter to another."""
    begin, end = quarter(first), quarter(last, year)
    return TimeSpan(begin, end) if begin and end and first != last else None


def day_span(first: int, last: int) -> TimeSpan | None:
    """From a day of every month to another."""
    return TimeSpan(Point(day=first), Point(day=last)) if first < last else None


def week_of_month(number: int) -> TimeSpan:
    """A week of every month."""
    first, last = (-7, LAST_DAY) if number == -1 else (7 * number - 6, 7 * number)
    return TimeSpan(Point(day=first), Point(day=last))


def single(point: Point) -> TimeSpan:
    """A point as a span of its own."""
    return TimeSpan(point, point)


def spans_of(at: object) -> tuple[TimeSpan, ...]:
    """What the parts of a time name: points, spans, and rows of them; a year stated behind them all is theirs too."""
    out: list[TimeSpan] = []
    for one in at if isinstance(at, tuple) else (at,):
        if isinstance(one, tuple):
            out += spans_of(one)
        else:
            assert isinstance(one, Point | TimeSpan)
            out.append(single(one) if isinstance(one, Point) else one)
    stated = None
    for index in range(len(out) - 1, -1, -1):
        stated = out[index].year or stated
        if out[index].year is None and stated is not None:
            out[index] = _in_year(out[index], stated)
    return tuple(out)


def _in_year(span: TimeSpan, year: int) -> TimeSpan:
    last = replace(span.last, year=year)
    return TimeSpan(last, last) if span.is_single else TimeSpan(span.first, last)
