"""Folding a plan's text without the names of its own province, so that what two provinces write alike reads alike.

"Thư viện thành phố Cần Thơ" and "Thư viện tỉnh Vĩnh Long" both become "thư viện tỉnh".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.compare.abbreviations import write_out
from pipeline.knowledge.places import levels
from pipeline.language.folding import fold
from pipeline.language.normal import nfc
from pipeline.language.syllables import Syllables, syllables
from pipeline.schema import Plan

PROVINCE, DISTRICT, COMMUNE = "tỉnh", "huyện", "xã"
"""The words that stand for the three levels of administration in a text without places."""


def _any_of(words: Iterable[str]) -> str:
    """A pattern of the words, longest first, each whole."""
    return r"\b(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")\b"


@cache
def _lists() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What stands for a level wherever the plan comes from: a list of two words or more, some words alone."""
    found = []
    for level, word in (("district", DISTRICT), ("commune", COMMUNE)):
        known = {name: entry for name, entry in levels().words.items() if entry.listed == level}
        one = _any_of(known)
        between = r"(?:\s*[,;/]\s*(?:và\s+)?|\s+và\s+)"
        found.append((re.compile(rf"(?:\bcác\s+)?{one}(?:{between}(?:các\s+)?{one})+"), word))
        found.append((re.compile(_any_of(name for name, entry in known.items() if entry.alone)), word))
    return tuple(found)


@dataclass(frozen=True)
class PlaceNames:
    """How a plan names its own province: the name, whether it is a city, and abbreviations with their meanings."""

    name: str | None  # of the province, folded
    is_city: bool  # a city under the central government: its "thành phố" is its province
    short: tuple[tuple[str, str], ...] = ()  # abbreviations, and what they stand for

    def neutral(self, text: str) -> str:
        """Fold a text, with one word for each level of administration and without the province's name."""
        return _neutral(self, text)

    def syllables(self, text: str) -> Syllables:
        """Split a text into folded syllables, without its place names and the number or bullet in front."""
        return syllables(self.neutral(text))


@lru_cache(maxsize=8192)  # headings and agencies come again and again
def _neutral(places: PlaceNames, text: str) -> str:
    plain = fold(nfc(write_out(text, places.short)))
    if places.name:
        of_city = PROVINCE if places.is_city else DISTRICT  # the town that bears the province's name
        name = re.escape(places.name)
        plain = re.sub(rf"\b(?:thành phố|tp\.?)\s+{name}\b", of_city, plain)
        plain = re.sub(rf"\b(?:tỉnh\s+)?{name}\b", PROVINCE, plain)
    for pattern, word in _lists():
        plain = pattern.sub(word, plain)
    if places.is_city:
        for words, instead in levels().in_city.items():
            plain = re.sub(rf"\b{re.escape(words)}\b", instead, plain)
    return plain


def places(plan: Plan, short: Mapping[str, str]) -> PlaceNames:
    """Find out how a plan names its own province.

    ISO 3166-2:VN gives letters to centrally run cities and digits to provinces.

    Args:
        plan: the plan.
        short: abbreviations of either plan and what they stand for, as `explained` gives them.
    """
    province, written = plan.metadata.province, tuple(sorted(short.items()))
    if province is None:
        return PlaceNames(None, False, written)
    name = fold(nfc(province.name))
    issuer = plan.metadata.issuer
    named = issuer is not None and f"thành phố {name}" in fold(nfc(issuer.name))
    return PlaceNames(name, province.code.rpartition("-")[2].isalpha() or named, written)
