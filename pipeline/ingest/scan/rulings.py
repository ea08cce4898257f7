"""Detecting the ruled lines of a scanned page, and removing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.document import Box
from pipeline.ingest.pdf.rules import Edge
from pipeline.ingest.scan.picture import INK, Picture, paper

LEVEL_RULE, UPRIGHT_RULE = 2.2, 1.6  # times the type size: shorter strokes belong to letters
THICK = 0.6  # times the type size: what is thicker is no rule
WARP = 5.0  # points by which the sides of cells in one column may differ; none is as narrow
SLACK = 0.5  # times the type size: gaps a worn rule may have
FOLD, BESIDE = 0.8, 0.3  # times the type size: a gap that wide is closed where no other rule stands at it; how near
WORN = 6.0  # times the type size: so much a streak that runs along a rule may take of it
LETTER = 1.2  # times the type size: no letter that stands on the line of a rule is as high
REACH, HELD = (
    0.6,
    1.0,
)  # times the type size: a rule that ends so near before another one reaches it; if it is level and held
SAME = 4.0  # pixels by which parts of one rule may stand off one another
PALE, PAPER = 22, 0.4  # grey levels a pale rule has at least, and the share of them that may lie to both sides of it
HAIRLINE = 2.5  # times the type size: a shorter stroke as pale is none
EVEN, ASIDE = 5, 4  # pixels, at half the size: what is looked at along a pale line, and how far off beside it
STUB = 0.7  # times the type size: a stroke as long beside such a gap is a part of the rule


def rulings(grey: Picture, em: float, scale: float = 1.0) -> tuple[tuple[Edge, ...], Picture]:
    """Find the rules of a deskewed page.

    Args:
        grey: the page.
        em: the size of its type in pixels.
        scale: how many of its pixels make one of the picture it came from: made smaller, a hairline is lighter.

    Returns:
        Its level and upright rules, in its pixels, and the page without them.
    """
    # At half the size a rule is still a stroke, and all is four times as fast.
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    em = em / 2
    ink = (small < max(paper(grey) - INK / 2 * min(1.0, scale), 60)).astype(np.uint8)
    depth = paper(grey) - small.astype(np.int16)
    mask = np.zeros_like(ink)
    found = []
    for level, least in ((True, LEVEL_RULE * em), (False, UPRIGHT_RULE * em)):
        length, gap = max(3, round(least)), max(1, round(SLACK * em))
        shape = (length, 1) if level else (1, length)
        # A rule that is not quite level climbs over pixel rows: thickened, it still holds a straight stretch.
        pale = _pale(depth, level, round(HAIRLINE * em))
        thick = cv2.dilate(cv2.bitwise_or(ink, pale), np.ones((3, 1) if level else (1, 3), np.uint8))
        drawn = np.asarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(shape[::-1], np.uint8)), np.uint8)
        drawn = _whole(np.asarray(thick, np.uint8), drawn, level, length, gap, max(3, round(STUB * em)))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(drawn, connectivity=8)
        rules = np.zeros(count, bool)
        for at, (x, y, wide, high, area) in enumerate(stats.tolist()):
            long, thin = (wide, area / wide) if level else (high, area / high)
            if not at or thin > THICK * em + 1 or long < least:
                continue
            rules[at] = True
            if level:
                found.append(Edge(2 * x, 2 * y + high, 2 * (x + wide), 2 * y + high))
            else:
                found.append(Edge(2 * x + wide, 2 * y, 2 * x + wide, 2 * (y + high)))
        if rules.any():
            mask[rules[labels]] = 1
    if not found:
        return (), grey
    thick = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    whole = cv2.resize(thick, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return tuple(_bridged(found, 2 * em)), np.where(whole > 0, np.uint8(paper(grey)), grey)


def _pale(depth: NDArray[np.int16], level: bool, length: int) -> Picture:
    """Where lines of a hairline's darkness run: even along all their length, with paper to both sides.

    Args:
        depth: grey levels below the paper.
        level: which way they run.
        length: pixels of the shortest; print, which is darker, has no stroke as long and as even.
    """
    even = cv2.blur(depth, (EVEN, 1) if level else (1, EVEN))
    before, behind = (np.roll(even, step, axis=0 if level else 1) for step in (ASIDE, -ASIDE))
    lone = (even >= PALE) & (depth >= PALE / 2) & (np.maximum(before, behind) <= PAPER * even)
    near = cv2.dilate(lone.astype(np.uint8), np.ones((2, 1) if level else (1, 2), np.uint8))
    return np.asarray(cv2.morphologyEx(near, cv2.MORPH_OPEN, np.ones((1, length) if level else (length, 1), np.uint8)))


class _Stroke(NamedTuple):
    """A rule whichever way it runs: where it stands, from, to."""

    at: float
    first: float
    last: float


def _bridged(rules: Sequence[Edge], em: float) -> list[Edge]:
    """The rules without what folds and streaks took: those in one line are joined, and reach those they end before."""
    level = [_Stroke(rule.y0, rule.x0, rule.x1) for rule in rules if rule.y0 == rule.y1]
    upright = [_Stroke(rule.x0, rule.y0, rule.y1) for rule in rules if rule.y0 != rule.y1]
    level, upright = _joined(level, upright, em), _joined(upright, level, em)
    return [
        *(Edge(first, at, last, at) for at, first, last in _reaching(level, upright, em, HELD)),
        *(Edge(at, first, at, last) for at, first, last in _reaching(upright, level, em, REACH)),
    ]


def _joined(along: Sequence[_Stroke], across: Sequence[_Stroke], em: float) -> list[_Stroke]:
    """Rules in one line with a gap between that no other rule accounts for, as one."""
    out: list[_Stroke] = []
    for rule in sorted(along, key=lambda one: one.first):
        for number, other in enumerate(out):
            if abs(other.at - rule.at) <= SAME and _is_gap(other, rule, across, em):
                out[number] = other._replace(last=rule.last)
                break
        else:
            out.append(rule)
    return out


def _is_gap(before: _Stroke, behind: _Stroke, across: Sequence[_Stroke], em: float) -> bool:
    """Whether two rules in one line are one: a short gap at which no other rule stands, or what a streak took.

    A column ends, and begins again below joined cells, at rules or a letter behind one; a streak ends anywhere.
    """
    met = [one.at for one in across if one.first - em < behind.at < one.last + em]
    gap = before.last - BESIDE * em, behind.first + BESIDE * em
    if 0 < behind.first - before.last <= FOLD * em and not any(gap[0] <= at <= gap[1] for at in met):
        return True
    held = all(any(one.first - SAME <= at <= one.last + SAME for at in met) for one in (before, behind))
    least, most = sorted(min((abs(at - end) for at in met), default=0.0) for end in (before.last, behind.first))
    free = least > BESIDE * em or most > LETTER * em
    return held and free and 0 < behind.first - before.last <= WORN * em


def _reaching(along: Sequence[_Stroke], across: Sequence[_Stroke], em: float, held: float) -> Iterator[_Stroke]:
    """Rules that end a little before another one reach it: up to `held` em if another one holds their other end."""
    for at, first, last in along:
        met = [one.at for one in across if one.first - SAME <= at <= one.last + SAME]
        before = max((x for x in met if x <= first), default=first)
        behind = min((x for x in met if x >= last), default=last)
        begins, ends = (any(abs(x - end) <= BESIDE * em for x in met) for end in (first, last))
        ahead, back = held if ends and not begins else REACH, held if begins and not ends else REACH
        yield _Stroke(
            at, before if first - before <= ahead * em else first, behind if behind - last <= back * em else last
        )


def _whole(ink: Picture, drawn: Picture, level: bool, length: int, gap: int, stub: int) -> Picture:
    """Rules with their gaps closed, and with the short ends behind these: a streak of the drum or a fold cuts rules.

    Args:
        ink: the page, 1 where it is dark.
        drawn: likewise, the strokes that are as long as a rule.
        level: which rules.
        length: pixels of the shortest rule.
        gap: pixels that a rule may lack.
        stub: pixels of the shortest end.
    """

    def along(pixels: int) -> Picture:
        return np.ones((1, pixels) if level else (pixels, 1), np.uint8)

    ends = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_OPEN, along(stub)), cv2.MORPH_CLOSE, along(gap))
    near = cv2.dilate(drawn, along(2 * (length + gap)))  # in the rows of a rule, no further than the longest end
    _, labels = cv2.connectedComponents(cv2.bitwise_and(ends, near), connectivity=4)
    kept = np.zeros(labels.max() + 1, np.uint8)
    kept[np.unique(labels[drawn > 0])] = 1
    kept[0] = 0
    return np.asarray(cv2.bitwise_or(cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, along(gap)), kept[labels]), np.uint8)


def straightened(cells: Sequence[Box]) -> Iterator[tuple[Box, Box]]:
    """Align the sides of the cells of a table: paper warps.

    Yields:
        Each cell as it was found, and with sides on common lines; none stands between the lines of a double rule.
    """
    x = _common(side for cell in cells for side in (cell.x0, cell.x1))
    y = _common(side for cell in cells for side in (cell.y0, cell.y1))
    for cell in cells:
        straight = Box(x[cell.x0], y[cell.y0], x[cell.x1], y[cell.y1])
        if straight.x0 < straight.x1 and straight.y0 < straight.y1:
            yield cell, straight


def _common(sides: Iterable[float]) -> dict[float, float]:
    """For each place the first of those that lie next to it."""
    out: dict[float, float] = {}
    first = -1e9
    for side in sorted(set(sides)):
        if side - first > WARP:
            first = side
        out[side] = first
    return out
