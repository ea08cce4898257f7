"""Punctuation that Tesseract confuses, told apart by the picture: commas, semicolons, dashes.

A semicolon taken for a colon makes a list of what is one. On three real scans and four typeset plans a tail reaches
0.07 to 0.21 of the type's height below the baseline and is 1.3 to 2 times as high as wide; a point reaches 0.03 and is
as high as wide. Only a tail that is seen is acted on: one that is not may have been lost. Hyphens are 0.2 to 0.36 of
the type's height long, dashes 0.45 to 0.56.

Dust is read as a sign where one may stand: alone between words, behind one, before one. On thirteen copied pages the
ink of 24 such signs was up to 0.085 of the type's height wide, that of dashes 0.12 to 0.17, of full stops 0.1 to 0.13.
What lies flat at the height of one is a dash all the same, and a colon before a capital stays: on nine real scans some
had no more ink. A full stop stands on the baseline: of 60 on ten copied pages none was off it by more than 0.04, of 14
grains of dust that were read as one, or as a colon, 13 were.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.ingest.scan.picture import INK, Picture
from pipeline.ingest.scan.tesseract.engine import ReadLine, ReadWord
from pipeline.language.syllables import inventory
from pipeline.language.tones import modern

TAILED = {".": ",", ":": ";"}
TAILLESS = {";": ",", ":": "."}  # without the upper point
BELOW = 0.065  # times the type's height: how far below the baseline a tail reaches at least
SLENDER = 1.3  # times as high as wide at least
HIGH, WIDE = (0.18, 0.4), 0.27  # times the type's height
FAINT = 20  # grey levels by which a tail may be lighter than ink: it is thin
ABOVE, UNDER, BACK = 0.65, 0.35, 0.5  # times the type's height: what is looked at, from the end of the word
OVER = 0.12  # times the type's height: how far to the left of a colon's lower point its upper one may begin
FLAT, SHORTEST, LONGEST = 0.15, 0.18, 1.0  # times the type's height: how thick a dash is, and how long
MIDDLE = (0.1, 0.45)  # times the type's height above the baseline: where it stands
DUST, GRAIN = 0.1, 0.065  # times the type's height: the root of the area of what is no sign, alone and at a word
SEEN = 0.09  # the same of what is a sign
DARKEST = 2  # of a hundred pixels of a line those that are all ink
LYING, LEAST_DASH = 1.6, 0.12  # times as long as high, and times the type's height long: a dash
OFF = 0.07  # times the type's height: how far from the baseline no full stop stands
STRAYS = frozenset("'`´ˆ^~‘’-–:.")  # what it is read as at a word
DASHES = ((0.37, "-"), (0.42, ""), (0.72, "–"), (0.8, ""), (9.0, "—"))  # up to so many times the type's height


_LABEL = re.compile(r"\d{1,3}|[IVXivx]{1,5}|[^\W\d_]")  # of an item, before its full stop
_JOINED = re.compile(r"(?P<before>[^\W\d_]{2,})(?P<sign>[.:'’‘-]{1,2})(?P<after>[^\W\d_]{2,})(?P<end>\W*)")
DASHED = ("-", "'", "’", "‘")  # between syllables of compounds and loans  # two words and what was read between them


class Blob(NamedTuple):
    """A part of a word that is dark."""

    x: int
    y: int
    wide: int
    high: int
    area: int


def as_printed(line: ReadLine, grey: Picture, light: int, after: str | None = None) -> ReadLine:
    """Correct the punctuation of a line by the picture; of one that is dust alone no word is left.

    Args:
        line: as it was read.
        grey: the picture it was read from.
        light: the grey level of its paper.
        after: how the next line begins, "" where none goes on below; None where it is not known.
    """
    if not line.words:
        return line
    words, half = [], _half(line, grey, light)
    behind = [*(word.text for word in line.words), after]
    for at, word in enumerate(line.words):
        if (
            word.text == "."
            and _is_of_label(line.words, at)
            and not _is_off(_blobs(word, line, grey, half), word, line)
        ):
            words.append(word)
            continue
        text = _without_dust(word, behind[at + 1], line, grey, half)
        parts = _apart(text, word, line, grey, half)
        if text != word.text or len(parts) > 1:
            words += parts if text else []
            continue
        if not text.strip("-–—") or _is_dash(word, line):
            text = _dash(word, line) if at else _sign(word, line)
        elif len(text) > 1 and text[-1] in TAILED and _has_tail(word, line, grey, light - INK + FAINT):
            text = text[:-1] + TAILED[text[-1]]
        words.append(word if text == word.text else word._replace(text=text))
    return line._replace(words=tuple(words))


def _is_of_label(words: Sequence[ReadWord], at: int) -> bool:
    """Whether a point may be that of an item's number, however small: "2 . Sở", ". Sở" whose number is read apart."""
    begins = at + 1 < len(words) and words[at + 1].text[:1].isupper()
    return begins and (at == 0 or at == 1 and bool(_LABEL.fullmatch(words[0].text)))


def _without_dust(word: ReadWord, behind: str | None, line: ReadLine, grey: Picture, level: int) -> str:
    """A word without the dust that was read as a sign of it; empty where it is nothing else."""
    text, size = word.text, line.size
    if not any(char.isalnum() and char not in STRAYS for char in text):  # "ˆ" is a letter of Unicode
        grains = _blobs(word, line, grey, level)
        few = bool(grains) and sum(one.area for one in grains) <= (DUST * size) ** 2
        return "" if few and not any(_may_be_dash(one, word, line) for one in grains) else text
    first, last = text[0] in STRAYS, text[-1] in STRAYS
    if len(text) < 2 or not (first or last or text[-1] in ".:;"):
        return text
    blobs = sorted(_blobs(word, line, grey, level))
    grain, sign = (GRAIN * size) ** 2, _at_end(blobs)
    if text[-1] in TAILLESS and text[-2].isalnum() and _is_under_dust(sign, size):
        text = text[:-1] + TAILLESS[text[-1]]
    elif last and text[-2].isalnum() and _is_dust(sign, grain):
        # Before a capital or at the end of a line a point or a colon may be real, however worn.
        ends = text[-1] in ".:" and not (behind or "")[:1].islower()
        worn = text[-1] == ":" and behind != "" or text[-1] == "." and not _is_off(sign, word, line)
        text = text if ends and worn else text[:-1]
    if first and text[1:2].isalpha() and _is_dust(blobs[:1], grain):
        text = text[1:]
    return text


def _may_be_dash(blob: Blob, word: ReadWord, line: ReadLine) -> bool:
    """Whether a grain lies flat where a dash stands: at half the height of small letters."""
    above = -_below(blob, word, line) + blob.high / 2
    flat = blob.wide >= max(LYING * blob.high, LEAST_DASH * line.size)
    return flat and MIDDLE[0] * line.size <= above <= MIDDLE[1] * line.size


def _below(blob: Blob, word: ReadWord, line: ReadLine) -> float:
    """By how many pixels a part of a word reaches below the baseline."""
    x0, y0, x1, _ = word.box
    base = line.slope * (x0 + x1) / 2 + line.base
    return max(0, min(y0, round(base - line.size))) + blob.y + blob.high - base


def _is_off(blobs: Sequence[Blob], word: ReadWord, line: ReadLine) -> bool:
    """Whether a small sign stands above or below the baseline, where no full stop does."""
    small = [one for one in blobs if one.area <= (SEEN * line.size) ** 2]
    return (
        bool(blobs)
        and len(small) == len(blobs)
        and all(abs(_below(one, word, line)) > OFF * line.size for one in small)
    )


def _half(line: ReadLine, grey: Picture, light: int) -> int:
    """The grey between the paper and the ink of a line: of a hyphen printed light little is dark, and it is no dust."""
    left, top, right, bottom = zip(*(word.box for word in line.words), strict=True)
    around = grey[max(0, min(top)) : max(0, max(bottom)), max(0, min(left)) : max(0, max(right))]
    return (light + int(np.percentile(around, DARKEST))) // 2 if around.size else light - INK


def _apart(text: str, word: ReadWord, line: ReadLine, grey: Picture, level: int) -> list[ReadWord]:
    """A word as two where a grain of dust between them was read as a sign: "Khoa.học".

    Of two small syllables the sign alone is looked at: no sentence begins so.
    """
    joined = _JOINED.fullmatch(text)
    if joined is None:
        return [word._replace(text=text)]
    x0, y0, x1, y1 = word.box
    blobs = _blobs(word, line, grey, level)
    most = (GRAIN * line.size) ** 2
    grains = [one for one in blobs if one.area <= most and not any(_overlap(one, other) for other in blobs)]
    if len(grains) == 1:
        at = min(max(x0 + grains[0].x, x0 + 1), x1 - 1)
    elif joined["sign"] not in DASHED and _are_syllables(joined):
        at = x0 + max(1, round((x1 - x0) * (len(joined["before"]) + 0.5) / len(text)))
    else:
        return [word._replace(text=text)]
    return [
        ReadWord(joined["before"], (x0, y0, at, y1), word.confidence),
        ReadWord(joined["after"] + joined["end"], (at, y0, x1, y1), word.confidence),
    ]


def _are_syllables(joined: re.Match[str]) -> bool:
    """Whether two words are small syllables with marks, as no address has them."""
    words = joined["before"], joined["after"]
    return all(word.islower() and modern(word) in inventory() for word in words) and not "".join(words).isascii()


def _overlap(one: Blob, other: Blob) -> bool:
    """Whether one of two parts of a word stands over the other."""
    return one != other and one.x < other.x + other.wide and other.x < one.x + one.wide


def _at_end(blobs: Sequence[Blob]) -> list[Blob]:
    """The part of a word that reaches farthest right, with what stands over or under it: a colon has two points."""
    if not blobs:
        return []
    x, _, wide, _, _ = max(blobs, key=lambda one: one[0] + one[2])
    return [one for one in blobs if one[0] < x + wide and one[0] + one[2] > x]


def _is_dust(blobs: Sequence[Blob], most: float) -> bool:
    """Whether a sign is one grain, of less ink than a point of type."""
    return len(blobs) == 1 and blobs[0].area <= most


def _is_under_dust(blobs: Sequence[Blob], size: float) -> bool:
    """Whether what was read as a colon or semicolon is a point or comma below a grain of dust."""
    if len(blobs) != 2:
        return False
    upper, lower = sorted(blobs, key=lambda one: one.y)
    return upper.area <= (GRAIN * size) ** 2 and lower.area >= (SEEN * size) ** 2


def _blobs(word: ReadWord, line: ReadLine, grey: Picture, level: int) -> list[Blob]:
    """The parts of a word: left, top, width, height, and dark pixels of each."""
    x0, y0, x1, y1 = word.box
    base = line.slope * (x0 + x1) / 2 + line.base
    top, bottom = min(y0, round(base - line.size)), max(y1, round(base + UNDER * line.size))
    ink = (grey[max(0, top) : max(0, bottom), max(0, x0 - 1) : x1 + 2] < level).astype(np.uint8)
    if not ink.any():
        return []
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return [Blob(*one) for one in stats[1:].tolist()]


def _sign(word: ReadWord, line: ReadLine) -> str:
    """What opens an item: a dash is one however long it is, and whatever it was taken for ("~—", "_")."""
    one = _is_dash(word, line) and word.box[2] - word.box[0] <= LONGEST * line.size
    return "-" if one and word.text not in ("-", "–", "—") else word.text


def _dash(word: ReadWord, line: ReadLine) -> str:
    long = (word.box[2] - word.box[0]) / line.size
    unsure = word.text if word.text in ("-", "–", "—") else "–"
    return next((dash for most, dash in DASHES if long <= most), "") or unsure


def _is_dash(word: ReadWord, line: ReadLine) -> bool:
    """Whether a sign that was read as another is a short level stroke at half the height of small letters."""
    x0, top, x1, bottom = word.box
    if len(word.text) > 2 or any(char.isalnum() for char in word.text):
        return False
    above = (line.slope * (x0 + x1) / 2 + line.base - (top + bottom) / 2) / line.size
    level = bottom - top <= FLAT * line.size and x1 - x0 >= SHORTEST * line.size
    return level and MIDDLE[0] <= above <= MIDDLE[1]


def _has_tail(word: ReadWord, line: ReadLine, grey: Picture, level: int) -> bool:
    """Whether the point at the end of a word, or the lower one of a colon, goes on below the line."""
    x0, _, x1, _ = word.box
    size, base = line.size, line.slope * x1 + line.base
    left, top = max(0, round(max(x0, x1 - BACK * size))), max(0, round(base - ABOVE * size))
    ink = (grey[top : max(0, round(base + UNDER * size)), left : x1 + 2] < level).astype(np.uint8)
    if not ink.any():
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    blobs = stats[1:].tolist()
    x, _, wide, _, _ = max(blobs, key=lambda one: one[0] + one[2])  # the mark is what reaches farthest right
    over = [one for one in blobs if x - OVER * size <= one[0] < x + wide]
    _, y, wide, high, _ = max(over, key=lambda one: one[1] + one[3])
    return bool(
        top + y + high - base >= BELOW * size
        and high >= SLENDER * wide
        and HIGH[0] * size <= high <= HIGH[1] * size
        and wide <= WIDE * size
    )
