"""Ranking texts by the words found in them, and cutting out a passage to show."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Final

from pipeline.store.query.index import SearchWords
from pipeline.store.query.words import bare_word, located

_LENGTH: Final = 240  # characters of a passage
_BEFORE: Final = 60  # of these, before the first word found


@dataclass(frozen=True)
class Snippet:
    """A stretch of a text; `marks` are the places in it (start, end) of what was looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def weigh(text: str, words: SearchWords, way: str, accents: bool) -> tuple[float, Snippet | None]:
    """Rank a text by the words looked for: a phrase by its frequency, words by how near to each other they stand.

    Args:
        text: of an item.
        words: what is looked for.
        way: "phrase", "text" or "all", as of `sqlite_match`.
        accents: whether accents count.

    Returns:
        A weight, higher for better, and a passage that shows the words; None where the text does not have them.
    """
    have, places = located(text)
    if not accents:
        have = list(map(bare_word, have))
    asked = words.exact if accents else words.bare
    if way == "phrase":
        first_word = asked[0]
        starts = [at for at, word in enumerate(have) if word == first_word and have[at : at + len(asked)] == asked]
        marks = [(places[at].start(), places[at + len(asked) - 1].end()) for at in starts]
    else:
        wanted = set(asked)
        marks = [place.span() for word, place in zip(have, places, strict=True) if word in wanted]
        if way == "text" and not wanted <= set(have):
            marks = []
    if not marks:
        return 0.0, None
    if way == "phrase":
        return len(marks) / log(len(have) + 8), passage(text, marks)
    width, first = _narrowest(have, set(asked))
    near = [mark for mark in marks if mark[0] >= places[first].start()] if width else marks
    return 1 / width if width else 0.0, passage(text, near)


def _narrowest(have: list[str], wanted: set[str]) -> tuple[int, int]:
    """The fewest words in a row that hold all `wanted`, and the first of them; 0, 0 where some are missing."""
    last: dict[str, int] = {}
    best = (0, 0)
    for at, word in enumerate(have):
        if word in wanted:
            last[word] = at
            if len(last) == len(wanted):
                first = min(last.values())
                if not best[0] or at - first + 1 < best[0]:
                    best = (at - first + 1, first)
    return best


def passage(text: str, marks: list[tuple[int, int]] | None = None) -> Snippet:
    """Cut a passage out of a text around its first mark, at words.

    Args:
        text: of an item.
        marks: places (start, end) of what was looked for; None for the beginning of the text.
    """
    first = marks[0][0] if marks else 0
    start = 0 if first <= _BEFORE or len(text) <= _LENGTH else text.rfind(" ", 0, first - _BEFORE) + 1
    end = len(text)
    if end - start > _LENGTH:
        end = text.rfind(" ", start, start + _LENGTH)
        end = end if end > start + _BEFORE else start + _LENGTH
    lead, tail = "… " if start else "", " …" if end < len(text) else ""
    shift = len(lead) - start
    kept = tuple((low + shift, high + shift) for low, high in marks or () if low >= start and high <= end)
    return Snippet(lead + text[start:end] + tail, kept)
