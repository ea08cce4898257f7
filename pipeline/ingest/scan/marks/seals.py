"""Detecting the rings of seals printed without colour, and removing them: they run through letters and cells.

The seal of an office is 30 to 36 mm wide (Circular 27/2022/TT-BCA and those before it): two or three rings around its
name, a third over the signature or cut off at the edge of a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.ingest.pdf.frame import Floats, Integers
from pipeline.ingest.scan.picture import INK, Picture, PictureMark, Prepared, paper
from pipeline.ingest.scan.text_blocks import Ink

RADIUS = (4.5, 10.0)  # times the height of letters: that of a seal's rings
SMALL = 6.0  # pixels: the height of letters on the picture on which circles are looked for
EDGE, VOTES = 150, 30  # of Hough's transform with gradients (Yuen et al., 1990)
LIKELY = 8  # circles with most votes that are looked at
AROUND = 0.45  # of a ring's angles that lie on the page, so many have ink: on typeset pages no circle had 0.36
SEEN = 0.25  # of a circle: the least that lies on the page
ANGLES, FINE = 360, 1440  # points of a circle that are looked at, and that are made light
INNER = 0.4  # of a seal's radius: rings within are its letters
WARPED = 2  # pixels by which a ring may be off a circle, half of its own width among them
BESIDE = 5  # pixels from a point of a ring: ink to both sides of it is a letter that crosses


class SealRing(NamedTuple):
    """The middle and the radius of a ring of a seal, in pixels."""

    x: float
    y: float
    radius: float


def without_seals(ready: Prepared) -> Prepared:
    """Remove the rings of seals from a page, and remember where they stand; a letter that crosses one stays.

    Args:
        ready: the page; one whose stamps were seen by their colour is left as it is.
    """
    if any(mark.kind == "stamp" for mark in ready.marks):
        return ready
    grey = ready.grey
    ink = grey < paper(grey) - INK
    out, marks = grey.copy(), []
    for ring in _rings(grey, ink, ready.letters):
        x, y, radius = _erased(out, ink, ring)
        sides = (x - radius, y - radius, x + radius, y + radius)
        marks.append(PictureMark("seal", *(side / ready.scale for side in sides)))
    return replace(ready, grey=out, marks=(*ready.marks, *marks)) if marks else ready


def _rings(grey: Picture, ink: Ink, letters: float) -> Iterator[SealRing]:
    """A ring of each seal."""
    scale = min(1.0, SMALL / letters)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    low, high = (round(times * letters * scale) for times in RADIUS)
    wider = cv2.copyMakeBorder(
        small, 0, 0, high, high, cv2.BORDER_CONSTANT, value=paper(grey)
    )  # for middles off the page
    found = cv2.HoughCircles(
        wider, cv2.HOUGH_GRADIENT, 1, low, param1=EDGE, param2=VOTES, minRadius=low, maxRadius=high
    )
    seals: list[SealRing] = []
    for x, y, radius in [] if found is None else ((found[0][:LIKELY] - (high, 0, 0)) / scale).tolist():
        if any(np.hypot(x - one.x, y - one.y) < one.radius for one in seals):
            continue
        ring = _nearest(ink, _nearest(ink, SealRing(x, y, radius), 4), 1)
        if _seen(ink, ring.x, ring.y, np.array([ring.radius]))[0] >= AROUND:
            seals.append(ring)
            yield ring


def _nearest(ink: Ink, ring: SealRing, step: int) -> SealRing:
    """The circle with most ink on it up to two steps (pixels) from one."""
    moves = range(-2 * step, 2 * step + 1, step)
    radii = np.arange(ring.radius - 2 * step, ring.radius + 2 * step + 1)
    shares = {(across, down): _seen(ink, ring.x + across, ring.y + down, radii) for across in moves for down in moves}
    (across, down), best = max(shares.items(), key=lambda one: one[1].max())
    return SealRing(ring.x + across, ring.y + down, float(radii[best.argmax()]))


def _points(shape: tuple[int, ...], x: float, y: float, radii: Floats, count: int) -> tuple[Integers, Integers, Ink]:
    """Where points lie, by their angle (down) and distance (across) from a middle, and whether on the page."""
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)[:, None]
    rows, columns = (np.rint(at).astype(int) for at in (y + radii * np.sin(angles), x + radii * np.cos(angles)))
    on = (rows >= 0) & (rows < shape[0]) & (columns >= 0) & (columns < shape[1])
    return np.where(on, rows, 0), np.where(on, columns, 0), on


def _seen(ink: Ink, x: float, y: float, radii: Floats) -> Floats:
    """The share of each circle's points on the page that have ink; 0 where too little of it lies there."""
    rows, columns, on = _points(ink.shape, x, y, radii, ANGLES)
    count = on.sum(axis=0)
    return np.asarray(
        np.where(count >= SEEN * ANGLES, (ink[rows, columns] & on).sum(axis=0) / np.maximum(count, 1), 0.0)
    )


def _erased(out: Picture, ink: Ink, ring: SealRing) -> SealRing:
    """Make the rings around a middle as light as the paper; the outermost of them."""
    radii = np.arange(BESIDE, 1.2 * ring.radius + BESIDE)
    rows, columns, on = _points(ink.shape, ring.x, ring.y, radii, FINE)
    dark = ink[rows, columns] & on
    most = np.flatnonzero(_seen(ink, ring.x, ring.y, radii) >= AROUND)
    most = most[radii[most] >= INNER * ring.radius]
    crossed = np.zeros_like(dark)
    crossed[:, BESIDE:-BESIDE] = dark[:, : -2 * BESIDE] & dark[:, 2 * BESIDE :]
    near = np.zeros(len(radii), bool)
    near[np.unique(np.clip(most[:, None] + np.arange(-WARPED, WARPED + 1), 0, len(radii) - 1))] = True
    taken = dark & ~crossed & near
    out[rows[taken], columns[taken]] = paper(out)
    return ring._replace(radius=float(radii[most[-1]]) if len(most) else ring.radius)
