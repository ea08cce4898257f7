"""Kinds of agencies and single agencies of the State (kinds.toml, bodies.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from pipeline.knowledge.agencies.abbreviations import abbreviations
from pipeline.knowledge.agencies.names import names
from pipeline.knowledge.loading import Entry, load
from pipeline.language.folding import fold

LONGEST_NAME = 60  # characters: what begins the name of an agency is shorter
_OFFICE = re.compile(r"\bP\. ?(?=[^\W\d_]{2})")  # "P. Đào tạo", "P.GD&ĐT"
_BETWEEN = re.compile(r"[;,:(]|\bvà\b|(?:^|\s)[-+]\s")  # names of a list


class Bound(StrEnum):
    """What must stand behind a word in a running text to make a name."""

    COMPLETE = "complete"  # nothing
    SECTORED = "sectored"  # a sector
    PLACED = "placed"  # a place or a level
    LOCAL = "local"  # the same; alone it is none
    OPEN = "open"  # a proper name in capitals
    GIVEN = "given"  # texts are not searched for it


@dataclass(frozen=True, slots=True)
class Title(Entry):
    """What a code is called."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Kind(Entry):
    """A kind of agency, or some of its words with what they say of level and sector."""

    code: str
    level: str
    of: str
    vi: str | None = None
    en: str | None = None
    sector: str | None = None
    follows: str = ""
    seat: bool = False
    distinct: bool = False
    district: tuple[str, ...] = ()
    words: Mapping[str, Bound] = field(default_factory=dict)

    @property
    def usual(self) -> str | None:
        """Its first word: the usual name of the kind."""
        return next(iter(self.words), None)


@dataclass(frozen=True, slots=True)
class Body(Entry):
    """A single agency of the State or the Party."""

    name: str
    kind: str
    words: Mapping[str, Bound]
    id: str | None = None
    sector: str | None = None
    place: str | None = None
    local: bool = False


@dataclass(frozen=True, slots=True)
class Kinds(Entry):
    """kinds.toml."""

    kind: tuple[Kind, ...]
    longer: Mapping[str, Bound]
    level: Mapping[str, Title]


@dataclass(frozen=True, slots=True)
class _Bodies(Entry):
    named: tuple[Body, ...]


@cache
def kinds() -> Kinds:
    """Kinds of agencies, longer names and titles of levels."""
    return load(Kinds, "agencies", "kinds.toml")


@cache
def bodies() -> tuple[Body, ...]:
    """Single agencies of the State and the Party."""
    return load(_Bodies, "agencies", "bodies.toml").named


@cache
def words_in_texts() -> Mapping[str, Bound]:
    """The names and first words of names that texts are searched for, and what must stand behind each."""
    lists = [*(one.words for one in bodies()), *(one.words for one in kinds().kind), kinds().longer]
    return {word: bound for words in lists for word, bound in words.items() if bound is not Bound.GIVEN}


@cache
def _beginnings() -> frozenset[str]:
    written_out = frozenset(map(fold, words_in_texts()))
    known = abbreviations()
    short = (fold(one) for one, said in known.everywhere.items() if fold(said) in written_out)
    follows = (
        fold(one) for one, said in known.followed.items() if any(fold(full) in written_out for full in said.values())
    )
    return written_out.union(short, follows)


def begins_agency(text: str) -> bool:
    """Tell whether a text begins with words that begin the name of an agency, or with "các" and such words."""
    words = fold(_OFFICE.sub("Phòng ", text[:LONGEST_NAME])).replace(",", " ").removeprefix("các ").split()
    begun = [count for count in range(1, len(words) + 1) if " ".join(words[:count]) in _beginnings()]
    if not begun:
        return False
    return all(" ".join(words[:count]) not in _others() for count in range(begun[-1] + 1, begun[-1] + 3))


@cache
def _others() -> frozenset[str]:
    return frozenset(names().other_words)


@cache
def _unfinished() -> frozenset[str]:
    open_ = (Bound.SECTORED, Bound.OPEN, Bound.LOCAL)
    return frozenset(fold(word) for word, bound in words_in_texts().items() if bound in open_)


def ends_in_beginning(text: str) -> bool:
    """Tell whether a list of agencies ends with what only begins the name of one: "Sở Xây dựng; Sở"."""
    return _BETWEEN.split(fold(text))[-1].strip() in _unfinished()
