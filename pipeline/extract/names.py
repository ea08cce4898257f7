"""Full names: capitals of a letterhead turned into a name, the place of the issuer added."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract import lexicon
from pipeline.extract.mentions import find, match, matches
from pipeline.extract.tokens import Syllable, syllables

def from_capitals(text: str) -> str:
    """ "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH" -> "Sở Văn hóa, Thể thao và Du lịch"; other text is left as it is.

    Sectors and provinces are written as the gazetteers have them; else the first letter of each stretch is a capital.
    """
    words = syllables(text)
    if not words or not text.isupper() and sum(c.isupper() for c in text) < 0.6 * sum(c.isalpha() for c in text):
        return _join(words) if words else text
    out: list[str] = []
    index = 0
    fresh = True
    while index < len(words):
        end, name = _known(words, index)
        if name:
            out.append(name)
            index, fresh = end, False
            continue
        low = words[index].low
        out.append(low[0].upper() + low[1:] if fresh else low)
        fresh = low in ("-", "bộ", "sở", "vụ", "cục", "tổng", "viện") and not (low == "tổng")
        index += 1
    return _spaced(out)


def _known(words: Sequence[Syllable], index: int) -> tuple[int, str | None]:
    for length in (4, 3, 2):
        key = " ".join(one.low for one in words[index : index + length])
        if index + length <= len(words) and (row := lexicon.provinces().get(key)):
            return index + length, row.name
    for end, name in matches(lexicon.sectors(), words, index):
        if index and words[index - 1].low in ("bộ", "sở", "phòng"):
            return end, str(name)
    end, kind = match(lexicon.heads(), words, index)
    if kind is not None and end - index > 1:
        return end, lexicon.written(tuple(one.low for one in words[index:end]))
    return index, None


def _join(words: Sequence[Syllable]) -> str:
    return _spaced([one.word for one in words])


def _spaced(parts: list[str]) -> str:
    out = ""
    for part in parts:
        out += part if not out or part in ",.;:)" else f" {part}"
    return out


def full(text: str) -> str:
    """The full name of the agency that `text` names, abbreviations written out; `text` itself when none is found."""
    named = from_capitals(text)
    found = find(syllables(named))
    return found[0].name if found and found[0].start == 0 and found[0].end >= len(named) - 1 else named
