"""UnruledColumns of a scanned page that no upright rules separate, found by the white between them.

Tesseract reads across such columns, and loses what is short in them. Each is cut out of the page and read like the
cells of a ruled table; what is a row and what is no table at all is told from the words later (`unruled`).

Its layout also loses a line now and then, in silence. What looks like one outside of all that was read is found by its
letters: seals, pens' strokes, codes and stains have few parts of their height side by side on one level.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.document import Box
from pipeline.ingest.pdf.frame import Integers
from pipeline.ingest.scan.picture import INK, Picture

WHITE = 0.7  # em: how wide the white between two columns is at least
LEAST_COLUMNS = 3
NUMBERS = 5.0  # em: the first column, of the rows' numbers, is no wider
LINES = 3.0  # em: most pieces of it are no higher
MARK, LOW = 0.25, 0.35  # em: the white between a mark and its letters, and how high a line of text is at least
PIECE = 0.7  # em: white as high parts two pieces of a column
SPECK = 2  # dark pixels in a row or a column that are none
THIN, LONGER = 1.6, 2.0  # em, and times as long: a line of text is no wider, and runs along its longer side
UNEVEN, WINDOW = 1.3, 0.2  # times as uneven, and em: along its lines ink lies evenly, from line to line it does not
ASIDE = 3.0  # times the ink: what says that the text runs up or down outweighs the rest

HEIGHT, WIDTH = (0.3, 1.3), (0.04, 2.0)  # em: of a part that may be a letter, two that touch among them
FULL = 0.12  # of its box: how much of it such a part fills
NEAR = 0.45  # em: half the white between two words
LONG, LETTERS = 4.0, 6  # em, and parts: a line of print is no shorter, and has no fewer
LINE = 1.6  # em: it is no higher
LEVEL = 0.25  # em: most of its letters stand no further from one level
AROUND = (1.15, 0.35)  # times the size of a line: what lies so far above and below its baseline is read with it

Ink = NDArray[np.bool_]


class TextBlock(NamedTuple):
    """A part of a page, in pixels: where it begins and ends; `first`: it stands in the first column of its area."""

    x0: int
    y0: int
    x1: int
    y1: int
    first: bool


def columns(ink: Ink, em: float) -> Iterator[list[TextBlock]]:
    """Find the areas of a deskewed page in which text stands in three columns or more.

    Args:
        ink: where the page is dark, without its rules and ruled tables, of shape (height, width).
        em: the size of its type in pixels.

    Yields:
        The pieces of the columns of each area.
    """
    bands = _bands(ink, em)
    free = [np.asarray(~ink[y0:y1].any(axis=0)) for y0, y1 in bands]
    at = 0
    while at < len(bands):
        end, gaps = _grow(free, at, em)
        parts = list(_parts(ink, bands[at][0], bands[end - 1][1], gaps, em)) if gaps else []
        if parts and _is_table(parts, gaps, bands[at:end], ink, em):
            yield parts
            at = end
        else:
            at += 1


Extent = tuple[int, int]


def _bands(ink: Ink, em: float) -> list[Extent]:
    """The lines of a page from edge to edge, with the marks below and above their letters."""
    out: list[Extent] = []
    for y0, y1 in _runs(ink.sum(axis=1) > SPECK, 1):
        if out and y0 - out[-1][1] < MARK * em and min(y1 - y0, out[-1][1] - out[-1][0]) < LOW * em:
            out[-1] = out[-1][0], y1
        else:
            out.append((y0, y1))
    return [(y0, y1) for y0, y1 in out if y1 - y0 >= LOW * em]


def _runs(true: NDArray[Any], least: float) -> list[Extent]:
    """Where stretches of at least so many true values begin and end."""
    steps = np.flatnonzero(np.diff(np.concatenate([[0], true.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True) if b - a >= least]


def _grow(free: Sequence[NDArray[np.bool_]], at: int, em: float) -> tuple[int, list[Extent]]:
    """How many bands from the one at `at` on leave white between three columns, and where that is."""
    common = free[at]
    gaps = _within(common, em)
    end = at + 1
    while len(gaps) >= LEAST_COLUMNS - 1 and end < len(free):
        more = _within(common & free[end], em)
        if len(more) < len(gaps) and len(more) < LEAST_COLUMNS - 1:
            break
        common, gaps, end = common & free[end], more, end + 1
    return end, gaps if len(gaps) >= LEAST_COLUMNS - 1 else []


def _within(common: NDArray[np.bool_], em: float) -> list[Extent]:
    """The white between columns, not that at the sides."""
    return [(a, b) for a, b in _runs(common, WHITE * em) if a > 0 and b < len(common)]


def _is_table(parts: Sequence[TextBlock], gaps: Sequence[Extent], bands: Sequence[Extent], ink: Ink, em: float) -> bool:
    """Whether the first column is one of numbers, and a band has text in three columns.

    That is little, but the last row of a table over the page is no more; and what is no table is read no worse so.
    """
    first = [part for part in parts if part.first]
    if not first or median(part.y1 - part.y0 for part in first) > LINES * em:
        return False
    if max(part.x1 for part in first) - min(part.x0 for part in first) > NUMBERS * em:
        return False
    edges = [0, *((a + b) // 2 for a, b in gaps), ink.shape[1]]
    sides = list(zip(edges, edges[1:], strict=False))
    return any(sum(bool(ink[y0:y1, a:b].any()) for a, b in sides) >= LEAST_COLUMNS for y0, y1 in bands)


def _parts(ink: Ink, y0: int, y1: int, gaps: Sequence[Extent], em: float) -> Iterator[TextBlock]:
    """The pieces of the columns of an area, each as small as its ink."""
    edges = [0, *((a + b) // 2 for a, b in gaps), ink.shape[1]]
    for number, (left, right) in enumerate(zip(edges, edges[1:], strict=False)):
        column = ink[y0:y1, left:right]
        dark = np.asarray(column.any(axis=1))
        gaps_between = _runs(~dark, PIECE * em)
        starts = [0, *((a + b) // 2 for a, b in gaps_between), len(dark)]
        for above, below in zip(starts, starts[1:], strict=False):
            piece = column[above:below]
            across = np.flatnonzero(piece.any(axis=0))
            down = np.flatnonzero(piece.any(axis=1))
            if len(across) and piece.sum() > SPECK:
                yield TextBlock(
                    left + int(across[0]),
                    y0 + above + int(down[0]),
                    left + int(across[-1]) + 1,
                    y0 + above + int(down[-1]) + 1,
                    number == 0,
                )


def runs_up_or_down(cuts: Iterable[Picture], light: int, em: float) -> bool:
    """Tell whether most text runs up or down the picture, before anything is read.

    A page that holds a table alone has no line outside of it that would say so, and its cells give nonsense.

    Args:
        cuts: the cells, each as small as its ink, grey.
        light: the grey level of the paper.
        em: the size of the type in pixels.
    """
    level = upright = 0
    for cut in cuts:
        ink = cut < light - INK
        high, wide = ink.shape
        if min(high, wide) <= THIN * em:
            along, across = wide >= LONGER * high, high >= LONGER * wide
        else:
            rows, columns = (_unevenness(ink.sum(axis=axis), em) for axis in (1, 0))
            along, across = rows > UNEVEN * columns, columns > UNEVEN * rows
        level += int(ink.sum()) * along
        upright += int(ink.sum()) * across
    return upright > ASIDE * level


def _unevenness(profile: Integers, em: float) -> float:
    """How much the ink of rows, or of columns, varies for its mean: two lines whose marks fill the white between do."""
    width = max(1, round(WINDOW * em))
    smooth = np.convolve(profile, np.full(width, 1 / width), "same")
    return float(smooth.std() / max(smooth.mean(), 1e-9))


def unread_lines(ink: Ink, read: Iterable[Box], em: float) -> Iterator[TextBlock]:
    """Find what looks like lines of print outside of what was read.

    Args:
        ink: where a level page is dark, without its rules, of shape (height, width).
        read: the boxes, in pixels, of the words that were read, and of stamps and signatures.
        em: the size of the type in pixels.

    Yields:
        Each line, in pixels.
    """
    left = ink.astype(np.uint8)
    for x0, y0, x1, y1 in read:
        left[max(0, round(y0)) : max(0, round(y1)), max(0, round(x0)) : max(0, round(x1))] = 0
    parts = _letters(left, em)
    if len(parts) < LETTERS:
        return
    drawn = np.zeros_like(left)
    for x, y, wide, high in parts:
        drawn[y : y + high, x : x + wide] = 1
    joined = cv2.dilate(drawn, np.ones((1, 2 * round(NEAR * em) + 1), np.uint8))
    _, labels = cv2.connectedComponents(joined, connectivity=8)
    of = labels[parts[:, 1], parts[:, 0]]
    for label in np.unique(of):
        own = parts[of == label]
        x0, y0 = own[:, :2].min(axis=0)
        x1, y1 = (own[:, :2] + own[:, 2:]).max(axis=0)
        if len(own) >= LETTERS and x1 - x0 >= LONG * em and y1 - y0 <= LINE * em and _is_level(own, em):
            yield TextBlock(int(x0), int(y0), int(x1), int(y1), False)


def _letters(ink: Picture, em: float) -> Integers:
    """The boxes (left, top, width, height) of the parts that may be letters."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high, area = (stats[:, at] for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    fits = (high >= HEIGHT[0] * em) & (high <= HEIGHT[1] * em) & (wide >= WIDTH[0] * em) & (wide <= WIDTH[1] * em)
    fits &= area >= FULL * wide * high
    fits[0] = False  # the paper
    return np.asarray(stats[fits, :4])


def _is_level(letters: Integers, em: float) -> bool:
    """Whether most letters stand on one line, but for those that reach below it."""
    feet = letters[:, 1] + letters[:, 3]
    return bool((np.abs(feet - np.median(feet)) <= LEVEL * em).mean() > 0.5)
