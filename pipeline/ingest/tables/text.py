"""Tables of Markdown and plain text, however they were found, and how they are set among the lines of their pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pipeline.document import Cell, Line, Table
from pipeline.ingest.layout import LAYOUT_ROWS, begins_with_cue
from pipeline.knowledge.documents import page_furniture, parts
from pipeline.language.folding import fold

TextSpan = tuple[int, int]


@cache
def _page_marks(numbers: bool) -> re.Pattern[str]:
    forms = (*page_furniture().page_mark.forms, *(page_furniture().page_number.forms if numbers else ()))
    return re.compile("|".join(f"(?:{one})" for one in forms).replace("?P<number>", ""))


def is_page_mark(text: str, numbers: bool = False) -> bool:
    """Tell whether a line is the mark of a page's end, or where `numbers` is True the number of a page."""
    return bool(_page_marks(numbers).search(" ".join(text.split()).casefold()))


class TextTable(NamedTuple):
    """A table of a text: the first of its source lines, its lines (their `table` not yet set), its cells.

    `certain`: its marks belong to Markdown or HTML alone; `untold` and `presumed` as in `Table`.
    """

    first: int
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]
    certain: bool
    untold: tuple[int, ...] | None = None
    presumed: tuple[int, ...] = ()

    @property
    def source(self) -> range:
        """The indices of its source lines."""
        return range(self.first, self.first + len(self.lines))

    @property
    def is_block(self) -> bool:
        """Whether it is no table but a block of two columns: the head of a document, its addressees, or its foot."""
        filled = {self.cells[part.cell].column for line in self.lines for part in line.cells}
        rows = {self.cells[part.cell].row for line in self.lines for part in line.cells}
        text = "\n".join(line.text for line in self.lines)
        addressed = any(re.match(one, fold(text)) for one in parts().addressed)
        cells = (line.text[part.start : part.end] for line in self.lines for part in line.cells)
        return (
            len(filled) == 2
            and len(rows) <= LAYOUT_ROWS
            and (addressed or any(map(begins_with_cue, map(str.strip, cells))))
        )


def tables_among(count: int, taken: frozenset[int], begins: Callable[[int], TextTable | None]) -> list[TextTable]:
    """The tables among some lines, one behind the other.

    Args:
        count: how many lines there are.
        taken: indices of lines that stand in other tables.
        begins: the table that begins with a line, None where none does.
    """
    out: list[TextTable] = []
    at = 0
    while at < count:
        found = None if at in taken else begins(at)
        if found is not None and taken.isdisjoint(found.source):
            out.append(found)
            at = found.source.stop
        else:
            at += 1
    return out


def set_tables(
    lines: Sequence[Line], first: int, found: Sequence[TextTable]
) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    """Set tables among the lines of one page.

    Args:
        lines: of the page.
        first: the source line that the first of them is.
        found: tables of the text.

    Returns:
        The lines of the page, and those of the tables that stand on it.
    """
    out = list(lines)
    tables: list[Table] = []
    for table in found:
        low, high = max(table.first, first), min(table.first + len(table.lines), first + len(lines))
        if low >= high:
            continue
        rows = [table.cells[part.cell].row for at in range(low, high) for part in table.lines[at - table.first].cells]
        if not rows:  # nothing is said in its cells on this page
            out[low - first : high - first] = table.lines[low - table.first : high - table.first]
            continue
        top, bottom = min(rows), max(rows)
        kept = [number for number, cell in enumerate(table.cells) if top <= cell.row <= bottom]
        new = {number: at for at, number in enumerate(kept)}
        for at in range(low, high):
            line = table.lines[at - table.first]
            parts = tuple(replace(part, cell=new[part.cell]) for part in line.cells)
            out[at - first] = replace(line, table=len(tables), cells=parts)
        cells = (table.cells[number] for number in kept)
        untold = None if table.untold is None else tuple(row - top for row in table.untold if top <= row <= bottom)
        presumed = tuple(row - top for row in table.presumed if top <= row <= bottom)
        moved = tuple(replace(cell, row=cell.row - top) for cell in cells)
        tables.append(Table(moved, untold=untold, presumed=presumed))
    return tuple(out), tuple(tables)
