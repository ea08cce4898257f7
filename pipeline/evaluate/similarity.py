"""Similarity of texts, and one-to-one assignment of two lists by similarity.

Texts are compared as sequences of folded syllables: case, spaces, punctuation, quotes, dashes and the placing of tone
marks (hoà, hòa) count for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.language.folding import folded
from pipeline.language.syllables import SYLLABLE, Syllables, syllables

_HEADING_SYLLABLES = 12  # the most a heading in front of an item's own words is allowed to have


def behind_heading(text: str) -> Syllables | None:
    """The syllables behind a short heading and its colon ("Bảo tàng: Nâng cao …"); None without one."""
    head, colon, rest = text.partition(":")
    if not colon or len(syllables(head)) > _HEADING_SYLLABLES:
        return None
    return syllables(rest) or None


def common(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence, by Hyyrö's bit-parallel method (2004), a step a syllable."""
    if not a or not b:
        return 0
    places: dict[str, int] = {}
    for index, syllable in enumerate(a):
        places[syllable] = places.get(syllable, 0) | 1 << index
    everything = (1 << len(a)) - 1
    row = everything
    for syllable in b:
        step = row & places.get(syllable, 0)
        row = ((row + step) | (row - step)) & everything
    return len(a) - row.bit_count()


def likeness(a: Sequence[str], b: Sequence[str], at_least: float = 0.0) -> float:
    """The similarity of two sequences, 0 to 1: twice the longest common subsequence over both lengths.

    Args:
        a: syllables of the one text.
        b: syllables of the other.
        at_least: similarities that cannot reach this are given as 0.0, which saves time.
    """
    total = len(a) + len(b)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if 2 * min(len(a), len(b)) < at_least * total:
        return 0.0
    if at_least and 2 * (Counter(a) & Counter(b)).total() < at_least * total:
        return 0.0
    return 2 * common(a, b) / total


def contained(part: Sequence[str], whole: Sequence[str]) -> float:
    """The share of the runs of three syllables of `part` that stand in `whole`; 0.0 for a shorter part."""
    runs = set(zip(part, part[1:], part[2:], strict=False))
    return len(runs & set(zip(whole, whole[1:], whole[2:], strict=False))) / len(runs) if runs else 0.0


def overlap(a: str, b: str) -> float:
    """The F1 of the syllables that two names share, whatever their order."""
    left, right = Counter(SYLLABLE.findall(folded(a))), Counter(SYLLABLE.findall(folded(b)))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Find the one-to-one assignment with the greatest total weight.

    Args:
        weights: a row of weights for each member of the first list, none negative; 0 is no pair. Members that can have
            no pair are left out beforehand.

    Returns:
        The pairs (row, column).
    """
    rows = [row for row, line in enumerate(weights) if any(line)]
    columns = [column for column, line in enumerate(zip(*weights, strict=True)) if any(line)]
    if len(rows) <= len(columns):
        pairs = _hungarian([[weights[row][column] for column in columns] for row in rows])
    else:
        turned = _hungarian([[weights[row][column] for row in rows] for column in columns])
        pairs = [(row, column) for column, row in turned]
    named = sorted((rows[row], columns[column]) for row, column in pairs)
    return [(row, column) for row, column in named if weights[row][column] > 0]


def _hungarian(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """A column for each row, with the greatest total; potentials, rows² × columns steps, rows <= columns."""
    rows, columns = len(weights), len(weights[0]) if weights else 0
    row_potential, column_potential = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)  # the row (from 1) that holds a column; 0 stands for the row being placed
    for row in range(1, rows + 1):
        owner[0] = row
        slack = [float("inf")] * (columns + 1)
        came_from = [0] * (columns + 1)
        seen = [False] * (columns + 1)
        at = 0
        while owner[at]:
            seen[at] = True
            here, best, following = owner[at], float("inf"), 0
            for column in range(1, columns + 1):
                if seen[column]:
                    continue
                cost = -weights[here - 1][column - 1] - row_potential[here] - column_potential[column]
                if cost < slack[column]:
                    slack[column], came_from[column] = cost, at
                if slack[column] < best:
                    best, following = slack[column], column
            for column in range(columns + 1):
                if seen[column]:
                    row_potential[owner[column]] += best
                    column_potential[column] -= best
                else:
                    slack[column] -= best
            at = following
        while at:
            owner[at], at = owner[came_from[at]], came_from[at]
    return [(owner[column] - 1, column - 1) for column in range(1, columns + 1) if owner[column]]


def align(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Find the pairs of greatest total weight that keep the order of both lists.

    Dynamic programming over both sequences: items that say the same are told apart by what stands around them.

    Args:
        weights: a row of weights for each member of the first list; 0 is no pair.

    Returns:
        The pairs (row, column).
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]  # [i][j]: the most for rows i.. and columns j..
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if weights[i][j] > 0:
                best[i][j] = max(best[i][j], weights[i][j] + best[i + 1][j + 1])
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if weights[i][j] > 0 and best[i][j] == weights[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
