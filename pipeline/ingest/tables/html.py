"""HTML tables inside Markdown, as converters write them for merged cells: each source line stays one line.

A source line can hold a piece of a cell, a row or a whole table; its text is cut into the cells it stands in, with " |
" between them. A table inside a cell is part of that cell's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

from pipeline.document import Cell, CellSpan, Line
from pipeline.ingest.clean import Marked, compose, mark
from pipeline.ingest.tables.text import TextTable

MAX_SPAN = 1000  # columns; the limit of the HTML standard (4.9.11)

_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
_APART = {"br", "p", "div", "li", "tr", "td", "th"}  # what begins here stands apart from what was before
_BOLD = {"b", "strong"}


class _Char(NamedTuple):
    """A character that prints: the line it stands in, from the table's first, and its place there."""

    line: int
    at: int
    char: str
    cell: int | None
    bold: bool


@dataclass
class _HtmlTableParser(HTMLParser):
    """Reads one table; `rows` holds the spans (rows, columns) of the cells of each row."""

    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    chars: list[_Char] = field(default_factory=list)
    depth: int = 0
    count: int = 0
    cell: int | None = None
    bold: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
        elif self.depth == 1 and tag == "tr":
            self.rows.append([])
            self.cell = None
        elif self.depth == 1 and tag in ("td", "th"):
            given = dict(attrs)
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append((_span(given.get("rowspan"), 0), min(_span(given.get("colspan"), 1), MAX_SPAN)))
            self.cell = self.count
            self.count += 1
            self.bold = 0
        elif tag in _APART:
            self._take(" ")
        elif tag in _BOLD:
            self.bold += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.depth = max(0, self.depth - 1)
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self.cell = None
        elif tag in _BOLD:
            self.bold = max(0, self.bold - 1)
        if tag in _APART or tag == "table":
            self._take(" ")
        if not self.depth:
            self.cell = None

    def handle_data(self, data: str) -> None:
        line, at = self.getpos()
        for char in data:
            if char == "\n":
                line, at = line + 1, 0
            else:
                self.chars.append(_Char(line - 1, at, char, self.cell, self.bold > 0))
                at += 1

    def handle_entityref(self, name: str) -> None:
        self._take(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._take(unescape(f"&#{name};"))

    def _take(self, text: str) -> None:
        line, at = self.getpos()
        self.chars.extend(_Char(line - 1, at, char, self.cell, self.bold > 0) for char in text)


def _span(written: str | None, least: int) -> int:
    """A span as written, 1 where it is missing or no number; a row span of 0 reaches to the end of the table."""
    return max(least, int(written)) if written and re.fullmatch("[0-9]{1,5}", written.strip()) else 1


def html_tables(raws: Sequence[str]) -> list[TextTable]:
    """Find the HTML tables among the source lines of a text; one that is never closed is none."""
    out: list[TextTable] = []
    at = 0
    while at < len(raws):
        if not _TABLE.search(raws[at]):
            at += 1
            continue
        end, depth = at, 0
        while end < len(raws) and (end == at or depth > 0):
            depth += len(_TABLE.findall(raws[end])) - len(_END.findall(raws[end]))
            end += 1
        if depth > 0:
            break
        reader = _HtmlTableParser()
        reader.feed("\n".join(raws[at:end]))
        if reader.count:
            out.append(TextTable(at, _lines(raws[at:end], reader.chars), _grid(reader.rows), True))
        at = end
    return out


def _grid(rows: Sequence[Sequence[tuple[int, int]]]) -> tuple[Cell, ...]:
    """Where each cell stands: in the first column that no cell from above runs through."""
    out = []
    busy: dict[int, int] = {}  # column -> the first row it is free in
    for row, spans in enumerate(rows):
        column = 0
        for high, wide in spans:
            while busy.get(column, 0) > row:
                column += 1
            end = len(rows) if high == 0 else min(row + high, len(rows))
            for covered in range(column, column + wide):
                busy[covered] = end
            out.append(Cell(row, column, end - row, wide))
            column += wide
    return tuple(out)


def _lines(raws: Sequence[str], chars: Sequence[_Char]) -> tuple[Line, ...]:
    of_line: dict[int, list[_Char]] = {}
    for char in chars:
        of_line.setdefault(char.line, []).append(char)
    return tuple(_line(raw, of_line.get(number, [])) for number, raw in enumerate(raws))


def _line(raw: str, chars: Sequence[_Char]) -> Line:
    text = ""
    origin: list[int] = []
    cells: list[CellSpan] = []
    for cell, members in groupby(chars, key=lambda char: char.cell):
        marked: Marked = []
        for char in members:
            seen = mark(char.char)
            if not (seen and seen[0][0] == " " and marked and marked[-1][0] == " "):
                marked.extend((one, char.at) for one, _ in seen)
        said, places = compose(marked)
        if not said:
            continue
        if text:
            text += " | "
            origin.extend([places[0]] * 3)
        if cell is not None:
            cells.append(CellSpan(len(text), len(text) + len(said), cell))
        text += said
        origin.extend(places)
    letters = [char.bold for char in chars if char.char.isalnum()]
    bold = bool(letters) and all(letters)
    return Line(text, raw, () if text == raw else tuple(origin), cells=tuple(cells), bold=bold)
