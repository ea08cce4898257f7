"""The times of a row: of columns of times, of columns that stand for months or quarters, of remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from pipeline.document import FieldRole, Passage, RowField
from pipeline.extract.tables.model import RowReading
from pipeline.extract.times.cells import asks_completion, between, times_in
from pipeline.extract.times.model import ParsedDeadline
from pipeline.knowledge.documents import columns
from pipeline.language.dates import YEAR_WORD
from pipeline.language.folding import fold
from pipeline.schema import DeadlineKind

ENDING = frozenset({DeadlineKind.BY, DeadlineKind.IN, DeadlineKind.DURING})
BULLETS = "-–+•*"
_STAGE = re.compile(r"(?:giai đoạn|đợt|bước|lần|kỳ)\s+[\divx]+\s*:\s*", re.IGNORECASE)  # "Giai đoạn 1: tháng 3/2026"
_RUN_IN = re.compile(r"(?<=[^\s\d])[-–+•*](?= \w)|(?<=\d)[-–+•*](?= [^\W\d])")
MONTHS = 12
BESIDE = 4  # characters between the text of one cell and of the next


def read_times(
    out: RowReading,
    fields: Sequence[RowField],
    year: int | None,
    issued: date | None,
) -> list[tuple[ParsedDeadline, Passage]]:
    """Read the times of a row, each with the cell that says it.

    Args:
        out: takes what is doubtful.
        fields: the cells of the row.
        year: the plan's own, for times without one.
        issued: when the plan was issued.
    """
    filled = [(one, one.passage) for one in fields if one.passage is not None]
    times = _times(out, [one for one in filled if one[0].period is None], year, issued)
    times += _marked(out, fields, year, issued)
    return _noted(times, filled, year, issued)


def dated(one: RowField) -> str:
    """The time that a column stands for, with the one year that the header above it states."""
    period, years = one.period or "", set(YEAR_WORD.findall(one.header))
    return f"{period} năm {years.pop()}" if len(years) == 1 and not YEAR_WORD.search(period) else period


def _times(
    out: RowReading,
    filled: Sequence[tuple[RowField, Passage]],
    year: int | None,
    issued: date | None,
) -> list[tuple[ParsedDeadline, Passage]]:
    times: list[tuple[ParsedDeadline, Passage]] = []
    ends: dict[FieldRole, tuple[ParsedDeadline, Passage]] = {}
    for one, passage in filled:
        if one.role not in (FieldRole.TIME, FieldRole.START, FieldRole.END):
            continue
        if re.fullmatch(columns().hours, fold(passage.text).strip()):
            continue  # "7h30 - 8h00": the day stands elsewhere, and no hour is a deadline
        lines = _listed(passage)
        if len(lines) > 1:
            times += _each(out, lines, one, year, issued)
            continue
        deadlines = [_on_day(due, passage, one) for due in times_in(passage.text, one.header, one.role, year, issued)]
        if not deadlines or any(_is_unknown(due) for due in deadlines):
            out.doubt("W407", passage)
        if not deadlines:
            times.append((ParsedDeadline(0, len(passage.text), None), passage))
        elif len(deadlines) == 1 and one.role is not FieldRole.TIME and one.role not in ends:
            ends[one.role] = (deadlines[0], passage)
        else:
            times += [(due, passage) for due in deadlines]
    start, end = ends.get(FieldRole.START), ends.get(FieldRole.END)
    if start and end and (later := _after(start[0], end[0], end[1], year, issued)):
        end = (later, end[1])
    if start and end and _goes_back(start[0], end[0]):
        out.doubt("W407", _both(start[1], end[1]))
    whole = between(start[0] if start else None, end[0] if end else None)
    if start and start[0].first is None:
        times.append(start)  # "Hằng năm", "Trước 15/3": it says nothing of when the work begins
    if whole is not None:
        place = (end or start or ends[FieldRole.END])[1]
        if start and end and whole.first is not None and whole.first == start[0].first:
            place = _both(start[1], end[1])
        times.append((whole, place))
    return [(replace(due, start=0, end=len(passage.text), rule="column.time"), passage) for due, passage in times]


def _on_day(due: ParsedDeadline, cell: Passage, column: RowField) -> ParsedDeadline:
    """What takes place at hours of a day, or "ngày 24/8", is on that day, not by it, unless it is completed by then."""
    if due.kind is not DeadlineKind.BY or due.last is None:
        return due
    said = fold(cell.text).strip()
    closes = asks_completion(column.header) or re.search(columns().handed_in, fold(column.header))
    held = column.role is FieldRole.TIME and not closes and re.fullmatch(columns().held, said)
    if not held and not re.match(columns().clock, said):
        return due
    return replace(due, kind=DeadlineKind.IN, first=due.last, edtf=due.last.isoformat())


def _listed(cell: Passage) -> list[Passage]:
    """The lines of a cell that is a list, each with a mark or a stage before it; the whole cell where it is none."""
    starts = [piece.at for piece in cell.pieces if cell.text[piece.at] in BULLETS or _STAGE.match(cell.text, piece.at)]
    if cell.text[:1] in BULLETS:  # lines that a program ran together: "- Tháng 3- Tháng 5"
        starts = sorted({*starts, *(hit.start() for hit in _RUN_IN.finditer(cell.text) if hit[0] == cell.text[0])})
    if len(starts) < 2 or starts[0]:
        return [cell]
    return [cell.cut(first, last) for first, last in pairwise([*starts, len(cell.text)])]


def _each(
    out: RowReading, lines: Sequence[Passage], one: RowField, year: int | None, issued: date | None
) -> Iterator[tuple[ParsedDeadline, Passage]]:
    """The times of the lines of a list: those of its parts, never one from the first to the last."""
    for line in lines:
        said = _STAGE.sub("", line.text).lstrip(BULLETS + " ")
        deadlines = times_in(said, one.header, one.role, year, issued)
        if not deadlines or any(_is_unknown(due) for due in deadlines):
            out.doubt("W407", line)
        for due in deadlines or [ParsedDeadline(0, len(line.text), None)]:
            yield due, line


def _is_unknown(due: ParsedDeadline) -> bool:
    """Whether a time is known by its words alone."""
    return due.kind is None and due.relative is None and not due.no_such_day and not due.undated


def _both(start: Passage, end: Passage) -> Passage:
    """Two cells that stand side by side as one passage; else the end's alone."""
    behind, before = start.locate(0, len(start.text))[1], end.locate(0, len(end.text))[0]
    return start + end if 0 < before - behind <= BESIDE else end


def _goes_back(start: ParsedDeadline, end: ParsedDeadline) -> bool:
    return start.first is not None and end.last is not None and start.first > end.last


def _after(
    start: ParsedDeadline, end: ParsedDeadline, cell: Passage, year: int | None, issued: date | None
) -> ParsedDeadline | None:
    """The end in the year after, where the cell states none: work from "Tháng 11" to "Tháng 2" ends the next year."""
    if year is None or not end.assumed_year or not _goes_back(start, end):
        return None
    deadlines = times_in(cell.text, "", FieldRole.END, year + 1, issued)
    return deadlines[0] if len(deadlines) == 1 and not _goes_back(start, deadlines[0]) else None


def _marked(
    out: RowReading, fields: Sequence[RowField], year: int | None, issued: date | None
) -> list[tuple[ParsedDeadline, Passage]]:
    """The times of the columns that stand for months, quarters or years: those marked side by side are one time."""
    times: list[tuple[ParsedDeadline, Passage]] = []
    run: list[tuple[RowField, Passage, ParsedDeadline]] = []
    said: Passage | None = None
    periods = [one for one in fields if one.period and one.role is FieldRole.TIME]
    years = _years(periods, year)
    for number, one in enumerate([*periods, None]):
        cell = one.passage if one is not None else None
        if one is None or cell is None or not one.period:
            times += _as_one(run)
            run, said = [], None
            continue
        marked = one.coloured or _is_marked(cell.text)
        own = [] if marked else times_in(cell.text, one.header, FieldRole.TIME, year, issued)
        if own:  # "15/6" below "Quý II", "Thường xuyên" over all of them
            times += _as_one(run)
            times += [(_whole(due, cell), cell) for due in own if cell is not said]
            run, said = [], cell
            continue
        if not one.coloured and any(map(str.isdigit, cell.text)):
            out.doubt("W407", cell)  # "15" below "Tháng 3": the month is sure, the day is not
        deadlines = times_in(dated(one), one.header, FieldRole.TIME, years[number], None)
        if len(deadlines) == 1:
            run.append((one, cell, deadlines[0]))
    return times


def _years(columns: Sequence[RowField], year: int | None) -> list[int | None]:
    """The year of each column of a time: the plan's own, and where their months begin anew the next ("T8" … "T5")."""
    out: list[int | None] = []
    before = 0
    for one in columns:
        month = int("".join(filter(str.isdecimal, one.period or "")) or 0)
        if year is not None and 0 < month < before <= MONTHS:
            year += 1
        before = month
        out.append(year)
    return out


def _is_marked(text: str) -> bool:
    return len(text) <= 1 or not any(map(str.isalpha, text.replace("x", "").replace("X", ""))) and "/" not in text


def _as_one(run: Sequence[tuple[RowField, Passage, ParsedDeadline]]) -> list[tuple[ParsedDeadline, Passage]]:
    if not run:
        return []
    first, last = run[0][2], run[-1][2]
    whole = between(first, last) if len(run) > 1 and first.first is not None else last
    cells = list(dict.fromkeys(cell for _, cell, _ in run))
    place = cells[0]
    for cell in cells[1:]:
        place = _both(place, cell)
    return [(_whole(whole, place), place)] if whole is not None else []


def _whole(due: ParsedDeadline, cell: Passage) -> ParsedDeadline:
    return replace(due, start=0, end=len(cell.text), rule="column.time")


def _noted(
    times: list[tuple[ParsedDeadline, Passage]],
    filled: Sequence[tuple[RowField, Passage]],
    year: int | None,
    issued: date | None,
) -> list[tuple[ParsedDeadline, Passage]]:
    """The times, those that a remark says more exactly ("Xong trước 12/9" beside "Tháng 9") in the remark's words."""
    for one, cell in filled:
        if one.role is not FieldRole.NOTE or "căn cứ" in fold(one.header) or not re.search(r"\d", cell.text):
            continue
        said = [(_whole(due, cell), cell) for due in times_in(cell.text, "", FieldRole.TIME, year, issued)]
        said = [(due, cell) for due, _ in said if due.kind in ENDING]
        times = [(due, at) for due, at in times if not any(_lies_in(more, due) for more, _ in said)] + said
    return times


def _lies_in(one: ParsedDeadline, other: ParsedDeadline) -> bool:
    begun = other.first is None or one.last is None or other.first <= (one.first or one.last)
    return other.kind in ENDING and begun and one.last is not None and other.last is not None and one.last <= other.last
