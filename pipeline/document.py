"""The types that travel between the stages, all frozen: pages, lines, words, tables; then the outline made of them.

Offsets count Unicode code points; boxes are in PDF points (1/72 inch), the origin at the top left, y growing downwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from pipeline.errors import Notice, notice
from pipeline.language.sentences import seam
from pipeline.schema import DigitalSignature, RegionKind, SectionKind, TableKind

DOUBTFUL = 0.8  # probability below which a restored word is doubtful
UNCLEAR = 0.65  # the same for one read from a picture that nothing better is known for


class Box(NamedTuple):
    """A rectangle on a page: left, top, right and bottom in points from its top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class TextOrigin(StrEnum):
    """The origin of the text of a page."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    RESTORED_LAYER = "restored_layer"
    PLAIN = "plain"


class Furniture(StrEnum):
    """Page furniture, by kind: what belongs to the paper or the publisher, not to the document."""

    PAGE_NUMBER = "page_number"
    RUNNING_HEAD = "running_head"
    PUBLISHER = "publisher"
    DIGITAL_SIGNATURE = "digital_signature"
    FOOTNOTE, SIDE_NOTE, WATERMARK = "footnote", "side_note", "watermark"
    SCRAWL = "scrawl"  # strokes of a pen or a stamp that were read as letters


class Side(StrEnum):
    """The side of a two-column block (the head, the signature block) a line stands on."""

    LEFT, RIGHT = "left", "right"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space: offsets into its line's text, and its box on the page.

    `confidence` is that of OCR, 0 to 1; None where the text was not read by OCR.
    """

    start: int
    end: int
    box: Box
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class RestoredToken:
    """A restored word: offsets into its line's text and into the line's raw text.

    `probability` is the chance that it is right; `runner_up` the next likely reading, None where there is none.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int
    probability: float
    runner_up: str | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether a reader should compare the word with the page."""
        return self.probability < (DOUBTFUL if self.runner_up is not None else UNCLEAR)


@dataclass(frozen=True, slots=True)
class CellSpan:
    """The part of a line that stands in a cell: offsets into its text, the index of the cell in its table."""

    start: int
    end: int
    cell: int


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    `text` is what later stages read; `raw` is the text of the file. `origin[i]` is the index in `raw` of the character
    `text[i]` came from, -1 for a character the file does not hold (a number that Word would print); an empty `origin`
    means that the two are equal character by character.
    """

    text: str
    raw: str
    origin: tuple[int, ...] = ()
    box: Box | None = None
    words: tuple[Word, ...] = ()
    tokens: tuple[RestoredToken, ...] = ()  # the words that restoration looked at
    furniture: Furniture | None = None
    column: Side | None = None
    table: int | None = None  # index into the page's tables when the line stands in one
    cells: tuple[CellSpan, ...] = ()  # the cells it stands in: one, or those of a row that is written in one line
    bold: bool = False
    italic: bool = False
    centred: bool = False
    heading_level: int | None = None  # 1..6: a Markdown heading or a Word heading style
    starts_paragraph: bool | None = None  # True/False where the format says so (DOCX), None where it must be inferred


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: the row and column it begins in, from 0, how many of each it covers, if it is coloured."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is printed on one page: its cells row by row; their text stands in the lines of the page."""

    cells: tuple[Cell, ...]
    box: Box | None = None
    lefts: tuple[float, ...] = ()  # where each column begins, in points; empty where the format does not say
    untold: tuple[int, ...] | None = None  # the rows whose cells nothing tells apart; None where all have edges
    presumed: tuple[int, ...] = ()  # the rows whose only bodies were taken to do the work, and may be partners

    @property
    def size(self) -> tuple[int, int]:
        """The numbers of rows and columns."""
        rows = max((cell.row + cell.rows for cell in self.cells), default=0)
        return rows, max((cell.column + cell.columns for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `number` counts from 1. Text formats without pages are one page of number 1 and no size.

    `rotation` is the angle at which most of its text stands on the page as displayed; `regions` hold no text.
    """

    number: int
    lines: tuple[Line, ...]
    text_origin: TextOrigin
    reason: str
    tables: tuple[Table, ...] = ()
    width: float | None = None
    height: float | None = None
    confidence: float | None = None
    rotation: int = 0  # 0, 90 (reads downwards), 180 or 270
    regions: tuple[tuple[RegionKind, Box], ...] = ()
    pixels: float | None = None  # to a point, of an image that does not say how large it is


@dataclass(frozen=True, slots=True)
class RestoredWord:
    """A word that a reader should compare with the page: restored otherwise than it stood, or read unsurely.

    `line` counts the lines of the document from 1; `raw` is what the file held; `probability` the chance that
    `restored` is right; `runner_up` the next likely reading, None where there is none.
    """

    page: int
    line: int
    raw: str
    restored: str
    probability: float
    runner_up: str | None = None

    def notice(self) -> Notice:
        """Say it as a warning: W212 for a word left as it was read, W206 for a doubtful one, else W207."""
        if self.raw == self.restored:
            return notice("W212", self.page, line=self.line, read=self.raw)
        line, read, text, other = self.line, self.raw, self.restored, self.runner_up
        if other is not None and self.probability < DOUBTFUL:
            return notice("W206", self.page, line=line, read=read, text=text, other=other)
        return notice("W207", self.page, line=line, read=read, text=text)


@dataclass(frozen=True)
class LanguageVerdict:
    """Which pages are not right Vietnamese, by their numbers; None in place of a number: all pages alike."""

    unaccented: tuple[int | None, ...] = ()  # Vietnamese that has lost its accents, or was read as another language
    foreign: tuple[int | None, ...] = ()  # another language


@dataclass(frozen=True)
class Document:
    """A file as ingest read it, or as restoration left it."""

    name: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    notices: tuple[Notice, ...] = ()
    language: LanguageVerdict = LanguageVerdict()  # by the text as it was read; restoration judges line by line
    restorations: tuple[RestoredWord, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()  # in the order in which they were put
    has_pages: bool = field(default=True)  # False for text, Markdown and DOCX: page numbers mean nothing there

    def lines(self) -> Iterator[tuple[Page, Line]]:
        """Every line in reading order with its page, furniture included."""
        for page in self.pages:
            for line in page.lines:
                yield page, line

    @cached_property
    def text(self) -> str:
        """All lines joined by line feeds: the text that every offset in the output points into."""
        return "\n".join(line.text for _, line in self.lines())


class SourceSpan(NamedTuple):
    """A stretch of a passage that stands in one piece in the document: passage offset, document offset, length."""

    at: int
    source: int
    length: int


@dataclass(frozen=True)
class Passage:
    """A paragraph with its line breaks joined, mapped to the document's text."""

    text: str
    pieces: tuple[SourceSpan, ...]
    page: int

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """The document offsets of `text[start:end]` (which must not be empty)."""
        return self._source(start), self._source(end - 1) + 1

    def _source(self, at: int) -> int:
        piece = self.pieces[max(0, bisect_right(self.pieces, at, key=attrgetter("at")) - 1)]
        return piece.source + max(0, min(at - piece.at, piece.length - 1))

    def cut(self, start: int, end: int | None = None) -> Passage:
        """The part `text[start:end]` without the spaces around it."""
        end = len(self.text) if end is None else end
        kept = self.text[start:end]
        start, end = end - len(kept.lstrip(" ")), start + len(kept.rstrip(" "))
        pieces = []
        for piece in self.pieces:
            first, last = max(piece.at, start), min(piece.at + piece.length, end)
            if first < last:
                pieces.append(SourceSpan(first - start, piece.source + first - piece.at, last - first))
        return Passage(self.text[start:end], tuple(pieces), self.page)

    def joined(self, other: Passage, between: str | None = None) -> Passage:
        """Both, with characters between that stand nowhere in the document: as lines are joined, if not given."""
        between = seam(self.text, other.text) if between is None else between
        moved = tuple(piece._replace(at=piece.at + len(self.text + between)) for piece in other.pieces)
        return Passage(self.text + between + other.text, self.pieces + moved, self.page)

    __add__ = joined


class FieldRole(StrEnum):
    """The role of a table's column: what its cells say about their rows."""

    NUMBER = "number"
    WORK = "work"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"
    REPORTS_TO = "reports_to"
    TIME = "time"
    START = "start"
    END = "end"
    RESULT = "result"
    UNIT = "unit"
    FIGURE = "figure"  # to be reached in the year of the header
    PERIOD = "period"  # a month, quarter or year: what its cells hold decides whether it is TIME or FIGURE
    MONITOR = "monitor"  # who follows and urges the work that others do
    BASELINE = "baseline"  # what was reached before
    MONEY = "money"
    NOTE = "note"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RowField:
    """A cell of a row: what its column says, the column's header, and the cell's text; None when it is empty.

    `period` is the month, quarter or year that its column stands for ("tháng 3", "quý I/2026"), None for other columns.
    `coloured`: nothing stands in the cell, its colour marks that time; `passage` is then that of the column's header.
    `given`: the row names to whom the figure is given, the header what it counts.
    """

    role: FieldRole
    header: str
    passage: Passage | None
    period: str | None = None
    coloured: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class AssembledTable:
    """A table put together over its pages, and what its rows are taken for; `start` is its place in the text."""

    start: int
    kind: TableKind
    reason: str
    title: str | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[tuple[int, Box | None], ...]
    annex: str | None = None  # "Phụ lục II", or "Phụ lục" where it has no number


@dataclass(frozen=True)
class Node:
    """A numbered or bulleted element of the tree, or an unnumbered heading or paragraph.

    `number` is the printed path ("III.1.a"), inherited by bullets; `ordinal` counts bullets under that number from 1
    and is None for numbered elements. `title` is the heading proper; `body` is the text under or behind it before the
    first child. A node with children is a heading, one without is a leaf. `kind` is None when no title above says.
    `paragraphs` are those of the body, or where there is none of the title, if more than one. Children of the style
    "shared" are lines that say by whom and when, "lent" those of the last item of a list for one that has none, of the
    style "result" what comes out, "aside" where and with whom.
    """

    style: str
    number: str | None
    ordinal: int | None
    title: Passage | None
    body: Passage | None
    kind: SectionKind | None
    children: tuple[Node, ...] = ()
    fields: tuple[RowField, ...] = ()
    paragraphs: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Head:
    """The head of a document as printed; each passage is cut to the words that matter."""

    issuers: tuple[Passage, ...] = ()  # from the top: the body above, then the issuer
    number: Passage | None = None
    place: Passage | None = None
    date: Passage | None = None
    document_type: Passage | None = None
    title: Passage | None = None
    authority: Passage | None = None  # THỦ TƯỚNG CHÍNH PHỦ above the căn cứ
    attached: Passage | None = None  # (Ban hành kèm theo …)
    addressees: tuple[Passage, ...] = ()  # Kính gửi: …


@dataclass(frozen=True)
class Foot:
    """The end of a document: recipients and signature; `marred`: a stroke ran through the name of the signer."""

    recipients: tuple[Passage, ...] = ()
    capacity: tuple[Passage, ...] = ()
    signer: Passage | None = None
    marred: bool = False


@dataclass(frozen=True)
class DocumentPart:
    """A document, or one of the documents issued with it: a decision, its plan, an annex."""

    head: Head
    preamble: tuple[Passage, ...]
    nodes: tuple[Node, ...]
    closing: tuple[Passage, ...]
    foot: Foot
    is_form: bool = False  # an annex that is a blank form or the outline of a report


@dataclass(frozen=True)
class Outline:
    """The parts of a file in their order; the metadata of the whole is that of the part at index `main`."""

    parts: tuple[DocumentPart, ...]
    notices: tuple[Notice, ...] = ()
    tables: tuple[AssembledTable, ...] = ()
    main: int = 0  # the part that the file is of: its first, or the document that a letter in front of it sends
