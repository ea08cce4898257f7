"""A plan as a DOCX: merged cells by gridSpan and vMerge, sections of their own for wide pages, Word's lists, notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from tests.layouts.lists import FORMS, Counter, word_text
from tests.layouts.model import Annex, Block, Boxed, Framed, Grid, Listed, Made, Rules, Sides, Turn, covering

_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
LIST, CELL_LIST = 90, 91
"""The numId of the list of a plan, and of that within its cells."""


def write(made: Made, path: Path) -> None:
    """Writes the plan."""
    document = docx.Document()
    document.styles["Normal"].font.name = "DejaVu Serif"  # which every system with LibreOffice has: pages break alike
    document.styles["Normal"].font.size = Pt(13)
    writer = _Writer(document, made)
    for at, block in enumerate(made.blocks):
        following = made.blocks[at + 1] if at + 1 < len(made.blocks) else None
        writer.block(document, block, wide=isinstance(following, Grid) and following.turn is not Turn.PORTRAIT)
    writer.finish()
    document.save(str(path))


class _Writer:
    """Writes the blocks of one plan, in order."""

    def __init__(self, document: Any, made: Made) -> None:
        self.document, self.made = document, made
        self.counter = Counter(made.numbers)
        self.notes: list[str] = []
        self.wide = False
        if made.automatic:
            _define(document, LIST, made.numbers)
            _define(document, CELL_LIST, ("-",))

    def block(self, holder: Any, block: Block, wide: bool = False) -> None:
        """Writes one block into the document or a cell."""
        if isinstance(block, Sides):
            self._sides(block)
        elif isinstance(block, Annex):
            self.wide = _new_page(self.document, self.wide, wide)
            for line in block.lines:
                _paragraph(holder, line, bold=not line.startswith("("), centred=True)
        elif isinstance(block, Grid):
            self._grid(holder, block)
        elif isinstance(block, Listed):
            self._listed(holder, block)
        elif isinstance(block, Boxed):
            _boxed(holder, block)
        elif isinstance(block, Framed):
            table = holder.add_table(rows=1, cols=1)
            _borders(table, Rules.ALL)
            for inner in block.blocks:
                self.block(table.cell(0, 0), inner)
        else:
            heading = block.style in ("heading", "title")
            _paragraph(holder, block.text, bold=heading, centred=block.style == "title")

    def _listed(self, holder: Any, block: Listed) -> None:
        number = "" if self.made.automatic else self.counter.next(block.level) + " "
        paragraph = _paragraph(holder, number + block.text, bold=block.level == 0)
        if self.made.automatic:
            _number(paragraph, LIST, block.level)
        if block.note:
            self.notes.append(block.note)
            run = paragraph.add_run()
            run.font.superscript = True
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(len(self.notes)))
            run._r.append(reference)

    def finish(self) -> None:
        """Writes the paragraph that every text ends with, and the part with the notes."""
        self.document.add_paragraph()
        if not self.notes:
            return
        notes = "".join(
            f'<w:footnote w:id="{at}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
            for at, text in enumerate(self.notes, start=1)
        )
        between = "".join(
            f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for at, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        xml = f"<w:footnotes {nsdecls('w')}>{between}{notes}</w:footnotes>"
        main = self.document.part
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _sides(self, block: Sides) -> None:
        """Two columns, as Word users set them: a table without rules."""
        table = self.document.add_table(rows=1, cols=2)
        for cell, lines in zip(table.rows[0].cells, (block.left, block.right), strict=True):
            self._fill(cell, lines, bold=False)

    def _fill(self, cell: Any, lines: Sequence[str], bold: bool, lists: bool = False) -> None:
        """The lines of a cell, each a paragraph; `lists`: those with a dash are items of a list."""
        for number, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            listed = lists and line.startswith("- ")
            paragraph.add_run(line.removeprefix("- ") if listed else line).bold = bold
            if listed:
                _number(paragraph, CELL_LIST, 0)

    def _grid(self, holder: Any, grid: Grid) -> None:
        rows = (*grid.header, *grid.rows)
        width = len(grid.widths)
        table = holder.add_table(rows=len(rows), cols=width)
        _borders(table, grid.rules)
        places = list(table._cells)  # asked for once: each asking walks the whole table
        for at, column, cell in covering(rows):
            place = places[at * width + column]
            if cell.rows > 1 or cell.columns > 1:
                place = place.merge(places[(at + cell.rows - 1) * width + column + cell.columns - 1])
            self._fill(place, cell.text.split("\n"), cell.bold, lists=self.made.automatic)
        if grid.repeats:
            for row in list(table.rows)[: len(grid.header)]:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _define(document: Any, identifier: int, numbers: Sequence[str]) -> None:
    """Defines a list of several levels."""
    root = document.part.numbering_part.element
    levels = ""
    for at, number in enumerate(numbers):
        form = next((FORMS[sign] for sign in reversed(number) if sign in FORMS), "bullet")
        levels += (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{word_text(number, at)}"/><w:pPr><w:ind w:left="{360 * at}"/></w:pPr></w:lvl>'
        )
    xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identifier}">{levels}</w:abstractNum>'
    root.insert(0, parse_xml(xml))
    num = f'<w:num {nsdecls("w")} w:numId="{identifier}"><w:abstractNumId w:val="{identifier}"/></w:num>'
    root.append(parse_xml(num))


def _number(paragraph: Any, identifier: int, level: int) -> None:
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{identifier}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().insert(0, parse_xml(xml))


def _boxed(holder: Any, block: Boxed) -> None:
    """A text box."""
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in block.lines)
    size = 'cx="3600000" cy="500000"'
    xml = (
        f'<w:drawing {nsdecls("w", "wp", "a")} xmlns:wps="{_SHAPES}"><wp:inline><wp:extent {size}/>'
        f'<wp:docPr id="1" name="Box"/><a:graphic><a:graphicData uri="{_SHAPES}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{lines}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing>"
    )
    holder.add_paragraph().add_run()._r.append(parse_xml(xml))


def _paragraph(holder: Any, text: str, bold: bool = False, centred: bool = False) -> Any:
    paragraph = holder.add_paragraph()
    paragraph.add_run(text).bold = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _new_page(document: Any, was_wide: bool, wide: bool) -> bool:
    """Begins a page; a section where it lies otherwise than the one before."""
    if was_wide == wide:
        document.add_page_break()
        return wide
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width
    return wide


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
