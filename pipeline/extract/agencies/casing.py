"""Looking phrases up in tries, and writing names in capitals as names.

"SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH" becomes "Sở Văn hóa, Thể thao và Du lịch".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.lexicon import END, Trie
from pipeline.extract.tokens import Syllable
from pipeline.knowledge.agencies import Bound
from pipeline.knowledge.places import ProvinceRow, level_names
from pipeline.language.casing import with_capital
from pipeline.language.folding import fold
from pipeline.language.syllables import inventory

_ROMAN = re.compile(r"[IVX]{2,}")
_OF_PLACES = ("khu vực", "cơ sở")  # kinds behind which the name of a place stands
_CONSONANTS = re.compile(r"[B-DF-HJ-NP-TV-XZĐ&]+")


def match(tree: Trie, text: Sequence[Syllable], at: int) -> tuple[int, object]:
    """Find the longest phrase of a trie at a syllable.

    Args:
        tree: the phrases.
        text: syllables of a passage.
        at: the index of the first.

    Returns:
        The index behind it and its value; (at, None) when there is none.
    """
    node = tree
    end, value, index, count = at, None, at, len(text)
    while index < count and (low := text[index].low) in node:
        node = node[low]
        index += 1
        if END in node and not _splits(text, at, index):
            end, value = index, node[END]
    return end, value


def matches(tree: Trie, text: Sequence[Syllable], at: int) -> list[tuple[int, object]]:
    """Find every phrase of a trie at a syllable.

    Args:
        tree: the phrases.
        text: syllables of a passage.
        at: the index of the first.

    Returns:
        The index behind each and its value, the longest first.
    """
    node: Trie = tree
    out: list[tuple[int, object]] = []
    index = at
    while index < len(text) and text[index].low in node:
        node = node[text[index].low]
        index += 1
        if END in node and not _splits(text, at, index):
            out.append((index, node[END]))
    return out[::-1]


def other_word(text: Sequence[Syllable], at: int) -> int:
    """The index behind the word at a syllable that only begins as agencies do, "trường hợp"; `at` where none stands."""
    end = match(lexicon.other_words(), text, at)[0]
    shouted = all(one.word.isupper() for one in text[at:end])
    return end if shouted or not any(one.capital for one in text[at + 1 : end]) else at  # "Phòng Học sinh, sinh viên"


def _splits(text: Sequence[Syllable], at: int, end: int) -> bool:
    """Whether a phrase from `at` to `end` would take only a part of an abbreviation that begins inside it."""
    inside = end < len(text) and text[end].start == text[end - 1].start
    return inside and text[at].start < text[end - 1].start


@cache
def _place_words() -> frozenset[str]:
    """The last syllables of the words for districts and communes; "khu" of "đặc khu" stands in too many names."""
    return frozenset(word.split()[-1] for word in level_names("district", "commune", new=False))


@cache
def _small_words() -> frozenset[str]:
    """The first syllables of words for places, and others that stand behind a kind in small letters."""
    levels = level_names("province", "city", "district", "commune")
    return frozenset(level.split()[0] for level in levels) | {"các", "số", "và", "miền"}


def from_capitals(words: Sequence[Syllable]) -> str:
    """Write a name in capitals as a name.

    Kinds, sectors and places are written as `pipeline.knowledge` has them; else the first letter is a capital, and the
    first behind a kind (Decree 30/2020/NĐ-CP, annex II, IV.1).
    """
    out: list[str] = []
    index = 0
    fresh = True
    of_place = False
    while index < len(words):
        end, name, open_ = _known(words, index)
        if name:
            out.append(name)
            index, fresh = end, open_
            of_place = of_place or name.endswith(_OF_PLACES)
            continue
        end, level = match(lexicon.school_levels(), words, index)
        if level is not None:
            out.append(with_capital(str(level)))
            index, of_place, fresh = end, True, False
            continue
        word, low = words[index].word, words[index].low
        short = _is_short(word)  # "TRƯỜNG THPT"
        of_place = of_place and (low.isalnum() or low == "-")  # "HUYỆN TAM ĐƯỜNG": nothing but its name follows
        foreign = low.isalpha() and low not in inventory()  # "SÊRÊPÔK"
        owner = low in ("bộ", "sở") and match(lexicon.sectors(), words, index + 1)[1] is not None
        capital = owner or (fresh and low not in _small_words()) or (of_place and low != "và") or foreign
        out.append(word if short or _ROMAN.fullmatch(word) else with_capital(low) if capital or not index else low)
        of_place = of_place or _opens_place(words, index) or (short and len(out) > 1 and fold(out[0]) == "trường")
        fresh = low == "-" or low in lexicon.before_capitals() and (not index or words[index - 1].low in "-,")
        index += 1
    return spaced(out)


def _is_short(word: str) -> bool:
    """Whether a word in capitals is an abbreviation: no syllable is without a vowel."""
    return len(word) > 1 and word[0].isalpha() and _CONSONANTS.fullmatch(word) is not None


def _opens_place(words: Sequence[Syllable], at: int) -> bool:
    """Whether the name of a district, commune or region follows; "xã hội" is none."""
    pair = [one.low for one in words[max(at - 1, 0) : at + 1]]
    in_region = pair in (["khu", "vực"], ["đặc", "khu"]) or words[at].low == "miền"
    return in_region or words[at].low in _place_words() and [one.low for one in words[at + 1 : at + 2]] != ["hội"]


def _known(words: Sequence[Syllable], index: int) -> tuple[int, str | None, bool]:
    """The place, sector or kind that begins at a syllable, the index behind it, and whether a capital follows it."""
    end, row = match(lexicon.provinces(), words, index)
    if isinstance(row, ProvinceRow):
        current, printed = row.current_name.removeprefix("Thành phố "), " ".join(one.low for one in words[index:end])
        return end, current if printed == fold(current) else row.name, False
    if [one.low for one in words[index : index + 2]] == ["việt", "nam"]:
        return index + 2, "Việt Nam", False
    if index and words[index - 1].low in ("bộ", "sở", "phòng"):
        end, name = match(lexicon.sectors(), words, index)
        if name is not None:
            return end, str(name), False
    end, place = match(lexicon.local_places(), words, index) if index > 1 else (index, None)
    if place is not None and (end == len(words) or words[end].low in "-,"):
        return end, str(place), False
    end, kind = match(lexicon.heads(), words, index)
    if kind is not None and (end - index > 1 or index == 0):
        return end, lexicon.written(tuple(one.low for one in words[index:end])), kind is Bound.OPEN
    return index, None, False


def spaced(parts: Sequence[str]) -> str:
    """Join words by spaces, none before a punctuation mark."""
    out = ""
    for part in parts:
        out += part if not out or part in ",.;:)" else f" {part}"
    return out
