"""Markers of list items and headings in lines that are decoded: d or đ, and Roman numerals, by the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.language.letters import LIST_LETTERS
from pipeline.language.numerals import from_roman, to_roman
from pipeline.restore.readings import LineCondition, RestoredReading
from pipeline.restore.tokens import LISTED

_LETTER = re.compile(r"(?:[-–—+*•·]\s*)?(?P<sign>[^\s\d.)(\-–—+*•·])[.)]$")
# The numeral of a heading, and what its strokes are read as.
_NUMERAL = re.compile(r"\s*(?P<sign>(?!\d+[.,])[IVXHLTl1|]{1,6})[.,]\s+(?=[^\W\da-z_])")
# The same, read worse: taken for one only where the numerals on either side leave room for it alone.
_WORN = re.compile(r"\s*(?P<sign>(?!\d+[.,])[IVXHLTYilv1|]{1,6})[.,]\s+(?=[^\W\da-z_]{2})")
# "Số" before the number of a document, whose serial may be blank.
_SERIAL = re.compile(r"\s*(?P<sign>[S5$][^\s\w]?[6óốôéèo0])\s?[:.;]?\s*(?:\d{1,5}\s*)?/\s?[A-ZĐ]{2}")
# A letter with its bracket, dirt before it, and what letters are read as there.
_ITEM = re.compile(r"\s*(?P<all>(?:[^\s\w(]|_){0,2}(?P<sign>[^\s()]{1,2}))\)\s*(?=[^\W\d_])")
_LOOKS = {"b": "6", "c": "¢©€", "đ": "4", "e": "¢©€", "g": "98ø", "i": "ï1", "l": "1"}
_STROKES = {"H": "II", "1": "I", "l": "I", "|": "I", "L": "I", "T": "I"}
_INITIALS = ("T", "L", "l", "TL", "TT", "LT", "LL")  # of names and capacities: never taken for a numeral
BETWEEN = 0.75  # the same where only the numerals on either side say it
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
    if kind is not LineCondition.MISREAD:
        return end
    numeral, serial = _NUMERAL.match(line) or _WORN.match(line) or _ITEM.match(line), _SERIAL.match(line)
    return max(end, numeral.end() if numeral else 0, serial.end("sign") if serial else 0)


def signs(lines: Sequence[str], kinds: Sequence[LineCondition]) -> Iterator[tuple[int, RestoredReading]]:
    """Find the markers that were misread or lost their diacritic.

    Args:
        lines: in the order of the document.
        kinds: the condition of each line.

    Yields:
        The index of a line, and how its marker reads.
    """
    yield from _numerals(
        [line if kind is LineCondition.MISREAD else "" for line, kind in zip(lines, kinds, strict=True)]
    )
    yield from _letters(
        [line if kind is LineCondition.MISREAD else "" for line, kind in zip(lines, kinds, strict=True)]
    )
    before = ""
    for number, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is LineCondition.FOREIGN:
            continue
        if kind is LineCondition.MISREAD and (serial := _SERIAL.match(line)):
            yield number, RestoredReading(*serial.span("sign"), "Số", 1.0)
            continue
        if kind is LineCondition.MISREAD:
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


def _numerals(lines: Sequence[str]) -> Iterator[tuple[int, RestoredReading]]:
    """The misread numerals of headings: by the one before and their strokes, or by those on either side."""
    found = [
        (number, match) for number, line in enumerate(lines) if (match := _NUMERAL.match(line) or _WORN.match(line))
    ]
    own = [heading_number(match["sign"]) for _, match in found]
    roman = 0
    for at, (number, match) in enumerate(found):
        said, wanted = match["sign"], heading_numeral(roman + 1)
        strokes = "".join(_STROKES.get(one, one) for one in said)
        behind = next((one for one in own[at + 1 :] if one is not None), None)
        if own[at] is None and roman and said not in _INITIALS and strokes == wanted:
            yield number, RestoredReading(*match.span("sign"), wanted, LIKELY, said)
            roman += 1
        elif roman and own[at] in (None, roman) and said not in _INITIALS and behind == roman + 2:
            yield number, RestoredReading(*match.span("sign"), wanted, BETWEEN, said)
            roman += 1
        elif (known := own[at]) is not None:
            roman = known


def _letters(lines: Sequence[str]) -> Iterator[tuple[int, RestoredReading]]:
    """The misread letters of items: by the one before and what they look like, or by those on either side."""
    found = [(number, match) for number, line in enumerate(lines) if (match := _ITEM.match(line))]
    own = [LIST_LETTERS.find(match["sign"]) if len(match["sign"]) == 1 else -1 for _, match in found]
    last, d = -1, LIST_LETTERS.index("d")
    for at, (number, match) in enumerate(found):
        said, behind = match["sign"].lower(), own[at + 1] if at + 1 < len(own) else -1
        follows = last + 1 if 0 <= last < len(LIST_LETTERS) - 1 else -1
        wanted, sure = LIST_LETTERS[follows] if follows >= 0 else "", LIKELY
        if own[at] == d == last or (own[at] < 0 <= follows and _looks_like(said, wanted)):
            last = follows
        elif own[at] in (0, follows) and own[at] >= 0:
            last = own[at]
        elif follows >= 0 and (behind == follows + 1 or behind == follows == d):
            last, sure = follows, BETWEEN
        elif own[at] >= 0:
            last = own[at]
            continue
        else:
            continue
        if match["all"] != LIST_LETTERS[last]:
            yield number, RestoredReading(*match.span("all"), LIST_LETTERS[last], sure, match["all"])


def _looks_like(said: str, wanted: str) -> bool:
    """Whether what was read may be a letter: one that it is taken for, or the letter itself with another beside it."""
    return said in _LOOKS.get(wanted, "") or (len(said) == 2 and wanted in said)
