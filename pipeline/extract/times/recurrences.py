"""Recurring deadlines in a text: "hằng năm", "6 tháng một lần", with the days beside them, as RFC 5545 rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.times.cues import RANGE, REACH, ending
from pipeline.extract.times.model import ParsedDeadline
from pipeline.extract.times.points import Grain, Point
from pipeline.knowledge.passages import time_words
from pipeline.language.numerals import from_word
from pipeline.schema import DeadlineKind

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
_NEAR = 45  # characters between "hằng năm" and its day
_OPENING = re.compile(r"(?:^|\.\s)[^\w.]*(?:định kỳ\s+)?$")


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(time_words().attributes)})\s*$")


def find_recurrences(
    folded: str, all_points: Sequence[Point], masked: Sequence[tuple[int, int]]
) -> tuple[list[ParsedDeadline], set[int]]:
    """Find the recurring deadlines of a text.

    Args:
        folded: the folded text.
        all_points: the points in time in it.
        masked: stretches in which nothing falls due.

    Returns:
        The deadlines, and the indices of the points that are days of them.
    """
    recurring = [m for m in _RECURRING.finditer(folded) if not any(a <= m.start() < b for a, b in masked)]
    out: list[ParsedDeadline] = []
    used: set[int] = set()
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
            if by := ending("by").search(folded[max(0, first - 40) : first]):
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
    return out, used


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
        if out and out[-1][0] is out[-1][1] and RANGE.fullmatch(folded[out[-1][1].end : point.start]):
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
