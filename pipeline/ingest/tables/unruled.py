"""Tables without upright rules, found by where their text stands.

Only a header says that there is one: a row whose first cell is that of the row numbers ("TT", "STT"), beside two more
columns at least. Its words say where the columns are; the rows below belong to it as long as they keep to the columns,
or stand over them above a numbered row (a section's title). All is measured in the frame in which the text is upright.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Box, Cell
from pipeline.ingest.furniture import BOTTOM, TOP, is_page_number
from pipeline.ingest.layout import ALIGNED, ContinuedColumns, begins_with_cue, part
from pipeline.ingest.tables.columns import UnruledColumns, heads_numbers, is_bold, patterns, pieces_of, text_of
from pipeline.ingest.tables.unruled_header import LEAST_COLUMNS, MOST, HeaderRows, read_header
from pipeline.ingest.tables.unruled_rows import BodyRow, ColumnText, cells_of, is_centred, records
from pipeline.ingest.words import TextRow

END, FAR_END = 3.0, 5.0  # em: a wider gap ends a table; the same above a numbered row
TITLE_LINES = 3
FORESEEN = 60  # rows looked at before the first is read
TOUCHING = 2.0  # points: rules nearer than that are one


@dataclass(frozen=True, slots=True)
class UnruledTable:
    """A table: its box, its cells row by row and the rows of text in each."""

    box: Box
    cells: tuple[Cell, ...]
    contents: tuple[tuple[TextRow, ...], ...]


@dataclass(frozen=True, slots=True)
class UnruledTables:
    """The tables of a page, the rows in none of them, and the columns of a table that continues at the page's end."""

    tables: tuple[UnruledTable, ...]
    rest: tuple[TextRow, ...]
    runs_on: ContinuedColumns | None


def find_unruled(
    rows: Sequence[TextRow], height: float, levels: Sequence[Box] = (), before: ContinuedColumns | None = None
) -> UnruledTables:
    """Find the tables without upright rules among the rows of a page.

    Args:
        rows: those outside ruled tables, from the top, in their upright frame.
        height: of that frame, in points.
        levels: the level rules of the page in that frame; where there are some, they separate rows.
        before: the columns of a table that continues from the page before.
    """
    levels = _joined(levels)
    tables: list[UnruledTable] = []
    rest: list[TextRow] = []
    runs_on: ContinuedColumns | None = None
    at = end = 0
    if before is not None:
        for start in range(min(TITLE_LINES + 1, len(rows))):
            if is_page_number(text_of(rows[start])) and not UnruledColumns(before.spans).is_numbered(rows[start]):
                continue
            grown = _go_on(rows, levels, before, start)
            if grown is not None:
                rest.extend(rows[:start])
                tables.append(grown.table)
                at = end = grown.end
                runs_on = grown.runs_on
                break
            if rows[start].baseline > TOP * height:
                break
    while at < len(rows):
        grown = _begin(rows, levels, at, end) if heads_numbers(rows[at]) else None
        if grown is None:
            rest.append(rows[at])
            at += 1
            continue
        del rest[len(rest) - (at - grown.first) :]
        tables.append(grown.table)
        at = end = grown.end
        runs_on = grown.runs_on
    if any(row.baseline < BOTTOM * height for row in rows[end:]):
        runs_on = None
    return UnruledTables(tuple(tables), tuple(rest), runs_on)


def _joined(levels: Sequence[Box]) -> list[Box]:
    """Level rules that touch end to end as one: often each cell draws its own."""
    out: list[Box] = []
    for box in sorted(levels, key=lambda box: (round(box.y0), box.x0)):
        last = out[-1] if out else None
        if last and abs(last.y0 - box.y0) <= TOUCHING and box.x0 - last.x1 <= TOUCHING:
            out[-1] = Box(last.x0, last.y0, max(last.x1, box.x1), last.y1)
        else:
            out.append(box)
    return out


@dataclass(frozen=True, slots=True)
class _Grown:
    """A table with the first of its rows, the one behind its last, and its columns."""

    table: UnruledTable
    first: int
    end: int
    runs_on: ContinuedColumns


def _begin(rows: Sequence[TextRow], levels: Sequence[Box], at: int, highest: int) -> _Grown | None:
    """The table whose row `at` heads the numbers."""
    header = read_header(rows, at, levels, highest)
    if header is None:
        return None
    table = _TableBody(rows, levels, header.columns)
    end = table.read(header.end)
    numbered = [line for line in table.lines if line.numbered and not line.over]
    if not numbered or (len(numbered) < 2 and (end < len(rows) or numbered[0].columns < LEAST_COLUMNS)):
        return None  # one row is a table only at the end of a page
    return table.made(header, header.first, end)


def _go_on(rows: Sequence[TextRow], levels: Sequence[Box], before: ContinuedColumns, at: int) -> _Grown | None:
    """The table that goes on at row `at` with the columns of the page before."""
    table = _TableBody(rows, levels, UnruledColumns(before.spans), before.centred)
    end = table.read(at)
    if not table.lines:
        return None
    pieces = table.lines[0].pieces
    aligned = sum(any(abs(piece.row.x0 - left) <= ALIGNED for left, _ in before.spans) for piece in pieces)
    if not any(line.numbered and line.columns > 1 for line in table.lines) and aligned < 2:
        return None
    return table.made(None, at, end)


def _is_marked(row: TextRow) -> bool:
    """Whether a row looks like a heading: bold, in capitals, or behind a mark."""
    return text_of(row).isupper() or is_bold(row) or bool(patterns()[1].fullmatch(row.tokens[0].text))


class _TableBody:
    """The body of a table while it is read."""

    def __init__(
        self, rows: Sequence[TextRow], levels: Sequence[Box], columns: UnruledColumns, centred: bool = False
    ) -> None:
        self._rows = rows
        self._levels = levels
        self._columns = columns
        self._centred = centred
        self._waiting: list[tuple[int, int]] = []  # line and piece whose column is not known yet
        self._torn = False  # whether it ends at a row of columns that do not fit
        self.lines: list[BodyRow] = []

    def read(self, at: int) -> int:
        """Take the rows from `at` on that belong to the table; the row behind the last."""
        rows = self._rows
        self._foresee(at)
        last = rows[at].baseline
        while at < len(rows):
            row = rows[at]
            numbered = self._columns.is_numbered(row)
            far = numbered and len(row.tokens) > 1  # a number alone may be the page's
            if row.baseline - last > (FAR_END if far else END) * row.size or self._is_outside(at, numbered):
                break
            line = None if self._is_heading(row, numbered) else self._lay(row, numbered)
            if line is None:
                self._torn = len(pieces_of(row)) >= LEAST_COLUMNS
                if len(pieces_of(row)) > 1 + numbered or not (numbered or _is_marked(row)) or not self._is_title(at):
                    break
                line = self._title(row, numbered)
            self.lines.append(line)
            last = row.baseline
            at += 1
        return at

    def _foresee(self, at: int) -> None:
        """Learn how far the columns reach from rows with text in all of them."""
        last = self._rows[at].baseline
        for row in self._rows[at : at + FORESEEN]:
            pieces = pieces_of(row)
            if row.baseline - last > FAR_END * row.size or heads_numbers(row):
                return
            last = row.baseline
            if len(pieces) == len(self._columns.spans) and all(
                self._columns.touched(piece) in ([], [column]) for column, piece in enumerate(pieces)
            ):
                for column, piece in enumerate(pieces):
                    self._columns.widen(column, piece)

    def _is_outside(self, at: int, numbered: bool) -> bool:
        """Whether a row is one of a two-column block, or the page's number."""
        text = text_of(self._rows[at])
        ends = at + 1 == len(self._rows)
        return any(begins_with_cue(text_of(one)) for one in pieces_of(self._rows[at])) or (
            ends and is_page_number(text) and not numbered
        )

    def _is_heading(self, row: TextRow, numbered: bool) -> bool:
        """Whether a row stands alone in the middle of the table, bold, in capitals or with a mark: over its columns."""
        return not numbered and _is_marked(row) and self._columns.is_central(row)

    def _lay(self, row: TextRow, numbered: bool) -> BodyRow | None:
        """A row as a line of the table; None where it does not keep to the columns."""
        pieces: list[TextRow] = []
        found = pieces_of(row)
        if numbered and len(found[0].tokens) > 1 and self._columns.touched(found[0]) == [1]:
            return None  # a number beside its column, and a text that begins in neither
        sure = len(found) > 2
        for piece in found:
            parts = self._columns.parted(piece, sure)
            if parts is None:
                return None
            pieces.extend(parts)
        standing = []
        for number, piece in enumerate(pieces):
            touched = self._columns.touched(piece)
            if numbered and not number and len(piece.tokens) == 1:
                touched = [0]
            if touched and not (numbered and len(pieces) == 2 and touched == [1]):
                self._columns.widen(touched[0], piece)
            else:  # perhaps a title, which says nothing of its column
                self._waiting.append((len(self.lines), number))
            at = touched[0] if touched else -1
            standing.append(ColumnText(at, at, piece))
        return BodyRow(row.baseline, tuple(standing), numbered, False)

    def _is_title(self, at: int) -> bool:
        """Whether the row, with others that stand over the columns too, is above a numbered row that keeps to them.

        At the end of a page it is enough that its number and its text stand below those of the table.
        """
        own = self._rows[at].tokens
        if at + 1 == len(self._rows) and self._columns.is_numbered(self._rows[at]) and len(own) > 1:
            return own[1].x0 >= self._columns.spans[1][0] - ALIGNED
        for below in range(at + 1, min(at + 1 + FORESEEN, len(self._rows))):
            row = self._rows[below]
            keeps = self._keeps(row)
            if row.baseline - self._rows[below - 1].baseline > END * row.size:
                return False
            if self._columns.is_numbered(row) and len(pieces_of(row)) > 1 and keeps:
                return True
            if not keeps and not (_is_marked(row) and below - at < TITLE_LINES):
                return False
        return False

    def _keeps(self, row: TextRow) -> bool:
        return all(self._columns.parted(piece) is not None for piece in pieces_of(row))

    def _title(self, row: TextRow, numbered: bool) -> BodyRow:
        wide = len(self._columns.spans) - 1
        if numbered and len(row.tokens) > 1:
            number, title = part(row.tokens[:1], row), part(row.tokens[1:], row)
            return BodyRow(row.baseline, (ColumnText(0, 0, number), ColumnText(1, wide, title)), True, True)
        return BodyRow(row.baseline, (ColumnText(0, wide, row),), False, True)

    def made(self, header: HeaderRows | None, first: int, end: int) -> _Grown | None:
        """The table of what was read below the header, or at the top of a page; None where its rows cannot be told."""
        rows = self._rows
        width = self._columns.spans[0][0], self._columns.spans[-1][1]
        levels = sorted(
            box.y0
            for box in self._levels
            if rows[first].top - rows[first].size < box.y0
            and min(box.x1, width[1]) - max(box.x0, width[0]) >= MOST * (width[1] - width[0])
        )
        if len(levels) >= 3 and levels[-1] > self.lines[0].baseline:  # a rule closes the table
            closed = [line for line in self.lines if line.baseline <= levels[-1]]
            end -= len(self.lines) - len(closed)
            self.lines = closed
        self._settle()
        if self._torn or not self._columns.are_apart(0.0):
            return None
        groups = records(self.lines, levels, header is None, self._centred)
        if groups is None:
            return None
        above = header.cells if header else []
        high = max((cell.row + cell.rows for cell, _ in above), default=0)
        filled = [*above, *cells_of(groups, high, len(self._columns.spans))]
        box = Box(
            round(min(row.x0 for row in rows[first:end]), 2),
            round(rows[first].top, 2),
            round(max(row.x1 for row in rows[first:end]), 2),
            round(rows[end - 1].bottom, 2),
        )
        table = UnruledTable(box, tuple(cell for cell, _ in filled), tuple(content for _, content in filled))
        return _Grown(table, first, end, ContinuedColumns(tuple(self._columns.spans), is_centred(groups)))

    def _settle(self) -> None:
        """Give the pieces that stood in no column yet the one that reaches them now, else the next."""
        for number, place in self._waiting:
            if number >= len(self.lines):
                continue
            line = self.lines[number]
            piece = line.pieces[place].row
            touched = self._columns.touched(piece)
            if len(touched) > 1 and line.numbered and place == len(line.pieces) - 1:
                title = ColumnText(1, len(self._columns.spans) - 1, piece)
                self.lines[number] = BodyRow(line.baseline, (*line.pieces[:place], title), True, True)
                continue
            at = touched[0] if touched else self._columns.nearest(piece)
            self._columns.widen(at, piece)
            pieces = list(line.pieces)
            pieces[place] = ColumnText(at, at, piece)
            self.lines[number] = BodyRow(line.baseline, tuple(pieces), line.numbered, line.over)
