"""Text of a page that nobody sees: white, transparent, cut off by a clip, covered, on a layer that is switched off.

What may be hidden is told from the page's objects; then the page is drawn with it and without it, and where the two
drawings agree nothing of it is seen. The layer of a reader of scans, which lies unseen on the picture of its page, is
judged as a whole (`text_layer`), not here.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as native
from pypdfium2 import PdfPage

from pipeline.document import Box
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.artifacts import mark_name
from pipeline.ingest.pdf.frame import DisplayFrame
from pipeline.ingest.pdf.glyphs import Glyphs, Mask
from pipeline.ingest.pdf.objects import MAX_OBJECTS, DrawnObjects, matrix_of, times
from pipeline.ingest.scan.page import MAX_PIXELS

Colour = tuple[int, int, int]
_BLACK = (0, 0, 0, 255)

PALE = 225  # of 255 in each colour: paler text is seen on a dark ground alone
UNLIKE = 40  # of 255: colours that differ by less in each part are not told apart
CLEAR = 13  # of 255: what is less opaque is not seen
OPAQUE = 250
TINY = 1.5  # points: nobody reads smaller type
LEAST = 3.0  # points: a lower or narrower area covers no letter
DPI = 100.0
SEEN = 24  # of 255: a lighter trace is none
MOST_CLIPS = 4  # paths of a clip that are looked at
MAX_COVERS = 2000

_NO_INK = (native.FPDF_TEXTRENDERMODE_INVISIBLE, native.FPDF_TEXTRENDERMODE_CLIP)
_STROKED = (native.FPDF_TEXTRENDERMODE_STROKE, native.FPDF_TEXTRENDERMODE_STROKE_CLIP)


class Cover(NamedTuple):
    """An area painted over what came before it: its box on the page as displayed, its place in the order, its colour.

    `colour` is None for a picture.
    """

    box: Box
    order: int
    colour: Colour | None


class PageTraits(NamedTuple):
    """What else matters of a page.

    `scanned`: a picture fills it, and text without ink, or below it, is the layer of what reads scans. `layered`: the
    document has layers that can be switched off. `fields` are the boxes of fields to be filled in: their ground, which
    may lie over letters beside them, covers nothing.
    """

    scanned: bool
    layered: bool
    fields: tuple[Box, ...] = ()


def unseen(
    page: PdfPage,
    text: Glyphs,
    owners: Sequence[int],
    colours: Sequence[Colour | None],
    drawn: DrawnObjects,
    frame: DisplayFrame,
    traits: PageTraits,
) -> Mask:
    """Find the characters of a page that are not seen.

    Args:
        page: open, as its objects are.
        text: its characters.
        owners: the text object of each of their runs.
        colours: of these, as they look on white.
        drawn: its objects.
        frame: of the page as displayed.
        traits: what else matters of it.

    Returns:
        A mask of shape (n,).
    """
    whole, part = _suspects(text, owners, colours, drawn, frame, traits)
    suspects = whole | part
    tiny = np.array([run.size <= TINY for run in text.runs], bool)
    out = (text.run >= 0) & tiny[text.run] if tiny.any() else np.zeros(len(text.run), bool)
    suspects &= ~out
    if not suspects.any():
        return out
    shown = [owners[run] for run in np.unique(text.run[suspects]).tolist()]
    wide, high = page.get_size()
    scale = min(DPI / 72, float((MAX_PIXELS / max(wide * high, 1.0)) ** 0.5))
    seen = _changed(page, shown, scale)
    wide, high = (text.x1 - text.x0) * 0.15, (text.y1 - text.y0) * 0.05
    sides = np.stack([text.x0 + wide, text.y0 + high, text.x1 - wide, text.y1 - high], axis=1) * scale
    for at in np.flatnonzero(suspects).tolist():
        x0, y0, x1, y1 = np.clip(np.rint(sides[at]), 0, 1e5).astype(int).tolist()
        out[at] = not seen[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)].any()
    # Of a run that may be hidden as a whole a part in sight shows that it is not: the rest are letters that the font
    # on this computer lacks.
    blank = np.array([char.isspace() for char in text.text], bool)
    in_sight = np.unique(text.run[whole & ~out & ~blank])
    out &= part | ~(whole & np.isin(text.run, in_sight))
    return out


def _suspects(
    text: Glyphs,
    owners: Sequence[int],
    colours: Sequence[Colour | None],
    drawn: DrawnObjects,
    frame: DisplayFrame,
    traits: PageTraits,
) -> tuple[Mask, Mask]:
    """The characters of runs that may not be seen at all, and characters that may be covered or cut off."""
    out = np.zeros(len(text.run), bool)
    if not owners:
        return out, out
    own = np.flatnonzero(text.run >= 0)
    starts = np.flatnonzero(np.diff(text.run[own], prepend=-1))  # the characters of a run stand together
    around = np.stack(
        [
            np.minimum.reduceat(text.x0[own], starts),
            np.minimum.reduceat(text.y0[own], starts),
            np.maximum.reduceat(text.x1[own], starts),
            np.maximum.reduceat(text.y1[own], starts),
        ],
        axis=1,
    )
    flagged = [
        (colour is None and not traits.scanned)
        or (colour is not None and min(colour) >= PALE)
        or (not traits.scanned and _is_apart(owner, drawn, traits.layered))
        for owner, colour in zip(owners, colours, strict=True)
    ]
    whole = np.zeros(len(text.run), bool)
    whole[own] = np.array(flagged)[text.run[own]]
    x, y = (text.x0 + text.x1) / 2, (text.y0 + text.y1) / 2
    for (at, clip), run in zip(_clips(owners, frame), around.tolist(), strict=True):
        if clip and (run[0] < clip.x0 or run[1] < clip.y0 or run[2] > clip.x1 or run[3] > clip.y1):
            out |= (text.run == at) & ~((x >= clip.x0) & (x <= clip.x1) & (y >= clip.y0) & (y <= clip.y1))
    order = np.array([drawn.texts.get(owner, MAX_OBJECTS) for owner in owners])
    tint = np.array([colour or (-UNLIKE,) * 3 for colour in colours])
    for cover in _covers(drawn, frame, traits):
        box = cover.box
        near = (around[:, 0] < box.x1) & (around[:, 2] > box.x0) & (around[:, 1] < box.y1) & (around[:, 3] > box.y0)
        if near.any():
            alike = np.abs(tint - (cover.colour or (-9 * UNLIKE,) * 3)).max(axis=1) < UNLIKE
            runs = near & ((order < cover.order) | alike)
            inside = (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)
            out |= (text.run >= 0) & inside & runs[text.run]
    return whole, out


def colours_of(owners: Sequence[int]) -> list[Colour | None]:
    """Give the colour of each text object as it looks on white; None where it leaves no ink."""
    part = (ctypes.c_uint * 4)()
    parts = [ctypes.addressof(part) + 4 * at for at in range(4)]
    out: list[Colour | None] = []
    for owner in owners:
        mode = calls.render_mode(owner)
        known = (calls.stroke_colour if mode in _STROKED else calls.fill_colour)(owner, *parts)
        red, green, blue, alpha = part if known else _BLACK
        if mode in _NO_INK or alpha < CLEAR:
            out.append(None)
        elif alpha == 255:
            out.append((red, green, blue))
        else:
            out.append(tuple(255 - (255 - one) * alpha // 255 for one in (red, green, blue)))  # type: ignore[arg-type]
    return out


def _is_apart(owner: int, drawn: DrawnObjects, layered: bool) -> bool:
    """Whether a text object is drawn otherwise than most: in a form, on a layer, blended with what is below it."""
    if owner in drawn.nested or calls.has_transparency(owner):
        return True
    if not layered:
        return False
    return any(mark_name(calls.mark(owner, at)) == "OC" for at in range(calls.count_marks(owner)))


def _clips(owners: Sequence[int], frame: DisplayFrame) -> Iterator[tuple[int, Box | None]]:
    """For each text object the box within which it is drawn, if it has a clip."""
    x, y = calls.FLOAT(), calls.FLOAT()
    where = ctypes.addressof(x), ctypes.addressof(y)
    for at, owner in enumerate(owners):
        box: Box | None = None
        clip = calls.clip_path(owner)
        for path in range(min(calls.count_clips(clip), MOST_CLIPS) if clip else 0):
            points = []
            for number in range(min(max(calls.count_clip_segments(clip, path), 0), 12)):
                segment = calls.clip_segment(clip, path, number)
                if segment and calls.segment_point(segment, *where):
                    points.append(frame.point(x.value, y.value))
            if points:
                xs, ys = [one for one, _ in points], [one for _, one in points]
                sides = Box(min(xs) - 0.5, min(ys) - 0.5, max(xs) + 0.5, max(ys) + 0.5)
                box = (
                    sides
                    if box is None
                    else Box(max(box.x0, sides.x0), max(box.y0, sides.y0), min(box.x1, sides.x1), min(box.y1, sides.y1))
                )
        yield at, box


def _covers(drawn: DrawnObjects, frame: DisplayFrame, traits: PageTraits) -> Iterator[Cover]:
    """The areas and pictures of a page that hide what was painted before them."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    sides = [calls.FLOAT() for _ in range(4)]
    first = min(drawn.texts.values(), default=0)
    for item, matrix, order in (drawn.paths or ())[:MAX_COVERS]:
        if not calls.object_bounds(item, *(ctypes.addressof(side) for side in sides)):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if min(right - left, top - bottom) < LEAST and matrix[0] == 1.0:
            continue
        if not calls.draw_mode(item, ctypes.addressof(fill), ctypes.addressof(stroke)) or not fill.value:
            continue
        part = (ctypes.c_uint * 4)()
        known = calls.fill_colour(item, *(ctypes.addressof(part) + 4 * at for at in range(4)))
        red, green, blue, alpha = part if known else _BLACK
        if alpha >= OPAQUE and (order > first or min(red, green, blue) < PALE):
            box = _shown((left, bottom, right, top), matrix, frame)
            if not any(_is_within(box, field) for field in traits.fields):
                yield Cover(box, order, (red, green, blue))
    for item, matrix, order in () if traits.scanned else drawn.images:
        a, b, c, d, e, f = times(matrix_of(item), matrix)
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        yield Cover(_shown((min(xs), min(ys), max(xs), max(ys)), (1, 0, 0, 1, 0, 0), frame), order, None)


def _is_within(box: Box, field: Box) -> bool:
    return box.x0 >= field.x0 - 1 and box.y0 >= field.y0 - 1 and box.x1 <= field.x1 + 1 and box.y1 <= field.y1 + 1


def _shown(sides: tuple[float, float, float, float], matrix: tuple[float, ...], frame: DisplayFrame) -> Box:
    """The box on the page as displayed around a box of a form's space."""
    left, bottom, right, top = sides
    a, b, c, d, e, f = matrix
    points = [frame.point(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _changed(page: PdfPage, owners: Sequence[int], scale: float) -> Mask:
    """Where the drawing of a page is another without some of its text objects; `scale`: pixels to a point."""
    whole = _drawn(page, scale)
    handles = [ctypes.cast(owner, native.FPDF_PAGEOBJECT) for owner in owners]
    for handle in handles:
        native.FPDFPageObj_SetIsActive(handle, False)
    try:
        bare = _drawn(page, scale)
    finally:
        for handle in handles:
            native.FPDFPageObj_SetIsActive(handle, True)
    return np.asarray(np.abs(whole.astype(np.int16) - bare.astype(np.int16)).max(axis=2) > SEEN)


def _drawn(page: PdfPage, scale: float) -> npt.NDArray[np.uint8]:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        return np.array(bitmap.to_numpy())
    finally:
        bitmap.close()
