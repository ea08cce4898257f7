"""Correcting Roman numerals of titles, of rows, of quarters, and behind words that numerals follow.

Tesseract reads "II" as "H", "VIII" as "VII", "I/2025" as "1/2025", and is often sure of it. Where a numeral stands is
told by the words around it, which one it is by its picture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.ingest.scan.numerals.letters import NUMERALS, SeenNumeral, dark, see
from pipeline.ingest.scan.picture import Picture
from pipeline.ingest.scan.tesseract.engine import ReadLine, ReadWord
from pipeline.knowledge.documents import numeral_words
from pipeline.language.syllables import inventory

FOR_WHOM = ("KT", "TM", "TL")  # what stands before who signs for another
QUARTERS = NUMERALS[:4]
PLAIN = 0.8  # confidence of a numeral that stays without its picture, or is taken from it
SURE = 0.9  # confidence of an item's 1 that stays
BARELY = 0.3  # the confidence of a numeral whose picture does not say which it is
MARGIN, FIT = 0.07, 0.55  # from which a picture says it
FIT_OF_TITLE = 0.8  # the same of the first word of a line, which may be another: "KT."
FIT_OF_ROW = 0.7  # and of the number of a row
DISPUTED = 0.3  # the margin from which it says so against the strokes that were read
SERIF, NO_SERIF = 0.9, 0.65  # ink beside the top of a stroke: of an I of a title, and the most of a 1
NEAR, BESIDE = 0.38, 1.2  # times its height: white within a numeral, and how far it may reach out of its box
NARROW = 0.6  # of a letter: how wide one of a numeral is
HIGH = 0.7  # of it: how high each of its letters is

_I = "IiÍÌỈĨỊíìỉĩịÏïl1|!\\[\\]/⁄"
_NUMERAL = re.compile(rf"(?P<head>[{_I}VXUHNLJTWMEYKvx]{{1,6}}?)(?P<year>(?:(?:19|20)\d\d)?)(?P<end>[.,;:)]*)")
_JOINED = re.compile(r"(?P<word>[Qq]u[ýí])(?P<dust>[.:'’-]?)(?P<numeral>(?:[IV]{1,3}|1)(?:/20\d\d)?[.,;]?)")
_OF_TITLE = re.compile(rf".*[{_I}VXx].*|[HLT]*[HL]")
_QUOTES = str.maketrans(dict.fromkeys("„\"“”'‘’", "I"))  # what the strokes of a row's number are read as


class _Where(NamedTuple):
    """A word that a numeral is, or was read as: its match, and what kind of numeral it is."""

    match: re.Match[str]
    quarter: bool
    counted: bool  # it opens a title or a row
    fit: float  # from which its picture says which it is
    end: str  # what stands behind it
    guessed: bool = False  # no letter of it was read as one of a numeral

    @property
    def digits(self) -> int | None:
        """How many digits stand behind its slash; None where it has none."""
        if self.match["year"]:
            return len(self.match["year"])
        return 0 if len(self.match["head"]) > 1 and self.match["head"][-1] in "/⁄" else None


def with_numerals(
    line: ReadLine, cut: Picture, left: int, top: int, light: int, before: str = "", rows: bool = False
) -> ReadLine:
    """Correct the numerals of a line by their picture ("Quý IU2025" is Quý II/2025).

    Args:
        line: as it was read.
        cut: the picture it was read from, or a part of it, grey.
        left: where that was cut out, in pixels of the page.
        top: likewise.
        light: the grey level of the paper.
        before: the last word of the line before.
        rows: the line stands in a column of the numbers of rows.
    """
    words = [part for word in line.words for part in _apart(word)]
    for at, where in _found(words, before, rows):
        if words[at] not in line.words:  # where it begins is a guess
            continue
        x0, x1 = _sides(words, at)
        y0, y1 = words[at].box[1] - top - 1, words[at].box[3] - top + 1
        part = cut[max(0, y0) : y1, max(0, x0 - left) : x1 - left]
        if not part.size:
            continue
        begins, ends = (side - max(x0, left) for side in words[at].box[::2])
        part, more = _own(part, begins, ends, light, bool(where.digits))
        if more and where.digits is None:
            words[at] = words[at]._replace(confidence=min(words[at].confidence, BARELY))
            continue
        among = QUARTERS if where.quarter else NUMERALS
        seen = see(part, light, among, where.digits)
        words[at] = _decided(words[at], where, seen, among)
    return line._replace(words=tuple(words))


def _apart(word: ReadWord) -> list[ReadWord]:
    """A quarter and its word as two where the space between them was not seen: "QuýIII"."""
    match = _JOINED.fullmatch(word.text)
    if match is None:
        return [word]
    x0, y0, x1, y1 = word.box
    wide = len(match["word"]) + NARROW * len(match["dust"] + match["numeral"])
    at = x0 + round((x1 - x0) * len(match["word"]) / wide)
    return [
        ReadWord(match["word"], (x0, y0, at, y1), word.confidence),
        ReadWord(match["numeral"], (at, y0, x1, y1), word.confidence),
    ]


def _found(words: Sequence[ReadWord], before: str, rows: bool) -> list[tuple[int, _Where]]:
    """Where numerals stand in a line."""
    found: list[tuple[int, _Where]] = []
    quarter = numeral_words().quarter
    kinds: dict[int, str] = {}  # the word that each numeral follows
    for at, word in enumerate(words):
        match = _NUMERAL.fullmatch(word.text.translate(_QUOTES) if rows else word.text)
        if match is None or _is_word(word) or match["head"] in FOR_WHOM:
            continue
        said = (words[at - 1].text if at else before).casefold()
        last = at - 2 if said in numeral_words().on else at - 1
        lost = set(_strokes(match["head"])) <= set("IVXH")  # the comma before it: "Quý II HII"
        goes_on = last in kinds and (last < at - 1 or words[last].text[-1:] in ",;-–" or lost)
        kind = said if said in quarter or said in numeral_words().numbered else kinds[last] if goes_on else ""
        opens = not at and bool(_OF_TITLE.fullmatch(match["head"])) and _opens(words, rows)
        if kind:
            kinds[at] = kind
        # An annex may have the number 11, an item 1.
        head, end = match["head"], match["end"]
        if kind and (kind in quarter or not head.isdigit()):
            found.append((at, _Where(match, kind in quarter, False, FIT, end)))
        elif opens and not kind and (head == "1" or not head.isdigit()):
            fit = FIT_OF_ROW if rows or head in NUMERALS else FIT_OF_TITLE
            guessed = not rows and head != "H" and set(head) <= set("HLT")
            found.append((at, _Where(match, False, True, fit, end or "." * (not rows), guessed)))
    return found


def _opens(words: Sequence[ReadWord], rows: bool) -> bool:
    """Whether the first word of a line is the number of a title, or of a row."""
    if rows:
        return len(words) == 1
    return words[0].text.endswith((".", "L")) and len(words) > 1 and words[1].text[:1].isupper()  # "VIL" of VI.


def _is_word(word: ReadWord) -> bool:
    """Whether what may be a numeral was read as another word, surely ("phần vì")."""
    return word.text.islower() and len(word.text) > 1 and word.text in inventory() and word.confidence >= PLAIN


def _strokes(read: str) -> str:
    """What was read, each of its upright strokes as an I."""
    return "".join("I" if char in _I else char for char in read)


def _decided(word: ReadWord, where: _Where, seen: SeenNumeral | None, among: Sequence[str]) -> ReadWord:
    """A word as its picture says, or in doubt."""
    match, read = where.match, where.match["head"].rstrip("/⁄")
    if read == "1":
        serif = seen.serif if seen is not None and seen.text == "I" else 0.0
        least = NO_SERIF if where.quarter else SERIF
        if serif <= least or (not where.quarter and word.confidence >= SURE):
            return word._replace(text=word.text.replace("⁄", "/")) if where.quarter else word
    if seen is None or seen.margin < MARGIN or seen.fit < where.fit or (where.counted and read == "H" and seen.barred):
        sure = where.counted or (read in NUMERALS and word.confidence >= PLAIN)  # titles are counted
        return word if sure else word._replace(confidence=min(word.confidence, BARELY))
    year = "/" + match["year"] if where.digits is not None else ""
    if seen.margin < DISPUTED and (told := _strokes(read)) in among and told != seen.text:
        text = max(told, seen.text, key=len)  # a stroke is lost sooner than one is seen that is not there
        return word._replace(text=text + year + where.end, confidence=BARELY)
    confidence = BARELY if where.guessed else max(word.confidence, PLAIN)
    return word._replace(text=seen.text + year + where.end, confidence=confidence)


def _sides(words: list[ReadWord], at: int) -> tuple[int, int]:
    """How far to the left and to the right a word may reach, in pixels of the page."""
    x0, y0, x1, y1 = words[at].box
    room = round(BESIDE * (y1 - y0))
    least = words[at - 1].box[2] + 1 if at else 0
    most = words[at + 1].box[0] - 1 if at + 1 < len(words) else x1 + room
    return max(x0 - room, min(x0 - 1, least)), min(x1 + room, max(x1 + 1, most))


def _own(part: Picture, at: int, end: int, light: int, year: bool) -> tuple[Picture, bool]:
    """Of a picture what lies together with its column `at`, and whether its word goes on behind more white.

    Between two letters there is no more white than within a numeral; to the year that follows one a streak may have
    parted it: all before column `end` is cut out. What is cut off of another letter beside it is lower than a numeral;
    the slash before a `year` is higher.
    """
    ink = dark(part, light)
    steps = np.flatnonzero(np.diff(np.concatenate([[0], ink.any(axis=0).astype(np.int8), [0]])))
    runs = [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]
    rows = [int(ink[:, slice(*run)].any(axis=1).sum()) for run in runs]
    high = np.median(rows) if year and rows else ink.any(axis=1).sum()
    tall = [run for run, own in zip(runs, rows, strict=True) if own >= HIGH * high]
    if not tall:
        return part, False
    gap = max(2, round(NEAR * len(part)))
    first = last = min(range(len(tall)), key=lambda one: abs(tall[one][0] - at))
    while first and tall[first][0] - tall[first - 1][1] <= gap:
        first -= 1
    while last + 1 < len(tall) and tall[last + 1][0] - tall[last][1] <= gap:
        last += 1
    more = [run for run in tall[last + 1 :] if run[1] <= end + 2]
    return part[:, max(0, tall[first][0] - 1) : (more[-1] if more else tall[last])[1] + 1], bool(more)
