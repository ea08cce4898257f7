"""The cells of ruled tables, found by pdfplumber from the rules of a page.

pdfplumber's table finder is the best we measured, its reading of a page the slowest; so it is given the rules PDFium
has read already and never opens a file. Its cost grows with the product of the rules, which is counted first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.document import Box, Cell
from pipeline.ingest.pdf.rules import Edge

SNAP = 3.0  # points: rules this near are one; pdfplumber's own default
SHORTEST = 5.0  # points: a shorter rule, after joining, is none
NEXT = 1.0  # points
OPEN_END = 8.0  # points: how far vertical rules must run past the last horizontal one to leave a row open
TITLE_ROW = 60.0  # points: how high a row without upright rules may be between rows that have them
MAX_CROSSINGS = 20_000  # horizontal times vertical rules; a page-filling table of 60 rows and 12 columns has 800
MAX_CORNERS = 7_000  # 200 columns and 34 rows; a second's work

_PlumberEdge = dict[str, Any]  # an edge as pdfplumber takes it
_Crossed = tuple[_PlumberEdge, list[_PlumberEdge]]  # a level rule and the upright ones it meets


def find_tables(edges: Sequence[Edge]) -> list[list[Box]] | None:
    """Find the cells of each ruled table, tables from the top.

    A table has at least two rows and two columns, or one row of three: the last one, over the page. A row that a page
    break leaves open above or below is closed.

    Args:
        edges: the rules of a page, in points.

    Returns:
        The boxes of the cells of each table; None when the rules are too many to be a table's.
    """
    level = sum(edge.y0 == edge.y1 for edge in edges)
    if level < 2 or level == len(edges):
        return []
    from pdfplumber.table import (  # loaded for pages with rules only: it takes 0.15 s
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    merged = _long(merge_edges([_plumber(edge) for edge in edges], SNAP, SNAP, SNAP, SNAP))
    if _crossings(merged) <= MAX_CROSSINGS:
        merged += _closing_sides(merged)
        merged = merge_edges(merged + _closing(merged), 0, 0, SNAP, SNAP)
    if _crossings(merged) > MAX_CROSSINGS:
        return None
    level = sum(edge["orientation"] == "h" for edge in merged)
    if level < 2 or len(merged) - level < 2:
        return []
    corners = edges_to_intersections(merged, SNAP, SNAP)
    if len(corners) > MAX_CORNERS:
        return None
    tables = []
    for cells in cells_to_tables(intersections_to_cells(corners)):
        boxes = [Box(*cell) for cell in cells]
        if is_table(boxes):
            tables.append(boxes)
    tables = [table for table in tables if not _is_within(table, tables)]
    return sorted(tables, key=lambda boxes: (min(box.y0 for box in boxes), min(box.x0 for box in boxes)))


def is_table(cells: Sequence[Box]) -> bool:
    """Tell whether cells are so many that they make a table."""
    wide, high = len({cell.x0 for cell in cells}), len({cell.y0 for cell in cells})
    return (wide >= 2 and high >= 2) or wide >= 3


def _is_within(table: Sequence[Box], tables: Sequence[Sequence[Box]]) -> bool:
    """Whether a table stands in a cell of another one: what it says is that cell's."""
    x0, y0, x1, y1 = around(table)
    return any(
        cell.x0 <= x0 and cell.y0 <= y0 and x1 <= cell.x1 and y1 <= cell.y1
        for other in tables
        if other is not table
        for cell in other
    )


def _crossings(edges: Sequence[_PlumberEdge]) -> int:
    level = len([edge for edge in edges if edge["orientation"] == "h"])
    return level * (len(edges) - level)


def _plumber(edge: Edge) -> _PlumberEdge:
    return {
        "x0": edge.x0,
        "x1": edge.x1,
        "top": edge.y0,
        "bottom": edge.y1,
        "width": edge.x1 - edge.x0,
        "height": edge.y1 - edge.y0,
        "orientation": "h" if edge.y0 == edge.y1 else "v",
    }


def _long(edges: Sequence[_PlumberEdge]) -> list[_PlumberEdge]:
    return [
        edge
        for edge in edges
        if (edge["x1"] - edge["x0"] if edge["orientation"] == "h" else edge["bottom"] - edge["top"]) >= SHORTEST
    ]


def _closing(edges: Sequence[_PlumberEdge]) -> list[_PlumberEdge]:
    """Level rules for the ends that a page break left open: where several vertical rules stop together."""
    out = []
    level = [edge for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    for end, sign in (("top", 1), ("bottom", -1)):
        groups: dict[int, list[_PlumberEdge]] = {}
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


def _closing_sides(edges: Sequence[_PlumberEdge]) -> list[_PlumberEdge]:
    """Upright rules for tables printed without those at their sides: where level rules end together beyond all others.

    Each of them must cross an upright rule: lines under words do not.
    """
    out = []
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > OPEN_END]
    crossed = [(h, [v for v in upright if _cross(h, v)]) for h in level]
    for end, sign in (("x0", 1), ("x1", -1)):
        ended: list[_Crossed] = sorted(
            (one for one in crossed if one[1] and all(sign * (v["x0"] - one[0][end]) > OPEN_END for v in one[1])),
            key=lambda one: float(one[0][end]),
        )
        groups: list[list[_Crossed]] = []
        for one in ended:
            if groups and one[0][end] - groups[-1][-1][0][end] <= SNAP:
                groups[-1].append(one)
            else:
                groups.append([one])
        for run in (run for group in groups for run in _linked(group)):
            if len(run) >= 2:
                at = (min if sign > 0 else max)(h[end] for h, _ in run)
                ends = [y for h, met in run for v in met for y in (h["top"], v["top"], v["bottom"])]
                out.append(_plumber(Edge(at, min(ends), at, max(ends))))
    return out


def _linked(group: Iterable[_Crossed]) -> list[list[_Crossed]]:
    """Level rules of one table each: an upright rule joins two, or the row between them is one cell."""
    runs: list[list[_Crossed]] = []
    for one in sorted(group, key=lambda one: float(one[0]["top"])):
        last = runs[-1][-1] if runs else None
        if last and (
            any(v is other for v in one[1] for other in last[1])
            or (one[0]["top"] - last[0]["top"] <= TITLE_ROW and _alike(one[1], last[1]))
        ):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _alike(some: Sequence[_PlumberEdge], others: Sequence[_PlumberEdge]) -> bool:
    """Whether upright rules go on where others stopped."""
    here, there = sorted({round(v["x0"], 2) for v in some}), sorted({round(v["x0"], 2) for v in others})
    return len(here) == len(there) and all(abs(x - other) <= SNAP for x, other in zip(here, there, strict=True))


def _cross(level: _PlumberEdge, upright: _PlumberEdge) -> bool:
    """Whether two rules meet."""
    return bool(
        level["x0"] - SNAP <= upright["x0"] <= level["x1"] + SNAP
        and upright["top"] - SNAP <= level["top"] <= upright["bottom"] + SNAP
    )


def grid(cells: Sequence[Box]) -> list[Cell]:
    """Find the rows and columns of the cells of one table, in the order given."""
    tops, lefts = _levels(cell.y0 for cell in cells), _levels(cell.x0 for cell in cells)
    out = []
    for box in cells:
        row, column = bisect_right(tops, box.y0) - 1, bisect_right(lefts, box.x0) - 1
        rows = bisect_right(tops, box.y1 - NEXT) - row
        columns = bisect_right(lefts, box.x1 - NEXT) - column
        out.append(Cell(row, column, max(rows, 1), max(columns, 1)))
    return out


def lefts(cells: Sequence[Box]) -> tuple[float, ...]:
    """The left edges of the columns of one table, in points."""
    return tuple(round(x, 2) for x in _levels(cell.x0 for cell in cells))


def _levels(values: Iterable[float]) -> list[float]:
    """Where rows or columns begin: values next to each other are one, a page that was levelled leaves some apart."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > NEXT:
            out.append(value)
    return out


def around(cells: Sequence[Box]) -> Box:
    """The box of a table, given by its cells."""
    return Box(
        round(min(cell.x0 for cell in cells), 2),
        round(min(cell.y0 for cell in cells), 2),
        round(max(cell.x1 for cell in cells), 2),
        round(max(cell.y1 for cell in cells), 2),
    )
