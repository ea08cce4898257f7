"""A passage cut into the tokens that patterns match: runs of digits, syllables, and signs one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from pipeline.language.folding import fold

TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
MASKED = "\0"  # what a masked token reads as: nothing that a pattern can name


class TokenizedText:
    """A text and its tokens, each given by its place in `lows`, `starts` and `ends`.

    `text` is the text as it stands, `folded` it folded, `lows` the folded tokens. The tokens of masked stretches match
    no pattern. `memo` is the engine's.
    """

    __slots__ = ("__dict__", "ends", "folded", "lows", "memo", "starts", "text")

    def __init__(self, text: str, masked: Sequence[tuple[int, int]] = ()) -> None:
        """Cut a text.

        Args:
            text: of a passage.
            masked: stretches, as offsets in it, in which nothing is to be found.
        """
        self.text = text
        self.folded = fold(text)
        self.lows: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for found in TOKEN.finditer(self.folded):
            self.lows.append(found.group())
            self.starts.append(found.start())
            self.ends.append(found.end())
        for start, end in masked:
            for index in range(self.at(start), len(self.lows)):
                if self.starts[index] >= end:
                    break
                self.lows[index] = MASKED
        self.memo: dict[tuple[str, str, int], object] = {}

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
