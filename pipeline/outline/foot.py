"""The end of a document: recipients (Nơi nhận) and the signature block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Column, Foot, Passage
from pipeline.folding import fold
from pipeline.outline.head import is_separator, segments
from pipeline.outline.paragraphs import Row
from pipeline.outline.rules import capitals, pattern, whole

RECIPIENTS = re.compile(r"^\W*nơi nhận\s*(?:[:./-]\s*|$)")
# Two to five capitalised syllables, after a rank or an academic title; never all capitals alone on a two-word line.
_TITLE = r"(?:(?:GS|PGS|TS|ThS|BS|KS|CN|LS|DS|NSND|NSƯT)\.?\s*|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy) )*"
_SYLLABLE = r"[A-ZÀ-ỴĐ][a-zà-ỹđ]*(?:-[A-ZÀ-ỴĐ]?[a-zà-ỹđ]+)?"
PERSON = re.compile(rf"^{_TITLE}(?P<name>{_SYLLABLE}(?:\s+{_SYLLABLE}){{1,4}})\s*[.]?$")


def begins_foot(row: Row) -> bool:
    """Whether a row is the first of a sign-off."""
    for piece in segments(row):
        folded = fold(piece.text)
        if RECIPIENTS.match(folded):
            return True
        if piece.text.rstrip().endswith(":"):
            continue  # a heading or a lead-in
        if capitals(piece.text) and (pattern("capacity").match(folded) or whole("positions").match(folded)):
            return True
    return False


def is_person(text: str) -> bool:
    """Whether a line holds a person's name and nothing else."""
    stripped = text.strip(" *")
    match = PERSON.match(stripped)
    return match is not None and not capitals(stripped) and all(word[0].isupper() for word in match["name"].split())


def read_foot(rows: Sequence[Row]) -> Foot:
    """The foot that these rows are."""
    recipients: list[Passage] = []
    capacity: list[Passage] = []
    signer: Passage | None = None
    listing = False
    for row in rows:
        for number, piece in enumerate(_columns(row)):
            folded = fold(piece.text)
            if is_separator(piece.text):
                continue
            heading = RECIPIENTS.match(folded)
            if heading:
                listing = True
                if heading.end() < len(piece.text):
                    _place(piece.cut(heading.end()), recipients, capacity)
                continue
            right = row.line.column is Column.RIGHT or number > 0
            if is_person(piece.text) and (capacity or right) and not _open_recipient(row, recipients, right):
                signer = piece
            elif not (listing and row.line.column is Column.LEFT) and _is_capacity(piece.text, folded, bool(capacity)):
                capacity.append(piece)
            elif (
                listing and not right and not (piece.text.startswith("(") or piece.text.endswith(":"))
            ):  # "(để báo cáo)" beside a brace
                _recipient(piece, recipients)
    return Foot(tuple(_trim(one) for one in recipients), tuple(capacity), signer)


def _columns(row: Row) -> list[Passage]:
    """The row's columns; where a reader closed the gap, what stands behind a recipient's semicolon is the right one."""
    pieces = segments(row)
    text = pieces[0].text
    if len(pieces) > 1 or not (text.startswith(("-", "–")) or RECIPIENTS.match(fold(text))):
        return pieces
    for gap in re.finditer(r"(?<=[;:,.])\s+", text):
        right = pieces[0].cut(gap.end())
        if is_person(right.text) or (capitals(right.text) and _is_capacity(right.text, fold(right.text), False)):
            return [pieces[0].cut(0, gap.start()), right]
    return pieces


def _is_capacity(text: str, folded: str, begun: bool) -> bool:
    if not capitals(text) or text.lstrip().startswith(("-", "+")):
        return False
    return bool(begun or pattern("capacity").match(folded) or whole("positions").match(folded))


def _place(piece: Passage, recipients: list[Passage], capacity: list[Passage]) -> None:
    if capitals(piece.text) and len(piece.text) > 5 and not piece.text.startswith("-"):
        capacity.append(piece)
    else:
        _recipient(piece, recipients)


def _open_recipient(row: Row, recipients: Sequence[Passage], right: bool) -> bool:
    """Whether a name on the left only goes on with a recipient that is not finished."""
    return not right and bool(recipients) and not recipients[-1].text.rstrip().endswith((";", ".", ","))


def _recipient(piece: Passage, recipients: list[Passage]) -> None:
    if piece.text.startswith(("-", "–", "+", "•")) or not recipients or recipients[-1].text.rstrip().endswith(";"):
        recipients.append(piece)
    elif not recipients[-1].text.rstrip().endswith("."):
        recipients[-1] = recipients[-1] + piece


def _trim(piece: Passage) -> Passage:
    """Without the mark before and the stop behind."""
    start = len(piece.text) - len(piece.text.lstrip("-–—+•* "))
    end = len(piece.text.rstrip(" ;.,/"))
    return piece.cut(start, max(end, start + 1)) if start < len(piece.text) else piece
