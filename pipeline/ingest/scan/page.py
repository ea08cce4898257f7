"""The result of OCR on a page: lines of words with boxes and confidences, tables' cells, stamps and signatures.

All places are in points from the top left of the page as it is displayed once it is turned upright and deskewed: the
frame that `turn` and `skew` lead back from.
"""

from __future__ import annotations

from typing import NamedTuple

from pydantic.dataclasses import dataclass

from pipeline.document import Box

BLANK = 0.0004  # share of dark pixels: a page with less has nothing to read
MAX_PIXELS = 40_000_000  # of a prepared picture; an A3 page at 300 dpi has 17 million


class ScanWord(NamedTuple):
    """A word by OCR; `confidence` is that of the engine, 0 to 1. `raised`: it is the mark of a footnote."""

    text: str
    x0: float
    x1: float
    baseline: float
    confidence: float
    raised: bool = False


class ScanLine(NamedTuple):
    """Words on one baseline; `size` is the height of the type in points, `cell` the index of a table's cell or -1."""

    words: tuple[ScanWord, ...]
    size: float
    cell: int = -1


class PageMark(NamedTuple):
    """What was removed before OCR.

    A stamp ("stamp", red), a pen's stroke ("pen", blue), a seal in black ("seal"), a code for machines ("code").
    """

    kind: str
    box: Box


@dataclass(frozen=True)
class Scan:
    """A page by OCR.

    `width` and `height` are those of the upright frame. `turn` is the angle at which its text stands on the displayed
    page (90 reads downwards), `skew` by how many degrees its lines fall to the right. `tables` holds the cells of each
    table; lines number the cells of all tables through. `ink` is the share of dark pixels, 0 to 1. `confidence` is the
    mean of the words', None without words. `gutter` is where the fold lies when the picture holds two pages side by
    side. `sheet` holds the corners of a sheet photographed at an angle, clockwise from the top left, on the page; all
    else was read from the rectangle made of it. `rules` are the level rules that stand in no table. `unread` is how
    many lines of print were seen and not made out. `faint`: there was print so pale that it was made dark first.
    """

    width: float
    height: float
    turn: int
    skew: float
    lines: tuple[ScanLine, ...]
    tables: tuple[tuple[Box, ...], ...]
    marks: tuple[PageMark, ...]
    ink: float
    confidence: float | None
    gutter: float | None = None
    sheet: tuple[tuple[float, float], ...] | None = None
    rules: tuple[Box, ...] = ()
    unread: int = 0
    faint: bool = False
