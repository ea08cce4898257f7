"""Finding the codes for machines on a picture: QR codes by their three finder patterns, barcodes by their bars.

Read as text they became dozens of words and a table of 36 columns. What they say is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from math import hypot
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

LEAST = 10  # pixels: a finder pattern is no smaller; at 200 dpi that is a code of 4 mm
MOST = 30  # rings looked at: a page with more of them is a drawing
SQUARE = 0.2  # by which the sides of a pattern may differ
RING, CORE = (0.35, 0.65), 0.8  # of its box: how full the outer ring (24 of 49 modules) and the core (9 of 9) are
WITHIN = (0.32, 0.56)  # times the ring: the core (3 of 7 modules)
MIDDLE = 0.15  # times the ring: how far their middles may lie apart
ALIKE = 0.25  # by which two patterns of one code may differ in size
APART = (1.7, 26.0)  # times the pattern: from middle to middle (14 modules in the smallest code, 170 in the largest)
LEGS, RIGHT = 0.15, 0.2  # by which the two sides of a code may differ, and the cosine of their angle
QUIET = 1 / 7  # times the pattern: one module around a code

BARS, TALL, CLOSE = 20, 3.0, 0.4  # bars of a barcode; times their width and of their height: how high, how near
BAR_HEIGHT, FLUSH, SOLID = 20, 0.1, 0.85  # pixels; of the height: how flush they are; of its box: how full a bar is


class CodeBox(NamedTuple):
    """Where a code stands, in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int


class _Pattern(NamedTuple):
    """A finder pattern: its middle and its size, in pixels."""

    x: float
    y: float
    size: float


def find_codes(ink: NDArray[np.bool_]) -> list[CodeBox]:
    """Find the codes of a page.

    Args:
        ink: where it is dark, of shape (height, width).

    Returns:
        Their boxes, from the top down.
    """
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink.view(np.uint8), connectivity=8)
    parts = stats[1:].astype(float)
    found = [*_squares(parts, middles[1:]), *_bars(parts)]
    high, wide = ink.shape
    return sorted(
        {
            CodeBox(max(0, round(x0)), max(0, round(y0)), min(wide, round(x1)), min(high, round(y1)))
            for x0, y0, x1, y1 in found
        },
        key=lambda box: (box.y0, box.x0),
    )


def _squares(parts: NDArray[Any], middles: NDArray[Any]) -> Iterator[tuple[float, float, float, float]]:
    """QR codes (ISO/IEC 18004, 6.3.3): finder patterns in three corners, at a right angle and equally far."""
    patterns = list(_patterns(parts, middles))
    used: set[_Pattern] = set()
    for corner, one, other in permutations(patterns, 3):
        if used & {corner, one, other}:
            continue
        size = max(corner.size, one.size, other.size)
        if size > (1 + ALIKE) * min(corner.size, one.size, other.size):
            continue
        (ax, ay), (bx, by) = ((end.x - corner.x, end.y - corner.y) for end in (one, other))
        short, long = sorted((hypot(ax, ay), hypot(bx, by)))
        if not APART[0] * size <= short <= long <= min(APART[1] * size, (1 + LEGS) * short):
            continue
        if abs(ax * bx + ay * by) > RIGHT * short * long:
            continue
        used |= {corner, one, other}
        xs = [corner.x, one.x, other.x, one.x + other.x - corner.x]
        ys = [corner.y, one.y, other.y, one.y + other.y - corner.y]
        rim = (0.5 + QUIET) * size
        yield min(xs) - rim, min(ys) - rim, max(xs) + rim, max(ys) + rim


def _patterns(parts: NDArray[Any], middles: NDArray[Any]) -> Iterator[_Pattern]:
    """Square rings with a full square in their middle."""
    wide, high, area = (parts[:, at] for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    if not len(parts):
        return
    square = np.abs(wide - high) <= SQUARE * np.minimum(wide, high)
    full = area / (wide * high)
    rings = np.flatnonzero(square & (np.minimum(wide, high) >= LEAST) & (full >= RING[0]) & (full <= RING[1]))
    cores = np.flatnonzero(square & (full >= CORE) & (np.minimum(wide, high) >= LEAST * WITHIN[0]))
    count = 0
    for at in rings:
        size = (wide[at] + high[at]) / 2
        fits = (wide[cores] >= WITHIN[0] * size) & (wide[cores] <= WITHIN[1] * size)
        fits &= np.abs(middles[cores] - middles[at]).max(axis=1) <= MIDDLE * size
        if fits.any():
            yield _Pattern(float(middles[at][0]), float(middles[at][1]), float(size))
            count += 1
            if count == MOST:
                return


def _bars(parts: NDArray[Any]) -> Iterator[tuple[float, float, float, float]]:
    """Barcodes: a row of solid upright bars, equally high, with little between them."""
    wide, high, area = (parts[:, at] for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    solid = parts[(high >= BAR_HEIGHT) & (high >= TALL * wide) & (area >= SOLID * wide * high)]
    bars: list[list[float]] = sorted(solid[:, :4].tolist())
    rows: list[list[list[float]]] = []
    while len(bars) >= BARS:
        row, rest = [bars[0]], list[list[float]]()
        for bar in bars[1:]:
            (x0, y0, across, down), (x, y, _, deep) = row[-1], bar
            level = abs(y - y0) <= FLUSH * down and abs(y + deep - y0 - down) <= FLUSH * down
            (row if level and 0 <= x - x0 - across <= CLOSE * down else rest).append(bar)
        rows.append(row)
        bars = rest
    for row in rows:
        if len(row) >= BARS:
            x0, x1 = row[0][0], row[-1][0] + row[-1][2]
            yield x0 - 2, min(y for _, y, _, _ in row) - 2, x1 + 2, max(y + down for _, y, _, down in row) + 2
