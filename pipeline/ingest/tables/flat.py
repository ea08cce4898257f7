"""Tables as a run of cells with a bar behind each, alone on a line or behind the last word, and none before a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.document import Line
from pipeline.ingest.tables.row_numbers import SpreadNumbers, ends_table
from pipeline.ingest.tables.stacked.spread import CellText, SpreadRow, made
from pipeline.ingest.tables.text import TextTable
from pipeline.ingest.tables.told import LEAST_COLUMNS, NUMBER, Placement, heads_tasks, numbers_row, placed
from pipeline.knowledge.documents import column_role, columns
from pipeline.language.folding import fold

LEAST_ROWS = 2
LONGEST = 4000  # lines of a table
TALLEST = 60  # lines of a cell
MOST_COLUMNS = 12
_RULE = re.compile(r"[-|:\s]*-{3}[-|:\s]*")

_FlatCell = list[CellText]


def flat_table(lines: Sequence[Line], first: int) -> TextTable | None:
    """The table that begins with a line: its first cell, or the bar before it; None where none does."""
    if not _may_begin(lines, first):
        return None
    cells = _cells(lines, first)
    wide = _width(cells)
    if wide is None or wide + 1 >= len(cells):
        return None
    header = cells[:wide]
    roles = [column_role(_said(cell)) for cell in header]
    body = cells[wide:]
    rows, skipped = _numbered(body, roles) if roles[0] == NUMBER else (_even(body, roles), False)
    if len(rows) < LEAST_ROWS:
        return None
    end = max(one.line for row in rows for one in row.texts) + 1
    while end < len(lines) and lines[end].text.strip() in ("", "|") and end < first + LONGEST:
        end += 1
    while not lines[end - 1].text.strip():
        end -= 1
    found = made(lines, first, end, header, rows)
    told = skipped or any(row.found is None or row.found.cost for row in rows)
    return found if told else found._replace(untold=None)


def _said(cell: _FlatCell) -> str:
    return " ".join(one.text for one in cell)


@cache
def _number_header() -> re.Pattern[str]:
    return re.compile(columns().number_header)


def _may_begin(lines: Sequence[Line], first: int) -> bool:
    """Whether a line is the first cell of a header, or the bar before it, with a bar behind it."""
    text = lines[first].text.strip()
    at = first + 1
    while text == "|" and at < len(lines):
        text = lines[at].text.strip() or "|"
        at += 1
        if at > first + 4:
            return False
    bare = text.strip("| *_")
    if not (_number_header().fullmatch(fold(bare)) or column_role(bare) == "work") or len(bare.split()) > 6:
        return False
    return any(line.text.strip().endswith("|") for line in lines[at - 1 : at + 3])


def _cells(lines: Sequence[Line], first: int) -> list[_FlatCell]:
    """The cells from a line on, empty ones too; the last one ends with its bar, or at a blank line."""
    out: list[_FlatCell] = []
    cell: _FlatCell = []
    opened = False
    for at in range(first, min(first + LONGEST, len(lines))):
        text = lines[at].text
        bare = text.strip()
        if _RULE.fullmatch(bare) and "|" in bare:
            out.append(cell)
            cell, opened = [], True
            continue
        bars = len(bare) - len(bare.rstrip("| "))
        bars = bare[len(bare) - bars :].count("|")
        if set(bare) <= {"|", " "} and bare:
            out += [cell] if opened or cell else []
            out += [[]] * (bars - 1)
            cell, opened = [], True
            continue
        if not bare:
            if cell and not _closes(lines, at):
                break
            continue
        if len(cell) > TALLEST or (ends_table(bare) and not _closes(lines, at)):
            break
        start = len(text) - len(text.lstrip())
        stop = len(text.rstrip("| \t")) if bars else len(text)
        if stop > start:
            cell.append(CellText(at, start, stop, text[start:stop].strip()))
        if bars:
            out += [cell, *[[]] * (bars - 1)]
            cell, opened = [], True
    return [*out, cell] if cell else out


def _closes(lines: Sequence[Line], at: int) -> bool:
    """Whether a bar stands soon behind a line, and nothing that ends a table before it."""
    for line in lines[at : at + 14]:
        if line.text.strip().endswith("|"):
            return True
        if line is not lines[at] and ends_table(line.text):
            return False
    return False


def _width(cells: Sequence[_FlatCell]) -> int | None:
    """How many cells the header has: up to the first number of a row, or as long as their words are known."""
    said = [_said(cell) for cell in cells[: MOST_COLUMNS + 2]]
    if said and _number_header().fullmatch(fold(said[0].strip())):
        count = SpreadNumbers()
        wide = next((at for at, one in enumerate(said) if at and count.takes(one)), None)
        while wide and not said[wide - 1]:
            wide -= 1
    else:
        wide = next((at for at, one in enumerate(said) if column_role(one) is None or len(one.split()) > 8), None)
    return wide if wide is not None and heads_tasks(said[:wide]) else None


def _row(cells: Sequence[_FlatCell], roles: Sequence[str | None]) -> SpreadRow:
    """A row: each cell in its column where all are there; else where they fit."""
    own = list(cells)
    while own and not own[-1]:
        own.pop()
    filled = [cell for cell in own if cell]
    texts = tuple(one for cell in own for one in cell)
    if len(cells) >= len(roles) >= len(own) or len(filled) == len(own) == 2:
        places: Sequence[int] | None = [at for at, cell in enumerate(own) if cell]
        cost = 0.0
    else:
        found = placed([_said(cell) for cell in filled], roles, whole=True)
        places, cost = (found.columns, max(found.cost, 0.1)) if found else (None, 0.0)
    if places is None:
        return SpreadRow(texts, None)
    spread = tuple(place for place, cell in zip(places, filled, strict=True) for _ in cell)
    return SpreadRow(texts, Placement(cost, spread))


def _numbered(body: Sequence[_FlatCell], roles: Sequence[str | None]) -> tuple[list[SpreadRow], bool]:
    """The rows of a table that numbers them, and whether a number among them does not go on with those before it."""
    count = SpreadNumbers()
    rows: list[list[_FlatCell]] = []
    skipped = False
    for at, cell in enumerate(body):
        behind = body[at + 1] if at + 1 < len(body) else []
        may_begin = len(cell) == 1 and bool(behind) and not numbers_row(_said(behind))
        if may_begin and count.takes(_said(cell)):
            rows.append([cell])
        elif may_begin and rows and len(rows[-1]) >= len(roles) and _skips(count, body[at : at + len(roles)], roles):
            rows.append([cell])
            skipped = True
        elif rows:
            rows[-1].append(cell)
    if rows:
        rows[-1] = rows[-1][: len(roles)]
    return [_row(row, roles) for row in rows], skipped


def _skips(count: SpreadNumbers, cells: Sequence[_FlatCell], roles: Sequence[str | None]) -> bool:
    """Whether cells are a row whose number does not go on with those before it; it is counted then."""
    number = _said(cells[0])
    if not count.skips(number) or placed([_said(one) for one in cells if one], roles, whole=True) is None:
        return False
    count.goes_to(number)
    return True


def _even(body: Sequence[_FlatCell], roles: Sequence[str | None]) -> list[SpreadRow]:
    """The rows of a table that numbers none: as many cells as columns each, and each fits its column."""
    wide = len(roles)
    rows = []
    for start in range(0, len(body) - LEAST_COLUMNS + 1, wide):
        cells = body[start : start + wide]
        found = placed([_said(cell) for cell in cells if cell], roles, whole=True)
        if found is None or found.columns != tuple(at for at, cell in enumerate(cells) if cell):
            return []
        rows.append(_row([*cells, *[[]] * (wide - len(cells))], roles))
    return rows
