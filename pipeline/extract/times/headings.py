"""Times of headings and lead-ins: which of them hold for the items below."""

from __future__ import annotations

import re

from pipeline.extract.times.model import ParsedDeadline
from pipeline.language.folding import fold
from pipeline.schema import DeadlineKind

_NO_MORE = re.compile(r"(?:giai đoạn \w+|trong|cả|[\s():.,;-])*")
_AT_LAST = re.compile(r"\btrong $")


def lends(text: str, due: ParsedDeadline) -> bool:
    """Whether a heading's time holds for the items below: "Mục tiêu đến năm 2030:"; not the year of a plan's name."""
    if due.kind in (DeadlineKind.BY, DeadlineKind.DURING):
        return True
    before, behind = fold(text[: due.start]), fold(text[due.end :])
    if _NO_MORE.fullmatch(before) and _NO_MORE.fullmatch(behind):
        return due.kind is not None  # "NĂM 2026", "Giai đoạn 2 (năm 2026):"
    if due.kind is not DeadlineKind.IN or due.start <= len("Trong cả ") and not behind.rstrip().endswith(":"):
        return False
    return due.start <= len("Trong cả ") or bool(_AT_LAST.search(before) and _NO_MORE.fullmatch(behind))
