"""Matching the tasks or the objectives of two plans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.compare.pairing import Candidate, pairs
from pipeline.compare.places import PROVINCE, PlaceNames
from pipeline.compare.similarity import Grams, blend, field_of, grams
from pipeline.knowledge.agencies import names
from pipeline.knowledge.passages import words_that
from pipeline.language.syllables import Syllables, syllables
from pipeline.schema import Provision, Role

_TEXT, _OPENING, _HEADINGS, _AGENCIES = 0.45, 0.25, 0.2, 0.1  # what each part counts in the likeness of two items
_WHOLE, _PART = 0.75, 0.25  # within a text: all that is shared, and the share of the shorter one
_WORDS_FOR_ALL = 0.85  # words that are much alike need neither the same opening nor the same headings
_ALIKE = 0.42  # from here on two items are a pair
_WORDS = 0.2  # the least that their words alone must be alike: agencies and headings do not make a pair
WITHIN = 0.8  # the share of an item's words from which on a longer item says it too
LONG = 12  # grams, some six syllables: a shorter item stands within many that say something else
_OPENS = 6  # syllables that say what is done: the verb and what it is done to
_SAME_WORDS = 0.02  # items of equal words go together first: rows that differ in a number only
_OTHER_AGENCY, _LESS = 0.3, 0.8  # below this likeness the agencies that do it are others, and the items less alike
_DOES_IT = (Role.LEAD, Role.RESPONSIBLE)


@cache
def _lead_in() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words_that("opens"))) + r")\b")


@dataclass(frozen=True)
class ComparableItem:
    """A task or objective with the features it is matched by.

    `words` are its syllables without place names; `text`, `opening` (the verb and its object), `headings` and
    `agencies` (those that lead or are responsible) are sets of grams.
    """

    provision: Provision
    words: Syllables
    text: Grams
    opening: Grams
    headings: Grams
    agencies: Grams

    @property
    def is_long(self) -> bool:
        """Whether it is long enough to be part of another item when its words stand in that."""
        return len(self.text) >= LONG


def items(provisions: Sequence[Provision], places: PlaceNames) -> list[ComparableItem]:
    """Prepare provisions for matching; place names of their own plan are left out."""
    return [_item(one, places) for one in provisions]


def _item(provision: Provision, places: PlaceNames) -> ComparableItem:
    words = places.syllables(provision.text)
    names = [places.neutral(one.name) for one in provision.agencies]
    plain = places.neutral(provision.text)
    for name in sorted(names, key=len, reverse=True):
        plain = plain.replace(name, " ")
    opening = syllables(_lead_in().sub(" ", plain))[:_OPENS]
    headings = frozenset[str]().union(*(grams(places.syllables(one)) for one in provision.headings))
    doing = [places.syllables(one.name) for one in provision.agencies if one.role in _DOES_IT]
    return ComparableItem(
        provision,
        words,
        grams(words) or frozenset({provision.text}),
        grams(opening, numbers=False),
        headings,
        frozenset[str]().union(*map(grams, doing)),
    )


def agency_key(name: str, places: PlaceNames) -> frozenset[str]:
    """The words that an agency's name is compared by.

    "Các Sở, ban liên quan" has the same ones as "sở, ban thành phố có liên quan".
    """
    words = set(places.syllables(name)) - set(names().optional)
    return frozenset(words - {PROVINCE} if words >= set(names().concerned) else words)


def match(a: Sequence[ComparableItem], b: Sequence[ComparableItem]) -> list[Candidate]:
    """Pair the items that are the same, one to one."""
    return pairs(_candidates(a, b))


def _candidates(a: Sequence[ComparableItem], b: Sequence[ComparableItem]) -> Iterator[Candidate]:
    if not a or not b:
        return
    text = field_of(a, b, lambda one: one.text)
    opening = field_of(a, b, lambda one: one.opening)
    headings = field_of(a, b, lambda one: one.headings)
    agencies = field_of(a, b, lambda one: one.agencies)
    long = np.array([one.is_long for one in b])
    for at, one in enumerate(a):
        whole, part = text.dice(at), np.maximum(text.within_a(at), text.within_b(at))
        words = _WHOLE * whole + _PART * np.where(long if one.is_long else False, part, whole)
        parts = ((_TEXT, words), (_OPENING, opening.dice(at)), (_HEADINGS, headings.dice(at)))
        likeness = np.fmax(blend((*parts, (_AGENCIES, agencies.dice(at)))), _WORDS_FOR_ALL * words)
        likeness[agencies.dice(at) < _OTHER_AGENCY] *= _LESS
        likeness[~(words >= _WORDS)] = 0.0
        for other in map(int, np.flatnonzero(likeness >= _ALIKE)):
            same = _SAME_WORDS if one.words == b[other].words else 0.0
            yield Candidate(at, other, float(likeness[other]), same)
