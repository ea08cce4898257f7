"""Text that a tagged PDF marks as an artifact (PDF 32000-1, 14.8.2.2): running heads and feet, numbers of pages."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np

from pipeline.ingest.furniture import BOTTOM, TOP
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.glyphs import Glyphs, Mask

MOST = 0.2  # of the characters of a page: where more are marked the tags are wrong


def artifacts(glyphs: Glyphs, owners: Sequence[int], height: float) -> Mask:
    """Find the characters in the margins of a page that its tags mark as artifacts.

    Args:
        glyphs: of the page.
        owners: the text object of each of their runs.
        height: of the page, in points.

    Returns:
        A mask of shape (n,); of none where the tags are not to be trusted.
    """
    marked = np.array([_is_artifact(owner) for owner in owners], bool)
    if not marked.any():
        return np.zeros(len(glyphs.run), bool)
    printed = glyphs.run >= 0
    out = printed & marked[glyphs.run]
    trusted = np.count_nonzero(out) <= MOST * np.count_nonzero(printed)
    in_margin: Mask = (glyphs.y1 <= TOP * height) | (glyphs.y0 >= BOTTOM * height)
    return in_margin & out if trusted else np.zeros(len(glyphs.run), bool)


def _is_artifact(owner: int) -> bool:
    return any(mark_name(calls.mark(owner, at)) == "Artifact" for at in range(calls.count_marks(owner)))


def mark_name(mark: int | None) -> str:
    """Give the name of a mark of a text object; empty for none."""
    name = ctypes.create_string_buffer(64)
    length = ctypes.c_ulong()
    if not mark or not calls.mark_name(mark, ctypes.addressof(name), 64, ctypes.addressof(length)):
        return ""
    return name.raw[: max(0, min(length.value, 64) - 2)].decode("utf-16-le", "replace")
