"""The block above the title: issuers, number, place and date, the subject of a letter (Decree 30/2020/NĐ-CP, annex I).

Programs break its lines anywhere and set its two columns one below the other, side by side or between bars. So it is
read as one run of words: what the words are says where each part begins and ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from pipeline.document import Head, Passage, Side
from pipeline.knowledge.documents import document_types, page_furniture
from pipeline.knowledge.places import level_names
from pipeline.language.casing import in_capitals
from pipeline.language.dates import ISSUE_DATE, NUMERIC_DATE
from pipeline.language.folding import fold
from pipeline.language.letters import CAPITALS, SMALL, is_vietnamese
from pipeline.language.syllables import inventory
from pipeline.outline.numbering import read_marker
from pipeline.outline.paragraphs import BodyLine, paragraph
from pipeline.outline.record.addressees import is_addressed
from pipeline.outline.rules import open_end, opening, pattern, words

RULE = re.compile(r"^[\s\-–—_*=.~|]*$")
# Between two columns of a line: a wide gap, or a bar.
GAP = re.compile(r"(?:^|(?<= ))\|(?: ?\|)*(?= |$)| {3,}")
# Gaps left for a hand to fill part no columns: "Số:       /KH-UBND", "Số: 12      /QĐ-BTC", "ngày      tháng".
_LABELLED = re.compile(r"\W*s[ốôóòo]\s*[:.]?\s*(?:\d+[a-z]?\s*(?=[/-])|(?=[/.…_-]))", re.IGNORECASE)
_ALSO = r"(?:/(?:no|ref|number)\b\.?)?"  # of two languages: "Số/No:"
_BARE_LABEL = re.compile(rf"s[ốôóòo]{_ALSO}\s*[:.]?\s*", re.IGNORECASE)  # its number stands on the next line
_OF_DATE = re.compile(r"(?:ngày|tháng|năm)$", re.IGNORECASE)
_LABEL = rf"(?<!\w)[s358$§][ốôóòo]{_ALSO}\s*[:.]?\s*"  # also as it is read from pictures
_NUMBERS = (
    re.compile(
        _LABEL + r"(?P<number>(?:\d[\d\s]*(?:\.\d{1,2}(?=/))?[^\W\d_]{0,5})?\s*(?:\([^)]*\))?\s*[/-]\s*"
        r"[\w/&-]+(?:\.\w+)?(?:\s*[/-]\s*[\w&-]+)*)",
        re.IGNORECASE,
    ),
    # A serial written by hand that nobody could read: "Số: 2ƒ /CT-UBND". What is printed behind it still stands.
    re.compile(_LABEL + r"[^\s/]{0,6}\s*(?P<number>/\s*[A-ZĐ][\w]*(?:\s*-\s*[\w&]+)+)", re.IGNORECASE),
    re.compile(_LABEL + r"[.…_\s]+(?P<number>-\s*[A-ZĐ]\w*(?:\s*[/-]\s*[\w&]+)+)", re.IGNORECASE),  # of the Party
)
_NUMBER_ALONE = re.compile(r"\d+[a-z]?(?:/\d{4})?[/-][A-ZĐ]{2,4}(?:[/-][A-ZĐ][\w&]*)+")  # the label was lost
_DATE = re.compile(rf"{ISSUE_DATE}|ng[àaâ]y\s+{NUMERIC_DATE}(?=\s*$|\s+[{CAPITALS}])", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(
    rf"\d/[\w/-]*[{CAPITALS}]{{2}}[\w-]*\s+$"
)  # of a document that a subject cites, before its date
_WORD = re.compile(r"\S+")
_SERIAL_ALONE = re.compile(r"\d\s*/\s*\d{4}\s*/|\d[\s_]*/\s*[A-ZĐ]{2}")
_HOUR = re.compile(r"(?:hồi|lúc|vào)\s+\d{1,2}\s*(?:giờ|h|:)\s*(?:\d{1,2})?\s*(?:phút)?[\s,]*$", re.IGNORECASE)
_SET_UP_BY = re.compile(r"\btheo (?:quyết định|qđ)[\s:]*$", re.IGNORECASE)  # "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ …"
LONGEST_PLACE = 40  # characters
MOST_FLAT_ROWS = 12  # of a head and title that were run together


def segments(row: BodyLine) -> list[Passage]:
    """Cut a line at wide gaps and bars: the columns of a two-column line of plain text."""
    if not GAP.search(row.text):
        return [paragraph([row]).passage]
    out, at = [], 0
    for gap in [*GAP.finditer(row.text), None]:
        start, end = gap.span() if gap else (len(row.text), len(row.text))
        if gap and "|" not in gap.group() and _is_filled(row.text, at, gap):
            continue
        if row.text[at:start].strip():
            out.append(paragraph([row.cut(at, start)]).passage)
        at = end
    return out


def _is_filled(text: str, at: int, gap: re.Match[str]) -> bool:
    """Whether a gap in the column that begins at `at` is left for a number or a day."""
    label = _LABELLED.match(text, at)
    if _OF_DATE.search(text[at : gap.start()]) or _BARE_LABEL.fullmatch(text, gap.end()):
        return True
    return label is not None and label.end() >= gap.end()


def is_separator(text: str) -> bool:
    """Tell whether a line is only a rule, a bar or an empty mark."""
    return bool(RULE.match(text))


@cache
def _stamp() -> re.Pattern[str]:
    """Lines of the appearance of a digital signature, which stands beside the head."""
    lines = page_furniture().signature
    return re.compile("|".join((*lines.anchors, *lines.companions)))


def ends_with_label(row: BodyLine) -> bool:
    """Tell whether a line ends with "Số:", so that the number on the next one numbers no item."""
    return bool(re.search(rf"(?:^|\s){_BARE_LABEL.pattern}$", row.text, re.IGNORECASE))


def is_dated(row: BodyLine) -> bool:
    """Tell whether a line is a place and a date of issue, and nothing else."""
    found = _DATE.search(row.text)
    if found is None or found.start() > LONGEST_PLACE or row.text[found.end() :].strip(" *._)"):
        return False
    if "/" in row.text[: found.start()]:  # … SỐ 01/2010/NĐ-CP NGÀY …
        return False
    return not opening("basis").match(fold(row.text))


def dated_below(row: BodyLine) -> Head | None:
    """The place and day on the line above a sign-off, where schools and minutes have them: "Bình Minh, ngày 2 …"."""
    if row.sheet is not None or not is_dated(row) or not row.text[:1].isupper() or row.text.rstrip().endswith("."):
        return None
    said = read_letterhead([row])[0]
    return said if said.place is not None and said.date is not None else None


@cache
def _national() -> re.Pattern[str]:
    """The national title and its motto, whole or what a line break left of it."""
    titles = [re.escape(title).replace(r"\ ", r"\s+") for title in words("national_title")]
    return re.compile("|".join((*titles, pattern("motto").pattern)))


@cache
def level_syllables() -> frozenset[str]:
    """The syllables of the levels that places have: "tỉnh", "phường", "đặc"."""
    return frozenset(
        syllable for name in level_names("province", "city", "district", "commune") for syllable in name.split()
    )


class _HeadLines:
    """The lines of the block as one text: the first columns of all rows, then the second ones."""

    def __init__(self, rows: Sequence[BodyLine]) -> None:
        columns: tuple[list[tuple[Passage, BodyLine]], list[tuple[Passage, BodyLine]]] = ([], [])
        for row in rows:
            for number, piece in enumerate(segments(row)):
                right = number > 0 or row.line.column is Side.RIGHT
                if not is_separator(piece.text):
                    columns[right].append((piece, row))
        self.lines = [*columns[0], *columns[1]]
        self.lefts = len(columns[0])
        self.starts: list[int] = []
        passage: Passage | None = None
        for piece, _ in self.lines:
            passage = passage + piece if passage else piece
            self.starts.append(len(passage.text) - len(piece.text))
        self.passage = passage or Passage("", (), 0)
        self.text = self.passage.text
        self.folded = fold(self.text)
        self.taken = bytearray(len(self.text))

    def line_at(self, offset: int) -> int:
        """The index of the line that an offset stands in."""
        return bisect_right(self.starts, offset) - 1

    def take(self, start: int, end: int) -> Passage:
        """Cut a part out, so that it belongs to no other."""
        self.taken[start:end] = b"\1" * (end - start)
        return self.passage.cut(start, end)

    def begins(self, offset: int) -> bool:
        """Whether a line, or what is left of one, begins at an offset, but for signs."""
        at = offset
        while at > 0 and at not in self.starts and not self.taken[at - 1] and not self.text[at - 1].isalnum():
            at -= 1
        return at == 0 or at in self.starts or bool(self.taken[at - 1])

    def is_taken(self, index: int) -> bool:
        """Whether anything of a line is taken."""
        start = self.starts[index]
        return any(self.taken[start : start + len(self.lines[index][0].text)])

    def left_of(self, index: int) -> list[tuple[int, int]]:
        """The stretches of a line that nothing has taken."""
        start = self.starts[index]
        end = start + len(self.lines[index][0].text)
        return [found.span() for found in re.compile(rb"\0+").finditer(self.taken, start, end)]


def read_letterhead(rows: Sequence[BodyLine]) -> tuple[Head, int]:
    """Read the block above the title.

    Args:
        rows: its lines; what stands below the block may follow.

    Returns:
        What it says, and how many of the lines it takes: the last holds number, date, subject, national title or motto.
    """
    block = _HeadLines(rows)
    for found in _national().finditer(block.folded):
        block.take(*found.span())
    closed = len(block.text)
    number = subject = place = date = None
    numbers = (found for one in _NUMBERS for found in one.finditer(block.text))
    starts = ((found, _start_of_number(block, found.start())) for found in numbers)
    placed = [(found, at) for found, at in starts if at is not None]
    if placed:  # the first may be that of what set up who issues
        found, closed = next((one for one in placed if not _SET_UP_BY.search(block.text[: one[1]])), placed[0])
        end = _end_of_symbol(block, found.end())
        number = block.passage.cut(found.start("number"), end)
        block.take(closed, end)
    elif alone := [
        (at, one) for at, (one, _) in zip(block.starts, block.lines, strict=True) if _NUMBER_ALONE.fullmatch(one.text)
    ]:
        closed = alone[0][0]
        number = block.take(closed, closed + len(alone[0][1].text))
    if said := _subject(block):
        subject, closed = block.take(*said), min(closed, said[0])
    for found in _DATE.finditer(block.text):
        if date is None and not block.taken[found.start()]:
            hour = _HOUR.search(block.text, 0, found.start())  # "Huế, hồi 16 giờ 30 phút ngày …", of telegrams
            start, end = _place(block, hour.start() if hour else found.start())
            date = block.take(*found.span())
            place = block.take(start, end) if start < end else None
    used = 1 + max((rows.index(row) for at, (_, row) in enumerate(block.lines) if block.is_taken(at)), default=-1)
    return Head(_issuers(block, closed), number, place, date, title=subject), used


def is_type(text: str) -> bool:
    """Tell whether a text is the name of a type of documents, which may stand before a number."""
    return fold(text).strip() in document_types()


def _start_of_number(block: _HeadLines, at: int) -> int | None:
    """Where the line of a number begins: with its label, or with the type before it ("Nghị quyết số: 5/2025/QH15")."""
    start = block.starts[block.line_at(at)]
    named = is_type(block.text[start:at]) and block.begins(start)
    return start if named else at if block.begins(at) else None


def _end_of_symbol(block: _HeadLines, at: int) -> int:
    """Where a number ends of which only the first letters are read: "QĐ - U B ND", spaced by hand."""
    index = block.line_at(at - 1)
    end = block.starts[index] + len(block.lines[index][0].text)
    return end if re.fullmatch(rf"(?: [{CAPITALS}]{{1,3}})+", block.text[at:end]) else at


def _subject(block: _HeadLines) -> tuple[int, int] | None:
    """Where the subject of a letter stands: "V/v …", down to what is no line of it any more."""
    for found in pattern("subject").finditer(block.folded):
        if block.taken[found.start()] or not block.begins(found.start()):
            continue
        index = block.line_at(found.start())
        end = block.starts[index] + len(block.lines[index][0].text)
        for at in range(index + 1, len(block.lines)):
            (piece, row), (_, before) = block.lines[at], block.lines[at - 1]
            if at == block.lefts or row.line.column is not before.line.column or row.blank_before:
                break
            if (
                in_capitals(piece.text)
                or is_addressed(piece.text)
                or any(block.taken[block.starts[at] : block.starts[at] + 1])
            ):
                break
            if (dated := _DATE.search(piece.text)) and not _NUMBER_BEFORE.search(piece.text[: dated.start()]):
                break
            end = block.starts[at] + len(piece.text)
        return (found.start(), end) if is_vietnamese(block.text[found.start() : end]) else None
    return None


def _place(block: _HeadLines, date: int) -> tuple[int, int]:
    """Where the place before a date stands: the words with capitals before it, also on the lines above."""
    index = block.line_at(date)
    text = block.text
    end = date
    while end > 0 and text[end - 1] in " ,;.:" and not block.taken[end - 1]:
        end -= 1
    start = end
    while index >= 0:
        line = block.starts[index]
        spans = [found.span() for found in _WORD.finditer(text, line, start) if found.end() <= end]
        for at, stop in reversed(spans):
            if block.taken[at] or not _is_of_place(text[at:stop], text[start:end]):
                return _trimmed(text, start, end) if start < end else _anything(block, line, end)
            start = at
        if index == 0 or index == block.lefts or end - line > LONGEST_PLACE:
            break
        index -= 1
        above = block.lines[index]
        if above[1].line.column is not block.lines[index + 1][1].line.column or not _is_place(
            above[0].text, text[start:end]
        ):
            break
    return _trimmed(text, start, end)


def _is_place(line: str, behind: str) -> bool:
    return len(line) <= LONGEST_PLACE and all(_is_of_place(word, behind) for word in line.split())


def _is_of_place(word: str, behind: str) -> bool:
    """Whether a word can stand in the name of a place, before what is known to."""
    bare = word.strip(".,()")
    if not any(char.isalnum() for char in word):
        return word in "-–"
    if len(bare) == 1:  # a part of a syllable, as below
        return True
    if bare.isupper() and len(bare) > 2 and any(char.islower() for char in behind):
        return False
    if any(char.isdigit() for char in bare):
        return bare.isdigit()
    if "/" in bare or "⁄" in bare:
        return False
    return (
        bare[:1].isupper() or fold(bare) in level_syllables() or bare.lower() not in inventory()
    )  # a part of one: "Qu ả ng"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalpha():
        start += 1
    return start, end


def _anything(block: _HeadLines, line: int, end: int) -> tuple[int, int]:
    """A short line before a date, however it was read."""
    start = end
    while start > line and not block.taken[start - 1] and not block.text[start - 1].isdigit():
        start -= 1
    return _trimmed(block.text, start, end) if end - start <= LONGEST_PLACE else (end, end)


def _issuers(block: _HeadLines, closed: int) -> tuple[Passage, ...]:
    """The lines of the left column above the number that name who issues."""
    out: list[Passage] = []
    for index in range(block.lefts):
        row = block.lines[index][1]
        for start, end in block.left_of(index):
            part = block.passage.cut(start, min(end, closed))
            part = part.cut(0, len(part.text.rstrip(" _|-–—")))
            set_up = bool(out) and _SET_UP_BY.search(out[-1].text)
            serial = _SERIAL_ALONE.search(part.text) and not set_up
            if start >= closed or is_separator(part.text) or is_addressed(part.text) or serial:
                continue
            stamped = _stamp().match(fold(part.text)) or not is_vietnamese(part.text)
            if not stamped and (in_capitals(part.text) or (row.line.column is Side.LEFT and not out)):
                out.append(part)
    return tuple(out)


_OF_A_TITLE = re.compile(r"[\d;]|\bvề\b|^\w+,")  # in no name of who decides
_SMALL_WORD = re.compile(rf"[“\"(]?(?:[{CAPITALS}{SMALL}][{SMALL}]+|[{SMALL}])[,.;:]?")
_TYPE_BEHIND_DATE = re.compile(r"n[ăâa]m\s*\d{4}\s+(?=\S)", re.IGNORECASE)


def separated(rows: Sequence[BodyLine]) -> list[BodyLine]:
    """Lines in which a program ran head, title and grounds together, with each of these on a line of its own."""
    for at, row in enumerate(rows[:MOST_FLAT_ROWS]):
        found = _TYPE_BEHIND_DATE.search(row.text)
        if found is None or not opening("document_types").match(fold(row.text[found.end() :])):
            continue
        if not in_capitals(row.text[found.end() :].split(" ", 1)[0]):
            continue
        head = [*rows[:at], row.cut(0, found.end())]
        if (marker := read_marker(head[0].text)) is not None:  # the number of the page it was taken from
            head[0] = head[0].cut(marker.end)
        return [*head, *_title_and_grounds([row.cut(found.end()), *rows[at + 1 :]])]
    return list(rows)


def _title_and_grounds(rows: list[BodyLine]) -> list[BodyLine]:
    """Lines that begin with a type, cut before who decides and before the first words that are not in capitals."""
    words_ = [(at, found) for at, row in enumerate(rows[:MOST_FLAT_ROWS]) for found in _WORD.finditer(row.text)]
    small = next((n for n, (_, found) in enumerate(words_) if _SMALL_WORD.fullmatch(found.group())), None)
    if small is None:
        return rows
    if words_[small][1].group()[0].islower():  # "UBND tỉnh ban hành …"
        small -= 1
    at, start = words_[small][0], words_[small][1].start()
    title = [*rows[:at], rows[at].cut(0, start)] if start else rows[:at]
    return [*_with_authority(title), rows[at].cut(start), *rows[at + 1 :]]


def _with_authority(title: list[BodyLine]) -> list[BodyLine]:
    """The lines of a title cut before who decides, which stands in capitals at their end."""
    text = fold(" ".join(row.text for row in title))
    found = [one for one in re.finditer(rf"(?<!\w)(?:{opening('authorities').pattern})", text) if one.start()]
    while len(found) > 1 and found[-2].end() >= found[-1].start() - 1:  # "chủ tịch ủy ban nhân dân"
        found.pop()
    if not found or not decides(text[found[-1].start() :], text[: found[-1].start()]):
        return title
    at = found[-1].start()
    for number, row in enumerate(title):
        if at <= len(row.text):
            return [*title[:number], *([row.cut(0, at)] if at else []), row.cut(at), *title[number + 1 :]]
        at -= len(row.text) + 1
    return title


def decides(name: str, before: str) -> bool:
    """Tell whether words in capitals are who decides and no part of the title: `name`, and what stands `before`."""
    if not opening("authorities").match(name) or _OF_A_TITLE.search(name):
        return False
    return not open_end().search(before.rstrip()) and not before.rstrip().endswith((" cơ", "theo"))
