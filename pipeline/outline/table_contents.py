"""What a column is by what stands in it, where its header does not say: figures, marks under months, hours of a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.document import FieldRole
from pipeline.knowledge import documents as known
from pipeline.knowledge.agencies import begins_agency
from pipeline.knowledge.places import level_names
from pipeline.language.folding import fold
from pipeline.outline.table_columns import AGENCIES, TIMES, Record, TableColumn, TableHeader, is_empty
from pipeline.outline.table_nodes import is_sum
from pipeline.outline.table_periods import is_mark, part_marked

FIGURES = 0.6  # of the cells that say something: so many figures make a column one of figures
_ASIDE = frozenset({FieldRole.NUMBER, FieldRole.NOTE, FieldRole.UNIT})  # beside figures that places are given
_DAY = re.compile(r"\d\s*/\s*\d|\b(?:ngày|tháng)\s+\d")
HOURS = 0.6  # of the times: so many hours of a day make a table an agenda
LONGEST_NAME = 8  # words: what is longer, on average, describes a duty and names nobody


@cache
def _rule(key: str) -> re.Pattern[str]:
    """The patterns of a list of `knowledge.documents.tables.Columns` as one."""
    found: str | tuple[str, ...] = getattr(known.columns(), key)
    return re.compile("|".join(f"(?:{one})" for one in ([found] if isinstance(found, str) else found)))


def settled(header: TableHeader, rows: Sequence[Record]) -> TableHeader:
    """The header with the roles that only the cells below it can tell.

    Args:
        header: as its words say.
        rows: all rows below it, over all pages.
    """
    cells = [_cells(rows, at) for at in range(len(header.columns))]
    roles = _periods(header, cells)
    roles = [FieldRole.MONEY if role in AGENCIES and _are_sums(cells[at]) else role for at, role in enumerate(roles)]
    roles = _figures(header, roles, cells)
    given = _given(header, roles, cells)
    if given:
        roles = [role if role in _ASIDE else FieldRole.OTHER for role in roles]
        roles = [FieldRole.FIGURE if at in given else role for at, role in enumerate(roles)]
        roles[given[0]] = FieldRole.WORK
    ticked = _ticked(header.columns, cells)
    roles = [
        FieldRole.RESPONSIBLE if tick and role is FieldRole.OTHER else role
        for role, tick in zip(roles, ticked, strict=True)
    ]
    roles = _watched(header, roles, cells)
    columns = tuple(
        replace(one, role=role, ticked=tick, given=at in given[1:])
        for at, (one, role, tick) in enumerate(zip(header.columns, roles, ticked, strict=True))
    )
    blank = not any(said for one, said in zip(columns, cells, strict=True) if one.role is FieldRole.FIGURE)
    return replace(header, columns=columns, hours=_is_agenda(columns, cells), blank=blank)


def _cells(rows: Sequence[Record], at: int) -> list[str]:
    """What a column says, each cell once; a cell over several columns stands in each of them."""
    out = []
    for row in rows:
        column = at
        while column and row[column].left:
            column -= 1
        if not row[column].above and not is_empty(row[column].text) and not _spans(row):
            out.append(row[column].text)
    return out


def _spans(row: Record) -> bool:
    return sum(slot.left for slot in row) >= max(1, len(row) - 2)


def _periods(header: TableHeader, cells: Sequence[Sequence[str]]) -> list[FieldRole]:
    """Months, quarters and years: times where they are marked, else figures to be reached in them."""
    here = [at for at, one in enumerate(header.columns) if one.role is FieldRole.PERIOD]
    said = [text for at in here for text in cells[at]]
    marks = sum(map(is_mark, said))
    figures = sum(_is_figure(text) for text in said)
    months = all("tháng" in (header.columns[at].period or "") for at in here)
    if months and all(_may_be_days(text) for text in said if _is_figure(text)):
        figures = 0  # "15" below "Tháng 3" may be a day
    if header.measured:
        role = FieldRole.TIME if said and marks == len(said) else FieldRole.FIGURE
    else:
        role = FieldRole.FIGURE if figures > len(said) - figures else FieldRole.TIME
    return [role if one.role is FieldRole.PERIOD else one.role for one in header.columns]


def _may_be_days(text: str) -> bool:
    return (
        bool(re.fullmatch(r"(?:\D*\d{1,2})+\D*", text))
        and all(int(day) <= 31 for day in re.findall(r"\d+", text))
        and not re.search(r"[^\W\d]|[%≥≤<>]", text)
    )


def _is_figure(text: str) -> bool:
    return bool(_rule("figure").match(" ".join(fold(text).split()).strip(" .")))


def _figures(header: TableHeader, roles: list[FieldRole], cells: Sequence[Sequence[str]]) -> list[FieldRole]:
    """A column of figures behind what they are of, where its header does not say that they are none to be reached."""
    out = list(roles)
    works = [at for at, role in enumerate(roles) if role is FieldRole.WORK]
    if (
        works and cells[works[0]] and not any(map(str.isalpha, "".join(cells[works[0]])))
    ):  # "SIPAS / Chỉ số" over "83,0%" names nothing that is measured
        out[works.pop(0)] = FieldRole.OTHER
    goal = any(header.columns[at].goal for at in works[:1])
    measured = FieldRole.UNIT in roles or goal
    assigned = FieldRole.UNIT in roles and goal and bool(AGENCIES & set(roles))  # each is given to somebody to reach
    for at in range(works[0] + 1 if works else len(roles), len(roles)):
        one = header.columns[at]
        words = fold(one.header)
        if roles[at] is FieldRole.RESULT:
            meant = bool(_rule("results_to_reach").search(words))
            meant = meant or assigned and FieldRole.FIGURE not in out and not _rule("no_figure_headers").search(words)
        else:
            stated = bool(_rule("figure_headers").search(words))
            other = roles[at] is FieldRole.OTHER or (roles[at] is FieldRole.WORK and (one.goal or stated))
            meant = other and (stated or (measured and not _rule("no_figure_headers").search(words)))
        if meant and _share(cells[at]) >= FIGURES:
            out[at] = FieldRole.FIGURE
    return out


def _given(header: TableHeader, roles: Sequence[FieldRole], cells: Sequence[Sequence[str]]) -> list[int]:
    """The column of places in a table of what is given to each, and those of its figures; none in other tables.

    A column that adds up those of several years is none of them.
    """
    headers = [fold(one.header) for one in header.columns]
    named = [at for at, words in enumerate(headers) if _given_to().search(words.strip(" .:"))]
    years = sum(one.period is not None for one in header.columns) > 1
    sums = [at for at, words in enumerate(headers) if years and is_sum(words.rpartition(" / ")[2])]
    rest = [at for at, role in enumerate(roles) if cells[at] and at not in [*named, *sums] and role not in _ASIDE]
    meant = [at for at in rest if roles[at] in (FieldRole.OTHER, FieldRole.WORK, FieldRole.FIGURE)]
    figures = [at for at in meant if not _rule("no_figure_headers").search(headers[at])]
    whole = bool(rest) and figures == rest and all(_share(cells[at]) >= FIGURES for at in rest)
    return [named[0], *figures] if whole and len(named) == 1 else []


@cache
def _given_to() -> re.Pattern[str]:
    levels = "|".join(level_names("province", "city", "district", "commune"))
    return re.compile("|".join(known.columns().given_to).replace("<level>", levels))


def _share(said: Sequence[str]) -> float:
    """How many of the cells are figures, 0 to 1."""
    return sum(map(_is_figure, said)) / len(said) if said else 0.0


def _are_sums(said: Sequence[str]) -> bool:
    """Whether the cells of a column of bodies are sums: who is helped is given them, and nobody is named."""
    return bool(said) and sum(bool(_rule("sum").match(fold(text).strip(" ."))) for text in said) >= FIGURES * len(said)


def _ticked(columns: Sequence[TableColumn], cells: Sequence[Sequence[str]]) -> list[bool]:
    """Which columns are one agency each, their cells only marks of the work that is its: "Sở Y tế | UBND xã".

    The name of one may read like the words of a header ("Sở Xây dựng"), beside others like it.
    """
    marked = [
        bool(said)
        and all(is_mark(text) or part_marked(text) for text in said)
        and one.printed is not None
        and one.role in AGENCIES | {FieldRole.OTHER}
        for one, said in zip(columns, cells, strict=True)
    ]
    named = [
        mark and one.printed is not None and begins_agency(one.printed.text)
        for one, mark in zip(columns, marked, strict=True)
    ]
    if not any(named):
        return [False] * len(columns)
    beside = sum(marked) > 1
    return [
        mark and (one.role is FieldRole.OTHER or " / " in one.header or (name and beside and not _is_role(one)))
        for one, mark, name in zip(columns, marked, named, strict=True)
    ]


def _is_role(one: TableColumn) -> bool:
    """Whether a header says who leads or helps: "Phòng chủ trì" names no room of an office."""
    return one.role in (FieldRole.LEAD, FieldRole.COOPERATING)


def _watched(header: TableHeader, roles: list[FieldRole], cells: Sequence[Sequence[str]]) -> list[FieldRole]:
    """Who follows the work is who does it where no column says another; a text about duties is a note."""
    doing = sum(role in AGENCIES for role in roles)
    out = []
    for at, role in enumerate(roles):
        if role is FieldRole.MONITOR and not doing:
            role = FieldRole.RESPONSIBLE
        words = sum(len(text.split()) for text in cells[at])
        if role is FieldRole.RESPONSIBLE and doing > 1 and words > LONGEST_NAME * len(cells[at]):
            duties = "trách nhiệm" in fold(header.columns[at].header) and not _name_bodies(cells[at])
            role = FieldRole.NOTE if duties else role
        out.append(role)
    return out


def _name_bodies(said: Sequence[str]) -> bool:
    """Whether most cells begin with a body, behind the word for its role or not: "CT: Phòng Kinh tế; PH: …"."""
    named = [begins_agency(re.sub(r"^[^:;,.]{1,20}:\s*", "", text)) for text in said]
    return sum(named) > len(named) / 2


def _is_agenda(columns: Sequence[TableColumn], cells: Sequence[Sequence[str]]) -> bool:
    """Whether the times of the rows are hours without a day: such a table is the course of a meeting."""
    times = [text for one, said in zip(columns, cells, strict=True) if one.role in TIMES for text in said]
    times = [text for text in times if not _rule("part_of_day").match(fold(text).strip())]
    hours = sum(bool(_rule("clock").match(fold(text).strip())) and not _DAY.search(fold(text)) for text in times)
    return hours > 0 and hours >= HOURS * len(times)
