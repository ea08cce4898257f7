"""How Vietnamese is written: its syllables, where their tone stands, and the key under which look-alikes are found.

The syllables are those that onset, rhyme and tone allow; both tone placements are known: the one of current
schoolbooks (hòa, thúy) and the older one (hoà, thuý).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang, huyền, hỏi, ngã, sắc, nặng
_STOPPED = (TONES[4], TONES[5])
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"


@cache
def syllables() -> frozenset[str]:
    """Every syllable that can be written, in lower case and NFC, with the tone where current schoolbooks put it."""
    return frozenset(_every())


@cache
def _rules() -> dict[str, list[str] | str]:
    return tomllib.loads(files("pipeline.restore").joinpath("syllables.toml").read_text(encoding="utf-8"))


@cache
def _either() -> frozenset[tuple[str, str]]:
    pairs = [modern(pair).split() for pair in _rules()["either"]]
    return frozenset((a, b) for one, other in pairs for a, b in ((one, other), (other, one)))


def are_one_word(word: str, other: str) -> bool:
    """Whether two syllables in lower case are spellings of one word, by the place of the tone or otherwise."""
    return modern(word) == modern(other) or (modern(word), modern(other)) in _either()


@cache
def bases() -> frozenset[str]:
    """Every syllable without its marks."""
    return frozenset(strip(syllable) for syllable in syllables())


def _every() -> Iterator[str]:
    rules = _rules()
    stops = tuple(rules["stops"])
    for onset, rhyme in _shapes(rules):
        stopped = rhyme.endswith(stops)
        for tone in _STOPPED if stopped else TONES:
            yield with_tone(onset, rhyme, tone)


def _shapes(rules: dict[str, list[str] | str]) -> Iterator[tuple[str, str]]:
    def listed(key: str) -> list[str]:
        value = rules[key]
        return value.split() if isinstance(value, str) else value

    for rhyme in listed("rhymes"):
        front = rhyme[0] in "ieêy"
        for onset in [*listed("onsets"), *listed("front_onsets" if front else "back_onsets")]:
            if not (onset == "" and rhyme.startswith("iê")):
                yield onset, rhyme
        if rhyme in listed("g_before_i"):
            yield "g", rhyme
    yield from (("", rhyme) for rhyme in listed("initial"))
    yield from ((onset, "y") for onset in listed("y_onsets"))
    yield from (("qu", rhyme) for rhyme in listed("after_qu"))
    yield from (("gi", rhyme) for rhyme in listed("after_gi"))


def with_tone(onset: str, rhyme: str, tone: str, *, old: bool = False) -> str:
    """A syllable with `tone` (a combining mark or "") where current schoolbooks put it, or at its older place."""
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


@cache
def _placements() -> dict[str, str]:
    pairs = {}
    for rhyme in ("oa", "oe", "uy"):
        for tone in TONES[1:]:
            pairs[with_tone("", rhyme, tone, old=True)] = with_tone("", rhyme, tone)
    upper = {old.upper(): new.upper() for old, new in pairs.items()}
    title = {old.capitalize(): new.capitalize() for old, new in pairs.items()}
    return pairs | upper | title


@cache
def _pattern(old: bool) -> re.Pattern[str]:
    table = _placements()
    return re.compile("(?<![qQ])(" + "|".join(table if old else table.values()) + r")(?![^\W\d_])")


def modern(text: str) -> str:
    """`text` (NFC) with every tone where current schoolbooks put it; the same length."""
    return _pattern(True).sub(lambda match: _placements()[match.group()], text)


def traditional(text: str) -> str:
    """`text` (NFC) with the tone of oa, oe, uy at its older place; the same length."""
    back = {new: old for old, new in _placements().items()}
    return _pattern(False).sub(lambda match: back[match.group()], text)


def prefers_traditional(text: str) -> bool:
    """Whether a text (NFC) has the older tone placement more often than the newer one."""
    return len(_pattern(True).findall(text)) > len(_pattern(False).findall(text))


_BARE = {ord("đ"): "d", ord("Đ"): "D"}


@lru_cache(maxsize=1 << 16)
def strip(text: str) -> str:
    """`text` without any Vietnamese mark, case kept: what is typed without a Vietnamese keyboard."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(_BARE)
