"""Correcting the markers of lists and headings on scanned pages by the numbering they stand in.

OCR takes "II." for "H." or "I.", "8." for "§.", "g)" for "ø)", a full stop for a comma. The marker that must come next
is known from those before; it is taken where what was read looks like it and, for Roman numerals, where the room it
takes on the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from tomllib import loads

from pipeline.document import Line
from pipeline.language.letters import LIST_LETTERS
from pipeline.language.numerals import to_roman
from pipeline.language.syllables import inventory
from pipeline.language.tones import modern
from pipeline.restore.markers import heading_number, heading_numeral
from pipeline.restore.readings import RestoredReading

CERTAIN = 0.9  # confidence of a reader from which a sign that is one stays
UNREAD = 0.8  # confidence below which a sign that is no word says nothing
AHEAD = 40  # lines in which the sign after an unread one must come
LIKELY = 0.9  # the probability of a sign that follows those before and looks like what was read
COUNTED = 0.75  # the same for a numeral in a sentence that its neighbours tell, whatever it was read as
NARROW, WIDE, DOT = 0.36, 0.58, 0.08  # em: I; V and X; the full stop behind, measured on 60 headings
ROOM = 0.3  # em by which a numeral may miss the room it should take
EM = 1.12  # a line's box is so many times the size of its type

_SIGN = re.compile(r"(?P<sign>[^\s.,)(]{1,4}|\S{1,3}(?:[.,]\S{1,2}){1,3})(?P<end> ?[.,)])\s+(?=(?P<next>\S))")
_HEADING = re.compile(r"(?P<sign>[IVXHUNLl1|]{1,4})(?P<end>\.?)\s*(?=[^\W\da-z_]{2})")
_BRACKET = re.compile(r"(?<!\w)\((?P<sign>[^\s()]{0,5})\)(?=\s|$)")
_NUMBER = re.compile(r"\d{1,2}(?:[.,]\d{1,2}){0,3}")


@cache
def _looks() -> dict[str, dict[str, str]]:
    return loads(files("pipeline.restore").joinpath("numbering.toml").read_text(encoding="utf-8"))


@dataclass
class _Lists:
    """The signs met last: of headings, of numbers ("2.1" is (2, 1)), of letters."""

    roman: int = 0
    path: tuple[int, ...] = ()
    letter: int = -1
    numbers: set[tuple[int, ...]] = field(default_factory=lambda: {(1,)})
    capitals: bool = True  # whether all headings so far were set in capitals

    def heading(self, value: int, capitals: bool) -> None:
        """A heading was met."""
        self.roman, self.letter = value, -1
        self.capitals = self.capitals and capitals
        self.numbers = {(1,), *numbers_after(self.path)}

    def number(self, path: tuple[int, ...]) -> None:
        """A number was met."""
        self.path, self.letter = path, -1
        self.numbers = numbers_after(path)


def numbers_after(path: tuple[int, ...]) -> set[tuple[int, ...]]:
    """The numbers that may come after one: its next, the next of each number above, its first child."""
    if not path:
        return {(1,)}
    return {(*path[:at], path[at] + 1) for at in range(len(path))} | {(*path, 1)}


def check(lines: Iterable[Line]) -> Iterator[tuple[int, RestoredReading]]:
    """Find the markers that were misread; only lines read by OCR are looked at.

    Args:
        lines: of the document.

    Yields:
        The index of a line, and how its marker reads.
    """
    lists = _Lists()
    lines = tuple(lines)
    for number, line in enumerate(lines):
        if line.furniture is not None or not line.words or line.words[0].confidence is None:
            continue
        if line.table is not None:  # its rows are counted in `counting`
            continue
        dash = _dash(line)
        if dash is not None:
            yield number, dash
            continue
        match = _SIGN.match(line.text)
        found = _unread(lines, number, lists)
        if found is None:
            found = _sign(match, line, lists) if match else _crowded(line, lists)
        if found is not None:
            yield number, found


def _unread(lines: Sequence[Line], number: int, lists: _Lists) -> RestoredReading | None:
    """The number of an item whose sign was not made out, where the sign after it says that it is the next one."""
    line = lines[number]
    word = line.words[0]
    text = line.text[word.start : word.end]
    if not lists.path or len(text) > 3 or (word.confidence or 0.0) >= UNREAD or modern(text.lower()) in inventory():
        return None
    if not line.text[word.end :].lstrip()[:1].isupper():
        return None
    wanted, after = ((*lists.path[:-1], lists.path[-1] + more) for more in (1, 2))
    for later in lines[number + 1 : number + 1 + AHEAD]:
        match = _SIGN.match(later.text) if later.table is None and later.furniture is None else None
        if match is None or not match["next"].isupper() or match["end"] == ")":
            continue
        sign = match["sign"]
        if sign in (_written(wanted), _written(lists.path)) or heading_number(sign):
            return None
        if sign == _written(after) or looks_like(sign, _written(after), "digits"):
            lists.number(wanted)
            return RestoredReading(word.start, word.end, _written(wanted) + ".", LIKELY, text)
    return None


def _written(path: tuple[int, ...]) -> str:
    return ".".join(map(str, path))


def _dash(line: Line) -> RestoredReading | None:
    first = line.text.split(" ", 1)
    if len(first) == 2 and first[0] in _looks()["dashes"]["read"] and first[1][:1].isalpha():
        return None if first[0] in "—–" else RestoredReading(0, 1, "-", LIKELY, first[0])
    return None


def _crowded(line: Line, lists: _Lists) -> RestoredReading | None:
    """The numeral of a heading in capitals whose full stop was lost, or the space behind it ("II NỘI DUNG")."""
    match = _HEADING.match(line.text) if line.text.isupper() else None
    if match is None or not (match["end"] or match.end("end") < match.end()):
        return None
    wanted = heading_numeral(lists.roman + 1)
    if not wanted or not looks_like_numeral(match["sign"], wanted):
        return None
    lists.heading(lists.roman + 1, True)
    return _changed(match, wanted + ".")


def _sign(match: re.Match[str], line: Line, lists: _Lists) -> RestoredReading | None:
    sign, end, following = match["sign"], match["end"].strip(), match["next"]
    confidence = line.words[0].confidence or 0.0
    if end != ")" and following.isupper():
        if sign == "I" and lists.roman and lists.capitals and not line.text.isupper() and confidence < CERTAIN:
            sign = "1"  # after headings in capitals
        numeral = None if sign == "1" else _numeral(sign, confidence, line, lists)
        if numeral is not None:
            lists.heading(heading_number(numeral) or 0, line.text.isupper())
            return _changed(match, numeral + ".")
    if _NUMBER.fullmatch(sign):
        read = tuple(int(part) for part in re.split("[.,]", sign))
        path = _path(read, confidence, lists)
        listed = path in lists.numbers or path == (1,)
        if end == ")" and not listed and confidence < CERTAIN:
            letter = _letter(sign, lists)
            if letter is not None:
                return _changed(match, letter + end)
        if end == "," and not (listed and following.isupper()):
            return None  # a number in a sentence that goes on
        if "," in sign and not listed:
            return None
        lists.number(path)
        printed = sign.replace(",", ".") if path == read else _written(path)
        return _changed(match, printed + ("." if end == "," else end))
    if end == ")" or (end == "." and len(sign) <= 2 and not following.isupper()):
        at = LIST_LETTERS.find(sign) if len(sign) == 1 else -1
        if at >= 0 and (at == lists.letter + 1 or confidence >= CERTAIN):
            lists.letter = at
            return None
        letter = _letter(sign, lists)
        return None if letter is None else _changed(match, letter + end)
    if not following.isupper() or (sign.isascii() and sign.isalpha()):
        return None
    likely = [path for path in lists.numbers if _may_be(sign, path)]
    if len(likely) != 1:
        return None
    lists.number(likely[0])
    return _changed(match, _written(likely[0]) + ("." if end == "," else end))


def _path(read: tuple[int, ...], confidence: float, lists: _Lists) -> tuple[int, ...]:
    """A number of several parts; of one read unsurely that cannot come next, the one that differs in one part."""
    if len(read) == 1 or read in lists.numbers or confidence >= CERTAIN:
        return read
    near = [one for one in lists.numbers if len(one) == len(read)]
    near = [one for one in near if sum(a != b for a, b in zip(one, read, strict=True)) == 1]
    return near[0] if len(near) == 1 else read


def _may_be(sign: str, path: tuple[int, ...]) -> bool:
    """Whether a number may be read as a sign, without the full stop between its parts too ("$1" of 5.1)."""
    return looks_like(sign, _written(path)) or (len(path) > 1 and looks_like(sign, "".join(map(str, path))))


def _letter(sign: str, lists: _Lists) -> str | None:
    """The letter that must come next, where the sign looks like it."""
    for at in (lists.letter + 1, 0):
        if at < len(LIST_LETTERS) and looks_like(sign, LIST_LETTERS[at], "letters"):
            lists.letter = at
            return LIST_LETTERS[at]
    return None


def _numeral(sign: str, confidence: float, line: Line, lists: _Lists) -> str | None:
    """The Roman numeral that a sign is; None where it is none."""
    wanted = heading_numeral(lists.roman + 1)
    own = sign if heading_number(sign) else None
    if own == wanted:
        return own
    if sign.isdigit() and not line.text.isupper():
        return None
    choices = [one for one in dict.fromkeys((wanted, own, "I")) if one and looks_like_numeral(sign, one)]
    if not choices or (own is None and confidence >= CERTAIN and not line.text.isupper()):
        return own
    word = line.words[0]
    if word.end - word.start > len(sign) + 1:
        return own
    size = (word.box.y1 - word.box.y0) / EM
    room = (word.box.x1 - word.box.x0) / size if size else 0.0
    best = min(choices, key=lambda one: (abs(_room(one) - room), one != wanted))
    if abs(_room(best) - room) <= ROOM and (best == wanted or own is None or confidence < CERTAIN):
        return best
    return own


def _room(numeral: str) -> float:
    """The width of a numeral and its full stop in em."""
    return DOT + sum(NARROW if one == "I" else WIDE for one in numeral)


def brackets(lines: Iterable[Line]) -> dict[int, list[RestoredReading]]:
    """Small Roman numerals in brackets that count on in sentences: "(ï) …; () …; (11) …; (iv) …" are (i) to (iv).

    Neighbours decide: each of a row looks like the numeral that its place gives it, and one above one was read as it
    is. What was read otherwise stays doubtful.

    Args:
        lines: of the document; only those read by OCR are looked at.

    Returns:
        The readings of what was misread, by the indices of their lines.
    """
    out: dict[int, list[RestoredReading]] = {}
    row: list[tuple[int, re.Match[str]]] = []

    def end() -> None:
        known = any(at and found["sign"] == to_roman(at + 1).lower() for at, (_, found) in enumerate(row))
        for at, (number, found) in enumerate(row if known else ()):
            right = f"({to_roman(at + 1).lower()})"
            if found.group() != right:
                own = RestoredReading(*found.span(), right, COUNTED, found.group())
                out.setdefault(number, []).append(own)
        row.clear()

    for number, line in enumerate(lines):
        if line.furniture is not None or not line.words or line.words[0].confidence is None:
            continue
        for found in _BRACKET.finditer(line.text):
            if row and (number - row[0][0] > AHEAD * len(row) or not _is_numeral(found["sign"], len(row) + 1)):
                end()
            if _is_numeral(found["sign"], len(row) + 1):
                row.append((number, found))
    end()
    return out


def _is_numeral(sign: str, value: int) -> bool:
    """Whether a small Roman numeral may be read as a sign: stroke by stroke, one more or less, or none of three."""
    right = to_roman(value).lower()
    looks = _looks()["small numerals"]
    read = "".join(next((stroke for stroke, like in looks.items() if char in like), char) for char in sign)
    if not read:
        return value <= len("iii")
    return read == right or (value > 1 and any(read == one for one in (right + "i", right.replace("i", "", 1))))


_STROKES = re.compile(r"[IVXHUNlL1|!ỊÍÌĨÏYVÝ]+")


def strokes() -> dict[str, str]:
    """What each stroke of a Roman numeral is read as."""
    return _looks()["numerals"]


def looks_like_numeral(sign: str, numeral: str) -> bool:
    """Tell whether a numeral may be read as a sign: stroke by stroke, two strokes as one letter, or one left out."""
    if has_strokes(sign, numeral):
        return True
    one_less = (sign[1:], sign[:-1]) if len(sign) > 1 and _STROKES.fullmatch(sign) else ()
    return any(has_strokes(one, numeral) for one in one_less)


def has_strokes(sign: str, numeral: str) -> bool:
    """Tell whether a sign has all strokes of a numeral, and no other that is more than one read twice."""
    looks = _looks()["numerals"]

    def fits(read: str, right: str) -> bool:
        if not read:
            return right in ("", "I")
        if not right:
            return False
        as_read = read[0] in looks.get(right[0], "") or (right[0] == "I" and read[0] in looks["II"])
        if as_read and fits(read[1:], right[1:]):
            return True
        if right.startswith("II") and read[0] in looks["II"] and fits(read[1:], right[2:]):
            return True
        return right.startswith("II") and read[0] in looks["I"] and fits(read, right[1:])

    return bool(_STROKES.fullmatch(sign)) and fits(sign, numeral)


def looks_like(sign: str, right: str, table: str = "digits") -> bool:
    """Tell whether a marker may be misread as a sign; a character may be read as two.

    Args:
        sign: what was read.
        right: what may have been printed.
        table: of characters that look alike, by its name in the data.
    """
    looks = _looks()[table]
    if len(sign) == len(right) + 1:
        return any(looks_like(sign[:at] + sign[at + 1 :], right, table) for at in range(len(sign)))
    if len(sign) != len(right):
        return False
    return all(a == b or a in looks.get(b, "") or (a in ".," and b == ".") for a, b in zip(sign, right, strict=True))


def _changed(match: re.Match[str], right: str) -> RestoredReading | None:
    start, end = match.start("sign"), match.end("end")
    read = match.string[start:end]
    return None if read == right else RestoredReading(start, end, right, LIKELY, read)
