"""Footnotes of scanned pages: below a short rule, in smaller print, each behind a small raised mark.

The reader of pictures does not say that a figure is raised, and takes most for a sign: ¹ is read as ' or !, ² as ?.
What it is its place tells: notes are numbered on, and the text above has as many marks as the page has notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from pipeline.document import Box
from pipeline.ingest.scan.page import Scan, ScanLine, ScanWord

LONG = 6  # words of a line that says where the text begins and ends
FEW = 5  # such lines: a page with fewer does not tell
RULE = (0.15, 0.5)  # of the width of the text: how long the rule over the notes is; a word processor draws 51 mm
ASIDE = 12.0  # points by which it begins beside the text
BELOW = 3.0  # em: how far below it the first note stands at most
CLOSE = 0.8  # times the usual distance between lines: that of notes
APART = 1.3  # times the distance between the lines of the notes: that to the text above
SMALL = 0.85  # times the size of the type of the text: no note has larger type
NOTES = 60  # what a note is numbered at most
DOUBTED = 0.4  # the confidence of what may be a mark and is not known to be

_SIGN = r"\d{1,2}|['’‘\"“”?!*°º`´^|¹²³⁴⁵⁶⁷⁸⁹]{1,2}"
_LOOKS = {"1": "'’‘!|`´¹", "2": '?”"“²', "3": "°³?", "4": "*⁴", "5": "⁵", "6": "°º⁶", "7": "?⁷", "8": "°⁸", "9": "°”⁹"}
_OPENS = re.compile(rf"(?P<mark>{_SIGN})(?P<text>[A-ZĐÀ-Ỹ“\"(][^\W\d].*)?")
_CARRIES = re.compile(rf"(?P<text>.*[^\W\d_][)”\"]?)(?P<mark>{_SIGN})(?P<end>[.,;:)]*)")
_UNIT = re.compile(r".*\b[dckm]?m")


class _Mark(NamedTuple):
    """A word of a line that is a mark, or ends in one: the indices of line and word, the parts of its text."""

    line: int
    word: int
    text: str
    mark: str
    end: str


def with_notes(scan: Scan) -> tuple[Scan, float | None]:
    """Find the footnotes of a page.

    Args:
        scan: a page as it was read.

    Returns:
        The page with the marks as raised words and the notes in small type; where the notes begin, in points of the
        upright page, None where there are none.
    """
    lines = sorted(scan.lines, key=lambda line: line.words[0].baseline)
    long = [line for line in lines if line.cell < 0 and len(line.words) >= LONG]
    if len(long) < FEW or scan.gutter is not None:
        return scan, None
    first = _first(lines, long, scan.rules)
    if first is None:
        return scan, None
    top = (_base(lines[first - 1]) + _base(lines[first])) / 2
    small = SMALL * median(line.size for line in long[: max(1, len(long) - (len(lines) - first))])
    lines[first:] = [line._replace(size=min(line.size, small)) for line in lines[first:]]
    notes = list(_notes(lines, first))
    marks = list(_marks(lines[:first]))
    start = _start(notes)
    chosen = _chosen(marks, start, len(notes))
    numbers = {one: str(start + at) for found in (notes, chosen) for at, one in enumerate(found)}
    unknown = (
        [one for one in marks if one not in numbers and not one.mark.isdigit()] if len(chosen) < len(notes) else []
    )
    for one in sorted({*numbers, *unknown}, reverse=True):
        lines[one.line] = _parted(lines[one.line], one, numbers.get(one))
    return replace(scan, lines=tuple(lines)), top


def _base(line: ScanLine) -> float:
    return line.words[0].baseline


def _first(lines: Sequence[ScanLine], long: Sequence[ScanLine], rules: Sequence[Box]) -> int | None:
    """The first line of the notes: two of three tell of them, a rule above, close lines, a mark before the first."""
    left, wide = _text(long)
    usual = _pitch(long)
    for at in range(len(lines) - 1, 0, -1):
        line = lines[at]
        if line.cell >= 0:
            return None
        if abs(line.words[0].x0 - left) > 3 * ASIDE:
            continue
        below = [one for one in lines[at:] if len(one.words) > 1]
        base = _base(line)
        ruled = any(
            RULE[0] * wide <= rule.x1 - rule.x0 <= RULE[1] * wide
            and abs(rule.x0 - left) <= ASIDE
            and _base(lines[at - 1]) < rule.y0 < base <= rule.y0 + BELOW * line.size
            for rule in rules
        )
        close = len(below) > 1 and _pitch(below) <= CLOSE * usual
        marked = _begins(line)
        begun = any(map(_begins, lines[at:]))  # a note of the page before goes on above the first
        apart = len(below) > 1 and base - _base(lines[at - 1]) > APART * _pitch(below)
        if (ruled and (marked or (close and begun))) or (close and marked and apart and _counts(lines, at)):
            return at
    return None


def _text(long: Sequence[ScanLine]) -> tuple[float, float]:
    """Where the text begins, and how wide it is."""
    left = sorted(line.words[0].x0 for line in long)[len(long) // 5]
    return left, median(line.words[-1].x1 for line in long) - left


def _pitch(lines: Sequence[ScanLine]) -> float:
    """The usual distance between lines."""
    steps = [_base(b) - _base(a) for a, b in zip(lines, lines[1:], strict=False)]
    return median(steps) if steps else 0.0


def _begins(line: ScanLine) -> bool:
    """Whether a line may begin a note: a sign or number without a full stop, then a capital."""
    found = _OPENS.fullmatch(line.words[0].text)
    if found is None:
        return False
    return bool(found["text"]) or (len(line.words) > 1 and line.words[1].text.lstrip('“"(')[:1].isupper())


def _counts(lines: Sequence[ScanLine], at: int) -> bool:
    """Whether the text above the lines from `at` on has what may be the mark of the first of them."""
    return any(True for _ in _marks(lines[:at]))


def _notes(lines: Sequence[ScanLine], first: int) -> Iterator[_Mark]:
    """The marks that the notes begin with."""
    for at in range(first, len(lines)):
        found = _OPENS.fullmatch(lines[at].words[0].text) if _begins(lines[at]) else None
        if found:
            yield _Mark(at, 0, "", found["mark"], found["text"] or "")


def _marks(lines: Sequence[ScanLine]) -> Iterator[_Mark]:
    """What may be a mark in the text: a sign or figure at a word that no such word ends in."""
    quoted = 0
    for at, line in enumerate(lines):
        for place, word in enumerate(line.words):
            found = _CARRIES.fullmatch(word.text)
            if found and not _is_own(found, quoted, word):
                yield _Mark(at, place, found["text"], found["mark"], found["end"])
            quoted += word.text.count("“") - word.text.count("”")
            quoted = max(quoted, 0)


def _is_own(found: re.Match[str], quoted: int, word: ScanWord) -> bool:
    """Whether a sign belongs to its word: quotation marks that were opened, units, codes of capitals ("C04")."""
    mark, text = found["mark"], found["text"]
    if mark.isdigit():
        return bool(_UNIT.fullmatch(text)) or not text[-1:].islower() or len(text.strip('(“"')) < 2
    if any(char in '”"’' for char in mark):
        return quoted > 0 or any(char in '“"‘' for char in text)
    return False


def _start(notes: Sequence[_Mark]) -> int:
    """The number of the first note of a page: the one that most notes were read as."""

    def fits(start: int) -> float:
        return sum(_likeness(one.mark, start + at) for at, one in enumerate(notes))

    return max(range(1, NOTES), key=lambda start: (fits(start), -start))


def _likeness(mark: str, number: int) -> float:
    if mark == str(number):
        return 2.0
    return float(len(mark) == 1 and mark in _LOOKS.get(str(number), ""))


def _chosen(marks: Sequence[_Mark], start: int, count: int) -> list[_Mark]:
    """The marks that the notes belong to, in their order; none where it is not told which they are."""
    if len(marks) == count:
        return list(marks)
    out: list[_Mark] = []
    for one in marks:
        if len(out) < count and _likeness(one.mark, start + len(out)):
            out.append(one)
    return out if len(out) == count else []


def _parted(line: ScanLine, one: _Mark, number: str | None) -> ScanLine:
    """A line with a mark as a word of its own; one whose number is not known stays a doubted part of its word."""
    word = line.words[one.word]
    if number is None:
        parts = [word._replace(confidence=min(word.confidence, DOUBTED))]
    else:
        step = (word.x1 - word.x0) / max(1, len(word.text))
        x0 = word.x0 + step * len(one.text)
        x1 = x0 + step * len(one.mark)
        parts = [word._replace(text=one.text, x1=x0), word._replace(text=number, x0=x0, x1=x1, raised=True)]
        parts += [word._replace(text=one.end, x0=x1)]
        parts = [part for part in parts if part.text]
    return line._replace(words=(*line.words[: one.word], *parts, *line.words[one.word + 1 :]))
