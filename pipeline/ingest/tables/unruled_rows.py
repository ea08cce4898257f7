"""The rows of a table without upright rules: which of its printed lines belong together, and the cells they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Cell
from pipeline.ingest.words import TextRow

PITCH = 0.8  # em: baselines nearer than this are one line that is not quite level
SPREAD = 1.3  # times the usual pitch: a wider gap parts two rows
MISS = 0.7  # of the usual pitch: how far the number of a row may stand from the row's middle


@dataclass(frozen=True, slots=True)
class ColumnText:
    """A piece of a line, and the first and the last column it stands in."""

    first: int
    last: int
    row: TextRow


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A printed line of the body; `numbered`: it begins with a row's number; `over`: it spans the columns."""

    baseline: float
    pieces: tuple[ColumnText, ...]
    numbered: bool
    over: bool

    @property
    def lonely(self) -> bool:
        """Whether nothing but a number stands on it."""
        return self.numbered and len(self.pieces) == 1 and not self.over

    @property
    def columns(self) -> int:
        """The number of columns it has text in."""
        return len({piece.first for piece in self.pieces})


def records(
    lines: Sequence[BodyRow], levels: Sequence[float], cut: bool = False, centred: bool = False
) -> list[list[BodyRow]] | None:
    """Group printed lines into rows.

    Rows are separated by level rules, else by gaps, else they begin at their number; a number in the middle of its row
    says how far it reaches above and below.

    Args:
        lines: of the body, from the top.
        levels: heights of level rules, in points.
        cut: the page before may hold the first lines of the first row, with its number.
        centred: on the page before, numbers stood in the middle of their rows.

    Returns:
        The lines of each row; None where nothing tells which row a line belongs to.
    """
    by_rules = _split(lines, [any(a.baseline < y <= b.baseline for y in levels) for a, b in _pairs(lines)])
    if len(by_rules) > 1 and _holds(by_rules):
        return by_rules
    within = any(y < lines[0].baseline for y in levels) and any(y > lines[-1].baseline for y in levels)
    if len(by_rules) == 1 and within and lines[0].numbered and _holds(by_rules):  # one row between two rules
        return by_rules
    pitch = _pitch(lines)
    wide = [b.baseline - a.baseline > SPREAD * pitch for a, b in _pairs(lines)]
    by_gaps = _joined(_split(lines, [gap or a.over != b.over for gap, (a, b) in _with(wide, lines)]), cut)
    if by_gaps is not None and len(by_gaps) > 1 and _holds(by_gaps):
        return by_gaps
    begun = cut or lines[0].numbered or lines[0].over
    if begun and not centred and not any(_is_between(lines, at) for at in range(len(lines))):
        begins = [
            b.numbered or a.over != b.over or (gap and b.columns > 1 and not b.over)
            for gap, (a, b) in _with(wide, lines)
        ]
        return _split(lines, begins)
    return _centred(lines, pitch)


def is_centred(groups: Sequence[Sequence[BodyRow]]) -> bool:
    """Tell whether numbers stand below the first lines of their rows."""
    return any(line.numbered and not line.over for group in groups for line in group[1:])


def _pairs(lines: Sequence[BodyRow]) -> list[tuple[BodyRow, BodyRow]]:
    return list(zip(lines, lines[1:], strict=False))


def _with(wide: Sequence[bool], lines: Sequence[BodyRow]) -> list[tuple[bool, tuple[BodyRow, BodyRow]]]:
    return list(zip(wide, _pairs(lines), strict=True))


def _split(lines: Sequence[BodyRow], begins: Sequence[bool]) -> list[list[BodyRow]]:
    """The lines in groups; `begins` says of each line but the first whether it begins one."""
    out = [[lines[0]]]
    for line, begin in zip(lines[1:], begins, strict=True):
        if begin:
            out.append([line])
        else:
            out[-1].append(line)
    return out


def _joined(groups: Sequence[list[BodyRow]], cut: bool) -> list[list[BodyRow]] | None:
    """Groups with those that are a further paragraph of one cell joined to the row above; None where there is none."""
    out: list[list[BodyRow]] = []
    for group in groups:
        if (
            any(line.numbered or line.over for line in group)
            or len({p.first for line in group for p in line.pieces}) > 1
        ):
            out.append(group)
        elif out and not out[-1][-1].over:
            out[-1] = [*out[-1], *group]
        else:
            return None
    return out


def _is_between(lines: Sequence[BodyRow], at: int) -> bool:
    """Whether a line holds a number that stands between the lines of other cells: in the middle of its row."""
    line = lines[at]
    if not line.numbered or line.over:
        return False
    near = PITCH * max(piece.row.size for piece in line.pieces)
    beside = [other for other in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]) if not other.over]
    return line.lonely or any(abs(other.baseline - line.baseline) < near for other in beside)


def _holds(groups: Sequence[Sequence[BodyRow]]) -> bool:
    """Whether no group holds two rows, as far as numbers and titles tell."""
    for group in groups:
        if sum(line.numbered for line in group) > 1:
            return False
        if any(line.over for line in group) and not all(line.over or line.lonely for line in group):
            return False
    return True


def _pitch(lines: Sequence[BodyRow]) -> float:
    """The usual distance of the lines of a cell: the lower quartile of all that are one."""
    em = max(piece.row.size for line in lines for piece in line.pieces)
    steps = sorted(b.baseline - a.baseline for a, b in _pairs(lines) if b.baseline - a.baseline >= PITCH * em)
    return steps[len(steps) // 4] if steps else 1.2 * em


def _centred(lines: Sequence[BodyRow], pitch: float) -> list[list[BodyRow]] | None:
    """Rows whose number stands in their middle: each reaches as far below its number as above."""
    out: list[list[BodyRow]] = []
    at = 0
    while at < len(lines):
        if lines[at].over:
            out.append([lines[at]])
            at += 1
            continue
        number = next((line for line in lines[at:] if line.numbered or line.over), None)
        if number is None or number.over:
            return None
        end = 2 * number.baseline - lines[at].baseline
        last = at
        while last + 1 < len(lines) and lines[last + 1].baseline <= end + MISS * pitch:
            last += 1
        group = list(lines[at : last + 1])
        if sum(line.numbered for line in group) != 1 or any(line.over for line in group):
            return None
        if abs(group[-1].baseline - end) > MISS * pitch:
            return None
        out.append(group)
        at = last + 1
    return out


Filled = tuple[Cell, tuple[TextRow, ...]]


def cells_of(groups: Sequence[Sequence[BodyRow]], first: int, wide: int) -> list[Filled]:
    """Make the cells of rows; a title takes the columns it reaches.

    Args:
        groups: the lines of each row.
        first: the number of the first row.
        wide: the number of columns.
    """
    out: list[Filled] = []
    for number, group in enumerate(groups, start=first):
        pieces = [piece for line in group for piece in line.pieces]
        spans = [(column, column) for column in range(wide)]
        if any(line.over for line in group):
            own = int(any(piece.last == 0 for piece in pieces))  # its number has a cell of its own
            spans = [*spans[:own], (own, wide - 1)]
        for low, high in spans:
            held = tuple(piece.row for piece in pieces if low <= piece.last <= high)
            out.append((Cell(number, low, 1, high - low + 1), held))
    return out
