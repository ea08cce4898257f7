"""Vietnamese without its accents: as it is typed without a Vietnamese keyboard, and as ASCII for slugs."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from unidecode import unidecode

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_D = str.maketrans("đĐ", "dD")


@lru_cache(maxsize=1 << 16)
def remove_accents(text: str) -> str:
    """`text` without the marks of its letters, đ as d; case and every other sign stay.

    Letters of other scripts may come apart into more characters: a syllable of Hangul into its letters.
    """
    apart = unicodedata.normalize("NFD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(_D)


def without_tone(word: str) -> str:
    """A word with its letters and without its tone: "thường", thương."""
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(char for char in apart if char not in _TONES))


def other_marks(word: str, other: str) -> int:
    """How many marks of one of two words, the stroke of đ too, the other has not ("phần", "phấn": 1)."""
    one, two = (Counter(unicodedata.normalize("NFD", text).replace("đ", "d\u0335")) for text in (word, other))
    return max((one - two).total(), (two - one).total())


@lru_cache(maxsize=1 << 16)
def bare(text: str) -> str:
    """`text` in lower case and ASCII: for slugs and for matching what lost its accents.

    Signs and letters of other scripts are written with ASCII's ("…" is "..."), so the length is not kept.
    """
    return unidecode(text).lower()
