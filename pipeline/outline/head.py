"""The head of a document: issuer, number, place, date, type, title, what it is issued with (Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import Head, Passage, Side, SourceSpan
from pipeline.language.casing import in_capitals
from pipeline.language.dates import ISSUE_DATE, NAMED_DATE
from pipeline.language.folding import fold
from pipeline.outline.addressees import is_addressed, read_addressees
from pipeline.outline.numbering import read_marker
from pipeline.outline.paragraphs import BodyLine, paragraph
from pipeline.outline.rules import opening, pattern, whole, words

NUMBER = re.compile(
    r"^\W*(?:số|so)\s*[:.]?\s*(?P<number>(?:\d[\d\s]*[a-z]?)?\s*(?:\([^)]*\))?\s*[/-]\s*[\w/&-]+(?:\s*[/-]\s*[\w&-]+)*)",
    re.IGNORECASE,
)
# A serial written by hand that nobody could read: "Số: 2ƒ /CT-UBND". What is printed behind it still stands.
_SCRAWLED = re.compile(
    r"^\W*s[ốôóòo]\s*[:.]?\s*[^\s/]{0,6}\s*(?P<number>/\s*[A-ZĐ][\w]*(?:\s*-\s*[\w&]+)+)", re.IGNORECASE
)
PLACE_AND_DATE = re.compile(
    r"(?P<place>[^\W\d_][\w.\- ]{1,40}?)\s*,?\s*"
    rf"(?P<date>{ISSUE_DATE})"
)
RULE = re.compile(r"^[\s\-–—_*=.~]*$")
WIDE_GAP = re.compile(r" {3,}")
# "Số:       /KH-UBND", "Số: 12      /QĐ-BTC": a gap left for the serial, or around it, parts no columns.
_LABELLED = re.compile(r"\W*s[ốôóòo]\s*[:.]?\s*(?:\d+[a-z]?\s*(?=[/-])|(?=[/.…_-]))", re.IGNORECASE)
MAX_TITLE_ROWS = 12
MOST_TOP_ROWS = 20  # above the body of a document that states no type: two columns, a subject of some lines
# How publishers print a head in one stretch: "CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 63/QĐ-TTg NGÀY 13 THÁNG 01 NĂM 2010 …".
_PUBLISHED = re.compile(
    rf"của (?P<issuer>[^\d]{{3,80}}?) số:?\s+(?P<number>\d+[\w/-]+) (?P<date>{NAMED_DATE})\s*",
    re.IGNORECASE,
)


def segments(row: BodyLine) -> list[Passage]:
    """Cut a line at wide gaps: the columns of a two-column line of plain text."""
    whole_row = paragraph([row]).passage
    if not WIDE_GAP.search(row.text):
        return [whole_row]
    out, at = [], 0
    for gap in list(WIDE_GAP.finditer(row.text)) + [None]:
        end = gap.start() if gap else len(row.text)
        if gap and (label := _LABELLED.match(row.text, at)) and label.end() >= gap.end():
            continue
        if row.text[at:end].strip():
            lead = len(row.text[at:end]) - len(row.text[at:end].lstrip())
            text = row.text[at:end].strip()
            start = at + lead
            out.append(Passage(text, (SourceSpan(0, row.offset + start, len(text)),), row.page))
        at = gap.end() if gap else end
    return out


def is_separator(text: str) -> bool:
    """Tell whether a line is only a rule or an empty mark."""
    return bool(RULE.match(text))


def type_of(text: str) -> str | None:
    """The document type a line of capitals begins with, folded; None for any other line."""
    stripped = text.strip(" *:.")
    if not in_capitals(stripped):
        return None
    match = opening("document_types").match(fold(stripped))
    return match.group() if match else None


def find_type(rows: Sequence[BodyLine], start: int, limit: int) -> int | None:
    """Find the line that states the document's type.

    Args:
        rows: lines of the body.
        start: the index of the first that is looked at.
        limit: how many are looked at.

    Returns:
        Its index, or None.
    """
    for index in range(start, min(len(rows), start + limit)):
        row = rows[index]
        marker = read_marker(row.text)
        if marker is not None and not marker.is_bullet and row.line.heading_level is None:
            return None
        if is_addressed(row.text):  # what states its type does so above
            return None
        if row.line.column is Side.LEFT:
            continue
        if type_of(row.text):
            return index
    return None


def read_head(rows: Sequence[BodyLine], type_at: int | None) -> tuple[Head, int]:
    """Read the head at the start of lines.

    Args:
        rows: lines of the body.
        type_at: the index of the line with the document's type, None where there is none.

    Returns:
        The head, and how many lines it takes.
    """
    top = rows[: type_at if type_at is not None else _top_length(rows)]
    block = _read_block(top)
    if type_at is None:
        attached, end = _read_attached(rows, len(top))
        head = replace(block, attached=attached)
    else:
        said, used = _read_title(rows, type_at)
        head, end = _completed(said, block, rows[type_at + 1 : type_at + used + 2]), type_at + used
    before = [row for row in top if is_addressed(row.text)]  # a left column that went on below the number
    addressees, used = read_addressees([*before[:1], *rows[end:]])
    return replace(head, addressees=addressees), end + max(used - len(before[:1]), 0)


def _read_block(top: Sequence[BodyLine]) -> Head:
    """The two columns above the title: issuers, number, place and date, and the subject of a letter."""
    issuers: list[Passage] = []
    subject: Passage | None = None
    number: Passage | None = None
    place: Passage | None = None
    date: Passage | None = None
    closed = False
    before: BodyLine | None = None  # the row the subject goes on from
    for row in top:
        for at, piece in enumerate(segments(row)):
            folded = fold(piece.text)
            match = NUMBER.match(piece.text) or _SCRAWLED.match(piece.text)
            if match and number is None:
                number = piece.cut(match.start("number"), match.end("number"))
                closed = True
                folded = fold(piece.text[match.end() :])
                rest = piece.cut(match.end())
            else:
                rest = piece
            dated = PLACE_AND_DATE.search(rest.text)
            if dated and date is None:
                place = rest.cut(dated.start("place"), dated.end("place"))
                date = rest.cut(dated.start("date"), dated.end("date"))
                continue
            if match or is_addressed(piece.text):
                continue
            left = _before_national_title(piece, folded)
            if left is None or is_separator(left.text):
                continue
            if subject is None and pattern("subject").match(folded):
                subject, before, closed = left, row, True
            elif subject is not None and before is not None and at == 0 and _goes_on(before, row):
                subject, before = subject + left, row
            elif (
                not closed
                and row.line.column is not Side.RIGHT
                and (in_capitals(left.text) or row.line.column is Side.LEFT)
            ):
                issuers.append(left)
    return Head(tuple(issuers), number, place, date, title=subject)


def _goes_on(before: BodyLine, row: BodyLine) -> bool:
    """Whether the subject of a letter goes on in this row of its column."""
    return row.line.column is before.line.column and not row.blank_before and not in_capitals(row.text)


def _completed(head: Head, block: Head, below: Sequence[BodyLine]) -> Head:
    """Title and block in one; what a head states below its type (`below`) or in it, where the block states none."""
    number, date, place = block.number, block.date, block.place
    if number is None and head.title is not None and (said := _PUBLISHED.match(head.title.text)):
        printed = head.title
        number = printed.cut(*said.span("number"))
        date = date or printed.cut(*said.span("date"))
        title = printed.cut(said.end()) if said.end() < len(printed.text) else None
        head = replace(head, title=title, authority=head.authority or printed.cut(*said.span("issuer")))
    for row in below if date is None else ():  # as Party documents and some scans do
        dated = PLACE_AND_DATE.match(row.text)
        if dated and date is None and len(row.text) < 80 and not opening("basis").match(fold(row.text)):
            whole_row = paragraph([row]).passage
            shift = whole_row.text.find(dated.group("place")) - dated.start("place")
            place = whole_row.cut(dated.start("place") + shift, dated.end("place") + shift)
            date = whole_row.cut(dated.start("date") + shift, dated.end("date") + shift)
    return replace(head, issuers=block.issuers, number=number, place=place, date=date)


def _read_attached(rows: Sequence[BodyLine], at: int) -> tuple[Passage | None, int]:
    """The line at `at` that says what a document is issued with, up to its bracket; and the row behind it."""
    if at >= len(rows) or not pattern("attached").match(fold(rows[at].text)):
        return None, at
    end = at + 1
    while end < len(rows) and not rows[end - 1].text.rstrip().endswith(")") and end - at < 5:
        end += 1
    return paragraph(rows[at:end]).passage, end


def _top_length(rows: Sequence[BodyLine]) -> int:
    """How many rows belong to the head of a document that states no type."""
    for index, row in enumerate(rows[:MOST_TOP_ROWS]):
        folded = fold(row.text)
        if pattern("attached").match(folded) and all(in_capitals(r.text) for r in rows[:index]):
            return index  # an annex
        if is_addressed(row.text):
            right = row.line.column is Side.LEFT and index + 1 < len(rows) and _of_right(rows[index + 1])
            if right:
                continue
            return index if any(_of_head(r) for r in rows[:index]) else 0
        if read_marker(row.text) or opening("basis").match(folded):
            return index if any(_of_head(r) for r in rows[:index]) else 0
        if len(row.text) > 120:
            return index if index and any(NUMBER.match(r.text) for r in rows[:index]) else 0
    return 0


def _of_right(row: BodyLine) -> bool:
    return row.line.column is Side.RIGHT


def _of_head(row: BodyLine) -> bool:
    """Whether a row stands in no other place than a head: the number, the place and date, the national title."""
    if NUMBER.match(row.text) or _SCRAWLED.match(row.text) or PLACE_AND_DATE.search(row.text):
        return True
    return bool(opening("national_title").match(fold(row.text)))


def _before_national_title(piece: Passage, folded: str) -> Passage | None:
    """What stands to the left of the national title or the motto; None when nothing does."""
    for title in words("national_title"):
        at = folded.find(title)
        if at >= 0:
            return _left_of(piece, at)
    match = pattern("motto").search(folded)
    return _left_of(piece, match.start()) if match else piece


def _left_of(piece: Passage, at: int) -> Passage | None:
    """What stands before `at`, without the rule that a reader may see between two columns."""
    end = len(piece.text[:at].rstrip(" _|-–—"))
    return piece.cut(0, end) if end else None


def _read_title(rows: Sequence[BodyLine], at: int) -> tuple[Head, int]:
    """Type, title, authority and attachment line from row `at` on, and how many rows they take."""
    first = paragraph([rows[at]]).passage
    folded = fold(first.text)
    match = opening("document_types").search(folded)
    assert match is not None
    document_type = first.cut(match.start(), match.end())
    title: list[BodyLine] = []
    title_passages: list[Passage] = []
    index, authority, attached = at + 1, None, None
    if _says_whose(folded[match.end() :], rows[index : index + 1]):
        authority = first.cut(match.end() + len(" của "))
    elif not whole("document_types").match(folded.strip(" *")):
        title.append(rows[at])
        title_passages.append(first.cut(match.end()))
    while index < len(rows):
        row = rows[index]
        text = row.text
        if is_separator(text):
            if title:
                index += 1
                break
            index += 1
            continue
        attached, index = _read_attached(rows, index)
        if attached is not None:
            break
        if not _continues_title(rows, index, title):
            break
        title.append(row)
        title_passages.append(paragraph([row]).passage)
        index += 1
        if len(title) >= MAX_TITLE_ROWS:
            break
    while index < len(rows) and is_separator(rows[index].text):
        index += 1
    if attached is None:
        attached, index = _read_attached(rows, index)
    end = _authority_end(rows, index)
    if end > index:
        authority = paragraph(rows[index:end]).passage
        index = end
    joined: Passage | None = None
    for passage in title_passages:
        joined = passage if joined is None else joined + passage
    return Head(document_type=document_type, title=joined, authority=authority, attached=attached), index - at


def _says_whose(behind: str, following: Sequence[BodyLine]) -> bool:
    """Whether the rest of a type's line is who decides, and the title begins below it."""
    if not behind.startswith(" của ") or not opening("authorities").match(behind.removeprefix(" của ")):
        return False
    return any(pattern("title_behind_issuer").match(fold(row.text)) for row in following)


def _authority_end(rows: Sequence[BodyLine], at: int) -> int:
    """Where the lines of capitals end that say who decides, above the grounds; `at` where none stand there."""
    end = at
    while end < len(rows) and end - at < 4 and in_capitals(rows[end].text) and not read_marker(rows[end].text):
        end += 1
    if at < end < len(rows) and opening("authorities").match(fold(rows[at].text)):
        return end if opening("basis").match(fold(rows[end].text).lstrip("- ")) else at
    return at


def _continues_title(rows: Sequence[BodyLine], index: int, title: Sequence[BodyLine]) -> bool:
    """Whether row `index` belongs to the title begun by `title`."""
    row, low = rows[index], fold(rows[index].text)
    marker = read_marker(row.text)
    if marker is not None and not marker.is_bullet:
        return False
    if opening("national_title").match(low) or PLACE_AND_DATE.match(row.text) or is_addressed(row.text):
        return False
    if not title:
        return not (opening("basis").match(low) and low.startswith("căn cứ"))
    before = title[-1]
    if row.line.heading_level is not None and before.line.heading_level is not None:
        return True
    if (row.line.heading_level is None) != (before.line.heading_level is None):
        return False
    if in_capitals(before.text):
        follows = fold(rows[index + 1].text) if index + 1 < len(rows) else ""
        authority = opening("basis").match(follows) and opening("authorities").match(low)
        return in_capitals(row.text) and not authority
    if _authority_end(rows, index) > index:
        return False
    quotes = sum(r.text.count("“") - r.text.count("”") for r in title)
    if quotes > 0:
        return True
    if row.line.box is not None:
        if row.line.centred or row.line.bold == before.line.bold and row.line.bold:
            return not before.text.rstrip().endswith((".", ";"))
        return not opening("basis").match(low) and before.line.centred and _lower(row.text)
    if opening("basis").match(low) and (row.blank_before or not before.wide):
        return False
    return _lower(row.text) or (before.wide and not before.text.rstrip().endswith((".", ";", ":")))


def _lower(text: str) -> bool:
    return next((c.islower() for c in text if c.isalpha()), False)
