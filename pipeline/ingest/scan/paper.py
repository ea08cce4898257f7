"""Rectifying a sheet of paper photographed at an angle on something darker, by its four corners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.document import Box, Line, Table
from pipeline.ingest.scan.picture import Picture

SMALL = 800  # pixels of the longer side on which a sheet is looked for
PART = (0.3, 0.96)  # of the picture: what a sheet takes
ROUGH = 0.02  # of its outline: how far a side may be from straight
FILLED = 0.94  # of the quadrilateral: how much of it is paper
CONTRAST = 45  # grey levels by which what lies around is darker than paper
ASLANT = 1.2  # degrees by which at least one side is off a common rectangle: less is a scan with a dark border
CORNER = (55.0, 125.0)  # degrees at the corners of a sheet that was not photographed from its edge

Corner = tuple[float, float]


class PaperCorners(NamedTuple):
    """The corners of a sheet on its picture, in pixels: top left, top right, bottom right, bottom left."""

    corners: tuple[Corner, Corner, Corner, Corner]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the rectified sheet in pixels: its longest sides."""
        a, b, c, d = (np.array(corner) for corner in self.corners)
        wide, high = max(np.hypot(*(b - a)), np.hypot(*(c - d))), max(np.hypot(*(d - a)), np.hypot(*(c - b)))
        return max(1, round(float(wide))), max(1, round(float(high)))


def find_sheet(picture: Picture) -> PaperCorners | None:
    """Find the sheet that was photographed; None where there is none, it fills the picture, or stands square in it."""
    high, wide = picture.shape[:2]
    scale = min(1.0, SMALL / max(high, wide))
    if min(high, wide) * scale < 100:
        return None
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = np.asarray(small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
    # Without its print a sheet is one light blob.
    closed = np.asarray(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), np.uint8)
    bare = np.asarray(cv2.medianBlur(closed, 7), np.uint8)
    light = np.asarray(cv2.threshold(bare, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1], np.uint8)
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = max(outlines, key=cv2.contourArea, default=None)
    if outline is None or not PART[0] <= cv2.contourArea(outline) / light.size <= PART[1]:
        return None
    hull = cv2.convexHull(outline)
    four = cv2.approxPolyDP(hull, ROUGH * cv2.arcLength(hull, True), True).reshape(-1, 2).astype(float)
    if len(four) != 4 or not _is_photographed(four, bare, light):
        return None
    ordered = _from_top_left(four) / scale
    return PaperCorners(tuple((float(x), float(y)) for x, y in ordered))  # type: ignore[arg-type]


def _is_photographed(four: NDArray[np.float64], bare: Picture, light: Picture) -> bool:
    inside = cv2.fillConvexPoly(np.zeros_like(bare), np.rint(four).astype(np.int32), 1) > 0
    if light[inside].mean() / 255 < FILLED or float(np.median(bare[inside]) - np.median(bare[~inside])) < CONTRAST:
        return False
    sides = np.roll(four, -1, axis=0) - four
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0]))
    corners = np.abs((angles - np.roll(angles, 1) + 180) % 360 - 180)
    if corners.min() < CORNER[0] or corners.max() > CORNER[1]:
        return False
    return bool(np.abs(corners - 90).max() >= ASLANT)


def _from_top_left(four: NDArray[np.float64]) -> NDArray[np.float64]:
    """The corners clockwise from the top left one."""
    middle = four.mean(axis=0)
    clockwise = four[np.argsort(np.arctan2(four[:, 1] - middle[1], four[:, 0] - middle[0]))]
    return np.roll(clockwise, -int(clockwise.sum(axis=1).argmin()), axis=0)


def squared(picture: Picture, sheet: PaperCorners) -> Picture:
    """Rectify the sheet: as a rectangle, seen from above."""
    wide, high = sheet.size
    matrix = cv2.getPerspectiveTransform(np.array(sheet.corners, np.float32), _rectangle(wide, high))
    return np.asarray(cv2.warpPerspective(picture, matrix, (wide, high), flags=cv2.INTER_CUBIC), np.uint8)


def _rectangle(wide: float, high: float) -> NDArray[np.float32]:
    return np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)


class PaperFrame:
    """From places on a rectified sheet back to the picture it was found on."""

    def __init__(self, corners: Sequence[Corner], wide: float, high: float) -> None:
        self._matrix = cv2.getPerspectiveTransform(_rectangle(wide, high), np.array(corners, np.float32))

    def box(self, box: Box) -> Box:
        """The smallest box around a box's place on the picture."""
        four = np.array([[(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]], np.float64)
        x, y = cv2.perspectiveTransform(four, self._matrix)[0].T
        return Box(*(round(float(value), 2) for value in (x.min(), y.min(), x.max(), y.max())))

    def line(self, line: Line) -> Line:
        """A line with its places on the picture."""
        words = tuple(replace(word, box=self.box(word.box)) if word.box else word for word in line.words)
        return replace(line, box=self.box(line.box) if line.box else None, words=words)

    def table(self, table: Table) -> Table:
        """A table with its place on the picture."""
        return replace(table, box=self.box(table.box)) if table.box else table
