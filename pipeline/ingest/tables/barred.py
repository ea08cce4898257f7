"""Tables whose bars stand on lines of their own, as programs write them that copy a portal's page into text.

A row is a bar, then its cells with a bar behind each; a cell runs over lines, an empty one is nothing between two bars,
and merged cells are written once. Some programs write no bar before a row, or set the bar behind the last word of a
cell. Then the numbers of the rows say where each begins, or the header how many cells it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.document import Cell, CellSpan, Line
from pipeline.ingest.tables.flat import flat_table
from pipeline.ingest.tables.row_numbers import ends_table
from pipeline.ingest.tables.text import TextSpan, TextTable, tables_among
from pipeline.ingest.tables.told import heads_tasks
from pipeline.knowledge.documents import columns
from pipeline.language.folding import fold

LEAST_COLUMNS, LEAST_ROWS = 3, 2
NEAR = 14  # lines, blank ones too, within which a bar stands behind a blank line of a table

_RowSpans = list[TextSpan]  # the lines of each cell: the first, and the one behind the last


def barred_tables(lines: Sequence[Line], taken: frozenset[int]) -> list[TextTable]:
    """Find the tables among the lines of a text.

    Args:
        lines: of the text, without their marks.
        taken: indices of lines that stand in other tables.
    """
    return tables_among(len(lines), taken, lambda at: _between_bars(lines, at) or flat_table(lines, at))


def _between_bars(lines: Sequence[Line], at: int) -> TextTable | None:
    """The table that begins with the bar at a line, where two bars part its rows."""
    if not _is_bar(lines[at]):
        return None
    first = next(iter(_runs(lines, at)), None)
    if first is None or not _is_header([_text(lines, span) for span in first[0]]):
        return None
    rows, end = _rows(lines, at)
    whole = len(rows) >= LEAST_ROWS and len(rows[0]) >= LEAST_COLUMNS
    return _table(lines, at, end, rows) if whole else None


def _text(lines: Sequence[Line], span: TextSpan) -> str:
    return " ".join(line.text.strip() for line in lines[span[0] : span[1]] if line.text.strip())


def _is_header(cells: Sequence[str]) -> bool:
    """Whether cells are a header: that of numbered rows, or one that names work and who does it."""
    counted = any(_begins_count(one) for one in cells)
    return not counted and (_numbers_rows(cells[0]) or heads_tasks(cells))


def _is_bar(line: Line) -> bool:
    """Whether bars stand alone on a line: one, or two that end a row and begin the next."""
    return set(line.text) - {" "} == {"|"}


@cache
def _number_header() -> re.Pattern[str]:
    return re.compile(columns().number_header)


@cache
def _number() -> re.Pattern[str]:
    return re.compile(columns().number)


def _begins_count(text: str) -> bool:
    """Whether a cell is the first number of rows."""
    return text.strip(" .)(") in ("1", "01", "I", "A")


def _numbers_rows(text: str) -> bool:
    """Whether a header heads the numbers of rows: "TT", "STT"."""
    return bool(_number_header().fullmatch(fold(text).strip()))


def _tokens(lines: Sequence[Line], first: int) -> Iterator[tuple[bool, TextSpan]]:
    """The bars and stretches of text from a line on; text with no bar behind it ends at a blank line."""
    at = first
    while at < len(lines):
        if not lines[at].text.strip():
            at += 1
            if not _is_near_bar(lines, at):
                return
            continue
        end = at + 1
        bar = _is_bar(lines[at])
        while not bar and end < len(lines) and not _is_bar(lines[end]):
            if not lines[end].text.strip() and not _is_near_bar(lines, end):
                break
            end += 1
        yield from [(bar, (at, end))] * (lines[at].text.count("|") if bar else 1)
        at = end


def _is_near_bar(lines: Sequence[Line], at: int) -> bool:
    """Whether a bar stands soon behind a blank line, and nothing that ends a table before it."""
    for line in lines[at : at + NEAR]:
        if _is_bar(line):
            return True
        if ends_table(line.text):
            return False
    return False


def _runs(lines: Sequence[Line], first: int) -> list[tuple[_RowSpans, int, int]]:
    """Runs of cells with one bar between them: the cells, how many bars stand behind them, the line behind these."""
    runs: list[tuple[_RowSpans, int, int]] = []
    cells: _RowSpans = []
    bars, end = 0, first
    for bar, span in _tokens(lines, first):
        if bar:
            bars, end = bars + 1, span[1]
            continue
        if cells and bars > 1:
            runs.append((cells, bars, end))
            cells = []
        cells.append(span)
        bars = 0
    if not bars:  # no bar closes it: it stands behind the table
        cells = cells[:-1]
    return [*runs, (cells, bars, end)] if cells else runs


def _rows(lines: Sequence[Line], first: int) -> tuple[list[_RowSpans], int]:
    """The rows of a table that begins with the bar at a line, and the line behind its last bar.

    Two bars end a row and begin one, or have an empty cell between them: so where the cells behind make the row whole.
    """
    rows: list[_RowSpans] = []
    end = first + 1
    wide, open_ = 0, False
    for cells, bars, behind in _runs(lines, first):
        wide = wide or len(cells)
        whole = open_ and len(rows[-1]) + 1 + len(cells) == wide
        if whole and not _begins_row(lines, cells[0]):
            rows[-1] += [(end, end), *cells]
        elif len(cells) > wide:  # no bar begins a row behind the last one
            return [*rows, cells[:wide]], cells[wide][0]
        else:
            rows.append(cells)
        end = behind
        empty = min(bars - 2, wide - len(rows[-1]))
        rows[-1] += [(end, end)] * empty
        open_ = bars == 2 and len(rows[-1]) < wide
    return rows, end


def _begins_row(lines: Sequence[Line], span: TextSpan) -> bool:
    return bool(_number().fullmatch(_text(lines, span)))


def _table(lines: Sequence[Line], first: int, end: int, rows: Sequence[_RowSpans]) -> TextTable:
    own = [replace(line, text="", origin=()) if _is_bar(line) else line for line in lines[first:end]]
    cells: list[Cell] = []
    wide = len(rows[0])
    for number, row in enumerate(rows):
        numbered = _begins_row(lines, row[0])
        for column, (low, high) in enumerate(row, start=0 if numbered or len(row) == wide else 1):
            heads = numbered and column == 1 and len(row) == 2  # a title over the other columns
            for at in range(low, high):
                text = own[at - first].text
                own[at - first] = replace(own[at - first], cells=(CellSpan(0, len(text), len(cells)),))
            cells.append(Cell(number, column, columns=wide - 1 if heads else 1))
    return TextTable(first, tuple(own), tuple(cells), certain=False)
