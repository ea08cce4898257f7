"""Persons by name in the cells that say who does the work: "Đ/c Hạnh (PHT)", "Ông Trần Văn Nam - Phó Giám đốc"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.document import Passage
from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.agencies import person_words, posts
from pipeline.knowledge.documents import parts
from pipeline.knowledge.passages import cell_words
from pipeline.knowledge.places import current_communes, level_names
from pipeline.language.folding import fold
from pipeline.schema import Role

LINES = 4  # that one name with its post stands in
SYLLABLES = 5  # of a name at most
LONGEST_WORK = 5  # syllables of what a person works at, behind a dash
WHOLE_NAME = 3  # syllables: fewer make a name only where a title or a post says that it is one
_SIGNS = " -–+*•:."
_SEPARATOR = re.compile(r"[;,•+]|\s[-–]\s|^[-–]|\s(?:và|cùng)\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_POST_BEHIND = re.compile(r"\s*\(\s*(?P<post>[^()]{1,60})\)")


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person in a cell: offsets of the name with all that is said of it, name, post and role."""

    start: int
    end: int
    name: str
    post: str | None
    role: Role
    rule: str = "column.person"


@cache
def titles_pattern() -> re.Pattern[str]:
    """What stands before the name of a person: titles and ranks."""
    ranks = "|".join(one.lower() for one in parts().ranks)
    return re.compile(rf"(?:(?:{person_words().titles}|(?:{ranks})\b,?)\s*)+")


@cache
def post_pattern() -> re.Pattern[str]:
    """First words of what a person is."""
    heads = "|".join(sorted((re.escape(fold(one)) for one in posts()), key=len, reverse=True))
    return re.compile(rf"(?:{person_words().posts}|(?:{heads})\b)")


@cache
def _rolls() -> re.Pattern[str]:
    return re.compile(person_words().rolls)


@cache
def _roles() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((Role(name), re.compile(pattern)) for name, pattern in cell_words().roles.items())


def persons_in(cell: Passage, role: Role) -> list[NamedPerson]:
    """Read the persons of a cell.

    Args:
        cell: the cell's text.
        role: of its column; words of the cell ("Chủ trì: …", "(phối hợp)") say more.
    """
    out: list[NamedPerson] = []
    folded = fold(cell.text)
    stated = sorted((found.end(), own) for own, rule in _roles() for found in rule.finditer(folded))
    places = bool(_rolls().search(folded))
    for start, end in _stretches(cell.text, [at for at, _ in stated]):
        before = [own for at, own in stated if at <= start]
        found = list(_in_stretch(cell, start, end, before[-1] if before else role, places, bool(out)))
        if (
            not found
            and out
            and out[-1].post is None
            and _is_post(cell.text[out[-1].end : start], cell.text[start:end])
        ):
            out[-1] = replace(out[-1], end=end, post=cell.text[start:end].strip(" .:"))
        elif not found and out and _goes_on(cell.text[out[-1].end : start], out[-1].post, cell.text[start:end]):
            out[-1] = replace(out[-1], end=end, post=f"{out[-1].post} - {cell.text[start:end].strip(' .:')}")
        out += found
    return out


def _goes_on(between: str, post: str | None, text: str) -> bool:
    """Whether a stretch behind a dash is the rest of what a person is the head of: "PTP Văn hóa - Xã hội"."""
    dash = re.fullmatch(r"\s+[-–]\s+", between)
    return bool(dash and post and " " in post and text[:1].isupper()) and not find(spelled_out(text))


def _stretches(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """The stretches between separators that stand in no bracket, without the signs around them."""
    inside = [found.span() for found in re.finditer(r"\([^()]*\)", text)]
    places = {(at, at) for at in starts} | {found.span() for found in _SEPARATOR.finditer(text)}
    begin = 0
    for first, last in [*sorted(places), (len(text), len(text))]:
        if first < begin or any(a < first < b for a, b in inside):
            continue
        yield from _trimmed(text, begin, first)
        begin = last


def _trimmed(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    stretch = text[first:last]
    if stretch.strip(_SIGNS):
        yield first + len(stretch) - len(stretch.lstrip(_SIGNS)), first + len(stretch.rstrip())


def _in_stretch(cell: Passage, start: int, end: int, role: Role, places: bool, among: bool) -> Iterator[NamedPerson]:
    """The persons of a stretch: a line may end within a name or behind it, so as many lines as make one are one."""
    cuts = [start, *(piece.at for piece in cell.pieces if start < piece.at < end), end]
    at = 0
    while at < len(cuts) - 1:
        for reach in range(min(len(cuts) - 1, at + LINES), at, -1):
            if any(
                _parts_names(cell.text[cuts[at] : cut], cell.text[cut : cuts[reach]]) for cut in cuts[at + 1 : reach]
            ):
                continue
            bounds = next(_trimmed(cell.text, cuts[at], cuts[reach]), None)
            found = _person(cell.text[slice(*bounds)], role, places, among) if bounds else None
            if bounds and found is not None:
                yield replace(found, start=bounds[0] + found.start, end=bounds[0] + found.end)
                at, among = reach, True
                break
        else:
            at += 1


def _parts_names(before: str, after: str) -> bool:
    """Whether a line break stands between two whole names: "Lê Minh | Trần Hoa", not "Nguyễn Thị | Mai Hoa"."""
    first, second = (fold(part).split() for part in (before, after))
    whole = len(first) > 1 and first[-1] not in person_words().middle
    return whole and len(second) > 1 and second[0] in person_words().surnames


def _person(text: str, role: Role, places: bool, among: bool) -> NamedPerson | None:
    """The person that a stretch names, with a post before or in brackets behind; None where it names none.

    `places`: names may be those of places; `among`: another person stands before it in the cell.
    """
    folded = fold(text)
    titled = titles_pattern().match(folded)
    at = titled.end() if titled else 0
    post: str | None = None
    if (found := post_pattern().match(folded, at)) and (name_at := _last_name(text, found.end())) is not None:
        post, at = text[at:name_at].strip(" ,:"), name_at
        titled = titled or found
    words = name_words(text, at)
    if not words:
        return None
    name_end = at + words[-1].end()
    behind = _POST_BEHIND.match(text, name_end)
    rest = text[behind.end() if behind else name_end :].strip(" .,:")
    said = behind["post"].strip() if behind else None
    known = fold(words[0].group()) in person_words().surnames
    enough = titled or (
        known and not places and (among or len(words) >= WHOLE_NAME or (said and post_pattern().match(fold(said))))
    )
    if rest or not enough or (not titled and len(words) < 2):
        return None
    for own, pattern in ((Role.LEAD, r"chủ trì|ct$"), (Role.COOPERATING, r"phối hợp|ph$")):
        if said and re.match(pattern, fold(said)):
            role, said = own, None
    return NamedPerson(0, behind.end() if behind else name_end, text[at:name_end], post or said, role)


def name_words(text: str, at: int) -> list[re.Match[str]]:
    """The words from `at` on that each begin with a capital; offsets count from `at`."""
    out: list[re.Match[str]] = []
    end = 0
    for found in _WORD.finditer(text[at:]):
        word = found.group()
        gap = text[at + end : at + found.start()]
        if gap.strip() or not word[0].isupper() or len(out) == SYLLABLES:
            break
        out.append(found)
        end = found.end()
    return out


def _last_name(text: str, begin: int) -> int | None:
    """Where a whole name begins that ends the stretch, behind a post: "Phó Chủ tịch UBND tỉnh Trần Văn Nam"."""
    core = re.sub(r"\s*\([^()]*\)\s*$", "", text)
    words = [found for found in _WORD.finditer(core) if found.start() >= begin]
    for count in range(min(SYLLABLES, len(words)), 1, -1):
        names = words[-count:]
        if _is_place(core, names[0].start()):
            return None
        surname = fold(names[0].group()) in person_words().surnames
        if surname and all(one.group()[0].isupper() for one in names) and names[-1].end() == len(core.rstrip()):
            return names[0].start()
    return None


def _is_place(text: str, at: int) -> bool:
    """Whether a name behind "xã", "phường" is that of the commune: one is called so, or a class of people leads it."""
    before = fold(text[:at])
    if not before.rstrip().endswith(tuple(f" {word}" for word in level_names("commune"))):
        return False
    return bool(re.match(person_words().led, before)) or fold(text[at:]).strip(" .,;") in _communes()


@cache
def _communes() -> frozenset[str]:
    return frozenset(fold(one.name) for one in current_communes())


def _is_post(between: str, text: str) -> bool:
    """Whether a stretch right behind a name says what the person is."""
    if not re.fullmatch(r"\s*(?:,|[-–])\s*", between):
        return False
    work = " " in between and between.strip() in "-–" and len(text.split()) <= LONGEST_WORK  # "Nhàn - Y tế học đường"
    return bool(post_pattern().match(fold(text.strip()))) or work and not find(spelled_out(text))
