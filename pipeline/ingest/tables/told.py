"""Which cells of a broken row stand in which columns, told by what they say.

Where a copy lost the edges of the cells, the header still names the columns in their order: a time fits below "Thời
gian", a body below "Cơ quan chủ trì". A row is placed only where one way to read it fits better than any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

from pipeline.knowledge.agencies import begins_agency, groups, names, posts, words_in_texts
from pipeline.knowledge.documents import column_role, columns
from pipeline.knowledge.passages import words_that
from pipeline.language.folding import fold

LEAST_COLUMNS = 3
LONGEST_HEADER = 80  # characters of a column's header
LONGEST_TIME = 80  # characters of a cell that says a time
SHORT = 10  # words: what is longer names no body
MARGIN = 0.5  # by which the best reading must be better than any other
WORK, NUMBER, LEAD, UNIT, NOTE = "work", "number", "lead", "unit", "note"
RESPONSIBLE, COOPERATING = "responsible", "cooperating"
BODIES = frozenset({LEAD, RESPONSIBLE, COOPERATING, "monitor", "reports_to"})
TIMES = frozenset({"time", "start", "end"})

FITS, MAY, NOT = 0.0, 1.0, 3.0  # what it costs to read a text as the cell of a column
GOES_ON, NEXT_PARAGRAPH, ALIKE, APART = 0.0, 0.4, 0.6, 2.0  # what it costs to read a line as going on with a cell
SMALL_START, OPEN_BEFORE = 3.0, 2.0  # a cell that begins with a small letter; one behind an open end
EMPTY, NO_NOTE, NEVER_EMPTY = 0.4, 0.1, 3.0  # an empty cell; one of notes; one of the number, the work or the lead
GAP = 2.0  # columns that go on from above and stand apart from the others that do
NOBODY = 1.0  # an empty cell of who does it, beside a column of partners
LEAST_WORDS = 3  # of work
KEPT = 3  # ways to read the texts so far that end in the same column
NOWHERE = -1  # the column of a text whose column nothing tells

_BULLET = re.compile(r"\s*[-–+•*·]\s*")
_SEPARATOR = re.compile(r"[,;:(–+•]|\s-\s|\bvà\b")


def heads_tasks(cells: Sequence[str]) -> bool:
    """Tell whether texts are the header of a table that says who does what, or by when."""
    if len(cells) < LEAST_COLUMNS or not all(0 < len(one) <= LONGEST_HEADER for one in cells):
        return False
    roles = [column_role(one) for one in cells]
    said = {role for role in roles if role is not None}
    if sum(role is None for role in roles) > len(cells) // 3:
        return False
    return (WORK in said and bool(said & (BODIES | TIMES | {UNIT, "result"}))) or (
        NUMBER in said and bool(said & BODIES)
    )


@cache
def _number() -> re.Pattern[str]:
    return re.compile(columns().number)


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


def numbers_row(text: str) -> bool:
    """Tell whether a text is the number of a row and nothing else."""
    return bool(_number().fullmatch(text.strip()))


@cache
def _bodies() -> re.Pattern[str]:
    words = sorted((re.escape(fold(one)) for one in (*posts(), *groups())), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})\b")


def _is_time(text: str) -> bool:
    return len(text) <= LONGEST_TIME and bool(_any_of(columns().times).match(fold(text)))


def _is_product(text: str) -> bool:
    return bool(_any_of(columns().products).match(fold(text)))


def _is_body(text: str) -> bool:
    if _is_product(text) or len(text.split()) > SHORT * (1 + len(_SEPARATOR.findall(text))):
        return False  # "Báo cáo" begins like a newspaper; a sentence is no list of names
    folded = fold(text).removeprefix("các ")
    listed = _bodies().match(folded)
    other = _other_words().match(folded)
    if other and not (listed and len(listed.group()) >= len(other.group())):
        return _is_known(folded, len(other.group()))
    return begins_agency(text) or bool(listed)


@cache
def _other_words() -> re.Pattern[str]:
    """What begins as the name of a body does and is none: "Ban hành", "Bộ chỉ số"."""
    words = sorted(map(re.escape, map(fold, names().other_words)), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})\b")


def _is_known(folded: str, least: int) -> bool:
    """Whether a beginning of a name that is known, and at least so long, begins a text: "Bộ đội Biên phòng"."""
    words = (fold(one) for one in words_in_texts())
    return any(len(one) >= least and re.match(rf"{re.escape(one)}\b", folded) for one in words)


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
        if _is_time(said) and len(said.split()) <= SHORT:
            return NOT
        return MAY if _is_body(said) or len(said.split()) < LEAST_WORDS else FITS
    other = _is_time(said) or _is_body(said) or (role == NOTE and _is_product(said))
    return MAY if other else FITS


def _going_on(before: str, text: str, role: str | None) -> float:
    """What it costs to read a line as going on with the cell that the line before stands in."""
    if role == NUMBER:
        return NOT + NOT
    if text[:1].islower() or not (text[:1].isalnum() or _BULLET.match(text)) or ends_open(before):
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


@cache
def _open_end() -> re.Pattern[str]:
    """What ends a line that a cell goes on behind."""
    return re.compile(rf"(?:[,/&(–-]|\b(?:{'|'.join(words_that('goes_on'))}))\s*$", re.IGNORECASE)


def ends_open(text: str) -> bool:
    """Tell whether something must follow a text: it ends with a comma, a dash, "và"."""
    return bool(_open_end().search(text))


def _blanks(roles: Sequence[str | None]) -> list[float]:
    """What it costs to leave each column of a row empty."""
    out = [NEVER_EMPTY if role in (NUMBER, WORK, LEAD) else NO_NOTE if role == NOTE else EMPTY for role in roles]
    if COOPERATING in roles and LEAD not in roles and RESPONSIBLE in roles:
        out[roles.index(RESPONSIBLE)] = NOBODY
    return out


class Placement(NamedTuple):
    """A way to read the texts of a row: what it costs, and the column of each."""

    cost: float
    columns: tuple[int, ...]


def placed(texts: Sequence[str], roles: Sequence[str | None], whole: bool) -> Placement | None:
    """Place the texts of a row in its columns, in their order.

    Args:
        texts: of the row: its cells, or its lines.
        roles: of the columns.
        whole: each text is a cell; else a cell may run over several.

    Returns:
        The best way; None where none fits, or another fits as well.
    """
    ends = _ways(texts, roles, whole)
    if not ends or ends[0].cost >= NOT or (len(ends) > 1 and ends[1].cost - ends[0].cost < MARGIN):
        return None
    return ends[0]


def agreed(texts: Sequence[str], roles: Sequence[str | None]) -> Placement | None:
    """Place the lines of a row that have the same column in all ways that fit as well as the best.

    Returns:
        The columns, `NOWHERE` for one line whose column nothing tells; None where the work, or who does it or by when,
        is not among what is told.
    """
    ends = _ways(texts, roles, whole=False)
    best = [way for way in ends if way.cost < min(ends[0].cost + MARGIN, NOT)] if ends else []
    if not best:
        return None
    places = tuple(
        own.pop() if len(own) == 1 else NOWHERE for own in map(set, zip(*(one.columns for one in best), strict=True))
    )
    told = {roles[at] for at in places if at != NOWHERE}
    if places.count(NOWHERE) != 1 or not {NUMBER, WORK} <= told or not told & (BODIES | TIMES):
        return None
    return Placement(max(best[0].cost, MARGIN), places)


def _ways(texts: Sequence[str], roles: Sequence[str | None], whole: bool) -> list[Placement]:
    """Ways to place the texts of a row in its columns, the best first."""
    blank = _blanks(roles)
    ways: dict[int, list[Placement]] = {-1: [Placement(0.0, ())]}
    for number, text in enumerate(texts):
        before = texts[number - 1] if number else ""
        start = SMALL_START if number and text[:1].islower() else 0.0
        start += OPEN_BEFORE if number and not whole and ends_open(before) else 0.0
        new: dict[int, list[Placement]] = {}
        for at, known in ways.items():
            for column in range(max(at + whole, 0), len(roles)):
                more = (
                    _going_on(before, text, roles[column])
                    if column == at
                    else sum(blank[at + 1 : column]) + start + _cost(text, roles[column])
                )
                new.setdefault(column, []).extend(Placement(way.cost + more, (*way.columns, column)) for way in known)
        ways = {column: sorted(known)[:KEPT] for column, known in new.items()}
    return sorted(
        Placement(way.cost + sum(blank[at + 1 :]), way.columns) for at, known in ways.items() for way in known
    )


def as_they_stand(texts: Sequence[str], roles: Sequence[str | None]) -> Placement | None:
    """Place as many texts as columns each in its own, where but one of them fits ill; None for other rows."""
    if len(texts) != len(roles):
        return None
    cost = sum(_cost(text, role) for text, role in zip(texts, roles, strict=True))
    return Placement(cost, tuple(range(len(roles)))) if cost <= NOT else None


def covered(texts: Sequence[str], roles: Sequence[str | None]) -> Placement | None:
    """Place the cells of a row in which cells of the row above go on in some columns, and only there.

    What goes on stands side by side as a rule, in the first columns where the row has no number, else not in these.

    Args:
        texts: of the cells that the row has, empty ones too.
        roles: of the columns.

    Returns:
        The best way; None where another is as good.
    """
    numbered = roles[0] != NUMBER or not texts[0] or numbers_row(texts[0])
    usual = tuple(range(len(texts))) if numbered else tuple(range(len(roles) - len(texts), len(roles)))
    ways = []
    for places in combinations(range(len(roles)), len(texts)):
        bounds = (-1, *places, len(roles))
        apart = sum(b - a > 1 for a, b in pairwise(bounds)) - 1
        cost = sum(_loosely(text, roles[at]) for text, at in zip(texts, places, strict=True) if text)
        cost += NEVER_EMPTY if places[0] == 0 and numbered and not any(roles[at] == WORK for at in places) else 0
        ways.append(Placement(cost + GAP * apart, places))
    ways.sort()
    first = next(way for way in ways if way.columns == usual)
    if first.cost < ways[0].cost + MARGIN:
        return first
    return None if len(ways) > 1 and ways[1].cost - ways[0].cost < MARGIN else ways[0]


def _loosely(text: str, role: str | None) -> float:
    """What it costs to read a cell in a column, where a time may stand behind other words."""
    cost = _cost(text, role)
    return min(cost, MAY) if role in TIMES and any(map(str.isdecimal, text)) else cost


def presumes_lead(found: Placement, roles: Sequence[str | None]) -> bool:
    """Tell whether a row that was told by its words names bodies in one column where the header has two for them.

    They were taken to lead, or to do the work, and may be partners.
    """
    filled = {roles[at] for at in found.columns}
    doing = {LEAD, RESPONSIBLE} & filled
    return found.cost > 0 and COOPERATING in roles and COOPERATING not in filled and bool(doing)
