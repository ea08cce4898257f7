"""Pipe tables in Markdown or plain text: which lines are their rows, and which cells stand in these.

A pipe table is a row, a row of dashes and further rows (GitHub Flavored Markdown, 4.10). Without a row of dashes it is
three rows with as many pipes, or rows below one whose words head a table of tasks. Copies break such tables: a row runs
over several lines, each with its pipes or none; blank lines, page numbers and the header again stand between rows;
grids draw a rule between rows (Pandoc's grid tables, antiword, lines of box-drawing signs); merged cells are missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.document import Cell, CellSpan, Line
from pipeline.ingest.tables.pipes.bars import (
    BAR,
    DELIMITER,
    grid_edges,
    is_bare,
    is_closed,
    is_drawn,
    is_grid,
    is_row,
    is_rule,
    part_rule,
    spans,
    texts_of,
)
from pipeline.ingest.tables.pipes.rows import CellPiece, PipeRow, ScannedRows, joined, said_in, told, under_merged
from pipeline.ingest.tables.text import TextTable, is_page_mark
from pipeline.ingest.tables.told import heads_tasks
from pipeline.ingest.text.markdown import closes_bold, read_marks
from pipeline.language.folding import fold

LEAST_ROWS, LEAST_BARS = 3, 3  # of a table without a row of dashes
LONGEST_HEAD = 80  # characters of what stands at the head of pages
_MARKED = re.compile(r"\s*(?:(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.)/]|[-–+•#|])")  # as titles and items begin
FARTHEST = 6  # blank lines and page numbers between two rows
TALLEST = 60  # lines of a row whose cells hold line breaks


def pipe_tables(
    raws: Sequence[str], taken: frozenset[int] = frozenset(), notes: frozenset[str] = frozenset()
) -> list[TextTable]:
    """Find the pipe tables among the source lines of a text.

    Args:
        raws: the source lines.
        taken: indices of lines that stand in other tables.
        notes: the marks that footnotes of the text begin with.
    """
    out: list[TextTable] = []
    wide = 0  # cells of the table before
    at = 0
    while at < len(raws):
        end = at
        while end < len(raws) and end not in taken and (is_row(raws[end]) or is_drawn(raws[end])):
            end += 1
        found = _found(raws, at, end, wide, taken, notes) if end > at else None
        if found is not None:
            out.append(found)
            wide = max(cell.column for cell in found.cells) + 1
            end = max(end, found.source.stop)
        at = max(end, at + 1)
    return out


def _found(
    raws: Sequence[str], at: int, end: int, before: int, taken: frozenset[int], notes: frozenset[str]
) -> TextTable | None:
    """The table among some rows; it may go on below them."""
    run = raws[at:end]
    first = _begins(run)
    certain = first is not None or is_grid(run)
    headed = next((place for place, raw in enumerate(run) if heads_tasks(texts_of(raw))), None)
    if first is None:
        goes_on = before > 1 and all(is_closed(one, before) for one in run)
        first = 0 if is_grid(run) or _is_table(run) or goes_on else headed
    said = [raw for raw in run[first:] if not is_rule(raw)] if first is not None else []
    if first is None or not said:
        return None
    wide = max(len(grid_edges(raws, at + first)) - 1, 0) or (
        len(spans(said[0])) if headed is not None or certain else max(len(spans(raw)) for raw in said)
    )
    grows = certain or headed is not None
    scanned = _scan(raws, at + first, wide, taken) if grows else _plain(raws, at + first, end)
    rows = joined(raws, scanned)
    if not certain and len(rows) < 2 and not before:
        return None
    header = [said_in(raws, rows[0], column) for column in range(wide)]
    if len(rows) == 1 and heads_tasks(header):
        return None  # its rows stand below it, cell by cell
    if heads_tasks(header):
        rows = _with_missing_cells(raws, rows, header, certain)
    return _table(raws, at + first, scanned.end, rows, certain, notes)


def _with_missing_cells(
    raws: Sequence[str], rows: Sequence[PipeRow], header: Sequence[str], certain: bool
) -> list[PipeRow]:
    """The rows below a header of tasks, those of fewer cells with each in its column."""
    if not certain:
        return [told(raws, row, header) for row in rows]
    out: list[PipeRow] = []
    for row in rows:
        out.append(under_merged(raws, row, out[-1] if len(out) > 1 else None, header))
    return out


def _begins(run: Sequence[str]) -> int | None:
    """Which of some rows a table with a row of dashes begins with: the row above the dashes, and those alike."""
    dashes = next((at for at, raw in enumerate(run) if DELIMITER.match(raw)), None)
    if dashes is None or len(run) < 2:
        return None
    first = max(dashes - 1, 0)
    while first and len(spans(run[first - 1])) == len(spans(run[dashes])):
        first -= 1
    return first


def _is_table(run: Sequence[str]) -> bool:
    """Whether rows without a row of dashes are a table: enough of them, all with as many pipes."""
    bars = {len(BAR.findall(raw)) for raw in run if not is_rule(raw)}
    return len(run) >= LEAST_ROWS and len(bars) == 1 and min(bars) >= LEAST_BARS


def _as_row(raws: Sequence[str], at: int, bare: bool, places: Sequence[int] = ()) -> PipeRow:
    """The row of a line; in a grid the `places` of its edges say over which columns each cell goes."""
    bars = [hit.start() for hit in BAR.finditer(raws[at])]
    if places and len(bars) > 1 and bars[0] == places[0] and bars[-1] == places[-1] and set(bars) <= set(places):
        pieces = [CellPiece(places.index(a), a + 1, b) for a, b in pairwise(bars)]
        left = frozenset(range(len(places) - 1)) - {one.column for one in pieces}
        return PipeRow([(at, pieces)], left=left)
    return PipeRow([(at, [CellPiece(column, *span) for column, span in enumerate(spans(raws[at], bare))])])


def _plain(raws: Sequence[str], first: int, end: int) -> ScannedRows:
    bare = is_bare(raws, first)
    rows = [_as_row(raws, at, bare) for at in range(first, end) if not is_rule(raws[at])]
    return ScannedRows(rows, [], end)


def _scan(raws: Sequence[str], first: int, wide: int, taken: frozenset[int]) -> ScannedRows:
    """Read the rows of a table from its first line on, over blank lines, page numbers and rows of several lines."""
    out = ScannedRows([], [], first)
    at, apart = first, 0
    closed = raws[first].strip().startswith("|") and raws[first].strip().endswith("|")
    bare = is_bare(raws, first)
    places = grid_edges(raws, first)
    above: frozenset[int] = frozenset()
    while at < len(raws) and at not in taken and apart <= FARTHEST:
        raw = raws[at]
        if apart and _is_other_table(raws, at, out, wide):
            break
        going = part_rule(raw, places) if places and out.rows else None
        if going is not None:
            own = [CellPiece(column, places[column] + 1, places[column + 1]) for column in sorted(going)]
            out.rows[-1].lines.append((at, [piece for piece in own if raw[piece.start : piece.end].strip()]))
        if going is not None or is_rule(raw) or (not out.rules and DELIMITER.match(raw)):
            above = going or frozenset()
            out.rules.append(len(out.rows))
            at, apart = at + 1, 0
            out.end = at
            continue
        if is_row(raw) and (not apart or len(spans(raw)) == wide or raw.lstrip().startswith("|")):
            row = _gathered(raws, at, wide) if closed else None
            if row is None and apart and len(spans(raw)) != wide:
                break
            out.rows.append(row or _as_row(raws, at, bare, places))
            out.rows[-1].above, above = above, frozenset()
            at = out.rows[-1].lines[-1][0] + 1
            out.end, apart = at, 0
            continue
        if not _is_between_pages(raws, at):
            break
        at, apart = at + 1, apart + 1
    return out


def _is_other_table(raws: Sequence[str], at: int, scanned: ScannedRows, wide: int) -> bool:
    """Whether a row of dashes stands below a row: it heads a table of its own, unless it is the header again."""
    if at + 1 >= len(raws) or not scanned.rows or not DELIMITER.match(raws[at + 1]) or not spans(raws[at]):
        return False
    head = raws[scanned.rows[0].lines[0][0]]
    return [fold(one) for one in texts_of(raws[at])] != [fold(one) for one in texts_of(head)]


def _is_between_pages(raws: Sequence[str], at: int) -> bool:
    """Whether a line may stand between two rows: blank, a page number, the mark of a page's end, a head beside them."""
    raw = raws[at]
    if not raw.strip() or is_page_mark(raw, numbers=True):
        return True
    beside = [raws[next_] for next_ in (at - 1, at + 1) if 0 <= next_ < len(raws)]
    return (
        len(raw) <= LONGEST_HEAD and not _MARKED.match(raw) and any(is_page_mark(one, numbers=True) for one in beside)
    )


def _gathered(raws: Sequence[str], first: int, wide: int) -> PipeRow | None:
    """A row that begins with a pipe and whose cells hold line breaks; None where no line closes it as it should."""
    raw = raws[first]
    bars = len(BAR.findall(raw))
    if not raw.lstrip().startswith("|") or bars > wide or (bars == wide + 1 and raw.rstrip().endswith("|")):
        return None
    lines: list[tuple[int, list[CellPiece]]] = []
    column = -1
    for at in range(first, min(first + TALLEST, len(raws))):
        raw = raws[at]
        if at > first and (raw.lstrip().startswith("|") or is_rule(raw)):
            return None
        pieces = []
        places = [hit.start() for hit in BAR.finditer(raw)]
        for start, end in zip([0, *(bar + 1 for bar in places)], [*places, len(raw)], strict=True):
            if column >= 0 and raw[start:end].strip():
                pieces.append(CellPiece(column, start, end))
            column += 1
        column -= 1
        lines.append((at, pieces))
        if column >= wide:
            return PipeRow(lines) if column == wide and not raw[places[-1] + 1 :].strip() else None
    return None


def _table(
    raws: Sequence[str], first: int, end: int, rows: Sequence[PipeRow], certain: bool, notes: frozenset[str]
) -> TextTable:
    wide = max(one.column for row in rows for _, pieces in row.lines for one in pieces) + 1
    cells, numbers = _cells(rows, wide)
    lines = [Line("", raw) for raw in raws[first:end]]
    for number, row in enumerate(rows):
        opened: set[int] = set()  # columns in which a bold stretch is open: a cell over several lines may be bold
        for place, (at, pieces) in enumerate(row.lines):
            closed = _closing(raws, row.lines[place + 1 :])
            lines[at - first] = _line(raws[at], pieces, numbers[number], opened, closed, notes)
    untold = tuple(number for number, row in enumerate(rows) if row.untold)
    by_words = untold or any(row.told for row in rows)
    presumed = tuple(number for number, row in enumerate(rows) if row.presumed)
    return TextTable(first, tuple(lines), tuple(cells), certain, untold if by_words else None, presumed)


def _cells(rows: Sequence[PipeRow], wide: int) -> tuple[list[Cell], list[list[int]]]:
    """The cells of a table, and for each row the number of the cell that stands in each column."""
    cells: list[Cell] = []
    numbers: list[list[int]] = []
    for number, row in enumerate(rows):
        own = []
        for column in range(wide):
            if number and column in row.above:
                own.append(numbers[-1][column])
                high = number + 1 - cells[own[-1]].row
                cells[own[-1]] = replace(cells[own[-1]], rows=high)
            elif column and column in row.left:
                own.append(own[-1])
                cells[own[-1]] = replace(cells[own[-1]], columns=column + 1 - cells[own[-1]].column)
            else:
                own.append(len(cells))
                cells.append(Cell(number, column))
        numbers.append(own)
    return cells, numbers


def _closing(raws: Sequence[str], lines: Sequence[tuple[int, Sequence[CellPiece]]]) -> frozenset[int]:
    """The columns in which a bold stretch may end in some lines of a row."""
    return frozenset(one.column for at, own in lines for one in own if closes_bold(raws[at][one.start : one.end]))


def _line(
    raw: str,
    pieces: Sequence[CellPiece],
    numbers: Sequence[int],
    opened: set[int],
    closed: frozenset[int],
    notes: frozenset[str],
) -> Line:
    """A source line of a row; `numbers` are those of the cells that stand in its columns.

    A bold stretch is open from the line above in the columns `opened`, and may end below in those `closed`.
    """
    text = ""
    origin: list[int] = []
    cells: list[CellSpan] = []
    bold: list[bool] = []
    italic: list[bool] = []
    for number, (column, start, end) in enumerate(pieces):
        bar = max(start - 1, 0)
        marks = read_marks(raw[start:end], column in opened, column in closed, in_cell=True, notes=notes)
        (opened.add if marks.bold_after else opened.discard)(column)
        said = marks.cleaned.text
        between = (" |" if text else "|") if number else ""
        if said and (text or between):
            between += " "
        places = marks.cleaned.origin or range(len(said))
        text += between + said
        origin.extend([bar] * len(between))
        origin.extend(start + at for at in places)
        at = len(text) - len(said)
        # A line break (<br>) is a space in the text; the parts around it stand in the cell each by itself.
        breaks = [here for here, place in enumerate(places) if said[here] == " " and raw[start + place] == "<"]
        for begin, end_ in zip([0, *(here + 1 for here in breaks)], [*breaks, len(said)], strict=True):
            if end_ > begin:
                cells.append(CellSpan(at + begin, at + end_, numbers[column]))
        if any(char.isalnum() for char in said):
            bold.append(marks.bold)
            italic.append(marks.italic)
    return Line(
        text,
        raw,
        () if text == raw else tuple(origin),
        cells=tuple(cells),
        bold=bool(bold) and all(bold),
        italic=bool(italic) and all(italic),
    )
