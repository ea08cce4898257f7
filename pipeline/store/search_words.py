"""Words of a text for full-text search: syllables with their accents, and without.

Both databases are given these words, ready made, so that both find the same.
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
_MANY: Final = 200_000  # words kept in mind: more than a language has syllables


class _Folded(dict[str, str]):
    """A word -> its form in lower case with one tone placement; grows as it is asked."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MANY:
            self.clear()
        self[word] = folded = fold(word)[:_LONGEST]
        return folded


class _Bare(dict[str, str]):
    """A folded word -> its letters and digits without marks; grows as it is asked."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MANY:
            self.clear()
        self[word] = plain = re.sub(r"[^a-z0-9]", "", bare(word))
        return plain


_FOLDED = _Folded()
_BARE = _Bare()


def exact_words(text: str) -> str:
    """The words of `text` in lower case with their accents and one tone placement, one blank between them."""
    return " ".join(map(_FOLDED.__getitem__, _WORD.findall(nfc(text))))


def bare_words(words: str) -> str:
    """Words without accents, đ as d: "thư viện xã" -> "thu vien xa". A word that has no letters is left out."""
    return " ".join(filter(None, map(_BARE.__getitem__, words.split())))


def bare_word(exact: str) -> str:
    """One of the words of `exact_words` without its accents; "" where it has no letters."""
    return _BARE[exact]


def key(text: str) -> str:
    """One form of a name or unit for comparing: "Bản sách" -> "ban sach"; "%" stays, as it has no words."""
    return bare_words(exact_words(text)) or text.strip()


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of `text` (in NFC) as `exact_words` has it, and its place."""
    for match in _WORD.finditer(text):
        yield _FOLDED[match.group()], match.start(), match.end()
