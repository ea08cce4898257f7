"""Makes pictures of words for the training of a reader of words (docs/scans.md, "A second look of our own").

    pictures.py TEXT.xz... --fonts FOLDER --out FOLDER [--shards 10] [--seed 1]

Lines are typeset with the fonts of the folder that have every Vietnamese letter, spoilt as training pairs are, drawn
at 200 dots an inch, and cut into words of one size of type. Half of the words get other marks or other syllables than
the text has, so that what is learnt is how letters look. A shard (.npz) holds 12,000 words: `widths`, of shape (n,);
`flat`, their pixels, HEIGHT rows each; `texts`, UTF-8, one a line; `spans`, the ends of each letter.
"""

from __future__ import annotations

import argparse
import lzma
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.language.accents import remove_accents
from pipeline.language.normal import nfc
from pipeline.language.syllables import inventory
from pipeline.training import degrading
from pipeline.training.degrading import Machine, degrade
from pipeline.training.typesetting import has_every_letter

HEIGHT, ABOVE, BELOW = 40, 1.08, 0.32  # pixels of a picture; em above and below the baseline
EM = HEIGHT / (ABOVE + BELOW)
MARGIN, JITTER = 10, 2.5  # pixels beside a word, and by how many its box may be wrong
DRAWN = 200  # dots an inch
WORDS = 6000  # of a shard, each cut out twice
MACHINES = {  # those of training pairs on pages that are level already, each with its share
    "clean": (Machine((0.3, 0.7), (2, 8), None, (0, 0), 0.12, (60, 92)), 0.12),
    "two-tone": (Machine((0.4, 1.0), (5, 25), (105, 205), (0, 0.0005), 0.15, None, (0, 40)), 0.36),
    "copy": (Machine((0.6, 1.2), (5, 22), (95, 212), (0, 0.0006), 0.15, None, (10, 60)), 0.30),
    "coarse": (Machine((0.6, 1.1), (10, 30), (110, 195), (0, 0.001), 0.15, None, (0, 50)), 0.10),
    "poor JPEG": (Machine((0.6, 1.3), (4, 14), None, (0, 0), 0.15, (18, 45)), 0.12),
}


class Printed(NamedTuple):
    """A word on a strip: where it begins, its ink, its baseline, where each letter ends, in pixels."""

    text: str
    x: int
    ink: tuple[float, float]
    baseline: float
    ends: list[float]


def main() -> None:
    """Write the shards."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("texts", nargs="+", type=Path)
    asked.add_argument("--fonts", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--shards", type=int, default=10)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    fonts = [file for file in sorted(given.fonts.rglob("*.[ot]tf")) if has_every_letter(file)]
    paragraphs = [line for file in given.texts for line in read(file)]
    degrading.MACHINES.update({name: machine for name, (machine, _) in MACHINES.items()})
    given.out.mkdir(parents=True, exist_ok=True)
    for shard in range(given.shards):
        rng = np.random.default_rng([given.seed, shard])
        held = []
        while len(held) < 2 * WORDS:
            held += list(cut_out(paragraphs, fonts, rng))
        np.savez(
            given.out / f"{given.seed}-{shard}.npz",
            widths=np.array([picture.shape[1] for _, picture, _ in held], np.int32),
            flat=np.concatenate([picture.ravel() for _, picture, _ in held]),
            texts=np.frombuffer("\n".join(text for text, _, _ in held).encode(), np.uint8),
            spans=np.array([span for _, _, spans in held for span in spans], np.float32),
        )


def read(file: Path) -> Iterator[str]:
    """The longer lines of a text."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        yield from (nfc(line.strip()) for line in lines if len(line) > 60)


def drawn_word(word: str, alike: dict[str, list[str]], every: Sequence[str], rng: np.random.Generator) -> str:
    """A word as it is, with other marks, or another one."""
    dice = rng.random()
    if dice < 0.5 or not word.isalpha():
        return word
    among: Sequence[str] = alike.get(remove_accents(word.lower()), every) if dice < 0.8 else every
    new = among[int(rng.integers(len(among)))]
    return new.upper() if word.isupper() and len(word) > 1 else new.capitalize() if word[0].isupper() else new


def some_words(paragraphs: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Words of several paragraphs, some in capitals, as they are to be typeset."""
    every = sorted(inventory())
    alike: dict[str, list[str]] = defaultdict(list)
    for syllable in every:
        alike[remove_accents(syllable)].append(syllable)
    out: list[str] = []
    while len(out) < 400:
        words = paragraphs[int(rng.integers(len(paragraphs)))].split()[:60]
        case = rng.random()
        words = [word.upper() for word in words[:30]] if case < 0.12 else words
        words = [word.title() for word in words[:20]] if case > 0.94 else words
        out += [drawn_word(word, alike, every, rng) for word in words if len(word) < 20]
    return out


def strip(
    words: Sequence[str], font: Path, dpi: int, rng: np.random.Generator
) -> tuple[Image.Image, int, list[Printed]]:
    """Some lines of words: their picture, the size of their type in pixels, and where each word stands."""
    size = round(float(rng.choice([11, 12, 13, 13, 13.5, 14, 14, 14])) * dpi / 72)
    face = ImageFont.truetype(str(font), size)
    leading, count = round(size * rng.uniform(1.2, 1.55)), int(rng.integers(10, 16))
    picture = Image.new("L", (round(7.0 * dpi), leading * (count + 2)), 255)
    pen, left = ImageDraw.Draw(picture), iter(words)
    word, found = next(left), []
    for line in range(1, count + 1):
        x, gap = 0.1 * dpi, face.getlength(" ") * rng.uniform(0.9, 2.2)
        while word and x + face.getlength(word) < picture.width - 0.1 * dpi:
            pen.text((round(x), line * leading), word, font=face, fill=0)
            box = face.getbbox(word)
            ends = [face.getlength(word[:end]) for end in range(len(word) + 1)]
            ink = round(x) + box[0], round(x) + box[2]
            found.append(Printed(word, round(x), ink, line * leading + face.getmetrics()[0], ends))
            x += ends[-1] + gap
            word = next(left, "")
    return picture, size, found


def cut_out(
    paragraphs: Sequence[str], fonts: Sequence[Path], rng: np.random.Generator
) -> Iterator[tuple[str, np.ndarray, list[tuple[float, float]]]]:
    """The words of one strip, each twice, a quarter with the one behind: text, picture, and the span of each letter."""
    dpi = int(rng.choice([300, 300, 300, 300, 200, 250]))
    font = fonts[int(rng.integers(len(fonts)))]
    picture, size, words = strip(some_words(paragraphs, rng), font, dpi, rng)
    picture = degrade(picture, dpi, str(rng.choice(list(MACHINES), p=[share for _, share in MACHINES.values()])), rng)
    scale = DRAWN / dpi
    if scale != 1:
        how = rng.choice([Image.Resampling.BOX, Image.Resampling.BILINEAR, Image.Resampling.HAMMING])
        picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), int(how))
    for word, behind in [pair for pair in pairwise(words) for _ in range(2)]:
        both = [word, behind] if rng.random() < 0.25 and behind.baseline == word.baseline else [word]
        high = EM / (size * scale) * rng.uniform(0.92, 1.08)
        wide = high * rng.uniform(0.95, 1.05)
        top = (word.baseline - ABOVE * size) * scale + rng.uniform(-0.05, 0.05) * size * scale
        left = word.ink[0] * scale - (MARGIN + rng.uniform(-JITTER, JITTER)) / wide
        right = both[-1].ink[1] * scale + (MARGIN + rng.uniform(-JITTER, JITTER)) / wide
        columns = round((right - left) * wide)
        if not 2 * MARGIN < columns <= 420:
            continue
        part = (left, top, right, top + HEIGHT / high)
        cut = picture.transform(
            (columns, HEIGHT), Image.Transform.EXTENT, part, Image.Resampling.BILINEAR, fillcolor=255
        )
        ends = [[((one.x + end) * scale - left) * wide for end in one.ends] for one in both]
        spans = list(pairwise(ends[0]))
        if len(both) > 1:
            spans += [(ends[0][-1], ends[1][0]), *pairwise(ends[1])]
        yield " ".join(one.text for one in both), np.asarray(cut, np.uint8), spans


if __name__ == "__main__":
    main()
