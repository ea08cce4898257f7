"""Telling by a picture which Roman numeral is printed there.

What may be printed is little: three letters in a few styles. Their strokes are drawn as serif faces have them (Times,
DejaVu Serif and Spectral were measured), laid side by side, and held against the ink: the numeral that leaves least of
it unexplained was printed. Of 1,118 numerals spoilt in five ways it is the right one for all but one, and for all where
it fits better than the next by a twentieth of a letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.scan.picture import Picture
from pipeline.language.numerals import to_roman

LetterInk = NDArray[np.float32]

ROWS, FINE = 20, 4  # rows of a numeral that is compared; times finer its letters are drawn
SERIF, SOFT = 0.05, 0.6  # of the height: how thick a serif is; pixels by which edges are softened
WIDTHS = (0.8, 0.9, 1.0, 1.1)  # times the usual width: faces are narrower or wider
GAPS = range(-1, 8)  # pixels of white between two letters; serifs may touch
STROKE_GAPS = range(-6, 6)  # the same before a slash, which may lean over what stands before it
LEFT, RIGHT = 4, 30  # pixels of white around what is compared
LEAST, MOST = 0.57, 0.99  # of the height: the room of a digit
TAIL = 0.25  # of the ink of the digits: how much of it counts as unexplained
SPECK, LOWEST = 6, 8  # dark pixels of a blob that is none; pixels: what is lower is not looked at
BAR, UPPER = slice(8, 12), slice(4, 7)  # rows in which an H has its bar, and in which its strokes stand alone
DARKEST = 3  # of a hundred pixels those that are all ink
FAINT = 40  # grey levels that the ink differs from the paper at least
NUMERALS = tuple(to_roman(number) for number in range(1, 21))

# Letters by style, in heights of a letter: strokes with the middle of their top and foot and their width; serifs with
# their ends, at the top or at the foot.
Strokes = tuple[tuple[float, float, float], ...]
Serifs = tuple[tuple[float, float, bool], ...]
_TOP, _FOOT = True, False
SHAPES: dict[str, dict[str, tuple[Strokes, Serifs]]] = {
    "regular": {
        "I": (((0.255, 0.255, 0.15),), ((0, 0.51, _TOP), (0, 0.51, _FOOT))),
        "V": (((0.24, 0.56, 0.19), (0.88, 0.57, 0.08)), ((0, 0.42, _TOP), (0.74, 1.1, _TOP))),
        "X": (
            ((0.27, 0.84, 0.19), (0.86, 0.2, 0.08)),
            ((0.02, 0.45, _TOP), (0.68, 1.04, _TOP), (0, 0.37, _FOOT), (0.6, 1.08, _FOOT)),
        ),
        "/": (((0.39, 0.04, 0.085),), ()),
    },
    "bold": {
        "I": (((0.3, 0.3, 0.25),), ((0, 0.6, _TOP), (0, 0.6, _FOOT))),
        "V": (((0.28, 0.6, 0.28), (0.93, 0.64, 0.1)), ((0, 0.48, _TOP), (0.77, 1.1, _TOP))),
        "X": (
            ((0.27, 0.83, 0.28), (0.88, 0.2, 0.1)),
            ((0, 0.5, _TOP), (0.7, 1.06, _TOP), (0, 0.38, _FOOT), (0.6, 1.1, _FOOT)),
        ),
        "/": (((0.4, 0.05, 0.12),), ()),
    },
    "italic": {
        "I": (((0.37, 0.2, 0.13),), ((0.14, 0.58, _TOP), (0, 0.43, _FOOT))),
        "V": (((0.27, 0.4, 0.15), (0.94, 0.42, 0.07)), ((0.05, 0.45, _TOP), (0.72, 1.08, _TOP))),
        "X": (
            ((0.38, 0.74, 0.14), (0.93, 0.12, 0.07)),
            ((0.18, 0.55, _TOP), (0.73, 1.04, _TOP), (0, 0.34, _FOOT), (0.55, 0.93, _FOOT)),
        ),
        "/": (((0.57, 0.03, 0.08),), ()),
    },
    "bold italic": {
        "I": (((0.42, 0.23, 0.22),), ((0.16, 0.65, _TOP), (0, 0.5, _FOOT))),
        "V": (((0.3, 0.43, 0.24), (1.0, 0.46, 0.09)), ((0.03, 0.5, _TOP), (0.78, 1.12, _TOP))),
        "X": (
            ((0.42, 0.76, 0.23), (1.0, 0.14, 0.09)),
            ((0.18, 0.62, _TOP), (0.77, 1.1, _TOP), (0, 0.36, _FOOT), (0.52, 0.98, _FOOT)),
        ),
        "/": (((0.6, 0.04, 0.1),), ()),
    },
}


class SeenNumeral(NamedTuple):
    """The numeral that fits a picture best.

    `margin` is by how much of a letter's ink it fits better than the next, `fit` the share of the ink that it
    explains, 1 at most; below 0 it explains nothing. `serif` is how much ink lies to the right of its first stroke's
    top, in pixels of a letter of ROWS: an I has a serif there, a 1 has none. `barred` tells of a bar from its first
    stroke to its last, as an H has one.
    """

    text: str
    margin: float
    fit: float
    serif: float
    barred: bool


def see(
    cut: Picture,
    light: int,
    among: Sequence[str] = NUMERALS,
    digits: int | None = None,
) -> SeenNumeral | None:
    """Read a Roman numeral by its picture.

    Args:
        cut: the numeral and what is printed to it, grey.
        light: the grey level of the paper.
        among: what it may be.
        digits: how many stand behind the slash that ends it; None where none ends it.

    Returns:
        The numeral that fits best; None where nothing is there that is as high as a letter.
    """
    ink = _level(cut, light)
    if ink is None:
        return None
    wide = ink.shape[1]
    ink = np.pad(ink, ((0, 0), (LEFT, RIGHT)))
    reached = _laid(ink, among)
    energy = np.square(ink).sum(axis=0)
    whole = float(energy.sum())
    if digits is None:
        told = {text: float(ends.max()) - whole for text, ends in reached.items()}
    else:
        end, rest = LEFT + wide, np.concatenate([[0], np.cumsum(energy)])
        left = (1 - TAIL) * rest + TAIL * whole
        room = slice(max(1, round(end - MOST * digits * ROWS)), max(2, round(end - LEAST * digits * ROWS)) + 5)
        ended = {text: _before_slash(ends, ink) - left[:-1] for text, ends in reached.items()}
        told = {text: float(ends[:, room].max()) for text, ends in ended.items()}
    best, second = sorted(told, key=lambda text: -told[text])[:2]
    letter = float(np.square(_glyph("I", "regular", 1.0)).sum())
    margin = (told[best] - told[second]) / letter
    return SeenNumeral(best, margin, 1 + told[best] / max(whole, 1.0), _serif(ink[:, LEFT:]), _is_barred(ink))


@cache
def _glyph(letter: str, style: str, width: float) -> LetterInk:
    """A letter as it is printed, ROWS high: 1 for ink."""
    strokes, serifs = SHAPES[style][letter]
    high = ROWS * FINE
    ends = [max(top, foot) + wide / 2 for top, foot, wide in strokes] + [end for _, end, _ in serifs]
    columns = round((max(ends) * width + SERIF) * high)
    x = ((np.arange(columns) + 0.5) / high - SERIF / 2) / width
    y = (np.arange(high)[:, None] + 0.5) / high
    drawn = np.zeros((high, columns), bool)
    for top, foot, wide in strokes:
        drawn |= np.abs(x - (top + (foot - top) * y)) < wide / 2 / width
    for begin, end, at_top in serifs:
        drawn |= (x > begin) & (x < end) & ((y < SERIF) if at_top else (y > 1 - SERIF))
    small = cv2.resize(drawn.astype(np.float32), (max(1, round(columns / FINE)), ROWS), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), SOFT), np.float32)


def dark(cut: Picture, light: int) -> NDArray[np.bool_]:
    """Where there is ink: half as dark as the darkest, as thin serifs are that were blurred."""
    return np.asarray(cut < light - max(FAINT, (light - float(np.percentile(cut, DARKEST))) / 2))


def _level(cut: Picture, light: int) -> LetterInk | None:
    """What is printed, ROWS high from the top of the first letter to its foot, 0 for paper and 1 for ink."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark(cut, light).astype(np.uint8), connectivity=8)
    blobs = sorted(blob for blob in stats[1:].tolist() if blob[4] >= SPECK)
    if not blobs:
        return None
    tall = max(high for _, _, _, high, _ in blobs)
    high_ones = [blob for blob in blobs if blob[3] >= tall / 2]
    first = [blob for blob in high_ones if blob[0] <= high_ones[0][0] + tall / 2]
    top, foot = min(y for _, y, _, _, _ in first), max(y + high for _, y, _, high, _ in first)
    left, right = blobs[0][0], max(x + wide for x, _, wide, _, _ in blobs)
    if foot - top < LOWEST:
        return None
    part = cut[top:foot, max(0, left - 1) : right + 1].astype(np.float32)
    ink = np.clip((light - part) / max(light - float(np.percentile(part, DARKEST)), FAINT), 0, 1)
    wide = max(3, round(ink.shape[1] * ROWS / (foot - top)))
    return np.asarray(cv2.resize(ink, (wide, ROWS), interpolation=cv2.INTER_AREA), np.float32)


_KINDS = tuple((style, width) for style in SHAPES for width in WIDTHS)


def _gains(ink: LetterInk, letter: str) -> tuple[LetterInk, NDArray[np.intp]]:
    """How much of the ink a letter explains that begins at each column, by kind; how wide it is."""
    glyphs = [_glyph(letter, *kind) for kind in _KINDS]
    out = np.full((len(glyphs), ink.shape[1]), -1e9, np.float32)
    for row, glyph in zip(out, glyphs, strict=True):
        if glyph.shape[1] <= ink.shape[1]:
            found = 2 * cv2.matchTemplate(ink, glyph, cv2.TM_CCORR)[0] - np.square(glyph).sum()
            row[: len(found)] = found
    return out, np.array([glyph.shape[1] for glyph in glyphs])


def _laid(ink: LetterInk, numerals: Sequence[str]) -> dict[str, LetterInk]:
    """How much of the ink each numeral explains that ends at each column, by kind of letters."""
    letters = {letter: _gains(ink, letter) for letter in "IVX"}
    out: dict[str, LetterInk] = {}
    begins = np.full((len(_KINDS), ink.shape[1]), -1e9, np.float32)
    begins[:, : 2 * LEFT] = 0
    reached = {"": begins}
    for text in sorted({numeral[:end] for numeral in numerals for end in range(1, len(numeral) + 1)}, key=len):
        gains, wide = letters[text[-1]]
        if text[:-1] not in reached:
            reached[text[:-1]] = _spaced(out[text[:-1]], GAPS)
        out[text] = _moved(reached[text[:-1]] + gains, wide)
    return {text: out[text] for text in numerals}


def _moved(values: LetterInk, by: NDArray[np.intp]) -> LetterInk:
    """Each row moved to the right by so many columns."""
    at = np.arange(values.shape[1]) - by[:, None]
    return np.where(at >= 0, np.take_along_axis(values, np.maximum(at, 0), axis=1), np.float32(-1e9))


def _spaced(ends: LetterInk, gaps: range) -> LetterInk:
    """The best of what ends before each column by any of the gaps."""
    out = np.full_like(ends, -1e9)
    for gap in gaps:
        if gap >= 0:
            np.maximum(out[:, gap:], ends[:, : ends.shape[1] - gap], out=out[:, gap:])
        else:
            np.maximum(out[:, :gap], ends[:, -gap:], out=out[:, :gap])
    return out


def _before_slash(ends: LetterInk, ink: LetterInk) -> LetterInk:
    """How much of the ink what ends at each column explains with a slash behind it."""
    gains, wide = _gains(ink, "/")
    return _moved(_spaced(ends, STROKE_GAPS) + gains, wide)


def _serif(ink: LetterInk) -> float:
    """How much ink lies to the right of the first stroke's top."""
    rights = []
    for row in range(7, 15):
        dark = np.flatnonzero(ink[row] > 0.5)
        if len(dark):
            run = dark[: 1 + int(np.argmax(np.append(np.diff(dark) > 1, True)))]
            rights.append((row, int(run[-1])))
    if len(rights) < 4:
        return 0.0
    slope, foot = np.polyfit([row for row, _ in rights], [end for _, end in rights], 1)
    found = 0.0
    for row in range(3):
        begin = max(0, int(np.ceil(slope * row + foot + 0.99)))
        found = max(found, float(ink[row, begin : begin + 4].sum()))
    return found


def _is_barred(ink: LetterInk) -> bool:
    """Whether no column between the first and the last stroke is white at half the height."""
    middle = ink[BAR].max(axis=0) > 0.35
    dark = np.flatnonzero((ink[UPPER] > 0.5).all(axis=0))
    return bool(len(dark) and dark[-1] - dark[0] > ROWS / 3 and middle[dark[0] : dark[-1]].all())
