"""Vietnamese without its accents: as it is typed without a Vietnamese keyboard, and as ASCII for slugs."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from unidecode import unidecode

_D = str.maketrans("đĐ", "dD")


@lru_cache(maxsize=1 << 16)
def remove_accents(text: str) -> str:
    """`text` without the marks of its letters, đ as d; case and every other sign stay.

    Letters of other scripts may come apart into more characters: a syllable of Hangul into its letters.
    """
    apart = unicodedata.normalize("NFD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(_D)


@lru_cache(maxsize=1 << 16)
def bare(text: str) -> str:
    """`text` in lower case and ASCII: for slugs and for matching what lost its accents.

    Signs and letters of other scripts are written with ASCII's ("…" is "..."), so the length is not kept.
    """
    return unidecode(text).lower()
