"""Learning the noisy channel: how printed letters come out of OCR, by segments of letters.

A printed word is cut into segments of one or two letters, and each is read as none to three characters, independently
of its neighbours: the joint-sequence model of Bisani and Ney (2008), conditioned on what was printed. `single[a, b]` is
the probability that `a`, when `b` follows, is a segment of its own; `probability` that a segment is read so. Both are
learnt by expectation maximisation over pairs of printed and read words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.language.accents import bare

LONGEST = 3  # characters a segment may be read as
ROUNDS = 8
FLOOR = 0.05  # expected count below which a segment's reading is forgotten
ALPHABET = 250  # characters on either side: their codes are bytes
WORD = 12  # longer words and readings are left out


@dataclass(frozen=True)
class ChannelTable:
    """A learnt channel: alphabets, and for each segment (codes of one or two letters) probabilities of its readings."""

    printed: str  # letter of code 1, 2, …
    read: str
    segments: NDArray[np.uint16]  # first letter's code, the second's << 8
    readings: NDArray[np.uint32]  # first character's code, the second's << 8, the third's << 16
    probability: NDArray[np.float32]
    single: NDArray[np.float32]  # [first letter, second letter]


@dataclass
class _Shape:
    """All pairs whose words have the same lengths: their letters' codes, counts and the ids of their arcs."""

    printed: NDArray[np.int64]  # [pair, letter]
    read: NDArray[np.int64]
    counts: NDArray[np.float64]
    arcs: dict[tuple[int, int, int, int], NDArray[np.int64]]


def learn(pairs: Mapping[tuple[str, str], int]) -> ChannelTable:
    """Learn a channel by expectation maximisation.

    Args:
        pairs: counts of pairs of a printed and a read word.
    """
    used = {pair: count for pair, count in sorted(pairs.items()) if 0 < len(pair[0]) <= WORD and len(pair[1]) <= WORD}
    letters, characters = _alphabet(used, 0), _alphabet(used, 1)
    used = {
        pair: count for pair, count in used.items() if letters.issuperset(pair[0]) and characters.issuperset(pair[1])
    }
    printed, read = "".join(sorted(letters)), "".join(sorted(characters))
    shapes = _shapes(used, printed, read)
    keys = _number(shapes)
    segment = keys >> 24
    probability = _start(keys, printed, read)
    single = np.full((256, 256), 0.7)
    for round_ in range(ROUNDS):
        expected, alone, pairwise = _expect(shapes, probability, single, len(keys))
        if round_ >= 1:
            expected[expected < FLOOR] = 0
        totals = np.bincount(segment, weights=expected, minlength=1 << 16)
        with np.errstate(invalid="ignore", divide="ignore"):
            probability = np.nan_to_num(expected / totals[segment])
            single = (alone + 0.7) / (alone + pairwise + 1)
    kept = probability > 0
    return ChannelTable(
        printed,
        read,
        segment[kept].astype(np.uint16),
        (keys[kept] & 0xFFFFFF).astype(np.uint32),
        probability[kept].astype(np.float32),
        single[: len(printed) + 1, : len(printed) + 1].astype(np.float32),
    )


def _alphabet(pairs: Mapping[tuple[str, str], int], side: int) -> set[str]:
    """The characters of one side that are common enough to be learnt from."""
    seen: Counter[str] = Counter()
    for pair, count in pairs.items():
        for letter in set(pair[side]):
            seen[letter] += count
    return {letter for letter, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:ALPHABET]}


def _shapes(pairs: Mapping[tuple[str, str], int], printed: str, read: str) -> list[_Shape]:
    letters = {letter: code for code, letter in enumerate(printed, 1)}
    characters = {letter: code for code, letter in enumerate(read, 1)}
    grouped: dict[tuple[int, int], list[tuple[str, str, int]]] = defaultdict(list)
    for (left, right), count in pairs.items():
        grouped[len(left), len(right)].append((left, right, count))
    shapes = []
    for rows, columns in sorted(grouped):
        some = grouped[rows, columns]
        words = np.array([[letters[c] for c in pair[0]] for pair in some], dtype=np.int64).reshape(len(some), rows)
        readings = np.array([[characters[c] for c in pair[1]] for pair in some], dtype=np.int64)
        counts = np.array([pair[2] for pair in some], dtype=np.float64)
        shapes.append(_Shape(words, readings.reshape(len(some), columns), counts, {}))
    return shapes


def _number(shapes: list[_Shape]) -> NDArray[np.int64]:
    """Give each (segment, reading) that any pair allows an id; returns their keys, sorted."""
    seen = []
    for shape in shapes:
        rows, columns = shape.printed.shape[1], shape.read.shape[1]
        for i in range(rows):
            for down in (1, 2):
                if i + down > rows:
                    continue
                segment = shape.printed[:, i] + (shape.printed[:, i + 1] << 8 if down == 2 else 0)
                for j in range(columns + 1):
                    reading = np.zeros(len(segment), np.int64)
                    for right in range(LONGEST + 1):
                        if j + right > columns:
                            break
                        if right:
                            reading = reading + (shape.read[:, j + right - 1] << 8 * (right - 1))
                        if _possible(i + down, j + right, rows, columns) and _possible(i, j, rows, columns):
                            shape.arcs[i, down, j, right] = segment << 24 | reading
        if shape.arcs:
            seen.append(np.unique(np.concatenate(list(shape.arcs.values()))))
    keys = np.unique(np.concatenate(seen))
    for shape in shapes:
        for place, arc in shape.arcs.items():
            shape.arcs[place] = np.searchsorted(keys, arc)
    return keys


def _possible(i: int, j: int, rows: int, columns: int) -> bool:
    """Whether a path may lead through this cell: not too far off the diagonal."""
    return abs(i / max(rows, 1) - j / max(columns, 1)) <= 0.5 and columns - j <= LONGEST * (rows - i)


def _start(keys: NDArray[np.int64], printed: str, read: str) -> NDArray[np.float64]:
    """Where the rounds begin: a letter is rather read as what it looks like without its marks."""
    plain = np.zeros((2, 256), np.int64)
    for row, alphabet in enumerate((printed, read)):
        for code, letter in enumerate(alphabet, 1):
            plain[row, code] = ord((bare(letter) or " ")[0])
    letters = plain[0][(keys >> 24) & 255], plain[0][keys >> 32]
    characters = plain[1][keys & 255], plain[1][(keys >> 8) & 255], plain[1][(keys >> 16) & 255]
    size = 1 + ((keys >> 32) > 0), ((keys & 255) > 0).astype(int) + ((keys >> 8 & 255) > 0) + ((keys >> 16 & 255) > 0)
    hits = (letters[0] == characters[0]).astype(int) + (
        (size[0] == 2) & ((letters[1] == characters[1]) | (letters[1] == characters[2]))
    )
    score: NDArray[np.float64] = np.exp(3.0 * hits - 1.5 * np.abs(size[0] - size[1]) - 3.0 * size[0])
    return score


def _expect(
    shapes: list[_Shape], probability: NDArray[np.float64], single: NDArray[np.float64], size: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Expected counts of each reading, of letters that stand alone before another, and of letters taken together."""
    expected = np.zeros(size)
    alone, pairwise = np.zeros((256, 256)), np.zeros((256, 256))
    for shape in shapes:
        rows, columns = shape.printed.shape[1], shape.read.shape[1]
        n = len(shape.counts)
        forward = np.zeros((rows + 1, columns + 1, n))
        behind = np.zeros((rows + 1, columns + 1, n))
        forward[0, 0] = 1
        behind[rows, columns] = 1
        weight = {}
        for (i, down, j, right), arc in shape.arcs.items():
            chance = probability[arc]
            if i + 1 < rows:
                one = single[shape.printed[:, i], shape.printed[:, i + 1]]
                chance = chance * (one if down == 1 else 1 - one)
            weight[i, down, j, right] = chance
        order = sorted(weight)
        for i, down, j, right in order:
            forward[i + down, j + right] += forward[i, j] * weight[i, down, j, right]
        for i, down, j, right in reversed(order):
            behind[i, j] += behind[i + down, j + right] * weight[i, down, j, right]
        whole = forward[rows, columns]
        with np.errstate(divide="ignore"):
            scale = np.where(whole > 0, shape.counts / whole, 0)
        for place in order:
            i, down, j, right = place
            share = forward[i, j] * weight[place] * behind[i + down, j + right] * scale
            expected += np.bincount(shape.arcs[place], weights=share, minlength=size)
            if i + 1 < rows:
                np.add.at(alone if down == 1 else pairwise, (shape.printed[:, i], shape.printed[:, i + 1]), share)
    return expected, alone, pairwise
