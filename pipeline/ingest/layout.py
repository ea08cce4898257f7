"""The reading order of a page: rows, and blocks that are read as two columns.

A head (agency left, quốc hiệu right) and a foot (Nơi nhận left, signer right) are set as two columns: Decree
30/2020/NĐ-CP, Annex I. A block of rows is two columns when an upright strip stays free through all of them, text stands
on both sides of it at least twice, and somewhere the gap is too wide for a justified line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from statistics import median

from pipeline.document import Side
from pipeline.ingest.furniture import is_page_number
from pipeline.ingest.words import PageToken, TextRow
from pipeline.knowledge.documents import parts
from pipeline.language.accents import remove_accents
from pipeline.language.normal import nfc

LAYOUT_ROWS = 6  # a table without rules and with no more rows than this is there for the layout
WIDE = 1.5  # em: no space in a line of running text is wider, unless all its spaces are wide
OUTSTANDING = 2.2  # times the next widest gap of the row
STRIP = 0.6  # em: the free strip between columns is nowhere narrower
LEFT_PITCH = 3.6  # em from baseline to baseline within a column, drawn rules between them included
RIGHT_PITCH = 12.0  # the same on the right, where a signature stands between the office and the name
_SIGN = re.compile(r"[-–+•*]|\(?(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)/]{0,2}")  # of an item
ALIGNED = 4.0  # points
CLEAR = 0.04  # of the body's width: a row nearer to its left edge begins there


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row in reading order, or the part of one that stands in a column."""

    row: TextRow
    column: Side | None = None
    centred: bool = False


Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TwoColumns:
    """A two-column block that continues at a page's end: its rows, its free strip, the middle of that page's body."""

    left: tuple[TextRow, ...]
    right: tuple[TextRow, ...]
    strip: Span
    middle: float


@dataclass(frozen=True, slots=True)
class ContinuedColumns:
    """A table without upright rules that continues at a page's end: its columns; `centred`: numbers stand mid-row."""

    spans: tuple[Span, ...]
    centred: bool


@dataclass(frozen=True, slots=True)
class CarryOver:
    """The parts of a page that continue on the next one: a two-column block, a table without upright rules."""

    block: TwoColumns | None = None
    table: ContinuedColumns | None = None


@dataclass(slots=True)
class _Block:
    """Two columns while they are being gathered; `before` is what the page before held of them."""

    strip: tuple[float, float]
    before: TwoColumns | None = None
    left: list[TextRow] = field(default_factory=list)
    right: list[TextRow] = field(default_factory=list)
    rows: int = 0
    two_sided: int = 0

    def column(self, on_left: bool) -> list[TextRow]:
        """The rows of a column so far, on both pages."""
        own = self.left if on_left else self.right
        if self.before is None:
            return own
        return [*(self.before.left if on_left else self.before.right), *own]


def part(tokens: Sequence[PageToken], row: TextRow) -> TextRow:
    """Make a row of some tokens of a row."""
    return TextRow(tuple(tokens), row.baseline, row.size)


def read_order(
    rows: Sequence[TextRow], page: Sequence[TextRow], carry: TwoColumns | None = None
) -> tuple[list[PlacedRow], TwoColumns | None]:
    """Put the rows of a band of a page in reading order: from top to bottom, two-column blocks left column first.

    Args:
        rows: of the band.
        page: all rows of the page outside tables: they say where its margins are.
        carry: a block that continues from the page before.

    Returns:
        The rows, and a block that continues on the next page.
    """
    if not rows:
        return [], carry
    out: list[PlacedRow] = []
    left, right = _measure(page)
    middle = (left + right) / 2
    last: TwoColumns | None = None
    first = next((at for at, row in enumerate(rows) if not is_page_number(_text(row))), 0)
    end = next((at for at in range(len(rows), 0, -1) if not is_page_number(_text(rows[at - 1]))), len(rows))
    at = 0
    while at < len(rows):
        block = None
        if carry is not None and at == first:
            block = _gather(_Block(carry.strip, carry), rows[at:], carry.middle)
        if block is None or not block.rows:
            block = _block(rows, at, middle)
        if block is None:
            out.append(PlacedRow(rows[at]))
            at += 1
            continue
        at += block.rows
        last = None
        if at >= end:
            own = carry.middle if carry is not None and block.before else middle
            last = TwoColumns(tuple(block.column(True)), tuple(block.column(False)), block.strip, own)
        _take_above(out, block)
        _part_middle(block)
        out.extend(PlacedRow(row, Side.LEFT) for row in block.left)
        out.extend(PlacedRow(row, Side.RIGHT) for row in block.right)
    return _centred(out, left, right), last


def _gaps(row: TextRow) -> list[tuple[float, float]]:
    """The free stretches between the tokens of a row, in points."""
    out = []
    reach = row.tokens[0].x1
    for token in row.tokens[1:]:
        if token.x0 > reach:
            out.append((reach, token.x0))
        reach = max(reach, token.x1)
    return out


def _wide_gap(row: TextRow) -> tuple[float, float] | None:
    """The one gap of a row that is too wide to be a space between words."""
    gaps = sorted(_gaps(row), key=lambda gap: gap[0] - gap[1])
    if not gaps or gaps[0][1] - gaps[0][0] < WIDE * row.size:
        return None
    if len(gaps) > 1 and gaps[0][1] - gaps[0][0] < OUTSTANDING * (gaps[1][1] - gaps[1][0]):
        return None
    return gaps[0]


def _before_cue(row: TextRow) -> Span | None:
    """The gap before the quốc hiệu, where a long name of an agency leaves but a narrow one."""
    if not _text(row).isupper():
        return None
    for gap in _gaps(row):
        behind = part([token for token in row.tokens if token.x0 >= gap[1] - 0.01], row)
        if gap[1] - gap[0] >= STRIP * row.size and _cues().match(nfc(_text(behind)).casefold()):
            return gap
    return None


def _split(
    row: TextRow, strip: tuple[float, float]
) -> tuple[list[PageToken], list[PageToken], tuple[float, float]] | None:
    """The tokens left and right of a strip, and what of it stays free; None when a token stands in its way."""
    low, high = strip
    inner = [(max(low, gap[0]), min(high, gap[1])) for gap in _gaps(row)]
    wide = next((gap for gap in inner if gap[1] - gap[0] >= WIDE * row.size), None)
    widest = wide or max([*inner, (max(low, row.x1), high), (low, min(high, row.x0))], key=lambda gap: gap[1] - gap[0])
    if widest[1] - widest[0] < STRIP * row.size:
        return None
    left = [token for token in row.tokens if token.x1 <= widest[0] + 0.01]
    right = [token for token in row.tokens if token.x0 >= widest[1] - 0.01]
    return left, right, widest


def _begin(rows: Sequence[TextRow], at: int) -> tuple[float, float] | None:
    """The strip that shows two columns to begin at this row."""
    row = rows[at]
    gap = _wide_gap(row) or _before_cue(row)
    if gap is not None:
        return gap
    if at + 1 < len(rows):  # two rows side by side that do not share a baseline
        other = rows[at + 1]
        em = min(row.size, other.size)
        if other.baseline - row.baseline < 0.75 * em:
            left, right = (row, other) if row.x0 < other.x0 else (other, row)
            if right.x0 - left.x1 >= WIDE * em:
                return left.x1, right.x0
    return None


def _block(rows: Sequence[TextRow], at: int, middle: float) -> _Block | None:
    """The two-column block that begins at row `at`, if one does."""
    strip = _begin(rows, at)
    if strip is None:
        return None
    block = _gather(_Block(strip), rows[at:], middle)
    if not block.left or not block.right:
        return None
    if _has_cue(block):
        return block
    return None if len(block.left) < 2 or len(block.right) < 2 or _is_list(block) else block


def _gather(block: _Block, rows: Sequence[TextRow], middle: float) -> _Block:
    for row in rows:
        if block.left and block.right and not _has_cue(block) and begins_with_cue(nfc(_text(row))):
            break  # a body in two columns ends where the foot begins
        if not _extend(block, row, middle):
            break
    return block


@cache
def _cues() -> re.Pattern[str]:
    cues = parts().two_columns
    return re.compile("|".join(f"(?:{cue})" for cue in (*cues, *map(remove_accents, cues))))


def is_cue(text: str) -> bool:
    """Tell whether a text is one that stands in a two-column block only: the quốc hiệu, Nơi nhận."""
    return bool(_cues().search(text.casefold()))


def begins_with_cue(text: str) -> bool:
    """Tell whether a line begins with what `is_cue` finds anywhere."""
    return bool(_cues().match(nfc(text).casefold()))


def _has_cue(block: _Block) -> bool:
    first = (block.left[0], block.right[0])
    return any(is_cue(nfc(_text(row))) for row in first)


def _text(row: TextRow) -> str:
    return " ".join([token.text for token in row.tokens])


def _extend(block: _Block, row: TextRow, middle: float) -> bool:
    """Take one more row into the block if it fits."""
    split = _split(row, block.strip)
    if split is None:
        return False
    left, right, free = split
    em = row.size
    if left and right:
        gap = next(gap for gap in _gaps(row) if gap[0] <= free[0] + 0.01 and gap[1] >= free[1] - 0.01)
        others = [b - a for a, b in _gaps(row) if (a, b) != gap]
        if others and gap[1] - gap[0] < 1.8 * max(others) and gap[1] - gap[0] < 3 * WIDE * em:
            return False
    elif (block.rows or block.before) and _is_title(block, row, middle, bool(left)):
        return False
    if left and block.left and row.baseline - block.left[-1].baseline > LEFT_PITCH * em:
        return False
    if right and not left and block.right and row.baseline - block.right[-1].baseline > RIGHT_PITCH * em:
        return False
    if left and not right and block.column(False) and not _fits_column(block, row, True):
        return False
    if not block.rows and block.before and not _continues(block, row, bool(left)):
        return False
    if left:
        block.left.append(part(left, row))
    if right:
        block.right.append(part(right, row))
    block.strip = free
    block.rows += 1
    block.two_sided += bool(left and right)
    return True


def _is_title(block: _Block, row: TextRow, middle: float, on_left: bool) -> bool:
    """Whether a row is centred on the page rather than in its column: the title below a head."""
    return abs((row.x0 + row.x1) / 2 - middle) < 2 * ALIGNED and not _same_centre(block, row, on_left)


def _same_centre(block: _Block, row: TextRow, on_left: bool) -> bool:
    """Whether a row has the centre of a row of its column."""
    return any(abs(row.x0 + row.x1 - other.x0 - other.x1) <= 2 * ALIGNED for other in block.column(on_left))


def _same_edge(block: _Block, row: TextRow, on_left: bool) -> bool:
    return any(abs(row.x0 - other.x0) <= ALIGNED for other in block.column(on_left))


def _fits_column(block: _Block, row: TextRow, on_left: bool) -> bool:
    """Whether a row stands where the rows of its column do: aligned with one of them, or within their width."""
    column = block.column(on_left)
    if not column or _same_centre(block, row, on_left) or _same_edge(block, row, on_left):
        return True
    low, high = min(other.x0 for other in column), max(other.x1 for other in column)
    return low - ALIGNED <= row.x0 and row.x1 <= high + ALIGNED


def _continues(block: _Block, row: TextRow, on_left: bool) -> bool:
    """Whether the first row of a page goes on with a column of the page before."""
    return _same_edge(block, row, True) if on_left else _same_centre(block, row, False)


def _is_list(block: _Block) -> bool:
    """Whether the block is a list of labels and values rather than two columns: every row has both, all flush left.

    Signs of items are no column wherever they begin: "III." and "1." stand before a title and its first item.
    """
    if all(_SIGN.fullmatch(_text(row)) for row in block.left):
        return True
    if block.two_sided < block.rows or block.two_sided >= 12 or (_runs_on(block.left) and _runs_on(block.right)):
        return False
    return all(
        max(row.x0 for row in column) - min(row.x0 for row in column) <= ALIGNED for column in (block.left, block.right)
    )


def _runs_on(column: Sequence[TextRow]) -> bool:
    """Whether a column is of running text: a third of its rows begin within a sentence."""
    return 3 * sum(row.tokens[0].text[0].islower() for row in column) >= len(column)


def _take_above(out: list[PlacedRow], block: _Block) -> None:
    """The first line of a right column often stands a little above the left one: take it in."""
    while out and out[-1].column is None and block.left and block.right:
        row = out[-1].row
        first = min(block.left[0].baseline, block.right[0].baseline)
        if row.x0 < block.strip[1] - 0.01 or first - row.baseline > 2.2 * row.size:
            return
        if not _fits_column(block, row, on_left=False):
            return
        out.pop()
        block.right.insert(0, row)


def _part_middle(block: _Block) -> None:
    """Give the left column what stands between the columns: notes beside its lines, such as "(để báo cáo)"."""
    if len(block.right) < 2:
        return
    groups: list[list[TextRow]] = []
    reach = 0.0
    for row in sorted(block.right, key=lambda row: row.x0):
        if groups and row.x0 < reach + WIDE * row.size:
            groups[-1].append(row)
        else:
            groups.append([row])
        reach = max(reach, row.x1) if len(groups[-1]) > 1 else row.x1
    home = next(at for at, group in enumerate(groups) if any(row is block.right[0] for row in group))
    moved = [row for group in groups[:home] for row in group]
    if moved:
        block.left = sorted([*block.left, *moved], key=lambda row: (row.baseline, row.x0))
        block.right = [row for row in block.right if not any(row is other for other in moved)]


def _centred(placed: list[PlacedRow], left: float, right: float) -> list[PlacedRow]:
    """Mark the rows that stand in the middle of their page or column."""
    out: list[PlacedRow] = []
    for item in placed:
        below = out[-1].row if out and out[-1].centred else None
        centred = _is_centred(item.row, left, right) or _continues_centred(item.row, below, left, right)
        out.append(PlacedRow(item.row, item.column, item.column is None and centred))
    for _, group in groupby(range(len(placed)), key=lambda at: placed[at].column):
        members = list(group)
        rows = [placed[at].row for at in members]
        if placed[members[0]].column is None or len(rows) < 2:
            continue
        centre, edge = median((row.x0 + row.x1) / 2 for row in rows), median(row.x0 for row in rows)
        if median(abs(row.x0 - edge) for row in rows) <= median(abs((row.x0 + row.x1) / 2 - centre) for row in rows):
            continue  # flush left
        for at, row in zip(members, rows, strict=True):
            out[at] = PlacedRow(row, placed[at].column, abs((row.x0 + row.x1) / 2 - centre) <= 2 * ALIGNED)
    return out


def _measure(rows: Sequence[TextRow]) -> tuple[float, float]:
    """The left and right edge of the body: where its longer rows begin and end, first-line indents and all."""
    longest = sorted(rows, key=lambda row: row.x0 - row.x1)[: max(1, len(rows) // 2)]
    lefts, rights = sorted(row.x0 for row in longest), sorted(row.x1 for row in longest)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]


def _continues_centred(row: TextRow, above: TextRow | None, left: float, right: float) -> bool:
    """Whether a row has the middle of the centred one above, where no line is long enough to show the right edge."""
    if above is None or row.x0 - left <= CLEAR * (right - left):
        return False
    return abs(row.x0 + row.x1 - above.x0 - above.x1) <= ALIGNED


def _is_centred(row: TextRow, left: float, right: float) -> bool:
    before, after = row.x0 - left, right - row.x1
    return before > CLEAR * (right - left) and abs(before - after) <= max(2 * ALIGNED, 0.08 * (before + after))
