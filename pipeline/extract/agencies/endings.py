"""Where a name ends: how names go on in texts, against what stands behind them.

At each syllable two readings are compared: the name goes on with it, or has ended and the syllable begins what stands
behind it. Both are estimated from counts (`pipeline.knowledge.agencies.continuations`): names by the two syllables
before, smoothed as by Witten and Bell (1991) with how syllables follow each other in any text; what stands behind a
name by what follows many names, or the words that open orders. So the list of verbs is open: a word that nobody has
seen in a name ends it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from pipeline.knowledge.agencies import BY_HAND, CountBehind, continuations, sector_names, words_in_texts
from pipeline.language.folding import fold

if TYPE_CHECKING:
    from pipeline.extract.tokens import Syllable

NUMBER = "#"  # any number
PLACE = "°"  # words in capitals that no name in the texts has: a place, a person
JOINS = frozenset({",", "-", "–", "&", "/", "và"})
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")

_MOST = 20  # times that one name counts: a common name says no more of how others go on
_OPENS = "^"
_RARE = 1e-5  # of a word that was never seen behind a name, and of a second that was never seen behind the first
_OTHER = 1e-3  # of any word behind one that was never seen behind a name
_OF_NAMES, _OF_ORDERS = 0.5, 0.4  # weights of what stands behind names, and behind words that open orders
_SELDOM = 0.005  # of what names have behind a word: by chance
_ANY, _PAIR, _NOUN = 0.3, 0.2, 0.1  # weights within names: single syllables, pairs of any text, what nouns begin with
_SEEN, _AGENCIES = 5, 0.015  # times behind names, or their share of those behind orders: agencies do such things
_FIRM = 20  # the same of two words of which the first is one of grammar: they never stand in one
_NOUN_OFTEN = 2  # times rather behind words of nouns than behind names and orders: it is one
_THINGS, _THING_OFTEN = 30, 4  # times behind words of nouns, and so much oftener than behind names and orders: a thing
_OBJECT = 0.1  # of what stands behind a word of many: any noun
_OF_PLACES = 0.7  # of names that end with that of a place or person
_SELDOM_ENDS = 0.1  # of names end behind a word like "quản lý"
_OFTEN = 50  # times behind names: it stands there, whatever else it is
_MANY, _ALL, _TOP = 8, 60, 0.6  # words behind one of grammar, behind one that names have too, share of the commonest
_WORD = 0.1  # of either of two syllables stands with the other: they can be one word
_ONE = 0.3  # of either of two syllables stands with the other: they are one word
_UNSEEN = 1e-7  # of a syllable that no name has
_THING = 0.05  # what only nouns begin with is so much rarer behind a name
_NOUN_INSIDE = 20  # times likelier a word of names goes on with one where it is not known to stand behind them
_SIGN = 0.05  # of a sign right behind the first word that stands behind a name


def words_of(name: str) -> list[str]:
    """The folded syllables and signs of a folded name; numbers are all the same."""
    return [NUMBER if word[0].isdigit() else word for word in _TOKEN.findall(name)]


class Endings:
    """Estimates of where names end."""

    def __init__(
        self,
        names: Iterable[tuple[Sequence[str], int]],
        behind: Mapping[tuple[str, str], CountBehind],
        pairs: Mapping[tuple[str, str], float],
    ) -> None:
        """Estimates from counts.

        Args:
            names: syllables and signs of each, and how often it was seen.
            behind: how often two words stand behind names and orders.
            pairs: the share of a syllable that another follows.
        """
        self._pairs = pairs
        self._one: Counter[str] = Counter()
        self._two: Counter[tuple[str, str]] = Counter()
        self._three: Counter[tuple[str, str, str]] = Counter()
        self._opens: Counter[str] = Counter()  # of words in names, that the syllable before is none of
        self._at: Counter[str] = Counter()
        self._at_two: Counter[tuple[str, str]] = Counter()
        self._ends: Counter[str] = Counter()
        self._ends_two: Counter[tuple[str, str]] = Counter()
        for words, seen in names:
            self._count(words, min(seen, _MOST))
        self._all = sum(self._one.values())
        self._kinds = Counter(first for first, _ in self._two)
        self._kinds_two = Counter((first, second) for first, second, _ in self._three)
        self._behind = behind
        self._first: dict[str, float] = {}
        names_all = sum(one.names for one in behind.values()) or 1
        orders_all = sum(one.orders for one in behind.values()) or 1
        self._second = {
            key: _OF_NAMES * one.names / names_all + _OF_ORDERS * one.orders / orders_all
            for key, one in behind.items()
            if one.names or one.orders
        }
        for (first, _), share in self._second.items():
            self._first[first] = self._first.get(first, 0.0) + share
        self._seconds = Counter(first for first, _ in self._second)
        self._top: dict[str, float] = {}
        for (first, _), share in self._second.items():
            self._top[first] = max(share, self._top.get(first, 0.0))
        nouns_all = sum(one.nouns for one in behind.values()) or 1
        self._noun: dict[str, float] = {}
        for (first, _), one in behind.items():
            self._noun[first] = self._noun.get(first, 0.0) + one.nouns / nouns_all

    def _count(self, words: Sequence[str], seen: int) -> None:
        before, last = _OPENS, words[0]
        for word in words[1:]:
            self._one[word] += seen
            self._two[last, word] += seen
            self._three[before, last, word] += seen
            self._opens[word] += 0 if self._are_word(last, word) else seen
            self._at[last] += seen
            self._at_two[before, last] += seen
            before, last = last, word
        self._at[last] += seen
        self._at_two[before, last] += seen
        self._ends[last] += seen
        self._ends_two[before, last] += seen

    def _within(self, before: str, last: str, word: str) -> float:
        """How likely a name goes on with a word behind two others."""
        any_ = _ANY * self._one[word] / (self._all + 1) + _UNSEEN + _PAIR * self._pairs.get((last, word), 0.0)
        any_ += _NOUN * self._noun.get(word, 0.0)
        kinds = self._kinds[last] + 1
        two = (self._two[last, word] + kinds * any_) / (self._at[last] + kinds)
        kinds = self._kinds_two[before, last] + 1
        return (self._three[before, last, word] + kinds * two) / (self._at_two[before, last] + kinds)

    def _end(self, before: str, last: str) -> float:
        """How likely a name ends behind two words."""
        if last == PLACE:
            return _OF_PLACES
        one = (self._ends[last] + 0.8) / (self._at[last] + 2)
        return (self._ends_two[before, last] + 2 * one) / (self._at_two[before, last] + 2)

    def _opening(self, word: str) -> float:
        return self._first.get(word, 0.0) + _RARE

    def _following(self, word: str, behind: str) -> float:
        first = self._first.get(word)
        if (word, behind) not in self._second and ((word, behind) in self._behind or self._are_word(word, behind)):
            return _THING * _RARE  # what nouns begin with, and nothing else; a word that nobody has seen behind names
        if first is None:
            return _OTHER + self._pairs.get((word, behind), 0.0)
        free = 1 - self._top[word] / first  # "bình đơn thuốc": what a deed is done to is any noun
        object_ = self._one[behind] / (self._all + 1) + self._noun.get(behind, 0.0)
        return self._second.get((word, behind), 0.0) / first + _OBJECT * free * object_ + _RARE

    def _are_word(self, first: str, second: str) -> bool:
        return self._pairs.get((first, second), 0.0) > _WORD

    def goes_on(self, before: str, last: str, word: str, behind: str | None) -> bool:
        """Tell whether a name goes on with a word.

        Args:
            before: the last word of the name but one, folded; "^" where it has but one.
            last: the last word of the name.
            word: the word behind it.
            behind: the word behind that; None where a sign or nothing stands.
        """
        one = self._behind.get((word, behind or ""))
        known = max(self._three[before, last, word], self._three[last, word, behind or ""]) >= BY_HAND
        if not known and one is not None and one.names >= _FIRM and self.is_small(word):
            return False  # "có quyền", whatever has stood in a name
        often = one is not None and one.names >= _OFTEN  # "Hội Nông dân xây dựng kế hoạch"
        ends = often and self._end(before, last) >= _SELDOM_ENDS  # not "Phòng Quản lý xây dựng"
        seldom = self._two[last, word] < max(2, _SELDOM * self._at[last])
        if seldom and (ends or self.is_small(word)) and not known and not self.is_noun(word, behind):
            return False
        if before == PLACE:
            return False  # "Trường Tiểu học Kim Đồng đào tạo"
        out = self._end(before, last) * self._opening(word)
        inside = self._within(before, last, word)
        if self._one[word] and self.knows(before, last) and not self.stands_behind(word, behind):
            inside *= _NOUN_INSIDE  # "Vụ Công tác thanh niên"
        if last == PLACE and self._one[word] and behind and not self._are_word(word, behind):
            inside *= (1 - _OF_PLACES) * self._opens[word] / self._one[word]  # "Vệ An chọn", despite "tuyển chọn"
        if behind is None:
            return inside * self._end(last, word) > out * _SIGN
        more = max(self._within(last, word, behind), self._end(last, word) * self._opening(behind))
        return inside * more > out * self._following(word, behind)

    def are_linked(self, first: str, second: str) -> bool:
        """Tell whether two syllables often follow each other."""
        return (first, second) in self._pairs

    def is_noun(self, word: str, behind: str | None) -> bool:
        """Tell whether a word, with the one behind it, stands behind words of nouns rather than of orders and names."""
        one = self._behind.get((word, behind or ""))
        if one is None:
            return self._noun.get(word, 0.0) > self._first.get(word, 0.0)
        return one.names < _OFTEN and one.nouns > _NOUN_OFTEN * (one.names + one.orders)

    def is_thing(self, word: str, behind: str) -> bool:
        """Tell whether a word, with the one behind it, stands behind words of nouns and hardly ever elsewhere."""
        one = self._behind.get((word, behind))
        return one is not None and one.nouns >= _THINGS and one.nouns > _THING_OFTEN * (one.names + one.orders)

    def is_whole(self, name: Sequence[str]) -> bool:
        """Tell whether a name has ended with the last two of these words."""
        return (name[-2], name[-1]) in self._ends_two

    def knows(self, before: str, last: str) -> bool:
        """Tell whether two words have stood one behind the other in names."""
        return (before, last) in self._at_two

    def opens(self, kind: Sequence[str], word: str, behind: str | None) -> bool:
        """Tell whether names of a kind have gone on with a word in small letters: "Hội nông dân", not "Ban hành"."""
        if word != "các" and (word == "cấp" or self.is_small(word) and not self.is_noun(word, behind)):
            return False
        before = kind[-2] if len(kind) > 1 else _OPENS
        if len(kind) == 1 and ((kind[0], word) in self._pairs or self.stands_behind(kind[0], word)):
            return False
        return self._three[before, kind[-1], word] > 1

    def is_numbered(self, last: str) -> bool:
        """Tell whether a number has stood behind a word in names: "khu vực 5"."""
        return self._two[last, NUMBER] > 1

    def joins(self, last: str, sign: str, word: str) -> bool:
        """Tell whether a sign or "và" between two words has stood within a name."""
        return self._three[last, sign, word] > 1

    def stands_behind(self, word: str, behind: str | None) -> bool:
        """Tell whether a word, with the one behind it, stands behind names rather than in them."""
        if word in JOINS:
            return True
        if behind is not None and (one := self._behind.get((word, behind))) is not None:
            return one.names >= _OFTEN or max(one.names, one.orders) > one.nouns / 2
        if self.is_small(word):
            return True
        if (word, behind) in self._two or not self._is_single(word):
            return False
        return self._first.get(word, 0.0) > self._one[word] / (self._all + 1)

    def has_within(self, first: str, second: str, third: str) -> bool:
        """Tell whether three words have often stood one behind the other in names."""
        return self._three[first, second, third] >= BY_HAND

    def has_followed(self, word: str, behind: str) -> bool:
        """Tell whether two words have stood behind a name or an order."""
        return (word, behind) in self._second

    def follows(self, word: str, behind: str | None) -> bool:
        """Tell whether a word, with the one behind it, has stood right behind names whose end is certain."""
        one = self._behind.get((word, behind or ""), self._behind.get((word, "")))
        if one is None:
            return self.is_small(word)
        return self.is_small(word) or one.names >= _SEEN or one.names >= max(2, _AGENCIES * one.orders)

    def are_one(self, first: str, second: str) -> bool:
        """Tell whether two syllables are one word: "xã hội" is no "xã"."""
        return self._pairs.get((first, second), 0.0) > _ONE

    def _is_single(self, word: str) -> bool:
        """Whether a syllable is a word of one: many others stand behind it, none most often."""
        return self._seconds[word] >= _MANY and self._top.get(word, 0.0) < _TOP * self._first.get(word, 0.0)

    def is_small(self, word: str) -> bool:
        """Tell whether a word by itself is one of grammar, that is written small between names: "để", not "chủ"."""
        if (word, "") in self._behind:
            return True
        alone = self._first.get(word, 0.0) > self._one[word] / (self._all + 1)
        return word in JOINS or self._is_single(word) and (self._seconds[word] >= _ALL or alone)


@cache
def endings() -> Endings:
    """The estimates from the counts that come with kehoach."""
    known = continuations()
    names = [*known.names.items()]
    names += [(fold(name), BY_HAND) for name in words_in_texts()]
    names += [(f"{kind} {fold(sector)}", BY_HAND) for kind in ("sở", "phòng") for sector in sector_names()]
    return Endings(((words_of(name), seen) for name, seen in names), known.behind, known.pairs)


def stands_behind(text: Sequence[Syllable], at: int, shouted: bool = False) -> bool:
    """Tell whether the syllable at an index is one that stands behind names rather than in them.

    Args:
        text: syllables of a passage.
        at: the index of the syllable.
        shouted: all is in capitals, so that its own says nothing.
    """
    if text[at].capital and not shouted or not text[at].low.isalpha():
        return False
    behind = text[at + 1].low if at + 1 < len(text) and text[at + 1].low.isalpha() else None
    return endings().stands_behind(text[at].low, behind)
