"""Which cells of a broken row stand in which columns, told by what they say.

Where a copy lost the edges of the cells, the header still names the columns in their order: a time fits below "Thời
gian", a body below "Cơ quan chủ trì". A row is placed only where one way to read it fits better than any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.knowledge.agencies import begins_agency, groups, posts
from pipeline.knowledge.documents import column_role, columns
from pipeline.language.folding import fold

LEAST_COLUMNS = 3
LONGEST_HEADER = 80  # characters of a column's header
LONGEST_TIME = 80  # characters of a cell that says a time
SHORT = 10  # words: what is longer names no body
MARGIN = 0.5  # by which the best reading must be better than any other
WORK, NUMBER, LEAD, UNIT, NOTE = "work", "number", "lead", "unit", "note"
BODIES = frozenset({LEAD, "responsible", "cooperating", "monitor", "reports_to"})
TIMES = frozenset({"time", "start", "end"})

FITS, MAY, NOT = 0.0, 1.0, 3.0  # what it costs to read a text as the cell of a column
GOES_ON, NEXT_PARAGRAPH, ALIKE, APART = 0.0, 0.4, 0.6, 2.0  # what it costs to read a line as going on with a cell
SMALL_START, OPEN_BEFORE = 3.0, 2.0  # a cell that begins with a small letter; one behind an open end
EMPTY, NEVER_EMPTY = 0.4, 3.0  # an empty cell; one of the number, the work or the lead

_BULLET = re.compile(r"\s*[-–+•*·]\s*")
_OPEN_END = re.compile(r"(?:[,/&(–-]|\b(?:và|của|các|với|cho|về|theo|trên|tại|trong|từ|đến|hoặc|là|do|để))\s*$")


def heads_tasks(cells: Sequence[str]) -> bool:
    """Tell whether texts are the header of a table that says who does what, or by when."""
    if len(cells) < LEAST_COLUMNS or not all(0 < len(one) <= LONGEST_HEADER for one in cells):
        return False
    roles = [column_role(one) for one in cells]
    said = {role for role in roles if role is not None}
    if sum(role is not None for role in roles) < max(2, len(cells) - 2):
        return False
    return bool(said & (BODIES | TIMES | {UNIT, "result"})) and bool(said & {WORK, NUMBER})


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(columns().number), re.compile("|".join(f"(?:{one})" for one in columns().times))


def numbers_row(text: str) -> bool:
    """Tell whether a text is the number of a row and nothing else."""
    return bool(_patterns()[0].fullmatch(text.strip()))


@cache
def _bodies() -> re.Pattern[str]:
    words = sorted((re.escape(fold(one)) for one in (*posts(), *groups())), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})\b")


def _is_time(text: str) -> bool:
    return len(text) <= LONGEST_TIME and bool(_patterns()[1].match(fold(text)))


def _is_body(text: str) -> bool:
    return begins_agency(text) or bool(_bodies().match(fold(text).removeprefix("các ")))


def _cost(text: str, role: str | None) -> float:
    """What it costs to read a text as the first of a cell in a column of some role."""
    said = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    if role == NUMBER:
        return FITS if numbers_row(said) else NOT + NOT
    if role in TIMES:
        return FITS if _is_time(said) else NOT
    if role in BODIES:
        if _is_time(said):
            return NOT
        return FITS if _is_body(said) else MAY if len(said.split()) <= SHORT and said[:1].isupper() else NOT
    if role == WORK:
        return NOT if _is_time(said) and len(said.split()) <= SHORT else FITS if not _is_body(said) else MAY
    return MAY if _is_time(said) or _is_body(said) else FITS


def _going_on(before: str, text: str, role: str | None) -> float:
    """What it costs to read a line as going on with the cell that the line before stands in."""
    if role == NUMBER:
        return NOT + NOT
    if text[:1].islower() or not (text[:1].isalnum() or _BULLET.match(text)) or _OPEN_END.search(before):
        return GOES_ON
    if _BULLET.match(text):
        return NEXT_PARAGRAPH
    if role == WORK:
        return (
            APART if _is_time(text) or _is_body(text) else ALIKE if before.rstrip().endswith((".", ";", ":")) else APART
        )
    if role in BODIES and _is_body(text):
        return ALIKE + (MAY if role == LEAD and not before.rstrip().endswith(";") else 0)
    if role in TIMES and _is_time(text):
        return ALIKE
    return APART


class _Way(NamedTuple):
    """A way to read the texts so far: what it costs, and the column of each."""

    cost: float
    places: tuple[int, ...]


def placed(texts: Sequence[str], roles: Sequence[str | None], whole: bool) -> tuple[int, ...] | None:
    """Place the texts of a row in its columns, in their order.

    Args:
        texts: of the row: its cells, or its lines.
        roles: of the columns.
        whole: each text is a cell; else a cell may run over several.

    Returns:
        The column of each text; None where no way to read them fits, or two fit as well.
    """
    blank = [NEVER_EMPTY if role in (NUMBER, WORK, LEAD) else EMPTY for role in roles]
    ways: dict[int, list[_Way]] = {-1: [_Way(0.0, ())]}
    for number, text in enumerate(texts):
        before = texts[number - 1] if number else ""
        start = SMALL_START if number and text[:1].islower() else 0.0
        start += OPEN_BEFORE if number and not whole and _OPEN_END.search(before) else 0.0
        new: dict[int, list[_Way]] = {}
        for at, known in ways.items():
            for column in range(max(at + whole, 0), len(roles)):
                more = (
                    _going_on(before, text, roles[column])
                    if column == at
                    else sum(blank[at + 1 : column]) + start + _cost(text, roles[column])
                )
                new.setdefault(column, []).extend(_Way(way.cost + more, (*way.places, column)) for way in known)
        ways = {column: sorted(known)[:2] for column, known in new.items()}
    ends = sorted(_Way(way.cost + sum(blank[at + 1 :]), way.places) for at, known in ways.items() for way in known)
    if not ends or (len(ends) > 1 and ends[1].cost - ends[0].cost < MARGIN):
        return None
    return ends[0].places if ends[0].cost < NOT else None
