"""The agencies that a cell of a task table names: by comma, semicolon, line or "và", each in the role of its column."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.document import Passage
from pipeline.extract import lexicon
from pipeline.extract.casing import match, matches
from pipeline.extract.mention import Grade, Mention
from pipeline.extract.mentions import find
from pipeline.extract.names import written_out
from pipeline.extract.tokens import syllables
from pipeline.folding import fold
from pipeline.schema import Role

LONGEST = 120  # characters: what is longer in a cell of agencies is a sentence, and no name


@dataclass(frozen=True, slots=True)
class Named:
    """An agency in a cell: offsets, full name, role; `known` when its name is built as agencies' names are."""

    start: int
    end: int
    name: str
    role: Role
    known: bool


@cache
def words() -> dict[str, Any]:
    """cells.toml."""
    return tomllib.loads(files("pipeline.extract").joinpath("gazetteer", "cells.toml").read_text(encoding="utf-8"))


@cache
def _rule(key: str) -> re.Pattern[str]:
    found = words()[key]
    return re.compile("|".join(f"(?:{one})" for one in ([found] if isinstance(found, str) else found)))


@cache
def _roles() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((Role(name), re.compile(pattern)) for name, pattern in words()["roles"].items())


def agencies_in(cell: Passage, role: Role, terms: Mapping[str, str]) -> list[Named]:
    """The agencies of a cell whose column gives them `role`; `terms` are the abbreviations the document makes."""
    folded = fold(cell.text)
    stated = sorted((found.start(), found.end(), own) for own, rule in _roles() for found in rule.finditer(folded))
    stretches = [(0, stated[0][0] if stated else len(folded), role)]
    for at, (_, start, own) in enumerate(stated):
        stretches.append((start, stated[at + 1][0] if at + 1 < len(stated) else len(folded), own))
    out = []
    for start, end, own in stretches:
        for first, last in _blocks(cell, start, end):
            text = cell.text[first:last]
            mentions = find(syllables(text))
            for a, b in _segments(text, mentions):
                inside = [one for one in mentions if a <= one.start and one.end <= b]
                for x, y, name, known in _names(text, a, b, inside, terms):
                    out.append(Named(first + x, first + y, name, own, known))
    return out


def _blocks(cell: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between line breaks at which one name is done and another begins."""
    at = start
    breaks = [piece.at for piece in cell.pieces if start < piece.at < end]
    for here, line_end in zip(breaks, [*breaks[1:], end], strict=False):
        if _parts(cell.text[at:here], cell.text[here:end], line_end - here):
            yield at, here
            at = here
    yield at, end


def _parts(before: str, after: str, line: int) -> bool:
    """Whether a line break stands between two names rather than within one; `line` characters follow up to the next."""
    line -= len(after) - len(after.lstrip("-–+*• "))
    before, after = before.rstrip(), after.lstrip("-–+*• ")
    if before.endswith((",", ";")) or not after[:1].isupper():
        return False
    ended, begun = find(syllables(before)), find(syllables(after))
    if not ended or not begun or begun[0].start or ended[-1].end < len(before):
        return False
    if begun[0].grade is Grade.BARE and (
        begun[0].last - begun[0].first < 2 or begun[0].end < len(after[:line].rstrip(" ,;."))
    ):
        return False
    last = ended[-1]
    if match(lexicon.positions(), syllables(last.name), 0)[0]:
        return False  # "Viện trưởng | Viện Chăn nuôi": an office and its body
    if last.grade is Grade.BARE:  # "Bộ Chỉ huy | Bộ đội biên phòng" is one kind
        whole = syllables(f"{before[last.start :]} {after}")
        behind = max((reach for reach, _ in matches(lexicon.heads(), whole, 0)), default=0)
        if behind and whole[behind - 1].end > last.end - last.start:
            return False
    return not _owns(begun[0].name, last.name)


def _owns(one: str, unit: str) -> bool:
    """Whether `one` names a body that a unit with the name right before it belongs to."""
    folded = fold(unit)
    return bool(
        _rule("units").match(folded) and not _rule("levels").search(folded) and _rule("owners").match(fold(one))
    )


def _segments(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The stretches between separators that stand in no name."""
    folded = fold(text)
    cuts = [
        found.span()
        for found in _rule("joiners").finditer(folded)
        if not any(one.start < found.end() and found.start() < one.end for one in mentions)
        and not _in_brackets(text, found.start())
    ]
    begin = 0
    for a, b in [*sorted(cuts), (len(text), len(text))]:
        first, last = _trimmed(text, begin, max(begin, a))
        if last > first and any(char.isalpha() for char in text[first:last]):
            yield first, last
        begin = max(begin, b)


def _in_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


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
    if not inside:
        full = terms.get(printed) or lexicon.abbreviation(printed) or lexicon.initials(printed)
        if full is not None and full[:1].isupper() or printed in terms:
            name = full or printed
            yield first, last, name[0].upper() + name[1:], True
        elif len(printed) <= LONGEST:
            yield first, last, written_out(printed, terms), _is_class(printed)
        return
    rest = "".join(text[a:b] for a, b in _gaps(first, last, inside))
    named = inside[0]
    if not any(char.isalnum() for char in re.sub(r"\([^()]*\)", "", rest)):
        at = 0
        while at < len(inside):
            one = inside[at]
            end, name = one.end, one.name
            if (
                at + 1 < len(inside)
                and not text[end : inside[at + 1].start].strip()
                and _owns(inside[at + 1].name, name)
            ):
                at += 1
                end, name = inside[at].end, f"{name} {inside[at].name}"
            yield one.start, end, written_out(name, terms), True
            at += 1
    elif named.start == first and len(inside) == 1 and len(printed) <= LONGEST:
        yield first, last, written_out(f"{named.name}{text[named.end : last]}", terms), True
    else:
        whole = len(printed) <= LONGEST and len(inside) == 1
        if whole:
            yield first, last, written_out(printed, terms), _is_class(printed)
        else:
            for one in inside:
                yield one.start, one.end, written_out(one.name, terms), True


def _gaps(first: int, last: int, inside: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    at = first
    for one in inside:
        yield at, one.start
        at = max(at, one.end)
    yield at, last


def _is_class(printed: str) -> bool:
    """Whether a name begins as those of groups and kinds of agencies do."""
    found = syllables(printed)
    return bool(found) and found[0].low in lexicon.beginnings()
