"""What stands above the first item of a document: its grounds, and what tells of the situation."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.folding import fold
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.rules import opening

_TITLES = ("phan", "chuong", "upper", "roman")  # what stands above all else in a plan


def split_preamble(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs before the first element; a căn cứ may carry a dash, as may what tells of the situation."""
    first = _first_title(paragraphs)
    for index, one in enumerate(paragraphs):
        marker = one.marker
        if one.sheet is not None:
            return list(paragraphs[:index]), list(paragraphs[index:])
        if marker is None:
            continue
        if marker.is_bullet and (opening("basis").match(fold(one.passage.text)) or index < first):
            continue
        return list(paragraphs[:index]), list(paragraphs[index:])
    return list(paragraphs), []


def _first_title(paragraphs: Sequence[Paragraph]) -> int:
    """Where the first title is, "I. …", if above it only text and bullets stand that nothing announces; else 0.

    They tell of the situation: an order to somebody is announced, or stands below a title.
    """
    at = next((n for n, one in enumerate(paragraphs) if one.sheet or one.marker and not one.marker.is_bullet), 0)
    bullet = next((n for n, one in enumerate(paragraphs[:at]) if one.marker is not None), 0)
    marker = paragraphs[at].marker if paragraphs else None
    if marker is None or marker.style.name not in _TITLES or bullet == 0:
        return 0
    return at if paragraphs[bullet - 1].passage.text.rstrip().endswith(".") else 0
