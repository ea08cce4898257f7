"""Persons by name in a sentence, where it says that they act: "Giao đồng chí Lê Văn Nam chủ trì …", "Cô Mai: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.document import Node, Passage
from pipeline.extract.tables.persons import NamedPerson, name_words, post_pattern, titles_pattern
from pipeline.knowledge.agencies import person_words
from pipeline.knowledge.passages import task_words, words_that
from pipeline.language.folding import fold
from pipeline.schema import Role

# Second syllables of posts, which stand behind no name: "Thường trực", "Tổ trưởng".
_OF_POST = re.compile(r" (?:trưởng|trực|vụ|viên|ủy)\b")
# What a person works at, where that is no post: up to a colon, or in brackets.
_WORK = re.compile(r"\s*[-–]\s*([^\W\d_]+(?: [^\W\d_]+){0,4})(?=\s*:)")
POST = 90  # characters: what a person is said to be is no longer


@cache
def _before() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    """What gives a role to the person behind it, at the end of what stands before."""
    return tuple((Role(role), re.compile(pattern)) for role, pattern in task_words().before_person.items())


@cache
def _behind() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    """What gives a role to the person before it."""
    return tuple((Role(role), re.compile(pattern)) for role, pattern in task_words().behind_person.items())


@cache
def _negated() -> re.Pattern[str]:
    return re.compile(task_words().negated)


@cache
def _titles() -> re.Pattern[str]:
    """Titles that are whole words: "phân công ông Nam" has one."""
    return re.compile(rf"(?<!\w){titles_pattern().pattern}")


@cache
def _acts() -> re.Pattern[str]:
    words = sorted((*words_that("acts"), *words_that("opens"), *words_that("resumes")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)")


def persons_of(
    own: Passage, masks: Sequence[tuple[int, int]], lines: Sequence[Passage], above: Sequence[Node]
) -> Iterator[tuple[NamedPerson, Passage]]:
    """The persons of an item by name, each with the passage that names it.

    Args:
        own: the item's own words.
        masks: stretches of them in which nobody gets a role.
        lines: about the activity: "Người phụ trách: ông Lê Văn Nam".
        above: headings from the top down; the nearest that begins with a person gives its items what they order.
    """
    found = [one for one in acting(own.text) if not any(start <= one.start < end for start, end in masks)]
    yield from ((one, own) for one in found)
    yield from ((one, line) for line in lines for one in acting(line.text))
    if any(one.role in (Role.LEAD, Role.RESPONSIBLE) for one in found):
        return
    for node in reversed(above):
        if node.title is not None and (heads := [one for one in acting(node.title.text) if not one.start]):
            yield from ((one, node.title) for one in heads)
            return


def acting(text: str) -> Iterator[NamedPerson]:
    """The persons of a text that a title says to be such, and that have a part in what it orders."""
    folded = fold(text)
    role: Role | None = None
    end = 0
    for title in _titles().finditer(folded):
        if title.start() < end:
            continue
        words = name_words(text, title.end())
        if not _is_name(folded, title.end(), words):
            continue
        between = folded[end : title.start()]
        goes_on = role is not None and re.fullmatch(r"\)?\s*(?:[,;]|,? ?và)\s*", between)
        follows = role is not None and re.search(r"^[^.;]*,(?: và| còn)? $", between) is not None
        name_end = title.end() + words[-1].end()
        post, after = _post(text, folded, name_end)
        role = _role(folded[: title.start()], folded[after:], follows) or (role if goes_on else None)
        end = after
        if role is not None:
            name = text[title.end() : name_end].strip()
            yield NamedPerson(title.start(), after, name, post, role, "role.person")


def _post(text: str, folded: str, at: int) -> tuple[str | None, int]:
    """What a person is said to be behind the name, and where that ends: up to a sign, or to what the person does."""
    sign = re.match(r"\s*(?:\(|,|[-–])\s*", folded[at:])
    if sign is None:
        return None, at
    if not post_pattern().match(folded, begin := at + sign.end()):
        work = _WORK.match(folded, at)  # "Đ/c Nhàn - Y tế học đường: tham mưu …"
        if work is None or _begins_deed(folded, work.start(1)):
            return None, at
        return text[work.start(1) : work.end(1)], work.end()
    stop = re.search(r"[.;:,()]|\s[-–]\s|\s(?:trực tiếp|trước|để|xem xét|tại|trong)\s|$", folded[begin : begin + POST])
    end = begin + (stop.start() if stop else POST)
    starts = [one.start() for one in _acts().finditer(folded, begin, end) if folded[one.start() - 1] == " "]
    starts += [one.start() for _, rule in _behind() for one in rule.finditer(folded, begin, end)]
    end = min([end, *starts])
    closes = 1 if folded[end : end + 1] == ")" else 0
    return text[begin:end].strip(" -–,"), end + closes


def _begins_deed(folded: str, at: int) -> bool:
    """Whether what a person does begins at a place, and no post: "Đ/c Lan - phối hợp mở lớp: …"."""
    return bool(_acts().match(folded, at)) or any(rule.match(folded, at) for _, rule in _behind())


def _is_name(folded: str, at: int, words: Sequence[re.Match[str]]) -> bool:
    """Whether the words behind a title are a name: a whole one, or one word that begins no post."""
    if len(words) != 1:
        return bool(words) and fold(words[0].group()) in person_words().surnames
    end = at + words[0].end()
    post = post_pattern().match(folded, at)
    if (post and post.end() > end) or _OF_POST.match(folded, end):
        return False
    names = (*person_words().surnames, *person_words().given)
    return not re.match(r" [^\W\d_]", folded[end:]) or fold(words[0].group()) in names


def _role(before: str, behind: str, follows: bool) -> Role | None:
    """The role of a person by what stands around; `follows`: behind a comma that ends what another one does."""
    orders = ((role, rule.search(before)) for role, rule in _before())
    order = next(((role, found) for role, found in orders if found), None)
    if order is not None and _negated().search(before, 0, order[1].start()):
        return None
    given = order[0] if order is not None else None
    said = next((role for role, rule in _behind() if rule.match(behind)), None)
    begins = not re.sub(r".*[.;]\s", "", before).strip(' -–+*•“"')
    if said is not None and (begins or follows or given is not None):
        return said
    if given is not None:
        return given
    acts = re.match(r"\s*[:,–-]?\s*", behind)
    return Role.RESPONSIBLE if begins and acts and (":" in acts.group() or _acts().match(behind, acts.end())) else None
