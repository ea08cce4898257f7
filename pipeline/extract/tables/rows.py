"""Reading the cells of a table's row: agencies, deadlines, result, targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from pipeline.document import FieldRole, Passage, RowField
from pipeline.extract.agencies.cells import CellAgency
from pipeline.extract.amounts.cells import CellFigure, figure_in
from pipeline.extract.tables.actors import Actors, actors_in
from pipeline.extract.tables.persons import NamedPerson
from pipeline.extract.times.cells import between, times_in
from pipeline.extract.times.model import ParsedDeadline
from pipeline.language.dates import YEAR_WORD
from pipeline.language.folding import fold
from pipeline.schema import DeadlineKind, Role

ROLES = {
    FieldRole.LEAD: Role.LEAD,
    FieldRole.RESPONSIBLE: Role.RESPONSIBLE,
    FieldRole.COOPERATING: Role.COOPERATING,
    FieldRole.REPORTS_TO: Role.REPORTS_TO,
    FieldRole.MONITOR: Role.REPORTS_TO,
}
ENDING = frozenset({DeadlineKind.BY, DeadlineKind.IN, DeadlineKind.DURING})
SHOWN = 200  # characters of a cell in a warning
BULLETS = "-–+•*"
BESIDE = 4  # characters between the text of one cell and of the next
_BRACKET = re.compile(r"\s*\(\s*(?P<unit>[^()]{1,30})\s*\)\s*$")
_SEVERAL = re.compile(r";")
_BEGINS = re.compile(r"[-–+*•≥≤<>~]?\s*\d")
_OF = re.compile(r"[\d%]\s+(?P<of>(?!trở|và hơn)[^\W\d][^\d;]*)$")


@dataclass(frozen=True, slots=True)
class RowFigure:
    """A figure to be reached: the cell it stands in, its value, unit, due date and baseline.

    `of` says what the figure is of beyond the row: the column's header where several columns hold such figures, or the
    words of the cell that are no unit ("≥ 5 cấp tỉnh").
    """

    passage: Passage
    figure: CellFigure
    unit: str | None
    due: str | None
    baseline: str | None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class CellDoubt:
    """What is doubtful about a cell: the code of its message, the words in question and where they stand."""

    code: str
    text: str
    passage: Passage
    start: int
    end: int


@dataclass
class RowReading:
    """All that the cells of one row say; `doubts` are the cells that a reader should look at."""

    agencies: list[tuple[CellAgency, Passage]] = field(default_factory=list)
    persons: list[tuple[NamedPerson, Passage]] = field(default_factory=list)
    times: list[tuple[ParsedDeadline, Passage]] = field(default_factory=list)
    figures: list[RowFigure] = field(default_factory=list)
    result: str | None = None
    results: list[Passage] = field(default_factory=list)
    doubts: list[CellDoubt] = field(default_factory=list)


def read_row(fields: Sequence[RowField], terms: Mapping[str, str], year: int | None, issued: date | None) -> RowReading:
    """Read a row.

    Args:
        fields: its cells, without its number and its work.
        terms: abbreviations that the document defines, with their full forms.
        year: the plan's own, for times without one.
        issued: when the plan was issued.
    """
    out = RowReading()
    filled = [(one, one.passage) for one in fields if one.passage is not None]
    for one, passage in filled:
        if role := ROLES.get(one.role):
            actors = actors_in(passage, role, one.header, terms)
            if one.role is FieldRole.MONITOR:  # who does the work does not report to itself
                doing = {fold(agency.name) for agency, _ in out.agencies}
                actors = replace(
                    actors, agencies=[agency for agency in actors.agencies if fold(agency.name) not in doing]
                )
            _actors(out, actors, passage)
    out.times = _times(out, [one for one in filled if one[0].period is None], year, issued)
    out.times += _marked(fields, year, issued)
    out.times = _noted(out.times, filled, year, issued)
    out.results = [passage for one, passage in filled if one.role is FieldRole.RESULT]
    out.result = "; ".join(passage.text for passage in out.results) or None
    _figures(out, filled, year, issued)
    return out


def _marked(fields: Sequence[RowField], year: int | None, issued: date | None) -> list[tuple[ParsedDeadline, Passage]]:
    """The times of the columns that stand for months, quarters or years: those marked side by side are one time."""
    out: list[tuple[ParsedDeadline, Passage]] = []
    run: list[tuple[RowField, Passage, ParsedDeadline]] = []
    said: Passage | None = None
    for one in [*(one for one in fields if one.period and one.role is FieldRole.TIME), None]:
        cell = one.passage if one is not None else None
        if one is None or cell is None or not one.period:
            out += _as_one(run)
            run, said = [], None
            continue
        own = (
            []
            if one.coloured or _is_marked(cell.text)
            else times_in(cell.text, one.header, FieldRole.TIME, year, issued)
        )
        if own:  # "15/6" below "Quý II", "Thường xuyên" over all of them
            out += _as_one(run)
            out += [(_whole(due, cell), cell) for due in own if cell is not said]
            run, said = [], cell
            continue
        deadlines = times_in(_dated(one), one.header, FieldRole.TIME, year, issued)
        if len(deadlines) == 1:
            run.append((one, cell, deadlines[0]))
    return out


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


def _dated(one: RowField) -> str:
    """The time that a column stands for, with the one year that the header above it states."""
    period, years = one.period or "", set(YEAR_WORD.findall(one.header))
    return f"{period} năm {years.pop()}" if len(years) == 1 and not YEAR_WORD.search(period) else period


def _is_marked(text: str) -> bool:
    return len(text) <= 1 or not any(map(str.isalnum, text))


def _as_one(run: Sequence[tuple[RowField, Passage, ParsedDeadline]]) -> list[tuple[ParsedDeadline, Passage]]:
    if not run:
        return []
    whole = between(run[0][2], run[-1][2]) if len(run) > 1 else run[0][2]
    cells = list(dict.fromkeys(cell for _, cell, _ in run))
    place = cells[0]
    for cell in cells[1:]:
        place = _both(place, cell)
    return [(_whole(whole, place), place)] if whole is not None else []


def _whole(due: ParsedDeadline, cell: Passage) -> ParsedDeadline:
    return replace(due, start=0, end=len(cell.text), rule="column.time")


def _actors(out: RowReading, actors: Actors, cell: Passage) -> None:
    out.persons += [(person, cell) for person in actors.persons]
    out.agencies += [(agency, cell) for agency in actors.agencies]
    for start, end in actors.elsewhere:
        _doubt(out, "W414", cell, start, end)
    for agency in actors.agencies:
        if not agency.known:
            _doubt(out, "W306", cell, agency.start, agency.end)


def _doubt(out: RowReading, code: str, passage: Passage, start: int = 0, end: int | None = None) -> None:
    end = len(passage.text) if end is None else end
    out.doubts.append(CellDoubt(code, passage.text[start:end][:SHOWN], passage, start, end))


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
        lines = _listed(passage)
        if len(lines) > 1:
            times += _each(out, lines, one, year, issued)
            continue
        deadlines = times_in(passage.text, one.header, one.role, year, issued)
        if not deadlines or any(_is_unknown(due) for due in deadlines):
            _doubt(out, "W407", passage)
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
        _doubt(out, "W407", _both(start[1], end[1]))
    whole = between(start[0] if start else None, end[0] if end else None)
    if start and start[0].first is None:
        times.append(start)  # "Hằng năm", "Trước 15/3": it says nothing of when the work begins
    if whole is not None:
        place = (end or start or ends[FieldRole.END])[1]
        if start and end and whole.first is not None and whole.first == start[0].first:
            place = _both(start[1], end[1])
        times.append((whole, place))
    return [(replace(due, start=0, end=len(passage.text), rule="column.time"), passage) for due, passage in times]


def _listed(cell: Passage) -> list[Passage]:
    """The lines of a cell that is a list, each with a dash or a bullet before it; the whole cell where it is none."""
    starts = [piece.at for piece in cell.pieces if cell.text[piece.at] in BULLETS]
    if len(starts) < 2 or starts[0]:
        return [cell]
    return [cell.cut(first, last) for first, last in pairwise([*starts, len(cell.text)])]


def _each(
    out: RowReading, lines: Sequence[Passage], one: RowField, year: int | None, issued: date | None
) -> Iterator[tuple[ParsedDeadline, Passage]]:
    """The times of the lines of a list: those of its parts, never one from the first to the last."""
    for line in lines:
        deadlines = times_in(line.text.lstrip(BULLETS + " "), one.header, one.role, year, issued)
        if not deadlines or any(_is_unknown(due) for due in deadlines):
            _doubt(out, "W407", line)
        for due in deadlines or [ParsedDeadline(0, len(line.text), None)]:
            yield due, line


def _is_unknown(due: ParsedDeadline) -> bool:
    """Whether a time is known by its words alone."""
    return due.kind is None and due.relative is None and not due.no_such_day


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


def _figures(
    out: RowReading, filled: Sequence[tuple[RowField, Passage]], year: int | None, issued: date | None
) -> None:
    stated = next((passage.text for one, passage in filled if one.role is FieldRole.UNIT), None)
    baselines = [
        _baseline(one, passage)
        for one, passage in filled
        if one.role is FieldRole.BASELINE or (one.role is FieldRole.FIGURE and _is_past(one, year))
    ]
    here = [(one, cell) for one, cell in filled if one.role is FieldRole.FIGURE and not _is_past(one, year)]
    unnamed = [one for one, _ in here if not one.period and not YEAR_WORD.search(one.header)]
    for one, passage in here:
        figures = _figures_in(passage)
        if not figures and not (YEAR_WORD.search(one.header) or stated or re.search(r"\d", passage.text)):
            continue  # a goal in words
        if not figures:
            _doubt(out, "W408", passage)
        header = _BRACKET.search(fold(one.header))
        above = header["unit"] if header and not YEAR_WORD.search(header["unit"]) else None
        due = _due(one, year, issued) or _due_of(out.times)
        for cell, read in figures:
            unit, of = read.unit, _words_behind(cell.text)
            if unit is not None and not unit.startswith("%"):
                alone = len(figures) == 1 or not (stated or above)
                unit, of = (unit, None) if alone else (None, unit)
            if len(unnamed) > 1 and one in unnamed:
                of = one.header.rpartition(" / ")[2]
            base = "; ".join(baselines) or None
            out.figures.append(RowFigure(cell, read, unit or stated or above, due, base, of))


def _figures_in(cell: Passage) -> list[tuple[Passage, CellFigure]]:
    """The figures of a cell, each with its part of it; none where a part is not read."""
    whole = figure_in(cell.text)
    if whole is not None:
        return [(cell, whole)]
    breaks = [piece.at for piece in cell.pieces[1:] if _BEGINS.match(cell.text[piece.at :])]
    breaks = [at for at in breaks if cell.text[:at].rstrip()[-1:].isalpha()]  # "≥ 10 | cấp xã" goes on
    cuts = [0, *sorted({*(found.end() for found in _SEVERAL.finditer(cell.text)), *breaks}), len(cell.text)]
    parts = [cell.cut(first, last) for first, last in pairwise(cuts) if cell.text[first:last].strip(" ;.-+*•")]
    read = [(part, figure_in(part.text.strip(" ;.+*•"))) for part in parts]
    found = [(part, figure) for part, figure in read if figure is not None]
    told = all(_words_behind(part.text) for part, _ in found)  # "70%; 30%" does not say what each is of
    return found if told and len(found) == len(read) else []


def _words_behind(text: str) -> str | None:
    """What a cell says its figure is of: "100% hồ sơ" is of "hồ sơ"."""
    found = _OF.search(text.rstrip(" ;."))
    return found["of"].strip(" .;") if found else None


def _due(one: RowField, year: int | None, issued: date | None) -> str | None:
    """By when a column's figures are to be reached: the year of its header, or the last day of its month or quarter."""
    if one.period and not YEAR_WORD.fullmatch(one.period.split()[-1]):
        deadlines = times_in(_dated(one), one.header, FieldRole.TIME, year, issued)
        if len(deadlines) == 1 and deadlines[0].last is not None:
            return deadlines[0].last.isoformat()
    years = YEAR_WORD.findall(one.header)
    return years[-1] if years else None


def _due_of(times: Sequence[tuple[ParsedDeadline, Passage]]) -> str | None:
    """By when the row's one time says that its figures are to be reached."""
    last = times[0][0].last if len(times) == 1 and times[0][0].kind in ENDING else None
    if last is None:
        return None
    return str(last.year) if (last.month, last.day) == (12, 31) else last.isoformat()


def _is_past(one: RowField, year: int | None) -> bool:
    """Whether the column is of a year before the plan's own."""
    years = YEAR_WORD.findall(one.header)
    return year is not None and bool(years) and int(years[-1]) < year


def _baseline(one: RowField, passage: Passage) -> str:
    header = one.header.rpartition(" / ")[2]
    return f"{header}: {passage.text}"
