"""Tables in Markdown or plain text: pipe tables, which of their lines are rows, and the cells of these.

A pipe table is a row, a row of dashes and further rows (GitHub Flavored Markdown, 4.10). In text without other marks,
three rows with as many pipes are one too, and so are rows as wide as the table before them: it goes on after a page
number or a blank line. Each row stays one line: its cells, without their marks, with " | " between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.document import Cell, CellSpan, Line, Table
from pipeline.ingest.layout import LAYOUT_ROWS, begins_with_cue
from pipeline.ingest.text.markdown import read_marks
from pipeline.knowledge.documents import parts
from pipeline.language.folding import fold

LEAST_ROWS, LEAST_BARS = 3, 3  # of a table without a row of dashes

_BAR = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"^\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\s*$")
_RULE = re.compile(r"^\s*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?\s*$")
_OTHER_BLOCK = re.compile(r"^\s*(?:#{1,6}[ \t]|>|[*+-][ \t])")

TextSpan = tuple[int, int]


class TextTable(NamedTuple):
    """A table of a text: the first of its source lines, its lines (their `table` not yet set), its cells.

    `certain`: its marks belong to Markdown or HTML alone.
    """

    first: int
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]
    certain: bool

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
        while end < len(raws) and end not in taken and _is_row(raws[end]):
            end += 1
        run = raws[at:end]
        first = _begins(run)
        if first is not None or _is_table(run) or (wide > 1 and run and all(_is_closed(raw, wide) for raw in run)):
            found = _table(at + (first or 0), run[first or 0 :], first is not None, notes)
            out.append(found)
            wide = max(cell.column for cell in found.cells) + 1
        at = max(end, at + 1)
    return out


def _is_row(raw: str) -> bool:
    return "|" in raw and bool(_spans(raw)) and (bool(_DELIMITER.match(raw)) or not _OTHER_BLOCK.match(raw))


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
    bars = {len(_BAR.findall(raw)) for raw in run}
    return len(run) >= LEAST_ROWS and len(bars) == 1 and min(bars) >= LEAST_BARS


def _is_closed(raw: str, wide: int) -> bool:
    """Whether a row stands between pipes and has so many cells."""
    bare = raw.strip()
    return bare.startswith("|") and bare.endswith("|") and len(_spans(raw)) == wide


def _spans(raw: str) -> list[TextSpan]:
    """Where the cells of a row stand in it, the pipes around the row left out; none for a line without a pipe."""
    bars = [hit.start() for hit in _BAR.finditer(raw)]
    if not bars:
        return []
    spans = list(zip([0, *(bar + 1 for bar in bars)], [*bars, len(raw)], strict=True))
    if not raw[: bars[0]].strip():
        spans.pop(0)
    if spans and not raw[bars[-1] + 1 :].strip():
        spans.pop()
    return spans


def _table(first: int, run: Sequence[str], certain: bool, notes: frozenset[str]) -> TextTable:
    dashes = next((at for at, raw in enumerate(run) if certain and _DELIMITER.match(raw)), None)
    rows = [None if at == dashes or _RULE.match(raw) else _spans(raw) for at, raw in enumerate(run)]
    wide = max(len(spans) for spans in rows if spans is not None)
    lines: list[Line] = []
    high = 0
    for raw, spans in zip(run, rows, strict=True):
        if spans is None:
            lines.append(Line("", raw))
        else:
            lines.append(_row(raw, spans, high * wide, notes))
            high += 1
    cells = tuple(Cell(row, column) for row in range(high) for column in range(wide))
    return TextTable(first, tuple(lines), cells, certain)


def _row(raw: str, spans: Sequence[TextSpan], first: int, notes: frozenset[str]) -> Line:
    """A row as a line; `first` is the number of its first cell."""
    text = ""
    origin: list[int] = []
    cells: list[CellSpan] = []
    bold: list[bool] = []
    italic: list[bool] = []
    for number, (start, end) in enumerate(spans):
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
                cells.append(CellSpan(at + begin, at + end_, first + number))
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
        tables.append(Table(tuple(replace(cell, row=cell.row - top) for cell in cells)))
    return tuple(out), tuple(tables)
