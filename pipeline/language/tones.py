"""Where the mark of a tone stands: the placement of current schoolbooks (hòa, thúy) and the older one (hoà, thuý).

The two differ in open syllables that end in oa, oe and uy; behind q the u is no vowel (quý).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang, huyền, hỏi, ngã, sắc, nặng
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"


def with_tone(onset: str, rhyme: str, tone: str, *, old: bool = False) -> str:
    """A syllable of `onset` and `rhyme`, in lower case and NFC, with the mark of a tone.

    Args:
        onset: the consonants in front of the vowels; "" where there are none.
        rhyme: the rest of the syllable, without a tone.
        tone: one of `TONES`.
        old: whether the mark stands at its older place.
    """
    vowels = len(rhyme) - len(rhyme.lstrip(_VOWELS))
    nucleus = rhyme[:vowels]
    marked = [at for at, vowel in enumerate(nucleus) if vowel in _MARKED]
    if marked:
        at = marked[-1]
    elif vowels < len(rhyme) or (old and nucleus in ("oa", "oe", "uy")):
        at = vowels - 1
    else:
        at = vowels // 2 if vowels == 3 else 0
    return onset + rhyme[:at] + unicodedata.normalize("NFC", rhyme[at] + tone) + rhyme[at + 1 :]


class _Moves(NamedTuple):
    """Spellings to be replaced, and a pattern of what may be one of them: its first and second letters, mixed."""

    pattern: re.Pattern[str]
    table: dict[str, str]


def _moves(table: dict[str, str], digits: bool = True) -> _Moves:
    # The pattern begins with a plain set, which the engine is quick to look for; q is looked for afterwards.
    first, second = ("".join(sorted({spelling[at] for spelling in table})) for at in (0, 1))
    end = r"(?![^\W\d_])" if digits else r"(?!\w)"
    return _Moves(re.compile(rf"[{first}][{second}](?<![qQ]..){end}"), table)


@cache
def _to_modern() -> _Moves:
    pairs = {}
    for rhyme in ("oa", "oe", "uy"):
        for tone in TONES[1:]:
            pairs[with_tone("", rhyme, tone, old=True)] = with_tone("", rhyme, tone)
    upper = {old.upper(): new.upper() for old, new in pairs.items()}
    title = {old.capitalize(): new.capitalize() for old, new in pairs.items()}
    return _moves(pairs | upper | title)


@cache
def _to_traditional() -> _Moves:
    return _moves({new: old for old, new in _to_modern().table.items()})


@cache
def _to_modern_in_words() -> _Moves:
    return _moves(_to_modern().table, digits=False)


def modern(text: str, *, before_digits: bool = True) -> str:
    """`text` (NFC) with every tone where current schoolbooks put it; the same length.

    Args:
        text: in NFC.
        before_digits: whether a syllable may end at a digit or "_" too, as where the number of a footnote is run on.
    """
    pattern, table = _to_modern() if before_digits else _to_modern_in_words()
    return pattern.sub(lambda match: table.get(match[0], match[0]), text)


def traditional(text: str) -> str:
    """`text` (NFC) with the tone of oa, oe, uy at its older place; the same length."""
    pattern, table = _to_traditional()
    return pattern.sub(lambda match: table.get(match[0], match[0]), text)


def prefers_traditional(text: str) -> bool:
    """Whether a text (NFC) has the older tone placement more often than the current one."""
    old, current = (
        sum(spelling in moves.table for spelling in moves.pattern.findall(text))
        for moves in (_to_modern(), _to_traditional())
    )
    return old > current
