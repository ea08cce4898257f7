"""The addressees of a document (Kính gửi), below its head: one name behind the colon, or a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Passage
from pipeline.knowledge.agencies import begins_agency
from pipeline.language.folding import fold
from pipeline.language.letters import CAPITALS
from pipeline.outline.numbering import read_marker
from pipeline.outline.paragraphs import INDENT, BodyLine, Paragraph, join, paragraph
from pipeline.outline.rules import begins_deed, opening, pattern, says_deed

MOST_ROWS = 40  # a letter to all provinces names about so many
_MARKS = ("-", "–", "+", "•", "*")
_NEXT_ITEM = re.compile(r"(?<=[;.)]) (?=[-–+•] )")
_NEXT_NAME = re.compile(rf"{_NEXT_ITEM.pattern}|(?<=;) (?=[{CAPITALS}])")
LONGEST_ITEM = 160  # characters: a recipient with all its units is shorter
_SHORT = re.compile(rf"(?:Các )?(?:[{CAPITALS}]{{3,}}\b|[Đđ]ồng chí )")  # "TTXVN, Đài THVN", "Các đồng chí Ủy viên"
LONGEST = 200  # characters: what is longer is a sentence of the body


def is_addressed(text: str) -> bool:
    """Tell whether a line begins with "Kính gửi:"."""
    return bool(pattern("addressed").match(fold(text)))


def read_sender(row: BodyLine) -> Passage | None:
    """Read who sends a telegram, from the line above its addressees: "THỦ TƯỚNG CHÍNH PHỦ điện:"; None of a letter."""
    match = pattern("addressed").match(fold(row.text))
    return paragraph([row]).passage.cut(*match.span("sender")) if match and match["sender"] else None


def read_addressees(rows: Sequence[BodyLine]) -> tuple[tuple[Passage, ...], int]:
    """Read the addressees at the start of lines.

    Returns:
        The addressees, and how many lines they take.
    """
    if not rows or not is_addressed(rows[0].text):
        return (), 0
    match = pattern("addressed").match(fold(rows[0].text))
    assert match is not None
    if not rows[0].text[match.end() :].strip() or rows[0].text.rstrip().endswith((":", ";", ",")):
        names, used = _list(rows[:MOST_ROWS], match.end())
    else:
        names, used = _one(rows[:MOST_ROWS])
    trimmed = (_trim(one) for name in names for one in listed(name))
    return tuple(one for one in trimmed if one.text), used


def receives(text: str) -> bool:
    """Tell whether an item only names who may be sent a document: "Các Bộ: Y tế, Nội vụ;", "VPCP: BTCN;", "Lưu: VT"."""
    folded = fold(text)
    if pattern("recipients_last").match(folded) or pattern("recipients_first").match(folded):
        return True
    return is_named(text) and may_receive(text) and text.rstrip().endswith((";", ".", ","))


def is_named(text: str) -> bool:
    """Tell whether an item begins with a body or a post, or says to what end it is sent: "(để báo cáo);"."""
    named = opening("posts").match(fold(text)) or begins_agency(text.replace(":", "", 1)) or _SHORT.match(text)
    return bool(named or pattern("recipients_end").search(fold(text)))


def may_receive(text: str) -> bool:
    """Tell whether an item is short enough to be one of a list of recipients and says nothing that is done."""
    sent = pattern("recipients_end").search(fold(text))
    return len(text) <= LONGEST_ITEM and (bool(sent) or not says_deed(text) and not begins_deed(text))


def without_heading(paragraphs: Sequence[Paragraph]) -> tuple[tuple[Passage, ...], list[Paragraph]]:
    """The addressees of a telegram that lost "… điện:": bullets that only name somebody, above its first paragraph.

    Returns:
        The addressees, and the other paragraphs.
    """
    start = next((at for at, one in enumerate(paragraphs) if one.marker is not None), len(paragraphs))
    end = start
    while end < len(paragraphs) and _is_bullet(paragraphs[end]) and receives(paragraphs[end].passage.text):
        end += 1
    followed = end < len(paragraphs) and paragraphs[end].marker is None and paragraphs[end].sheet is None
    if not followed or (start > 0 and paragraphs[start - 1].passage.text.rstrip().endswith(":")):
        return (), list(paragraphs)
    names = tuple(_trim(one.passage) for one in paragraphs[start:end])
    return names, [*paragraphs[:start], *paragraphs[end:]]


def _is_bullet(one: Paragraph) -> bool:
    return one.marker is not None and one.marker.is_bullet


def _is_next(text: str) -> bool:
    """Whether what stands behind a semicolon is an item of its own."""
    return text.startswith(_MARKS) or receives(text + ";")


def listed(passage: Passage) -> list[Passage]:
    """The items of a list that stands in one line: "- Sở Y tế; - Sở Tài chính", "Sở Y tế; Sở Nội vụ".

    What names nobody by itself goes on with the item before it: "Các Bộ: Y tế; Tài chính".
    """
    text = passage.text
    if text.lstrip().startswith(_MARKS):  # "- Tỉnh ủy; Hội đồng nhân dân tỉnh;" is one
        found = list(_NEXT_ITEM.finditer(text))
    else:
        found = [one for one in _NEXT_NAME.finditer(text) if _is_next(text[one.end() :].partition(";")[0])]
    ends = [one.start() for one in found]
    return [passage.cut(start, end) for start, end in zip([0, *ends], [*ends, len(passage.text)], strict=True)]


def _one(rows: Sequence[BodyLine]) -> tuple[list[Passage], int]:
    """The one addressee behind the colon, and the lines that only say where they live."""
    body = next((at for at, row in enumerate(rows) if at and _opens_body(row)), len(rows))
    paragraphs = join(rows[:body])
    name = paragraphs[0].passage
    match = pattern("addressed").match(fold(name.text))
    assert match is not None
    name, used = name.cut(match.end()), len(paragraphs[0].rows)
    for one in paragraphs[1:]:
        if not pattern("address").match(fold(one.passage.text)):
            break
        used += len(one.rows)
    lives = pattern("address").search(fold(name.text))
    return [name.cut(0, lives.start()) if lives else name], used


def _opens_body(row: BodyLine) -> bool:
    """Whether a line begins the letter itself by its words: its grounds, a day, what it is for."""
    folded = fold(row.text)
    return row.text[:1].isupper() and bool(opening("basis").match(folded) or pattern("letter_opens").match(folded))


def _list(rows: Sequence[BodyLine], opened: int) -> tuple[list[Passage], int]:
    """A list of addressees, one a line or more; `opened` is where a first one may stand behind the colon."""
    first = paragraph(rows[:1]).passage
    names = [first.cut(opened)] if rows[0].text[opened:].strip() else []
    used, plain = 1, not names  # below the heading names may have no marks
    for before, row in zip(rows, rows[1:], strict=False):
        if not row.text.strip("| "):  # of a table that holds the list
            used += 1
            continue
        marker = read_marker(row.text)
        folded = fold(row.text)
        if (marker is not None and not marker.is_bullet) or opening("basis").match(folded.lstrip("-–— ")):
            break
        inside = used + 1 < len(rows) and _is_inside(row, rows[used + 1])
        beside = marker is None and plain and is_named(row.text) and may_receive(row.text)
        if len(row.text) > LONGEST or (names and marker is None and not (_carries_on(before, row) or inside or beside)):
            break
        passage = paragraph([row]).passage
        plain = plain and marker is None
        if marker is not None or not names or beside or names[-1].text.rstrip().endswith(";"):
            names.append(passage)
        else:
            names[-1] = names[-1] + passage
        used += 1
    return names, used


def _is_inside(row: BodyLine, after: BodyLine) -> bool:
    """Whether a line without a mark ends an item of a list that goes on below it: "Đảng ủy tỉnh," / "- Các chi bộ"."""
    marker = read_marker(after.text)
    return row.text.rstrip().endswith((";", ",")) and marker is not None and marker.is_bullet


def _carries_on(before: BodyLine, row: BodyLine) -> bool:
    """Whether a line without a mark belongs to a list of addressees: it ends the one before, or is the next."""
    text = before.text.rstrip()
    if text.endswith((";", ",")):
        return True
    box, above = row.line.box, before.line.box
    if text.endswith((".", "./.")) or (box is not None and above is not None and box.x0 < above.x0 - INDENT):
        return False
    return row.text[:1].islower() or (before.wide and not row.blank_before)


def _trim(name: Passage) -> Passage:
    """Without the mark before and the stop behind."""
    start = len(name.text) - len(name.text.lstrip("-–—+•*|: "))
    end = len(name.text.rstrip(" ;.,:"))
    return name.cut(start, max(end, start))
