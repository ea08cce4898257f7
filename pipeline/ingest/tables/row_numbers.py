"""Which numbers of rows go on with those before them, and where tables of texts end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.document import Line
from pipeline.ingest.layout import begins_with_cue
from pipeline.ingest.tables.told import LEAST_WORDS, numbers_row
from pipeline.knowledge.documents import parts
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.letters import LATIN_LETTERS, LIST_LETTERS
from pipeline.language.numerals import from_roman

NEAR = 2  # lines below a table that are looked at
HEADING = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/]\s+\S")


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

    def skips(self, text: str) -> bool:
        """Tell whether a text is the last number again, or a later one than the next; nothing is counted."""
        bare = text.strip(" .)(/:*_")
        if not numbers_row(bare) or not bare[0].isdecimal() or (last := self._last.get("decimal")) is None:
            return False
        value = tuple(map(int, bare.split(".")))
        return len(value) == len(last) and value[:-1] == last[:-1] and value[-1] >= last[-1]

    def goes_to(self, text: str) -> None:
        """Count a decimal number that does not go on with those before it."""
        self._last["decimal"] = tuple(map(int, text.strip(" .)(/:*_").split(".")))
        self._fresh = False

    def peek(self, text: str) -> bool:
        """Tell whether a text is the number of the next row; it is not counted."""
        last, fresh = dict(self._last), self._fresh
        found = self.takes(text)
        self._last, self._fresh = last, fresh
        return found

    def opens(self, sign: str, number: str) -> bool:
        """Tell whether a number goes on below a title that begins with a sign, which is counted then."""
        last, fresh = dict(self._last), self._fresh
        self.takes(sign)
        if self.peek(number):
            return True
        self._last, self._fresh = last, fresh
        return False

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


@cache
def _foot() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in (*parts().recipients, *parts().capacity)))


def is_foot(text: str) -> bool:
    """Whether a line belongs to the foot of the document, or is its closing sentence."""
    said = fold(text)
    return begins_with_cue(text) or bool(_foot().match(said)) or said.startswith(parts().closing)


def ends_table(text: str) -> bool:
    """Whether a line stands below a table: the foot of the document, its closing sentence, a heading in capitals."""
    return is_foot(text) or (in_capitals(text) and len(text.split()) > 2)


def rows_below(lines: Sequence[Line]) -> list[str]:
    """The last lines of tables right below which rows stand that were not read as theirs."""
    out = []
    for at in range(1, len(lines)):
        if lines[at - 1].table is None or lines[at].table is not None:
            continue
        below = [line for line in lines[at : at + 2 * NEAR] if line.text.strip()][:NEAR]
        last = next((line for line in lines[at - 1 :: -1] if line.text.strip()), lines[at - 1])
        if _begin_row(below) or ("\t" in last.raw.strip() and any(map(_is_row, below))):
            out.append(last.text.strip())
    return out


def _begin_row(below: Sequence[Line]) -> bool:
    """Whether lines are the number of a row and what it says."""
    number, work = [line.text.strip(" |") for line in below] if len(below) == NEAR else ("", "")
    said = len(work.split()) >= LEAST_WORDS and work[:1].isupper()
    return numbers_row(number) and said and not ends_table(work) and not HEADING.match(work)


def _is_row(line: Line) -> bool:
    """Whether tabs part the cells of a line, none of which stands below tables."""
    cells = [one.strip() for one in line.raw.split("\t") if one.strip()]
    return len(cells) > 1 and not any(ends_table(one) for one in cells)
