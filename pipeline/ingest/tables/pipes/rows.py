"""The rows of a pipe table: lines of one joined, cells that are missing told by what the others say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from pipeline.ingest.tables.pipes.bars import DELIMITER, edges
from pipeline.ingest.tables.told import covered, ends_open, numbers_row, placed, presumes_lead
from pipeline.knowledge.documents import column_role
from pipeline.language.normal import nfc

MOST_COLUMNS = 12
LEAST_CELLS = 2  # that say something in a row some of whose cells go on from above
WRAPPED = 0.6  # of the rows without a number: where so many go on with the row above, all do


class CellPiece(NamedTuple):
    """A stretch of a source line, and the column it stands in."""

    column: int
    start: int
    end: int


@dataclass
class PipeRow:
    """A row: its source lines by their index, and what of each stands in which column."""

    lines: list[tuple[int, list[CellPiece]]]
    told: bool = False  # its columns were told by what the cells say
    untold: bool = False  # they could not be
    presumed: bool = False  # its only body was taken to do the work
    above: frozenset[int] = frozenset()  # columns in which the cell above goes on
    left: frozenset[int] = frozenset()  # columns over which the cell left of them goes


@dataclass
class ScannedRows:
    """The rows of a table, the number of rows above each of its rules, and the line behind it."""

    rows: list[PipeRow]
    rules: list[int]
    end: int


def said_in(raws: Sequence[str], row: PipeRow, column: int) -> str:
    """What a row says in a column, without marks of Markdown around it."""
    pieces = [(at, one) for at, own in row.lines for one in own if one.column == column]
    return " ".join(filter(None, (raws[at][one.start : one.end].strip(" *_\t") for at, one in pieces)))


def joined(raws: Sequence[str], scanned: ScannedRows) -> list[PipeRow]:
    """The rows, the lines of one joined: those between two rules, or those that the width of a cell broke."""
    rows = scanned.rows
    bounds = sorted({0, *(at for at in scanned.rules if at < len(rows)), len(rows)})
    groups = [rows[a:b] for a, b in zip(bounds, bounds[1:], strict=False) if b > a]
    if len(groups) > 2 and len(groups) < len(rows) and all(_is_one_row(raws, group) for group in groups):
        return [replace(group[0], lines=[line for row in group for line in row.lines]) for group in groups]
    if len({edges(raws[at]) for row in rows for at, _ in row.lines}) != 1:
        return rows
    between = any(1 < at < len(rows) for at in scanned.rules)
    if not between and any(DELIMITER.match(raws[at]) for at in range(rows[0].lines[-1][0] + 1, rows[-1].lines[0][0])):
        return rows  # a row of Markdown is a line: its padding is as wide as its widest cell
    below = {at for at in scanned.rules}  # what stands right below a rule begins a row
    broken = [at not in below and _was_broken(raws, above, row) for at, (above, row) in enumerate(pairwise(rows), 1)]
    bare = [not said_in(raws, row, 0) for row in rows[1:]]
    wrapped = sum(one for one, alone in zip(broken, bare, strict=True) if alone) >= WRAPPED * max(sum(bare), 1)
    out = rows[:1]
    for at, row in enumerate(rows[1:], 1):
        if broken[at - 1] or (wrapped and bare[at - 1] and at not in below):
            out[-1] = replace(out[-1], lines=out[-1].lines + row.lines)
        else:
            out.append(row)
    return out


def _is_one_row(raws: Sequence[str], group: Sequence[PipeRow]) -> bool:
    """Whether no two of the lines between two rules have a number of their own."""
    first = [raws[at][pieces[0].start : pieces[0].end].strip() for row in group for at, pieces in row.lines if pieces]
    return sum(numbers_row(one) for one in first) < 2


def _was_broken(raws: Sequence[str], above: PipeRow, row: PipeRow) -> bool:
    """Whether a line goes on with the one above it.

    Its first cell does, by a small letter or an open end above; and no first word in it would have fitted in the cell
    above: in a padded table one cell fills its column whatever stands below.
    """
    (upper, pieces_above), (lower, pieces) = above.lines[-1], row.lines[0]
    beside = zip(pieces_above, pieces, strict=False)
    filled = [(one, other) for one, other in beside if raws[lower][other.start : other.end].strip()]
    if not filled or numbers_row(raws[lower][pieces[0].start : pieces[0].end]):
        return False
    first, begins = (raws[at][one.start : one.end].strip() for at, one in zip((upper, lower), filled[0], strict=True))
    if not begins[0].islower() and not ends_open(first):
        return False
    for one, other in filled:
        width = one.end - one.start - raws[upper][one.start : one.end].startswith(" ")
        held = nfc(raws[upper][one.start : one.end].strip())
        word = nfc(raws[lower][other.start : other.end].split()[0])
        if not held or len(held) + 1 + len(word) < width:
            return False
    return True


def told(raws: Sequence[str], row: PipeRow, header: Sequence[str]) -> PipeRow:
    """A row with fewer cells than the header, each in the column that it fits; all in the second where none can say."""
    if len(row.lines) != 1:
        return row
    [(at, pieces)] = row.lines
    texts = [raws[at][one.start : one.end].strip() for one in pieces]
    if not 2 < len(pieces) < len(header) or not all(texts):
        return row
    roles = [column_role(one) for one in header]
    found = placed(texts, roles, whole=True)
    columns = found.columns if found else (0, *[1] * (len(pieces) - 1))
    moved = [one._replace(column=to) for one, to in zip(pieces, columns, strict=True)]
    told = found is not None and columns != (*range(len(pieces)),)
    presumed = found is not None and presumes_lead(found, roles)
    return PipeRow([(at, moved)], told=told or presumed, untold=found is None, presumed=presumed)


def under_merged(raws: Sequence[str], row: PipeRow, above: PipeRow | None, header: Sequence[str]) -> PipeRow:
    """A row of Markdown that has fewer cells than the header: programs leave out those that go on from the row above.

    Where what is missing may be its last cells, as Markdown has it, these are empty.
    """
    if len(row.lines) != 1 or above is None or len(header) > MOST_COLUMNS:
        return row
    if len({one.column for _, own in above.lines for one in own} | above.above) < len(header):
        return row  # a title
    [(at, pieces)] = row.lines
    texts = [raws[at][one.start : one.end].strip(" *_\t") for one in pieces]
    if not 1 < len(pieces) < len(header) or len([text for text in texts if text]) < LEAST_CELLS:
        return row
    found = covered(texts, [column_role(one) for one in header])
    columns = found.columns if found else (0 if numbers_row(texts[0]) else 1, *[1] * (len(pieces) - 1))
    if columns == (*range(len(pieces)),):
        return row
    moved = [one._replace(column=to) for one, to in zip(pieces, columns, strict=True)]
    missing = frozenset(range(len(header))) - set(columns)
    return PipeRow([(at, moved)], told=found is not None, untold=found is None, above=missing if found else frozenset())
