"""Aligning the tokens of a printed and a read line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.language.accents import bare

LOST = 1.0  # cost of a token without a partner, a letter of it
ALIKE = 0.3  # share of letters that may differ where lines of as many tokens are taken token for token
BROKEN = 0.6  # cost of a token that was read as two, or two as one


def aligned(printed: Sequence[str], read: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Align the tokens of a printed and a read line.

    Args:
        printed: tokens of the line as printed.
        read: tokens of the line as read by OCR.

    Yields:
        Pairs of runs of tokens in order, two tokens joined by a space; "" where there is none. A run is one token or
        two, and two only on one side.
    """
    if len(printed) == len(read):
        pairs = list(zip(printed, read, strict=True))
        if sum(_cost(left, right) for left, right in pairs) <= ALIKE * sum(map(len, printed)):
            yield from pairs
            return
    rows, columns = len(printed), len(read)
    best = [[float("inf")] * (columns + 1) for _ in range(rows + 1)]
    back: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    best[0][0] = 0
    for i in range(rows + 1):
        for j in range(columns + 1):
            here = best[i][j]
            if here == float("inf") or abs(i - j) > 8 + abs(rows - columns):
                continue
            for down, right in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1)):
                if i + down > rows or j + right > columns:
                    continue
                cost = here + _cost(" ".join(printed[i : i + down]), " ".join(read[j : j + right]))
                if cost < best[i + down][j + right]:
                    best[i + down][j + right] = cost
                    back[i + down][j + right] = (down, right)
    i, j = rows, columns
    found = []
    while i or j:
        down, right = back[i][j]
        found.append((" ".join(printed[i - down : i]), " ".join(read[j - right : j])))
        i, j = i - down, j - right
    yield from reversed(found)


@lru_cache(maxsize=1 << 20)
def _cost(printed: str, read: str) -> float:
    if not printed or not read:
        return LOST * len(printed + read)
    joined = (" " in printed) != (" " in read)
    left, right = bare(printed).replace(" ", ""), bare(read).replace(" ", "")
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            row.append(min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b)))
        previous = row
    return previous[-1] + BROKEN * joined
