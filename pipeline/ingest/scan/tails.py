"""Commas and semicolons that were read as full stops and colons: the tail below the line tells them apart.

A semicolon taken for a colon makes a list of what is one. On three real scans and four typeset plans a tail reaches
0.07 to 0.21 of the type's height below the baseline and is 1.3 to 2 times as high as wide; a point reaches 0.03 and is
as high as wide. Only a tail that is seen is acted on: one that is not may have been lost.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.ingest.scan.picture import INK, Picture
from pipeline.ingest.tesseract import ReadLine, ReadWord

TAILED = {".": ",", ":": ";"}
BELOW = 0.065  # times the type's height: how far below the baseline a tail reaches at least
SLENDER = 1.3  # times as high as wide at least
HIGH, WIDE = (0.18, 0.4), 0.27  # times the type's height
FAINT = 20  # grey levels by which a tail may be lighter than ink: it is thin
ABOVE, UNDER, BACK = 0.65, 0.35, 0.5  # times the type's height: what is looked at, from the end of the word


def with_tails(line: ReadLine, grey: Picture, light: int) -> ReadLine:
    """The line with its commas and semicolons; `grey` is the picture it was read from, `light` its paper's level."""
    if not any(word.text[-1] in TAILED for word in line.words):
        return line
    level = light - INK + FAINT
    words = tuple(
        word._replace(text=word.text[:-1] + TAILED[word.text[-1]])
        if word.text[-1] in TAILED and len(word.text) > 1 and _has_tail(word, line, grey, level)
        else word
        for word in line.words
    )
    return line._replace(words=words)


def _has_tail(word: ReadWord, line: ReadLine, grey: Picture, level: int) -> bool:
    x0, _, x1, _ = word.box
    size, base = line.size, line.slope * x1 + line.base
    left, top = max(0, round(max(x0, x1 - BACK * size))), max(0, round(base - ABOVE * size))
    ink = (grey[top : max(0, round(base + UNDER * size)), left : x1 + 2] < level).astype(np.uint8)
    if not ink.any():
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    # The mark is what reaches farthest right, and of a colon's two points the lower one.
    x, _, wide, _, _ = max(stats[1:].tolist(), key=lambda one: one[0] + one[2])
    over = [one for one in stats[1:].tolist() if one[0] < x + wide and one[0] >= x - 0.12 * size]
    _, y, wide, high, _ = max(over, key=lambda one: one[1] + one[3])
    return bool(
        top + y + high - base >= BELOW * size
        and high >= SLENDER * wide
        and HIGH[0] * size <= high <= HIGH[1] * size
        and wide <= WIDE * size
    )
