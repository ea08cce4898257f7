"""Markers of list items and headings in lines that are decoded: d or đ, and Roman numerals, by the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.language.numerals import from_roman, to_roman
from pipeline.restore.readings import LineCondition, RestoredReading
from pipeline.restore.tokens import LISTED

_LETTER = re.compile(r"(?:[-–—+*•·]\s*)?(?P<sign>[^\s\d.)(\-–—+*•·])[.)]$")
# The numeral of a heading, and what its strokes are read as.
_NUMERAL = re.compile(r"\s*(?P<sign>(?!\d+[.,])[IVXHLTl1|]{1,6})[.,]\s+(?=[^\W\da-z_])")
_STROKES = {"H": "II", "1": "I", "l": "I", "|": "I", "L": "I", "T": "I"}
_INITIALS = ("T", "L", "l", "TL", "TT", "LT", "LL")  # of names and capacities: never taken for a numeral
LIKELY = 0.9  # the probability of a numeral that follows the one before and has its strokes
MOST = 16  # headings of one level: a larger numeral is a letter ("L.", "C.")


def heading_numeral(number: int) -> str:
    """The Roman numeral of a heading by its number; "" beyond `MOST`."""
    return to_roman(number) if number <= MOST else ""


def heading_number(sign: str) -> int | None:
    """The number of a heading, 1 to `MOST`, by its Roman numeral; None where it is none in capitals."""
    number = from_roman(sign) if sign.isupper() else None
    return number if number is not None and number <= MOST else None


def sign_end(line: str, kind: LineCondition) -> int:
    """The offset behind the marker of a list item or heading in a line; 0 where there is none."""
    listed = LISTED.match(line)
    end = listed.end() if listed and listed.group().strip() else 0
    numeral = _NUMERAL.match(line) if kind is LineCondition.MISREAD else None
    return max(end, numeral.end() if numeral else 0)


def signs(lines: Sequence[str], kinds: Sequence[LineCondition]) -> Iterator[tuple[int, RestoredReading]]:
    """Find the markers that were misread or lost their diacritic.

    Args:
        lines: in the order of the document.
        kinds: the condition of each line.

    Yields:
        The index of a line, and how its marker reads.
    """
    before, roman = "", 0
    for number, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is LineCondition.FOREIGN:
            continue
        numeral = _NUMERAL.match(line) if kind is LineCondition.MISREAD else None
        if numeral:
            wanted, said = heading_numeral(roman + 1), numeral["sign"]
            if (own := heading_number(said)) is not None:
                roman = own
            elif roman and said not in _INITIALS and "".join(_STROKES.get(one, one) for one in said) == wanted:
                yield number, RestoredReading(*numeral.span("sign"), wanted, LIKELY, said)
                roman += 1
            continue
        listed = LISTED.match(line)
        match = _LETTER.match(line[: listed.end()].strip()) if listed else None
        if match is None:
            continue
        sign = match["sign"]
        if kind is not LineCondition.RIGHT and sign == "d" and before == "d":
            sign = "đ"
            at = line.index("d")
            yield number, RestoredReading(at, at + 1, sign, 1.0)
        before = sign
