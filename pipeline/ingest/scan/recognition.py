"""OCR of the picture of a page: preprocessed, turned where it must be, its tables cell by cell, the rest as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from PIL import Image

from pipeline.document import Box
from pipeline.ingest.language_check import syllable_share
from pipeline.ingest.pdf.rules import Edge
from pipeline.ingest.scan.cells import UNREAD, CellImage, cells, pieces, read_cuts, scan_line, without_grains
from pipeline.ingest.scan.marks.seals import without_seals
from pipeline.ingest.scan.numerals.reading import with_numerals
from pipeline.ingest.scan.page import BLANK, PageMark, Scan, ScanLine, ScanWord
from pipeline.ingest.scan.paper import find_sheet, squared
from pipeline.ingest.scan.picture import INK, Picture, Prepared, paper, prepare, turned
from pipeline.ingest.scan.punctuation import as_printed
from pipeline.ingest.scan.rulings import rulings, straightened
from pipeline.ingest.scan.strokes import DITTO, with_twins
from pipeline.ingest.scan.tesseract.engine import ReadLine, Tesseract
from pipeline.ingest.scan.text_blocks import AROUND, Ink, columns, runs_up_or_down, unread_lines
from pipeline.ingest.tables.ruled import around, find_tables, is_table

BLACK = 0.6
DOUBLE = 1.2  # width over height from which a picture may hold two pages
FOLD = (0.4, 0.6)  # of the width: where their fold lies
GUTTER = 2.0  # times the type size: how wide the white between two pages is at least
POOR = 0.6  # confidence of words, on the average, below which the page may stand on its head
FEW = 8  # words
EM = 1.9  # times the height of a page's letters is the size of its type
SPECK = 0.6  # confidence below which a sign without letters is a speck
NEVER = frozenset("‹›¬¦¸")  # what nobody prints alone, however surely it was read
MARKED = 0.7  # confidence below which what stands on a stamp or a signature is part of it
SURE = 0.9  # confidence of words that say that a line is text, whatever lies on its others
STRAY, STRAYED = 2.0, 0.4  # em of white, and the confidence of what lies behind it, that is none of the line
DASHES = frozenset("-–—+*•")
LOW, ACCENTS = 0.75, frozenset("^ˆ~˜´`'’‘\"“”°*.,-_¬¨")  # times the usual size of type; what accents are read as
SEAL, ARC = 7.0, 0.1  # em: the width of a seal; a stroke no longer, of which so much lies on a ring, is part of it
BESIDE = 2  # pixels to both sides of a rule in which its ink is counted
READABLE = 0.75  # confidence of words, on the average, of a line that was left out and is text
NEAR = 3.0  # points: a rule this near a table is one of its own


def read_picture(picture: Picture, dpi: float, reader: Tesseract) -> Scan:
    """Read one page.

    Args:
        picture: the page in grey or RGB.
        dpi: its pixels to the inch.
        reader: Tesseract; its layout is chosen here.

    Raises:
        TesseractFailure: Tesseract failed or took too long.
    """
    sheet = find_sheet(picture)
    if sheet is not None:
        corners = tuple((round(x * 72 / dpi, 2), round(y * 72 / dpi, 2)) for x, y in sheet.corners)
        return replace(_upright(squared(picture, sheet), dpi, reader), sheet=corners)
    return _upright(picture, dpi, reader)


def _upright(picture: Picture, dpi: float, reader: Tesseract) -> Scan:
    """Read one page, at whatever angle its text stands on the picture."""
    ready = prepare(picture)
    if not BLANK <= ready.ink <= BLACK:
        return _scan(ready, picture, dpi, 0, (), (), ())
    page = _ruled(ready, dpi)
    scan, sideways = (None, True) if page.is_on_its_side() else _read(page, picture, dpi, 0, reader)
    if scan is not None and not sideways and not _is_poor(scan):
        return scan
    for angle in _angles(ready, dpi, reader, sideways):
        upright = turned(picture, angle)
        other, lying = _read(_ruled(prepare(upright), dpi), upright, dpi, angle, reader)
        if scan is None or sideways or (other.confidence or 0) > (scan.confidence or 0):
            if not lying and not _is_poor(other):
                return other
            if not lying and (scan is None or (other.confidence or 0) > (scan.confidence or 0)):
                scan = other
    return scan or _read(page, picture, dpi, 0, reader)[0]


def _angles(ready: Prepared, dpi: float, reader: Tesseract, sideways: bool) -> list[int]:
    """The angles at which the text may stand on the picture, the likeliest first."""
    turn = reader.turn(Image.fromarray(ready.grey), round(dpi * ready.scale))
    likely = [(360 - turn) % 360] if turn else []
    return list(dict.fromkeys([*likely, 90, 270])) if sideways else likely


def _is_poor(scan: Scan) -> bool:
    words = sum(len(line.words) for line in scan.lines)
    return words < FEW or (scan.confidence or 0) < POOR


def _lies(lines: Sequence[ReadLine]) -> bool:
    """Whether lines run up or down the picture: Tesseract reads them, but their words are higher than wide.

    What is not sure says nothing: strokes of a signature stand higher than wide, and may be all that was read as lines.
    """
    words = (word for line in lines for word in line.words if len(word.text) >= 3 and word.confidence >= POOR)
    boxes = [word.box for word in words]
    return sum(y1 - y0 > x1 - x0 for x0, y0, x1, y1 in boxes) > len(boxes) / 2


@dataclass(frozen=True)
class _RuledPage:
    """A prepared page before it is read: its rules, and the cells of its tables as found and as set straight (points).

    `without` is the page without rules, `point` how many points a pixel has.
    """

    ready: Prepared
    rules: tuple[Edge, ...]
    without: Picture
    found: list[list[Box]]
    tables: list[list[Box]]
    point: float

    @property
    def em(self) -> float:
        """The size of the type in pixels."""
        return EM * self.ready.letters

    def cuts(self) -> list[CellImage]:
        """The cells; what stands at the edge of one is cut out with it."""
        return list(cells(without_grains(self.without, self.em), self.found, self.point)) if self.found else []

    def is_on_its_side(self) -> bool:
        """Whether the text of the tables' cells runs up or down."""
        return runs_up_or_down((cut.grey for cut in self.cuts()), paper(self.ready.grey), self.em)


def _ruled(ready: Prepared, dpi: float) -> _RuledPage:
    """What can be told of a page before it is read."""
    point = 72 / (dpi * ready.scale)
    # A seal without its rings has gaps where it crossed them.
    rules, without = rulings(ready.grey, EM * ready.letters, ready.scale)
    sealed, ready = ready, without_seals(ready)
    if ready is not sealed:
        ring, ink = ready.grey != sealed.grey, sealed.grey < paper(sealed.grey) - INK
        rules = tuple(rule for rule in rules if not _is_arc(rule, ring, ink, SEAL * EM * ready.letters))
        without = np.where(ring, np.uint8(paper(sealed.grey)), without)
    ruled = find_tables([Edge(*(value * point for value in edge)) for edge in rules]) or []
    pairs = [list(straightened(found)) for found in ruled]
    pairs = [pair for pair in pairs if is_table([straight for _, straight in pair])]
    found, tables = ([[one[at] for one in pair] for pair in pairs] for at in (0, 1))
    return _RuledPage(ready, rules, without, found, tables, point)


def _read(page: _RuledPage, picture: Picture, dpi: float, angle: int, reader: Tesseract) -> tuple[Scan, bool]:
    """What stands on an upright picture, and whether its lines run up or down after all."""
    ready, without, tables, point, em = page.ready, page.without, page.tables, page.point, page.em
    own_dpi = dpi * ready.scale
    rest, bare = ready.grey, without
    if tables:
        rest, bare = rest.copy(), bare.copy()
        for x0, y0, x1, y1 in map(around, tables):
            rest[_rows(y0, y1, point), _rows(x0, x1, point)] = 255
            bare[_rows(y0, y1, point), _rows(x0, x1, point)] = 255
    light = paper(ready.grey)
    gutter = None if tables else _gutter(ready, page.rules, point)
    areas = [] if gutter else list(columns(bare < light - INK, em))
    if areas:
        rest = rest.copy()
        for parts in areas:
            rest[min(part.y0 for part in parts) : max(part.y1 for part in parts)] = 255
    found = replace(reader, layout=3).lines(Image.fromarray(rest), round(own_dpi))
    printed = [with_twins(one, rest, 0, 0, light) for line in found if (one := as_printed(line, rest, light)).words]
    ends = ["", *(one.words[-1].text for one in printed)]
    numbered = (with_numerals(one, rest, 0, 0, light, end) for one, end in zip(printed, ends, strict=False))
    lines = [scan_line(one, point, -1) for one in numbered]
    cuts = [*page.cuts(), *(cut for parts in areas for cut in pieces(without, parts))]
    lines += read_cuts(cuts, light, em, point, reader, round(own_dpi))
    lying = _lies(found)
    lost = [] if lying or not lines else list(unread_lines(without < light - INK, _taken(page, lines), em))
    again = [list(read_cuts([cut], light, em, point, reader, round(own_dpi))) for cut in pieces(without, lost)]
    lines += [line for one in again if _is_sure(one) for line in one]
    scan = _scan(ready, picture, dpi, angle, lines, tables, _levels(page.rules, tables, point))
    return replace(scan, gutter=gutter, unread=sum(not _is_sure(one) for one in again)), lying


def _taken(page: _RuledPage, lines: Iterable[ScanLine]) -> Iterator[Box]:
    """The boxes, in pixels, of words that were read, and of stamps and signatures."""
    for line in lines:
        above, below = (times * line.size for times in AROUND)
        for word in line.words:
            box = word.x0 - 1, word.baseline - above, word.x1 + 1, word.baseline + below
            yield Box(*(side / page.point for side in box))
    for mark in page.ready.marks:
        x0, y0, x1, y1 = (side * page.ready.scale for side in mark[1:])
        yield Box(x0 - page.em, y0 - page.em, x1 + page.em, y1 + page.em)


def _is_sure(lines: Sequence[ScanLine]) -> bool:
    """Whether what was read of a line that had been left out is text."""
    words = [word for line in lines for word in line.words]
    text = " ".join(word.text for word in words)
    sure = len(words) >= 2 and sum(word.confidence for word in words) >= READABLE * len(words)
    return sure and syllable_share(text) >= 0.5


def _is_arc(rule: Edge, ring: Ink, ink: Ink, across: float) -> bool:
    """Whether what was taken for a rule is part of a seal: much of it lies on a ring, or it is no longer than one."""
    x0, y0, x1, y1 = (round(side) for side in rule)
    part = slice(max(0, y0 - BESIDE), y1 + BESIDE + 1), slice(max(0, x0 - BESIDE), x1 + BESIDE + 1)
    least = ARC if max(x1 - x0, y1 - y0) < across else 0.5
    return bool(ring[part].sum() > least * ink[part].sum())


def _levels(rules: Sequence[Edge], tables: Sequence[Sequence[Box]], point: float) -> list[Box]:
    """The level rules outside the tables, in points."""
    out = [Box(*(value * point for value in rule)) for rule in rules if rule.y0 == rule.y1]
    within = [around(cells) for cells in tables]
    return [rule for rule in out if not any(box.y0 - NEAR <= rule.y0 <= box.y1 + NEAR for box in within)]


def _gutter(ready: Prepared, rules: Sequence[Edge], point: float) -> float | None:
    """Where the fold between two pages lies, in points; None for one page: no rule runs over a fold."""
    high, wide = ready.grey.shape
    if wide < DOUBLE * high:
        return None
    first, last = (round(share * wide) for share in FOLD)
    dark = ready.grey < paper(ready.grey) - INK
    empty = dark[:, first:last].mean(axis=0) < 0.002
    edges = np.flatnonzero(np.diff(np.concatenate([[0], empty.astype(np.int8), [0]])))
    runs = [(int(b - a), int(a + b) / 2 + first) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if not runs or max(runs)[0] < GUTTER * EM * ready.letters:
        return None
    at = max(runs)[1]
    if any(rule.x0 < at < rule.x1 for rule in rules):
        return None
    left, right = dark[:, : round(at)].mean(), dark[:, round(at) :].mean()
    return round(at * point, 2) if min(left, right) > BLANK else None


def _rows(low: float, high: float, point: float) -> slice:
    return slice(max(0, round(low / point)), max(0, round(high / point)))


def _scan(
    ready: Prepared,
    picture: Picture,
    dpi: float,
    angle: int,
    lines: Iterable[ScanLine],
    tables: Sequence[Sequence[Box]],
    levels: Sequence[Box],
) -> Scan:
    point = 72 / dpi
    marks = tuple(PageMark(mark.kind, Box(*(round(value * point, 4) for value in mark[1:]))) for mark in ready.marks)
    kept = tuple(_without_specks(lines, marks))
    confidences = [word.confidence for line in kept for word in line.words]
    return Scan(
        width=round(picture.shape[1] * point, 4),
        height=round(picture.shape[0] * point, 4),
        turn=angle,
        skew=ready.skew,
        lines=kept,
        tables=tuple(tuple(Box(*(round(value, 4) for value in cell)) for cell in cells) for cells in tables),
        marks=marks,
        rules=tuple(Box(*(round(value, 4) for value in rule)) for rule in levels),
        ink=round(ready.ink, 4),
        faint=ready.faint,
        confidence=round(sum(confidences) / len(confidences), 4) if confidences else None,
    )


def _without_specks(lines: Iterable[ScanLine], marks: Sequence[PageMark]) -> Iterator[ScanLine]:
    """The lines without what is no text: specks and rules read as signs, strokes of stamps and signatures.

    Print under a seal of its own colour is read less surely; in a line that goes on beside the seal it stays.
    """
    lines = tuple(lines)
    usual = median(line.size for line in lines) if lines else 0.0
    for line in lines:
        sure = sum(word.confidence >= SURE and not _lies_on(word, line, marks) for word in line.words)
        over = [mark for mark in marks if mark.kind != "seal" or sure < 2]
        words = _without_strays([word for word in line.words if not _is_speck(word, line, over)], line.size)
        if words and not _are_accents(line, usual):
            yield line._replace(words=words)


def _without_strays(words: Sequence[ScanWord], size: float) -> tuple[ScanWord, ...]:
    """The words of a line without those far behind the others of which none was made out: what shines through."""
    for at in range(1, len(words)):
        if words[at].x0 - words[at - 1].x1 > STRAY * size and max(word.confidence for word in words[at:]) < STRAYED:
            return tuple(words[:at])
    return tuple(words)


def _are_accents(line: ScanLine, usual: float) -> bool:
    """Whether a line is the marks over the capitals of the one below ("^ 4 ^"), read as a line of their own."""
    if line.cell >= 0 or line.size >= LOW * usual or not any(word.text in ACCENTS for word in line.words):
        return False
    return all(len(word.text) == 1 for word in line.words)


def _is_speck(word: ScanWord, line: ScanLine, marks: Sequence[PageMark]) -> bool:
    if word.text in (UNREAD, DITTO):
        return False
    if not any(char.isalnum() for char in word.text):
        if NEVER.issuperset(word.text):
            return True
        opens = word is line.words[0] and len(word.text) > 1 and word.text[-1] in ".)"  # "€)" is the sign of an item
        if word.confidence < SPECK and word.text not in DASHES and not opens:
            return True
        return len(line.words) == 1 and line.cell < 0  # a rule below a head
    if word.confidence >= MARKED or syllable_share(word.text) == 1.0:
        return False
    return _lies_on(word, line, marks)


def _lies_on(word: ScanWord, line: ScanLine, marks: Sequence[PageMark]) -> bool:
    """Whether the middle of a word lies on a stamp or a signature."""
    middle = (word.x0 + word.x1) / 2
    height = word.baseline - line.size / 3
    return any(box.x0 <= middle <= box.x1 and box.y0 <= height <= box.y1 for _, box in marks)
