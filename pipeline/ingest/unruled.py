"""Tables without upright rules, found by where their text stands.

Only a header says that there is one: a row whose first cell is that of the row numbers ("TT", "STT"), beside two more
columns at least. Its words say where the columns are; the rows below belong to it as long as they keep to the columns,
or stand over them above a numbered row (a section's title). All is measured in the frame in which the text is upright.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import median
from tomllib import loads

from pipeline.document import Box, Cell
from pipeline.ingest.furniture import BOTTOM, TOP, is_page_number
from pipeline.ingest.layout import ALIGNED, Span, is_cue, part
from pipeline.ingest.unruled_rows import PITCH, Filled, Laid, Standing, cells_of, records
from pipeline.ingest.words import Row

APART = 0.8  # em: a wider gap parts two cells
NARROW, OUTSTANDING = 0.45, 1.4  # em and times the usual space: the same between columns that other rows show
CLOSE = 0.15  # em: the same in a row that shows several columns already
HEADER_PITCH, HEADER_STEP, HEADER_ROWS = 2.2, 1.45, 10  # em from baseline to baseline below and above, rows of a header
END, FAR_END = 3.0, 5.0  # em: a wider gap ends a table; the same above a numbered row
CENTRED = 1.0  # em by which the middle of a header over several columns may miss theirs
MOST = 0.6  # of a table's width: a level rule that parts rows is as wide
LEAST_COLUMNS = 3
TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table: its box, its cells row by row and what stands in each."""

    box: Box
    cells: tuple[Cell, ...]
    contents: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of a page, the rows in none of them, and the columns of a table that runs to the page's end."""

    tables: tuple[Unruled, ...]
    rest: tuple[Row, ...]
    runs_on: tuple[Span, ...] | None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What heads a column of row numbers, and what stands in it."""
    data = loads(files("pipeline.ingest").joinpath("layout.toml").read_text(encoding="utf-8"))["unruled"]
    return re.compile(data["number_header"]), re.compile(data["number"])


def find_unruled(
    rows: Sequence[Row], height: float, levels: Sequence[Box] = (), before: Sequence[Span] | None = None
) -> Found:
    """The tables without upright rules among the rows of a page.

    Args:
        rows: those outside ruled tables, from the top, in their upright frame.
        height: of that frame.
        levels: the level rules of the page in that frame; where they are there, they part rows.
        before: the columns of a table that the page before ended in.
    """
    tables: list[Unruled] = []
    rest: list[Row] = []
    runs_on: tuple[Span, ...] | None = None
    at = end = 0
    if before is not None:
        for start in range(min(TITLE_LINES + 1, len(rows))):
            grown = _Table(rows, levels).go_on(before, start)
            if grown is not None:
                rest.extend(rows[:start])
                tables.append(grown.table)
                at = end = grown.end
                runs_on = grown.spans
                break
            if rows[start].baseline > TOP * height and not is_page_number(_text(rows[start])):
                break
    while at < len(rows):
        grown = _Table(rows, levels).begin(at) if _heads_numbers(rows[at]) else None
        if grown is None:
            rest.append(rows[at])
            at += 1
            continue
        del rest[len(rest) - min(at - grown.first, len(rest)) :]
        tables.append(grown.table)
        at = end = grown.end
        runs_on = grown.spans
    if any(row.baseline < BOTTOM * height for row in rows[end:]):
        runs_on = None
    return Found(tuple(tables), tuple(rest), runs_on)


def _heads_numbers(row: Row) -> bool:
    """Whether the first piece of a row heads a column of row numbers."""
    if len(row.tokens[0].text) > 5:
        return False
    return bool(_patterns()[0].fullmatch(_text(_pieces(row)[0]).casefold()))


@dataclass(frozen=True, slots=True)
class _Grown:
    """A table with the first of its rows, the one behind its last, and its columns."""

    table: Unruled
    first: int
    end: int
    spans: tuple[Span, ...]


class _Table:
    """A table while it grows; `spans` says how far the text of each column reaches."""

    def __init__(self, rows: Sequence[Row], levels: Sequence[Box]) -> None:
        self._rows = rows
        self._levels = levels
        self._spans: list[Span] = []
        self._lines: list[Laid] = []
        self._waiting: list[tuple[int, int]] = []  # line and piece whose column is not known yet

    def begin(self, at: int) -> _Grown | None:
        """The table whose row `at` heads the numbers."""
        bounds = self._header_bounds(at)
        if bounds is None:
            return None
        first, body = bounds
        header = self._read_header(self._rows[first:body])
        if header is None:
            return None
        end = self._read_body(body)
        numbered = [line for line in self._lines if line.numbered and not line.over]
        if not numbered or (len(numbered) < 2 and numbered[0].columns < LEAST_COLUMNS):
            return None
        return self._made(header, first, end)

    def go_on(self, before: Sequence[Span], at: int) -> _Grown | None:
        """The table that goes on at row `at` with the columns of the page before."""
        self._spans = list(before)
        end = self._read_body(at)
        if not self._lines:
            return None
        lefts = {round(x0) for x0, _ in before}
        aligned = sum(any(abs(piece.row.x0 - left) <= ALIGNED for left in lefts) for piece in self._lines[0].pieces)
        if not any(line.numbered and line.columns > 1 for line in self._lines) and aligned < 2:
            return None
        return self._made([], at, end, cut=True)

    def _header_bounds(self, at: int) -> tuple[int, int] | None:
        """The first row of the header around row `at`, and the first numbered row below it."""
        rows, cue = self._rows, _pieces(self._rows[at])[0]
        self._spans = [(cue.x0, cue.x1)]
        body = at + 1
        bold = _is_bold(cue)
        while body < len(rows) and not self._is_numbered(rows[body]) and (not bold or _is_bold(rows[body])):
            step = rows[body].baseline - rows[body - 1].baseline
            if body - at > HEADER_ROWS or step > HEADER_PITCH * rows[body].size:
                return None
            body += 1
        if body == len(rows):
            return None
        body = self._header_end(at, body)
        self._spans.append((rows[at].tokens[-1].x0, rows[at].x1))
        first = at
        reach = rows[body - 1].baseline - rows[at].baseline + 0.5 * rows[at].size
        while (
            first
            and rows[at].baseline - rows[first - 1].baseline <= reach
            and rows[first].baseline - rows[first - 1].baseline <= HEADER_STEP * rows[first].size
            and not self._is_central(rows[first - 1])
        ):
            first -= 1
        return first, body

    def _header_end(self, at: int, body: int) -> int:
        """The row behind a header that ends before row `body` or above it.

        It ends at a rule, or at the widest step where a number stands between the lines of its row: some are above it.
        """
        rows = self._rows
        steps = [(rows[n].baseline - rows[n - 1].baseline, n) for n in range(at + 1, body + 1)]
        wide = max(row.x1 for row in rows[at:body]) - min(row.x0 for row in rows[at:body])
        for _, n in steps:
            low, high = rows[n - 1].baseline, rows[n].top + 0.3 * rows[n].size
            if any(low < box.y0 <= high and box.x1 - box.x0 >= MOST * wide for box in self._levels):
                return n
        return max(steps)[1] if steps[-1][0] < PITCH * rows[body].size else body

    def _is_numbered(self, row: Row) -> bool:
        """Whether a row begins with a number below the numbers' header."""
        token = row.tokens[0]
        low, high = self._spans[0]
        inside = low - row.size <= (token.x0 + token.x1) / 2 <= high + row.size
        return inside and bool(_patterns()[1].fullmatch(token.text))

    def _read_header(self, rows: Sequence[Row]) -> list[Filled] | None:
        """The cells of the header; the columns are known after it. Read from below: what spans them stands above."""
        pieces = [piece for row in rows for piece in _pieces(row)]
        self._spans = []
        over: list[tuple[Row, list[Span]]] = []
        for piece in reversed(pieces):
            spanned = self._spanned(piece, pieces)
            if spanned:
                over.append((piece, spanned))
                continue
            touched = self._touched(piece)
            if len(touched) > 1:
                return None
            if touched:
                self._widen(touched[0], piece)
            else:
                self._spans.append((piece.x0, piece.x1))
                self._spans.sort()
        if len(self._spans) < LEAST_COLUMNS or not self._are_apart(NARROW * rows[0].size):
            return None
        if not any(_heads_numbers(piece) and self._touched(piece) == [0] for piece in pieces):
            return None
        return self._header_cells(pieces, over)

    def _spanned(self, piece: Row, pieces: Sequence[Row]) -> list[Span]:
        """The columns that a piece of the header stands over: in their middle, and above nothing of their own."""
        touched = self._touched(piece)
        bare = [
            not any(
                other is not piece and other.baseline <= piece.baseline + 0.1 and other.x0 < x1 and x0 < other.x1
                for other in pieces
            )
            for x0, x1 in self._spans
        ]
        middle = (piece.x0 + piece.x1) / 2
        for size in range(2, len(self._spans)):
            for low in range(len(self._spans) - size + 1):
                high = low + size - 1
                if not all(bare[low : high + 1]) or any(not low <= at <= high for at in touched):
                    continue
                if abs((self._spans[low][0] + self._spans[high][1]) / 2 - middle) <= CENTRED * piece.size:
                    return self._spans[low : high + 1]
        return []

    def _header_cells(self, pieces: Sequence[Row], over: Sequence[tuple[Row, list[Span]]]) -> list[Filled]:
        """One row of cells; two where a cell stands over several."""
        groups: dict[tuple[int, int], list[Row]] = {}
        for piece, spanned in over:
            below = [at for at, span in enumerate(self._spans) if any(_meet(span, other) for other in spanned)]
            groups.setdefault((below[0], below[-1]), []).insert(0, piece)
        spanning = {id(piece) for piece, _ in over}
        own: list[list[Row]] = [[] for _ in self._spans]
        for piece in pieces:
            if id(piece) not in spanning:
                own[self._touched(piece)[0]].append(piece)
        covered = {at for low, high in groups for at in range(low, high + 1)}
        out: list[Filled] = []
        for at, held in enumerate(own):
            for (low, high), above in groups.items():
                if low == at:
                    out.append((Cell(0, low, 1, high - low + 1), tuple(above)))
            if at not in covered:
                out.append((Cell(0, at, 2 if groups else 1), tuple(held)))
        out.extend((Cell(1, at), tuple(own[at])) for at in sorted(covered))
        return out

    def _read_body(self, at: int) -> int:
        """Take the rows from `at` on that belong to the table; the row behind the last."""
        rows = self._rows
        last = rows[at].baseline
        while at < len(rows):
            row = rows[at]
            numbered = self._is_numbered(row)
            if row.baseline - last > (FAR_END if numbered else END) * row.size or self._is_outside(at):
                break
            line = None if self._is_heading(row, numbered) else self._lay(row, numbered)
            if line is None:
                if len(_pieces(row)) > 1 + numbered or not self._is_title(at):
                    break
                line = self._title(row, numbered)
            self._lines.append(line)
            last = row.baseline
            at += 1
        return at

    def _is_outside(self, at: int) -> bool:
        """Whether a row is one of a two-column block, or the page's number."""
        text = _text(self._rows[at])
        ends = at + 1 == len(self._rows)
        return is_cue(unicodedata.normalize("NFC", text)) or (ends and is_page_number(text))

    def _is_heading(self, row: Row, numbered: bool) -> bool:
        """Whether a row stands alone in the middle of the table, bold, in capitals or with a mark: over its columns."""
        text = _text(row)
        marked = text.isupper() or _is_bold(row) or bool(_patterns()[1].fullmatch(row.tokens[0].text))
        return not numbered and marked and self._is_central(row)

    def _is_central(self, row: Row) -> bool:
        """Whether a row is one piece in the middle of the table."""
        middle = (self._spans[0][0] + self._spans[-1][1]) / 2
        return len(_pieces(row)) == 1 and abs((row.x0 + row.x1) / 2 - middle) <= CENTRED * row.size

    def _lay(self, row: Row, numbered: bool) -> Laid | None:
        """A row as a line of the table; None where it does not keep to the columns."""
        pieces: list[Row] = []
        found = _pieces(row)
        sure = len(found) > 2
        for piece in found:
            parts = self._parted(piece, sure)
            if parts is None:
                return None
            pieces.extend(parts)
        standing = []
        for number, piece in enumerate(pieces):
            touched = self._touched(piece)
            if numbered and not number and len(piece.tokens) == 1:
                touched = [0]
            if touched and not (numbered and len(pieces) == 2 and touched == [1]):
                self._widen(touched[0], piece)
            else:  # perhaps a title, which says nothing of its column
                self._waiting.append((len(self._lines), number))
            at = touched[0] if touched else -1
            standing.append(Standing(at, at, piece))
        return Laid(row.baseline, tuple(standing), numbered, False)

    def _parted(self, piece: Row, sure: bool = False) -> list[Row] | None:
        """A piece that reaches into several columns, cut between them; None where it runs through.

        `sure`: its row shows several columns already.
        """
        touched = self._touched(piece)
        out: list[Row] = []
        rest = piece
        for left, right in zip(touched, touched[1:], strict=False):
            gaps = [(b.x0 - a.x1, at) for at, (a, b) in enumerate(zip(rest.tokens, rest.tokens[1:], strict=False), 1)]
            usual = median([gap for gap, _ in gaps]) if len(gaps) > 1 else 0.0
            low, high = self._spans[left][1] - ALIGNED, self._spans[right][0] + ALIGNED
            fit = [
                (gap, at)
                for gap, at in gaps
                if gap >= (CLOSE * piece.size if sure else max(NARROW * piece.size, OUTSTANDING * usual))
                and rest.tokens[at].x0 >= low
                and rest.tokens[at - 1].x1 <= high
            ]
            if not fit:
                return None
            at = max(fit)[1]
            out.append(part(rest.tokens[:at], rest))
            rest = part(rest.tokens[at:], rest)
        out.append(rest)
        return out if all(len(self._touched(one)) <= 1 for one in out) else None

    def _is_title(self, at: int) -> bool:
        """Whether the row, with others that stand over the columns too, is above a numbered row that keeps to them.

        At the end of a page it is enough that its number and its text stand below those of the table.
        """
        own = self._rows[at].tokens
        if at + 1 == len(self._rows) and self._is_numbered(self._rows[at]) and len(own) > 1:
            return own[1].x0 >= self._spans[1][0] - ALIGNED
        for below in range(at + 1, min(at + 1 + TITLE_LINES, len(self._rows))):
            row = self._rows[below]
            if row.baseline - self._rows[below - 1].baseline > END * row.size:
                return False
            if self._is_numbered(row) and len(_pieces(row)) > 1 and self._keeps(row):
                return True
        return False

    def _keeps(self, row: Row) -> bool:
        return all(self._parted(piece) is not None for piece in _pieces(row))

    def _title(self, row: Row, numbered: bool) -> Laid:
        wide = len(self._spans) - 1
        if numbered and len(row.tokens) > 1:
            number, title = part(row.tokens[:1], row), part(row.tokens[1:], row)
            return Laid(row.baseline, (Standing(0, 0, number), Standing(1, wide, title)), True, True)
        return Laid(row.baseline, (Standing(0, wide, row),), False, True)

    def _made(self, header: Sequence[Filled], first: int, end: int, cut: bool = False) -> _Grown | None:
        rows = self._rows
        width = self._spans[0][0], self._spans[-1][1]
        levels = sorted(
            box.y0
            for box in self._levels
            if rows[first].top - rows[first].size < box.y0
            and min(box.x1, width[1]) - max(box.x0, width[0]) >= MOST * (width[1] - width[0])
        )
        if len(levels) >= 3 and levels[-1] > self._lines[0].baseline:  # a rule closes the table
            closed = [line for line in self._lines if line.baseline <= levels[-1]]
            end -= len(self._lines) - len(closed)
            self._lines = closed
        self._settle()
        if not self._are_apart(0.0):
            return None
        groups = records(self._lines, levels, cut)
        if groups is None:
            return None
        high = max((cell.row + cell.rows for cell, _ in header), default=0)
        filled = [*header, *cells_of(groups, high, len(self._spans))]
        box = Box(
            round(min(row.x0 for row in rows[first:end]), 2),
            round(rows[first].top, 2),
            round(max(row.x1 for row in rows[first:end]), 2),
            round(rows[end - 1].bottom, 2),
        )
        table = Unruled(box, tuple(cell for cell, _ in filled), tuple(content for _, content in filled))
        return _Grown(table, first, end, tuple(self._spans))

    def _settle(self) -> None:
        """Give the pieces that stood in no column yet the one that reaches them now, else the next."""
        for number, place in self._waiting:
            if number >= len(self._lines):
                continue
            line = self._lines[number]
            piece = line.pieces[place].row
            touched = self._touched(piece)
            if len(touched) > 1 and line.numbered and place == len(line.pieces) - 1:
                title = Standing(1, len(self._spans) - 1, piece)
                self._lines[number] = Laid(line.baseline, (*line.pieces[:place], title), True, True)
                continue
            at = touched[0] if touched else self._nearest(piece)
            self._widen(at, piece)
            pieces = list(line.pieces)
            pieces[place] = Standing(at, at, piece)
            self._lines[number] = Laid(line.baseline, tuple(pieces), line.numbered, line.over)

    def _touched(self, piece: Row) -> list[int]:
        return [at for at, span in enumerate(self._spans) if _meet(span, (piece.x0, piece.x1))]

    def _widen(self, at: int, piece: Row) -> None:
        x0, x1 = self._spans[at]
        self._spans[at] = min(x0, piece.x0), max(x1, piece.x1)

    def _nearest(self, piece: Row) -> int:
        """The column next to which a piece stands; not that of the numbers."""
        return min((max(x0 - piece.x1, piece.x0 - x1), at) for at, (x0, x1) in enumerate(self._spans) if at)[1]

    def _are_apart(self, least: float) -> bool:
        return all(b[0] - a[1] >= least for a, b in zip(self._spans, self._spans[1:], strict=False))


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _text(row: Row) -> str:
    return unicodedata.normalize("NFC", " ".join([token.text for token in row.tokens]))


def _is_bold(row: Row) -> bool:
    return sum(token.bold for token in row.tokens) > 0.5 * sum(token.letters for token in row.tokens)


def _pieces(row: Row) -> list[Row]:
    """The parts of a row between gaps wider than spaces."""
    out = []
    start, reach = 0, row.tokens[0].x1
    for at, token in enumerate(row.tokens):
        if token.x0 - reach >= APART * row.size:
            out.append(part(row.tokens[start:at], row))
            start = at
        reach = max(reach, token.x1)
    return [*out, part(row.tokens[start:], row)]
