"""The door to pdfplumber: cells of ruled tables from the rules of a page.

pdfplumber's table finder is the best we measured, its reading of a page the slowest; so it is given the rules PDFium
has read already and never opens a file. Its cost grows with the product of the rules, which is counted first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.document import Box, Cell
from pipeline.ingest.pdfium_rules import Edge

SNAP = 3.0  # points: rules this near are one; pdfplumber's own default
SHORTEST = 5.0  # points: a shorter rule, after joining, is none
NEXT = 1.0  # points
OPEN_END = 8.0  # points: how far vertical rules must run past the last horizontal one to leave a row open
MAX_CROSSINGS = 20_000  # horizontal times vertical rules; a page-filling table of 60 rows and 12 columns has 800
MAX_CORNERS = 4_000


def find_tables(edges: Sequence[Edge]) -> list[list[Box]] | None:
    """The cells of each ruled table, tables from the top; None when the rules are too many to be a table's.

    A table has at least two rows and two columns. A row that a page break leaves open above or below is closed.
    """
    level = sum(edge.y0 == edge.y1 for edge in edges)
    if level < 2 or len(edges) - level < 2:
        return []
    from pdfplumber.table import (  # loaded for pages with rules only: it takes 0.15 s
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    merged = _long(merge_edges([_plumber(edge) for edge in edges], SNAP, SNAP, SNAP, SNAP))
    merged = merge_edges(merged + _closing(merged), 0, 0, SNAP, SNAP)
    level = sum(edge["orientation"] == "h" for edge in merged)
    if level < 2 or len(merged) - level < 2:
        return []
    if level * (len(merged) - level) > MAX_CROSSINGS:
        return None
    corners = edges_to_intersections(merged, SNAP, SNAP)
    if len(corners) > MAX_CORNERS:
        return None
    tables = []
    for cells in cells_to_tables(intersections_to_cells(corners)):
        boxes = [Box(*cell) for cell in cells]
        if len({box.x0 for box in boxes}) >= 2 and len({box.y0 for box in boxes}) >= 2:
            tables.append(boxes)
    return sorted(tables, key=lambda boxes: (min(box.y0 for box in boxes), min(box.x0 for box in boxes)))


def _plumber(edge: Edge) -> dict[str, Any]:
    return {
        "x0": edge.x0,
        "x1": edge.x1,
        "top": edge.y0,
        "bottom": edge.y1,
        "width": edge.x1 - edge.x0,
        "height": edge.y1 - edge.y0,
        "orientation": "h" if edge.y0 == edge.y1 else "v",
    }


def _long(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        edge
        for edge in edges
        if (edge["x1"] - edge["x0"] if edge["orientation"] == "h" else edge["bottom"] - edge["top"]) >= SHORTEST
    ]


def _closing(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Level rules for the ends that a page break left open: where several vertical rules stop together."""
    out = []
    level = [edge for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    for end, sign in (("top", 1), ("bottom", -1)):
        groups: dict[int, list[dict[str, Any]]] = {}
        for edge in upright:
            groups.setdefault(round(edge[end] / (2 * SNAP)), []).append(edge)
        for key, group in list(groups.items()):
            group = group + groups.get(key + 1, [])
            if len(group) < 3:
                continue
            at = (min if sign > 0 else max)(edge[end] for edge in group)
            x0, x1 = min(edge["x0"] for edge in group), max(edge["x0"] for edge in group)
            spanning = [h for h in level if h["x0"] < x1 and h["x1"] > x0]
            near = [h for h in spanning if abs(h["top"] - at) <= OPEN_END]
            closed = sum(min(x1, h["x1"]) - max(x0, h["x0"]) for h in near) > 0.95 * (x1 - x0)
            if not closed and any(sign * (h["top"] - at) > OPEN_END for h in spanning):
                out.append(_plumber(Edge(x0, near[0]["top"] if near else at, x1, near[0]["top"] if near else at)))
    return out


def grid(cells: Sequence[Box]) -> list[Cell]:
    """Which rows and columns the cells of one table stand in, in the order given."""
    tops, lefts = _levels(cell.y0 for cell in cells), _levels(cell.x0 for cell in cells)
    out = []
    for box in cells:
        row, column = bisect_right(tops, box.y0) - 1, bisect_right(lefts, box.x0) - 1
        rows = bisect_right(tops, box.y1 - NEXT) - row
        columns = bisect_right(lefts, box.x1 - NEXT) - column
        out.append(Cell(row, column, max(rows, 1), max(columns, 1)))
    return out


def lefts(cells: Sequence[Box]) -> tuple[float, ...]:
    """Where the columns of one table begin."""
    return tuple(round(x, 2) for x in _levels(cell.x0 for cell in cells))


def _levels(values: Iterable[float]) -> list[float]:
    """Where rows or columns begin: values next to each other are one, a page that was levelled leaves some apart."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > NEXT:
            out.append(value)
    return out


def around(cells: Sequence[Box]) -> Box:
    """The box of a table."""
    return Box(
        round(min(cell.x0 for cell in cells), 2),
        round(min(cell.y0 for cell in cells), 2),
        round(max(cell.x1 for cell in cells), 2),
        round(max(cell.y1 for cell in cells), 2),
    )
