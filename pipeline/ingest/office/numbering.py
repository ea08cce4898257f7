"""The numbers Word prints before paragraphs (ECMA-376, Part 1, 17.9).

Lists that share an abstract definition go on counting one after the other; a list with a start override begins anew
where it is first used. A level begins anew after any level above it, unless w:lvlRestart says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from pipeline.ingest.office.styles import Styles, child, is_on, value
from pipeline.language.letters import LATIN_LETTERS
from pipeline.language.numerals import LARGEST_ROMAN, to_roman

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class _ListLevel:
    """One level of a list: its text with %1..%9, how its own number is written, what follows."""

    text: str
    form: str
    start: int
    restart: int | None
    legal: bool
    suffix: str
    style: str | None


@dataclass
class _List:
    """An abstract list and how far it has counted."""

    levels: dict[int, _ListLevel]
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    used: set[str] = field(default_factory=set)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document; `label` must be asked for each paragraph once, in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, Any] = {}
        for element in root.findall(qn("w:abstractNum")) if root is not None else ():
            self._abstract[element.get(qn("w:abstractNumId"), "")] = element
        for element in root.findall(qn("w:num")) if root is not None else ():
            self._nums[element.get(qn("w:numId"), "")] = element

    def label(self, paragraph: Any, style: str | None) -> str:
        """The number or bullet of a paragraph with what separates it from the text; "" for none.

        Args:
            paragraph: the w:p element.
            style: the id of its style.
        """
        number, written, source = self._styles.numbering(paragraph, style)
        if number is None or number == "0" or number not in self._nums:
            return ""
        num = self._nums[number]
        identifier = self._resolve(value(num, "w:abstractNumId"))
        if identifier is None:
            return ""
        counted = self._lists.setdefault(identifier, _List(_levels(self._abstract[identifier])))
        overrides = _overrides(num)
        levels = {**counted.levels, **{at: level for at, (level, _) in overrides.items() if level is not None}}
        at = int(written) if written is not None and written.isdigit() else None
        if at is None:
            at = next((n for n, level in levels.items() if source and level.style == source), 0)
        if at not in levels:
            return ""
        if number not in counted.used:
            counted.used.add(number)
            for n, (_, start) in overrides.items():
                if start is not None:
                    counted.counts[n] = None
                    counted.starts[n] = start
        return _count(counted, levels, at)

    def _resolve(self, identifier: str | None) -> str | None:
        """The abstract list that holds the levels: some only name the style of another."""
        for _ in range(LEVELS):
            element = self._abstract.get(identifier or "")
            if element is None:
                return None
            link = value(element, "w:numStyleLink")
            if link is None:
                return identifier
            number = self._styles.linked_list(link)
            num = self._nums.get(number or "")
            identifier = value(num, "w:abstractNumId") if num is not None else None
        return None


def _levels(element: Any) -> dict[int, _ListLevel]:
    out = {}
    for level in element.findall(qn("w:lvl")):
        at = level.get(qn("w:ilvl"), "")
        if at.isdigit() and int(at) < LEVELS:
            out[int(at)] = _level(level)
    return out


def _level(element: Any) -> _ListLevel:
    restart = _integer(value(element, "w:lvlRestart"))
    legal = child(element, "w:isLgl")
    start = _integer(value(element, "w:start"))
    return _ListLevel(
        value(element, "w:lvlText") or "",
        value(element, "w:numFmt") or "decimal",
        0 if start is None else start,
        restart,
        legal is not None and is_on(legal),
        value(element, "w:suff") or "tab",
        value(element, "w:pStyle"),
    )


def _integer(written: str | None) -> int | None:
    try:
        return None if written is None else int(written)
    except ValueError:
        return None


def _overrides(num: Any) -> dict[int, tuple[_ListLevel | None, int | None]]:
    out = {}
    for element in num.findall(qn("w:lvlOverride")):
        at = element.get(qn("w:ilvl"), "")
        if at.isdigit() and int(at) < LEVELS:
            level = child(element, "w:lvl")
            start = _integer(value(element, "w:startOverride"))
            out[int(at)] = (None if level is None else _level(level), start)
    return out


def _count(counted: _List, levels: dict[int, _ListLevel], at: int) -> str:
    """Count one paragraph at a level; what it prints."""
    counts = counted.counts
    for n in range(at + 1):
        if counts[n] is None:
            first = counted.starts.get(n, levels[n].start if n in levels else 1)
            counts[n] = first
        elif n == at:
            counts[n] = (counts[n] or 0) + 1
    for n in range(at + 1, LEVELS):
        restart = levels[n].restart if n in levels else None
        if restart is None or (restart > 0 and at < restart):
            counts[n] = None
    level = levels[at]
    if level.form == "bullet":
        text = level.text
    else:
        text = _PLACE.sub(lambda hit: _numeral(counts, levels, int(hit[1]) - 1, level.legal), level.text)
    if not text:
        return ""
    return text if level.suffix == "nothing" else text + " "


def _numeral(counts: list[int | None], levels: dict[int, _ListLevel], at: int, legal: bool) -> str:
    number = counts[at]
    if number is None or at not in levels:
        return ""
    return numeral(number, "decimal" if legal else levels[at].form)


def numeral(number: int, form: str) -> str:
    """Write a number in one of Word's formats; formats that Vietnamese documents do not use are written in digits.

    Args:
        number: from 1.
        form: a value of w:numFmt.
    """
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = LATIN_LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number <= LARGEST_ROMAN:
        return to_roman(number).lower() if form == "lowerRoman" else to_roman(number)
    return str(number)
