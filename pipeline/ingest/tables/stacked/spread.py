"""Tables whose cells stand one below the other, as programs write them that take the text of a page and nothing else.

First the header's cells, then those of each row, in their order; empty ones are not there, long ones run over lines.
The number of a row says where it begins; where the table numbers no rows, only whole rows of as many lines as columns
are read. Which line is which cell is told by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from pipeline.document import Cell, CellSpan, Line
from pipeline.ingest.tables.row_numbers import HEADING, SpreadNumbers, ends_table, is_foot
from pipeline.ingest.tables.text import TextTable, is_page_mark, tables_among
from pipeline.ingest.tables.told import (
    BODIES,
    LEAST_COLUMNS,
    NOWHERE,
    NUMBER,
    TIMES,
    Placement,
    agreed,
    as_they_stand,
    heads_tasks,
    numbers_row,
    placed,
    presumes_lead,
)
from pipeline.knowledge.agencies import begins_agency
from pipeline.knowledge.documents import column_role, columns
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold

LEAST_ROWS = 2
MOST_HEADER_LINES = 30
TALLEST = 60  # lines of a row
LONGEST_RUN = 200  # characters of a header whose cells run together
TOLD = 0.6  # of the rows: where fewer can be told apart, none is read
_RUN_IN = re.compile(r"\(?(?P<number>\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5})[.)]?\s+(?=\S)")
_MARKED = re.compile(r"\(?[a-zđ0-9]{1,2}[.)]\s|[-+•*–]\s")
_DASHES = re.compile(r"[\s|:-]*-{3}[\s|:-]*")
_APART = re.compile(r"\s*\|\s*|\t+| {2,}")


class CellText(NamedTuple):
    """A line, or a part of one, that is a cell or a part of it."""

    line: int
    start: int
    end: int
    text: str


class SpreadRow(NamedTuple):
    """A row: its texts, and where they stand; None where that cannot be told."""

    texts: tuple[CellText, ...]
    found: Placement | None


@dataclass
class SpreadHeader:
    """The header of a table: its cells, the roles of its columns, the line below it."""

    cells: list[list[CellText]]
    roles: list[str | None]
    end: int

    @property
    def texts(self) -> list[str]:
        """What each cell says, its lines joined."""
        return [" ".join(one.text for one in cell) for cell in self.cells]


def spread_tables(lines: Sequence[Line], taken: frozenset[int]) -> list[TextTable]:
    """Find the tables among the lines of a text.

    Args:
        lines: of the text, without their marks.
        taken: indices of lines that stand in other tables.
    """

    def begins(at: int) -> TextTable | None:
        heading = heading_at(lines, at, taken)
        return _table(lines, at, heading, taken) if heading is not None else None

    return tables_among(len(lines), taken, begins)


def _whole(lines: Sequence[Line], at: int) -> CellText:
    return CellText(at, 0, len(lines[at].text), lines[at].text.strip())


@cache
def _number_header() -> re.Pattern[str]:
    return re.compile(columns().number_header)


def heading_at(lines: Sequence[Line], first: int, taken: frozenset[int]) -> SpreadHeader | None:
    """The header that begins with a line: its cells in that line, or below each other."""
    text = lines[first].text.strip()
    if not text:
        return None
    in_line = _in_line(lines, first)
    if in_line is not None:
        return in_line
    numbered = bool(_number_header().fullmatch(fold(text)))
    if not numbered and (column_role(text) != "work" or len(text.split()) > 6):
        return None
    cells = [[_whole(lines, first)]]
    for at in range(first + 1, min(first + MOST_HEADER_LINES, len(lines))):
        line = lines[at].text.strip()
        if not line:
            continue
        if at in taken or numbers_row(line) or _RUN_IN.match(line):
            return _headed(cells, at)
        so_far = " ".join(one.text for one in cells[-1])
        if _goes_on(so_far, line):
            cells[-1].append(_whole(lines, at))
        elif column_role(line) is not None or not is_known(so_far):
            cells.append([_whole(lines, at)])
        else:
            return _headed(cells, at)
    return None


def _in_line(lines: Sequence[Line], at: int) -> SpreadHeader | None:
    """A header in one line whose cells are parted by bars, tabs or wide blanks."""
    text = lines[at].text
    bounds = [0, *(place for hit in _APART.finditer(text) for place in hit.span()), len(text)]
    pieces = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if text[a:b].strip()]
    cells = [[CellText(at, a, b, text[a:b].strip())] for a, b in pieces]
    end = at + 1
    if heads_tasks([cell[0].text for cell in cells]):
        end += end < len(lines) and bool(_DASHES.fullmatch(lines[end].text))
        while end < len(lines) and is_known(lines[end].text.strip()):  # a cell that a program left out of the line
            cells.append([_whole(lines, end)])
            end += 1
    return _headed(cells, end)


def _headed(cells: list[list[CellText]], end: int) -> SpreadHeader | None:
    texts = [" ".join(one.text for one in cell) for cell in cells]
    return SpreadHeader(cells, [column_role(one) for one in texts], end) if heads_tasks(texts) else None


def is_known(text: str) -> bool:
    """Tell whether a text heads a column of known meaning."""
    return column_role(text) is not None


def _goes_on(so_far: str, line: str) -> bool:
    """Whether a line of a header goes on with the cell above: "Nội dung" / "công việc", "Cơ quan" / "CHỦ TRÌ"."""
    if line[:1].islower() or not line[:1].isalpha() or so_far.endswith(("/", ",", "-", "và")):
        return True
    if not (in_capitals(so_far) and in_capitals(line)):
        return False
    together = column_role(f"{so_far} {line}")
    return together is not None and (column_role(line) is None or column_role(so_far) in (None, column_role(line)))


def _table(lines: Sequence[Line], first: int, heading: SpreadHeader, taken: frozenset[int]) -> TextTable | None:
    numbered = heading.roles[0] == NUMBER
    rows = _numbered_rows(lines, heading, taken) if numbered else _even_rows(lines, heading, taken)
    told = [row for row in rows if row.found is not None]
    if len(told) < LEAST_ROWS or len(told) < TOLD * len(rows):
        return None
    end = max(text.line for row in rows for text in row.texts) + 1
    return made(lines, first, end, heading.cells, rows)


def made(
    lines: Sequence[Line], first: int, end: int, header: Sequence[Sequence[CellText]], rows: Sequence[SpreadRow]
) -> TextTable:
    """Make the table of a header and rows.

    A row whose cells cannot be told is its number, and all that it says as its work: the table's notice says so.
    """
    wide = len(header)
    spans: dict[int, list[CellSpan]] = {}
    for column, cell in enumerate(header):
        for one in cell:
            spans.setdefault(one.line, []).append(CellSpan(one.start, one.end, column))
    for number, row in enumerate(rows, 1):
        places = row.found.columns if row.found else (0, *[1] * (len(row.texts) - 1))
        for one, column in zip(row.texts, places, strict=True):
            if column == NOWHERE:  # its line stands in no cell, and that is said
                continue
            spans.setdefault(one.line, []).append(CellSpan(one.start, one.end, number * wide + column))
    cells = tuple(Cell(row, column) for row in range(len(rows) + 1) for column in range(wide))
    own = tuple(
        replace(lines[at], cells=tuple(sorted(spans.get(at, ()), key=lambda one: one.start)))
        for at in range(first, end)
    )
    untold = tuple(number for number, row in enumerate(rows, 1) if row.found is None)
    roles = [column_role(" ".join(one.text for one in cell)) for cell in header]
    presumed = tuple(number for number, row in enumerate(rows, 1) if row.found and presumes_lead(row.found, roles))
    return TextTable(first, own, cells, False, untold, presumed)


class _NumberedRows:
    """The rows below a header of numbered rows, as they are read line by line: each begins with its number."""

    def __init__(self, lines: Sequence[Line], heading: SpreadHeader) -> None:
        self._lines = lines
        self._heading = heading
        self._count = SpreadNumbers()
        self._again = 0  # the line behind a header that stands again
        self.run_in: bool | None = None  # whether the number and the work stand in one line
        self.rows: list[list[CellText]] = []
        self.headers: dict[int, SpreadRow] = {}  # headers that stand again, by the rows above them

    def take(self, at: int) -> bool:
        """Take a line; False where the table has ended."""
        text = self._lines[at].text.strip()
        if at < self._again or not text or is_page_mark(text) or self._is_page_number(at, text):
            return True
        alone = numbers_row(text)
        found = None if alone else _RUN_IN.match(text)
        if self.run_in is None:
            self.run_in = found is not None
            if not alone and not found:
                return False
        number = text if alone and not self.run_in else found["number"] if found and self.run_in else None
        if number is not None and (self._count.takes(number) or self._skips(at, number)):
            self.rows.append(_split(self._lines, at, found.end() if found else None))
            return True
        begun = bool(self.rows) and len(self.rows[-1]) == 1  # what stands behind a number is its row's, capitals or not
        ends = ends_table(text) and not begun and not (self.rows and self._in_row(at, text))
        if not self.rows or len(self.rows[-1]) > TALLEST or ends:
            return False
        if not self._stands_again(at):
            self.rows[-1].append(_whole(self._lines, at))
        return True

    def _skips(self, at: int, number: str) -> bool:
        """Whether a number that does not go on begins a row: the one above is whole, and so is what stands behind."""
        if self.run_in or not self.rows or not self._count.skips(number):
            return False
        behind = [_whole(self._lines, at)]
        for place in range(at + 1, min(at + TALLEST, len(self._lines))):
            text = self._lines[place].text.strip()
            if numbers_row(text) or ends_table(text):
                break
            behind += [_whole(self._lines, place)] if text else []
        if not self._is_whole(self.rows[-1]) or not self._is_whole(_cut(behind, self._heading.roles)):
            return False
        self._count.goes_to(number)
        return True

    def _is_whole(self, row: Sequence[CellText]) -> bool:
        """Whether the cells of a row can be told, and there are as many as make a table, its work among them."""
        found = placed([one.text for one in row], self._heading.roles, whole=False)
        if found is None or len(set(found.columns)) < LEAST_COLUMNS:
            return False
        return self._heading.roles[found.columns[1]] == "work"

    def _in_row(self, at: int, text: str) -> bool:
        """Whether a line in capitals belongs to a row: it names its first body, or the next number stands behind."""
        if not in_capitals(text) or is_foot(text) or HEADING.match(text):
            return False
        if begins_agency(text) and not any(begins_agency(one.text) for one in self.rows[-1][2:]):
            return True
        for line in self._lines[at + 1 : at + TALLEST]:
            said = line.text.strip()
            if is_foot(said) or said == self._heading.cells[0][0].text:
                return False
            if numbers_row(said):
                return not self.run_in and self._count.peek(said)
        return False

    def _is_page_number(self, at: int, text: str) -> bool:
        """Whether a number is that of a page: at its end, above the header or the number of the row that goes on."""
        if not text.isdecimal():
            return False
        below = next((line.text.strip() for line in self._lines[at + 1 :] if line.text.strip()), "")
        above = next((line.text.strip() for line in self._lines[at - 1 :: -1] if line.text.strip()), "")
        return below in (text, self._heading.cells[0][0].text) or is_page_mark(above)

    def _stands_again(self, at: int) -> bool:
        """Whether the header stands again at a line, as at the top of a page."""
        if self._lines[at].text.strip() != self._heading.cells[0][0].text:
            return False
        again = heading_at(self._lines, at, frozenset())
        if again is None or again.texts != self._heading.texts:
            return False
        texts = tuple(one for cell in again.cells for one in cell)
        columns = tuple(column for column, cell in enumerate(again.cells) for _ in cell)
        self.headers[len(self.rows)] = SpreadRow(texts, Placement(0.0, columns))
        self._again = again.end
        return True


def _numbered_rows(lines: Sequence[Line], heading: SpreadHeader, taken: frozenset[int]) -> list[SpreadRow]:
    """The rows below a header of numbered rows, and headers that stand again among them."""
    reader = _NumberedRows(lines, heading)
    for at in range(heading.end, len(lines)):
        if at in taken or not reader.take(at):
            break
    read = _read(reader.rows, heading.roles)
    while reader.run_in and read and (read[-1].found is None or len(set(read[-1].found.columns)) < LEAST_COLUMNS):
        read.pop()  # the sections below a table are numbered as its rows are
    return [
        row
        for at in range(len(read) + 1)
        for row in (reader.headers.get(at) if at < len(read) else None, read[at] if at < len(read) else None)
        if row is not None
    ]


def _split(lines: Sequence[Line], at: int, behind: int | None) -> list[CellText]:
    """The number of a row, and what stands behind it in its line."""
    whole = _whole(lines, at)
    if behind is None:
        return [whole]
    text = lines[at].text
    start = len(text) - len(text.lstrip()) + behind
    return [CellText(at, 0, start, text[:start].strip()), CellText(at, start, len(text), text[start:].strip())]


def _read(rows: Sequence[Sequence[CellText]], roles: Sequence[str | None]) -> list[SpreadRow]:
    out = []
    for number, row in enumerate(rows):
        if number + 1 == len(rows):
            row = _cut(row, roles)
        texts = [one.text for one in row]
        title = _is_title(texts)
        found = Placement(0.0, (0, *[1] * (len(texts) - 1))) if title else placed(texts, roles, whole=False)
        found = found or as_they_stand(texts, roles) or agreed(texts, roles)
        out.append(SpreadRow(tuple(row), found))
    return out


def _is_title(texts: Sequence[str]) -> bool:
    """Whether a row is a number and a title: one text, or lines that go on with it."""
    return len(texts) == 2 or (len(texts) > 2 and all(one[:1].islower() for one in texts[2:]))


def _cut(row: Sequence[CellText], roles: Sequence[str | None]) -> Sequence[CellText]:
    """The last row without what stands below the table: nothing numbered and nothing that fits no column."""
    heading = next((at for at, one in enumerate(row) if at > 1 and HEADING.match(one.text)), len(row))
    best: tuple[bool, float, int] | None = None
    for size in range(2, heading + 1):
        texts = [one.text for one in row[:size]]
        if best and not best[0] and _MARKED.match(texts[-1]):
            break
        found = placed(texts, roles, whole=False) or agreed(texts, roles)
        if found is None:
            continue
        # A last cell that names bodies or a time can be nothing else, so the row has it.
        short = roles[-1] not in BODIES | TIMES or not set(range(len(roles))) <= set(found.columns)
        if best is None or (short, found.cost) <= best[:2]:
            best = short, found.cost, size
    return row[: best[2]] if best else row[: min(heading, len(roles))]


def _even_rows(lines: Sequence[Line], heading: SpreadHeader, taken: frozenset[int]) -> list[SpreadRow]:
    """The rows of a table without numbers: as many lines as columns each, every one of which fits its column."""
    wide = len(heading.roles)
    texts: list[CellText] = []
    at = heading.end
    while at < len(lines) and at not in taken and not ends_table(lines[at].text) and not HEADING.match(lines[at].text):
        if lines[at].text.strip():
            texts.append(_whole(lines, at))
        at += 1
    if len(texts) % wide:
        return []
    rows = [tuple(texts[start : start + wide]) for start in range(0, len(texts), wide)]
    read = [SpreadRow(row, placed([one.text for one in row], heading.roles, whole=True)) for row in rows]
    return read if all(row.found is not None for row in read) else []
