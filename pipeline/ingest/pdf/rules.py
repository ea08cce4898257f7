"""The ruled lines and coloured areas of a page, from PDFium's path objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2.raw as native

from pipeline.document import Box
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.frame import DisplayFrame
from pipeline.ingest.pdf.objects import IDENTITY, Matrix, PlacedObject, matrix_of, times

THIN = 2.5  # points: a filled rectangle no thicker than this is a rule
MAX_AREAS = 2000  # coloured areas of a page: more are a drawing


class Edge(NamedTuple):
    """A horizontal or vertical rule, in points; `x0 == x1` or `y0 == y1`."""

    x0: float
    y0: float
    x1: float
    y1: float


def edges_of(paths: Sequence[PlacedObject], frame: DisplayFrame) -> tuple[tuple[Edge, ...], tuple[Box, ...]]:
    """Find the horizontal and vertical rules of a page, and its coloured areas.

    A shaded area has no rules, a thin filled rectangle is one.
    """
    out: list[Edge] = []
    areas: list[Box] = []
    left, bottom, right, top = calls.FLOAT(), calls.FLOAT(), calls.FLOAT(), calls.FLOAT()
    bounds = [ctypes.addressof(value) for value in (left, bottom, right, top)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item, matrix, _ in paths:
        if not calls.draw_mode(item, ctypes.addressof(fill), ctypes.addressof(stroke)):
            continue
        if not fill.value and not stroke.value:
            continue
        if not calls.object_bounds(item, *bounds):
            continue
        wide, high = right.value - left.value, top.value - bottom.value
        if fill.value and matrix == IDENTITY and min(wide, high) > THIN and not _is_white(item):
            areas.append(Box(*_edge(frame, left.value, bottom.value, right.value, top.value)))
        if matrix == IDENTITY and min(wide, high) <= THIN:
            if not stroke.value and _is_white(item):
                continue
            middle_x, middle_y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
            if wide >= high:
                out.append(_edge(frame, left.value, middle_y, right.value, middle_y))
            else:
                out.append(_edge(frame, middle_x, bottom.value, middle_x, top.value))
        elif stroke.value:
            out.extend(_strokes(item, times(matrix_of(item), matrix), frame))
        elif matrix != IDENTITY:
            out.extend(_thin_fill(item, times(matrix_of(item), matrix), frame))
    wide, high = frame.width + 1, frame.height + 1
    inside = tuple(e for e in out if e.x0 >= -1 and e.y0 >= -1 and e.x1 <= wide and e.y1 <= high)
    return inside, tuple(areas) if len(areas) <= MAX_AREAS else ()


def _is_white(item: int) -> bool:
    colour = (ctypes.c_uint * 4)()
    base = ctypes.addressof(colour)
    known = bool(calls.fill_colour(item, base, base + 4, base + 8, base + 12))
    return known and min(colour[0], colour[1], colour[2]) >= 250


def _edge(frame: DisplayFrame, x0: float, y0: float, x1: float, y1: float) -> Edge:
    ax, ay = frame.point(x0, y0)
    bx, by = frame.point(x1, y1)
    return Edge(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _corners(item: int, matrix: Matrix) -> list[tuple[float, float, int]] | None:
    """The points of a path with the kind of segment that leads to each; None for curves and long drawings."""
    count = calls.count_segments(item)
    if not 2 <= count <= 2000:
        return None
    x, y = calls.FLOAT(), calls.FLOAT()
    a, b, c, d, e, f = matrix
    out: list[tuple[float, float, int]] = []
    start: tuple[float, float] | None = None
    for at in range(count):
        segment = calls.segment(item, at)
        if not segment or not calls.segment_point(segment, ctypes.addressof(x), ctypes.addressof(y)):
            return None
        kind = calls.segment_type(segment)
        if kind not in (native.FPDF_SEGMENT_LINETO, native.FPDF_SEGMENT_MOVETO):
            return None
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == native.FPDF_SEGMENT_MOVETO:
            start = point
        out.append((*point, kind))
        if start is not None and calls.segment_close(segment):
            out.append((*start, native.FPDF_SEGMENT_LINETO))
    return out


def _strokes(item: int, matrix: Matrix, frame: DisplayFrame) -> Iterator[Edge]:
    corners = _corners(item, matrix) or []
    for before, after in zip(corners, corners[1:], strict=False):
        if after[2] != native.FPDF_SEGMENT_LINETO:
            continue
        if abs(before[0] - after[0]) < 0.5:
            yield _edge(frame, after[0], before[1], after[0], after[1])
        elif abs(before[1] - after[1]) < 0.5:
            yield _edge(frame, before[0], after[1], after[0], after[1])


def _thin_fill(item: int, matrix: Matrix, frame: DisplayFrame) -> Iterator[Edge]:
    corners = _corners(item, matrix)
    if not corners:
        return
    xs, ys = [x for x, _, _ in corners], [y for _, y, _ in corners]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if min(wide, high) > THIN or _is_white(item):
        return
    if wide >= high:
        yield _edge(frame, min(xs), (min(ys) + max(ys)) / 2, max(xs), (min(ys) + max(ys)) / 2)
    else:
        yield _edge(frame, (min(xs) + max(xs)) / 2, min(ys), (min(xs) + max(xs)) / 2, max(ys))
