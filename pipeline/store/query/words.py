"""The words of a text for full-text search: syllables with their accents, and without.

Both databases are given these words ready made, so that both find the same. Two spellings of one syllable are one word
here, the commoner: hoà as hòa, quĩ as quỹ, vỵ as vị.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.language.accents import bare
from pipeline.language.folding import fold
from pipeline.language.normal import nfc

_WORD = re.compile(r"[^\W_]+")
_LONGEST: Final = 64  # letters of a word that count; what is longer was misread, and indexes have limits
_ALONE: Final = re.compile(r"(qu|[ckpt]?h|ngh?|gh?|nh|tr|[bcdđklmnprstvx])([iìỉĩíịyỳỷỹýỵ])")  # a syllable's only vowel
_WITH_Y: Final = frozenset(("h", "k", "l", "m", "t", "qu"))  # behind these most write y, behind all others i
_TO_Y: Final = dict(zip("iìỉĩíị", "yỳỷỹýỵ", strict=True))
_TO_I: Final = {y: i for i, y in _TO_Y.items()}
_MANY: Final = 200_000  # words kept in mind: more than a language has syllables


class _Folded(dict[str, str]):
    """A word -> its form in lower case with one tone placement and one of i and y; grows as it is asked."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MANY:
            self.clear()
        self[word] = folded = _one_spelling(fold(word)[:_LONGEST])
        return folded


class _Bare(dict[str, str]):
    """A folded word -> its letters and digits without marks; grows as it is asked."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MANY:
            self.clear()
        self[word] = plain = re.sub(r"[^a-z0-9]", "", bare(word))
        return plain


def _one_spelling(word: str) -> str:
    """One of the two spellings of a syllable whose only vowel is i or y: "quĩ" -> "quỹ"; "tai", "thúy", "ý" stay."""
    alone = _ALONE.fullmatch(word)
    if alone is None:
        return word
    onset, vowel = alone.groups()
    return onset + (_TO_Y if onset in _WITH_Y else _TO_I).get(vowel, vowel)


_FOLDED = _Folded()
_BARE = _Bare()


def exact_words(text: str) -> str:
    """The words of a text in lower case with accents, one tone placement and one of i and y; separated by one blank."""
    return " ".join(map(_FOLDED.__getitem__, _WORD.findall(nfc(text))))


def bare_words(words: str) -> str:
    """Take the accents off words, đ as d: "thư viện xã" -> "thu vien xa". A word that has no letters is left out.

    Args:
        words: as `exact_words` gives them.
    """
    return " ".join(filter(None, map(_BARE.__getitem__, words.split())))


def bare_word(exact: str) -> str:
    """Take the accents off one word of `exact_words`; "" where it has no letters."""
    return _BARE[exact]


def key(text: str) -> str:
    """Normalise a name or unit for comparing: "Bản sách" -> "ban sach"; "%" stays, as it has no words."""
    return bare_words(exact_words(text)) or text.strip()


def located(text: str) -> tuple[list[str], list[re.Match[str]]]:
    """The words of a text (in NFC) as `exact_words` has them, and where each stands."""
    return list(map(_FOLDED.__getitem__, _WORD.findall(text))), list(_WORD.finditer(text))


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Give each word of a text (in NFC) as `exact_words` has it, with its start and end."""
    for match in _WORD.finditer(text):
        yield _FOLDED[match.group()], match.start(), match.end()
