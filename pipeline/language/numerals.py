"""Numbers as they are written: in digits with Vietnamese separators, in words, and in Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_CARDINALS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_UNITS_OF_TENS = {"mốt": 1, "tư": 4, "lăm": 5}  # what a cardinal becomes behind "mươi"
_TENS = "mươi"
NUMBER_WORDS = frozenset(_CARDINALS)  # with one of these a number in words begins
_ORDINALS = {"nhất": 1, "tư": 4}  # where they are not the cardinals; "một" is none
# A number in a sentence, as a source of patterns without groups.
NUMBER = r"\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,6})?|\d{1,12}(?:,\d{1,6})?"
# One that is all a cell of a table holds, where spreadsheets leave a decimal point. Three digits behind a comma may be
# thousands as the English write them: they are read only behind "0".
CELL_NUMBER = r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?|0[.,]\d+|\d+(?:\.\d{1,2}|,(?:\d{1,2}|\d{4,}))?"
_DECIMAL_POINT = re.compile(r"0\.\d+|\d+\.\d{1,2}")

LARGEST_ROMAN = 3999


@lru_cache(maxsize=1024)
def to_roman(number: int) -> str:
    """A number as a Roman numeral in capitals.

    Raises:
        ValueError: for a number that has none, below 1 or above 3999.
    """
    if not 1 <= number <= LARGEST_ROMAN:
        raise ValueError(f"{number} has no Roman numeral")
    out = ""
    for size, sign in _ROMAN:
        out += number // size * sign
        number %= size
    return out


@lru_cache(maxsize=1024)
def from_roman(text: str) -> int | None:
    """The value of a Roman numeral in capital or small letters, 1 to 3999; None where it is not well formed."""
    if not text.isascii():  # whose capital may be one of ASCII: ı
        return None
    rest = numeral = text.upper()
    value = 0
    for size, sign in _ROMAN:
        while rest.startswith(sign):
            rest, value = rest[len(sign) :], value + size
    return value if not rest and 1 <= value <= LARGEST_ROMAN and to_roman(value) == numeral else None


def from_numeral(text: str) -> int | None:
    """The value of what counts chapters, quarters and annexes, digits or a Roman numeral; None for anything else."""
    return int(text) if text.isdecimal() else from_roman(text)


def from_word(word: str, *, ordinal: bool = False) -> int | None:
    """The value of a number word in lower case, 1 to 10; None where it is none.

    Args:
        word: one syllable, with its accents.
        ordinal: whether it says which one, as in "phần thứ nhất", "phần thứ tư", not how many.
    """
    if ordinal and word in _ORDINALS:
        return _ORDINALS[word]
    if word not in _CARDINALS or (ordinal and word == "một"):
        return None
    return _CARDINALS.index(word) + 1


def from_words(words: Sequence[str], at: int = 0) -> tuple[int, int] | None:
    """A number below 100 in words: "hai", "mười lăm", "hai mươi mốt".

    Args:
        words: syllables in lower case, with their accents.
        at: where it begins.

    Returns:
        The place behind it, and its value; None where no number begins there.
    """
    value = from_word(words[at]) if at < len(words) else None
    if value is None:
        return None
    second = words[at + 1] if at + 1 < len(words) else ""
    if value == 10:
        unit = 5 if second == "lăm" else from_word(second)
        return (at + 2, 10 + unit) if unit is not None and unit < 10 else (at + 1, 10)
    if second != _TENS:
        return at + 1, value
    third = words[at + 2] if at + 2 < len(words) else ""
    unit = _UNITS_OF_TENS.get(third) or from_word(third)
    return (at + 3, value * 10 + unit) if unit is not None and unit < 10 else (at + 2, value * 10)


def from_digits(text: str) -> int | float:
    """The value of a number in digits: "29.000" is 29000, "2,5" is 2.5.

    A full stop parts thousands where three digits follow ("1.200"); else, and behind a single 0, it is a decimal point
    ("12.5", "0.125"), as spreadsheets print it. A comma is always the decimal one.

    Raises:
        ValueError: for a text that holds anything else.
    """
    value = float(text if _DECIMAL_POINT.fullmatch(text) else text.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value
