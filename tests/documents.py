"""Documents made of a few lines, for tests of the stages behind ingest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import (
    Box,
    Cell,
    CellSpan,
    Document,
    DocumentPart,
    Line,
    Page,
    Passage,
    SourceSpan,
    Table,
    TextOrigin,
)
from pipeline.outline import outline

# A first paragraph as wide as a page, so that the short lines behind it are seen to end short of the margin.
OPENING = """Thực hiện nhiệm vụ được giao, Ủy ban nhân dân tỉnh ban hành Kế hoạch mua sách cho hệ
thống thư viện công cộng trên địa bàn tỉnh, từng bước đáp ứng nhu cầu đọc và học tập
suốt đời của Nhân dân; nâng cao chất lượng phục vụ của các thư viện công cộng, cụ thể
như sau:
"""
CHARACTER, LEADING = 5.0, 14.0  # points: the width of a character and the height of a line on a made-up page


def line(text: str, **fields: object) -> Line:
    """A line as ingest gives it; "## " and "** **" around its words are Markdown's heading and bold."""
    heading = re.match(r"(#+) ", text)
    level = len(heading.group(1)) if heading else None
    text = text[heading.end() :] if heading else text
    bold = text.startswith("**") and text.endswith("**") and len(text) > 4
    text = text.strip("*") if bold else text
    return Line(text, text, heading_level=level, bold=bold or level is not None, **fields)  # type: ignore[arg-type]


def document(text: str | Sequence[Line], *more: Sequence[Line]) -> Document:
    """A document of one page a group of lines; a string is one page of plain text."""
    first = [line(one) for one in text.split("\n")] if isinstance(text, str) else text
    pages = tuple(
        Page(number, tuple(lines), TextOrigin.PLAIN, "test") for number, lines in enumerate((first, *more), 1)
    )
    return Document("plan.txt", "0" * 64, "text/plain", pages, has_pages=bool(more))


def printed(*rows: tuple[float, str]) -> list[Line]:
    """Lines on a page, one below the other: the left edge in points, and the words."""
    return [
        line(text, box=Box(x0, at * LEADING, x0 + CHARACTER * len(text), at * LEADING + 12))
        for at, (x0, text) in enumerate(rows)
    ]


def passage(text: str, at: int = 0) -> Passage:
    """A passage that stands in one piece at offset `at` of its document."""
    return Passage(text, (SourceSpan(0, at, len(text)),), 1)


def body(text: str) -> Document:
    """A plain text whose first paragraph shows how wide its lines may be."""
    return document(OPENING + text)


def part(text: str) -> DocumentPart:
    """The first part of such a text."""
    return outline(body(text)).parts[0]


ABOVE, LEFT = "^", "<"  # in a made-up table: where a cell from above or from the left runs on
Grid = Sequence[Sequence[str]]  # rows of what the cells say, "\n" between printed lines


def grid(*rows: str) -> list[list[str]]:
    """A table written as "TT | Nhiệm vụ | Đơn vị chủ trì"; "/" with blanks around it breaks a line within a cell."""
    return [[cell.strip().replace(" / ", "\n") for cell in row.split("|")] for row in rows]


def _cells(rows: Grid) -> list[Cell]:
    """The cells of a table, row by row, each over the rows and columns that it runs on in."""
    out = []
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text in (ABOVE, LEFT):
                continue
            wide = next((n for n, one in enumerate(row[column + 1 :], 1) if one != LEFT), len(row) - column)
            high = next((n for n, one in enumerate(rows[at + 1 :], 1) if one[column] != ABOVE), len(rows) - at)
            out.append(Cell(at, column, high, wide))
    return out


def page_of(number: int, *blocks: str | Grid, lefts: Sequence[float] = ()) -> Page:
    """A page of paragraphs and tables; `lefts` are where the columns of its tables begin, in points."""
    lines: list[Line] = []
    tables: list[Table] = []
    for block in blocks:
        if isinstance(block, str):
            lines.extend(line(one) for one in block.split("\n"))
            continue
        cells = _cells(block)
        for index, cell in enumerate(cells):
            for text in filter(None, block[cell.row][cell.column].split("\n")):
                one = line(text)
                lines.append(replace(one, table=len(tables), cells=(CellSpan(0, len(one.text), index),)))
        box = Box(lefts[0], 100.0, 550.0, 700.0) if lefts else None
        tables.append(Table(tuple(cells), box, tuple(lefts)))
    return Page(number, tuple(lines), TextOrigin.TEXT_LAYER, "test", tables=tuple(tables))


def paged(*pages: Page) -> Document:
    """A document of pages."""
    return Document("plan.pdf", "0" * 64, "application/pdf", pages, has_pages=True)


def tabled(*rows: str) -> Document:
    """A document that is one table, written as for `grid`."""
    return paged(page_of(1, grid(*rows)))


def in_lines(*lines: str) -> Passage:
    """What a cell says, printed in these lines."""
    pieces, text = [], ""
    for one in filter(None, (one.strip() for one in lines)):
        text += " " if text else ""
        pieces.append(SourceSpan(len(text), len(text), len(one)))
        text += one
    return Passage(text, tuple(pieces), 1)


def table_texts(page: Page, index: int) -> tuple[tuple[str, ...], ...]:
    """The texts of the cells of a table, row by row; "" for an empty cell and where a larger cell continues."""
    table = page.tables[index]
    texts: dict[int, list[str]] = {}
    for line in page.lines:
        if line.table == index:
            for part in line.cells:
                texts.setdefault(part.cell, []).append(line.text[part.start : part.end])
    high, wide = table.size
    rows = [[""] * wide for _ in range(high)]
    for number, cell in enumerate(table.cells):
        rows[cell.row][cell.column] = " ".join(texts.get(number, ()))
    return tuple(tuple(row) for row in rows)
