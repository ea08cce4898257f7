"""Similarity of texts: the weighted Dice coefficient of their syllables and pairs of syllables (grams).

A gram weighs the more the fewer texts of both plans have it (inverse document frequency): a word that every item has
says nothing of which items belong together. Weights are whole numbers, so that sums do not depend on the order of
adding and similarity is symmetric.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from pipeline.language.syllables import Syllables

Grams = frozenset[str]
Shares = npt.NDArray[np.float64]
_One = TypeVar("_One")

_UNIT = 1000  # the weight of a gram that e - 1 times as many texts have as there are texts
_OF_A_NUMBER = 0.25  # figures are what two plans may differ in


def grams(words: Syllables, numbers: bool = True) -> Grams:
    """Split a text into grams: its syllables and the pairs of neighbours.

    Args:
        words: the folded syllables.
        numbers: whether numbers count, each alone; without, they are left out where there are words.
    """
    spelt = [word for word in words if not word.isdigit() and word != "%"]
    pairs = (f"{one} {other}" for one, other in zip(spelt, spelt[1:], strict=False))
    return frozenset((*spelt, *pairs, *(word for word in words if (numbers or not spelt) and word.isdigit())))


class GramIndex:
    """An index of texts of one kind, such as all headings, that compares texts of side a with all texts of side b.

    Every method returns an array of float64 with one value for each text of b, in their order.
    """

    def __init__(self, a: Sequence[Grams], b: Sequence[Grams]) -> None:
        distinct_a, distinct_b = list(dict.fromkeys(a)), list(dict.fromkeys(b))
        among = Counter(gram for text in (*distinct_a, *distinct_b) for gram in text)
        texts = len(distinct_a) + len(distinct_b)
        self._weights = {gram: _weight(gram, texts, count) for gram, count in among.items()}
        self._a = a
        place = {text: at for at, text in enumerate(distinct_b)}
        self._places = np.array([place[text] for text in b], dtype=np.intp)
        self._totals = np.array([self._total(text) for text in distinct_b], dtype=np.int64)
        postings: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(distinct_b):
            for gram in text:
                postings[gram].append(at)
        self._postings = {gram: np.array(found, dtype=np.intp) for gram, found in postings.items()}
        self._last: tuple[Grams, tuple[Shares, Shares, Shares]] | None = None

    def _total(self, text: Grams) -> int:
        return sum(self._weights[gram] for gram in text)

    def _rows(self, at: int) -> tuple[Shares, Shares, Shares]:
        text = self._a[at]
        if self._last is None or self._last[0] != text:  # neighbours often stand under one heading
            self._last = text, self._shares(text)
        return self._last[1]

    def _shares(self, text: Grams) -> tuple[Shares, Shares, Shares]:
        """What each text of b shares with `text`: of both, of `text`, and of itself."""
        shared = np.zeros(len(self._totals), dtype=np.int64)
        for gram in text:
            found = self._postings.get(gram)
            if found is not None:
                shared[found] += self._weights[gram]
        own = self._total(text)
        known = (self._totals > 0) & (own > 0)

        def share(of: npt.NDArray[np.int64], times: int = 1) -> Shares:
            of_distinct: Shares = np.divide(times * shared, of, out=np.full(len(shared), np.nan), where=known)
            return of_distinct[self._places]

        return share(own + self._totals, 2), share(np.full_like(shared, own)), share(self._totals)

    def dice(self, at: int) -> Shares:
        """The similarity of text `at` of a to each text of b, 0 to 1; NaN where one of them is empty."""
        return self._rows(at)[0]

    def within_b(self, at: int) -> Shares:
        """The weighted share of the grams of text `at` of a that each text of b has; NaN where one is empty."""
        return self._rows(at)[1]

    def within_a(self, at: int) -> Shares:
        """The weighted share of the grams of each text of b that text `at` of a has; NaN where one is empty."""
        return self._rows(at)[2]


def field_of(a: Sequence[_One], b: Sequence[_One], of: Callable[[_One], Grams]) -> GramIndex:
    """Build the index of one feature.

    Args:
        a: the items of the one side.
        b: the items of the other.
        of: gives the grams of an item's feature.
    """
    return GramIndex([of(one) for one in a], [of(one) for one in b])


def _weight(gram: str, texts: int, count: int) -> int:
    weight = _UNIT * log(1 + texts / count)
    return max(1, round(weight * _OF_A_NUMBER if gram.isdigit() else weight))


def blend(parts: Sequence[tuple[float, Shares]]) -> Shares:
    """Average several rows of similarities.

    Args:
        parts: weights, each with a row of one value for each text of b; NaN values are left out.

    Returns:
        A row of weighted means; 0 where no value is known.
    """
    total = np.zeros(len(parts[0][1]))
    weights = np.zeros(len(parts[0][1]))
    for weight, row in parts:
        known = ~np.isnan(row)
        total[known] += weight * row[known]
        weights[known] += weight
    return np.divide(total, weights, out=np.zeros(len(total)), where=weights > 0)
