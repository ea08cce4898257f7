"""The record that a portal prints above a text, a label and its value on a line: "Số hiệu 46/CĐ-TTg"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import Head, Passage
from pipeline.knowledge.documents import document_types
from pipeline.language.dates import find_date
from pipeline.language.folding import fold
from pipeline.outline.paragraphs import BodyLine, paragraph
from pipeline.outline.record.letterhead import dated_below, is_dated
from pipeline.outline.rules import opening, pattern

MOST_ROWS = 15
LONGEST_DAY = 30  # characters
_NUMBER = re.compile(r"\d+[\w/-]*/[^\W\d][\w&/-]*")


def take_labelled(rows: Sequence[BodyLine]) -> tuple[Head, list[BodyLine]]:
    """Take the lines of such a record out of the first lines of a text.

    Returns:
        What they state, with the title right above them and the place and day among them; and the other lines. Nothing
        is taken where no number is among them.
    """
    end = next((at for at, row in enumerate(rows[:MOST_ROWS]) if opening("basis").match(fold(row.text))), MOST_ROWS)
    found = {at: one for at, row in enumerate(rows[:end]) if (one := _labelled(row)) is not None}
    if not any(kind == "number" for kind, _ in found.values()):
        return Head(), list(rows)
    said = {kind: value for kind, value in reversed(found.values())}
    head = Head(number=said["number"], document_type=said.get("type"), date=said.get("date"))
    taken = set(found)
    above = min(found) - 1
    if above >= 0 and pattern("title_behind_issuer").match(fold(rows[above].text)):
        head = replace(head, title=paragraph([rows[above]]).passage)
        taken.add(above)
    for at, row in enumerate(rows[:end]):
        if at not in found and is_dated(row) and (dated := dated_below(row)) is not None:
            head = replace(head, place=dated.place, date=dated.date)
            taken.add(at)
    return head, [row for at, row in enumerate(rows) if at not in taken]


def completed(head: Head, labelled: Head) -> Head:
    """A head with what a record above the text states, where the head itself does not state it."""
    return replace(
        head,
        number=head.number or labelled.number,
        document_type=head.document_type or labelled.document_type,
        place=head.place or labelled.place,
        date=head.date or labelled.date,
        title=head.title or labelled.title,
    )


def _labelled(row: BodyLine) -> tuple[str, Passage] | None:
    """What a line states, and its words for that; None for a line that is no such label and value alone."""
    label = pattern("label_lines").match(fold(row.text)) if row.sheet is None else None
    if label is None or label.lastgroup is None:
        return None
    value = paragraph([row]).passage.cut(label.end())
    value = value.cut(0, len(value.text.rstrip(" |.;")))
    return (label.lastgroup, value) if _is_value(label.lastgroup, value.text) else None


def _is_value(kind: str, text: str) -> bool:
    """Whether a text is all that such a label stands before: a number, a type, or a day."""
    if kind == "number":
        return _NUMBER.fullmatch(text) is not None
    if kind == "type":
        return fold(text) in map(fold, document_types())
    return len(text) <= LONGEST_DAY and find_date(f"ngày {fold(text).removeprefix('ngày ')}") is not None
