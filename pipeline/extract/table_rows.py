"""Reading the cells of a table's row: agencies, deadlines, result, targets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.document import FieldRole, Passage, RowField
from pipeline.extract.agencies.cells import CellAgency, agencies_in
from pipeline.extract.amounts.cells import CellFigure, figure_in
from pipeline.extract.times.cells import between, times_in
from pipeline.extract.times.model import ParsedDeadline
from pipeline.language.dates import YEAR_WORD
from pipeline.language.folding import fold
from pipeline.schema import Role

ROLES = {
    FieldRole.LEAD: Role.LEAD,
    FieldRole.RESPONSIBLE: Role.RESPONSIBLE,
    FieldRole.COOPERATING: Role.COOPERATING,
    FieldRole.REPORTS_TO: Role.REPORTS_TO,
}
SHOWN = 200  # characters of a cell in a warning
BESIDE = 4  # characters between the text of one cell and of the next
_BRACKET = re.compile(r"\s*\(\s*(?P<unit>[^()]{1,30})\s*\)\s*$")
_TICK = re.compile(r"^\s*[x✓✔√v]\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowFigure:
    """A figure to be reached: the cell it stands in, its value, unit, due date and baseline."""

    passage: Passage
    figure: CellFigure
    unit: str | None
    due: str | None
    baseline: str | None


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
    times: list[tuple[ParsedDeadline, Passage]] = field(default_factory=list)
    figures: list[RowFigure] = field(default_factory=list)
    result: str | None = None
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
            for named in agencies_in(passage, role, terms):
                out.agencies.append((named, passage))
                if not named.known:
                    _doubt(out, "W306", passage, named.start, named.end)
    out.times = _times(out, filled, year, issued)
    results = [passage.text for one, passage in filled if one.role is FieldRole.RESULT]
    out.result = "; ".join(results) or None
    _figures(out, filled, year)
    return out


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
        text = one.header.rpartition(" / ")[2] if _TICK.match(passage.text) else passage.text
        deadlines = times_in(text, one.header, one.role, year, issued)
        if not deadlines:
            _doubt(out, "W407", passage)
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


def _figures(out: RowReading, filled: Sequence[tuple[RowField, Passage]], year: int | None) -> None:
    stated = next((passage.text for one, passage in filled if one.role is FieldRole.UNIT), None)
    baselines = [
        _baseline(one, passage)
        for one, passage in filled
        if one.role is FieldRole.BASELINE or (one.role is FieldRole.FIGURE and _is_past(one, year))
    ]
    for one, passage in filled:
        if one.role is not FieldRole.FIGURE or _is_past(one, year):
            continue
        read = figure_in(passage.text)
        if read is None and not (YEAR_WORD.search(one.header) or stated or re.search(r"\d", passage.text)):
            continue  # a goal in words
        if read is None:
            _doubt(out, "W408", passage)
            continue
        years = YEAR_WORD.findall(one.header)
        header = _BRACKET.search(fold(one.header))
        unit = read.unit or stated or (header["unit"] if header and not YEAR_WORD.search(header["unit"]) else None)
        due = years[-1] if years else None
        out.figures.append(RowFigure(passage, read, unit, due, "; ".join(baselines) or None))


def _is_past(one: RowField, year: int | None) -> bool:
    """Whether the column is of a year before the plan's own."""
    years = YEAR_WORD.findall(one.header)
    return year is not None and bool(years) and int(years[-1]) < year


def _baseline(one: RowField, passage: Passage) -> str:
    header = one.header.rpartition(" / ")[2]
    return f"{header}: {passage.text}"
