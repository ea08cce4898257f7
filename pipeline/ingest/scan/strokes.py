"""Correcting figures in short cells by the strokes of the picture: spaces, signs of comparison, numerals.

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
TOP, ASIDE = 0.12, 0.12  # of its height and width: how far its highest ink stands from its middle
LEANS = 0.08  # of its width: by how much the ends of a chevron lie to the left of its point, or to the right

BAR = 0.42  # of its height: no bar of a numeral and no slash is wider, but for its slant
UPPER, UNDER = 0.5, 0.05  # of the type's height above the baseline: between them stands a dash
DASH, SEEN = (0.15, 0.6), 0.8  # em: how long it is; its confidence

QUARTER = frozenset(("quý", "quí", "qúy"))
NUMBERED = QUARTER | {"mục", "phần", "chương", "lục"}  # words before a Roman numeral
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
BAND = (0.3, 0.7)  # of a numeral's height: its strokes there, without serifs
UPRIGHT = 0.15  # columns to a row: a bar leans no more; slashes and the legs of a V lean by 0.25 to 0.45
PLAIN = 0.8  # confidence of a numeral that stays without its strokes
BARELY = 0.3  # the confidence of a numeral whose strokes do not say which it is

_NUMERAL = re.compile(r"(?P<head>[IVXUHNLJTl1|!\[\]/⁄iíìïÏÍÌĨỊ]{1,6}?)(?P<year>(?:(?:19|20)\d\d)?)(?P<end>[.,;:)]*)")
_STROKES = re.compile(r"(\|{0,3}(?:\\/\|{0,3})?)(?P<rest>.*)")
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
        sign = _comparison(cut[:, found[0].x0 : found[0].x1] < light - INK)
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


def with_numerals(line: ReadLine, cut: Picture, left: int, top: int, light: int) -> ReadLine:
    """Correct Roman numerals by their strokes: of titles, and behind "quý" and the like ("Quý IU2025" is Quý II/2025).

    Args:
        line: as it was read.
        cut: the picture it was read from, or a part of it, grey.
        left: where that was cut out, in pixels of the page.
        top: likewise.
        light: the grey level of the paper.
    """
    words = list(line.words)
    for at, word in enumerate(words):
        before = words[at - 1].text.casefold() if at else ""
        opens = not at and word.text.endswith(".") and len(words) > 1 and words[1].text[:1].isupper()
        match = _NUMERAL.fullmatch(word.text) if before in NUMBERED or opens else None
        if match is None or (before not in QUARTER and match["head"].isdigit()):  # an annex may have the number 11
            continue
        x0, y0, x1, y1 = word.box
        rows, columns = slice(max(0, y0 - top - 1), y1 - top + 1), slice(max(0, x0 - left - 1), x1 - left + 1)
        seen = numeral(cut[rows, columns], light, bool(match["year"]))
        read = match["head"].rstrip("/⁄")
        if seen is None or ("V" in read and "V" not in seen):
            sure = opens or (read in NUMERALS and word.confidence >= PLAIN)  # titles are counted
            words[at] = word if sure else word._replace(confidence=min(word.confidence, BARELY))
        elif (seen, read) != ("I", "1"):
            year = "/" + match["year"] if match["year"] else ""
            words[at] = word._replace(text=seen + year + match["end"])
    return line._replace(words=tuple(words))


def numeral(cut: Picture, light: int, year: bool) -> str | None:
    """Read a Roman numeral of one to eight by its strokes at half its height, where serifs do not join them.

    Args:
        cut: the numeral and what is printed to it, grey.
        light: the grey level of the paper.
        year: a slash and a year stand behind it.

    Returns:
        The numeral; None where its strokes do not say which it is.
    """
    ink = cut < light - INK
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < 8:
        return None
    high = int(rows[-1] - rows[0]) + 1
    band = ink[rows[0] + round(BAND[0] * high) : rows[0] + round(BAND[1] * high)]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(band.astype(np.uint8), connectivity=8)
    kinds, italic = "", 0.0
    for _, at in sorted((stats[at, 0], at) for at in range(1, count) if stats[at, 3] >= 0.6 * len(band)):
        own = labels == at
        third = max(1, len(band) // 3)
        slope = (_middle(own[:third]) - _middle(own[-third:])) / (len(band) - third)
        if not kinds and UPRIGHT / 2 < slope < 3 * UPRIGHT:
            italic = slope
        narrow = stats[at, 2] - abs(slope) * len(band) <= BAR * high
        slope -= italic
        kinds += "?" if not narrow else "|" if abs(slope) <= UPRIGHT else "/" if slope > 0 else "\\"
    read = _STROKES.fullmatch(kinds)
    if read is None or (read["rest"] and not (year and read["rest"][0] == "/")):
        return None
    found = read[1].replace("\\/", "V").replace("|", "I")
    return found if found in NUMERALS[: 4 if year else 8] else None


def _first(line: ReadLine, text: str) -> ReadLine:
    """The line with the first character of `text` for its own; its words stay."""
    words = [word.text for word in line.words]
    drop = sum(map(len, words)) - len(text)
    if not words[0][1 + drop :] and len(words) > 1 and len(words[0]) > 1:
        words[0] = text[0]
    else:
        words[0] = text[0] + words[0][1 + drop :]
    return line._replace(words=tuple(word._replace(text=own) for word, own in zip(line.words, words, strict=True)))


def _comparison(ink: np.ndarray) -> str | None:
    """The sign "≥" or "≤" where a chevron stands over a bar; None where there is none."""
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < 8:
        return None
    ink = ink[rows[0] : rows[-1] + 1]
    high, wide = ink.shape
    across = ink.sum(axis=1)
    lower = high - max(2, round(LOWER * high))
    if across[lower:].max() < FULL * wide or across[:lower].max() >= FULL * wide:
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
