"""The record that a portal prints above a text, a label and its value on a line: "Số hiệu 46/CĐ-TTg"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.document import Foot, Head, Passage
from pipeline.knowledge.agencies import begins_agency
from pipeline.knowledge.documents import document_types
from pipeline.language.dates import find_date
from pipeline.language.folding import fold
from pipeline.outline.paragraphs import BodyLine, paragraph
from pipeline.outline.record.foot import is_person
from pipeline.outline.record.letterhead import dated_below, is_dated
from pipeline.outline.rules import opening, pattern

MOST_ROWS = 15
LONGEST_DAY = 30  # characters
MOST_BESIDE = 2  # other lines of the record beside a number whose label heads have too
_PART = re.compile(r"\s+[–—-]\s+|,\s+")
_NUMBER = re.compile(r"\d+[\w/-]*/[^\W\d][\w&/-]*")


@dataclass(frozen=True)
class PortalRecord:
    """What a record above a text states of the document's head, and of who signed it and as what."""

    head: Head = Head()
    signer: Passage | None = None
    position: Passage | None = None


def take_labelled(rows: Sequence[BodyLine]) -> tuple[PortalRecord, list[BodyLine]]:
    """Take the lines of such a record out of the first lines of a text.

    Returns:
        What they state, with the title right above them and the place and day among them; and the other lines. Nothing
        is taken where no number is among them.
    """
    end = next((at for at, row in enumerate(rows[:MOST_ROWS]) if opening("basis").match(fold(row.text))), MOST_ROWS)
    found = {at: one for at, row in enumerate(rows[:end]) if (one := _labelled(row)) is not None}
    said = {kind: value for kind, value in reversed(found.values())}
    number = said.get("number") or (said.get("bare") if len(said) > MOST_BESIDE else None)
    if number is None:
        return PortalRecord(), list(rows)
    issuers = (said["issuer"],) if "issuer" in said else ()
    head = Head(issuers, number, None, said.get("date"), said.get("type"), said.get("title"))
    taken = set(found)
    above = min(found) - 1
    if above >= 0 and pattern("title_behind_issuer").match(fold(rows[above].text)):
        head = replace(head, title=paragraph([rows[above]]).passage)
        taken.add(above)
    for at, row in enumerate(rows[:end]):
        if at not in found and is_dated(row) and (dated := dated_below(row)) is not None:
            head = replace(head, place=dated.place, date=dated.date)
            taken.add(at)
    signer, position = _who(said["signer"]) if "signer" in said else (None, None)
    return PortalRecord(head, signer, position), [row for at, row in enumerate(rows) if at not in taken]


def _who(value: Passage) -> tuple[Passage, Passage | None]:
    """Who signed, and the post behind a dash or a comma: "Lê Văn Nam — Bộ trưởng Bộ Y tế"."""
    found = _PART.search(value.text)
    return (value, None) if found is None else (value.cut(0, found.start()), value.cut(found.end()))


def signed(foot: Foot, labelled: PortalRecord) -> Foot:
    """A foot with who signed and as what, where a record above the text says so and the foot has no post of his own."""
    signer = foot.signer or labelled.signer
    own = any(begins_own_post(one.text) for one in foot.capacity)
    other = labelled.signer is not None and signer is not None and fold(signer.text) != fold(labelled.signer.text)
    if labelled.position is None or own or other:
        return replace(foot, signer=signer)
    return replace(foot, signer=signer, capacity=(*foot.capacity, labelled.position))


def begins_own_post(text: str) -> bool:
    """Tell whether a line of a sign-off is the signer's own post, and not for whom he signs: "PHÓ CHỦ TỊCH"."""
    return bool(opening("posts").match(fold(text)))


def completed(head: Head, labelled: Head) -> Head:
    """A head with what a record above the text states, where the head itself does not state it."""
    return replace(
        head,
        issuers=head.issuers or labelled.issuers,
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
    if kind in ("number", "bare"):
        return _NUMBER.fullmatch(text) is not None
    if kind == "type":
        return fold(text) in map(fold, document_types())
    if kind in ("issuer", "title"):
        return kind == "title" or begins_agency(text)
    if kind == "signer":
        return is_person(_PART.split(text)[0])
    return len(text) <= LONGEST_DAY and find_date(f"ngày {fold(text).removeprefix('ngày ')}") is not None
