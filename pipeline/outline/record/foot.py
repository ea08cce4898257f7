"""The end of a document: recipients (Nơi nhận) and the signature block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice, zip_longest

from pipeline.document import Foot, Passage, Side
from pipeline.knowledge.documents import parts
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.letters import CAPITALS, SMALL
from pipeline.outline.numbering import Marker, read_marker
from pipeline.outline.paragraphs import BodyLine
from pipeline.outline.record.addressees import LONGEST_ITEM, is_named, listed, may_receive, receives
from pipeline.outline.record.letterhead import is_separator, level_syllables, segments
from pipeline.outline.rules import opening, pattern, whole

LONGEST_LIST = 60  # lines: a list of recipients with all its lines is shorter
STRAY = r"\w (?=\S)"  # a stain between the columns that was read as a letter
BESIDE = 100.0  # points to the right of the recipients, where the sign-off stands
_MIXED = re.compile(r"(?<!\w)(?:\d+[^\W\d]|[^\W\d]\d)")  # letters and figures in one: what is left under a seal
LONGEST_SIGNATURE = 6  # lines: a post and who holds it have no more
NEXT = 3  # numbers below a sign-off, among which the next of the body stands where it is none
_STOP = re.compile(r"\./\.?[”\"*]*\s*$")
LONGEST_REST = 40  # characters: the rest of the last recipient on a line of its own
# Two to five capitalised syllables, after a rank or an academic title; never all capitals alone on a two-word line.
_SYLLABLE = rf"[{CAPITALS}][{SMALL}]*(?:[-'’][{CAPITALS}]?[{SMALL}]+)?"


# Of one syllable with a mark, as in the Tây Nguyên: "K'Tiêng", "H' Nguyệt Êban".
_MARKED = rf"[{CAPITALS}]{{1,2}}\s?['’]\s?{_SYLLABLE}"


@cache
def _person() -> re.Pattern[str]:
    known = parts()
    title = rf"(?:(?:{'|'.join(known.academic_titles)})\.?,?\s*|(?:{'|'.join(known.ranks)}),? )*"
    return re.compile(rf"^{title}(?P<name>(?:{_MARKED}|{_SYLLABLE}\s+{_SYLLABLE})(?:\s+{_SYLLABLE}){{0,3}})\s*[.]?$")


def begins_recipients(rows: Sequence[BodyLine], at: int) -> bool:
    """Tell whether a list of recipients begins at a line: its heading, read well or badly, or its first item.

    Args:
        rows: lines of the body.
        at: the index of the line.
    """
    text = rows[at].text
    folded = fold(text)
    if pattern("recipients").match(folded):
        return text.lstrip(" *-_.,'\"").startswith("N")
    heading = _heading(text) is not None
    if not heading and not pattern("recipients_first").match(folded):
        return _lists_copies(rows, at)
    for number, row in enumerate(rows[at + 1 : at + LONGEST_LIST]):
        marker = read_marker(row.text)
        if pattern("recipients_last").match(fold(row.text)):
            return True
        if marker is not None and not marker.is_bullet:
            return False
        if heading and number == 0 and pattern("recipients_first").match(fold(row.text)):
            return True
    return False


def _lists_copies(rows: Sequence[BodyLine], at: int) -> bool:
    """Whether bullets that name somebody begin at a line and end with who keeps a copy: "- Lưu: VT".

    Some may be read as what somebody does, "Phòng Quản lý bảo trì", but not the first.
    """
    items: list[str] = []
    for number, row in enumerate(rows[at : at + LONGEST_LIST], at + 1):
        marker = read_marker(row.text)
        if marker is not None and marker.is_bullet:
            if pattern("recipients_last").match(fold(row.text)):
                following = read_marker(rows[number].text) if number < len(rows) else None
                if following is not None and not following.is_bullet:
                    return False  # the plan goes on: "- Lưu: văn thư giữ 01 bản", "2. Sở Y tế …"
                plain = sum(map(may_receive, items))
                return bool(items) and is_named(items[0]) and may_receive(items[0]) and 2 * plain > len(items)
            items.append(row.text[marker.end :])
        elif marker is not None or not items or row.sheet is not None or len(items[-1]) > LONGEST_ITEM:
            return False
        elif _heading(row.text) is not None or in_capitals(row.text) and not _names_post(row.text):
            return False  # the list begins here, or a title stands between
        else:
            items[-1] += " " + row.text
    return False


def begins_behind_stop(rows: Sequence[BodyLine], at: int) -> bool:
    """Tell whether behind the stop of a document, "./.", a foot begins that lost its heading: recipients, or a name.

    Args:
        rows: lines of the body.
        at: the index of the line.
    """
    if at == 0 or not _STOP.search(rows[at - 1].text):
        return False
    if is_person(rows[at].text):
        return not _counts_on(rows, at)
    items: list[str] = []
    for row in rows[at : at + LONGEST_LIST]:
        marker = read_marker(row.text)
        if marker is not None and marker.is_bullet:
            items.append(row.text[marker.end :])
        elif marker is not None or not items or items[-1].rstrip().endswith((";", ".")):
            break
    plain = all(receives(one) or may_receive(one) and one.rstrip().endswith((";", ".", ",")) for one in items)
    return bool(items) and receives(items[0]) and plain and 2 * sum(map(receives, items)) > len(items)


def _heading(text: str) -> int | None:
    """Where the heading of the recipients ends; a misread one stands alone, or with an item or an office behind it."""
    folded = fold(text)
    if match := pattern("recipients").match(folded):
        return match.end()
    if match := pattern("recipients_misread").match(folded):
        rest = re.sub(f"^{STRAY}", "", text[match.end() :])
        if not rest or rest.startswith(("-", "–")) or _is_capacity(rest, fold(rest), False):
            return match.end()
    return None


def begins_foot(row: BodyLine) -> bool:
    """Tell whether a line is the first of a sign-off."""
    for piece in segments(row):
        folded = fold(piece.text)
        if pattern("recipients").match(folded):
            return True
        if piece.text.rstrip().endswith(":"):
            continue  # a heading or a lead-in
        if (pattern("capacity").match(folded) or whole("positions").match(folded)) and in_capitals(piece.text):
            return True
    return False


def begins_signatures(rows: Sequence[BodyLine], at: int) -> bool:
    """Tell whether a sign-off begins at a line without recipients or authority: a post of a body, and who holds it.

    So plans that several make together end: "GIÁM ĐỐC SỞ Y TẾ", "Trần Văn Nam", "GIÁM ĐỐC CÔNG AN TỈNH", "Lê Thu Hà".

    Args:
        rows: lines of the body.
        at: the index of the line.
    """
    for number, row in enumerate(rows[at : at + LONGEST_SIGNATURE]):
        pieces = segments(row)
        if not number and not all(_names_post(piece.text) for piece in pieces):
            return False
        if number and pieces and all(is_person(piece.text) for piece in pieces):
            return not _counts_on(rows, at)
        if not all(in_capitals(piece.text) or piece.text.startswith("(") for piece in pieces):
            return False
    return False


def _counts_on(rows: Sequence[BodyLine], at: int) -> bool:
    """Whether numbered items go on below a line that may begin a sign-off, so that it stands inside the body."""
    above = next((read for row in rows[at - 1 :: -1] if at and (read := _number(row)) is not None), None)
    below = (read for row in rows[at:] if (read := _number(row)) is not None)
    return above is not None and any(one.style == above.style and one.follows(above) for one in islice(below, NEXT))


def _number(row: BodyLine) -> Marker | None:
    marker = read_marker(row.text)
    return None if marker is None or marker.is_bullet else marker


def _names_post(text: str) -> bool:
    return in_capitals(text) and text[-1:].isalpha() and bool(opening("posts").match(fold(text)))


def is_person(text: str) -> bool:
    """Tell whether a line holds a person's name and nothing else."""
    stripped = text.strip(" *")
    match = _person().match(stripped)
    return (
        match is not None
        and not in_capitals(stripped)
        and all(word[0] in "'’" or word[0].isupper() for word in match["name"].split())
    )


# What a seal's rim or a pen makes of a name: its first letter is cut ("lô Quốc Dũng"), or signs stand in it.
_STROKES = re.compile(r"(?:[^\w\s'’.,()/:;-]|-(?!\w)|(?<!\w)-)+")
_CUT = re.compile(rf"[{SMALL}]{{1,6}}(?:\s+{_SYLLABLE}){{2,4}}")


def name_below_strokes(text: str) -> str | None:
    """The name of a person in a line that a seal or a pen ran through; None where no name can be made out.

    Args:
        text: of a line at the place of the name, which `is_person` does not take for one.
    """
    bare = " ".join(_STROKES.sub(" ", text.strip(" *")).split()).strip(" .")
    if is_person(bare):
        return bare
    first = fold(bare.partition(" ")[0])
    return bare if _CUT.fullmatch(bare) and first not in level_syllables() and first not in ("ông", "bà") else None


def read_foot(rows: Sequence[BodyLine]) -> Foot:
    """Read the foot of a document from its lines."""
    recipients: list[Passage] = []
    capacity: list[Passage] = []
    signer: Passage | None = None
    likely: Passage | None = None
    listing = bool(rows) and _bulleted(rows[0].text)  # the heading was lost
    edge = min((row.line.box.x0 for row in rows if row.line.box and _bulleted(row.text)), default=None)
    last: Passage | None = None  # who signs, or as what, on the line above
    alone = begins_signatures(rows, 0)
    for row, below in zip_longest(rows, rows[1:]):
        beside = _is_beside(row, edge)
        for number, piece in enumerate(_columns(row, below is not None and below.text[:1].islower())):
            folded = fold(piece.text)
            above, last = last, None
            if above is not None and _is_broken_off(row, piece.text):
                if above is signer and is_person(f"{above.text} {piece.text}"):
                    signer = last = above + piece
                    continue
                if len(above.text.split()) == 1 and in_capitals(piece.text):
                    capacity[-1] = last = above + piece
                    continue
            if is_separator(piece.text):
                continue
            heading = None if listing else _heading(piece.text)
            if heading is not None:
                listing = True
                if heading < len(piece.text):
                    _place(piece.cut(heading), recipients, capacity)
                continue
            listing = listing or bool(pattern("recipients_first").match(folded))
            listing = listing or bool(capacity) and _bulleted(piece.text) and receives(_trim(piece).text + ";")
            right = row.line.column is Side.RIGHT or number > 0 and not (listing and _goes_beside(row.text, piece.text))
            signs = capacity or right or _is_closed(recipients) or row is rows[0]
            if is_person(piece.text) and signs and not _open_recipient(row, recipients, right):
                signer = last = piece
            elif not (listing and row.line.column is Side.LEFT) and (
                _is_capacity(piece.text, folded, bool(capacity)) or _is_post(piece.text, recipients, beside or alone)
            ):
                # Capitals behind a name that say no authority head what follows.
                if signer is None or _is_capacity(piece.text, folded, False):
                    capacity.append(piece)
                    last = piece
            elif capacity and _may_be_signed(piece.text, row, recipients, right):
                likely = piece
            elif listing and not right and _is_recipient(piece.text, recipients):
                _recipient(piece, recipients)
    named = signer or likely
    return Foot(tuple(_trim(one) for one in recipients), tuple(capacity), named, signer is None and likely is not None)


def _goes_beside(row: str, piece: str) -> bool:
    """Whether a recipient stands behind another on its line, each with its mark: "- Bộ Công an;   - Tỉnh ủy;"."""
    return _bulleted(row) and _bulleted(piece) and not in_capitals(piece)


def _is_broken_off(row: BodyLine, text: str) -> bool:
    """Whether a line is the syllable that a converter broke off the line above: "Lò Thị", "Vân"; "CHỦ", "TỊCH"."""
    return row.line.box is None and not row.blank_before and text.isalpha() and text[0].isupper()


def _columns(row: BodyLine, goes_on: bool) -> list[Passage]:
    """The row's columns; where a reader closed the gap, what stands behind a recipient's semicolon is the right one.

    `goes_on`: the line below begins small, so that two capitals behind a comma are no name ("…, Bộ Y", "tế").
    """
    pieces = [part for piece in segments(row) for part in _with_signer(piece)]  # none where a bar stands alone
    text = pieces[0].text if len(pieces) == 1 else ""
    if not (text.startswith(("-", "–")) or _heading(text)):
        return pieces
    for gap in re.finditer(rf"(?<=[;:,.])\s+(?:{STRAY})?(?:- (?=[{CAPITALS}]{{2}}))?", text):
        right = pieces[0].cut(gap.end())
        named = is_person(right.text) and not (goes_on and text[gap.start() - 1] == ",")
        if named or (in_capitals(right.text) and _is_capacity(right.text, fold(right.text), False)):
            return [pieces[0].cut(0, gap.start()), right]
    return pieces


def _with_signer(piece: Passage) -> list[Passage]:
    """A line, cut before the name of who signs where that stands behind the post: "TRƯỞNG BAN Lò Văn Phượng"."""
    name = re.search(rf"(?<=[{CAPITALS}])\s+(?=[^\s]*[{SMALL}])", piece.text)
    if name is None or not in_capitals(piece.text[: name.start()]) or not is_person(piece.text[name.end() :]):
        return [piece]
    post = piece.cut(0, name.start())
    known = opening("posts").match(fold(post.text)) or pattern("capacity").match(fold(post.text))
    return [post, piece.cut(name.end())] if known else [piece]


def _is_capacity(text: str, folded: str, begun: bool) -> bool:
    if not in_capitals(text) or text.lstrip().startswith(("-", "+")):
        return False
    posts = folded.split(", ")  # of one person: "BỘ TRƯỞNG, CHỦ NHIỆM"
    return bool(
        (begun and not _MIXED.search(text))
        or pattern("capacity").match(folded)
        or all(map(whole("positions").match, posts))
    )


def _is_beside(row: BodyLine, edge: float | None) -> bool:
    """Whether a line stands far to the right of the recipients, which begin at `edge` (points)."""
    return edge is not None and row.line.box is not None and row.line.box.x0 > edge + BESIDE


def _is_post(text: str, recipients: Sequence[Passage], beside: bool) -> bool:
    """Whether a line in capitals behind or beside the recipients is a post and of what: "TRƯỞNG CÔNG AN PHƯỜNG"."""
    behind = beside or (bool(recipients) and _is_last(recipients[-1]))
    return behind and in_capitals(text) and bool(opening("posts").match(fold(text)))


def _place(piece: Passage, recipients: list[Passage], capacity: list[Passage]) -> None:
    if in_capitals(piece.text) and len(piece.text) > 5 and not piece.text.startswith("-"):
        capacity.append(piece)
    else:
        _recipient(piece, recipients)


def _is_recipient(text: str, recipients: Sequence[Passage]) -> bool:
    """Whether a line of the left column names a recipient or goes on with one."""
    if _bulleted(text):
        return True
    if text.startswith("(") or text.endswith(":"):  # "(để báo cáo)" beside a brace
        return False
    if not recipients or not _is_last(recipients[-1]):
        return True
    last = recipients[-1]
    return len(text) < LONGEST_REST and len(last.pieces) == 1 and not last.text.rstrip().endswith((".", ";"))


def _is_last(recipient: Passage) -> bool:
    """Whether a recipient is the one that ends a list: who keeps a copy."""
    return bool(pattern("recipients_last").match(fold(recipient.text)))


def _is_closed(recipients: Sequence[Passage]) -> bool:
    """Whether the last recipient of all ends with a stop: a name below is who signs, if the seal hides their post."""
    return bool(recipients) and _is_last(recipients[-1]) and recipients[-1].text.rstrip().endswith(".")


def _bulleted(text: str) -> bool:
    return text.startswith(("-", "–", "+", "•"))


def _open_recipient(row: BodyLine, recipients: Sequence[Passage], right: bool) -> bool:
    """Whether a name on the left only goes on with a recipient that is not finished."""
    if right or not recipients or _is_last(recipients[-1]):
        return False
    return not recipients[-1].text.rstrip().endswith((";", ".", ","))


def _may_be_signed(text: str, row: BodyLine, recipients: list[Passage], right: bool) -> bool:
    """Whether a line below those of authority is the name of who signs, read with a stroke through it."""
    if _bulleted(text) or _open_recipient(row, recipients, right):
        return False
    return name_below_strokes(text) is not None


def _recipient(piece: Passage, recipients: list[Passage]) -> None:
    for one in listed(piece):
        if _bulleted(one.text) or not recipients or recipients[-1].text.rstrip().endswith(";"):
            recipients.append(one)
        elif not recipients[-1].text.rstrip().endswith("."):
            recipients[-1] = recipients[-1] + one


def _trim(piece: Passage) -> Passage:
    """Without the mark before and the stop behind."""
    start = len(piece.text) - len(piece.text.lstrip("-–—+•* "))
    end = len(piece.text.rstrip(" ;:.,/"))
    return piece.cut(start, max(end, start + 1)) if start < len(piece.text) else piece
