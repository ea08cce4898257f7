"""A passage cut into the tokens that patterns match: runs of digits, syllables, and signs one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipeline.language.folding import fold

TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
MASKED = "\0"  # what a masked token reads as: nothing that a pattern can name
START, NAMES, SUBJECT = "\1", "\2", "\3"  # where a sentence begins; a list of names; one that a sentence is about
PLACED = frozenset({START, NAMES, SUBJECT})


class PlacedToken(NamedTuple):
    """A token that stands for a stretch of a text, or for a place in it: offsets, what it reads as, and its value."""

    start: int
    end: int
    low: str
    value: object = None


class TokenizedText:
    """A text and its tokens, each given by its place in `lows`, `starts` and `ends`.

    `text` is the text as it stands, `folded` it folded, `lows` the folded tokens. The tokens of masked stretches match
    no pattern. `memo` is the engine's.
    """

    __slots__ = ("__dict__", "ends", "folded", "lows", "memo", "starts", "text", "values")

    def __init__(self, text: str, masked: Sequence[tuple[int, int]] = (), placed: Sequence[PlacedToken] = ()) -> None:
        """Cut a text.

        Args:
            text: of a passage.
            masked: stretches, as offsets in it, in which nothing is to be found.
            placed: tokens that are not made of the text's own, in order; what they cover is not cut.
        """
        self.text = text
        self.folded = fold(text)
        self.lows: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.values: dict[int, object] = {}  # of placed tokens
        at = 0
        for one in placed:
            self._cut(at, one.start)
            self.values[len(self.lows)] = one.value
            self._append(one.start, one.end, one.low)
            at = one.end
        self._cut(at, len(text))
        for start, end in masked:
            for index in range(self.at(start), len(self.lows)):
                if self.starts[index] >= end:
                    break
                self.lows[index] = MASKED
        self.memo: dict[tuple[str, int], object] = {}

    def _cut(self, start: int, end: int) -> None:
        for found in TOKEN.finditer(self.folded, start, end):
            self._append(found.start(), found.end(), found.group())

    def _append(self, start: int, end: int, low: str) -> None:
        self.lows.append(low)
        self.starts.append(start)
        self.ends.append(end)

    @cached_property
    def _by_start(self) -> dict[int, int]:
        return {start: index for index, start in enumerate(self.starts)}

    @cached_property
    def _by_end(self) -> dict[int, int]:
        return {end: index + 1 for index, end in enumerate(self.ends)}

    def at(self, offset: int) -> int:
        """The first token that begins at an offset or behind it; the number of tokens where none does."""
        found = self._by_start.get(offset)
        if found is not None:
            return found
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def behind(self, offset: int) -> int | None:
        """The token behind the one that ends at an offset; None where none ends there."""
        return self._by_end.get(offset)

    def is_glued(self, index: int) -> bool:
        """Whether a token follows the one before it without a blank."""
        return 0 < index < len(self.starts) and self.starts[index] == self.ends[index - 1]


@lru_cache(maxsize=4)
def tokenized(text: str, masked: tuple[tuple[int, int], ...] = ()) -> TokenizedText:
    """A text cut into tokens; that of the passage that is being read is kept for whoever reads it next."""
    return TokenizedText(text, masked)
