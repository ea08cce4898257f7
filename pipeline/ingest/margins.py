"""What stands beside the text of a page: headings in its left margin, notes in small type in either.

A margin is known by the edge at which most lines of the page begin: nothing that stands beyond it runs over it, and it
stands beside few of the lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.ingest.words import PageToken, TextRow

BODY_ROWS = 6  # fewer lines show no edge
MOSTLY = 0.5  # of the lines: so many begin at the edge; what stands beyond it stands beside no more
STRIP = 0.6  # em: what stands in a margin is no nearer to the edge
SMALL = 0.88  # of the type of the text: a note is set so small
INDENT = 4.0  # em: the line beside a heading begins no further behind the edge
PITCH = 1.7  # em: lines of one heading or note are no further apart

_MARKER = re.compile(r"[(\[]?(?:\d{1,3}|[IVXLC]+|[A-Za-zĐđ])(?:\.\d+)*[.)\]:/]*|[-+•*–—●▪]|(?:Điều|Khoản|Mục) \d+[.:]?")


class Beside(NamedTuple):
    """A stretch of lines of a page, the heading beside its first line, and the notes beside the line before it."""

    rows: tuple[TextRow, ...]
    heading: tuple[TextRow, ...] = ()
    notes: tuple[TextRow, ...] = ()


def part_margins(rows: Sequence[TextRow]) -> list[Beside]:
    """Take what stands in the margins of a page from its lines.

    Args:
        rows: the lines, from the top.

    Returns:
        The lines in stretches, each with what stands beside it; one stretch where the margins are empty.
    """
    whole = [Beside(tuple(rows))]
    if len(rows) < BODY_ROWS:
        return whole
    size = Counter(round(row.size, 1) for row in rows).most_common(1)[0][0]
    edge = _edge(rows, size)
    if edge is None:
        return whole
    left, right = edge
    body: list[TextRow] = []
    beside: list[tuple[TextRow, int]] = []  # with the number of the line that it stands at
    for row in rows:
        pieces = list(_pieces(row, left, right, size))
        beside.extend((piece, len(body)) for piece in pieces)
        taken = {id(token) for piece in pieces for token in piece.tokens}
        kept = tuple(token for token in row.tokens if id(token) not in taken)
        if kept:
            body.append(row if len(kept) == len(row.tokens) else TextRow(kept, row.baseline, row.size))
    groups = list(_groups(beside, size))
    if not groups or len(beside) > MOSTLY * len(body) or not all(_stands(group, body, size) for group in groups):
        return whole
    return list(_stretches(body, groups, size))


def _edge(rows: Sequence[TextRow], size: float) -> tuple[float, float] | None:
    """Where the lines of the text begin and end, if most of them begin at one place."""
    starts = Counter(round(start / 2) for row in rows for start in {*_starts(row, size)})
    place, count = starts.most_common(1)[0]
    if count < MOSTLY * len(rows):
        return None
    large = ([token.x1 for token in row.tokens if token.size > SMALL * size] for row in rows)
    ends = sorted(max(ends) for ends in large if ends)
    return 2.0 * place, ends[len(ends) * 3 // 4]


def _starts(row: TextRow, size: float) -> Iterator[float]:
    """Where a row begins, and begins again behind a wide gap."""
    yield row.x0
    reach = row.tokens[0].x1
    for token in row.tokens[1:]:
        if token.x0 - reach >= STRIP * size:
            yield token.x0
        reach = max(reach, token.x1)


def _pieces(row: TextRow, left: float, right: float, size: float) -> Iterator[TextRow]:
    """The parts of a row that stand beyond the edges of the text: headings on the left, notes in small type."""
    before = [token for token in row.tokens if token.x1 <= left - STRIP * size]
    rest = row.tokens[len(before) :]
    if before and (not rest or 2 >= left - rest[0].x0 >= -INDENT * size) and not _is_marker(before):
        yield _piece(before)
    after = [token for token in rest if token.x0 >= right + STRIP * size and token.size <= SMALL * size]
    if after and after[-1] is row.tokens[-1]:
        first = len(row.tokens) - len(after)
        if not first or after[0].x0 - row.tokens[first - 1].x1 >= STRIP * size:
            yield _piece(after)


def _piece(tokens: Sequence[PageToken]) -> TextRow:
    return TextRow(tuple(tokens), tokens[0].baseline, tokens[0].size)


def _is_marker(tokens: Sequence[PageToken]) -> bool:
    return bool(_MARKER.fullmatch(" ".join(token.text for token in tokens)))


class _Group(NamedTuple):
    rows: tuple[TextRow, ...]
    at: int
    small: bool


def _groups(beside: Sequence[tuple[TextRow, int]], size: float) -> Iterator[_Group]:
    """The rows of each heading or note together."""
    last: list[TextRow] = []
    first = 0
    for row, at in beside:
        joins = last and row.baseline - last[-1].baseline <= PITCH * row.size and abs(row.size - last[-1].size) < 1
        if not joins:
            if last:
                yield _Group(tuple(last), first, last[0].size <= SMALL * size)
            last, first = [], at
        last.append(row)
    if last:
        yield _Group(tuple(last), first, last[0].size <= SMALL * size)


def _stands(group: _Group, body: Sequence[TextRow], size: float) -> bool:
    """Whether a group stands beside the text: a note anywhere along it, a heading at one of its lines."""
    near = body[max(0, group.at - 1) : group.at + 1]
    if group.small:
        return bool(near)
    return any(abs(row.baseline - group.rows[0].baseline) <= 0.3 * size for row in near)


def _stretches(body: Sequence[TextRow], groups: Sequence[_Group], size: float) -> Iterator[Beside]:
    cuts: dict[int, list[_Group]] = {0: []}
    for group in groups:
        at = group.at
        if at and not group.small and abs(body[at - 1].baseline - group.rows[0].baseline) <= 0.3 * size:
            at -= 1
        cuts.setdefault(at, []).append(group)
    places = sorted(cuts)
    for at, end in zip(places, [*places[1:], len(body)], strict=True):
        heading = [row for group in cuts[at] if not group.small for row in group.rows]
        notes = [row for group in cuts[at] if group.small for row in group.rows]
        yield Beside(tuple(body[at:end]), tuple(heading), tuple(notes))
