"""Tables with a cell a line, as programs write them that take the text of a Word file: told by counting.

The header's cells stand below each other, then those of each row. Where nearly every row has as many lines as the
header, from its number to the next one, each line is the cell of its column, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.document import Line
from pipeline.ingest.tables.row_numbers import HEADING, SpreadNumbers, ends_table
from pipeline.ingest.tables.stacked.spread import CellText, SpreadRow, made
from pipeline.ingest.tables.text import TextTable, is_page_mark, tables_among
from pipeline.ingest.tables.told import LEAST_COLUMNS, Placement, numbers_row
from pipeline.knowledge.documents import columns
from pipeline.language.folding import fold

LEAST_ROWS = 3  # whole ones
WHOLE = 0.8  # of the rows with a number: so many have all their cells
TITLES = 0.5  # for each whole row: so many titles without a number at most
MOST_COLUMNS = 12
LONGEST_HEADER = 120  # characters of a cell of the header
LONGEST = 4000  # lines of a table
SOME = 40  # characters by which the last cell of a column may be longer than twice the longest before


def even_tables(lines: Sequence[Line], taken: frozenset[int]) -> list[TextTable]:
    """Find the tables among the lines of a text.

    Args:
        lines: of the text, without their marks.
        taken: indices of lines that stand in other tables.
    """
    return tables_among(len(lines), taken, lambda at: _table(lines, at, taken))


@cache
def _number_header() -> re.Pattern[str]:
    return re.compile(columns().number_header)


def _table(lines: Sequence[Line], first: int, taken: frozenset[int]) -> TextTable | None:
    if not _number_header().fullmatch(fold(lines[first].text.strip())):
        return None
    cells = _cells(lines, first, taken)
    wide = _width(cells)
    rows = _EvenRows(cells, wide).rows() if wide else []
    numbered = [row for row in rows if len(row.texts) > 2]
    whole = [row for row in numbered if row.found is not None]
    titles = sum(len(row.texts) == 1 for row in rows)
    if wide is None or len(whole) < max(LEAST_ROWS, WHOLE * len(numbered)) or titles > len(whole) * TITLES:
        return None  # where many lines stand alone before a number, a cell of each row has two
    end = rows[-1].texts[-1].line + 1
    return made(lines, first, end, [[one] for one in cells[:wide]], rows)


def _cells(lines: Sequence[Line], first: int, taken: frozenset[int]) -> list[CellText]:
    """The lines from one on that say something, each a cell."""
    out = []
    for at in range(first, min(first + LONGEST, len(lines))):
        if at in taken:
            break
        text = lines[at].text
        if text.strip() and not is_page_mark(text):
            out.append(CellText(at, 0, len(text), text.strip()))
    return out


def _width(cells: Sequence[CellText]) -> int | None:
    """How many cells the header has: up to the first row's number, or to a title above that."""
    for at, one in enumerate(cells[1 : MOST_COLUMNS + 2], 1):
        if len(one.text) > LONGEST_HEADER:
            return None
        if SpreadNumbers().takes(one.text):
            title = numbers_row(cells[at - 1].text.split(" ")[0].rstrip("."))  # "I. Thể chế"
            wide = at - title
            return wide if wide >= LEAST_COLUMNS else None
    return None


class _EvenRows:
    """The rows below a header, as they are read cell by cell."""

    def __init__(self, cells: Sequence[CellText], wide: int) -> None:
        self._cells = cells
        self._wide = wide
        self._count = SpreadNumbers()
        self._longest = [0] * wide  # characters of what each column said so far

    def rows(self) -> list[SpreadRow]:
        """The rows; a title is its number and words, or words alone; one that lacks cells is not told."""
        out: list[SpreadRow] = []
        at = self._wide
        while at < len(self._cells):
            if self._count.takes(self._text(at)):
                size = self._size(at)
            elif self._count.peek(self._text(at + 1)):
                size = 1
                self._count.takes(self._text(at).split()[0])  # "I. Thể chế"
            else:
                break
            texts = tuple(self._cells[at : at + size])
            places = {self._wide: tuple(range(size)), 1: (1,), 2: (0, 1)}.get(size)
            out.append(SpreadRow(texts, Placement(0.0, places) if places else None))
            at += size
        while out and len(out[-1].texts) == 1:
            out.pop()
        return out

    def _text(self, at: int) -> str:
        return self._cells[at].text if at < len(self._cells) else ""

    def _size(self, at: int) -> int:
        """How many cells the row has whose number stands at one: as the header, or up to where another begins."""
        sizes = (self._wide, *range(2, self._wide))
        found = next((size for size in sizes if self._goes_on(at + size)), None)
        if found is None:  # the last row
            found = next((size for size in range(2, self._wide) if self._is_below(at, size)), self._wide)
            found = min(found, len(self._cells) - at)
        if found == self._wide:
            said = [len(one.text) for one in self._cells[at : at + found]]
            self._longest = [max(pair) for pair in zip(self._longest, said, strict=True)]
        return found

    def _goes_on(self, at: int) -> bool:
        """Whether the next row begins at a cell, or a title and then the row."""
        return self._count.peek(self._text(at)) or self._count.peek(self._text(at + 1))

    def _is_below(self, at: int, size: int) -> bool:
        """Whether a cell of the last row stands below the table: so long was none in its column, or it says so."""
        text = self._text(at + size)
        longer = self._longest[size] and len(text) > 2 * self._longest[size] + SOME
        return ends_table(text) or bool(HEADING.match(text)) or bool(longer)
