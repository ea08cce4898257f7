"""The header of a table without upright rules: where it begins and ends, its columns and its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.document import Box, Cell
from pipeline.ingest.layout import Span
from pipeline.ingest.tables.columns import (
    CENTRED,
    NARROW,
    UnruledColumns,
    heads_numbers,
    is_bold,
    meet,
    patterns,
    pieces_of,
    text_of,
)
from pipeline.ingest.tables.unruled_rows import PITCH, Filled
from pipeline.ingest.words import TextRow

LOWER_STEP, UPPER_STEP, MOST_ROWS = 2.2, 1.45, 10  # em from baseline to baseline below and above the numbers' header
MOST = 0.6  # of a table's width: a level rule that parts rows is as wide
LEAST_COLUMNS = 3
RULED = 5.0  # em from the rule above a header down to the numbers' header


class HeaderRows(NamedTuple):
    """A header: the index of its first row, that of the row behind it, the columns below it, its cells."""

    first: int
    end: int
    columns: UnruledColumns
    cells: list[Filled]


def read_header(rows: Sequence[TextRow], at: int, levels: Sequence[Box], highest: int = 0) -> HeaderRows | None:
    """Read the header whose row begins with the header of the row numbers; None where it heads no table.

    Args:
        rows: of the page.
        at: the index of that row.
        levels: the level rules of the page.
        highest: the index of the first row it may reach up to.
    """
    bounds = _bounds(rows, at, levels, highest)
    if bounds is None:
        return None
    first, end = bounds
    pieces = [piece for row in rows[first:end] for piece in pieces_of(row)]
    columns = UnruledColumns()
    over: list[tuple[TextRow, list[Span]]] = []
    for piece in reversed(pieces):  # from below: what stands over several columns is above them
        spanned = _spanned(columns, piece, pieces)
        if spanned:
            over.append((piece, spanned))
            continue
        touched = columns.touched(piece)
        if len(touched) > 1:
            return None
        if touched:
            columns.widen(touched[0], piece)
        else:
            columns.add(piece)
    if len(columns.spans) < LEAST_COLUMNS or not columns.are_apart(NARROW * rows[at].size):
        return None
    if not any(heads_numbers(piece) and columns.touched(piece) == [0] for piece in pieces):
        return None
    cells = _cells(columns, pieces, over)
    return None if cells is None else HeaderRows(first, end, columns, cells)


def _bounds(rows: Sequence[TextRow], at: int, levels: Sequence[Box], highest: int) -> tuple[int, int] | None:
    """The first row of the header around row `at`, and the first numbered row below it."""
    cue = pieces_of(rows[at])[0]
    across = UnruledColumns([(cue.x0, cue.x1), (rows[at].tokens[-1].x0, rows[at].x1)])
    body = at + 1
    bold = is_bold(cue)
    while body < len(rows) and not across.is_numbered(rows[body]) and (not bold or is_bold(rows[body])):
        step = rows[body].baseline - rows[body - 1].baseline
        if body - at > MOST_ROWS or step > LOWER_STEP * rows[body].size:
            return None
        if _is_heading(across, rows[body]):
            break
        body += 1
    if body == len(rows):
        return None
    body = _end(rows, at, body, levels)
    first = _top(rows, at, levels, highest)
    reach = rows[body - 1].baseline - rows[at].baseline + 0.5 * rows[at].size
    while first > highest and rows[at].baseline - rows[first - 1].baseline <= reach:
        step = rows[first].baseline - rows[first - 1].baseline
        if step > UPPER_STEP * rows[first].size:
            break
        if step >= PITCH * rows[first].size and across.is_central(rows[first - 1]):
            break  # a title
        first -= 1
    return first, body


def _top(rows: Sequence[TextRow], at: int, levels: Sequence[Box], highest: int) -> int:
    """The first row below the rule that a header begins with; `at` where there is none right above."""
    cue = rows[at]
    width = MOST * (cue.x1 - cue.x0)
    above = [box.y0 for box in levels if box.y0 < cue.top + 0.3 * cue.size and box.x1 - box.x0 >= width]
    rule = max(above, default=None)
    first = at
    if rule is not None and cue.baseline - rule <= RULED * cue.size:
        while first > highest and rows[first - 1].top + 0.3 * rows[first - 1].size > rule:
            first -= 1
    return first


def _is_heading(across: UnruledColumns, row: TextRow) -> bool:
    """Whether a row is the title of a section right below the header: with a mark, in the middle."""
    return bool(patterns()[1].fullmatch(row.tokens[0].text)) and across.is_central(row)


def _end(rows: Sequence[TextRow], at: int, body: int, levels: Sequence[Box]) -> int:
    """The row behind a header that ends before row `body` or above it.

    It ends at a rule, or at the widest step where a number stands between the lines of its row: some are above it.
    """
    steps = [(rows[n].baseline - rows[n - 1].baseline, n) for n in range(at + 1, body + 1)]
    wide = max(row.x1 for row in rows[at:body]) - min(row.x0 for row in rows[at:body])
    for _, n in steps:
        low, high = rows[n - 1].baseline, rows[n].top + 0.3 * rows[n].size
        if any(low < box.y0 <= high and box.x1 - box.x0 >= MOST * wide for box in levels):
            return n
    return max(steps)[1] if steps[-1][0] < PITCH * rows[body].size else body


def _spanned(columns: UnruledColumns, piece: TextRow, pieces: Sequence[TextRow]) -> list[Span]:
    """The columns that a piece of the header stands over: in their middle, a line above all that is their own."""
    touched = columns.touched(piece)
    below = [other for other in pieces if other.baseline > piece.baseline + 0.1 and columns.touched(other) == touched]
    if len(touched) == 1 and below and text_of(min(below, key=lambda other: other.baseline))[:1].islower():
        return []  # the words below go on with it
    bare = [
        not any(
            other is not piece
            and other.baseline < piece.baseline + PITCH * piece.size
            and other.x0 < x1
            and x0 < other.x1
            for other in pieces
        )
        for x0, x1 in columns.spans
    ]
    middle = (piece.x0 + piece.x1) / 2
    for size in range(2, len(columns.spans)):
        for low in range(len(columns.spans) - size + 1):
            high = low + size - 1
            if not all(bare[low : high + 1]) or any(not low <= at <= high for at in touched):
                continue
            if abs((columns.spans[low][0] + columns.spans[high][1]) / 2 - middle) <= CENTRED * piece.size:
                return columns.spans[low : high + 1]
    return []


def _cells(
    columns: UnruledColumns, pieces: Sequence[TextRow], over: Sequence[tuple[TextRow, list[Span]]]
) -> list[Filled] | None:
    """One row of cells; two where a cell stands over several."""
    groups: dict[tuple[int, int], list[TextRow]] = {}
    for piece, spanned in over:
        below = [at for at, span in enumerate(columns.spans) if any(meet(span, other) for other in spanned)]
        groups.setdefault((below[0], below[-1]), []).insert(0, piece)
    spanning = {id(piece) for piece, _ in over}
    own: list[list[TextRow]] = [[] for _ in columns.spans]
    for piece in pieces:
        if id(piece) not in spanning:
            own[columns.touched(piece)[0]].append(piece)
    covered = {at for low, high in groups for at in range(low, high + 1)}
    if len(covered) < sum(high - low + 1 for low, high in groups):
        return None  # they overlap
    out: list[Filled] = []
    for at, held in enumerate(own):
        for (low, high), above in groups.items():
            if low == at:
                out.append((Cell(0, low, 1, high - low + 1), tuple(above)))
        if at not in covered:
            out.append((Cell(0, at, 2 if groups else 1), tuple(held)))
    out.extend((Cell(1, at), tuple(own[at])) for at in sorted(covered))
    return out
