"""Short forms in capitals that lost the stroke of their Đ: "SGDDT" is SGDĐT, as its parts are known."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.language.syllables import bare_inventory
from pipeline.restore.model import RestorationModel
from pipeline.restore.readings import RestoredReading

LONGEST = 12  # letters of a short form
LETTER, STROKE = -9.0, -0.7  # log odds of a letter that is no part of a known form, and of its being a Đ
SURE = 0.95  # the probability of a form that stands where no other does
LEAST = -13.0  # a known form is no rarer than this
# Forms that only symbols of documents and signs of address have: Đảng ủy, chuyển đổi số, quản lý đất đai, Ban Chỉ đạo,
# with what a body's own number or letters add to it ("KH-BCĐ06"); "Đ/c" is đồng chí.
_IN_SYMBOLS = {"DU": "ĐU", "CDS": "CĐS", "QLDD": "QLĐĐ", "BCD": "BCĐ"}
_SYMBOL = re.compile(r"(?<=\w[/-])(?:(?P<form>DU|CDS|QLDD)(?![^\W_])|(?P<body>BCD)(?=[A-Z]{0,3}\d|\b))")
_COMRADE = re.compile(r"(?<![\w/])D(?=/c\b)")


def in_symbols(line: str) -> Iterator[RestoredReading]:
    """Find the forms of a line without marks that lost their Đ in the symbol of a document, or before a name.

    Args:
        line: a line that lost its marks.
    """
    for match in _SYMBOL.finditer(line):
        yield RestoredReading(*match.span(), _IN_SYMBOLS[match.group()], SURE, match.group())
    for match in _COMRADE.finditer(line):
        yield RestoredReading(*match.span(), "Đ", SURE, "D")


def with_strokes(model: RestorationModel, text: str) -> str:
    """Write the Đs of an unknown short form in capitals, by the known ones it is made of; else it stays.

    Args:
        model: its vocabulary has the known forms.
        text: what was read.
    """
    if not (1 < len(text) <= LONGEST and "D" in text and text.isascii() and text.isalpha() and text.isupper()):
        return text
    if text.lower() in model.keys:  # which of its spellings it is the language model says
        return text
    return _parted(model, text.lower()).upper()


@lru_cache(maxsize=1 << 12)
def _parted(model: RestorationModel, text: str) -> str:
    """The likeliest way to write a form as known ones and single letters."""
    best: list[tuple[float, str]] = [(0.0, "")]
    for end in range(1, len(text) + 1):
        letter, written = best[end - 1]
        found = [(letter + LETTER, written + text[end - 1])]
        if text[end - 1] == "d":
            found.append((letter + LETTER + STROKE, written + "đ"))
        for start in range(end - 1):
            score, before = best[start]
            found += [(score + odds, before + form) for odds, form in _known(model, text[start:end])]
        best.append(max(found))
    return best[-1][1]


@lru_cache(maxsize=1 << 12)
def _known(model: RestorationModel, letters: str) -> tuple[tuple[float, str], ...]:
    """The known short forms of some letters, each with how common it is (log)."""
    if letters in bare_inventory():  # a syllable is no short form
        return ()
    forms = ((at, model.words[at]) for at in model.keys.get(letters, ()))
    return tuple(
        (max(math.log(float(model.unigrams[at])), LEAST), form)
        for at, form in forms
        if form.replace("đ", "d") == letters
    )
