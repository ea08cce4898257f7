"""Markers before the text of an element, "III.", "2.1.", "đ)", "Điều 3.", "-", in the styles of `knowledge`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from unicodedata import numeric

from pipeline.knowledge.documents import numbering_styles
from pipeline.language.letters import CAPITALS, LATIN_LETTERS, LIST_LETTERS
from pipeline.language.numerals import from_roman, from_word

_MOST = 99  # numerals: in "Phần C" a letter is meant


@dataclass(frozen=True, slots=True)
class Style:
    """A style of numbering; `rank` orders styles from the highest level (0) down."""

    name: str
    rank: int
    pattern: re.Pattern[str]
    count: str

    @property
    def is_bullet(self) -> bool:
        """Whether it has no place in a printed path: it counts nothing, or counts in words of the text."""
        return self.count in ("none", "step")


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker read at the start of a line; `end` is the offset of the text behind it, `value` its number."""

    style: Style
    label: str
    value: int
    prefix: str
    end: int

    @property
    def is_bullet(self) -> bool:
        """Whether it is a bullet."""
        return self.style.is_bullet

    @property
    def names_part(self) -> bool:
        """Whether it is the name of a part of a document, which needs no title: "Điều 2", "Chương I"."""
        return " " in self.label

    def follows(self, other: Marker) -> bool:
        """Whether this may be the next sibling of another marker."""
        if self.style.count == "letter":
            one, two = self.label[-1:].lower(), other.label[-1:].lower()
            return any(
                one in alphabet and two in alphabet and alphabet.index(one) == alphabet.index(two) + 1
                for alphabet in (LIST_LETTERS, LATIN_LETTERS)
            )
        return self.value == other.value + 1 and self.prefix == other.prefix


_CAPITAL = f"[{CAPITALS}Ð]"  # some fonts print the Icelandic letter for Đ


def _compiled(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    return re.compile(pattern.replace("<capital>", _CAPITAL), re.IGNORECASE if ignore_case else 0)


@cache
def styles() -> tuple[Style, ...]:
    """The styles in the order of rank."""
    return tuple(
        Style(one.name, rank, _compiled(one.pattern, one.ignore_case), one.count)
        for rank, one in enumerate(numbering_styles())
    )


def _roman(text: str) -> int | None:
    """The value of a Roman numeral below 100, None if it is not well formed."""
    value = from_roman(text)
    return value if value is not None and value <= _MOST else None


def _value(style: Style, printed: str) -> int | None:
    if style.count == "none":
        return 0
    if style.count == "letter":
        letter = printed.lower()
        return LIST_LETTERS.index(letter) + 1 if letter in LIST_LETTERS else LATIN_LETTERS.index(letter) + 1
    if printed.isdecimal():
        return int(printed)
    if style.name == "keycap":
        return int(numeric(printed))
    if style.count in ("roman", "any", "step") and (value := _roman(printed)) is not None:
        return value
    if style.name == "ordinal":
        return from_word(printed.lower())
    return from_word(printed.lower(), ordinal=True) if style.count in ("any", "step") else None


_STRAY = re.compile(r"_{1,3}\s?(?=\d)")  # strokes that a reader saw before a number


def read_marker(text: str) -> Marker | None:
    """Read the marker at the start of a text, if any. Whether it is one in its place is decided by the tree."""
    stray = _STRAY.match(text)
    for style in styles():
        match = style.pattern.match(text, stray.end() if stray else 0)
        if not match:
            continue
        groups = match.groupdict()
        value = _value(style, groups.get("value") or "")
        if value is None and groups.get("ordinal"):
            value = from_word(groups["ordinal"].lower(), ordinal=True)
        if value is None:
            continue
        label = re.sub(r"\s+", " ", groups.get("label") or match.group().strip())
        label = re.sub(r"(?<=[^\W\d]{4})(?=\d)", " ", label)  # "Điều1" is printed so, and read so
        if style.name.startswith("decimal"):
            label = label.replace(" ", "")
        elif style.name == "keycap":
            label = str(value)
        return Marker(style, label.lstrip("("), value, (groups.get("prefix") or "").replace(" ", ""), match.end())
    return None


def as_roman(marker: Marker) -> Marker:
    """Read the marker "i)", "v)" or "x)", which is read as a letter, as the small Roman numeral that it can be too."""
    style = next(one for one in styles() if one.name == "bracket_roman")
    value = _roman(marker.label)
    return marker if value is None else replace(marker, style=style, value=value)


def as_letter(marker: Marker, letter: str) -> Marker:
    """Read the marker "I)" or "1)" as the letter that looks like it."""
    style = next(one for one in styles() if one.name == "letter")
    return replace(marker, style=style, label=letter, value=LIST_LETTERS.index(letter) + 1)


class MarkersSeen:
    """The markers seen so far, to tell "2." that continues a list from a wrapped line that begins with a number."""

    def __init__(self) -> None:
        self.last: dict[str, Marker] = {}
        self.latest = ""  # the label of the last that counts

    def plausible(self, marker: Marker) -> bool:
        """Tell whether a marker may be one here: it begins a list, or goes on with one."""
        if marker.style.count == "none":
            return True
        seen = self.last.get(marker.style.name)
        if marker.value == 1:
            return True
        return seen is not None and (marker.follows(seen) or 0 <= marker.value - seen.value <= 2)

    def take(self, marker: Marker) -> None:
        """Remember the marker as the last of its style."""
        self.last[marker.style.name] = marker
        self.latest = marker.label if not marker.is_bullet else self.latest

    def told(self, marker: Marker, text: str, before: str) -> Marker:
        """What "i)", "v)" and "x)" are: letters behind h, u, v, else small Roman numerals; "I)", "1)" behind k are l.

        Args:
            marker: as read.
            text: the line that begins with it.
            before: the line before.
        """
        if text.startswith(("I)", "1)")) and self.latest == "k" and not before.rstrip().endswith(":"):
            return as_letter(marker, "l")
        if marker.style.name not in ("letter", "bracket_letter") or marker.label not in ("i", "v", "x"):
            return marker
        letter, numeral = self.last.get(marker.style.name), as_roman(marker)
        if letter is not None and marker.follows(letter):
            return marker
        seen = self.last.get(numeral.style.name)
        goes_on = seen is not None and numeral.follows(seen)
        return numeral if numeral.value == 1 or goes_on else marker
