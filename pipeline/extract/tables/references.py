"""References to tables: "(chi tiết tại Phụ lục II)", "theo Biểu số 1 kèm theo Kế hoạch này"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.document import AssembledTable
from pipeline.knowledge.documents import document_types
from pipeline.language.folding import fold

NEAR = 30  # characters before a label that may point to it
_KIND = r"phụ lục|phụ biểu|biểu|bảng"
_NUMBER = r"(?:[ivx]+|\d{1,2}|[a-h])(?!\w)"
_LABEL = re.compile(
    rf"(?<!\w)(?P<kind>{_KIND})(?:\s+(?:số\s+)?(?P<first>{_NUMBER})(?P<more>(?:\s*(?:,|và|-)\s*(?:(?:{_KIND})\s+)?{_NUMBER})*))?"
)
_POINTS = re.compile(r"(?:tại|theo|ở|trong|như|xem|là|và|,|\()\s*(?:các\s+|những\s+)?$")


@cache
def _foreign() -> re.Pattern[str]:
    """What says that an annex is of another document, and none of this one."""
    types = "|".join(name for name, one in document_types().items() if one.annexed)
    return re.compile(rf"\s*(?:,?\s*(?:được )?ban hành\s*)?(?:kèm theo|của|tại)?\s*(?:{types})\b(?!\s+này)")


def labels_of(sheet: AssembledTable) -> set[str]:
    """The names of a table in references: by the annex it stands in, by the number in its caption."""
    out = {fold(sheet.annex)} if sheet.annex else set()
    found = _LABEL.match(fold(sheet.title or ""))
    if found:
        out.add(" ".join(filter(None, (found["kind"], found["first"]))))
    return out


def refers_to(text: str, sheets: Sequence[AssembledTable]) -> list[int]:
    """The numbers, from 1, of the tables that a text refers to; an annex without a number is the only one."""
    if not sheets:
        return []
    folded = " ".join(fold(text).split())
    wanted: set[str] = set()
    for found in _LABEL.finditer(folded):
        before = folded[max(0, found.start() - NEAR) : found.start()]
        if _foreign().match(folded, found.end()) or not _POINTS.search(before):
            continue
        numbers = re.findall(_NUMBER, " ".join(filter(None, (found["first"], found["more"]))))
        wanted.update([f"{found['kind']} {number}" for number in numbers] or [found["kind"]])
    return [number for number, sheet in enumerate(sheets, 1) if labels_of(sheet) & wanted]
