"""Pale text that other text is printed over, as a watermark is; one at an angle is known by that (`tilt`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.ingest.pdf.glyphs import Glyphs, Mask

PALE = 110  # of 255 in each colour: text of the document itself is darker in one of them
DARK = 90  # of 255: text that is printed over it is darker in each
OVER = 0.25  # of the lower of two boxes: lines that are set tight touch each other, and no more
MOST = 300  # pale runs of a page: more are its text
ENOUGH = 3  # glyphs that are printed over it


def printed_over(glyphs: Glyphs, colours: Sequence[tuple[int, int, int] | None]) -> Mask:
    """Find the characters of pale text that dark text is printed over.

    Args:
        glyphs: of a page.
        colours: of each run, red, green and blue, 0 to 255; None for one without ink.

    Returns:
        A mask of shape (n,).
    """
    out = np.zeros(len(glyphs.run), bool)
    pale = [at for at, colour in enumerate(colours) if colour is not None and min(colour) >= PALE]
    if not pale or len(pale) > MOST:
        return out
    dark = np.array([colour is not None and max(colour) <= DARK for colour in colours])
    solid = (glyphs.run >= 0) & ~np.array([char.isspace() for char in glyphs.text])
    over = np.flatnonzero(solid & dark[glyphs.run])
    x0, y0, x1, y1 = (side[over] for side in (glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1))
    for at in pale:
        own = np.flatnonzero(solid & (glyphs.run == at))
        if not len(own):
            continue
        left, top = glyphs.x0[own].min(), glyphs.y0[own].min()
        right, bottom = glyphs.x1[own].max(), glyphs.y1[own].max()
        high = np.minimum(y1, bottom) - np.maximum(y0, top)
        lower = np.minimum(y1 - y0, bottom - top)
        wide = np.minimum(x1, right) - np.maximum(x0, left)
        if np.count_nonzero((high > OVER * lower) & (wide > 0)) >= ENOUGH:
            out |= glyphs.run == at
    return out
