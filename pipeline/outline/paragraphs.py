"""Joining printed lines into paragraphs.

A paragraph begins where the format says so, at a marker that stands where one may stand, after a line that ends short
of the margin, or at an indent. Everything else is a line break inside a sentence, also across a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from statistics import median, quantiles

from pipeline.document import Document, Line, Passage, SourceSpan
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_line, seam
from pipeline.outline.numbering import Marker, MarkersSeen, read_marker
from pipeline.outline.rules import (
    begins_deed,
    begins_figure,
    begins_lower,
    goes_over,
    heads_figure,
    opening,
    parts_words,
    pattern,
)

_GROUND = "Căn cứ "  # each ground is a paragraph, though a reader took the semicolon before it for a comma
_BLANK_RUN = re.compile(r" {2,}")
FEW_LINES = 5  # of a page: fewer do not show where its text ends
INDENT = 10.0  # points: a first line stands at least this far in
SLACK = 0.12  # of the measure: proportional type makes lines of one measure differ in characters by this much
HALF = 0.6  # of the measure: a line shorter than this is no line of running text
UNWRAPPED = 160  # characters: a text with lines longer than this is not wrapped at a margin
BROKEN = 10  # lines: fewer that stand directly below another do not show how a text is broken
MOSTLY = 0.6  # of lines
RARELY = 0.05  # of lines
NARROW = 40  # characters: nor is a text of which all lines are shorter than this


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line of the body, with what decides whether it begins a paragraph."""

    line: Line
    page: int
    offset: int  # of its first character in the document's text
    blank_before: bool = False
    measure: float = 0.0  # characters that fit on a line here; 0 for text that is not wrapped
    room: float = 0.0  # characters left free at the end of the line
    sheet: int | None = None  # the table that stands here, by its number in the document; its line says nothing

    @property
    def text(self) -> str:
        """The line's text."""
        return self.line.text

    @property
    def wide(self) -> bool:
        """Whether the line reaches the right margin, within a word's width."""
        return self.measure > 0 and self.room <= SLACK * self.measure

    def cut(self, start: int, end: int | None = None) -> BodyLine:
        """A part of the line as a line, without the blanks around it."""
        text = self.text[start:end]
        shift = start + len(text) - len(text.lstrip())
        return replace(self, line=replace(self.line, text=text.strip()), offset=self.offset + shift)


@dataclass(frozen=True)
class Paragraph:
    """Joined lines; `marker` is what the first line begins with, `passage` the text behind it."""

    passage: Passage
    marker: Marker | None
    rows: tuple[BodyLine, ...]

    @property
    def sheet(self) -> int | None:
        """The index of the table that stands here instead of text; None for text."""
        return self.rows[0].sheet

    @property
    def says(self) -> bool:
        """Whether it has words, or the number of a part of the document: dots are blanks to be filled in."""
        numbered = self.marker is not None and self.marker.names_part
        return any(map(str.isalnum, self.passage.text)) or self.sheet is not None or numbered

    @property
    def first(self) -> Line:
        """The first line."""
        return self.rows[0].line

    @property
    def heading(self) -> bool:
        """Whether the format or the print marks it as a heading."""
        return self.first.heading_level is not None or all(row.line.bold for row in self.rows)


def rows_of(document: Document, sheets: Sequence[int] = ()) -> list[BodyLine]:
    """The lines of the body in reading order; furniture and table cells are left out.

    Args:
        document: the document.
        sheets: offsets at which tables begin; each gets a line of its own there.
    """
    numbers = {start: number for number, start in enumerate(sheets)}
    rows, offset, blank, parted = [], 0, False, False
    for page, line in document.lines():
        if offset in numbers:
            rows.append(BodyLine(Line("", ""), page.number, offset, sheet=numbers[offset]))
        if not line.text.strip():
            blank = True
        elif line.furniture is not None:
            parted = True  # blank lines around the end of a page part no sentence
        elif line.table is None:
            blank = blank and not (parted and rows and not ends_line(rows[-1].text))
            rows.append(BodyLine(line, page.number, offset, blank_before=blank))
            blank = parted = False
        offset += len(line.text) + 1
    return _with_width(_told_by_blanks(rows))


def _told_by_blanks(rows: list[BodyLine]) -> list[BodyLine]:
    """Say of each row whether it begins a paragraph, where blank lines tell: before markers, not inside sentences.

    Converters write each paragraph of a web page so, and break its lines where the source of the page had a break.
    Where no blank line stands inside a sentence, each behind a whole one parts paragraphs.
    """
    inner = [row for row in rows if not row.blank_before and row.sheet is None]
    outer = [row for row in rows if row.blank_before and row.sheet is None]
    if not outer or any(row.line.box or row.line.starts_paragraph is not None for row in rows):
        return rows
    marked = sum(read_marker(row.text) is not None for row in inner)
    lower = sum(begins_lower(row.text) and read_marker(row.text) is None for row in inner)
    cut = {row.offset for row in outer if row.text[:1].islower() and read_marker(row.text) is None}
    apart = sum(read_marker(row.text) is not None for row in outer)
    told = lower >= MOSTLY * len(inner) and apart >= MOSTLY * (apart + marked)
    broken = told and len(inner) >= BROKEN and len(cut) <= (1 - MOSTLY) * len(outer)
    if cut and not broken:
        return rows
    out = []
    for row, ended in zip(rows, [False, *(ends_line(row.text) for row in rows)], strict=False):
        parts = row.blank_before and (ended or broken and row.offset not in cut)
        out.append(replace(row, line=replace(row.line, starts_paragraph=parts)) if parts or broken else row)
    return out


def _with_width(rows: list[BodyLine]) -> list[BodyLine]:
    """Say of each row how much room it leaves before the right margin."""
    lengths = [len(row.text) for row in rows if row.sheet is None]
    if len(lengths) < 4:
        return rows
    measure: float = quantiles(lengths, n=10)[8]
    if not NARROW <= measure <= UNWRAPPED or _is_whole(rows):
        measure = 0.0
    ends: dict[int, list[float]] = {}
    for row in rows:
        if row.line.box is not None:
            ends.setdefault(row.page, []).append(row.line.box.x1)
    told = [max(some) for some in ends.values() if len(some) >= FEW_LINES]
    usual = median(told) if told else 0.0
    edges = {page: max(*some, usual if len(some) < FEW_LINES else 0.0) for page, some in ends.items()}
    out = []
    for row in rows:
        box, here, room = row.line.box, measure, measure - len(row.text)
        if box is not None and box.x1 > box.x0:
            character = (box.x1 - box.x0) / len(row.text)
            room = (edges[row.page] - box.x1) / character
            here = max(measure, (edges[row.page] - box.x0) / character)
        out.append(replace(row, measure=here, room=room))
    return out


def _is_whole(rows: Sequence[BodyLine]) -> bool:
    """Whether the lines of a text are its paragraphs, however short: next to none goes on with the one before it."""
    broken = sum(begins_lower(row.text) and read_marker(row.text) is None for row in rows)
    return len(rows) >= BROKEN and broken <= RARELY * len(rows) and not any(row.line.box for row in rows)


def _fits(previous: BodyLine, row: BodyLine, words: int = 1) -> bool:
    """Whether the first words of `row` would have stood on the line before: the break between was wanted."""
    first = " ".join(row.text.split(" ", words)[:words])
    return len(first) + 1 < previous.room


def _is_own_line(row: BodyLine, marker: Marker | None, ended: bool) -> bool:
    """Whether a line begins a paragraph by its words: about an item ("Sản phẩm: …"), or at the end of the document."""
    text = row.text[marker.end if marker else 0 :]
    folded = fold(text)
    if pattern("shared_lines").match(folded):
        return True
    if not ended or not text[:1].isupper():
        return False
    closes = marker is None and opening("closing").match(folded)
    own = ("result_lines", "aside_lines", "thanks_lines")
    return bool(closes) or any(pattern(kind).match(folded) for kind in own)


def _begins(previous: BodyLine, row: BodyLine, first: BodyLine, marker: Marker | None, sequence: MarkersSeen) -> bool:
    """Whether `row` begins a paragraph; `first` is the first line of the paragraph that `previous` is in."""
    line, before = row.line, previous.line
    ended = ends_line(previous.text)
    if line.heading_level is not None or before.heading_level is not None:
        return True
    if line.column is not before.column or line.starts_paragraph:
        return True
    if marker is not None and _marker_stands(
        previous, row, first, marker, ended or _names_whom(previous, first), sequence
    ):
        return True
    if line.starts_paragraph is False:
        return ended and line.box is None and _is_own_line(row, marker, ended)
    if row.text.startswith(_GROUND) and first.text.lstrip("-–— ").startswith(_GROUND):
        return True
    if _is_own_line(row, marker, ended):
        return True
    if line.centred and not before.centred and in_capitals(row.text) and not in_capitals(previous.text):
        return True
    lower = begins_lower(row.text)
    own = read_marker(first.text) if previous is first else None
    if not ended and heads_figure(previous.text[own.end if own else 0 :], row.text, whole=previous is first):
        return True
    if not ended and (goes_over(previous.text, row.text) or parts_words(previous.text, row.text)):
        return False
    if line.box is not None and before.box is not None:
        return _begins_by_geometry(previous, row, ended, lower)
    if previous.measure == 0:  # not wrapped: a line is a paragraph, unless a page broke it
        if not ended and len(previous.text) > UNWRAPPED:
            return before.bold
        return not lower or ended
    if ended:
        lower = lower and not begins_figure(row.text)
        return not lower and (not previous.wide or (row.blank_before and not previous.blank_before))
    if lower or not _fits(previous, row):
        return False
    heading = read_marker(first.text) is not None or before.bold
    return len(previous.text) < (1 - SLACK if heading else HALF) * previous.measure


def _begins_by_geometry(previous: BodyLine, row: BodyLine, ended: bool, lower: bool) -> bool:
    box, before = row.line.box, previous.line.box
    assert box is not None and before is not None
    if row.line.bold != previous.line.bold and not lower and (ended or _fits(previous, row)):
        return True
    if row.page == previous.page and box.y0 - before.y1 > 1.6 * (before.y1 - before.y0) and not lower:
        return True
    if not previous.wide and not row.line.centred:
        return not lower and (ended or _fits(previous, row)) or (ended and box.x0 > before.x0 + INDENT)
    return ended and not lower and row.page == previous.page and box.x0 > before.x0 + INDENT


def _names_whom(row: BodyLine, first: BodyLine) -> bool:
    """Whether a line is a heading that ends with who is meant: "1. Tiểu ban Nội dung (ông Hồ Văn Tý)"."""
    return row is first and _is_numbered(row) and row.text.rstrip().endswith(")")


def _is_numbered(row: BodyLine) -> bool:
    marker = read_marker(row.text)
    return marker is not None and not marker.is_bullet


def _marker_stands(
    previous: BodyLine, row: BodyLine, first: BodyLine, marker: Marker, ended: bool, sequence: MarkersSeen
) -> bool:
    """Whether a marker at the start of a line is one: the line before is done, or the count says so."""
    if not marker.is_bullet and pattern("before_part").search(fold(previous.text)):
        return False
    capital = row.text[marker.end :].lstrip("“\"'(")[:1].isupper()
    box, before = row.line.box, previous.line.box
    flush = box is not None and before is not None and box.x0 <= before.x0 + INDENT
    if not sequence.plausible(marker):  # the first of "(i) …; (ii) …" stands inside a line
        return capital and (ended or _fits(previous, row)) and not (flush and marker.style.name == "bracket_roman")
    if ended or row.line.starts_paragraph or (row.line.bold and not previous.line.bold) or _fits(previous, row, 2):
        return True
    if box is not None and before is not None:
        if not flush or (row.page == previous.page and box.y0 - before.y1 > 6):
            return True
    elif previous.measure == 0:
        return True
    if goes_over(previous.text, row.text):
        return False
    if marker.is_bullet:
        return capital and (
            row.blank_before
            and not previous.blank_before
            or _is_numbered(first)
            and begins_deed(row.text[marker.end :])
        )
    return True


def _passage(rows: Sequence[BodyLine], skip: int) -> Passage:
    """The rows' text joined, without the first `skip` characters."""
    pieces: list[SourceSpan] = []
    text = ""
    for index, row in enumerate(rows):
        start = skip if index == 0 else 0
        for chunk in _chunks(row.text, start):
            said = row.text[chunk[0] : chunk[1]]
            text += seam(text, said) if text else ""
            pieces.append(SourceSpan(len(text), row.offset + chunk[0], len(said)))
            text += said
    return Passage(text, tuple(pieces), rows[0].page)


def _chunks(text: str, start: int) -> Iterable[tuple[int, int]]:
    """The stretches of `text` from `start` between runs of spaces."""
    end = len(text.rstrip())
    at = start
    while at < end and text[at] == " ":
        at += 1
    for gap in _BLANK_RUN.finditer(text, at, end):
        yield at, gap.start()
        at = gap.end()
    if at < end:
        yield at, end


def paragraph(rows: Sequence[BodyLine], marker: Marker | None = None) -> Paragraph:
    """Join lines into one paragraph; `marker` is what the first begins with."""
    return Paragraph(_passage(rows, marker.end if marker else 0), marker, tuple(rows))


def begins_below(row: BodyLine, following: BodyLine | None) -> bool:
    """Whether a line is the bullet of an item whose words begin on the line below; in mid-sentence it is a stain."""
    return row.text in "-–—" and following is not None and following.text[:1].isupper()


def join(rows: Sequence[BodyLine]) -> list[Paragraph]:
    """Join a run of body lines into paragraphs."""
    out: list[Paragraph] = []
    current: list[BodyLine] = []
    marker: Marker | None = None
    sequence = MarkersSeen()
    for row, following in zip_longest(rows, rows[1:]):
        if row.sheet is not None:
            out += [paragraph(current, marker)] if current else []
            out.append(Paragraph(Passage("", (), row.page), None, (row,)))
            current, marker = [], None
            continue
        read = read_marker(row.text)
        if read is not None and read.end == len(row.text) and read.is_bullet and not begins_below(row, following):
            read = None
        if read is not None:
            read = sequence.told(read, row.text, current[-1].text if current else "")
        alone = marker is not None and len(current) == 1 and not current[0].text[marker.end :].strip()
        below_part = alone and marker is not None and marker.names_part and read is not None
        if current and not below_part and (alone or not _begins(current[-1], row, current[0], read, sequence)):
            current.append(row)
            continue
        if current:
            out.append(paragraph(current, marker))
        if read is not None and not sequence.plausible(read):
            below = following if row.line.bold and read.end == len(row.text) else None  # "**4.", "Công tác …**"
            read = read if (below.text if below else row.text[read.end :])[:1].isupper() else None
        if read is not None:
            sequence.take(read)
        current, marker = [row], read
    if current:
        out.append(paragraph(current, marker))
    return [one for one in out if one.says]
