"""Full names: letterheads in capitals turned into names, abbreviations written out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.extract import lexicon
from pipeline.extract.casing import from_capitals, spaced
from pipeline.extract.mentions import find
from pipeline.extract.tokens import syllables

LONGEST_TERM = 90  # characters before the bracket that makes an abbreviation


def full(text: str) -> str:
    """The full name of the agency that `text` names; `text` with its abbreviations written out when none is found."""
    words = syllables(text)
    letters = [c for c in text if c.isalpha()]
    shouted = sum(c.isupper() for c in letters) >= 0.6 * len(letters)
    named = from_capitals(words) if shouted else spaced([one.word for one in words])
    found = find(syllables(named))
    return found[0].name if found and found[0].start == 0 and found[0].end >= len(named) - 1 else named


_DEFINED = re.compile(r"\((?:viết tắt là |gọi tắt là |sau đây gọi tắt là )?(?P<short>[A-ZĐ]{3,10})\)")


def defined(text: str) -> dict[str, str]:
    """The abbreviations that a document makes for itself: "an toàn, an ninh thông tin (ATANTT)".

    The words are those right before the bracket whose first letters spell the abbreviation; "và" may be left out.
    """
    out: dict[str, str] = {}
    for found in _DEFINED.finditer(text):
        window = max(0, found.start() - LONGEST_TERM)
        words = syllables(text[window : found.start()])
        left = list(found["short"].lower())
        at = len(words)
        while at and left:
            at -= 1
            if words[at].low[0] == left[-1]:
                left.pop()
            elif words[at].low != "và" and words[at].low.isalnum():
                break
        if not left:
            term = text[window + words[at].start : found.start()]
            out.setdefault(found["short"], " ".join(term.split()))
    return out


_SHORT_UNIT = re.compile(
    r"(?<!\w)(?P<unit>(?:Tổng cục|Chi cục|Cục|Vụ|Phòng|Ban|Viện|Trung tâm|Văn phòng|Hội|Khoa|Tổ))"
    r"\s+(?P<short>[A-ZĐ][A-ZĐ&-]{1,9})(?!\w)"
)


def spelled(text: str) -> dict[str, str]:
    """Units whose names are written short in a document, in full: "Vụ PC" is the "Vụ Pháp chế" it names elsewhere.

    A name that the document nowhere writes in full is taken from the gazetteer, or stays as it is.
    """
    out: dict[str, str] = {}
    for found in _SHORT_UNIT.finditer(text):
        unit, short = found["unit"], found["short"]
        key = f"{unit} {short}"
        if key in out:
            continue
        letters = [one for one in short if one.isalpha()]
        words = [rf"[{one}{one.lower()}][^\W\d_]*[^\W\d_A-ZĐ]" for one in letters]
        pattern = rf"(?<!\w){unit}\s+(?=[A-ZĐ])" + r"(?:\s+(?:và|-)|,)?\s+".join(words) + r"(?!\w)"
        full = re.search(pattern, text)
        known = lexicon.unit_name(short)
        if full is not None:
            out[key] = " ".join(full.group().split())
        elif known is not None:
            out[key] = f"{unit} {known}"
    return out


def written_out(name: str, terms: Mapping[str, str]) -> str:
    """A name with the document's own abbreviations written out."""
    if not terms:
        return name
    whole = _SHORT_UNIT.sub(lambda unit: terms.get(f"{unit['unit']} {unit['short']}", unit.group()), name)
    return re.sub(r"\w+", lambda word: terms.get(word.group(), word.group()), whole)
