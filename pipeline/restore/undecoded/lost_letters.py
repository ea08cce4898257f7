"""Letters that a program had no sign for and wrote as U+FFFD: which words of the language may have stood there.

Where a web page is saved in the wrong code page, all letters of one table are lost ("c�c" các, "x�" xã), and those that
stand in the same text are not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import numpy as np

from pipeline.language.tones import traditional
from pipeline.restore.model import Array, RestorationModel
from pipeline.restore.tokens import CLASSES

SIGN = "\ufffd"
MANY = 50  # lost letters: where there are fewer, letters that do not stand in the text say nothing
STANDS = -6.0  # log odds of a letter that stands in the text being lost as well
BYTES = 3  # signs: a letter of Vietnamese is as many bytes at most, and each may have become a sign
_SIGNS = re.compile(f"{SIGN}+")


def standing(lines: Iterable[str]) -> frozenset[str] | None:
    """The small letters of a text, where so many others are lost that those were not; None where nothing says so."""
    text = "\n".join(lines)
    return frozenset(text.lower()) if text.count(SIGN) >= MANY else None


def fitting(model: RestorationModel, text: str, stands: frozenset[str] | None) -> tuple[Array, Array]:
    """The words that a word with lost letters may be, and their log odds, arrays of shape (n,).

    Args:
        model: whose words are looked through.
        text: the word, with a sign for each lost letter or for each byte of it.
        stands: the letters that were not lost, as `standing` gives them.
    """
    whole = re.compile(_SIGNS.sub(_letters, "".join(one if one == SIGN else re.escape(one) for one in text.lower())))
    found: dict[int, float] = {}
    for size in {len(text) - gone for gone in range(text.count(SIGN))}:
        for spelling, word in _by_length(model).get(size, ()):
            hit = whole.fullmatch(spelling)
            if hit is not None:
                lost = "".join(hit.groups())
                found[word] = STANDS * sum(letter in stands for letter in lost) if stands is not None else 0.0
    ids = sorted(found)
    return np.array(ids, np.uint16), np.array([found[word] for word in ids], np.float32)


def spelt_like(word: str, raw: str) -> str:
    """A word in the placement of tones that its kept letters have: "ho�" is hoà, "h�a" hòa."""
    other = traditional(word)
    return other if other != word and _agrees(other, raw) and not _agrees(word, raw) else word


def _agrees(word: str, raw: str) -> bool:
    return re.fullmatch(_SIGNS.sub(".+", raw.lower()), word.lower()) is not None


def _letters(signs: re.Match[str]) -> str:
    """A pattern for the letters that a run of signs stands for: none of them is a letter of ASCII."""
    most = len(signs.group())
    return f"([^\\x00-\\x7f]{{{-(-most // BYTES)},{most}}})"


@cache
def _by_length(model: RestorationModel) -> dict[int, list[tuple[str, int]]]:
    """The words of a model in both placements of tones with their ids, by how many letters they have."""
    out: dict[int, list[tuple[str, int]]] = {}
    for at, word in enumerate(model.words[len(CLASSES) :], len(CLASSES)):
        for spelling in {word, traditional(word)}:
            out.setdefault(len(word), []).append((spelling, at))
    return out
