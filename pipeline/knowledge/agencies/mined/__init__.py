"""How names go on in texts, and what stands behind them: counts over texts, with what a person added and struck."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pipeline.knowledge.agencies.names import names as agency_names
from pipeline.knowledge.loading import Entry, load, rows


@dataclass(frozen=True, slots=True)
class CountBehind:
    """How often two words stand right behind names, behind words of orders, and behind words of nouns."""

    names: int
    orders: int
    nouns: int = 0


@dataclass(frozen=True, slots=True)
class ByHand(Entry):
    """mined/by_hand.toml."""

    names: tuple[str, ...]
    no_names: tuple[str, ...]
    behind: tuple[str, ...]
    not_behind: tuple[str, ...]
    orders: tuple[str, ...]
    nouns: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Continuations:
    """What was counted, with what a person added and struck."""

    names: Mapping[str, int]  # folded, as their words and signs -> how often they stand in the texts
    behind: Mapping[tuple[str, str], CountBehind]
    pairs: Mapping[tuple[str, str], float]  # of syllables -> the share of the first that the second follows

    def says_deed(self, one: str, two: str) -> bool:
        """Tell whether two folded syllables say what somebody does: so they stand behind names and words of orders."""
        seen = self.behind.get((one, two))
        return seen is not None and seen.names + seen.orders >= max(DONE, RATHER * seen.nouns)


BY_HAND = 6  # how often a line of by_hand.toml counts
DONE = 5  # times behind names and words of orders: two such syllables say what somebody does …
RATHER = 4  # … and so much oftener than behind words of nouns


@cache
def by_hand() -> ByHand:
    """mined/by_hand.toml."""
    return load(ByHand, "agencies", "mined", "by_hand.toml")


@dataclass(frozen=True, slots=True)
class NameSeen:
    """A row of names.csv."""

    name: str
    count: str


@dataclass(frozen=True, slots=True)
class PairSeen:
    """A row of pairs.csv."""

    first: str
    second: str
    share: str


@dataclass(frozen=True, slots=True)
class BehindSeen:
    """A row of behind.csv."""

    first: str
    second: str
    names: str
    orders: str
    nouns: str


@cache
def names_seen() -> tuple[NameSeen, ...]:
    """mined/names.csv."""
    return tuple(NameSeen(**row) for row in rows("agencies", "mined", "names.csv"))


@cache
def behind_seen() -> tuple[BehindSeen, ...]:
    """mined/behind.csv."""
    return tuple(BehindSeen(**row) for row in rows("agencies", "mined", "behind.csv"))


@cache
def pairs_seen() -> tuple[PairSeen, ...]:
    """mined/pairs.csv."""
    return tuple(PairSeen(**row) for row in rows("agencies", "mined", "pairs.csv"))


@cache
def continuations() -> Continuations:
    """names.csv, behind.csv and pairs.csv, with by_hand.toml."""
    hand = by_hand()
    none = tuple(f"{words} " for words in (*hand.no_names, *agency_names().other_words))
    leads = re.compile(rf" (?:{'|'.join(agency_names().leads)})(?!\w)")  # they stand behind names, whatever was counted
    seen = (one for one in names_seen() if not leads.search(one.name))
    names = {one.name: int(one.count) for one in seen if not f"{one.name} ".startswith(none)}
    behind = {
        (one.first, one.second): CountBehind(int(one.names), int(one.orders), int(one.nouns)) for one in behind_seen()
    }
    pairs = {(one.first, one.second): float(one.share) for one in pairs_seen()}
    for name in hand.names:
        names[name] = max(BY_HAND, names.get(name, 0))
    for words in hand.not_behind:
        behind.pop(_two(words), None)
    for words in hand.behind:
        behind[_two(words)] = CountBehind(BY_HAND, BY_HAND)
    return Continuations(MappingProxyType(names), MappingProxyType(behind), MappingProxyType(pairs))


def _two(words: str) -> tuple[str, str]:
    first, _, second = words.partition(" ")
    return first, second
