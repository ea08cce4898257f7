"""Finding the regions of a page that hold no text to be read: stamps, signatures, handwriting, pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from pipeline.document import Box, Furniture, Page, TextOrigin
from pipeline.ingest.furniture import is_signature
from pipeline.ingest.pdf.pdfium import RawPage
from pipeline.ingest.scan.page import PageMark, Scan
from pipeline.ingest.words import TurnedRows
from pipeline.schema import RegionKind

HEAD = 0.25  # of the first page's height: a pen writes the serial and the day above, and signs below
NEAR = 6.0  # points: parts of one stamp or signature stand no further apart
LEAST = 10.0  # points: a picture lower or narrower is an ornament
PAGE = 0.5  # of the page: a larger picture is the page itself, or its ground
DRAWN = 24.0  # points: the picture of a number or a day is lower, that of a seal or a signature is not
MOST = 100  # regions of one page


class PageRegion(NamedTuple):
    """A region and where it stands on the page as displayed, in points."""

    kind: RegionKind
    box: Box


def of_marks(scan: Scan, number: int) -> tuple[PageRegion, ...]:
    """The stamps and pen strokes that were taken out of a picture, on the page as it is displayed.

    Args:
        scan: the page as it was read.
        number: of the page, from 1.
    """
    frame = TurnedRows(scan.turn, scan.width, scan.height, ())  # marks are seen before the page is deskewed
    return joined(PageRegion(_kind(mark, scan, number), frame.box(mark.box)) for mark in scan.marks)


def _kind(mark: PageMark, scan: Scan, number: int) -> RegionKind:
    if mark.kind == "code":
        return RegionKind.FIGURE
    if mark.kind != "pen":
        return RegionKind.STAMP
    in_head = number == 1 and (mark.box.y0 + mark.box.y1) / 2 < HEAD * scan.height
    return RegionKind.HANDWRITING if in_head else RegionKind.SIGNATURE


def with_drawn(page: Page, raw: RawPage) -> Page:
    """Add what is drawn on a page of a PDF: the appearance of its signatures, and pictures.

    Where the text was read from the picture of the page, its images are its paper and no figures. Stamps and strokes in
    the appearance of a signature are part of it.

    Args:
        page: as it was read.
        raw: the page as PDFium gives it.
    """
    signed = [PageRegion(RegionKind.SIGNATURE, _on(raw, box)) for box in raw.signed if _shows_signature(raw, box)]
    most = PAGE * raw.width * raw.height
    figures = [
        PageRegion(RegionKind.FIGURE, box)
        for box in raw.pictures
        if page.text_origin is TextOrigin.TEXT_LAYER and _area(box) <= most and not _is_note(raw, box)
    ]
    drawn = [one for one in (*joined(signed), *joined(figures)) if _is_seen(one.box)]
    drawn = [one for one in drawn if one.kind is RegionKind.SIGNATURE or _area(one.box) <= most]
    kept = [PageRegion(*one) for one in page.regions if not any(_within(one[1], sign.box) for sign in signed)]
    return replace(page, regions=(*kept, *drawn)) if drawn else page


def _shows_signature(raw: RawPage, box: Box) -> bool:
    """Whether the appearance of a signature is one: programs sign for a stamped number or day too, which is text."""
    text = _text_in(raw, box)
    return not text or is_signature(text)


def _text_in(raw: RawPage, box: Box) -> str:
    """What an annotation prints in a box; empty where that has no letter and no figure."""
    glyphs = raw.glyphs
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.y0 + glyphs.y1) / 2
    inside = (np.arange(len(glyphs.text)) >= raw.own) & (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)
    text = "".join(glyphs.text[at] for at in np.flatnonzero(inside).tolist())
    return text if any(map(str.isalnum, text)) else ""


def over_print(raw: RawPage) -> tuple[Box, ...]:
    """The appearances of signatures that programs draw over a page: over the picture of one they hide what it says.

    Args:
        raw: the page as PDFium gives it.
    """
    most = PAGE * raw.width * raw.height
    return tuple(
        box
        for box in raw.signed
        if _area(box) <= most and _shows_signature(raw, box) and (_text_in(raw, box) or box.y1 - box.y0 >= DRAWN)
    )


def _is_note(raw: RawPage, box: Box) -> bool:
    return any(_within(box, note) for note in raw.notes)


def _on(raw: RawPage, box: Box) -> Box:
    """The part of a box that lies on the page."""
    return Box(max(0.0, box.x0), max(0.0, box.y0), min(raw.width, box.x1), min(raw.height, box.y1))


def _is_seen(box: Box) -> bool:
    return min(box.x1 - box.x0, box.y1 - box.y0) >= LEAST


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def with_furniture(page: Page) -> Page:
    """Add the blocks of digital signatures that are printed as text on a page whose furniture is marked."""
    before = [PageRegion(*region) for region in page.regions]
    lines = [line.box for line in page.lines if line.box and line.furniture is Furniture.DIGITAL_SIGNATURE]
    blocks = [
        PageRegion(RegionKind.SIGNATURE, box) for box in lines if not any(_within(box, one.box) for one in before)
    ]
    return replace(page, regions=joined((*before, *blocks))[:MOST]) if before or blocks else page


def joined(regions: Iterable[PageRegion]) -> tuple[PageRegion, ...]:
    """Regions with the parts of one kind that stand near each other made one, from the top of the page down."""
    out: list[PageRegion] = []
    for region in regions:
        while near := [other for other in out if other.kind is region.kind and _are_near(other.box, region.box)]:
            out = [other for other in out if other not in near]
            for other in near:
                region = PageRegion(region.kind, _around(region.box, other.box))
        out.append(region)
    return tuple(sorted(out, key=lambda region: (region.box.y0, region.box.x0, region.kind)))


def _are_near(one: Box, other: Box) -> bool:
    return (
        max(one.x0, other.x0) - min(one.x1, other.x1) <= NEAR and max(one.y0, other.y0) - min(one.y1, other.y1) <= NEAR
    )


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes have a part in common."""
    return min(one.x1, other.x1) > max(one.x0, other.x0) and min(one.y1, other.y1) > max(one.y0, other.y0)


def _within(box: Box, other: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1


def _around(one: Box, other: Box) -> Box:
    return Box(min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1))
