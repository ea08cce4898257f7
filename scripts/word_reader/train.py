"""Trains a reader of words on the shards of pictures.py, on one core; needs PyTorch 2.13, which kehoach does not.

    train.py SHARDS OUT.pt [--minutes 60]

At first the letter of each frame is learnt, which is known from typesetting, with CTC beside it; then CTC nearly alone.
Shards that were used least come first, so that more may be made while this runs.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

HEIGHT, STRIDE, TRIM = 40, 4, 2  # rows; columns of a frame; frames at either end that are margin
SMALL = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"
LETTERS = sorted({*SMALL, *SMALL.upper(), *"0123456789.,;:-/()%\"“”'–+?!…& "})
NUMBERS = {letter: number for number, letter in enumerate(LETTERS, 1)}  # 0 is CTC's blank
CHANNELS = (16, 40, 64, 96, 128)


class Batch(NamedTuple):
    """Pictures (b, 1, HEIGHT, w) with 1 for ink; the letter of each frame or -1; all texts, and their lengths."""

    pictures: Tensor
    frames: Tensor
    letters: Tensor
    lengths: Tensor
    widths: Tensor  # in frames


class Reader(nn.Module):
    """Pictures (b, 1, HEIGHT, w) in, logits (b, letters + 1, w / STRIDE) out."""

    def __init__(self) -> None:
        """Build it."""
        super().__init__()
        shapes = [(5, 2, 2), (3, (2, 1), 1), (3, (2, 2), 1), (3, (2, 1), 1), (3, 1, (0, 1))]
        layers: list[nn.Module] = []
        for (size, stride, pad), (before, after) in zip(shapes, pairwise((1, *CHANNELS)), strict=True):
            layers += [nn.Conv2d(before, after, size, stride, pad, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        self.body = nn.Sequential(*layers)
        last = CHANNELS[-1]
        self.mix = nn.ModuleList(
            nn.Sequential(nn.Conv1d(last, last, 3, 1, 1, bias=False), nn.BatchNorm1d(last)) for _ in range(2)
        )
        self.out = nn.Conv1d(last, len(LETTERS) + 1, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """Read."""
        found = self.body(pictures).squeeze(2)
        for layer in self.mix:
            found = functional.relu(found + layer(found))
        return self.out(found)


Example = tuple[str, np.ndarray, np.ndarray]


def load(file: Path) -> list[Example]:
    """The words of a shard that are made of known letters."""
    with np.load(file) as held:
        widths, flat, spans = held["widths"], held["flat"], held["spans"].reshape(-1, 2)
        texts = held["texts"].tobytes().decode().split("\n")
    pixels = np.concatenate([[0], np.cumsum(widths.astype(np.int64) * HEIGHT)])
    letters = np.concatenate([[0], np.cumsum([len(text) for text in texts])])
    return [
        (text, flat[pixels[at] : pixels[at + 1]].reshape(HEIGHT, -1), spans[letters[at] : letters[at + 1]])
        for at, text in enumerate(texts)
        if NUMBERS.keys() >= set(text)
    ]


def batches(examples: list[Example], rng: np.random.Generator) -> list[list[Example]]:
    """Words of like widths together, about as many columns in each batch."""
    ordered = sorted(examples, key=lambda one: one[1].shape[1] + rng.integers(12))
    out = []
    while ordered:
        count = max(8, 4800 // max(ordered[0][1].shape[1], 40))
        out.append(ordered[:count])
        ordered = ordered[count:]
    rng.shuffle(out)
    return out


def batch(examples: list[Example], rng: np.random.Generator) -> Batch:
    """Pictures of some words, moved and spoilt a little."""
    wide = (max(picture.shape[1] for _, picture, _ in examples) + 3) // STRIDE * STRIDE + STRIDE
    pictures = np.zeros((len(examples), 1, HEIGHT, wide), np.float32)
    frames = np.full((len(examples), wide // STRIDE), -1, np.int64)
    widths = []
    for row, (text, picture, spans) in enumerate(examples):
        ink = (1 - picture.astype(np.float32) / 255) * rng.uniform(0.8, 1.15)
        if rng.random() < 0.3:
            ink = ink + rng.normal(0, rng.uniform(0, 0.08), ink.shape).astype(np.float32)
        across, end = int(rng.integers(STRIDE)), ink.shape[1]
        pictures[row, 0, :, across : across + end] = np.roll(ink, int(rng.integers(-2, 3)), 0)
        middle = np.arange(wide // STRIDE) * STRIDE + 1.5 - across
        for letter, (first, last) in zip(text, spans, strict=True):
            edge = 0.12 * (last - first)
            frames[row, (middle >= first + edge) & (middle <= last - edge)] = NUMBERS[letter]
        widths.append(max(-(-(end + across) // STRIDE) - 2 * TRIM, 1))
    return Batch(
        torch.from_numpy(pictures).contiguous(memory_format=torch.channels_last),
        torch.from_numpy(frames),
        torch.tensor([NUMBERS[letter] for text, _, _ in examples for letter in text]),
        torch.tensor([len(text) for text, _, _ in examples]),
        torch.tensor(widths),
    )


def losses(reader: Reader, given: Batch) -> tuple[Tensor, Tensor]:
    """CTC a letter, and the cross-entropy of frames whose letter is known."""
    log = functional.log_softmax(reader(given.pictures), 1)
    frames = log[:, :, TRIM:].permute(2, 0, 1)
    widths = given.widths.clamp(max=frames.shape[0])
    ctc = functional.ctc_loss(frames, given.letters, widths, given.lengths, reduction="none", zero_infinity=True)
    known = given.frames >= 0
    by_frame = functional.nll_loss(log, given.frames.clamp(min=0), reduction="none")
    return (ctc / given.lengths).mean(), (by_frame * known).sum() / known.sum()


def main() -> None:
    """Train, and write the weights and letters after each shard."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("shards", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--minutes", type=float, default=60.0)
    asked.add_argument("--rate", type=float, default=2e-3)
    given = asked.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    reader = Reader().to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(reader.parameters(), lr=given.rate, weight_decay=1e-2)
    used: Counter[Path] = Counter()
    begun, step = time.process_time(), 0
    while (done := (time.process_time() - begun) / (60 * given.minutes)) < 1:
        shard = min(sorted(given.shards.glob("*.npz")), key=lambda file: used[file])
        used[shard] += 1
        told = []
        for words in batches(load(shard), rng):
            done = min((time.process_time() - begun) / (60 * given.minutes), 1)
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = given.rate * min(1, step / 100) * (0.49 * (1 + math.cos(math.pi * done)) + 0.02)
            ctc, frames = losses(reader, batch(words, rng))
            optimizer.zero_grad()
            (ctc * (1 if done > 0.02 else 0.2) + frames * (1 if done < 0.15 else 0.3)).backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
            optimizer.step()
            told.append((float(ctc.detach()), float(frames.detach())))
        torch.save({"weights": reader.state_dict(), "letters": LETTERS}, given.out)
        print(f"{done:.0%}, step {step}: CTC and frames {np.mean(told, 0).round(3)}", flush=True)


if __name__ == "__main__":
    main()
