"""Pictures of text on a page of text: a table pasted in as a picture is read, and stands where it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.document import Box
from pipeline.ingest.furniture import BOTTOM, TOP
from pipeline.ingest.pdf.faces import sense
from pipeline.ingest.pdf.pdfium import RawPage
from pipeline.ingest.regions import PageRegion, joined
from pipeline.ingest.scan.page import Scan
from pipeline.ingest.scan.rows import rows_of, shown, shown_rules
from pipeline.ingest.words import TextRow, TurnedRows
from pipeline.schema import RegionKind

WIDE, HIGH = 200.0, 20.0  # points: a smaller picture is a stamp, a signature or a sign
OWN = 10  # glyphs on a picture: with more it is the ground of text, or its text is there already
WORDS, SURE, SOUND = 4, 0.7, 0.6  # words that are read, their mean confidence, their share that are syllables
BODY = -1  # the region of what stands in no cell


@dataclass(frozen=True)
class Inset:
    """A picture that was read: where it stands on the page as displayed, in points, and what was read."""

    box: Box
    scan: Scan


def text_pictures(raw: RawPage) -> tuple[Box, ...]:
    """Find the pictures of a page that may be of text: large ones in its body, without text of the page on them.

    Args:
        raw: the page as PDFium gives it.
    """
    if not raw.pictures:
        return ()
    glyphs = raw.glyphs
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.y0 + glyphs.y1) / 2
    out = []
    for region in joined(PageRegion(RegionKind.FIGURE, box) for box in raw.pictures):
        box = region.box
        inside = (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1) & (glyphs.run >= 0)
        in_margin = box.y0 >= BOTTOM * raw.height or box.y1 <= TOP * raw.height
        large = box.x1 - box.x0 >= WIDE and box.y1 - box.y0 >= HIGH
        if large and not in_margin and int(np.count_nonzero(inside)) <= OWN:
            out.append(box)
    return tuple(out)


def is_text(scan: Scan) -> bool:
    """Tell whether a picture shows text: enough words, read surely, most of them syllables."""
    lines = [" ".join(word.text for word in line.words) for line in scan.lines]
    words, wrong = sense(lines)
    return not scan.turn and words >= WORDS and (scan.confidence or 0) >= SURE and wrong <= (1 - SOUND) * words


def with_insets(
    sets: Sequence[tuple[int, TurnedRows]],
    tables: Sequence[Sequence[Box]],
    insets: Sequence[Inset],
    size: tuple[float, float],
) -> tuple[list[tuple[int, TurnedRows]], list[list[Box]], list[Box]]:
    """Put what was read in pictures among the rows and tables of their page.

    Args:
        sets: the rows of each region: a cell's number over all tables, or -1.
        tables: the cells of each table of the page, in points.
        insets: the pictures.
        size: width and height of the page, in points.

    Returns:
        Rows and tables with those of the pictures, and the level rules in these.
    """
    out, cells, rules = list(sets), [list(table) for table in tables], list[Box]()
    for inset in insets:
        x, y = inset.box.x0, inset.box.y0
        first = sum(map(len, cells))
        cells.extend([_moved(cell, x, y) for cell in table] for table in shown(inset.scan))
        rules.extend(_moved(rule, x, y) for rule in shown_rules(inset.scan))
        for region, turned in rows_of(inset.scan):
            rows = tuple(_moved_row(row, x, y) for row in turned.rows)
            at = next((n for n, (of, rest) in enumerate(out) if of == region == BODY and not rest.angle), None)
            if at is None:
                out.append((region if region == BODY else region + first, TurnedRows(0, *size, rows)))
            else:
                together = sorted((*out[at][1].rows, *rows), key=lambda row: row.baseline)
                out[at] = (BODY, replace(out[at][1], rows=tuple(together)))
    return out, cells, rules


def _moved(box: Box, x: float, y: float) -> Box:
    return Box(box.x0 + x, box.y0 + y, box.x1 + x, box.y1 + y)


def _moved_row(row: TextRow, x: float, y: float) -> TextRow:
    tokens = tuple(
        token._replace(x0=token.x0 + x, x1=token.x1 + x, baseline=token.baseline + y) for token in row.tokens
    )
    return TextRow(tokens, row.baseline + y, row.size)
