"""Numerals, numbers and letters of lists that text layers have wrong ("Il.", "HI.", "l.", "2,", "8)").

Such text says nothing of how surely it was read, and a typed text has no such sign: one is taken for what it looks like
only where the numbering misses just that, or has it next and the sign is none. A sign that is in its place stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from string import ascii_uppercase

from pipeline.language.casing import in_capitals
from pipeline.language.letters import LIST_LETTERS
from pipeline.language.syllables import inventory
from pipeline.restore.markers import BETWEEN, LIKELY, heading_number, heading_numeral
from pipeline.restore.readings import RestoredReading
from pipeline.restore.scan_markers import has_strokes, looks_like, looks_like_numeral

CAPACITIES = (
    "T",
    "TL",
    "TM",
    "KT",
    "TUQ",
    "TT",
    "LT",
    "LL",
)  # initials and what stands before a signer: never taken for a numeral
SHORTENED = ("H", "M", "N", "U", "Y")  # letters that stand for words before names ("H. Bình Chánh")
BRACKETS = (")", "]", "}")
FEW = 3  # letters with a bracket for one with a stop, from which the stop was misread
MOST = 8  # signs between two headings that are tried

_SIGN = re.compile(
    r"\s*(?P<sign>[^\s.,;:()\[\]{}\"“”\-–/]{1,4})(?P<end>\s?[.,)\]}]|(?=\s))\s+(?P<next>[“\"]?[^\W_])(?P<rest>.*)"
)
_AS_DIGITS = str.maketrans("lI|!iìíOoS§", "11111110058")


@dataclass(eq=False)
class ListSign:
    """A sign at the beginning of a line; `value` is what it is, of the kind that is looked for, None if it is none."""

    line: int
    text: str
    end: str
    span: tuple[int, int]  # of the sign and what closes it
    capital: bool  # whether the words behind begin with one
    upper: bool  # whether they are in capitals
    lettered: bool = False  # whether it goes on in a list that capital letters count
    value: int | None = None
    mended: str = ""
    sure: float = LIKELY

    def mend(self, right: str, value: int, sure: float = LIKELY) -> None:
        """Take it for another."""
        self.mended, self.value, self.sure = right, value, sure

    @property
    def is_number(self) -> bool:
        """Whether it is a number as it stands."""
        return self.text.isdecimal() and len(self.text) < 3


def filled(lines: Sequence[str | None]) -> Iterator[tuple[int, RestoredReading]]:
    """Find the signs that were misread.

    Args:
        lines: of a document in their order; None for one that is not looked at.

    Yields:
        The index of a line, and how its sign reads.
    """
    signs = [sign for at, line in enumerate(lines) if line and (sign := read_sign(at, line))]
    signs = [one for one in signs if one.end != "," or not _goes_on(line_above(lines, one.line))]
    _lettered(signs)
    stops = _stops_are_misread(signs)
    headings = _headings(signs)
    place = {one: at for at, one in enumerate(signs)}
    heads = set(headings)
    bounds = [0, *(place[one] for one in headings), len(signs)]
    for first, last in zip(bounds, bounds[1:], strict=False):
        own = [one for one in signs[first:last] if one not in heads]
        numbers = set(counted := _numbers(own))
        place = {one: at for at, one in enumerate(own)}
        inner = [0, *(place[one] for one in counted), len(own)]
        for start, stop in zip(inner, inner[1:], strict=False):
            _letters([one for one in own[start:stop] if one not in numbers], stops)
    for one in signs:
        if one.mended and one.mended != lines[one.line][slice(*one.span)]:  # type: ignore[index]
            yield one.line, RestoredReading(*one.span, one.mended, one.sure, lines[one.line][slice(*one.span)])  # type: ignore[index]


# What a line ends in behind which a number and a comma are of its sentence: "theo khoản 1," and "2, Điều 5".
_GOES_ON = re.compile(r"(?:[,\d]|\b(?:khoản|số))\s*$", re.IGNORECASE)


def _goes_on(above: str) -> bool:
    return bool(_GOES_ON.search(above)) and not in_capitals(above)


def line_above(lines: Sequence[str | None], at: int) -> str:
    """Find the nearest line above one that says something; "" where there is none."""
    return next((line for n in range(at - 1, -1, -1) if (line := lines[n]) and line.strip()), "")


def read_sign(at: int, line: str) -> ListSign | None:
    """Read the sign of a line, the line's number with it; None where it begins with none."""
    match = _SIGN.match(line)
    if match is None:
        return None
    behind = match["next"] + match["rest"]
    letters = [char for char in behind if char.isalpha()]
    upper = len(letters) > 3 and sum(map(str.isupper, letters)) > 0.8 * len(letters)
    span = match.start("sign"), match.end("end")
    capital = match["next"][-1].isupper() and "|" not in behind
    return ListSign(at, match["sign"], match["end"].strip(), span, capital, upper)


def _lettered(signs: Sequence[ListSign]) -> None:
    """Mark the capital letters that follow the one before ("G.", "H.")."""
    last = ""
    for one in signs:
        if one.end == "." and len(one.text) == 1 and one.text in ascii_uppercase:
            one.lettered = bool(last) and ord(one.text) == ord(last) + 1 and one.text != "I"
            last = one.text


def _headings(signs: Sequence[ListSign]) -> list[ListSign]:
    """The headings that Roman numerals count, misread ones among them, in their order."""
    own = [one for one in signs if one.end == "." and one.capital and heading_number(one.text)]
    for one in [one for one in own if _is_a_one(one, own, signs)]:
        one.text = "1"
        one.mend("1.", 1)
        own.remove(one)
    capitals = all(one.upper for one in own)
    out: list[ListSign] = []
    last, before = 0, -1
    for at, one in enumerate(own):
        value, following = heading_number(one.text) or 0, own[at + 1] if at + 1 < len(own) else None
        if value == last >= 1 and following and heading_number(following.text) == last + 2 and _looks(one, last + 1):
            one.mend(f"{heading_numeral(last + 1)}.", last + 1)
            value = last + 1
        elif value > last + 1:
            between = signs[before + 1 : signs.index(one)]
            missing = _missing(between, range(last + 1, value), capitals)
            for number, found in missing:
                found.mend(f"{heading_numeral(number)}.", number, LIKELY if found.upper else BETWEEN)
            out += [found for _, found in missing]
        elif value == 1 and last:  # the last of those that are counted so far may be behind it
            out += _following(signs[: signs.index(one)], before, last, capitals)
        out.append(one)
        last, before = value, signs.index(one)
    return out + _following(signs, before, last, capitals)


def _following(signs: Sequence[ListSign], before: int, last: int, capitals: bool) -> list[ListSign]:
    """The misread headings behind the last that is known, by its place and its number."""
    out: list[ListSign] = []
    while (behind := _next(signs, before, last + 1, capitals)) is not None:
        last += 1
        behind.mend(f"{heading_numeral(last)}.", last)
        out.append(behind)
        before = signs.index(behind)
    return out


def _is_a_one(sign: ListSign, headings: Sequence[ListSign], signs: Sequence[ListSign]) -> bool:
    """Whether an I that is set in small letters below headings in capitals counts the list that a 2 goes on with."""
    if sign.text != "I" or sign.upper or not any(one.upper and one.line < sign.line for one in headings):
        return False
    behind = [
        one for one in signs if one.line > sign.line and one.end in (".", ",") and (one.is_number or one in headings)
    ]
    return bool(behind) and behind[0].text == "2"


def _missing(between: Sequence[ListSign], numbers: range, capitals: bool) -> list[tuple[int, ListSign]]:
    """The missing numerals with the signs that look like them, in their order; none where that leaves a choice."""
    alike = [one for one in between if one.capital and (one.upper or not capitals)]
    alike = [one for one in alike if any(_looks(one, number) for number in numbers)]
    for few in ([one for one in alike if one.upper], [one for one in alike if not one.is_number]):
        if len(few) > MOST:
            continue
        for wanted in (numbers, *([number] for number in numbers if len(numbers) > 1)):
            ways = [way for way in combinations(few, len(wanted)) if all(map(_looks, way, wanted))]
            whole = [way for way in ways if all(map(_is_whole, way, wanted))]
            if whole or len(wanted) < len(numbers):  # what lacks a stroke of one may be another
                ways = whole
            if len(ways) == 1:
                return list(zip(wanted, ways[0], strict=True))
    return []


def _next(signs: Sequence[ListSign], before: int, number: int, capitals: bool) -> ListSign | None:
    """The heading behind the last one that is known, by its capitals; the first of all only where another follows."""
    for at, one in enumerate(signs[before + 1 :], before + 1):
        numeral = heading_number(one.text)
        if not (one.upper and one.capital and _looks(one, number)) or (
            numeral and (numeral != number or one.end == ".")
        ):
            continue
        if one.is_number and not _is_out_of_place(signs[before + 1 :], at - before - 1):
            continue
        if number == 1 and _next(signs, at, 2, capitals) is None:
            continue
        return one
    return None


def _is_out_of_place(signs: Sequence[ListSign], at: int) -> bool:
    """Whether a number is no next one of a list: a 1 is none that another 1 follows."""
    number = int(signs[at].text)
    if number == 1:
        behind = next((one for one in signs[at + 1 :] if one.is_number or _stands_for(one, 1)), None)
        return behind is not None and behind.text != "2" and not behind.upper
    return not any(one.is_number and int(one.text) == number - 1 for one in signs[:at])


def _looks(sign: ListSign, number: int) -> bool:
    """Whether a sign looks like a heading's numeral; of two strokes and more a T may be one."""
    if sign.text in CAPACITIES or sign.end not in (".", ",", "") or (not sign.end and not sign.upper):
        return False
    if sign.lettered or (sign.text in SHORTENED and not sign.upper):
        return False
    if not sign.end and not sign.text.isascii() and sign.text.lower() in inventory():  # "BÍ THƯ ĐOÀN PHƯỜNG"
        return False
    text = sign.text.replace("T", "I") if len(sign.text) > 1 else sign.text
    numeral = heading_numeral(number)
    return bool(numeral) and (text == numeral or looks_like_numeral(text, numeral))


def _is_whole(sign: ListSign, number: int) -> bool:
    """Whether a sign has all strokes of a heading's numeral."""
    return has_strokes(sign.text, heading_numeral(number))


def _numbers(signs: Sequence[ListSign]) -> list[ListSign]:
    """The numbers of a section, misread ones among them."""
    out: list[ListSign] = []
    open_lists: list[int] = []
    before = -1
    for at, one in enumerate(signs):
        wanted = [value + 1 for value in open_lists] or [1]
        value = int(one.text) if one.is_number else None
        missing = value is not None and value not in (1, *wanted) and (value == 2 or value - 1 in wanted)
        if value is not None and missing and (one.end == "." or one.end == "," and one.capital):
            filler = [one for one in signs[before + 1 : at] if _stands_for(one, value - 1)]
            if len(filler) == 1:
                filler[0].mend(f"{value - 1}.", value - 1)
                out.append(filler[0])
                _open(open_lists, value - 1)
                wanted = [value]
        if value is not None and one.end == ".":
            pass
        elif value is not None and one.end == "," and one.capital and value in (wanted if at else (1,)):
            one.mend(f"{value}.", value)
        elif (alike := _digits(one)) is not None and one.capital and alike in wanted and alike > 1:
            value = alike
            one.mend(f"{value}.", value)
        else:
            continue
        one.value = value
        out.append(one)
        _open(open_lists, value)
        before = at
    return out


def _open(lists: list[int], value: int) -> None:
    """Go on in the list of which a number is the next one, or open a list."""
    for depth in range(len(lists), 0, -1):
        if lists[depth - 1] + 1 == value:
            lists[depth - 1 :] = [value]
            return
    lists.append(value)


def _stands_for(sign: ListSign, number: int) -> bool:
    """Whether a sign may be a number that the list misses."""
    if sign.end not in (".", ",", "") or not sign.capital or sign.mended:
        return False
    if sign.text == str(number):
        return sign.end == ","
    return looks_like(sign.text, str(number)) and sign.text.lower() not in inventory() - {"i", "o"}


def _digits(sign: ListSign) -> int | None:
    """The number that digits and letters like them are ("1l", "lO", "S"); None where it may be a letter."""
    if sign.text in ("S", "§") and sign.end == "." and not sign.upper:
        return 5
    if sign.end != "." or sign.text.isdecimal() or not any(map(str.isdigit, sign.text)) or len(sign.text) > 2:
        return None
    text = sign.text.translate(_AS_DIGITS)
    return int(text) if text.isdecimal() else None


def _stops_are_misread(signs: Sequence[ListSign]) -> bool:
    """Whether a stop behind a letter is a bracket that was misread: few have one."""
    letters = [one.end for one in signs if one.text in LIST_LETTERS and one.capital]
    brackets = sum(end in BRACKETS for end in letters)
    return FEW * letters.count(".") <= brackets


def _letters(signs: Sequence[ListSign], stops: bool) -> None:
    """The letters of a list: those that are missing between two, and those with another bracket, or a stop for it."""
    listed = [
        one
        for one in signs
        if one.end in BRACKETS or (stops and one.end == "." and one.text in LIST_LETTERS and one.capital)
    ]
    last, before = -1, -1
    for at, one in enumerate(listed):
        own = LIST_LETTERS.find(one.text) if len(one.text) == 1 else -1
        if own < 0:
            continue
        behind = next((LIST_LETTERS.find(two.text) for two in listed[at + 1 :] if two.text in LIST_LETTERS), -1)
        if own > last + 1:
            filler = [
                (number, two)
                for number, two in zip(range(last + 1, own), listed[before + 1 : at], strict=False)
                if looks_like(two.text, LIST_LETTERS[number], "letters")
            ]
            if len(filler) == own - last - 1:
                for number, two in filler:
                    two.mend(f"{LIST_LETTERS[number]})", number)
        elif 0 < own <= last < len(LIST_LETTERS) - 2 and looks_like(one.text, LIST_LETTERS[last + 1], "letters"):
            own = last + 1
            one.mend(f"{LIST_LETTERS[own]})", own, LIKELY if behind == own + 1 else BETWEEN)
        if one.end != ")" and own in (0, last + 1) and not one.mended:
            one.mend(f"{one.text})", own)
        last, before = own, at
