"""A plan as a DOCX: merged cells by gridSpan and vMerge, a section of its own for wide pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.layouts.model import Annex, Grid, Made, Rules, Sides, Text, Turn, covering


def write(made: Made, path: Path) -> None:
    """Writes the plan."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    wide = False
    for at, block in enumerate(made.blocks):
        if isinstance(block, Sides):
            _sides(document, block)
        elif isinstance(block, Annex):
            following = made.blocks[at + 1]
            wide = _new_page(document, wide, isinstance(following, Grid) and following.turn is not Turn.PORTRAIT)
            for line in block.lines:
                _paragraph(document, line, bold=not line.startswith("("), centred=True)
        elif isinstance(block, Grid):
            _grid(document, block)
        elif isinstance(block, Text):
            heading = block.style in ("heading", "title")
            _paragraph(document, block.text, bold=heading, centred=block.style == "title")
    document.save(str(path))


def _paragraph(holder: Any, text: str, bold: bool = False, centred: bool = False) -> None:
    paragraph = holder.add_paragraph()
    paragraph.add_run(text).bold = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _new_page(document: Any, was_wide: bool, wide: bool) -> bool:
    """Begins a page; a section where it lies otherwise than the one before."""
    if was_wide == wide:
        document.add_page_break()
        return wide
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width
    return wide


def _sides(document: Any, block: Sides) -> None:
    """Two columns, as Word users set them: a table without rules."""
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (block.left, block.right), strict=True):
        _fill(cell, lines, bold=False)


def _fill(cell: Any, lines: Sequence[str], bold: bool) -> None:
    """The lines of a cell, each a paragraph."""
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = bold


def _grid(document: Any, grid: Grid) -> None:
    rows = (*grid.header, *grid.rows)
    width = len(grid.widths)
    table = document.add_table(rows=len(rows), cols=width)
    _borders(table, grid.rules)
    places = list(table._cells)  # asked for once: each asking walks the whole table
    for at, column, cell in covering(rows):
        place = places[at * width + column]
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(places[(at + cell.rows - 1) * width + column + cell.columns - 1])
        _fill(place, cell.text.split("\n"), cell.bold)
    if grid.repeats:
        for row in list(table.rows)[: len(grid.header)]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _borders(table: Any, rules: Rules) -> None:
    if rules is Rules.NONE:
        return
    borders = OxmlElement("w:tblBorders")
    sides = ["top", "left", "bottom", "right", "insideH", "insideV"]
    for side in sides if rules is Rules.ALL else ["top", "bottom", "insideH"]:
        border = OxmlElement(f"w:{side}")
        border.set(qn("w:val"), "single")
        border.set(qn("w:sz"), "4")
        borders.append(border)
    table._tbl.tblPr.append(borders)
