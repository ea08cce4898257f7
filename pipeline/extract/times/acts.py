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
_CLAUSE = re.compile(r"[,;](?=\s)")  # not the comma of "13,21%"
_REPORTED = re.compile(r"\s*\([^()]*\d[/.]\d[^()]*[,;][^(),;\d]{1,20}$")  # "(từ ngày 15/12 đến ngày 14/6, gửi"
_LEAST = 2  # syllables of an act


def acts(text: str, places: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]] = ()) -> list[str | None]:
    """The act of each time: the words between it and its neighbours in the sentence.

    They stand before it; behind it where the sentence or what follows its colon begins with a time, or where each time
    begins its part of the sentence: "đến 30/9 đạt 80%, đến 31/12 đạt 100%".

    Args:
        text: of the passage.
        places: offsets of its times, in order; times that stand at one place share their act.
        others: offsets of further words of time, which are part of no act.

    Returns:
        For each time the words as printed; None where the text states one time, or where it cannot be told.
    """
    if len(set(places)) < 2:
        return [None] * len(places)
    apart = sorted({*places, *others})
    found: dict[tuple[int, int], str | None] = {}
    starts = [start for start, _ in apart]
    for begin, finish in sentences(fold(text)):
        here = apart[bisect_left(starts, begin) : bisect_left(starts, finish)]
        if here:
            found.update(zip(here, _of_sentence(text, begin, finish, here), strict=True))
    return [found.get(place) for place in places]


def _of_sentence(text: str, begin: int, finish: int, times: Sequence[tuple[int, int]]) -> list[str | None]:
    """The act of each time of a sentence."""
    edges = [begin, *(edge for place in times for edge in place), finish]
    between = [_REPORTED.sub("", text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    behind = [_words(one) for one in between[1:]]
    if not _words(between[0].rpartition(":")[2]):
        # "Hoàn thành trước 30/9 và báo cáo trước 10/10": the words are those of the time behind them
        ends = behind[-1] is None and all(behind[:-1])
        return [None, *behind[:-1]] if ends else behind
    parts = [_parted(one) for one in between[1:-1]]
    own = [_words(_CLAUSE.split(between[-1])[0]), *(tail for tail, _ in parts)]
    if parts and all(own) and not any(head for _, head in parts):
        return [*(tail for tail, _ in parts), behind[-1]]
    heads = [
        head or (tail if not _CLAUSE.search(one) else None)
        for (tail, head), one in zip(parts, between[1:], strict=False)
    ]
    return [_words(between[0]), *heads]


def _parted(text: str) -> tuple[str | None, str | None]:
    """What stands between two times: words that go on behind the first, and those before the second."""
    end = _CLAUSE.search(text)
    if end:
        return _words(text[: end.start()]), _words(text[end.end() :])
    return (None, _words(text)) if _LEADING.match(text.lstrip()) else (_words(text), None)


def _words(text: str) -> str | None:
    text = text.rstrip(" (")  # "việc khảo sát (trước ngày 20/4)": the bracket is the time's
    if text.count("(") > text.count(")"):
        text = text.rpartition("(")[2]  # "… đảng viên (lớp 1 từ 11/5"
    words = _TRAILING.sub("", _LEADING.sub("", text))
    return words if len(words.split()) >= _LEAST and words.count("(") == words.count(")") else None
