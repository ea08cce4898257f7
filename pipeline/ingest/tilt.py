"""Text that stands at an angle: a page that is printed so is turned level, what stands across one is left out."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin

import numpy as np
import numpy.typing as npt

from pipeline.ingest.pdf.frame import Floats, Integers
from pipeline.ingest.pdf.glyphs import Glyphs
from pipeline.language.normal import nfc

MAX_SKEW = 12.0  # degrees that a line may fall or rise; at more it stands at an angle
MIN_SIZE = 0.5  # points: nobody sees smaller type
SAME_TILT = 1.0  # degrees
ENOUGH = 40  # letters at an angle: a page with fewer bears a stamp or a watermark, not its text
SHOWN = 60  # characters of what is left out that are told


def visible(glyphs: Glyphs, width: float, height: float) -> Integers:
    """The indices of the glyphs that print: not PDFium's made-up ones, not those off the page."""
    if not glyphs.runs:
        return np.zeros(0, np.int64)
    codes = np.frombuffer(glyphs.text.encode("utf-32-le"), np.uint32)
    middle_x, middle_y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.y0 + glyphs.y1) / 2
    on_page = (middle_x >= -1) & (middle_x <= width + 1) & (middle_y >= -1) & (middle_y <= height + 1)
    printing = (codes >= 32) | (codes == 2) | (codes == 9)
    kept: Integers = np.flatnonzero(on_page & printing & (glyphs.run >= 0))
    return kept


def level(glyphs: Glyphs) -> npt.NDArray[np.bool_]:
    """Tell for each run whether it is level, or upright on the turned page; shape (runs,)."""
    return np.abs(_skews(glyphs)) <= MAX_SKEW


def levelled(glyphs: Glyphs, kept: Integers, width: float, height: float) -> tuple[Glyphs, float]:
    """Turn the glyphs of a page level where most of its text stands at an angle.

    Args:
        glyphs: of the page.
        kept: the indices of those that print.
        width: of the page as displayed, in points.
        height: likewise.

    Returns:
        The glyphs, turned about the middle of the page, and by how many degrees their lines fell to the right; as they
        are and 0 where most text is level or there is little.
    """
    even = level(glyphs)
    if even.all():
        return glyphs, 0.0
    skews = _skews(glyphs)
    letters = np.bincount(glyphs.run[kept], minlength=len(glyphs.runs))
    tilts = skews[~even]
    near = np.abs(tilts[:, None] - tilts[None, :]) <= SAME_TILT
    tilt = float(tilts[int((near * letters[~even]).sum(axis=1).argmax())])
    along = np.abs(skews - tilt) <= SAME_TILT
    if letters[along].sum() < max(ENOUGH, letters[even].sum()):
        return glyphs, 0.0
    return _turned(glyphs, tilt, along, width, height), tilt


def left_out(glyphs: Glyphs, width: float, height: float) -> str:
    """The text that stands at an angle across a page of other text, at most `SHOWN` characters; empty for none."""
    if level(glyphs).all():
        return ""
    kept = visible(glyphs, width, height)
    glyphs, _ = levelled(glyphs, kept, width, height)
    across = kept[~level(glyphs)[glyphs.run[kept]]]
    starts = np.diff(glyphs.run[across], prepend=-1) != 0
    pieces = [(" " if new else "") + glyphs.text[at] for at, new in zip(across.tolist(), starts.tolist(), strict=True)]
    text = " ".join(nfc("".join(pieces)).split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def _skews(glyphs: Glyphs) -> Floats:
    """How far each run is from level or upright, in degrees; shape (runs,)."""
    return (np.array([run.angle for run in glyphs.runs]) + 45) % 90 - 45


def _turned(glyphs: Glyphs, tilt: float, along: npt.NDArray[np.bool_], width: float, height: float) -> Glyphs:
    """The glyphs turned back by `tilt` degrees; `along` says which runs are level then."""
    cosine, sine = cos(radians(tilt)), sin(radians(tilt))

    def turn(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        right, down = x - width / 2, y - height / 2
        return right * cosine + down * sine + width / 2, down * cosine - right * sine + height / 2

    run = glyphs.run
    x, y = turn((glyphs.x0 + glyphs.x1) / 2, (glyphs.y0 + glyphs.y1) / 2)
    base_x, base_y = turn(glyphs.base_x, glyphs.base_y)
    sizes = np.array([one.size for one in glyphs.runs])[run]
    upwards = np.array([round((one.angle - tilt) / 90) % 2 == 1 for one in glyphs.runs])[run]
    wide = _advances(glyphs, np.where(upwards, y, x), sizes, upwards, (run >= 0) & along[run], cosine, abs(sine))
    half_x, half_y = np.where(upwards, sizes, wide) / 2, np.where(upwards, wide, sizes) / 2
    runs = tuple(one._replace(angle=one.angle - tilt) for one in glyphs.runs)
    return replace(
        glyphs,
        x0=x - half_x,
        x1=x + half_x,
        y0=y - half_y,
        y1=y + half_y,
        base_x=base_x,
        base_y=base_y,
        runs=runs,
    )


def _advances(
    glyphs: Glyphs,
    middle: Floats,
    sizes: Floats,
    upwards: npt.NDArray[np.bool_],
    chosen: npt.NDArray[np.bool_],
    cosine: float,
    sine: float,
) -> Floats:
    """How wide each glyph is along its line.

    The level box around a glyph of w by h that stands at an angle is w cos + h sin wide. Letters of a run touch: the
    boxes and the distances of neighbours give h, as a share of the size, and that gives w.
    """
    box = np.where(upwards, glyphs.y1 - glyphs.y0, glyphs.x1 - glyphs.x0)
    pairs = np.flatnonzero((glyphs.run[1:] == glyphs.run[:-1]) & chosen[1:])
    apart = np.abs(middle[pairs + 1] - middle[pairs])
    share = ((box[pairs] + box[pairs + 1]) / 2 - apart * cosine) / (sine * np.maximum(sizes[pairs], MIN_SIZE))
    high = float(np.median(share)) if len(share) else 1.0
    wide: Floats = np.maximum((box - high * sizes * sine) / cosine, 0.0)
    return wide
