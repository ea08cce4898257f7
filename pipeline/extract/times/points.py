"""Points in time as plans write them: days, months, quarters, halves, years. No date is ever invented."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from pipeline.language.dates import NUMERIC_DATE, YEAR, read_day
from pipeline.language.numerals import from_numeral


class Grain(IntEnum):
    """How fine a point is."""

    DAY = 1
    MONTH = 2
    QUARTER = 3
    HALF = 4
    YEAR = 5


@dataclass(frozen=True, slots=True)
class Point:
    """A point in time: offsets, grain, and its parts; `year` is None where the text does not say."""

    start: int
    end: int
    grain: Grain
    year: int | None
    month: int | None = None  # for a quarter 1..4, for a half 1..2
    day: int | None = None
    bare: bool = False  # printed without a word that says it is a date ("2020", "5/2014")
    until: int | None = None  # the last month or quarter of "quý III, IV/2014"

    def exists(self, year: int) -> bool:
        """Whether the calendar has it in a year: the 29th of February does not come every year."""
        return self.day is None or self.day <= calendar.monthrange(self.year or year, self.month or 1)[1]

    def first(self, year: int) -> date:
        """Its first day, in the given year where it states none."""
        year = self.year or year
        if self.grain is Grain.DAY:
            return date(year, self.month or 1, self.day or 1)
        if self.grain is Grain.MONTH:
            return date(year, self.month or 1, 1)
        if self.grain is Grain.QUARTER:
            return date(year, 3 * (self.month or 1) - 2, 1)
        if self.grain is Grain.HALF:
            return date(year, 1 if self.month == 1 else 7, 1)
        return date(year, 1, 1)

    def last(self, year: int) -> date:
        """Its last day, in the given year where it states none."""
        year = self.year or year
        if self.grain is Grain.DAY:
            return self.first(year)
        unit = self.until or self.month or 1
        month = {Grain.MONTH: unit, Grain.QUARTER: 3 * unit, Grain.HALF: 6 * unit}.get(self.grain, 12)
        return date(year, month, calendar.monthrange(year, month)[1])

    def months(self) -> list[int]:
        """The months it covers; none for a year or a day without a month."""
        if self.month is None or self.grain is Grain.YEAR:
            return []
        size = {Grain.QUARTER: 3, Grain.HALF: 6}.get(self.grain, 1)
        return list(range(size * (self.month - 1) + 1, size * (self.until or self.month) + 1))

    def edtf(self, year: int) -> str:
        """Write it in the Extended Date/Time Format (level 2: quarters 33 to 36, halves 40 and 41)."""
        year = self.year or year
        if self.grain is Grain.DAY:
            return self.first(year).isoformat()
        if self.grain is Grain.MONTH:
            return f"{year:04d}-{self.month:02d}"
        if self.grain is Grain.QUARTER:
            return f"{year:04d}-{32 + (self.month or 1)}"
        if self.grain is Grain.HALF:
            return f"{year:04d}-{39 + (self.month or 1)}"
        return f"{year:04d}"


def interval(first: date, last: date) -> str:
    """Write an EDTF interval of years, months or days, the coarsest that keeps both ends; it cannot hold quarters."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04d}/{last.year:04d}"
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return f"{first:%Y-%m}/{last:%Y-%m}"
    return f"{first.isoformat()}/{last.isoformat()}"


_MONTH_OR_QUARTER = r"(?:iv|i{1,3}|\d{1,2})(?![\d\w]|/\d{1,2}/)"
_POINT = re.compile(
    rf"(?P<list>(?P<each>quý|tháng)\s+{_MONTH_OR_QUARTER}(?:\s*(?:,|;|và|,\s*và)\s*(?:(?P=each)\s+)?{_MONTH_OR_QUARTER})+"
    rf"(?:\s*(?:/|,?\s*năm\s|-)\s*(?P<y00>{YEAR}))?)"
    r"|(?P<span>(?P<unit>quý|tháng)\s+(?P<a>iv|i{1,3}|\d{1,2})\s*(?:-|đến)\s*(?:(?P=unit)\s+)?(?P<b>iv|i{1,3}|\d{1,2})(?![\d\w]|/\d{1,2}/)"
    rf"(?:\s*(?:/|,?\s*năm\s|-)\s*(?P<y0>{YEAR}))?)"
    rf"|(?P<dmy>(?:ngày\s+)?{NUMERIC_DATE})(?!\d)"
    r"|(?P<words>(?:ngày\s+|(?<=và )|(?<=đến )|(?<=tới )|(?<=trước ))"
    rf"\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+{YEAR})?)"
    rf"|(?P<monthyear>(?:tháng\s+)?(?P<m3>\d{{1,2}})\s?(?:/|-|\s+năm\s+)\s?(?P<y3>{YEAR}))(?![\d/])"
    r"|(?P<dm>(?P<dmword>ngày\s+)?\d{1,2}/\d{1,2})(?![\d/%.,]\d|\d|/)"
    r"|(?P<month>tháng\s+(?P<m5>\d{1,2}))(?!\d|\s*/|\s+lần)"
    rf"|(?P<quarter>quý\s+(?P<q>iv|i{{1,3}}|[1-4])\b(?:\s*[/,.-]?\s*(?:năm\s+)?(?P<y6>{YEAR}))?)"
    rf"|(?P<half>(?:(?:6|06|sáu)\s+tháng|nửa)\s+(?P<h>đầu|cuối)\s+năm(?:\s+(?P<y7>{YEAR}))?)"
    rf"|(?P<year>năm\s+(?P<y8>{YEAR}))(?![\d/])"
    rf"|(?P<day>ngày\s+(?P<d9>\d{{1,2}}))(?=\s+(?:đến|-|tới|của|hằng|hàng)|\))"
    r"|(?P<from>(?<=từ )(?P<d10>\d{1,2}))(?=\s*(?:-|đến)\s*(?:ngày\s+)?\d{1,2}[/.]\d{1,2}(?!\d))"
    rf"|(?<![\d/.,])(?<![^\W\d]-)(?P<bare>{YEAR})(?![\d/%]|[.,]\d)"
)


def points(folded: str) -> list[Point]:
    """Find all points in a folded text, in order; what only looks like a date (13/45) is left out."""
    out = []
    if not any(char.isdigit() for char in folded) and "quý" not in folded:
        return []
    for match in _POINT.finditer(folded):
        if match["list"]:
            out += _list(match)
            continue
        if match["span"]:
            out += _span(match)
            continue
        point = _read(match)
        if point is not None:
            out.append(point)
    return out


def _read(match: re.Match[str]) -> Point | None:
    start, end = match.span()
    year: str | None
    if match["dmy"] or match["words"] or match["dm"]:
        printed = read_day(match.group())
        bare = bool(match["dm"]) and not match["dmword"]
        return printed and Point(start, end, Grain.DAY, printed.year, printed.month, printed.day, bare)
    if match["monthyear"] or match["month"]:
        month = int(match["m3"] or match["m5"])
        if not 1 <= month <= 12:
            return None
        bare = not match.group().startswith("tháng")
        return Point(start, end, Grain.MONTH, int(match["y3"]) if match["y3"] else None, month, bare=bare)
    if match["quarter"]:
        year = match["y6"]
        return Point(start, end, Grain.QUARTER, int(year) if year else None, from_numeral(match["q"]))
    if match["half"]:
        year = match["y7"]
        return Point(start, end, Grain.HALF, int(year) if year else None, 1 if match["h"] == "đầu" else 2)
    if match["day"] or match["from"]:
        return Point(start, end, Grain.DAY, None, None, int(match["d9"] or match["d10"]))
    return Point(start, end, Grain.YEAR, int(match["y8"] or match["bare"]), bare=bool(match["bare"]))


def _list(match: re.Match[str]) -> list[Point]:
    """Months or quarters one by one: "tháng 4, 8 và 12", "quý I, III/2026"; those that follow on each other as one."""
    grain = Grain.QUARTER if match["each"] == "quý" else Grain.MONTH
    size = 4 if grain is Grain.QUARTER else 12
    year = int(match["y00"]) if match["y00"] else None
    named = match.end("list") if year is None else match.start("y00")
    found = [
        (one.start() + match.start(), one.end() + match.start(), from_numeral(one.group()) or 0)
        for one in re.finditer(r"(?<!\w)(?:iv|i{1,3}|\d{1,2})(?!\w)", match.string[match.start() : named])
    ]
    values = [value for _, _, value in found]
    if not all(1 <= value <= size for value in values) or len(set(values)) < len(values):
        return []
    if values == list(range(values[0], values[0] + len(values))):
        return [Point(match.start(), match.end(), grain, year, values[0], until=values[-1])]
    points_ = [Point(start, end, grain, year, value) for start, end, value in found]
    points_[0] = replace(points_[0], start=match.start())
    points_[-1] = replace(points_[-1], end=match.end())
    return points_


def _span(match: re.Match[str]) -> list[Point]:
    """A range of months or quarters: "tháng 4 - 5/2014"; two points over New Year."""
    grain = Grain.QUARTER if match["unit"] == "quý" else Grain.MONTH
    first, last = (from_numeral(match[end]) or 0 for end in ("a", "b"))
    size = 4 if grain is Grain.QUARTER else 12
    if not (1 <= first <= size and 1 <= last <= size) or first == last:
        return []
    year = int(match["y0"]) if match["y0"] else None
    if first < last:
        return [Point(match.start(), match.end(), grain, year, first, until=last)]
    return [
        Point(match.start(), match.end("a"), grain, None, first),
        Point(match.start("b"), match.end(), grain, year, last),
    ]
