"""What patterns name without a list of words: numbers of several kinds, any syllable, any sign."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.grammar.packrat import Digits, Function, Placed, Sign, Source, Syllable, Token, TokenizedText
from pipeline.extract.grammar.text import NAMES, START, SUBJECT
from pipeline.language.numerals import NUMBER, NUMBER_WORDS, from_digits, from_roman, from_words, to_roman

LARGEST_ROMAN = 39  # of quarters, months, terms, sections; what is larger is a word
_LONGEST = 12  # digits
_NUMBER = re.compile(rf"(?:{NUMBER})(?!\d|[.,]\d)")
_SPACED = re.compile(
    r"(?<![/.,\d-])(?:[1-9]\d{0,2}(?:[ \xa0]\d{3}){1,4}(?:,\d{1,6})?|\d{1,3} (?:,\d{1,2}|\.\d{3}(?:\.\d{3})*))"
    r"(?![ \xa0]?\d|[.,/]\d)"
)
_PART_OF_NUMBER = re.compile(r"\d[.,]$")
_DIGITS = "0123456789"


class Terminal(NamedTuple):
    """What matches a terminal, and the tokens it can begin with.

    None among the firsts stands for any run of digits; no firsts for any token whatever. `long`: it can take more
    than one token.
    """

    source: Source
    firsts: frozenset[str | None] | None
    long: bool = False


def _roman(text: TokenizedText, at: int) -> tuple[int, object] | None:
    value = from_roman(text.lows[at])
    return (at + 1, value) if value is not None and value <= LARGEST_ROMAN else None


def _number(text: TokenizedText, at: int) -> tuple[int, object] | None:
    start = text.starts[at]
    if text.lows[at][0] not in _DIGITS or _PART_OF_NUMBER.search(text.folded[max(0, start - 2) : start]):
        return None
    found = _NUMBER.match(text.folded, start)
    end = text.behind(found.end()) if found else None
    return (end, from_digits(found.group())) if found and end is not None else None


def _spaced(text: TokenizedText, at: int) -> tuple[int, object] | None:
    """A number whose thousands are parted by blanks, or that has one before its sign: "45 200", "12 ,5".

    Not behind a name: "Trường Lê Lợi 1 250 học sinh".
    """
    named = at > 1 and len(text.lows[at]) == 1 and text.text[text.starts[at - 1]].isupper()
    found = _SPACED.match(text.folded, text.starts[at]) if text.lows[at][0] in _DIGITS and not named else None
    end = text.behind(found.end()) if found else None
    return (end, from_digits("".join(found.group().split()))) if found and end is not None else None


def _whole(text: TokenizedText, at: int) -> tuple[int, int] | None:
    """A whole number in digits or in words."""
    low = text.lows[at]
    if low in NUMBER_WORDS:
        return from_words(text.lows, at)
    return (at + 1, int(low)) if low[0] in _DIGITS and len(low) <= _LONGEST else None


def _count(text: TokenizedText, at: int) -> tuple[int, object] | None:
    """A whole number in digits or in words, the other in brackets behind it: "ba (03)", "03 (ba)"."""
    found = _whole(text, at)
    if found is None:
        return None
    end, value = found
    lows = text.lows
    if end + 2 < len(lows) and lows[end] == "(":
        again = _whole(text, end + 1)
        if again is not None and again[1] == value and again[0] < len(lows) and lows[again[0]] == ")":
            return again[0] + 1, value
    return end, value


def _placed(*lows: str) -> Terminal:
    return Terminal(Placed(frozenset(lows)), frozenset(lows))


_NUMERALS: frozenset[str | None] = frozenset({None})
_ROMANS: frozenset[str | None] = frozenset(to_roman(number).lower() for number in range(1, LARGEST_ROMAN + 1))
TERMINALS: dict[str, Terminal] = {
    "DIGITS": Terminal(Digits(0, 10**_LONGEST, _LONGEST), _NUMERALS),
    "DAY": Terminal(Digits(1, 31, 2), _NUMERALS),
    "MONTH": Terminal(Digits(1, 12, 2), _NUMERALS),
    "YEAR": Terminal(Digits(1900, 2099, 4), _NUMERALS),
    "CUT_YEAR": Terminal(Digits(100, 999, 3), _NUMERALS),  # "15/6/225"
    "PAST_YEAR": Terminal(Digits(1000, 1899, 4), _NUMERALS),  # with FUTURE_YEAR, what a slip makes of a year
    "FUTURE_YEAR": Terminal(Digits(2101, 99999, 5), _NUMERALS),
    "ROMAN": Terminal(Function(_roman), _ROMANS),
    "NUMBER": Terminal(Function(_number), _NUMERALS, long=True),
    "SPACED": Terminal(Function(_spaced), _NUMERALS, long=True),
    "COUNT": Terminal(Function(_count), _NUMERALS | NUMBER_WORDS, long=True),
    "WORD": Terminal(Syllable(), None),
    "SIGN": Terminal(Sign(), None),
    "ANY": Terminal(Token(), None),
    "START": _placed(START),
    "NAMES": _placed(NAMES, SUBJECT),
    "SUBJECT": _placed(SUBJECT),
}
