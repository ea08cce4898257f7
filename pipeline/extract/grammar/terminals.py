"""What patterns name without a list of words: numbers of several kinds, any syllable, any sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.extract.grammar.text import MASKED, NAMES, PLACED, START, SUBJECT, TokenizedText
from pipeline.language.numerals import NUMBER, NUMBER_WORDS, from_digits, from_roman, from_words, to_roman

LARGEST_ROMAN = 39  # of quarters, months, terms, sections; what is larger is a word
_NUMBER = re.compile(rf"(?:{NUMBER})(?!\d|[.,]\d)")
_PART_OF_NUMBER = re.compile(r"\d[.,]$")
_DIGITS = "0123456789"

Match = Callable[[TokenizedText, int], "tuple[int, object] | None"]


class Terminal(NamedTuple):
    """How a terminal is matched: the end and the value, or None; `firsts` are the tokens it can begin with.

    None among the firsts stands for any run of digits; no firsts for any token whatever. `long`: it can take more
    than one token.
    """

    match: Match
    firsts: frozenset[str | None] | None
    long: bool = False


def _digits(text: TokenizedText, at: int) -> tuple[int, object] | None:
    low = text.lows[at]
    return (at + 1, int(low)) if low[0] in _DIGITS and len(low) <= 12 else None


def _between(least: int, most: int, longest: int) -> Match:
    def match(text: TokenizedText, at: int) -> tuple[int, object] | None:
        low = text.lows[at]
        if low[0] in _DIGITS and len(low) <= longest and least <= int(low) <= most:
            return at + 1, int(low)
        return None

    return match


def _year(text: TokenizedText, at: int) -> tuple[int, object] | None:
    low = text.lows[at]
    return (at + 1, int(low)) if len(low) == 4 and low[:2] in ("19", "20") and low.isdigit() else None


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


def _count(text: TokenizedText, at: int) -> tuple[int, object] | None:
    """A whole number in digits or in words, the other in brackets behind it: "ba (03)", "03 (ba)"."""
    found = _digits(text, at) or from_words(text.lows, at)
    if found is None:
        return None
    end, value = found
    lows = text.lows
    if end + 2 < len(lows) and lows[end] == "(":
        again = _digits(text, end + 1) or from_words(text.lows, end + 1)
        if again is not None and again[1] == value and again[0] < len(lows) and lows[again[0]] == ")":
            return again[0] + 1, value
    return end, value


def _word(text: TokenizedText, at: int) -> tuple[int, object] | None:
    return (at + 1, text.lows[at]) if text.lows[at][0].isalpha() else None


def _sign(text: TokenizedText, at: int) -> tuple[int, object] | None:
    low = text.lows[at]
    return (at + 1, low) if not low[0].isalnum() and low != MASKED and low not in PLACED else None


def _any(text: TokenizedText, at: int) -> tuple[int, object] | None:
    return (at + 1, text.lows[at]) if text.lows[at] != MASKED else None


def _placed(*lows: str) -> Terminal:
    """A token that was placed in the text, with its value."""
    return Terminal(lambda text, at: (at + 1, text.values[at]) if text.lows[at] in lows else None, frozenset(lows))


_NUMERALS: frozenset[str | None] = frozenset({None})
TERMINALS: dict[str, Terminal] = {
    "DIGITS": Terminal(_digits, _NUMERALS),
    "DAY": Terminal(_between(1, 31, 2), _NUMERALS),
    "MONTH": Terminal(_between(1, 12, 2), _NUMERALS),
    "YEAR": Terminal(_year, _NUMERALS),
    "ROMAN": Terminal(_roman, frozenset(to_roman(number).lower() for number in range(1, LARGEST_ROMAN + 1))),
    "NUMBER": Terminal(_number, _NUMERALS, long=True),
    "COUNT": Terminal(_count, _NUMERALS | NUMBER_WORDS, long=True),
    "WORD": Terminal(_word, None),
    "SIGN": Terminal(_sign, None),
    "ANY": Terminal(_any, None),
    "START": _placed(START),
    "NAMES": _placed(NAMES, SUBJECT),
    "SUBJECT": _placed(SUBJECT),
}
