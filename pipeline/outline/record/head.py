"""The head of a document: issuer, number, place, date, type, title, what it is issued with (Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache

from pipeline.document import Head, Passage, Side
from pipeline.language.accents import bare
from pipeline.language.casing import in_capitals
from pipeline.language.dates import NAMED_DATE
from pipeline.language.folding import fold
from pipeline.outline.numbering import Marker, read_marker
from pipeline.outline.paragraphs import INDENT, BodyLine, paragraph
from pipeline.outline.record.addressees import is_addressed, read_addressees, read_sender
from pipeline.outline.record.letterhead import (
    decides,
    ends_with_label,
    is_dated,
    is_separator,
    is_type,
    read_letterhead,
    segments,
)
from pipeline.outline.rules import opening, pattern, words

MAX_TITLE_ROWS = 12
MOST_TOP_ROWS = 24  # above the body of a document that states no type: two columns, a subject of some lines
LONGEST_TOP_ROW = 120  # characters: what is longer is a sentence of the body
LEAST_TITLE = 5  # words of a type and a title in one line of small letters
LEAST_LEFT, LEFT = 4, 0.6  # letters of a type that cannot be read, and how like it they are
_SYMBOL = re.compile(r"/(\w{2,4})-")  # of the type, in a number
_DIGIT = re.compile(r"\d")  # of a number and a date, where a publisher ran the head together
_SENTENCES = re.compile(r"\w\w\.\s+[^\W\d_]|:\s*$")  # no line of a title holds the end of one
_PERIOD_ALONE = re.compile(
    r"\(?(?:[^\W\d]+ [\divx]+,? ?)?(?:năm(?: học)?|giai đoạn|nhiệm kỳ) \d{4}(?: ?- ?\d{4})?\)?\.?"
)
_NUMBER_BELOW = re.compile(r"số\s*:\s*\d[\w/-]*\s*$", re.IGNORECASE)
# How publishers print a head in one stretch: "CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 63/QĐ-TTg NGÀY 13 THÁNG 01 NĂM 2010 …".
_PUBLISHED = re.compile(
    rf"của (?P<issuer>[^\d]{{3,80}}?) số:?\s+(?P<number>\d+[\w/-]+) (?P<date>{NAMED_DATE})\s*",
    re.IGNORECASE,
)


def type_of(text: str) -> str | None:
    """The document type a line of capitals begins with, folded; None for any other line."""
    stripped = text.strip(" *:.")
    if not in_capitals(stripped):
        return None
    if match := opening("document_types").match(fold(stripped)):
        return match.group()
    return _types_by_letters().get(bare(stripped).replace(" ", ""))


@cache
def _types_by_letters() -> Mapping[str, str]:
    """Types by their letters, without accents and spaces."""
    return {bare(name).replace(" ", ""): name for name in words("document_types")}


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
        marker = _marker(rows, index)
        if marker is not None and not marker.is_bullet and row.line.heading_level is None:
            return None
        if is_addressed(row.text) or row.text.startswith("Căn cứ "):  # what states its type does so above
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
    if type_at is not None:
        rows, type_at = _raised(rows, type_at)
    top = rows[: type_at if type_at is not None else _longest_top(rows)]
    block, used = read_letterhead(top)
    if type_at is not None:
        said, length = _read_title(rows, type_at)
        head, end = _completed(said, block, rows[type_at + 1 : type_at + length + 2]), type_at + length
    elif block.title is not None:  # a letter, with its subject
        head, end = block, used
    elif block.number and _is_head(block, rows[:used]) and not any(_of_annex(row) for row in rows[: used + 1]):
        worn = used < len(rows) and _is_worn_type(rows[used].text, block.number.text)
        used += worn
        said, length = _read_untyped_title(rows, used, block.number.text) if not worn else _below_worn_type(rows, used)
        head = replace(said, issuers=block.issuers, number=block.number, place=block.place, date=block.date)
        end = used + length
    else:
        attached, end = _read_attached(rows, len(top)) if all(in_capitals(row.text) for row in top) else (None, 0)
        head, end = Head(attached=attached), end if attached else 0  # an annex
    before = [row for row in top if is_addressed(row.text)]  # a left column that went on below the number
    if before or (type_at is None and is_addressed("".join(row.text for row in rows[len(top) : len(top) + 1]))):
        end = max(end, len(top))
    addressees, used = read_addressees([*before[:1], *rows[end:]])
    if used and head.authority is None:
        head = replace(head, authority=read_sender([*before, *rows[end:]][0]))
    return replace(head, addressees=addressees), end + max(used - len(before[:1]), 0)


def _raised(rows: Sequence[BodyLine], type_at: int) -> tuple[Sequence[BodyLine], int]:
    """The rows and where the type stands in them, with its number and day above it where they stand right below it.

    So the National Assembly prints them: "LUẬT", "Luật số: 57/2014/QH13", "Hà Nội, ngày …".
    """
    below = rows[type_at + 1 : type_at + 3]
    label = _NUMBER_BELOW.search(below[0].text) if below else None
    if label is None or not is_type(before := below[0].text[: label.start()]) and before.strip():
        return rows, type_at
    raised = [below[0], *(row for row in below[1:] if is_dated(row))]
    at = type_at + len(raised)
    return [*rows[:type_at], *raised, rows[type_at], *rows[at + 1 :]], at


def _is_sentence(text: str) -> bool:
    """Whether a text is too long for a head, where only a title in capitals and the subject of a letter are longer."""
    return len(text) > LONGEST_TOP_ROW and not in_capitals(text) and not pattern("subject").search(fold(text))


def _is_head(block: Head, rows: Sequence[BodyLine]) -> bool:
    """Whether lines with a number are a head: a day, an issuer or the national title stands there too."""
    return bool(block.date or block.issuers) or any(opening("national_title").search(fold(row.text)) for row in rows)


def _of_annex(row: BodyLine) -> bool:
    return bool(opening("annex_heads").match(fold(row.text)))


def _marker(rows: Sequence[BodyLine], index: int) -> Marker | None:
    """The marker of a row of a head: a rule is none, nor what stands behind a label."""
    if index and ends_with_label(rows[index - 1]) or is_separator(rows[index].text):
        return None
    return read_marker(rows[index].text)


def _longest_top(rows: Sequence[BodyLine]) -> int:
    """How many rows may belong to the head of a document that states no type."""
    for index, row in enumerate(rows[:MOST_TOP_ROWS]):
        if is_addressed(row.text):
            if row.line.column is Side.LEFT and any(
                one.line.column is Side.RIGHT for one in rows[index + 1 : index + 2]
            ):
                continue
            return index
        folded = fold(row.text)
        marker = _marker(rows, index)
        ends = marker or opening("basis").match(folded) or pattern("attached").match(folded)
        if ends or (row.line.column is None and any(_is_sentence(piece.text) for piece in segments(row))):
            return index
    return min(len(rows), MOST_TOP_ROWS)


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
        if date is None and is_dated(row):
            place, date = (dated := read_letterhead([row])[0]).place, dated.date
    return replace(head, issuers=block.issuers, number=number, place=place, date=date)


def _read_attached(rows: Sequence[BodyLine], at: int) -> tuple[Passage | None, int]:
    """The line at `at` that says what a document is issued with, up to its bracket; and the row behind it."""
    if at >= len(rows) or not pattern("attached").match(fold(rows[at].text)):
        return None, at
    for end in range(at + 1, min(at + 5, len(rows)) + 1):
        if end > at + 1 and _marker(rows, end - 1):
            break
        if rows[end - 1].text.rstrip().endswith(")"):
            return paragraph(rows[at:end]).passage, end
    return paragraph(rows[at : at + 1]).passage, at + 1  # no bracket, or one that was never closed


def _read_title(rows: Sequence[BodyLine], at: int) -> tuple[Head, int]:
    """Type, title, authority and attachment line from row `at` on, and how many rows they take."""
    first = paragraph([rows[at]]).passage
    end = _end_of_type(first.text)
    document_type, rest = first.cut(0, end), first.cut(end)
    if (whose := _whose_below(rest.text, rows[at + 1 : at + 3])) is not None:
        head, index = _title_below(rows, at + 2, None)
        head = replace(head, authority=head.authority or whose.cut(len("của ")))
    elif _says_whose(fold(rest.text), rows[at + 1 : at + 2]):
        head, index = _title_below(rows, at + 1, None)
        head = replace(head, authority=head.authority or rest.cut(len("của ")))
    else:
        begun = rest.text.strip(" *:.") and not pattern("joint").match(fold(rest.text.strip(" *")))
        head, index = _title_below(rows, at + 1, rest if begun else None)
    return replace(head, document_type=document_type), index - at


def _read_untyped_title(rows: Sequence[BodyLine], at: int, number: str) -> tuple[Head, int]:
    """The same where no type is printed so: the title is in capitals, or begins with the type of the number."""
    if (end := _authority_end(rows, at)) > at:
        return Head(authority=paragraph(rows[at:end]).passage), end - at
    if at < len(rows) and _is_typed_title(rows[at].text, number):
        return _read_title(rows, at)
    if at == len(rows) or not in_capitals(rows[at].text):
        return Head(), 0
    head, end = _title_below(rows, at, None)
    return head, end - at


def _is_typed_title(text: str, number: str) -> bool:
    """Whether a line in small letters is type and title: "Kế hoạch phát triển thư viện năm 2025" below "27/KH-UBND"."""
    type_, symbol = opening("document_types").match(fold(text)), _SYMBOL.search(bare(number))
    if type_ is None or symbol is None or text.rstrip()[-1] in ".;:," or not text[:1].isupper():
        return False
    return "".join(word[0] for word in bare(type_.group()).split()) == symbol[1] and len(text.split()) >= LEAST_TITLE


def _below_worn_type(rows: Sequence[BodyLine], at: int) -> tuple[Head, int]:
    """The title below a type that cannot be read, from row `at` on, and how many rows it takes."""
    head, end = _title_below(rows, at, None)
    return head, end - at


def _is_worn_type(text: str, number: str) -> bool:
    """Whether a line is what a stamp or a fold left of the type that the number states: "OẠCH" below "15/KH-UBND"."""
    letters = "".join(filter(str.isalpha, bare(text)))
    symbol = _SYMBOL.search(bare(number))
    if symbol is None or len(letters) < LEAST_LEFT or text.upper() != text:
        return False
    named = (
        name for name in _types_by_letters().values() if "".join(word[0] for word in bare(name).split()) == symbol[1]
    )
    types = [bare(name).replace(" ", "") for name in named]
    return any(
        len(letters) <= len(one) and SequenceMatcher(None, letters, one, autojunk=False).ratio() >= LEFT
        for one in types
    )


def _title_below(rows: Sequence[BodyLine], index: int, begun: Passage | None) -> tuple[Head, int]:
    """Title, attachment line and authority from a row on, and the row behind them; `begun` stands on the row above."""
    title = [rows[index - 1]] if begun is not None else []
    passage, attached, authority = begun, None, None
    while index < len(rows) and len(title) < MAX_TITLE_ROWS:
        if is_separator(rows[index].text):
            index += 1
            if title:
                break
            continue
        attached, index = _read_attached(rows, index)
        if attached is not None or not _continues_title(rows, index, title):
            break
        title.append(rows[index])
        line = paragraph([rows[index]]).passage
        passage = line if passage is None else passage + line
        index += 1
    while index < len(rows) and is_separator(rows[index].text):
        index += 1
    if attached is None:
        attached, index = _read_attached(rows, index)
    end = _authority_end(rows, index)
    if end > index:
        authority = paragraph(rows[index:end]).passage
    return Head(title=passage, authority=authority, attached=attached), end


def _end_of_type(text: str) -> int:
    """Where the type ends in the text of its line."""
    match = opening("document_types").search(fold(text))
    return match.end() if match else len(text)


def _whose_below(rest: str, below: Sequence[BodyLine]) -> Passage | None:
    """The line below a type that says who decides, where the title begins behind it: "CỦA BAN THƯỜNG VỤ TỈNH ỦY"."""
    if rest.strip(" *:.") or len(below) < 2:
        return None
    line = paragraph(below[:1]).passage
    said = in_capitals(line.text) and not _DIGIT.search(line.text) and _says_whose(fold(line.text), below[1:])
    return line if said else None


def _says_whose(behind: str, following: Sequence[BodyLine]) -> bool:
    """Whether the rest of a type's line is who decides, and the title begins below it."""
    if not behind.startswith("của ") or not opening("authorities").match(behind.removeprefix("của ")):
        return False
    return any(pattern("title_behind_issuer").match(fold(row.text)) for row in following)


def _authority_end(rows: Sequence[BodyLine], at: int) -> int:
    """Where the lines of capitals end that say who decides, above the grounds; `at` where none stand there."""
    end = at
    while end < len(rows) and end - at < 4 and in_capitals(rows[end].text) and not read_marker(rows[end].text):
        end += 1
    name = " ".join(fold(row.text) for row in rows[at:end])
    if not at < end < len(rows) or not decides(name, fold(rows[at - 1].text) if at else ""):
        return at
    return end if opening("basis").match(fold(rows[end].text).lstrip("- ")) else at


def _continues_title(rows: Sequence[BodyLine], index: int, title: Sequence[BodyLine]) -> bool:
    """Whether row `index` belongs to the title begun by `title`."""
    row, low = rows[index], fold(rows[index].text)
    marker = read_marker(row.text)
    if marker is not None and not marker.is_bullet:
        return False
    if opening("national_title").match(low) or is_dated(row) or is_addressed(row.text):
        return False
    if not title:
        return not (opening("basis").match(low) and low.startswith("căn cứ"))
    before = title[-1]
    if _PERIOD_ALONE.fullmatch(low) and not row.blank_before and before.line.heading_level == row.line.heading_level:
        return True
    if in_capitals(before.text) and before.line.heading_level == row.line.heading_level:
        return (in_capitals(row.text) or not any(map(str.isalpha, row.text))) and _authority_end(rows, index) == index
    if _authority_end(rows, index) > index or _is_set_apart(row, before):
        return False
    if row.line.heading_level is not None or sum(r.text.count("“") - r.text.count("”") for r in title) > 0:
        return True
    return _goes_on(row, before, low) and not _begins_body(rows[index : index + 2])


def _is_set_apart(row: BodyLine, before: BodyLine) -> bool:
    """Whether a row is printed otherwise than the title above it: not bold as this is, in the middle, or a heading."""
    line, above = row.line, before.line
    if (line.heading_level is None) != (above.heading_level is None) or (above.bold and not line.bold):
        return True
    return bool(line.starts_paragraph and above.centred and not line.centred)


def _goes_on(row: BodyLine, before: BodyLine, low: str) -> bool:
    """Whether a row that is printed as the title above it goes on with it."""
    line, above = row.line, before.line
    if line.starts_paragraph is not None:
        return not line.starts_paragraph or line.centred or (line.bold and above.bold) or _lower(row.text)
    ground = opening("basis").match(low)
    if line.box is not None:
        if line.centred or (line.bold and above.bold):
            return not before.text.rstrip().endswith((".", ";"))
        return not ground and above.centred and _lower(row.text)
    midway = before.wide or _lower(row.text) and not low.startswith("căn cứ")  # "theo Thông tư số …" ends a title
    if ground and (row.blank_before or not midway):
        return False
    if _lower(row.text):
        return True
    return before.wide and not before.text.rstrip().endswith((".", ";", ":")) and not _SENTENCES.search(row.text)


def _begins_body(rows: Sequence[BodyLine]) -> bool:
    """Whether a row is the first of a paragraph of the body: a line that is filled, and stands in from the next."""
    boxes = [row.line.box for row in rows]
    if len(boxes) < 2 or boxes[0] is None or boxes[1] is None or rows[1].line.centred:
        return False
    return rows[0].wide and rows[0].text[:1].isupper() and boxes[1].x0 < boxes[0].x0 - INDENT


def _lower(text: str) -> bool:
    return next((c.islower() for c in text if c.isalpha()), False)
