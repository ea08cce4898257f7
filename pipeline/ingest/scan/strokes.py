"""Correcting figures in short cells by the strokes of the picture: spaces, signs of comparison, bars.

Tesseract knows no "≥": it reads ">", "z" or "x". It drops spaces around dashes, and finds nothing where a bar stands
alone. In 759 of 775 short cells of degraded tables there are as many strokes, one beside the other, as characters.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.ingest.scan.picture import INK, Picture
from pipeline.ingest.scan.tesseract.engine import ReadLine, ReadWord

SPECK = 6  # dark pixels: a blob with fewer is none
SPACE, SIGNS = 0.22, frozenset("<>≥≤-–")  # em: a wider gap beside one of these is a space
SLENDER, TALL = 0.5, 0.45  # times as wide as high at most, em high at least: a bar
DITTO, LOW = '-"-', 0.7  # what it is read as; em high at most
LOWER = 0.25  # of a sign of comparison: the part of its height in which its bar lies
FULL = 0.7  # of its width: how much of it the bar takes
MORE = 0.9  # of the bar: the chevron is nowhere as wide
TOP, ASIDE = 0.12, 0.12  # of its height and width: how far its highest ink stands from its middle
DARKEST, FAINT = 3, 40  # of a hundred pixels of a sign those that are all ink; grey levels that it differs at least
LEANS = 0.08  # of its width: by how much the ends of a chevron lie to the left of its point, or to the right

UPPER, UNDER = 0.5, 0.05  # of the type's height above the baseline: between them stands a dash
DASH, SEEN = (0.15, 0.6), 0.8  # em: how long it is; its confidence

HALVES, UNLIKE = 0.73, 0.12  # correlation of the halves of "TT", and share by which their sides may differ
ARMS, FOOT, LOWEST = (0.68, 1.3), 1.25, 10  # of a T: wide for its height, arms for its foot; pixels high at least
S_ENDS = (0.24, 0.36)  # of the width of "STT"

_TWINS = re.compile(r"(?!S?TT)[S§]?(?:T[^\W\d_17]|[^\W\d_17]T)")
_FIGURE = re.compile(r"[\d.,/%()<>≥≤–-]*\d[\d.,/%()<>≥≤–-]*")
_COMPARED = re.compile(r"[<>≥≤zxZX2«»][<>z=]?\s*\d[\d.,]*\s?%?")


class Stroke(NamedTuple):
    """A part of a cell that stands apart from those beside it: its first pixel column and the one behind its last."""

    x0: int
    x1: int


def strokes(cut: Picture, light: int) -> list[Stroke]:
    """Find the strokes that stand side by side in a cell.

    Args:
        cut: the cell, grey.
        light: the grey level of the paper.
    """
    ink = (cut < light - INK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    out: list[Stroke] = []
    for x0, x1 in sorted((x, x + wide) for x, _, wide, _, area in stats[1:].tolist() if area >= SPECK):
        if out and x0 < out[-1].x1 - 1:
            out[-1] = Stroke(out[-1].x0, max(x1, out[-1].x1))
        else:
            out.append(Stroke(x0, x1))
    return out


def bars(cut: Picture, light: int, em: float) -> int:
    """Count the bars of one height in a cell that holds nothing else, three at most; 0 where it holds others.

    Args:
        cut: the cell, grey.
        light: the grey level of the paper.
        em: the size of the type in pixels.
    """
    found = strokes(cut, light)
    high = len(cut)
    if not 1 <= len(found) <= 3 or high < TALL * em or high > em:
        return 0
    dark = cut < light - INK
    for x0, x1 in found:
        rows = np.flatnonzero(dark[:, x0:x1].any(axis=1))
        if x1 - x0 > SLENDER * high or rows[-1] - rows[0] < 0.85 * high or dark[:, x0:x1].mean() < 0.4:
            return 0
    return len(found)


def is_ditto(cut: Picture, light: int, em: float) -> bool:
    """Tell whether a cell holds ticks between two dashes, which mean what the cell above says.

    Args:
        cut: the cell, grey.
        light: the grey level of the paper.
        em: the size of the type in pixels.
    """
    high, wide = cut.shape
    if high > LOW * em or not high < wide < 2 * em:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats((cut < light - INK).astype(np.uint8), connectivity=8)
    blobs = sorted(tuple(blob) for blob in stats[1:].tolist() if blob[4] >= SPECK)
    if not 3 <= len(blobs) <= 4:
        return False
    dashes, ticks = (blobs[0], blobs[-1]), blobs[1:-1]
    middle = min(y + deep / 2 for _, y, _, deep, _ in dashes)
    return all(across >= 1.5 * deep for _, _, across, deep, _ in dashes) and all(
        y + deep / 2 < middle and deep >= 0.8 * across for _, y, across, deep, _ in ticks
    )


def as_figure(line: ReadLine, cut: Picture, left: int, top: int, light: int, em: float) -> ReadLine:
    """Correct a line of a short cell: where it is a figure, with the spaces and signs printed.

    Args:
        line: as it was read.
        cut: the cell, grey.
        left: where the cell was cut out, in pixels of the page.
        top: likewise.
        light: the grey level of the paper.
        em: the size of the type in pixels.
    """
    text = "".join(word.text for word in line.words)
    if not (_FIGURE.fullmatch(text) or _COMPARED.fullmatch(text)):
        return line
    found = strokes(cut, light)
    if _COMPARED.fullmatch(text) and found:
        beside = found[1].x0 if len(found) > 1 else found[0].x1
        sign = _comparison(_printed(cut[:, : (found[0].x1 + beside) // 2], light))
        if sign:
            text = sign + text[1 + (not text[1].isdigit()) :]
    if len(found) != len(text):
        return line if text == "".join(word.text for word in line.words) else _first(line, text)
    confidence = min(word.confidence for word in line.words)
    read = list(accumulate(len(word.text) for word in line.words))
    ends = {max(1, end - read[-1] + len(text)) for end in read}
    words = []
    start = 0
    for at in range(1, len(text) + 1):
        beside = at < len(text) and (text[at - 1] in SIGNS or text[at] in SIGNS)
        if found[at].x0 - found[at - 1].x1 > SPACE * em if beside else at in ends or at == len(text):
            box = left + found[start].x0, top, left + found[at - 1].x1, top + len(cut)
            words.append(ReadWord(text[start:at], box, confidence))
            start = at
    return line._replace(words=tuple(words))


def with_dash(line: ReadLine, cut: Picture, left: int, top: int, light: int, em: float) -> ReadLine:
    """Put the dash that opens a line of a cell before it, where it was not read.

    Args:
        line: as it was read.
        cut: the cell, grey.
        left: where the cell was cut out, in pixels of the page.
        top: likewise.
        light: the grey level of the paper.
        em: the size of the type in pixels.
    """
    first = line.words[0]
    base = line.slope * first.box[0] + line.base - top
    upper, lower = round(base - UPPER * line.size), round(base - UNDER * line.size)
    before = cut[max(0, upper) : max(0, lower), : max(0, first.box[0] - left - 1)]
    if first.text[:1] in SIGNS or not before.size:
        return line
    ink = (before < light - INK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    blobs = [blob for blob in stats[1:].tolist() if blob[4] >= SPECK]
    if len(blobs) != 1:
        return line
    x, y, wide, high, area = blobs[0]
    if not (wide >= 1.5 * high and DASH[0] * em <= wide <= DASH[1] * em and area >= 0.6 * wide * high):
        return line
    above = top + max(0, upper) + y
    dash = ReadWord("-", (left + x, above, left + x + wide, above + high), SEEN)
    return line._replace(words=(dash, *line.words))


def with_twins(line: ReadLine, cut: Picture, left: int, top: int, light: int) -> ReadLine:
    """Correct the heads of row numbers: "TT" is no word, and "TY", "Tư" or "TẾ" were read, with a table lost for it.

    Args:
        line: as it was read.
        cut: the picture it was read from, or a part of it, grey.
        left: where that was cut out, in pixels of the page.
        top: likewise.
        light: the grey level of the paper.
    """
    at = next((at for at, word in enumerate(line.words[:2]) if _TWINS.fullmatch(word.text)), None)
    if at is None or (at and len(line.words) > 2):
        return line
    word = line.words[at]
    x0, y0, x1, y1 = word.box
    part = cut[max(0, y0 - top) : max(0, y1 - top), max(0, x0 - left) : max(0, x1 - left)]
    if not part.size:
        return line
    ink = _trimmed(np.asarray(part < light - max(FAINT, (light - float(np.percentile(part, DARKEST))) / 2)))
    if len(word.text) == 2:
        found = _are_two_t(ink)
    else:
        first, last = (round(share * ink.shape[1]) for share in S_ENDS)
        found = any(_are_two_t(_trimmed(ink[:, end:])) for end in range(first, last + 1))
    text = "TT" if len(word.text) == 2 else "STT"
    return line._replace(words=(*line.words[:at], word._replace(text=text), *line.words[at + 1 :])) if found else line


def _trimmed(ink: np.ndarray) -> np.ndarray:
    """Ink without the white around it."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else ink[:0]


def _are_two_t(ink: np.ndarray) -> bool:
    """Whether both halves of a picture are alike, with arms wider than their foot."""
    if min(ink.shape) < LOWEST:
        return False
    one, other = (_trimmed(half) for half in (ink[:, : -(ink.shape[1] // 2)], ink[:, ink.shape[1] // 2 :]))
    high, wide = one.shape
    if any(abs(a - b) > max(1, UNLIKE * a) for a, b in zip(one.shape, other.shape, strict=True)):
        return False
    if not ARMS[0] <= wide / high <= ARMS[1]:
        return False
    same = cv2.resize(other.astype(np.float32), (wide, high), interpolation=cv2.INTER_AREA)
    alike = float(np.corrcoef(same.ravel(), one.ravel().astype(np.float32))[0, 1])
    return alike >= HALVES and _width(one[: high // 4]) >= FOOT * _width(one[-(high // 4) :])


def _width(part: np.ndarray) -> int:
    """From the first to the last column with ink."""
    columns = np.flatnonzero(part.any(axis=0))
    return int(columns[-1] - columns[0]) + 1 if len(columns) else 0


def _first(line: ReadLine, text: str) -> ReadLine:
    """The line with the first character of `text` for its own; its words stay."""
    words = [word.text for word in line.words]
    drop = sum(map(len, words)) - len(text)
    if not words[0][1 + drop :] and len(words) > 1 and len(words[0]) > 1:
        words[0] = text[0]
    else:
        words[0] = text[0] + words[0][1 + drop :]
    return line._replace(words=tuple(word._replace(text=own) for word, own in zip(line.words, words, strict=True)))


def _printed(cut: Picture, light: int) -> np.ndarray:
    """Where a sign is printed, its thin strokes too: half as dark as the darkest of it; as wide as it is."""
    ink = np.asarray(cut < light - max(FAINT, (light - float(np.percentile(cut, DARKEST))) / 2))
    columns = np.flatnonzero(ink.any(axis=0))
    return ink[:, columns[0] : columns[-1] + 1] if len(columns) else ink


def _comparison(ink: np.ndarray) -> str | None:
    """The sign "≥" or "≤" where a chevron stands over a bar; None where there is none."""
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < 8:
        return None
    ink = ink[rows[0] : rows[-1] + 1]
    high, wide = ink.shape
    across = ink.sum(axis=1)
    lower = high - max(2, round(LOWER * high))
    if across[lower:].max() < FULL * wide or across[:lower].max() >= MORE * across[lower:].max():
        return None
    bar = lower + int(np.argmax(across[lower:] >= FULL * wide))
    chevron = ink[:bar]
    top = _middle(chevron[: max(1, round(TOP * high))]) / wide
    if abs(top - 0.5) < ASIDE:  # a "2"
        return None
    upper, middle, below = (_middle(part) / wide for part in np.array_split(chevron[: _end(chevron)], 3))
    if middle - upper > LEANS and middle - below > LEANS:
        return "≥"
    if upper - middle > LEANS and below - middle > LEANS:
        return "≤"
    return None


def _end(chevron: np.ndarray) -> int:
    """The row behind the chevron's last: the white above the bar is none of it."""
    rows = np.flatnonzero(chevron.any(axis=1))
    return int(rows[-1]) + 1 if len(rows) else 0


def _middle(part: np.ndarray) -> float:
    """The middle of the ink of some rows."""
    columns = np.flatnonzero(part.any(axis=0))
    return float(np.average(np.arange(part.shape[1]), weights=part.sum(axis=0))) if len(columns) else 0.0
