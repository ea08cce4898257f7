"""Grouping glyphs into words and rows, by their places alone.

Glyphs are laid in upright frames (text that runs up or down a page is turned first), gathered into rows by baseline,
sorted from left to right, and cut where a space stands or a gap is wider than letters leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians, sin, tan
from typing import NamedTuple

import numpy as np

from pipeline.document import Box
from pipeline.ingest.pdf.frame import Floats, Integers
from pipeline.ingest.pdf.glyphs import Glyphs
from pipeline.ingest.tilt import level, levelled, visible

GAP = 0.13  # em: a wider gap is a space; measured: letters stand within 0.08, words 0.17 apart or more
SPACE = 0.35  # em: no space glyph is wider
SAME_BASELINE = 0.22  # em: glyphs of one row differ by no more, scripts apart
SCRIPT = 0.82  # a row whose type is smaller than this part of its neighbour's can be its superscripts
RISE = 0.15  # em: what is set small this far above the line is raised
AHEAD = 0.6  # em: the mark of a note stands no further before its text
SHORT = 12  # letters: what is longer is a row of its own
OVERPRINT = 0.12  # em: the same letter this near is the same letter printed twice, to look bold
ASCENT, DESCENT = 0.90, 0.22  # em above and below the baseline that a line takes


class PageToken(NamedTuple):
    """A word on a page, in points of its upright frame.

    `letters` counts glyphs, `bold` and `italic` how many of them are. `confidence` is that of OCR, 0 to 1; None for
    text that was not read by OCR. `raised`: it is small and stands above the line.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    letters: int
    bold: int
    italic: int
    confidence: float | None = None
    raised: bool = False

    @property
    def box(self) -> Box:
        """The box of a word in its line: from ascender to descender, whatever its letters."""
        return Box(self.x0, self.baseline - ASCENT * self.size, self.x1, self.baseline + DESCENT * self.size)


@dataclass(frozen=True, slots=True)
class TextRow:
    """Tokens on one baseline, from left to right."""

    tokens: tuple[PageToken, ...]
    baseline: float
    size: float

    @property
    def x0(self) -> float:
        """Left end."""
        return self.tokens[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return max(token.x1 for token in self.tokens)

    @property
    def top(self) -> float:
        """Upper edge of its type."""
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of its type."""
        return self.baseline + DESCENT * self.size


@dataclass(frozen=True)
class TurnedRows:
    """The rows of the text that stands at one angle: 0, 90 (reads downwards), 180 or 270 (reads upwards).

    `width` and `height` are those of the upright frame in points. Lines that fell to the right by `skew` degrees were
    deskewed about its middle.
    """

    angle: int
    width: float
    height: float
    rows: tuple[TextRow, ...]
    skew: float = 0.0

    def box(self, box: Box) -> Box:
        """Map a box of the upright frame to the page as displayed."""
        if self.skew:
            box = self._turned(box, self.skew)
        if self.angle == 90:
            return Box(self.height - box.y1, box.x0, self.height - box.y0, box.x1)
        if self.angle == 180:
            return Box(self.width - box.x1, self.height - box.y1, self.width - box.x0, self.height - box.y0)
        if self.angle == 270:
            return Box(box.y0, self.width - box.x1, box.y1, self.width - box.x0)
        return box

    def into(self, box: Box) -> Box:
        """Map a box of the page as displayed to the upright frame."""
        if self.angle == 90:
            box = Box(box.y0, self.height - box.x1, box.y1, self.height - box.x0)
        elif self.angle == 180:
            box = Box(self.width - box.x1, self.height - box.y1, self.width - box.x0, self.height - box.y0)
        elif self.angle == 270:
            box = Box(self.width - box.y1, box.x0, self.width - box.y0, box.x1)
        return self._turned(box, -self.skew) if self.skew else box

    def _turned(self, box: Box, degrees: float) -> Box:
        """A box of the same size, its middle turned clockwise about that of the frame."""
        dx, dy = (box.x0 + box.x1 - self.width) / 2, (box.y0 + box.y1 - self.height) / 2
        sine, cosine = sin(radians(degrees)), cos(radians(degrees))
        right, down = round(dx * cosine - dy * sine - dx, 2), round(dx * sine + dy * cosine - dy, 2)
        return Box(box.x0 + right, box.y0 + down, box.x1 + right, box.y1 + down)


def upright(
    glyphs: Glyphs, width: float, height: float, regions: Integers | None = None
) -> list[tuple[int, TurnedRows]]:
    """Group the glyphs of a page into rows, most text first.

    Args:
        glyphs: of the page.
        width: of the page as displayed, in points.
        height: likewise.
        regions: a number for each glyph (a table cell; -1 for none), of shape (n,): rows never mix regions.

    Returns:
        For each region and angle that has text, the region and its rows. Text at another angle than most has its own
        frame; text that is neither level nor upright where most is has none.
    """
    kept = visible(glyphs, width, height)
    if not len(kept):
        return []
    glyphs, tilt = levelled(glyphs, kept, width, height)
    kept = kept[level(glyphs)[glyphs.run[kept]]]
    codes = np.frombuffer(glyphs.text.encode("utf-32-le"), np.uint32).astype(np.int64)
    angles = np.array([run.angle for run in glyphs.runs])
    quadrant = (np.rint(angles / 90).astype(np.int64) % 4 * 90)[glyphs.run[kept]]
    out = []
    for angle in [int(value) for value, _ in Counter(quadrant.tolist()).most_common()]:
        chosen = kept[quadrant == angle]
        frame = _UprightGlyphs(glyphs, codes, chosen, angle, width, height)
        where = regions[chosen] if regions is not None else np.full(len(chosen), -1)
        turned = TurnedRows(angle, frame.width, frame.height, (), tilt)
        for region in np.unique(where).tolist():
            rows = frame.rows(np.flatnonzero(where == region))
            if rows:
                out.append((int(region), replace(turned, rows=tuple(rows))))
    return out


class _UprightGlyphs:
    """The chosen glyphs in a frame in which their text is upright."""

    def __init__(
        self, glyphs: Glyphs, codes: Integers, chosen: Integers, angle: int, width: float, height: float
    ) -> None:
        x0, x1, y0, y1 = (values[chosen] for values in (glyphs.x0, glyphs.x1, glyphs.y0, glyphs.y1))
        base_x, base_y = glyphs.base_x[chosen], glyphs.base_y[chosen]
        self.width, self.height = (height, width) if angle in (90, 270) else (width, height)
        self.x0: Floats
        self.x1: Floats
        if angle == 0:
            self.x0, self.x1, self.base, along = x0, x1, base_y, base_x
        elif angle == 90:
            self.x0, self.x1, self.base, along = y0, y1, width - base_x, base_y
        elif angle == 180:
            self.x0, self.x1, self.base, along = width - x1, width - x0, height - base_y, width - base_x
        else:
            self.x0, self.x1, self.base, along = height - y1, height - y0, base_x, height - base_y
        self.run = glyphs.run[chosen]
        self.codes = codes[chosen]
        self.blank = (self.codes == 32) | (self.codes == 160) | (self.codes == 9) | (self.codes == 0x3000)
        self.blank |= (self.codes >= 0x2000) & (self.codes <= 0x200B)
        self.size = np.array([run.size for run in glyphs.runs])[self.run]
        self.bold = np.array([run.bold for run in glyphs.runs])[self.run]
        self.italic = np.array([run.italic for run in glyphs.runs])[self.run]
        self._widen_spaces()
        skew = float(np.median(np.array([(run.angle + 45) % 90 - 45 for run in glyphs.runs])[self.run]))
        if abs(skew) > 0.2:  # a crooked page: level it before baselines are compared
            self.base = self.base - (along - self.width / 2) * tan(radians(skew))

    def _widen_spaces(self) -> None:
        """Give a space without a width the room up to the next glyph of its run; PDFium's own spaces have none."""
        if len(self.run) < 2:
            return
        follows = np.zeros(len(self.run), bool)
        follows[:-1] = (self.run[1:] == self.run[:-1]) & self.blank[:-1] & (self.x1[:-1] - self.x0[:-1] < 0.01)
        room = np.zeros(len(self.run))
        room[:-1] = np.clip(self.x0[1:] - self.x0[:-1], 0, None)
        room = np.minimum(room, SPACE * self.size)
        self.x1 = np.where(follows, self.x0 + room, self.x1)

    def rows(self, members: Integers) -> list[TextRow]:
        """The rows of these glyphs, from the top."""
        row_of = self._baselines(members)
        order = np.lexsort((members, self._keys(members), row_of))
        return _with_scripts(self._cut(members[order], row_of[order]))

    def _keys(self, members: Integers) -> Floats:
        """Where each glyph sorts: at its left edge; a combining mark goes with the glyph before it."""
        key = self.x0[members]
        codes = self.codes[members]
        for at in np.flatnonzero((codes >= 0x0300) & (codes <= 0x036F)).tolist():
            if at:
                key[at] = key[at - 1]
        return key

    def _baselines(self, members: Integers) -> Integers:
        """A row number for each glyph, counted from the top."""
        base, size, run = self.base[members], self.size[members], self.run[members]
        starts = np.flatnonzero(np.diff(run, prepend=-1))  # the glyphs of a run share baseline and size
        heights, sizes = base[starts].tolist(), size[starts].tolist()
        number = np.zeros(len(starts), np.int64)
        row, anchor, largest = -1, -np.inf, 0.0
        for at in sorted(range(len(starts)), key=heights.__getitem__):
            height, em = heights[at], sizes[at]
            apart = height - anchor
            unlike = min(em, largest) < SCRIPT * max(em, largest)
            if apart > SAME_BASELINE * max(em, largest) or (unlike and apart > 1.0):
                row, anchor, largest = row + 1, height, em
            largest = max(largest, em)
            number[at] = row
        lengths = np.diff(starts, append=len(run))
        return np.repeat(number, lengths)

    def _cut(self, members: Integers, row_of: Integers) -> list[TextRow]:
        """Words and rows of glyphs that are already in order."""
        x0, x1, size = self.x0[members], self.x1[members], self.size[members]
        codes, blank = self.codes[members], self.blank[members]
        new_row = np.diff(row_of, prepend=-1) != 0
        gap = x0 - _reach(x1, row_of, blank)
        wide = x1 - x0 > OVERPRINT * size
        twice = np.zeros(len(members), bool)
        twice[1:] = (codes[1:] == codes[:-1]) & (np.abs(np.diff(x0)) < OVERPRINT * size[1:]) & ~new_row[1:]
        twice &= wide & ~blank
        after_blank = np.zeros(len(members), bool)
        after_blank[1:] = (blank & (x1 - x0 > 0.5 * GAP * size))[:-1]
        cut = new_row | (gap > GAP * size) | (after_blank & (gap > 0.3 * GAP * size))
        doubled = np.zeros(len(members), bool)
        doubled[:-1] = twice[1:]
        solid = np.flatnonzero(~blank & ~twice)
        if not len(solid):
            return []
        group = np.cumsum(cut)[solid]  # a cut before a dropped glyph belongs to the next one that stays
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        bold = (self.bold[members] | doubled)[solid].astype(np.int64)
        italic = self.italic[members][solid].astype(np.int64)
        first = solid[starts]
        columns = (
            np.round(np.minimum.reduceat(x0[solid], starts), 2),
            np.round(np.maximum.reduceat(x1[solid], starts), 2),
            self.base[members][first],
            size[first],
            np.diff(starts, append=len(solid)),
            np.add.reduceat(bold, starts),
            np.add.reduceat(italic, starts),
        )
        text = codes[solid].astype("<u4").tobytes().decode("utf-32-le")
        return _rows(text, row_of[first].tolist(), *(column.tolist() for column in columns))


def _reach(x1: Floats, row_of: Integers, blank: Integers) -> Floats:
    """For each glyph the right end of the printed glyphs before it in its row; far left at the start of a row."""
    ends = np.where(blank, -1e6, x1) + row_of * 1e7
    before = np.maximum.accumulate(ends)
    out = np.empty_like(ends)
    out[0] = -1e6
    out[1:] = before[:-1]
    shifted: Floats = out - row_of * 1e7
    return shifted


def _rows(
    text: str,
    row_of: Sequence[int],
    x0: Sequence[float],
    x1: Sequence[float],
    base: Sequence[float],
    size: Sequence[float],
    letters: Sequence[int],
    bold: Sequence[int],
    italic: Sequence[int],
) -> list[TextRow]:
    """Rows of tokens; all sequences but `text` have one entry a token."""
    rows: list[TextRow] = []
    tokens: list[PageToken] = []
    at = 0
    for n, length in enumerate(letters):
        if tokens and row_of[n] != row_of[n - 1]:
            rows.append(_row(tokens))
            tokens = []
        end = at + length
        tokens.append(PageToken(text[at:end], x0[n], x1[n], base[n], size[n], length, bold[n], italic[n]))
        at = end
    rows.append(_row(tokens))
    return rows


def _row(tokens: Sequence[PageToken]) -> TextRow:
    if len(tokens) == 1:
        return TextRow(tuple(tokens), tokens[0].baseline, tokens[0].size)
    sizes: Counter[tuple[float, float]] = Counter()
    for token in tokens:
        sizes[token.size, token.baseline] += token.letters
    size, baseline = sizes.most_common(1)[0][0]
    return TextRow(tuple(tokens), baseline, size)


def _with_scripts(rows: list[TextRow]) -> list[TextRow]:
    """Superscripts, subscripts and stamped numbers go into the neighbouring row they belong to."""
    out: list[TextRow] = []
    for row in rows:
        while out and _belongs(out[-1], row):
            row = _merged(row, out.pop())
        if out and _belongs(row, out[-1]):
            row = _merged(out.pop(), row)
        out.append(row)
    return out


def _merged(row: TextRow, small: TextRow) -> TextRow:
    added = small.tokens
    if small.size <= SCRIPT * row.size and row.baseline - small.baseline > RISE * row.size:
        added = tuple(token._replace(raised=True) for token in added)
    return _row(sorted((*row.tokens, *added), key=lambda token: token.x0))


def _belongs(small: TextRow, row: TextRow) -> bool:
    """Whether a short row is part of its neighbour."""
    if sum(token.letters for token in small.tokens) > SHORT:
        return False
    return _is_script(small, row) or _fills_blank(small, row)


def _is_script(small: TextRow, row: TextRow) -> bool:
    """Whether a row is a piece of small type that touches the letters of another row and covers none of them."""
    rise = row.baseline - small.baseline
    if small.size > SCRIPT * row.size or not -0.35 * row.size <= rise <= 0.6 * row.size:
        return False
    for token in small.tokens:
        if any(token.x0 < other.x1 - 0.1 * row.size and other.x0 < token.x1 - 0.1 * row.size for other in row.tokens):
            return False
        begins = 0 <= row.x0 - token.x1 <= AHEAD * row.size and token.text.strip("()*").isdigit()
        if not begins and not any(-0.2 * row.size <= token.x0 - other.x1 <= 0.35 * row.size for other in row.tokens):
            return False
    return True


def _fills_blank(small: TextRow, row: TextRow) -> bool:
    """Whether a short row was stamped or written into a blank that another row leaves: "Số: 11 /KH-UBND"."""
    if abs(small.baseline - row.baseline) > 0.5 * max(small.size, row.size):
        return False
    before = max((token.x1 for token in row.tokens if token.x1 <= small.x0 + 0.2 * row.size), default=None)
    after = min((token.x0 for token in row.tokens if token.x1 > small.x0 + 0.2 * row.size), default=None)
    if before is None or after is None or after < small.x1 - 0.2 * row.size:
        return False
    return small.x0 - before < 1.5 * row.size and after - small.x1 < 1.5 * row.size
