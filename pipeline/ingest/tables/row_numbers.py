"""Numbers of rows that stand in lines of their own: which goes on with those before it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.tables.told import numbers_row
from pipeline.language.letters import LATIN_LETTERS, LIST_LETTERS
from pipeline.language.numerals import from_roman


class SpreadNumbers:
    """Counts rows: tells whether a number goes on with those before it."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, ...]] = {}
        self._fresh = True  # nothing was counted since the last section began

    def takes(self, text: str) -> bool:
        """Tell whether a text is the number of the next row; it is counted then."""
        bare = text.strip(" .)(/:*_")
        if not numbers_row(bare):
            return False
        return any(self._counts(kind, value) for kind, value in _counted(bare))

    def _counts(self, kind: str, value: tuple[int, ...]) -> bool:
        last = self._last.get(kind)
        if kind == "decimal":
            after = [(*last[: at - 1], last[at - 1] + 1) for at in range(1, len(last) + 1)] if last else []
            goes_on = last is not None and value in (*after, (*last, 1))
            begins = value[-1] == 1 and (last is None or (self._fresh and len(value) == 1))
        else:
            goes_on = last is not None and value[0] == last[0] + 1
            begins = value[0] == 1 and (last is None or kind == "small")
        if not (goes_on or begins):
            return False
        self._last[kind] = value
        self._fresh = kind != "decimal"
        return True


def _counted(bare: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The kinds of number that a text may be, each with its value: "c" is a letter, and a hundred in Roman numerals."""
    if bare[0].isdecimal():
        yield "decimal", tuple(map(int, bare.split(".")))
        return
    if (roman := from_roman(bare)) is not None:
        yield "roman", (roman,)
    letters = LIST_LETTERS if bare.lower() in LIST_LETTERS else LATIN_LETTERS
    if bare.lower() in letters:
        yield "capital" if bare.isupper() else "small", (letters.index(bare.lower()) + 1,)
