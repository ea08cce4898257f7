"""Pairs of a printed line and its OCR: clean text is typeset, degraded, read, and aligned.

A pairs file is xz-compressed UTF-8: reader, tab, the line as printed, tab, the line as read.
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from pipeline.language.accents import bare
from pipeline.training.degrading import MACHINES, degrade
from pipeline.training.typesetting import typeset

ALIKE = 0.5  # lines whose letters agree less than this are no pair: the reader lost the line
WINDOW = 4  # how many lines a reader may have lost or invented by any point of a page
PARAGRAPHS = 120  # more than a page ever takes
CAPITALS = 0.06  # share of paragraphs set in capitals, as headings are

Reader = Callable[[Image.Image, int], str]


@dataclass(frozen=True)
class Pair:
    """A line as printed and as read."""

    truth: str
    read: str


def make_pairs(
    paragraphs: Sequence[str], fonts: Sequence[Path], reader: Reader, pages: int, seed: int, jobs: int
) -> Iterator[list[Pair]]:
    """Make the pairs of pages; page `i` depends on the text, `seed` and `i` alone.

    Args:
        paragraphs: clean text.
        fonts: font files.
        reader: reads a picture of a page.
        pages: how many pages are made.
        seed: of all that is drawn at random.
        jobs: pages made at the same time.

    Yields:
        The pairs of each page, page after page.
    """
    work = partial(_page, paragraphs, fonts, reader, seed)
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, range(pages))


def _page(paragraphs: Sequence[str], fonts: Sequence[Path], reader: Reader, seed: int, index: int) -> list[Pair]:
    rng = np.random.default_rng([seed, index])
    chosen = (paragraphs[int(at)] for at in rng.integers(len(paragraphs), size=PARAGRAPHS))
    capital = rng.random(PARAGRAPHS) < CAPITALS
    dressed = (text.upper()[:200] if up else text for text, up in zip(chosen, capital, strict=True))
    sheet = typeset(dressed, fonts, rng)
    machine = str(rng.choice(list(MACHINES)))
    picture = degrade(sheet.picture, sheet.dpi, machine, rng)
    try:
        read = reader(picture, sheet.dpi)
    except RuntimeError:  # a reader that fails or hangs on a dirty page costs that page
        return []
    return list(pair_lines(sheet.lines, read.splitlines()))


def pair_lines(printed: Sequence[str], read: Iterable[str]) -> Iterator[Pair]:
    """Match printed and read lines: the best alignment in order, by the letters they share."""
    found = [line for line in read if line.strip()]
    likeness = np.zeros((len(printed) + 1, len(found) + 1))
    best = np.zeros_like(likeness)
    keys = [bare(line) for line in printed], [bare(line) for line in found]
    for i, left in enumerate(keys[0], 1):
        for j, right in enumerate(keys[1], 1):
            if abs(i - j) <= WINDOW:
                alike = SequenceMatcher(None, left, right, autojunk=False).ratio()
                likeness[i, j] = alike if alike >= ALIKE else 0
            best[i, j] = max(best[i - 1, j], best[i, j - 1], best[i - 1, j - 1] + likeness[i, j])
    i, j, pairs = len(printed), len(found), []
    while i and j:
        if likeness[i, j] and best[i, j] == best[i - 1, j - 1] + likeness[i, j]:
            i, j = i - 1, j - 1
            pairs.append(Pair(printed[i], found[j]))
        elif best[i, j] == best[i - 1, j]:
            i -= 1
        else:
            j -= 1
    return reversed(pairs)


def write_pairs(pages: Iterable[list[Pair]], name: str, file: Path) -> int:
    """Write the pairs of a reader to a file.

    Args:
        pages: the pairs of each page.
        name: of the reader.
        file: the file.

    Returns:
        How many syllables were printed in them.
    """
    syllables = 0
    with lzma.open(file, "wt", encoding="utf-8") as out:
        for page in pages:
            for pair in page:
                syllables += len(pair.truth.split())
                out.write(f"{name}\t{pair.truth}\t{' '.join(pair.read.split())}\n")
    return syllables


def read_pairs(file: Path) -> Iterator[tuple[str, Pair]]:
    """Read a file of pairs: each with the name of its reader."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            name, truth, read = line.rstrip("\n").split("\t")
            yield name, Pair(truth, read)
