"""Telling apart descriptions that read alike but name different things: "cấp tỉnh" and "cấp xã"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.knowledge.passages import contrast_words
from pipeline.language.dates import YEAR
from pipeline.language.syllables import Syllables

_YEAR = re.compile(YEAR)


@dataclass(frozen=True)
class NamedContrasts:
    """The distinguishing words of a description.

    `kinds` holds, for each group of `knowledge.passages.contrast_words`, which of its kinds are named; `numbers` those
    that are no years.
    """

    kinds: tuple[frozenset[int], ...]
    numbers: frozenset[str]


@cache
def _groups() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], ...], ...]]:
    known = contrast_words()
    return _any_of(known.hidden), tuple(tuple(_any_of(kind) for kind in group) for group in known.groups)


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


@lru_cache(maxsize=8192)
def named(words: Syllables) -> NamedContrasts:
    """Find the distinguishing words of a description, given as its folded syllables without place names."""
    hidden, groups = _groups()
    plain = hidden.sub(" ", " ".join(words))
    kinds = tuple(frozenset(at for at, kind in enumerate(group) if kind.search(plain)) for group in groups)
    numbers = frozenset(one for one in re.findall(r"\d+", plain) if not _YEAR.fullmatch(one))
    return NamedContrasts(kinds, numbers)


def contrast(one: Syllables, other: Syllables) -> bool:
    """Tell whether two descriptions name different things.

    They do where both name kinds of one group and none in common, or where both give numbers and not the same ones.
    """
    a, b = named(one), named(other)
    if any(mine and theirs and not mine & theirs for mine, theirs in zip(a.kinds, b.kinds, strict=True)):
        return True
    return bool(a.numbers and b.numbers) and a.numbers != b.numbers


def same_scope(one: Syllables, other: Syllables) -> bool:
    """Tell whether two descriptions name the same kinds: "cấp tỉnh, cấp huyện" covers more than "cấp huyện"."""
    return named(one).kinds == named(other).kinds
