"""Pipe tables in Markdown or plain text: which lines are their rows, and which cells stand in these.

A pipe table is a row, a row of dashes and further rows (GitHub Flavored Markdown, 4.10). Without a row of dashes it is
three rows with as many pipes, or rows below one whose words head a table of tasks. Copies break such tables: a row runs
over several lines, each with its pipes or none; blank lines, page numbers and the header again stand between rows;
grids draw a rule between rows (Pandoc's grid tables, antiword, lines of box-drawing signs); merged cells are missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.document import Cell, CellSpan, Line
from pipeline.ingest.tables.text import TextSpan, TextTable, is_page_mark
from pipeline.ingest.tables.told import ends_open, heads_tasks, numbers_row, placed, presumes_lead
from pipeline.ingest.text.markdown import read_marks
from pipeline.knowledge.documents import column_role
from pipeline.language.folding import fold
from pipeline.language.normal import nfc

LEAST_ROWS, LEAST_BARS = 3, 3  # of a table without a row of dashes
FARTHEST = 6  # blank lines and page numbers between two rows
TALLEST = 60  # lines of a row whose cells hold line breaks
WRAPPED = 0.6  # of the rows without a number: where so many go on with the row above, all do

_BAR = re.compile(r"(?<!\\)[|│┃║]")
_DELIMITER = re.compile(r"^\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\s*$")
_RULE = re.compile(r"^\s*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?\s*$")
_DRAWN = re.compile(r"^(?=.*[-=─━═]{3})[\s|│┃║+:=─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╞╪╡╟╫╢╤╧┏┳┓┣╋┫┗┻┛-]+$")
_OTHER_BLOCK = re.compile(r"^\s*(?:#{1,6}[ \t]|>|[*+-][ \t])")


class _CellPiece(NamedTuple):
    """A stretch of a source line, and the column it stands in."""

    column: int
    start: int
    end: int


@dataclass
class _PipeRow:
    """A row: its source lines by their index, and what of each stands in which column."""

    lines: list[tuple[int, list[_CellPiece]]]
    told: bool = False  # its columns were told by what the cells say
    untold: bool = False  # they could not be
    presumed: bool = False  # its only body was taken to do the work


@dataclass
class _Scanned:
    """The rows of a table, the number of rows above each of its rules, and the line behind it."""

    rows: list[_PipeRow]
    rules: list[int]
    end: int


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
        while end < len(raws) and end not in taken and (_is_row(raws[end]) or _is_drawn(raws[end])):
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
    certain = first is not None or _is_grid(run)
    headed = next((place for place, raw in enumerate(run) if heads_tasks(_texts(raw))), None)
    if first is None:
        goes_on = before > 1 and all(_is_closed(one, before) for one in run)
        first = 0 if _is_grid(run) or _is_table(run) or goes_on else headed
    said = [raw for raw in run[first:] if not _is_rule(raw)] if first is not None else []
    if first is None or not said:
        return None
    wide = len(_spans(said[0])) if headed is not None or certain else max(len(_spans(raw)) for raw in said)
    grows = certain or headed is not None
    scanned = _scan(raws, at + first, wide, taken) if grows else _plain(raws, at + first, end)
    rows = _joined(raws, scanned)
    if not certain and len(rows) < 2 and not before:
        return None
    header = [_said(raws, rows[0], column) for column in range(wide)]
    if len(rows) == 1 and heads_tasks(header):
        return None  # its rows stand below it, cell by cell
    if not certain and heads_tasks(header):
        rows = [_told(raws, row, header) for row in rows]
    return _table(raws, at + first, scanned.end, rows, certain, notes)


def _said(raws: Sequence[str], row: _PipeRow, column: int) -> str:
    """What a row says in a column, without marks of Markdown around it."""
    pieces = [(at, one) for at, own in row.lines for one in own if one.column == column]
    return " ".join(filter(None, (raws[at][one.start : one.end].strip(" *_\t") for at, one in pieces)))


def _is_row(raw: str) -> bool:
    return bool(_BAR.search(raw)) and bool(_spans(raw)) and (bool(_DELIMITER.match(raw)) or not _OTHER_BLOCK.match(raw))


def _is_rule(raw: str) -> bool:
    return bool(_RULE.match(raw)) or _is_drawn(raw)


def _is_drawn(raw: str) -> bool:
    """Whether a line is a rule that crosses upright ones: "+-----+----+"."""
    return bool(_DRAWN.match(raw)) and sum(char in "+┬┼┴╦╬╩╤╧╪┳╋┻" for char in raw) >= 2


def _is_grid(run: Sequence[str]) -> bool:
    """Whether rows stand between drawn rules."""
    return len(run) > 2 and _is_drawn(run[0]) and sum(map(_is_drawn, run)) > 1


def _begins(run: Sequence[str]) -> int | None:
    """Which of some rows a table with a row of dashes begins with: the row above the dashes, and those alike."""
    dashes = next((at for at, raw in enumerate(run) if _DELIMITER.match(raw)), None)
    if dashes is None or len(run) < 2:
        return None
    first = max(dashes - 1, 0)
    while first and len(_spans(run[first - 1])) == len(_spans(run[dashes])):
        first -= 1
    return first


def _is_table(run: Sequence[str]) -> bool:
    """Whether rows without a row of dashes are a table: enough of them, all with as many pipes."""
    bars = {len(_BAR.findall(raw)) for raw in run if not _is_rule(raw)}
    return len(run) >= LEAST_ROWS and len(bars) == 1 and min(bars) >= LEAST_BARS


def _is_closed(raw: str, wide: int) -> bool:
    """Whether a row stands between pipes and has so many cells."""
    bare = raw.strip()
    return bare.startswith("|") and bare.endswith("|") and len(_spans(raw)) == wide


def _spans(raw: str, bare: bool = False) -> list[TextSpan]:
    """Where the cells of a row stand in it; none for a line without a pipe.

    The pipes around a row are left out; in a table that is `bare` of these, what stands before the first one is a cell,
    which may be empty.
    """
    bars = [hit.start() for hit in _BAR.finditer(raw)]
    if not bars:
        return []
    spans = list(zip([0, *(bar + 1 for bar in bars)], [*bars, len(raw)], strict=True))
    if not bare and not raw[: bars[0]].strip():
        spans.pop(0)
    if spans and not raw[bars[-1] + 1 :].strip():
        spans.pop()
    return spans


def _texts(raw: str) -> list[str]:
    return [raw[start:end].strip(" *_\t") for start, end in _spans(raw)]


def _is_bare(raws: Sequence[str], first: int) -> bool:
    """Whether the first row of a table has no pipes around it: then those below have none either."""
    raw = next((one for one in raws[first:] if not _is_rule(one)), "")
    return bool(_BAR.search(raw)) and not _BAR.match(raw.strip()) and not _BAR.match(raw.strip()[::-1])


def _as_row(raws: Sequence[str], at: int, bare: bool) -> _PipeRow:
    return _PipeRow([(at, [_CellPiece(column, *span) for column, span in enumerate(_spans(raws[at], bare))])])


def _plain(raws: Sequence[str], first: int, end: int) -> _Scanned:
    bare = _is_bare(raws, first)
    rows = [_as_row(raws, at, bare) for at in range(first, end) if not _is_rule(raws[at])]
    return _Scanned(rows, [], end)


def _scan(raws: Sequence[str], first: int, wide: int, taken: frozenset[int]) -> _Scanned:
    """Read the rows of a table from its first line on, over blank lines, page numbers and rows of several lines."""
    out = _Scanned([], [], first)
    at, apart = first, 0
    closed = raws[first].strip().startswith("|") and raws[first].strip().endswith("|")
    bare = _is_bare(raws, first)
    while at < len(raws) and at not in taken and apart <= FARTHEST:
        raw = raws[at]
        if apart and _is_other_table(raws, at, out, wide):
            break
        if _is_rule(raw) or (not out.rules and _DELIMITER.match(raw)):
            out.rules.append(len(out.rows))
            at, apart = at + 1, 0
            out.end = at
            continue
        if _is_row(raw) and (not apart or len(_spans(raw)) == wide or raw.lstrip().startswith("|")):
            row = _gathered(raws, at, wide) if closed else None
            if row is None and apart and len(_spans(raw)) != wide:
                break
            out.rows.append(row or _as_row(raws, at, bare))
            at = out.rows[-1].lines[-1][0] + 1
            out.end, apart = at, 0
            continue
        if not _is_between_pages(raw):
            break
        at, apart = at + 1, apart + 1
    return out


def _is_other_table(raws: Sequence[str], at: int, scanned: _Scanned, wide: int) -> bool:
    """Whether a row of dashes stands below a row: it heads a table of its own, unless it is the header again."""
    if at + 1 >= len(raws) or not scanned.rows or not _DELIMITER.match(raws[at + 1]) or not _spans(raws[at]):
        return False
    head = raws[scanned.rows[0].lines[0][0]]
    return [fold(one) for one in _texts(raws[at])] != [fold(one) for one in _texts(head)]


def _is_between_pages(raw: str) -> bool:
    """Whether a line may stand between two rows: blank, a page number or the mark of a page's end."""
    return not raw.strip() or is_page_mark(raw, numbers=True)


def _gathered(raws: Sequence[str], first: int, wide: int) -> _PipeRow | None:
    """A row that begins with a pipe and whose cells hold line breaks; None where no line closes it as it should."""
    raw = raws[first]
    bars = len(_BAR.findall(raw))
    if not raw.lstrip().startswith("|") or bars > wide or (bars == wide + 1 and raw.rstrip().endswith("|")):
        return None
    lines: list[tuple[int, list[_CellPiece]]] = []
    column = -1
    for at in range(first, min(first + TALLEST, len(raws))):
        raw = raws[at]
        if at > first and (raw.lstrip().startswith("|") or _is_rule(raw)):
            return None
        pieces = []
        places = [hit.start() for hit in _BAR.finditer(raw)]
        for start, end in zip([0, *(bar + 1 for bar in places)], [*places, len(raw)], strict=True):
            if column >= 0 and raw[start:end].strip():
                pieces.append(_CellPiece(column, start, end))
            column += 1
        column -= 1
        lines.append((at, pieces))
        if column >= wide:
            return _PipeRow(lines) if column == wide and not raw[places[-1] + 1 :].strip() else None
    return None


def _joined(raws: Sequence[str], scanned: _Scanned) -> list[_PipeRow]:
    """The rows, the lines of one joined: those between two rules, or those that the width of a cell broke."""
    rows = scanned.rows
    bounds = sorted({0, *(at for at in scanned.rules if at < len(rows)), len(rows)})
    groups = [rows[a:b] for a, b in zip(bounds, bounds[1:], strict=False) if b > a]
    if len(groups) > 2 and len(groups) < len(rows) and all(_is_one_row(raws, group) for group in groups):
        return [_PipeRow([line for row in group for line in row.lines]) for group in groups]
    if len({_edges(raws[at]) for row in rows for at, _ in row.lines}) != 1:
        return rows
    between = any(1 < at < len(rows) for at in scanned.rules)
    if not between and any(_DELIMITER.match(raws[at]) for at in range(rows[0].lines[-1][0] + 1, rows[-1].lines[0][0])):
        return rows  # a row of Markdown is a line: its padding is as wide as its widest cell
    below = {at for at in scanned.rules}  # what stands right below a rule begins a row
    broken = [at not in below and _was_broken(raws, above, row) for at, (above, row) in enumerate(pairwise(rows), 1)]
    bare = [not _said(raws, row, 0) for row in rows[1:]]
    wrapped = sum(one for one, alone in zip(broken, bare, strict=True) if alone) >= WRAPPED * max(sum(bare), 1)
    out = rows[:1]
    for at, row in enumerate(rows[1:], 1):
        if broken[at - 1] or (wrapped and bare[at - 1] and at not in below):
            out[-1] = _PipeRow(out[-1].lines + row.lines)
        else:
            out.append(row)
    return out


def _edges(raw: str) -> tuple[int, ...]:
    """The places of the pipes of a line, counted in printed characters."""
    return tuple(len(nfc(raw[: hit.start()])) for hit in _BAR.finditer(raw))


def _is_one_row(raws: Sequence[str], group: Sequence[_PipeRow]) -> bool:
    """Whether no two of the lines between two rules have a number of their own."""
    first = [raws[at][pieces[0].start : pieces[0].end].strip() for row in group for at, pieces in row.lines if pieces]
    return sum(numbers_row(one) for one in first) < 2


def _was_broken(raws: Sequence[str], above: _PipeRow, row: _PipeRow) -> bool:
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


def _told(raws: Sequence[str], row: _PipeRow, header: Sequence[str]) -> _PipeRow:
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
    return _PipeRow([(at, moved)], told=told or presumed, untold=found is None, presumed=presumed)


def _table(
    raws: Sequence[str], first: int, end: int, rows: Sequence[_PipeRow], certain: bool, notes: frozenset[str]
) -> TextTable:
    wide = max(one.column for row in rows for _, pieces in row.lines for one in pieces) + 1
    lines = [Line("", raw) for raw in raws[first:end]]
    for number, row in enumerate(rows):
        for at, pieces in row.lines:
            lines[at - first] = _line(raws[at], pieces, number * wide, notes)
    cells = tuple(Cell(row, column) for row in range(len(rows)) for column in range(wide))
    untold = tuple(number for number, row in enumerate(rows) if row.untold)
    told = untold or any(row.told for row in rows)
    presumed = tuple(number for number, row in enumerate(rows) if row.presumed)
    return TextTable(first, tuple(lines), cells, certain, untold if told else None, presumed)


def _line(raw: str, pieces: Sequence[_CellPiece], first: int, notes: frozenset[str]) -> Line:
    """A source line of a row; `first` is the number of the row's first cell."""
    text = ""
    origin: list[int] = []
    cells: list[CellSpan] = []
    bold: list[bool] = []
    italic: list[bool] = []
    for number, (column, start, end) in enumerate(pieces):
        bar = max(start - 1, 0)
        marks = read_marks(raw[start:end], in_cell=True, notes=notes)
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
                cells.append(CellSpan(at + begin, at + end_, first + column))
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
