"""UnruledColumns of a scanned page that no upright rules separate, found by the white between them.

Tesseract reads across such columns, and loses what is short in them. Each is cut out of the page and read like the
cells of a ruled table; what is a row and what is no table at all is told from the words later (`unruled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.scan.picture import INK, Picture

WHITE = 0.7  # em: how wide the white between two columns is at least
LEAST_COLUMNS = 3
NUMBERS = 5.0  # em: the first column, of the rows' numbers, is no wider
LINES = 3.0  # em: most pieces of it are no higher
MARK, LOW = 0.25, 0.35  # em: the white between a mark and its letters, and how high a line of text is at least
PIECE = 0.7  # em: white as high parts two pieces of a column
SPECK = 2  # dark pixels in a row or a column that are none
THIN, LONGER = 1.6, 2.0  # em, and times as long: a line of text is no wider, and runs along its longer side
MORE_WHITE = 1.5  # times the white: between lines there is more of it than across them
ASIDE = 3.0  # times the ink: what says that the text runs up or down outweighs the rest

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
            rows, columns = (float((~ink.any(axis=axis)).mean()) for axis in (1, 0))
            along, across = rows > MORE_WHITE * columns, columns > MORE_WHITE * rows
        level += int(ink.sum()) * along
        upright += int(ink.sum()) * across
    return upright > ASIDE * level
