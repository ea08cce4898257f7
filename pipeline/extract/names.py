"""Full names: letterheads in capitals turned into names, abbreviations written out."""

from __future__ import annotations

from pipeline.extract.casing import from_capitals, spaced
from pipeline.extract.mentions import find
from pipeline.extract.tokens import syllables


def full(text: str) -> str:
    """The full name of the agency that `text` names; `text` with its abbreviations written out when none is found."""
    words = syllables(text)
    letters = [c for c in text if c.isalpha()]
    shouted = sum(c.isupper() for c in letters) >= 0.6 * len(letters)
    named = from_capitals(words) if shouted else spaced([one.word for one in words])
    found = find(syllables(named))
    return found[0].name if found and found[0].start == 0 and found[0].end >= len(named) - 1 else named
