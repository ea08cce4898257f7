"""Where an annex begins that no sign-off stands above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.outline.numbering import read_marker
from pipeline.outline.paragraphs import BodyLine
from pipeline.outline.record.head import type_of
from pipeline.outline.rules import goes_over, opening, pattern

_ANNEX_HEAD = re.compile(r"phụ lục(?: số)?(?: (?:[ivx]+|\d{1,2}))?(?=[\s.:-]|$)")
_ANNEX_ALONE = re.compile(r"phụ lục(?: số)? (?:[ivx]+|\d{1,2})\W*")


def _is_headed(rows: Sequence[BodyLine], index: int) -> bool:
    """Whether the title of an annex in capitals, what it is issued with or its table stands below its name."""
    below = rows[index + 1] if index + 1 < len(rows) else None
    if below is None or goes_over(rows[index - 1].text, rows[index].text):
        return False
    return below.sheet is not None or in_capitals(below.text) or bool(pattern("attached").match(fold(below.text)))


def begins_annex(rows: Sequence[BodyLine], index: int) -> bool:
    """Tell whether an annex begins at a line although nobody signed above it.

    Args:
        rows: lines of the body.
        index: of the line.
    """
    text = rows[index].text
    if in_capitals(text) and len(text) <= 120 and _ANNEX_HEAD.match(fold(text)):
        return True
    if _ANNEX_ALONE.fullmatch(fold(text)) and text[:1].isupper() and _is_headed(rows, index):
        return True
    if len(text) < 40 and pattern("forms").match(fold(text)) and index + 1 < len(rows):
        return in_capitals(rows[index + 1].text) and not read_marker(rows[index + 1].text)  # "Mẫu số 01", "BÁO CÁO …"
    if not in_capitals(text) or len(text) > 60 or read_marker(text):
        return False
    if not (type_of(text) or opening("annex_heads").match(fold(text))):
        return False
    return any(pattern("attached").match(fold(r.text)) for r in rows[index + 1 : index + 9])


def begins_next_annex(rows: Sequence[BodyLine], index: int, above: int) -> bool:
    """Tell whether another annex begins at a line below an annex of which no more than lines is read.

    Args:
        rows: lines of the body.
        index: of the line.
        above: index of the line at which the part that it stands in begins; the document itself is no annex.
    """
    begun = above and any(_ANNEX_ALONE.fullmatch(fold(row.text)) for row in rows[above : above + 2])
    return bool(begun) and index > above + 2 and bool(_ANNEX_ALONE.fullmatch(fold(rows[index].text)))
