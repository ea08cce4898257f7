"""The numbers of lists: as they are printed, and as Word is told to count them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.language.numerals import to_roman

FORMS = {"I": "upperRoman", "1": "decimal", "a": "lowerLetter"}
_WRITTEN: dict[str, Callable[[int], str]] = {"I": to_roman, "1": str, "a": lambda at: chr(ord("a") + at - 1)}


class Counter:
    """Counts the items of lists; `numbers` are those of the levels, "I." or "-": a sign for the counter, or a bullet.

    A level written "1.1" shows the level above it too.
    """

    def __init__(self, numbers: Sequence[str]) -> None:
        self.numbers = numbers
        self._counts = [0] * len(numbers)

    def next(self, level: int) -> str:
        """The number of the next item at a level."""
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (len(self.numbers) - level - 1)
        number, out, at = self.numbers[level], "", level - self.numbers[level].count("1.1")
        for sign in number:
            if sign in _WRITTEN:
                out += _WRITTEN[sign](self._counts[at])
                at += 1
            else:
                out += sign
        return out


def word_text(number: str, level: int) -> str:
    """The same as Word has it in w:lvlText: "%2.%3" for "1.1" at the third level."""
    out, at = "", level - number.count("1.1")
    for sign in number:
        if sign in FORMS:
            out, at = f"{out}%{at + 1}", at + 1
        else:
            out += sign
    return out
