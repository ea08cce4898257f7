"""The agencies in a cell of a task table, separated by comma, semicolon, line or "và", in the role of its column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from pipeline.document import Passage
from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match, matches
from pipeline.extract.agencies.endings import stands_behind
from pipeline.extract.agencies.full_names import written_out
from pipeline.extract.agencies.mention import Grade, Mention
from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.agencies import groups
from pipeline.knowledge.passages import cell_words
from pipeline.language.folding import fold
from pipeline.schema import Role

LINES = 6  # of a cell on each side that tell whether a name ends at a break
LONGEST = 120  # characters: what is longer in a cell of agencies is a sentence, and no name


@dataclass(frozen=True, slots=True)
class CellAgency:
    """An agency in a cell: offsets, full name, role; `known` when its name is built as agencies' names are."""

    start: int
    end: int
    name: str
    role: Role
    known: bool


@cache
def _rule(key: str) -> re.Pattern[str]:
    """The patterns of a list of `knowledge.passages.CellWords` as one."""
    found: str | tuple[str, ...] = getattr(cell_words(), key)
    return re.compile("|".join(f"(?:{one})" for one in ([found] if isinstance(found, str) else found)))


@cache
def _unit() -> re.Pattern[str]:
    """The first word of a unit that belongs to the body named right behind it."""
    return re.compile(rf"(?:{'|'.join(noun for noun, one in groups().items() if one.unit)})\b")


@cache
def _roles() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((Role(name), re.compile(pattern)) for name, pattern in cell_words().roles.items())


@cache
def _roles_behind() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((Role(name), re.compile(pattern)) for name, pattern in cell_words().roles_behind.items())


def agencies_in(cell: Passage, role: Role, terms: Mapping[str, str]) -> list[CellAgency]:
    """Read the agencies of a cell.

    Args:
        cell: the cell's text.
        role: of its column.
        terms: abbreviations that the document defines, with their full forms.
    """
    folded = fold(cell.text)
    stated = sorted((*one.span(), own) for own, rule in _roles() for one in rule.finditer(folded))
    stated = [(a, b, own) for a, b, own in stated if not _says_what(cell.text, a, b)]
    stretches = [(0, stated[0][0] if stated else len(folded), role)]
    for at, (_, start, own) in enumerate(stated):
        stretches.append((start, stated[at + 1][0] if at + 1 < len(stated) else len(folded), own))
    out = []
    for start, end, own in stretches:
        for first, last in _blocks(cell, start, end):
            text = cell.text[first:last]
            mentions = find(spelled_out(text))
            begins = [one.start for one in mentions]
            parts = list(_segments(text, mentions))
            for a, b in parts:
                said, behind = _role_behind(text, a, b)
                here = mentions[bisect_left(begins, a) : bisect_left(begins, behind)]
                inside = [one for one in here if one.end <= behind]
                if said is None and own is Role.LEAD and _helps(text, parts[0], (a, b), inside):
                    said = Role.RESPONSIBLE
                for x, y, name, known in _names(text, a, behind, inside, terms):
                    out.append(CellAgency(first + x, first + y, name, said or own, known))
    return out


def _helps(text: str, first: tuple[int, int], part: tuple[int, int], inside: Sequence[Mention]) -> bool:
    """Whether who stands behind a semicolon does something for who leads: "Sở Y tế; Sở Tài chính bố trí ngân sách".

    What a bracket says does not matter: "Sở Nội vụ; UBND cấp xã (tài liệu bàn giao)" both lead.
    """
    if part == first or len(inside) != 1 or not text[: part[0]].rstrip().endswith(";"):
        return False
    return _is_order(text[inside[0].end : part[1]])


def _says_what(text: str, first: int, last: int) -> bool:
    """Whether words of a role stand in a bracket that names nobody: "UBND xã (phối hợp khảo sát); Sở Y tế"."""
    inside = text.rfind("(", 0, first) > text.rfind(")", 0, first)
    return inside and not find(spelled_out(text[last:].partition(")")[0]))


def _role_behind(text: str, first: int, last: int) -> tuple[Role | None, int]:
    """The role that words behind a name give it, and where the name ends: "Sở Y tế (chủ trì)"."""
    for role, rule in _roles_behind():
        if found := rule.search(fold(text[first:last])):
            return role, first + found.start()
    return None, last


def _blocks(cell: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between line breaks at which one name is done and another begins."""
    at = start
    breaks = [piece.at for piece in cell.pieces if start < piece.at < end]
    for index, here in enumerate(breaks):
        begin = max(at, breaks[index - LINES] if index >= LINES else at)
        ends = [*breaks[index + 1 : index + 1 + LINES], end]
        if _parts(cell.text[begin:here], cell.text[here : ends[min(LINES, len(ends)) - 1]], ends[0] - here):
            yield at, here
            at = here
    yield at, end


def _parts(before: str, after: str, line: int) -> bool:
    """Whether a line break stands between two names rather than within one; `line` characters follow up to the next."""
    line -= len(after) - len(after.lstrip("-–+*• "))
    before, after = before.rstrip(), after.lstrip("-–+*• ")
    if before.endswith((",", ";")) or not after[:1].isupper():
        return False
    ended, begun = find(spelled_out(before)), find(spelled_out(after))
    if not ended or not begun or begun[0].start or ended[-1].end < len(before):
        return False
    if begun[0].grade is Grade.BARE and (
        begun[0].last - begun[0].first < 2 or begun[0].end < len(after[:line].rstrip(" ,;."))
    ):
        return False
    last = ended[-1]
    if match(lexicon.positions(), spelled_out(last.name), 0)[0]:
        return False  # "Viện trưởng | Viện Chăn nuôi": an office and its body
    if last.grade is Grade.BARE:  # "Bộ Chỉ huy | Bộ đội biên phòng" is one kind
        whole = spelled_out(f"{before[last.start :]} {after}")
        behind = max((reach for reach, _ in matches(lexicon.heads(), whole, 0)), default=0)
        if behind and whole[behind - 1].end > last.end - last.start:
            return False
    return not _owns(begun[0].name, last.name)


def _owns(one: str, unit: str) -> bool:
    """Whether `one` names a body that a unit with the name right before it belongs to."""
    folded = fold(unit)
    return bool(_unit().match(folded) and not _rule("levels").search(folded) and _rule("owners").match(fold(one)))


def _segments(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The stretches between separators that stand in no name."""
    begins = [one.start for one in mentions]
    depth = list(accumulate((char == "(") - (char == ")") for char in text))
    begin = 0
    for found in [*_rule("joiners").finditer(fold(text)), None]:
        a, b = found.span() if found else (len(text), len(text))
        at = bisect_left(begins, b) - 1
        inside = at >= 0 and a < mentions[at].end
        if found and (inside or (a > 0 and depth[a - 1] > 0)):
            continue
        first, last = _trimmed(text, begin, max(begin, a))
        if last > first and any(char.isalpha() for char in text[first:last]):
            yield first, last
        begin = max(begin, b)


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and text[first] in ' .,:;-–*+•"”“':
        first += 1
    while last > first and text[last - 1] in ' .,:;-–*+•"”“':
        last -= 1
    return first, last


def _names(
    text: str, first: int, last: int, inside: Sequence[Mention], terms: Mapping[str, str]
) -> Iterator[tuple[int, int, str, bool]]:
    """The names in a stretch: those known, or the whole of it where more than they stand in it."""
    printed = " ".join(text[first:last].split())
    if not inside and _rule("cites").search(fold(printed)):
        return
    if not inside:
        full = terms.get(printed) or lexicon.abbreviation(printed) or lexicon.initials(printed)
        if full is not None and full[:1].isupper() or printed in terms:
            name = full or printed
            yield first, last, name[0].upper() + name[1:], True
        else:
            yield first, last, written_out(printed, terms), len(printed) <= LONGEST and _is_class(printed)
        return
    rest = "".join(text[a:b] for a, b in _gaps(first, last, inside))
    named = inside[0]
    if not any(char.isalnum() for char in re.sub(r"\([^()]*\)|\bcác\b", "", fold(rest))):  # "các Sở Y tế, Nội vụ"
        for one in inside:
            yield one.start, one.end, written_out(one.name, terms), True
    elif named.start == first and len(inside) == 1 and len(printed) <= LONGEST:
        order = named.grade is Grade.PROPER and _is_order(text[named.end : last])
        if order and match(lexicon.heads(), spelled_out(named.name), 0)[1] != "open":  # "Sở Tài chính thẩm định"
            yield first, last, written_out(named.name, terms), False
        else:  # "Cục Quản lý giám sát bảo hiểm": units are called by what they do
            yield first, last, written_out(f"{named.name}{text[named.end : last]}", terms), not order
    elif len(printed) <= LONGEST and len(inside) == 1:
        yield first, last, written_out(printed, terms), _is_class(printed)
    else:  # a sentence: who is named in it may have another part in the work
        for one in inside:
            yield one.start, one.end, written_out(one.name, terms), False


def _is_order(text: str) -> bool:
    """Whether what stands behind a name says what it does; that of a group says which are meant."""
    found = spelled_out(text)
    return bool(found) and not found[0].capital and stands_behind(found, 0)


def _gaps(first: int, last: int, inside: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    at = first
    for one in inside:
        yield at, one.start
        at = max(at, one.end)
    yield at, last


def _is_class(printed: str) -> bool:
    """Whether a name begins as those of groups and kinds of agencies do: "Phòng đọc", not "Phòng chống dịch"."""
    found = spelled_out(printed)
    if match(lexicon.determiners(), found, 0)[0]:
        return True
    reach = max(match(tree, found, 0)[0] for tree in (lexicon.classes(), lexicon.positions()))
    return reach > 1 or len(found) in (reach, match(lexicon.heads(), found, 0)[0])
