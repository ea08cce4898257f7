"""Deadlines in a text: by, in, during, recurring, ongoing. Years in the names of programmes and laws are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from pipeline.extract.times.cues import RANGE, REACH, ending
from pipeline.extract.times.model import ParsedDeadline
from pipeline.extract.times.points import Grain, Point, interval, points
from pipeline.extract.times.recurrences import find_recurrences
from pipeline.knowledge.documents import document_types
from pipeline.knowledge.passages import time_words, words_that
from pipeline.language.folding import fold
from pipeline.language.sentences import sentences
from pipeline.schema import DeadlineKind


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
    out, used = find_recurrences(folded, all_points, masked)
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


def _one(
    text: str, folded: str, point: Point, other: Point | None, year: int | None
) -> tuple[ParsedDeadline | None, int]:
    """The deadline at `point`, with `other` when the two make a range; and how many points it takes."""
    before = folded[max(0, point.start - 90) : point.start]
    if other is not None and RANGE.fullmatch(folded[point.end : other.start]) and _makes_range(folded, point, other):
        return _range(text, folded, point, other, before, year), 2
    by = ending("by").search(before)
    since = ending("since").search(before)
    if _is_no_deadline(text, folded, point, before, by, since):
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


def _is_no_deadline(
    text: str, folded: str, point: Point, before: str, by: re.Match[str] | None, since: re.Match[str] | None
) -> bool:
    """Whether the words around a time say that it is none of a deadline: part of a name, of an event, of a law."""
    if point.grain is Grain.DAY and point.month is None:
        return True
    if since and re.search(r"hiệu lực\b[^,;]*$", before[: since.start()]):
        return True
    firm = by is not None and not by["word"].startswith(("đến", "tới"))
    if not firm and _in_name(text, folded, point.start - (len(by.group()) if by else 0)):
        return True
    if point.bare and not by and not since and not _stated(before, point):
        return True
    return bool(point.grain is Grain.DAY and point.bare and _EVENT.search(before) and not by)


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
    return bool(ending("timely").search(stripped))


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
