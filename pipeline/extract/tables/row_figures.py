"""The figures of a row that are to be reached, with their units, their dates, and what was reached before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from pipeline.document import FieldRole, Passage, RowField
from pipeline.extract.amounts.cells import figure_in, unit_in
from pipeline.extract.amounts.model import CellAmount
from pipeline.extract.tables.model import RowFigure, RowReading
from pipeline.extract.tables.row_times import ENDING, dated
from pipeline.extract.times.cells import times_in
from pipeline.extract.times.model import ParsedDeadline
from pipeline.language.dates import YEAR_WORD
from pipeline.language.folding import fold

WORDS = 2  # a cell of more that is no figure is read as a sentence is: "03 lớp, 150 học viên"
_BRACKET = re.compile(r"\s*\(\s*(?P<unit>[^()]{1,30})\s*\)\s*$")
_SEVERAL = re.compile(r";")
_BEGINS = re.compile(r"[-–+*•≥≤<>~]?\s*\d")
_OF = re.compile(r"[\d%]\s+(?P<of>(?!trở|và hơn)[^\W\d][^\d;]*)$")


def read_figures(
    out: RowReading, filled: Sequence[tuple[RowField, Passage]], year: int | None, issued: date | None
) -> None:
    """Read the figures of a row that are to be reached.

    Args:
        out: takes the figures, and what is doubtful; its times were read before.
        filled: the cells of the row that say something.
        year: the plan's own: figures of years before it are baselines.
        issued: when the plan was issued.
    """
    stated = next((passage.text for one, passage in filled if one.role is FieldRole.UNIT), None)
    baselines = [
        _baseline(one, passage)
        for one, passage in filled
        if one.role is FieldRole.BASELINE or (one.role is FieldRole.FIGURE and _is_past(one, year))
    ]
    here = [(one, cell) for one, cell in filled if one.role is FieldRole.FIGURE and not _is_past(one, year)]
    out.due = _due_of(out.times)
    unnamed = [one for one, _ in here if not one.period and not YEAR_WORD.search(one.header)]
    for one, passage in here:
        figures = _figures_in(passage)
        if not figures and not (YEAR_WORD.search(one.header) or stated or re.search(r"\d", passage.text)):
            continue  # a goal in words
        if not figures and len(passage.text.split()) > WORDS:
            out.statements.append(passage)
        elif not figures:
            out.doubt("W408", passage)
        header = _BRACKET.search(fold(one.header))
        above = header["unit"] if header and not YEAR_WORD.search(header["unit"]) else None
        due = _due(one, year, issued) or out.due
        for cell, read in figures:
            unit, of = read.unit, _words_behind(cell.text)
            if unit is not None and not unit.startswith("%"):
                alone = len(figures) == 1 or not (stated or above)
                unit, of = (unit, None) if alone else (None, of or unit)
            if (one.given and one.period is None) or (len(unnamed) > 1 and one in unnamed):
                of = _BRACKET.sub("", one.header.rpartition(" / ")[2])
            base = "; ".join(baselines) or None
            told = unit_in(unit or stated or above or "")
            of = ", ".join(filter(None, (of, told.of))) or None
            out.figures.append(RowFigure(cell, read, told.unit or None, due, base, of, told.per))


def _figures_in(cell: Passage) -> list[tuple[Passage, CellAmount]]:
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
        deadlines = times_in(dated(one), one.header, FieldRole.TIME, year, issued)
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
