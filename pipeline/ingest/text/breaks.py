"""Line breaks that Markdown has in the form of HTML: a line with <br> is printed as several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.document import Line, Side
from pipeline.ingest.tables.text import TextTable

_BREAK = re.compile(r"<(?:br\s*/?|/?(?:p|div|li)\b[^<>]*)>", re.IGNORECASE)


def divided(line: Line) -> tuple[Line, ...]:
    """The lines that a line outside of tables is printed as."""
    if line.table is not None or "<" not in line.raw or not line.origin:
        return (line,)
    breaks = {found.start() for found in _BREAK.finditer(line.raw)}
    places = [at for at, place in enumerate(line.origin) if place in breaks and line.text[at] == " "]
    parts = zip([0, *(at + 1 for at in places)], [*places, len(line.text)], strict=True)
    return tuple(_part(line, start, end) for start, end in parts if end > start) if places else (line,)


def divided_blocks(blocks: Sequence[TextTable]) -> dict[int, Sequence[Line]]:
    """The lines of two-column blocks whose cells have several, those of the left column first; by the source's lines.

    All stand in place of the first row of their block.
    """
    out: dict[int, Sequence[Line]] = {}
    for block in blocks:
        if any(len({part.cell for part in line.cells}) < len(line.cells) for line in block.lines):
            out.update({at: (Line("", ""),) for at in block.source})
            out[block.first] = tuple(_columns(block))
    return out


def _columns(block: TextTable) -> Iterator[Line]:
    columns = sorted({block.cells[part.cell].column for line in block.lines for part in line.cells})
    for column, side in zip(columns, Side, strict=True):
        for line in block.lines:
            for part in line.cells:
                if block.cells[part.cell].column == column:
                    yield replace(_part(line, part.start, part.end), column=side)


def _part(line: Line, start: int, end: int) -> Line:
    """A part of a line, given by its offsets, with the part of the source that it came from."""
    places = (line.origin or range(len(line.text)))[start:end]
    raw, text = line.raw[places[0] : places[-1] + 1], line.text[start:end]
    origin = () if text == raw else tuple(place - places[0] for place in places)
    return replace(line, text=text, raw=raw, origin=origin, cells=())
