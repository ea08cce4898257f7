"""What is written short in texts and is told by what stands around it: "P. Đào tạo", "MTTQ, CCB", "GVCN"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.knowledge.agencies.abbreviations import abbreviations
from pipeline.knowledge.agencies.kinds import begins_agency
from pipeline.knowledge.agencies.mined import continuations
from pipeline.knowledge.agencies.names import names, person_words, posts
from pipeline.knowledge.agencies.sectors import sector_names
from pipeline.language.folding import fold

LONGEST_OFFICE = 40  # characters behind "P." that tell an office from a ward
_BESIDE = r"(?P<short>[A-ZĐ&]{3,}|[A-ZĐ](?:\.[A-ZĐ]+)+)"
_LISTED_BEFORE = re.compile(rf"{_BESIDE}(?:(?: [^\W\d_]+)? ?,| và) ?$")
_LISTED_BEHIND = re.compile(rf" ?(?:,| và) ?{_BESIDE}")


def listed_body(word: str, before: str, behind: str) -> str | None:
    """The body that an abbreviation stands for beside another, "MTTQ, CCB"; elsewhere it says whose: "Hội CCB xã".

    Args:
        word: the abbreviation.
        before: the text before it.
        behind: the text behind it.
    """
    known = abbreviations()
    full = known.listed.get(word)
    if full is None or fold(before[-6:]).endswith(fold(full.split()[0]) + " "):
        return None
    beside = (_LISTED_BEFORE.search(before), _LISTED_BEHIND.match(behind))
    shorts = [one["short"].replace(".", "") for one in beside if one is not None]
    return full if any(one in table for one in shorts for table in (known.everywhere, known.listed)) else None


_CAPITALS = re.compile(r"\s?[A-ZĐ]{2,}(?:[&-]+[A-ZĐ]+)*(?![^\W\d_])")


def before_stop(letter: str, behind: str) -> str | None:
    """What "P." or "K." stands for before some words: "P. Đào tạo" is an office, "P. Giám đốc" a deputy."""
    words = re.findall(r"\w+", fold(behind[:LONGEST_OFFICE]))
    if letter == "P." and any(" ".join(words[:count]) in _deputies() for count in (1, 2, 3)):
        return "Phó"
    kind = {"P.": "Phòng", "K.": "Khoa"}[letter]
    office = _CAPITALS.match(behind) or any(tuple(words[:count]) in _offices(kind) for count in (1, 2, 3))
    return kind if office else None


@cache
def _deputies() -> frozenset[str]:
    """Posts that have deputies."""
    deputy = "phó "
    return frozenset(fold(one).removeprefix(deputy) for one in posts() if fold(one).startswith(deputy))


@cache
def _offices(kind: str) -> frozenset[tuple[str, ...]]:
    """First words of the names of offices of a kind: of sectors, and behind "phòng", "khoa" in texts."""
    kind = f"{fold(kind)} "
    mined = (re.findall(r"\w+", one)[1:3] for one in continuations().names if one.startswith(kind))
    sectors = (fold(re.split(r",? và |, | - ", one)[0]).split() for one in sector_names())
    return frozenset(tuple(words) for words in (*mined, *sectors) if len(words) > 1 or words[0] in names().departments)


def begins_actor(text: str) -> bool:
    """Tell whether a text begins as the name of an agency, or as a person with a post or title: "GVCN", "Đ/c Lan"."""
    word, blank, rest = text.lstrip().partition(" ")
    known = abbreviations()
    short = word.rstrip(".,;:")
    full = known.in_texts.get(short) or known.everywhere.get(short)
    whole = f"{full}{blank}{rest}" if full else text.lstrip()
    return begins_agency(whole) or bool(_person().match(fold(whole)))


@cache
def _person() -> re.Pattern[str]:
    words = person_words()
    return re.compile(f"{words.titles}|{words.posts}")
