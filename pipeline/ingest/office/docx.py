"""Reading DOCX with python-docx: one page of lines and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from typing import Any, Literal

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart

from pipeline.document import Cell, CellSpan, Furniture, Line, Page, Side, Table, TextOrigin
from pipeline.errors import DamagedError, DocumentError, NoTextError, Notice, TooLargeError, notice
from pipeline.ingest.furniture import is_page_number, set_aside
from pipeline.ingest.layout import LAYOUT_ROWS, begins_with_cue, is_cue
from pipeline.ingest.notes.footnotes import SHOWN
from pipeline.ingest.office.numbering import Numbering
from pipeline.ingest.office.package import check_package
from pipeline.ingest.office.paragraphs import NoteReference, ParagraphReader, boxes, join_deleted_marks
from pipeline.ingest.office.pictures import DocxPictures, lines_of
from pipeline.ingest.office.styles import Styles, child, value
from pipeline.knowledge.documents import column_role
from pipeline.language.encodings import Name
from pipeline.settings import Settings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_QUOTE = 120  # characters of what is struck out, in the notice
MAX_DEPTH = 40  # content controls and tables within one another

_NOTES: dict[Literal["footnote", "endnote", "comment"], str] = {
    "footnote": RELATIONSHIP_TYPE.FOOTNOTES,
    "endnote": RELATIONSHIP_TYPE.ENDNOTES,
    "comment": RELATIONSHIP_TYPE.COMMENTS,
}
# Beside documents as such: templates, and both with macros, which nobody runs here ([MS-OFFMACRO2] 2.1.1).
_MAIN_PARTS = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_AROUND = {qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")}

_OF_WORK = frozenset({"lead", "responsible", "cooperating", "time", "start", "end"})
_HOLDING = _AROUND | {_TABLE, qn("w:tr"), qn("w:tc")}


def read_docx(path: Path, digest: str, settings: Settings) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read a DOCX.

    Args:
        path: the file.
        digest: the SHA-256 of what was given, for the cache of OCR.
        settings: limits, and how its pictures are read.

    Returns:
        Its one page, or the pictures that it holds where it has no other text, a page each; and notices.

    Raises:
        DamagedError: it is no sound DOCX.
        TooLargeError: it has more characters.
        NoTextError: it has none.
    """
    with_macros = check_package(path)
    try:
        document = _opened(path)
        with DocxPictures(digest, settings, document.part) as pictures:
            walker = _DocxWalker(document, pictures)
            lines, tables = walker.read()
            if walker.reader.encodings:  # short lines of it can be told only now
                walker = _DocxWalker(document, pictures, frozenset(walker.reader.encodings))
                lines, tables = walker.read()
    except DocumentError:
        raise
    except Exception as error:  # python-docx and lxml raise whatever a damaged file leads them to
        reason = f"{type(error).__name__}: {error}"[:200]
        raise DamagedError(file=path.name, reason=reason) from error
    if sum(len(line.raw) for line in lines) > settings.max_characters:
        reason = f"more characters than max_characters, {settings.max_characters}"
        raise TooLargeError(file=path.name, reason=reason)
    if not any(line.text for line in lines):
        raise NoTextError(file=path.name)
    told = (*_notices(walker, document), *([notice("W231")] if with_macros else []))
    if walker.shown and not any(line.text and not line.words for line in lines):  # scanned pages put into a document
        return set_aside([replace(page, number=number) for number, page in enumerate(walker.shown, 1)]), told
    return (Page(1, tuple(lines), TextOrigin.PLAIN, "DOCX", tuple(tables)),), told


def _notices(walker: _DocxWalker, document: Any) -> Iterator[Notice]:
    yield from walker.told
    if count := sum(1 for _ in document.element.body.iter(qn("w:altChunk"))):
        yield notice("W234", 1, count=count)
    yield from walker.pictures.told
    if walker.reader.struck:
        words = shorten(" … ".join(walker.reader.struck), LONGEST_QUOTE, placeholder=" …")
        yield notice("W226", 1, words=words)
    for name in sorted(walker.reader.encodings):
        yield notice("W208", encoding=name)


def _opened(path: Path) -> Any:
    """The document of a file, of templates and of files with macros too."""
    for kind in _MAIN_PARTS:
        PartFactory.part_type_for.setdefault(kind, DocumentPart)
    part = Package.open(str(path)).main_document_part
    if not isinstance(part, DocumentPart):
        raise ValueError(f"its main part is {part.content_type}")
    join_deleted_marks(part.element)
    return part.document


class _DocxWalker:
    """Walks a document once, in order."""

    def __init__(self, document: Any, pictures: DocxPictures, known: frozenset[Name] = frozenset()) -> None:
        self._document = document
        self.pictures = pictures
        self.shown: list[Page] = []
        """The pictures of text, in their order."""
        part = document.part
        self._styles = Styles(_related(part, RELATIONSHIP_TYPE.STYLES))
        self.reader = ParagraphReader(
            self._styles, Numbering(_related(part, RELATIONSHIP_TYPE.NUMBERING), self._styles), known
        )
        self._tables: list[Table] = []
        self._marks = 0
        self.told: list[Notice] = []
        """What is to be said of its notes and comments."""

    def read(self) -> tuple[list[Line], list[Table]]:
        head = self._head()
        lines = self._margins("header", head)
        lines.extend(self._blocks(head) if head is not None else ())
        lines.extend(self._blocks(self._document.element.body))
        for kind, relation in _NOTES.items():
            lines.extend(self._notes(kind, relation))
        lines.extend(self._margins("footer"))
        return lines, self._tables

    def _blocks(self, parent: Any, depth: int = 0) -> Iterator[Line]:
        """The lines of the paragraphs and tables below an element."""
        for element in parent:
            if element.tag == _PARAGRAPH:
                yield from self._paragraph(element, depth)
            elif element.tag == _TABLE and depth < MAX_DEPTH:
                yield from self._table(element, depth)
            elif element.tag in _AROUND and depth < MAX_DEPTH:
                yield from self._blocks(element, depth + 1)

    def _paragraph(
        self, element: Any, depth: int, column: Side | None = None, table: int | None = None
    ) -> Iterator[Line]:
        listed = self._styles.is_contents(element)  # a table of contents repeats headings
        lines = self.reader.lines(element, column, table, Furniture.RUNNING_HEAD if listed else None)
        contents = list(boxes(element)) if depth < MAX_DEPTH else []
        if not contents or any(line.text for line in lines):
            yield from lines
        for content in contents:
            if column is None and table is None:
                yield from self._blocks(content, depth + 1)
            else:
                for inner in self._flat(content, depth + 1):
                    yield from self._paragraph(inner, depth + 1, column, table)
        for page in self.pictures.of(element) if depth < MAX_DEPTH else ():
            self.shown.append(page)
            yield from lines_of(page, len(self._tables), table)
            self._tables.extend(replace(one, box=None, lefts=()) for one in page.tables if table is None)

    def _flat(self, parent: Any, depth: int, inner: list[Any] | None = None) -> Iterator[Any]:
        """The paragraphs below an element, those of tables within it cell by cell; `inner` takes tables of work."""
        for element in parent:
            if element.tag == _PARAGRAPH:
                yield element
            elif inner is not None and element.tag == _TABLE and _lists_work(element, depth):
                inner.append(element)
            elif depth < MAX_DEPTH and element.tag in _HOLDING:
                yield from self._flat(element, depth + 1, inner)

    def _table(self, element: Any, depth: int) -> Iterator[Line]:
        grid = list(_rows(element, depth))
        rows = [[(at, span, cell) for at, span, cell in row if cell is not None] for row in grid]
        columns = {at for row in rows for at, _, cell in row if _printed(cell)}
        if not columns:
            return
        if sides := self._sides(element, rows, columns):
            for side in dict.fromkeys(sides.values()):
                for row in rows:
                    for at, _, cell in row:
                        if len(columns) > 1 and sides.get(at, Side.LEFT) is not side:
                            continue
                        if len(columns) == 1 or _holds_table(cell, depth):  # a frame: what it holds is of the page
                            yield from self._blocks(cell, depth + 1)
                        else:
                            yield from self._cell(cell, depth, side, None)
            return
        index = len(self._tables)
        self._tables.append(Table(()))
        cells: list[Cell] = []
        inner: list[Any] = []
        for number, row in enumerate(rows):
            for at, span, cell in row:
                for line in self._cell(cell, depth, None, index, inner):
                    if line.text:
                        yield replace(line, cells=(CellSpan(0, len(line.text), len(cells)),))
                cells.append(Cell(number, at, _run(grid, number, at), span, _is_shaded(cell)))
        self._tables[index] = Table(tuple(cells))
        for one in inner:  # what it says of work is said below the table that it stands in
            yield from self._table(one, depth + 1)

    def _sides(
        self, element: Any, rows: Sequence[Sequence[tuple[int, int, Any]]], columns: set[int]
    ) -> dict[int, Side]:
        """On which side each column stands of a table that only sets two beside each other; none for other tables.

        In the head of a letter the rows may be divided at different places.
        """
        if len(rows) > LAYOUT_ROWS:
            return {}
        paragraphs = (one for row in rows for _, _, cell in row for one in cell.iter(_PARAGRAPH))
        has_cue = any(begins_with_cue("".join(one.itertext()).strip()) for one in paragraphs)
        halves = [[at for at, _, cell in row if _printed(cell)] for row in rows]
        lefts, rights = ({row[end] for row in halves if len(row) == 2} for end in (0, -1))
        if len(columns) > 2 and not (has_cue and max(map(len, halves)) == 2 and lefts.isdisjoint(rights)):
            return {}
        if len(columns) == 2 and not (has_cue or (len(rows) <= 2 and not self._ruled(element))):
            return {}
        first = min(columns)
        return {
            at: Side.LEFT if at == first or (at in lefts and len(columns) > 2) else Side.RIGHT for at in sorted(columns)
        }

    def _cell(
        self, cell: Any, depth: int, column: Side | None, table: int | None, inner: list[Any] | None = None
    ) -> Iterator[Line]:
        for paragraph in self._flat(cell, depth + 1, inner):
            yield from self._paragraph(paragraph, depth + 1, column, table)

    def _ruled(self, table: Any) -> bool:
        """Whether a table prints rules between or around its cells; a rule under one cell alone does not count."""
        direct = child(table, "w:tblPr", "w:tblBorders")
        borders = [direct] if direct is not None else []
        borders.extend(self._styles.table_borders(value(table, "w:tblPr", "w:tblStyle")))
        sides: dict[str, bool] = {}
        for setting in borders:
            for side in setting:
                sides.setdefault(side.tag, side.get(qn("w:val")) not in ("nil", "none", None))
        if sides.get(qn("w:insideV")) or sides.get(qn("w:insideH")):
            return True
        cells = [cell for cell in table.iter(qn("w:tc"))]
        boxed = 0
        for cell in cells:
            own = child(cell, "w:tcPr", "w:tcBorders")
            if own is not None:
                boxed += sum(side.get(qn("w:val")) not in ("nil", "none", None) for side in own) >= 3
        return boxed * 2 > len(cells)

    def _head(self) -> Any:
        """The header of the first page, where the head of the document stands in it."""
        section = self._document.sections[0]
        first = section.first_page_header if section.different_first_page_header_footer else section.header
        if first.is_linked_to_previous or not is_cue("\n".join(first._element.itertext())):
            return None
        return first._element

    def _margins(self, kind: str, left_out: Any = None) -> list[Line]:
        """The lines of headers or footers, each text once, set aside."""
        seen: set[str] = set()
        out = []
        for section in self._document.sections:
            for name in (kind, f"first_page_{kind}", f"even_page_{kind}"):
                margin = getattr(section, name)
                if margin.is_linked_to_previous or margin._element is left_out:
                    continue
                for paragraph in self._flat(margin._element, 0):
                    for line in self.reader.lines(paragraph, furniture=Furniture.RUNNING_HEAD):
                        if line.text and line.text not in seen:
                            seen.add(line.text)
                            number = is_page_number(line.text)
                            out.append(replace(line, furniture=Furniture.PAGE_NUMBER) if number else line)
        return out

    def _notes(self, kind: Literal["footnote", "endnote", "comment"], relation: str) -> Iterator[Line]:
        """The lines of notes that the text refers to; comments have none, as nobody prints them."""
        root = _related(self._document.part, relation)
        for note in root if root is not None else ():
            at = self.reader.notes.get(NoteReference(kind, note.get(qn("w:id"), "")))
            if at is None:
                continue
            paragraphs = (self.reader.lines(one, furniture=Furniture.FOOTNOTE) for one in self._flat(note, 0))
            lines = [line for one in paragraphs for line in one if line.text]
            text = shorten(" ".join(line.text for line in lines), SHOWN, placeholder=" …")
            if kind == "comment":
                self.told.append(notice("W228", 1, author=note.get(qn("w:author"), "?"), at=at, text=text))
            elif lines:
                self._marks += 1
                self.told.append(notice("W227", 1, mark=self._marks, at=at, text=text))
                yield from lines


def _related(part: Any, kind: str) -> Any:
    """The root element of the part a document is related to, None when it has none."""
    for relation in part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            target = relation.target_part
            return target.element if hasattr(target, "element") else parse_xml(target.blob)
    return None


def _run(rows: Sequence[Sequence[tuple[int, int, Any]]], first: int, column: int) -> int:
    """How many rows the cell covers that begins in row `first`."""
    for number in range(first + 1, len(rows)):
        if not any(at == column and cell is None for at, _, cell in rows[number]):
            return number - first
    return len(rows) - first


def _rows(table: Any, depth: int) -> Iterator[list[tuple[int, int, Any]]]:
    """The cells of each row, the column they begin in and how many they span; None where one from above runs on."""
    above: set[int] = set()
    for row in _rows_below(table, depth):
        at = _count(value(row, "w:trPr", "w:gridBefore"), 0)
        cells: list[tuple[int, int, Any]] = []
        merged: set[int] = set()
        for cell in _cells_below(row, depth):
            span = max(1, _count(value(cell, "w:tcPr", "w:gridSpan"), 1))
            beside = child(cell, "w:tcPr", "w:hMerge")
            if cells and beside is not None and beside.get(qn("w:val")) != "restart":
                start, wide, first = cells[-1]
                cells[-1] = start, wide + span, first
                at += span
                continue
            merge = child(cell, "w:tcPr", "w:vMerge")
            if merge is not None:
                merged.add(at)
            # What goes on from nothing begins: Word prints it.
            runs_on = merge is not None and merge.get(qn("w:val")) != "restart" and at in above
            cells.append((at, span, None if runs_on else cell))
            at += span
        yield cells
        above = merged


def _rows_below(parent: Any, depth: int) -> Iterator[Any]:
    for element in parent:
        if element.tag == qn("w:tr"):
            if child(element, "w:trPr", "w:del") is None:
                yield element
        elif element.tag in _AROUND and depth < MAX_DEPTH:
            yield from _rows_below(element, depth + 1)


def _cells_below(parent: Any, depth: int) -> Iterator[Any]:
    for element in parent:
        if element.tag == qn("w:tc"):
            yield element
        elif element.tag in _AROUND and depth < MAX_DEPTH:
            yield from _cells_below(element, depth + 1)


def _holds_table(cell: Any, depth: int) -> bool:
    """Whether a table of several rows and columns stands in a cell."""
    tables = (list(_rows(one, depth)) for one in cell.iter(_TABLE))
    return any(
        sum(len([1 for *_, one in row if one is not None and _printed(one)]) > 1 for row in rows) > 1 for rows in tables
    )


def _lists_work(table: Any, depth: int) -> bool:
    """Whether the first row of a table has headers of work and of who does it, or when; others are the cell's text."""
    rows = list(_rows(table, depth))
    cells = [cell for _, _, cell in rows[0] if cell is not None] if len(rows) > 1 else []
    header = ["".join(element.text or "" for element in cell.iter(qn("w:t"))) for cell in cells]
    roles = {role for role in map(column_role, header) if role}
    return "work" in roles and bool(roles & _OF_WORK)


def _count(written: str | None, default: int) -> int:
    return int(written) if written is not None and written.isdigit() and int(written) < 1000 else default


def _is_shaded(cell: Any) -> bool:
    """Whether a cell has a colour of its own, other than white."""
    shade = child(cell, "w:tcPr", "w:shd")
    fill = (shade.get(qn("w:fill")) or "auto").lower() if shade is not None else "auto"
    return fill != "auto" and fill.strip("f") != ""


def _printed(cell: Any) -> bool:
    return any((element.text or "").strip() for element in cell.iter(qn("w:t")))
