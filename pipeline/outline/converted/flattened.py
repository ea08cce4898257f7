"""Lines in which a converter ran several together: a title and its first item, items, lines about an activity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.knowledge.documents import parts
from pipeline.language.folding import fold
from pipeline.language.letters import CAPITALS
from pipeline.outline.numbering import read_marker
from pipeline.outline.paragraphs import BodyLine
from pipeline.outline.rules import opening, pattern

# A number of two levels with a blank before it, and behind it the words of an item or the end of the line.
_INNER = re.compile(r"(?<=\s)(?P<above>\d{1,2})\.(?P<count>\d{1,2})\.(?=\s+[^\W\d_]|$)")


_ADDRESSED = re.compile(r"(?<=\d{4})\s+(?=Kính gửi\s*:)")  # behind the date
_CAPITALS = re.compile(rf"(?<!\S)[{CAPITALS}][{CAPITALS}.]+(?:,? [{CAPITALS}][{CAPITALS}.]*)+")
_POSTS = re.compile(rf"\s(?=(?:KT|TL|TUQ)\.\s?[{CAPITALS}])|\s(?=PHÓ\s)")  # in a line of capitals: who signs for whom


@cache
def _line_behind_dash() -> re.Pattern[str]:
    """A dash inside a line, and behind it the label of a line about an activity."""
    labels = "|".join(one.removeprefix("^") for one in parts().shared_lines)
    return re.compile(rf"(?<=\s)[-–*]\s?(?=(?:{labels}))")


def parted(rows: Sequence[BodyLine]) -> list[BodyLine]:
    """Lines of a text without pages, those that are several run together each as its parts.

    A number inside a line begins an item where it counts on from the number before it: "2. Quản lý 2.1. Rà soát …".
    """
    if any(row.line.box is not None for row in rows):
        return list(rows)
    out: list[BodyLine] = []
    counted: tuple[int, int] | None = None  # the last item's number: "2." is (2, 0), "2.1." is (2, 1)
    for row in rows:
        counted = _number(row.text, counted)
        starts = [0]
        for found in _INNER.finditer(row.text):
            number = int(found["above"]), int(found["count"])
            if counted is not None and number == (counted[0], counted[1] + 1) and not _is_cited(row.text, found):
                starts.append(found.start())
                counted = number
        starts += [*_lines(row.text), *(found.end() for found in _ADDRESSED.finditer(row.text)), *_sign_off(row.text)]
        out += [row.cut(start, end) for start, end in _stretches(sorted(starts), len(row.text))]
    return out


def _number(text: str, before: tuple[int, int] | None) -> tuple[int, int] | None:
    """The number that a line begins with; that of the line before where it begins with none that counts here."""
    marker = read_marker(text)
    if marker is None or marker.style.name not in ("decimal", "decimal2", "roman"):
        return before
    if marker.style.name == "roman":
        return None
    return (int(marker.prefix), marker.value) if marker.prefix else (marker.value, 0)


def _is_cited(text: str, found: re.Match[str]) -> bool:
    """Whether a number is that of a part of a document, or goes on with such: "tại mục 2.1. Kế hoạch này"."""
    return bool(pattern("before_numbers").search(fold(text[: found.start()])))


def _lines(text: str) -> Iterator[int]:
    marker = read_marker(text)
    if marker is not None and marker.style.count == "none":
        for found in _line_behind_dash().finditer(fold(text), marker.end):
            yield found.start()


def _sign_off(text: str) -> Iterator[int]:
    """Where who signs begins behind the last recipient, and where another post begins in a line of them."""
    recipient = bool(pattern("recipients_last").match(fold(text)))
    for found in _CAPITALS.finditer(text):
        folded = fold(found.group())
        if not (pattern("capacity").match(folded) or recipient and opening("posts").match(folded)):
            continue
        if found.start() and not recipient:
            return
        if found.start():
            yield found.start()
        yield from (found.start() + inner.start() + 1 for inner in _POSTS.finditer(found.group()))


def _stretches(starts: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    cuts = list(dict.fromkeys(starts))
    yield from zip(cuts, [*cuts[1:], end], strict=True)
