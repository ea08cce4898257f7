"""One form for matching: the text keeps its own letters, rules compare folded ones.

Folding keeps the length, so that an offset in the folded text is an offset in the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from unidecode import unidecode

# A letter that only Vietnamese has: ă â đ ê ô ơ ư with marks, and every marked vowel that is not in Latin-1.
VIETNAMESE_LETTER = re.compile("[ăđơưĂĐƠƯĩũĨŨ\u1ea0-\u1ef9]")

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below

_PUNCTUATION = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "…": ".",
        "\u00a0": " ",
        "\t": " ",
        "\n": " ",
    }
)

Syllables = tuple[str, ...]

# A printed mark in front of an item: a bullet, "a)", "1.", "1.1.", "IV.", "Điều 3."
_MARKER = re.compile(
    r"\s*(?:[-+*•·○●▪–—]\s*|\(?(?:[a-zđ]|\d{1,3}|[ivxlc]{1,6})\)\s*|(?:điều\s+)?\d{1,3}(?:\.\d{1,3})*[.:]\s+"
    r"|\d{1,2}(?:\.\d{1,2})+\s+|(?:[ivxlc]{1,6}|[a-zđ])\.\s+)"
)
SYLLABLE = re.compile(r"\w+|%")


def _tone_placements() -> dict[str, str]:
    """Old-style spellings (hoà, thuỷ, khoẻ) to the one of current schoolbooks (hòa, thủy, khỏe)."""
    pairs = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in _TONES:
            old = first + unicodedata.normalize("NFC", second + tone)
            pairs[old] = unicodedata.normalize("NFC", first + tone) + second
    return pairs


_OLD_TO_NEW = _tone_placements()
_OLD_TONE = re.compile("(?<![qQ])(" + "|".join(_OLD_TO_NEW) + r")(?!\w)")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case, one kind of dash and quote, one tone placement; the same length as `text` (which must be NFC)."""
    lowered = text.lower()
    if len(lowered) != len(text):  # İ and its like lower to two characters
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _OLD_TONE.sub(lambda m: _OLD_TO_NEW[m.group()], lowered.translate(_PUNCTUATION))


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Lower case without any mark, đ as d: for slugs and for matching what lost its accents. Length not kept."""
    return unidecode(text).lower()


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens: "Sở Tài chính" -> "so-tai-chinh"."""
    return re.sub(r"[^a-z0-9]+", "-", bare(text)).strip("-")


def folded(text: str) -> str:
    """`text` in the one form that names are compared in: NFC, folded, single spaces, no full stop behind."""
    return re.sub(r"\s+", " ", fold(unicodedata.normalize("NFC", text))).strip(" .,;:")


def syllables(text: str) -> Syllables:
    """The folded syllables of `text`, without a leading marker ("a)", "1.", "-")."""
    plain = fold(unicodedata.normalize("NFC", text))
    marker = _MARKER.match(plain)
    return tuple(SYLLABLE.findall(plain[marker.end() :] if marker else plain))
