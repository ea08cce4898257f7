"""One form for matching: the text keeps its own letters, rules compare folded ones.

Folding keeps the length, so that an offset in the folded text is an offset in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.accents import bare
from pipeline.language.normal import nfc
from pipeline.language.tones import modern

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


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` (NFC) in lower case, with one kind of dash and quote, the tones of whole words as `tones.modern`.

    The length stays the same.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # İ and its like lower to two characters
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return modern(lowered.translate(_PUNCTUATION), before_digits=False)


def folded(text: str) -> str:
    """`text` in the one form that names are compared in: NFC, folded, single spaces, no full stop behind."""
    return re.sub(r"\s+", " ", fold(nfc(text))).strip(" .,;:")


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens: "Sở Tài chính" -> "so-tai-chinh"."""
    return re.sub(r"[^a-z0-9]+", "-", bare(text)).strip("-")
