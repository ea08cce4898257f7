"""Cutting a line into the pieces that are restored one by one: words, numbers and punctuation."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

PieceKind = Literal["word", "number", "stop", "comma", "mark"]


class LinePiece(NamedTuple):
    """A piece of a line: its offsets, its kind, and whether a space (or the line's start) is before it."""

    start: int
    end: int
    kind: PieceKind
    spaced: bool


# An apostrophe belongs to the word it touches: readers make it out of the horn of ơ and ư ("THU'C", "co'").
_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,/:]\d+)*(?=$|[\s.,;:!?…()\[\]{}<>\"“”«»/–—_*+=|~%-]))"
    r"|(?P<stop>[.?!…])|(?P<comma>[,;:])|(?P<mark>(?<=[A-ZĐ])&(?=[A-ZĐ])|[()\[\]{}<>\"“”«»/–—_*+=|~%-]|['’‘`](?![^\W\d_]))"
    r"|(?P<word>(?:[^\s.,;:!?…()\[\]{}<>\"“”«»/–—_*+=|~%'’‘`&-]|(?<![A-ZĐ])&|&(?![A-ZĐ])|['’‘`](?=[^\W\d_])|(?<=[^\W\d_])['’‘`])+)"
    r"|(?P<rest>\S)"
)


def pieces(line: str) -> list[LinePiece]:
    """Cut a line into pieces from left to right; every character that is no white space belongs to one."""
    found = []
    end = -1
    for match in _PIECE.finditer(line):
        kind = match.lastgroup
        found.append(LinePiece(match.start(), match.end(), "mark" if kind == "rest" else kind, match.start() != end))  # type: ignore[arg-type]
        end = match.end()
    return found
