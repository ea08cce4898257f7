"""Preprocessing a picture for OCR: upright to the tenth of a degree, grey, of the size Tesseract reads best.

What was measured on real scans says what is done and what is left out: no threshold is applied (it costs four times the
errors), no smoothing (it gains nothing), and the size of the type matters little above 150 dpi. What does matter is
done: coloured stamps and pen strokes are removed, uneven light is levelled, dark borders are whitened.

A picture is an array of uint8 of shape (height, width) in grey, or (height, width, 3) in RGB.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.scan.faint import darkened
from pipeline.ingest.scan.marks.codes import find_codes
from pipeline.ingest.scan.page import MAX_PIXELS

Picture = NDArray[np.uint8]  # [row, column] grey, or [row, column, 3] RGB

TYPE = 20.0  # pixels: median height of the letters, marks apart, of 13 pt type at 200 dpi
UNLIKELY_TYPE = (5.0, 120.0)  # pixels: letters lower or higher than this are none
ENOUGH = (0.7, 1.3)  # times: nearer to that size nothing is gained (150, 170, 200, 240, 300 dpi on real scans)
DOT = 0.45  # of the usual height: what is lower is a dot or a mark over a letter
SHRINK, GROW = 0.2, 3.0  # bounds of the change of size
INK = 110  # grey levels below the paper's: darker is ink
COLOURED = 60  # difference between the largest and the smallest of R, G, B from which a pixel is coloured
MARK = 2.6  # times the type height: a coloured blob higher than this is a stamp or a signature, not type
SEAL = 4.5  # times the type height: a red blob no higher is a name or a number that was stamped
LOWER = 0.6  # of a seal's height: what was stamped beside it is no higher
RIM = 5  # of the type height: how far the half-tones around a coloured stroke reach
MAX_SKEW, SKEW_STEP, LEVEL = 6.0, 0.1, 0.15  # degrees searched, how finely, and what is level enough
SCARCE = (0.0007, 0.003)  # of the page: with less ink than a line's nothing is told, up to some lines' less surely
UNEVEN = 40  # grey levels between the darkest and the lightest parts of the paper
STRIP = 128  # rows of a picture that are looked at together
STROKE = 0.55  # times the type height: no stroke of type is thicker, a stain is
STAIN, DEEPEST = 12, 0.4  # a stain is that many grey levels below the paper, and no darker than that share of it
STAINED = 1e-4  # of the picture: with fewer such pixels it is left as it is
BORDER = 0.06  # of the picture: how far in a dark border may reach


class PictureMark(NamedTuple):
    """A stamp or a signature and its box, in pixels of the picture as it came."""

    kind: str  # "stamp" (red), "pen" (blue), "seal" (as black as the print) or "code" (for machines)
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Prepared:
    """A picture ready for OCR.

    `scale` is how many of its pixels make one of the picture it came from; `skew` by how many degrees the lines of the
    page fell to the right (clockwise) before it was deskewed about its middle. `ink` is the share of dark pixels, 0 to
    1, `letters` the median height of a letter in its pixels, `faint` whether some print was
    faint and was made dark.
    """

    grey: Picture
    scale: float
    skew: float
    marks: tuple[PictureMark, ...]
    ink: float
    letters: float
    faint: bool = False


def prepare(picture: Picture) -> Prepared:
    """Preprocess a picture for OCR."""
    picture, codes = _without_codes(picture)
    grey, marks = _without_colour(picture)
    marks = (*codes, *marks)
    grey = _evenly_lit(grey)
    grey = _without_border(grey)
    height = type_height(grey)
    grey = _without_stains(grey, height or TYPE)
    grey, faint = darkened(grey, paper(grey))
    if faint:
        height = type_height(grey)
    scale = 1.0 if height is None else float(np.clip(TYPE / height, SHRINK, GROW))
    scale = min(scale, (MAX_PIXELS / grey.size) ** 0.5)
    if ENOUGH[0] < scale < ENOUGH[1]:
        scale = 1.0
    grey = resized(grey, scale)
    skew = skew_of(grey)
    if skew:
        grey = rotated(grey, skew)
    return Prepared(grey, scale, skew, marks, float(_ink(grey).mean()), (height or TYPE) * scale, faint)


def resized(grey: Picture, scale: float) -> Picture:
    """Scale a grey picture."""
    if scale == 1.0:
        return grey
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    return np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)


def rotated(grey: Picture, degrees: float) -> Picture:
    """Rotate a grey picture counter-clockwise about its middle, its corners filled with white."""
    high, wide = grey.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    turned = cv2.warpAffine(grey, matrix, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return np.asarray(turned, np.uint8)


def paper(grey: Picture) -> int:
    """The grey level of the paper: the most frequent one in the upper half of the scale."""
    counts = np.bincount(grey[::4, ::4].ravel(), minlength=256)[128:]
    return 128 + int(counts.argmax()) if counts.any() else 255


def _ink(grey: Picture) -> NDArray[np.bool_]:
    return grey < max(paper(grey) - INK, 60)


def type_height(grey: Picture) -> float | None:
    """The median height of what may be letters, in pixels; None where there are too few to tell."""
    small = min(1.0, 2400 / max(grey.shape))
    ink = _ink(resized(grey, small)).view(np.uint8)
    try:  # labels of two bytes do for any page of text
        _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_16U)
    except cv2.error:  # a page of more than 65,535 specks
        _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high, area = (stats[1:, at].astype(float) for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    least, most = UNLIKELY_TYPE
    letters = (high >= least) & (high <= most) & (wide <= 3 * high) & (high <= 6 * wide) & (area >= 0.15 * wide * high)
    if letters.sum() < 30:
        return None
    # A form has more dots than letters, but less ink in them: what is far lower than the inkiest letters is none.
    order = np.argsort(high[letters])
    ink_below = np.cumsum(area[letters][order])
    usual = high[letters][order][np.searchsorted(ink_below, ink_below[-1] / 2)]
    return float(np.median(high[letters & (high >= DOT * usual)]) / small)


def skew_of(grey: Picture) -> float:
    """Measure by how many degrees the lines of a page fall to the right; 0 where they are level or it cannot be told.

    The angle at which the rows of the page differ most in ink (Postl, 1986).
    """
    small = resized(grey, min(1.0, 700 / max(grey.shape)))
    ink = (_ink(small) * 255).astype(np.uint8)
    share = ink.mean() / 255
    if not SCARCE[0] < share < 0.4:
        return 0.0

    def contrast(angle: float) -> float:
        rows = rotated(255 - ink, angle).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    coarse = np.arange(-MAX_SKEW, MAX_SKEW + 0.01, 0.5)
    best = max(coarse, key=contrast)
    fine = np.arange(best - 0.4, best + 0.41, SKEW_STEP)
    best = max(fine, key=contrast)
    more = 1.02 if share > SCARCE[1] else 1.3
    if abs(best) < LEVEL or abs(best) >= MAX_SKEW or contrast(best) < more * contrast(0.0):
        return 0.0
    return round(float(best), 2)


def _without_codes(picture: Picture) -> tuple[Picture, tuple[PictureMark, ...]]:
    """The picture with its QR codes and barcodes made as light as its paper, and where they stood."""
    grey = picture if picture.ndim == 2 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    codes = find_codes(_ink(grey))
    if not codes:
        return picture, ()
    out, light = picture.copy(), paper(grey)
    for x0, y0, x1, y1 in codes:
        out[y0:y1, x0:x1] = light
    return out, tuple(PictureMark("code", *box) for box in codes)


def _coloured(picture: Picture) -> Picture:
    """1 where a pixel is coloured, else 0; in strips, because pictures are large."""
    found = np.empty(picture.shape[:2], np.uint8)
    for top in range(0, len(picture), STRIP):
        red, green, blue = cv2.split(picture[top : top + STRIP])
        most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
        found[top : top + STRIP] = cv2.subtract(most, least) > COLOURED
    return found


def plain(picture: Picture) -> Picture:
    """Convert a picture without colour to grey, which takes a third of the memory; one with colour stays as it is."""
    if picture.ndim == 2 or not _is_grey(_coloured(picture)):
        return picture
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)


def _is_grey(coloured: Picture) -> bool:
    return cv2.countNonZero(coloured) < 1e-4 * coloured.size


def _without_colour(picture: Picture) -> tuple[Picture, tuple[PictureMark, ...]]:
    """The picture in grey, its large coloured blobs bleached, and where they stood.

    In the brightest of its three channels a coloured stroke is light, and black print under it stays black.
    """
    if picture.ndim == 2:
        return picture, ()
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    coloured = _coloured(picture)
    if _is_grey(coloured):
        return grey, ()
    height = type_height(grey) or TYPE
    reach = max(3, round(height / 2))
    light, size = paper(grey), coloured.size
    # Marks stand on a small part of the page: only there is looked for them.
    left, above, across, down = cv2.boundingRect(coloured)
    left, above, right, below = max(0, left - reach), max(0, above - reach), left + across + reach, above + down + reach
    part = slice(above, below), slice(left, right)
    coloured, shown = coloured[part], grey[part]
    red, green, blue = cv2.split(picture[part])
    most = cv2.max(cv2.max(red, green), blue)
    rim = max(3, round(height / RIM)) | 1
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    bleached, marks = np.zeros_like(coloured), []
    for at, (x, y, wide, high, area) in enumerate(stats.tolist()):
        if not at or high < MARK * height or area < height * height or wide < height:
            continue
        if area > 0.5 * size:  # a coloured paper, not a mark on it
            continue
        window = slice(y, y + high), slice(x, x + wide)
        own = (labels[window] == at) & (coloured[window] > 0)
        bluish = own & (blue[window] > red[window])
        kind = "pen" if 2 * bluish.sum() > own.sum() else "stamp"
        if kind == "stamp" and high < SEAL * height:
            continue  # a name or a post that was stamped is text
        if kind == "stamp":
            bleached[window] |= bluish
            marks += _strokes(bluish, left + x, above + y, height)
            x, wide = _round(own & ~bluish, x)
            window = slice(y, y + high), slice(x, x + wide)
            own = coloured[window] > 0  # with the letters within
        bleached[window] |= own
        marks.append(PictureMark(kind, left + x, above + y, left + x + wide, above + y + high))
    around = cv2.dilate(bleached, np.ones((rim, rim), np.uint8)) > 0
    for top in range(0, len(shown), STRIP):
        rows = slice(top, top + STRIP)
        # Half-tones at the edge of a stroke stay a little dark in every channel.
        paler = np.minimum(most[rows].astype(np.float32) * (255.0 / max(light, 1)), 255)
        paler = np.where(paler > 110, np.minimum(255, paler * 1.5), paler)
        shown[rows] = np.where(around[rows], np.minimum(paler, light), shown[rows]).astype(np.uint8)
    return grey, tuple(marks)


def _strokes(bluish: NDArray[np.bool_], left: int, top: int, height: float) -> list[PictureMark]:
    """The strokes of a pen through a stamp as a mark of their own, where there are any."""
    rows, columns = np.flatnonzero(bluish.any(axis=1)), np.flatnonzero(bluish.any(axis=0))
    if bluish.sum() < height * height:
        return []
    return [PictureMark("pen", left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1)]


def _round(strokes: NDArray[np.bool_], left: int) -> tuple[int, int]:
    """Where a stamp begins and how wide it is; of a round seal and the name that was stamped beside it the seal.

    A seal is as wide as high, and where a blob is wider most of its ink lies there; what is beside is lower.
    """
    high, wide = strokes.shape
    if wide <= high:
        return left, wide
    sums = np.concatenate([[0], np.cumsum(strokes.sum(axis=0))])
    at = int(np.argmax(sums[high:] - sums[:-high]))
    beside = np.flatnonzero(np.delete(strokes, slice(at, at + high), axis=1).any(axis=1))
    return (left, wide) if len(beside) and beside[-1] - beside[0] > LOWER * high else (left + at, high)


def _evenly_lit(grey: Picture) -> Picture:
    """The picture with its paper made white where the light was uneven, as in a photograph."""
    small = resized(grey, min(1.0, 600 / max(grey.shape)))
    reach = max(3, round(max(small.shape) / 25)) | 1
    light = cv2.medianBlur(np.asarray(cv2.dilate(small, np.ones((reach, reach), np.uint8)), np.uint8), reach)
    low, high = np.percentile(light, (2, 98))
    if high - low < UNEVEN:
        return grey
    light = cv2.resize(cv2.GaussianBlur(light, (0, 0), reach / 2), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(light, 60).astype(np.uint8), scale=245), np.uint8)


def _without_stains(grey: Picture, height: float) -> Picture:
    """The picture with stains, shaded cells and what shines through made as light as its paper, the type on them kept.

    The paper below the type is what a grey closing leaves: no stroke is as thick as it reaches.
    """
    reach = max(5, round(STROKE * height)) | 1
    below = np.asarray(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)), np.uint8)
    light = paper(below)  # a little lighter than the paper: of its grain the closing keeps what is lightest
    stained = (below < light - STAIN) & (below > DEEPEST * light)
    if stained.mean() < STAINED:
        return grey
    near = cv2.dilate(stained.view(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    out, lightest = grey.copy(), paper(grey)
    for top in range(0, len(grey), STRIP):
        rows = slice(top, top + STRIP)
        if near[rows].any():
            gain = light / np.clip(below[rows], DEEPEST * light, light).astype(np.float32)
            lightened = np.minimum(grey[rows] * gain, lightest)
            out[rows] = np.where(near[rows], lightened, grey[rows]).astype(np.uint8)
    return out


def _without_border(grey: Picture) -> Picture:
    """The picture with the dark edges whitened that a scanner's lid or a copy leaves."""
    ink = _ink(grey).astype(np.uint8)
    high, wide = ink.shape
    top, side = max(1, int(BORDER * high)), max(1, int(BORDER * wide))
    edges = (ink[0].mean(), ink[-1].mean(), ink[:, 0].mean(), ink[:, -1].mean())
    if max(edges) < 0.02:
        return grey
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=4)
    touching: set[int] = set()
    for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        touching.update(int(value) for value in np.unique(edge))
    dark = []
    for at in touching - {0}:
        x, y, w, h, area = (int(value) for value in stats[at])
        thin = x + w <= side or x >= wide - side or y + h <= top or y >= high - top
        hollow = area < 0.35 * w * h and (w > 0.5 * wide or h > 0.5 * high)  # a frame of border on several sides
        if thin or hollow:
            dark.append(at)
    if not dark:
        return grey
    mask = cv2.dilate(np.isin(labels, dark).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return np.where(mask, np.uint8(paper(grey)), grey)


def turned(picture: Picture, angle: int) -> Picture:
    """Turn a picture upright whose text stands at an angle (90 reads downwards, 180, 270 upwards)."""
    return np.ascontiguousarray(np.rot90(picture, angle // 90)) if angle else picture


def as_array(image: Any) -> Picture:
    """Convert a PIL image to an array, grey or RGB."""
    if image.mode in ("1", "L", "I;16", "I", "F"):
        return np.asarray(image.convert("L"), np.uint8)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        from PIL import Image

        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return np.asarray(Image.alpha_composite(white, clear).convert("RGB"), np.uint8)
    return np.asarray(image.convert("RGB"), np.uint8)


def text_ink(grey: Picture, scale: float) -> NDArray[np.uint8]:
    """Find the ink of a grey page that can be text; rules and large dark areas are left out.

    Args:
        grey: the page.
        scale: pixels a point.

    Returns:
        An array of the same shape, 1 where there is such ink, else 0.
    """
    cv2.setNumThreads(1)  # documents are read side by side already
    ink = (grey < paper(grey) - 80).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = (stats[:, cv2.CC_STAT_WIDTH] > 60 * scale) | (stats[:, cv2.CC_STAT_HEIGHT] > 40 * scale)
    ink[large[labels]] = 0
    return ink
