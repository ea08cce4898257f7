"""The words of the act that a time belongs to, where a text states several times."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.language.folding import fold
from pipeline.language.sentences import sentences

_LEADING = re.compile(r"^(?:[\s,;:().–-]|(?:và|đồng thời|sau đó|trong đó)\b)+", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:[\s,;:(–-]|\b(?:trong|vào|từ|là|ngày|định kỳ|thời gian|hoàn thành|xong|và))+$", re.IGNORECASE
)
_LEAST = 2  # syllables of an act


def acts(text: str, places: Sequence[tuple[int, int]]) -> list[str | None]:
    """The act of each time: the words between it and its neighbour in the sentence.

    They stand before it; behind it where the sentence or what follows its colon begins with a time.

    Args:
        text: of the passage.
        places: offsets of its times, in order; times that stand at one place share their act.

    Returns:
        For each time the words as printed; None where the text states one time, or none stand beside it.
    """
    apart = sorted(set(places))
    if len(apart) < 2:
        return [None] * len(places)
    found: dict[tuple[int, int], str | None] = {}
    starts = [start for start, _ in apart]
    for begin, finish in sentences(fold(text)):
        here = apart[bisect_left(starts, begin) : bisect_left(starts, finish)]
        leading = bool(here) and not _words(text[begin : here[0][0]].rpartition(":")[2])
        edges = [begin, *(edge for place in here for edge in place), finish]
        for index, place in enumerate(here):
            before, behind = text[edges[2 * index] : place[0]], text[place[1] : edges[2 * index + 3]]
            found[place] = _words(behind) if leading else _words(before) or _words(behind)
    return [found.get(place) for place in places]


def _words(text: str) -> str | None:
    words = _TRAILING.sub("", _LEADING.sub("", text))
    return words if len(words.split()) >= _LEAST else None
