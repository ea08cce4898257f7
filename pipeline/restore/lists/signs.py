"""The signs of lists and the numbers of rows that were misread, of a whole document."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Line, Page
from pipeline.restore.lists.bullets import bullets
from pipeline.restore.lists.gaps import filled
from pipeline.restore.readings import RestoredReading
from pipeline.restore.scan_markers import check
from pipeline.restore.scan_row_numbers import counted


def signs_of_lists(pages: Sequence[Page]) -> dict[int, RestoredReading]:
    """The signs of lists and the numbers of rows that were misread, by the numbers of their lines from 1."""
    lines = [line for page in pages for line in page.lines]
    plain = [line.text if _is_plain(line) else None for line in lines]
    found = dict(filled(plain)) | dict(bullets(plain))
    found |= dict(check(lines)) | dict(counted(pages))
    return {number + 1: sign for number, sign in found.items()}


def has_confidence(line: Line) -> bool:
    """Whether the reader of a line says how sure it was of its words."""
    return any(word.confidence is not None for word in line.words[:1])


def _is_plain(line: Line) -> bool:
    return line.table is None and line.furniture is None and not has_confidence(line)
