"""Deadlines in a text: by, in, during, recurring, ongoing. Years in the names of programmes and laws are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from pipeline.extract.times.points import Grain, Point, interval, points
from pipeline.knowledge.documents import document_types
from pipeline.knowledge.passages import time_words, words_that
from pipeline.language.folding import fold
from pipeline.language.numerals import from_word
from pipeline.language.sentences import sentences
from pipeline.schema import DeadlineKind


@dataclass(frozen=True, slots=True)
class ParsedDeadline:
    """A deadline in a text: offsets, kind, first and last day, EDTF and recurrence (RFC 5545).

    `kind` is None for a time that could not be put into dates; `assumed_year`: the year was taken from the plan's head.
    """

    start: int
    end: int
    kind: DeadlineKind | None
    first: date | None = None
    last: date | None = None
    edtf: str | None = None
    recurrence: str | None = None
    assumed_year: bool = False
    open_ended: bool = False
    rule: str = "time.sentence"  # what read it

    @property
    def due(self) -> str | None:
        """The due entry of a target: the year, or the day where one is stated."""
        if self.last is None or self.kind is DeadlineKind.RECURRING:
            return None
        return f"{self.last.year}" if (self.last.month, self.last.day) == (12, 31) else self.last.isoformat()


@cache
def _ending(key: str) -> re.Pattern[str]:
    """The patterns of a list of `knowledge.passages.TimeWords` right before a date."""
    patterns: tuple[str, ...] = getattr(time_words(), key)
    return re.compile(rf"(?<!\w)(?P<word>{'|'.join(patterns)})\s*(?:{time_words().hour})$")


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(time_words().attributes)})\s*$")


@cache
def _instrument() -> re.Pattern[str]:
    names = [name for name, one in document_types().items() if one.named]
    return re.compile(rf"(?<!\w)(?!{time_words().not_named})(?:{'|'.join([*names, *time_words().named])})(?!\w)")


@cache
def _always_named() -> frozenset[str]:
    """Types of documents whose names may begin in small letters."""
    return frozenset(name for name, one in document_types().items() if one.named == "always")


@cache
def _own() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words_that('dates_order'))})\b")


_RANGE = re.compile(r"\s*(?:-|đến|tới|đến hết|đến ngày)\s*(?:hết\s+|cuối\s+)?(?:(?:tháng|quý)\s+)?$")
_RECURRING = re.compile(
    r"(?P<periodic>định kỳ\s+(?:theo\s+)?)?(?:"
    r"(?P<every>hằng|hàng)\s+(?P<unit>năm|quý|tháng|tuần|ngày)"
    r"|(?P<yearly>thường niên|(?:1|01|một|mỗi) năm (?:1|01|một) lần)"
    r"|(?P<years>0?[2-9]|10|hai|ba|bốn|năm|mười)\s+năm\s+(?:một|1|01)\s+lần"
    r"|(?P<months>\d{1,2}|sáu|ba)\s+tháng(?:/lần|\s+(?:một|1|01)\s+lần)"
    r"|(?<=định kỳ )(?:(?P<months2>\d{1,2}|sáu|ba)\s+tháng|(?P<unit2>quý|tháng|năm|tuần)(?!\s+\d))"
    r"|(?:(?<=, )|(?<=và ))(?:(?P<months3>\d{1,2}|sáu|ba)\s+tháng|(?:0?1\s+)?(?P<unit3>quý|năm))"
    r"(?=\s+\((?:trước|chậm nhất|ngày|vào))"
    r")(?!\w)"
)
_FREQ = {"năm": "YEARLY", "tháng": "MONTHLY", "tuần": "WEEKLY", "ngày": "DAILY"}
_ALSO_EVERY = re.compile(
    r"(?:,| và|, và) (?:(?:01|1|một) )?(?P<unit>năm|quý|tháng|tuần)(?!\s*\d|\w|\s+(?:đầu|cuối|thứ))"
)
REACH = 400  # characters before a date that are looked at
_NEAR = 45  # characters between "hằng năm" and its day
_OPENING = re.compile(r"(?:^|\.\s)[^\w.]*(?:định kỳ\s+)?$")
_EVENT = re.compile(r"(?:ngày|tuần lễ|tháng|lễ|năm|tết|ngày hội|lần thứ)\s+[^.;:]{0,60}$")


def find_deadlines(
    text: str, year: int | None, masked: Sequence[tuple[int, int]] = (), issued: date | None = None
) -> list[ParsedDeadline]:
    """Find the deadlines of a text, in order.

    Args:
        text: of a passage.
        year: the plan's own, for "tháng 3" without a year; None when unknown.
        masked: stretches in which nothing falls due, as `citations.masks` gives them.
        issued: the date of the plan: what ended before is a date of something else.
    """
    folded = fold(text)
    all_points = [p for p in points(folded) if not any(a <= p.start < b for a, b in masked)]
    recurring = [m for m in _RECURRING.finditer(folded) if not any(a <= m.start() < b for a, b in masked)]
    out: list[ParsedDeadline] = []
    used: set[int] = set()
    out += _recurrences(text, folded, recurring, all_points, used)
    index = 0
    while index < len(all_points):
        point = all_points[index]
        if index in used:
            index += 1
            continue
        other = all_points[index + 1] if index + 1 < len(all_points) and index + 1 not in used else None
        made, taken = _one(text, folded, point, other, year)
        if made is not None and made.assumed_year and issued and made.last and made.last < issued and year:
            made, taken = _one(text, folded, point, other, year + 1)  # a plan of December says "trước ngày 15 tháng 01"
        if made is not None:
            out.append(made)
        index += taken
    if issued is not None:
        out = [due for due in out if due.last is None or due.last >= issued]
    return _unique(sorted(out, key=lambda due: due.start))


def _unique(deadlines: list[ParsedDeadline]) -> list[ParsedDeadline]:
    out: list[ParsedDeadline] = []
    for due in deadlines:
        same = [
            o for o in out if (o.kind, o.first, o.last, o.recurrence) == (due.kind, due.first, due.last, due.recurrence)
        ]
        if not same:
            out.append(due)
    return out


def _recurrences(
    text: str, folded: str, recurring: Sequence[re.Match[str]], all_points: Sequence[Point], used: set[int]
) -> list[ParsedDeadline]:
    """Times like "hằng năm", with the day that stands beside it."""
    out = []
    for match in recurring:
        months = match["months"] or match["months2"] or match["months3"]
        years = match["years"]
        unit = match["unit"] or match["unit2"] or match["unit3"] or ("năm" if match["yearly"] else None)
        start, end = match.span()
        near = [(i, p) for i, p in enumerate(all_points) if _owner(folded, recurring, p) is match]
        if not near and not match["periodic"] and _attribute().search(folded[max(0, start - REACH) : start]):
            continue
        if (
            not near
            and not match["periodic"]
            and re.search(r"(?:tăng|giảm|bình quân|%)\s*$", folded[max(0, start - 20) : start])
        ):
            continue
        if unit == "ngày" and not re.search(r"báo cáo|gửi|trước", folded[max(0, start - 80) : end + 40]):
            continue  # "hàng ngày": everyday, unless somebody has to report
        if not int(months if months and months.isdigit() else 1):
            continue
        rule = f"FREQ=YEARLY;INTERVAL={from_word(years) or int(years)}" if years else _frequency(unit, months)
        beside = _beside(near, folded)
        used.update(i for i, _ in near)
        if not beside:
            out.append(ParsedDeadline(start, end, DeadlineKind.RECURRING, recurrence=rule))
        for number, (begin, until) in enumerate(beside):
            dated = _dated(rule, begin, until)
            first, last = begin.start, until.end
            if by := _ending("by").search(folded[max(0, first - 40) : first]):
                first = max(0, first - 40) + by.start("word")  # "trước ngày 30/11 hằng năm"
            if number == 0 and _apart(match, begin) <= _NEAR:
                first, last = min(start, first), max(end, last)
            if "(" in folded[first:last] and folded[last : last + 1] == ")":
                last += 1
            out.append(ParsedDeadline(first, last, DeadlineKind.RECURRING, recurrence=dated))
        more = _ALSO_EVERY.match(folded, match.end())
        if more:  # "hàng tháng và quý"
            out.append(
                ParsedDeadline(
                    more.start("unit"), more.end(), DeadlineKind.RECURRING, recurrence=_frequency(more["unit"], None)
                )
            )
    return out


def _apart(match: re.Match[str], point: Point) -> int:
    """The characters between a recurrence and a point."""
    return max(match.start() - point.end, point.start - match.end())


def _owner(folded: str, recurring: Sequence[re.Match[str]], point: Point) -> re.Match[str] | None:
    """The recurrence that a point is a day of: the nearest it can go with, none standing between."""
    if point.year is not None or point.grain is Grain.YEAR:
        return None
    going = [
        match
        for match in recurring
        if _goes_with(folded, match, point)
        and not any(
            min(point.end, match.end()) <= other.start() < max(point.start, match.start()) for other in recurring
        )
    ]
    return min(going, key=lambda match: (_leaves_bracket(folded, match, point), _apart(match, point)), default=None)


def _leaves_bracket(folded: str, match: re.Match[str], point: Point) -> bool:
    """Whether the bracket a point stands in is closed before the recurrence: "(trước ngày 15/6) và hằng năm"."""
    return ")" in folded[point.end : match.start()]


def _goes_with(folded: str, match: re.Match[str], point: Point) -> bool:
    """Whether a point is one of a recurrence: it stands beside it, or behind one that opens the sentence."""
    start, end = match.span()
    between = folded[min(point.end, end) : max(point.start, start)]
    if _apart(match, point) <= _NEAR and not re.search(r"[.;]\s", between):
        return point.grain in (Grain.DAY, Grain.MONTH) or not between.strip(" ,")
    opens = _OPENING.search(folded[:start]) and match["every"] and match["unit"] == "năm"
    return bool(opens and point.start >= end and point.grain is Grain.DAY and not re.search(r"\.\s", between))


def _frequency(unit: str | None, months: str | None) -> str:
    if months:
        count = from_word(months) or int(months)
        return f"FREQ=MONTHLY;INTERVAL={count}" if count != 12 else "FREQ=YEARLY"
    if unit == "quý":
        return "FREQ=MONTHLY;INTERVAL=3"
    return f"FREQ={_FREQ[unit or 'năm']}"


def _beside(near: Sequence[tuple[int, Point]], folded: str) -> list[tuple[Point, Point]]:
    """The days beside a recurrence: each by itself, or the first and the last of a range."""
    out: list[tuple[Point, Point]] = []
    for _, point in near:
        if out and out[-1][0] is out[-1][1] and _RANGE.fullmatch(folded[out[-1][1].end : point.start]):
            out[-1] = (out[-1][0], point)
        else:
            out.append((point, point))
    return out


def _dated(rule: str, begin: Point, until: Point) -> str:
    """The rule with the days from one point to another; a range over two months keeps its months alone."""
    if "WEEKLY" in rule or "DAILY" in rule:
        return rule
    over = begin.month is not None and begin.month != until.month
    if "INTERVAL" in rule and "MONTHLY" in rule and begin.month is not None:
        rule = "FREQ=YEARLY"  # "6 tháng (trước ngày 15/6)" is the 15th of June, not of every sixth month
    parts = [rule]
    if "YEARLY" in rule and (months := until.months()):
        if over and (opening := begin.months()):
            first, last = opening[0], months[-1]
            months = [
                month
                for month in range(1, 13)
                if (first <= month <= last) or (first > last and not last < month < first)
            ]
        parts.append("BYMONTH=" + ",".join(str(month) for month in months))
    if not over and begin.grain is Grain.DAY and begin.day is not None and until.day is not None:
        days = range(begin.day, max(begin.day, until.day) + 1)
        parts.append("BYMONTHDAY=" + ",".join(str(day) for day in days))
    return ";".join(parts)


def _one(
    text: str, folded: str, point: Point, other: Point | None, year: int | None
) -> tuple[ParsedDeadline | None, int]:
    """The deadline at `point`, with `other` when the two make a range; and how many points it takes."""
    before = folded[max(0, point.start - 90) : point.start]
    if other is not None and _RANGE.fullmatch(folded[point.end : other.start]) and _makes_range(folded, point, other):
        return _range(text, folded, point, other, before, year), 2
    if point.grain is Grain.DAY and point.month is None:
        return None, 1
    by = _ending("by").search(before)
    since = _ending("since").search(before)
    if since and re.search(r"hiệu lực\b[^,;]*$", before[: since.start()]):
        return None, 1
    firm = by is not None and not by["word"].startswith(("đến", "tới"))
    if not firm and _in_name(text, folded, point.start - (len(by.group()) if by else 0)):
        return None, 1
    if point.bare and not by and not since and not _stated(before, point):
        return None, 1
    if point.grain is Grain.DAY and point.bare and _EVENT.search(before) and not by:
        return None, 1
    assumed = point.year is None
    if assumed and (year is None or re.match(r"\s*(?:của|/)\s*năm\b", folded[point.end :])):
        return None, 1  # "quý I của năm sau"
    base = point.year or year or 0
    if not point.exists(base):
        return None, 1
    first, last = point.first(base), point.last(base)
    if by:
        start = point.start - (len(before) - by.start("word"))
        if by["word"].endswith("trước") and point.grain is not Grain.DAY:
            last = first - timedelta(days=1)
        return ParsedDeadline(
            start, point.end, DeadlineKind.BY, None, last, f"../{last.isoformat()}", assumed_year=assumed
        ), 1
    if point.until is not None:
        return ParsedDeadline(
            point.start, point.end, DeadlineKind.DURING, first, last, interval(first, last), assumed_year=assumed
        ), 1
    if since:
        plain = point.grain in (Grain.YEAR, Grain.MONTH)  # quarters and halves cannot stand in an interval
        if since["word"] == "sau" and point.grain is not Grain.DAY:
            first = last + timedelta(days=1)
            plain = False
        since_edtf = point.edtf(base) if plain else _coarse(first, point.grain)
        start = point.start - (len(before) - since.start("word"))
        return ParsedDeadline(
            start, point.end, DeadlineKind.ONGOING, first, None, f"{since_edtf}/..", assumed_year=assumed
        ), 1
    if point.grain is Grain.DAY and re.search(r"\d\S*[/-][^\W\d]\S*\s*$", before):
        return None, 1  # the date of a document whose number is garbled
    follows = re.match(r"\s*(?:và|,)\s*(?:các |những )?năm (?:tiếp theo|sau)", folded[point.end :])
    end = point.end + (follows.end() if follows else 0)
    if point.grain is Grain.YEAR and not follows and not _timely(before):
        return None, 1
    due = ParsedDeadline(
        point.start, end, DeadlineKind.IN, first, last, point.edtf(base), assumed_year=assumed, open_ended=bool(follows)
    )
    return due, 1


def _coarse(first: date, grain: Grain) -> str:
    """The first day of a period as the year or month that it opens."""
    if grain is Grain.YEAR:
        return f"{first.year:04d}"
    return f"{first:%Y-%m}" if grain is Grain.MONTH else first.isoformat()


def _makes_range(folded: str, point: Point, other: Point) -> bool:
    """Whether two neighbours are the ends of one range: years, days, or months alike."""
    if point.grain is Grain.YEAR and other.grain is Grain.YEAR:
        assert point.year is not None and other.year is not None
        return point.year < other.year <= point.year + 60
    return point.grain is other.grain


def _range(text: str, folded: str, point: Point, other: Point, before: str, year: int | None) -> ParsedDeadline | None:
    marked = re.search(
        r"(?:từ|giai đoạn|trong|thời kỳ|nhiệm kỳ|năm|\(|thời gian[^:;.]{0,30}:)\s*(?:năm\s+|các năm\s+)?$", before
    )
    if not marked and point.grain is Grain.YEAR and point.bare:
        return None
    if re.search(r"(?:nhiệm kỳ|năm học)\s*$", before):
        return None
    lead = re.search(
        r"(?:trong\s+(?:\d+|hai|ba|bốn|năm)\s+năm\s*\(|giai đoạn|trong(?: các)? năm|từ(?: năm)?|thời kỳ)\s*$", before
    )
    start = point.start - (len(before) - lead.start()) if lead else point.start
    if _in_name(text, folded, start):
        return None
    assumed = other.year is None
    if assumed and year is None:
        return None
    base = other.year or year or 0
    if point.month is None and point.grain is Grain.DAY:
        point = replace(point, month=other.month)
    if not (point.exists(base) and other.exists(base)):
        return None
    first, last = point.first(base), other.last(base)
    if first > last and point.year is None and point.exists(base - 1):
        first = point.first(base - 1)  # "từ tháng 11 đến tháng 02 năm 2024"
    if first > last:
        return None
    end = other.end + (1 if folded[other.end : other.end + 1] == ")" and "(" in folded[start : point.start] else 0)
    edtf = interval(first, last)
    return ParsedDeadline(start, end, DeadlineKind.DURING, first, last, edtf, assumed_year=assumed)


def _stated(before: str, point: Point) -> bool:
    """Whether words before a bare number say that it is a time."""
    if point.grain is Grain.DAY:
        return bool(re.search(r"(?:ngày|từ|vào|trong)\s*$", before))
    if point.grain is Grain.MONTH:
        return bool(re.search(r"(?:trong|vào|từ|thời gian[^:]*:)\s*$", before)) or not before.strip()
    return bool(re.search(r"(?:trong|các) năm\s*$", before)) or not before.strip()


def _timely(before: str) -> bool:
    """Whether "năm 2020" is when something is done: it opens the sentence or follows a word of time."""
    stripped = before.rstrip()
    if not stripped or stripped.endswith((".", ";", ":", "(")):
        return True
    return bool(_ending("timely").search(stripped))


def _in_name(text: str, folded: str, at: int) -> bool:
    """Whether the period at `at` belongs to the name of a programme, plan or law before it in the sentence."""
    if re.search(r"(?<!\w)(?:trong|vào|ngay)\s+(?:cả\s+)?$", folded[max(0, at - 20) : at]):
        return False
    start = max(0, at - REACH)
    for begin, end in sentences(folded[start:at]):
        if start + end >= at:
            start += begin
            break
    for match in reversed(list(_instrument().finditer(folded, start, at))):
        if not text[match.start()].isupper() and match.group() not in _always_named():
            continue
        between = folded[match.end() : at]
        if len(between) < 6 and match.group() not in ("luật", "nghị quyết", "nhiệm kỳ"):
            return False
        return not (
            _own().search(between)
            or ";" in between
            or re.match(r"\s*(?:của (?:tỉnh|thành phố)\s)?(?:này|trên)", between)
        )
    return False
