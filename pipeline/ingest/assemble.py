"""Laying out a page from its glyphs or OCR words: rows, columns and tables in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.document import Box, Cell, CellSpan, Furniture, Line, Table
from pipeline.ingest.furniture import is_page_number, is_signature
from pipeline.ingest.layout import CarryOver, TwoColumns, read_order
from pipeline.ingest.lines import make_line
from pipeline.ingest.margins import part_margins
from pipeline.ingest.pdf.frame import Integers
from pipeline.ingest.pdf.glyphs import Glyphs
from pipeline.ingest.pdf.insets import BODY, Inset, with_insets
from pipeline.ingest.pdf.pdfium import RawPage
from pipeline.ingest.tables.ruled import around, find_tables, grid, lefts
from pipeline.ingest.tables.unruled import UnruledTable, find_unruled
from pipeline.ingest.tilt import left_out
from pipeline.ingest.words import TextRow, TurnedRows, upright

TOUCHING = 0.3  # em: letters of a word stand no further apart
ARTIFACT = -(10**6)  # the region of running heads and feet that the file marks
COLOURED = 0.35  # of a cell: a bar leaves room above and below it


@dataclass(frozen=True)
class Assembled:
    """The lines and tables of a page.

    `crowded`: its rules were too many to look for tables. `carry` is what continues on the next page. `rotation` is the
    angle at which most text stands: 0, 90 (reads downwards), 180 or 270. `across` is the
    beginning of text that stands across the page, pale or at an angle, and was left out.
    """

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    crowded: bool
    carry: CarryOver | None
    rotation: int = 0
    across: str = ""


def assemble(raw: RawPage, carry: CarryOver | None = None, insets: Sequence[Inset] = ()) -> Assembled:
    """Lay out a page of a PDF: lines in reading order, cells of ruled tables in the place of their table.

    Args:
        raw: the page as PDFium gives it.
        carry: what continues from the page before.
        insets: pictures of text on it that were read.
    """
    found = find_tables(raw.edges) if raw.edges is not None else None
    candidates = found or []
    cells = [cell for table in candidates for cell in table]
    regions = _regions(raw, cells) if cells or raw.notes or raw.artifacts is not None else None
    sets = upright(raw.glyphs, raw.width, raw.height, regions)
    across = left_out(raw.glyphs, raw.width, raw.height) or raw.across
    sets, candidates, ruled = with_insets(sets, candidates, insets, (raw.width, raw.height))
    if not sets:
        return Assembled((), (), False, None, across=across)
    levels = [Box(*edge) for edge in raw.edges or () if edge.y0 == edge.y1 or edge.x0 == edge.x1] + ruled
    return replace(arrange(sets, candidates, carry, levels, raw.areas), crowded=found is None, across=across)


def arrange(
    sets: Sequence[tuple[int, TurnedRows]],
    candidates: Sequence[Sequence[Box]],
    carry: CarryOver | None = None,
    rules: Sequence[Box] | None = None,
    areas: Sequence[Box] = (),
) -> Assembled:
    """Lay out rows by region: lines in reading order.

    Args:
        sets: the rows of each region, not empty; a region is a cell's number over all `candidates`, or BODY.
        candidates: the cells of each ruled table on the page as displayed, in points.
        carry: what continues from the page before.
        rules: level rules of the page as displayed; tables without upright rules are looked for where they are given.
        areas: the coloured areas of the page as displayed.
    """
    angle = sets[0][1].angle  # that of most text: a page number beside a turned table is not what the page reads by
    main = next((turned for region, turned in sets if region == BODY and turned.angle == angle), sets[0][1])
    of_cell: dict[int, list[Line]] = {}
    frames: dict[int, TurnedRows] = {}
    rest: list[TurnedRows] = []
    aside: list[Line] = []
    for region, turned in sets:
        if region < BODY:
            apart = [make_line(row, turned) for row in turned.rows]
            aside.extend(replace(line, furniture=_kind(line, region)) for line in apart)
        elif region > BODY:
            of_cell.setdefault(region, []).extend(make_line(row, turned) for row in turned.rows)
            frames.setdefault(region, turned)
        else:
            rest.append(turned)
    placed: list[_UprightTable] = []
    at = 0
    for table in candidates:
        numbers = range(at, at + len(table))
        at += len(table)
        if any(number in of_cell for number in numbers):
            own = Counter(frames[number].angle for number in numbers if number in frames).most_common(1)[0][0]
            frame = next(turned for turned in frames.values() if turned.angle == own)
            placed.append(_stand(main, frame, table, [of_cell.get(number, []) for number in numbers], areas))
    lines: list[Line] = []
    runs_on: CarryOver | None = None
    if not any(turned.angle == main.angle for turned in rest):
        rest.insert(0, replace(main, rows=()))
    before = carry or CarryOver()
    for turned in rest:
        if turned.angle == main.angle:
            runs = None
            if rules is not None:
                level = [box for box in (main.into(rule) for rule in rules) if box.x1 - box.x0 > box.y1 - box.y0]
                found = find_unruled(turned.rows, turned.height, level, before.table)
                placed.extend(_stand_unruled(turned, table) for table in found.tables)
                turned, runs = replace(turned, rows=found.rest), found.runs_on
            placed.sort(key=lambda standing: (standing.box.y0, standing.box.x0))
            read, block = _read(turned, placed, before.block if not main.angle else None)
            runs_on = CarryOver(block, runs) if block or runs else None
        else:
            read, _ = _read(turned, ())
        lines.extend(read)
    tables = tuple(Table(standing.cells, main.box(standing.box), standing.lefts) for standing in placed)
    heads = [line for line in aside if line.furniture is not Furniture.DIGITAL_SIGNATURE and _is_above(line, main)]
    lines = [*heads, *lines, *(line for line in aside if line not in heads)]
    return Assembled(tuple(line for line in lines if line.text), tables, False, runs_on, angle)


def _kind(line: Line, region: int) -> Furniture:
    """What a line is that stands in no part of the text."""
    if region != ARTIFACT:
        return Furniture.DIGITAL_SIGNATURE
    return Furniture.PAGE_NUMBER if is_page_number(line.text) else Furniture.RUNNING_HEAD


def _is_above(line: Line, main: TurnedRows) -> bool:
    return line.box is not None and main.into(line.box).y0 < main.height / 2


def _stand_unruled(turned: TurnedRows, table: UnruledTable) -> _UprightTable:
    lines = []
    for number, content in enumerate(table.contents):
        for row in content:
            line = make_line(row, turned)
            lines.append(replace(line, cells=(CellSpan(0, len(line.text), number),)))
    return _UprightTable(table.box, tuple(lines), table.cells)


@dataclass(frozen=True)
class _UprightTable:
    """A table in the upright frame of its page: where it stands, its lines and its cells in reading order."""

    box: Box
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]
    lefts: tuple[float, ...] = ()


def _regions(raw: RawPage, cells: Sequence[Box]) -> Integers:
    """For each glyph the cell its middle lies in, BODY for none; lower numbers for digital signatures and artifacts."""
    glyphs = raw.glyphs
    out = np.full(len(glyphs.text), BODY, np.int64)
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.y0 + glyphs.y1) / 2
    for number, cell in enumerate(cells):
        out[(x >= cell.x0) & (x < cell.x1) & (y >= cell.y0) & (y < cell.y1)] = number
    if cells:
        _keep_words(glyphs, out)
    noted = np.arange(len(glyphs.text)) >= raw.own
    for number, note in enumerate(raw.notes, start=1):
        inside = noted & (x >= note.x0) & (x <= note.x1) & (y >= note.y0) & (y <= note.y1)
        if is_signature("".join(glyphs.text[at] for at in np.flatnonzero(inside).tolist())):
            out[inside] = BODY - number
    if raw.artifacts is not None:
        out[: len(raw.artifacts)][raw.artifacts] = ARTIFACT
    return out


def _keep_words(glyphs: Glyphs, regions: Integers) -> None:
    """Give a word that runs over the rule of its cell to the cell that holds most of it."""
    if len(regions) < 2 or not glyphs.runs:
        return
    blank = np.array([char.isspace() for char in glyphs.text])
    size = np.array([run.size for run in glyphs.runs])[glyphs.run]
    along = np.maximum(glyphs.x0[1:] - glyphs.x1[:-1], glyphs.x0[:-1] - glyphs.x1[1:])
    across = np.maximum(glyphs.y0[1:] - glyphs.y1[:-1], glyphs.y0[:-1] - glyphs.y1[1:])
    apart = (np.maximum(along, across) > TOUCHING * size[1:]) | (glyphs.run[1:] != glyphs.run[:-1])
    word = np.concatenate([[0], np.cumsum(apart | blank[1:] | blank[:-1])])
    for number in np.unique(word[1:][(np.diff(regions) != 0) & (np.diff(word) == 0)]).tolist():
        first, last = np.searchsorted(word, [number, number + 1]).tolist()
        regions[first:last] = Counter(regions[first:last].tolist()).most_common(1)[0][0]


def _stand(
    main: TurnedRows,
    own: TurnedRows,
    cells: Sequence[Box],
    contents: Sequence[Sequence[Line]],
    areas: Sequence[Box],
) -> _UprightTable:
    """A table in its place; `own` is the frame in which its text is upright, mostly that of the page."""
    level = [own.into(cell) for cell in cells]
    within = around(cells)
    near = [area for area in areas if _share(within, area) > 0]
    places = [
        replace(place, shaded=sum(_share(cell, area) for area in near) >= COLOURED)
        for place, cell in zip(grid(level), cells, strict=True)
    ]
    order = sorted(range(len(cells)), key=lambda number: (places[number].row, places[number].column))
    lines = tuple(
        replace(line, cells=(CellSpan(0, len(line.text), at),))
        for at, number in enumerate(order)
        for line in contents[number]
    )
    box = around([main.into(cell) for cell in cells])
    return _UprightTable(box, lines, tuple(places[number] for number in order), lefts(level))


def _share(cell: Box, area: Box) -> float:
    """The part of a cell that lies in an area, 0 to 1."""
    wide = min(cell.x1, area.x1) - max(cell.x0, area.x0)
    high = min(cell.y1, area.y1) - max(cell.y0, area.y0)
    whole = (cell.x1 - cell.x0) * (cell.y1 - cell.y0)
    return wide * high / whole if wide > 0 and high > 0 and whole > 0 else 0.0


def _read(
    turned: TurnedRows, standings: Sequence[_UprightTable], carry: TwoColumns | None = None
) -> tuple[list[Line], TwoColumns | None]:
    """The rows outside tables, read in the bands between the tables, with the tables' lines between."""
    rest = list(turned.rows)
    out: list[Line] = []
    for number, standing in enumerate(standings):
        box = standing.box
        above = [row for row in rest if row.baseline <= box.y0]
        inside = [row for row in rest if box.y0 < row.baseline <= box.y1 and _beside(row, box)]
        taken = {id(row) for row in (*above, *inside)}
        rest = [row for row in rest if id(row) not in taken]
        lines, _ = _band(turned, above, carry)
        carry = None
        out.extend(lines)
        out.extend(replace(line, table=number) for line in standing.lines)
        out.extend(make_line(row, turned, table=number) for row in inside)
    lines, carry = _band(turned, rest, carry)
    return out + lines, carry


def _beside(row: TextRow, box: Box) -> bool:
    return row.x0 >= box.x0 - 2 and row.x1 <= box.x1 + 2


def _band(
    turned: TurnedRows, rows: Sequence[TextRow], carry: TwoColumns | None
) -> tuple[list[Line], TwoColumns | None]:
    out: list[Line] = []
    for stretch in part_margins(rows):
        out.extend(replace(make_line(row, turned), furniture=Furniture.SIDE_NOTE) for row in stretch.notes)
        out.extend(make_line(row, turned) for row in stretch.heading)
        placed, carry = read_order(stretch.rows, turned.rows, carry)
        out.extend(make_line(item.row, turned, item.column, item.centred) for item in placed)
    return out, carry
