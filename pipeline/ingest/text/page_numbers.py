"""Page numbers and the running heads beside them in a text without pages: they count up, far apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.document import Furniture, Line, Page
from pipeline.knowledge.documents import page_furniture
from pipeline.language.accents import remove_accents

APART = 20  # lines between two page numbers in a text without pages
HEADS = 3  # pages of a text that say the same beside their number
SKIPPED = 8  # pages by which two of them may differ: those between ended with a paragraph
NEAR = (0.8, 1.25)  # of the usual length of a page, within which the next one ends
CENTRED = 25  # blanks before a number in the middle of a printed line
LONGEST = 80  # lines of a page, or characters of what stands at its head
EVENLY = 4  # numbers that count up at equal distances, wherever they stand

_DIGITS = re.compile(r"\d+")
_MISREAD = re.compile(r"(?<!\w)(?=[lIO|]*\d)[\dlIO|]+(?!\w)|(?<=^-\s)\d?S(?=\s-$)")  # figures with letters for digits
_AS_DIGITS = str.maketrans("lI|OS", "11105")


class Spot(NamedTuple):
    """A line by its page and place in the page's lines."""

    page: int
    line: int


@cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Join patterns into one that any of them matches."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def folded_line(text: str) -> str:
    """Write a line in small letters, with single spaces."""
    return " ".join(text.split()).casefold()


_PlacedNumber = tuple[Spot, int, int]  # a line, the number it is, and how far down the text it stands


def numbers_in_text(pages: Sequence[Page], marks: dict[Spot, Furniture]) -> None:
    """Page numbers in a text: at a form feed, alone between blank lines or in mid-sentence, counting up far apart."""
    form, mark = any_of(page_furniture().page_number.forms), any_of(page_furniture().page_mark.forms)
    found: list[tuple[Spot, int, int, bool]] = []  # the last says whether it may be that of a page
    at = ended = 0
    for number, page in enumerate(pages):
        printed = [n for n, line in enumerate(page.lines) if line.text]
        heads = _heads_in_text(page.lines, form)
        for n, line in enumerate(page.lines):
            at += 1
            if line.table is not None or line.starts_paragraph is not None or not line.text:
                continue
            hit = form.match(_with_digits(line.text).casefold())
            if mark.match(folded_line(_with_digits(line.text))):
                marks[Spot(number, n)] = Furniture.PAGE_NUMBER
                ended += 1
                if hit:  # those that stand otherwise count with it
                    found.append((Spot(number, n), int(hit["number"]), at, True))
                continue
            if not hit:
                continue
            value = int(hit["number"])
            if (
                _beside_mark(page.lines[:n][::-1], mark)
                or (abs(value - ended - 1) <= 1 and _beside_mark(page.lines[n + 1 :], mark))
                or len(pages) > 1
                and n in (printed[0], printed[-1])
                and value in (page.number, page.number + 1)
            ):
                marks[Spot(number, n)] = Furniture.PAGE_NUMBER
                found.append((Spot(number, n), value, at, True))
            else:
                likely = _alone(page.lines, n) or _is_centred(page.lines, n) or _is_between(page.lines, n, heads)
                found.append((Spot(number, n), value, at, likely))
    _counting(found, marks)
    for number, page in enumerate(pages):
        for n in _heads_in_text(page.lines, form):
            if any(marks.get(Spot(number, beside)) is Furniture.PAGE_NUMBER for beside in (n - 1, n + 1)):
                marks[Spot(number, n)] = Furniture.RUNNING_HEAD


def _with_digits(text: str) -> str:
    """A short line with digits for the letters that they were read as ("- 1l -", "CÔNG BÁO/Số 14/Ngày l2-7-2024")."""
    return _MISREAD.sub(lambda hit: hit.group().translate(_AS_DIGITS), text) if len(text) <= LONGEST else text


def _heads_in_text(lines: Sequence[Line], number: re.Pattern[str]) -> set[int]:
    """The lines beside page numbers that are the same at several: they stood at the head or foot of pages."""
    beside: dict[tuple[int, str], set[int]] = defaultdict(set)
    for at, line in enumerate(lines):
        if line.text and number.match(_with_digits(line.text).casefold()):
            for side in (-1, 1):
                near = lines[at + side] if 0 <= at + side < len(lines) else None
                if near is not None and near.table is None and any(map(str.isalpha, near.text)):
                    beside[side, _DIGITS.sub("0", remove_accents(folded_line(_with_digits(near.text))))].add(at + side)
    return {at for places in beside.values() if len(places) >= HEADS for at in places}


def _is_between(lines: Sequence[Line], at: int, heads: Collection[int]) -> bool:
    """Whether a line, with the running head beside it, parts a sentence."""
    before = at - 2 if at - 1 in heads else at - 1
    after = at + 2 if at + 1 in heads else at + 1
    if before < 0 or after >= len(lines):
        return False
    return (lines[before].text[-1:].isalnum() or lines[before].text[-1:] == ",") and lines[after].text[:1].islower()


def _beside_mark(lines: Iterable[Line], mark: re.Pattern[str]) -> bool:
    """Whether the mark of a page's end is the first of the lines above or below another that say anything."""
    return bool(mark.match(folded_line(_with_digits(next((line.text for line in lines if line.text), "")))))


def _counting(found: Sequence[tuple[Spot, int, int, bool]], marks: dict[Spot, Furniture]) -> None:
    """Mark the numbers that count up far apart; between them stand those at the end of a paragraph."""
    run: list[_PlacedNumber] = []
    runs = [run]
    for spot, value, at, likely in found:
        if not likely:
            continue
        if run and not (0 < value - run[-1][1] <= SKIPPED and at - run[-1][2] >= APART * (value - run[-1][1])):
            run = []
            runs.append(run)
        run.append((spot, value, at))
    by_value: dict[int, list[_PlacedNumber]] = defaultdict(list)
    for spot, value, at, _ in found:
        by_value[value].append((spot, value, at))
    for first in (1, 2, 3):
        runs += [run for one in by_value[first] if len(run := _evenly([one], by_value, 1)) >= EVENLY]
    for run in runs:
        if len(run) < 2 or run[0][1] > 3:
            continue
        run = [*_evenly(run[::-1], by_value, -1)[: len(run) - 1 : -1], *_evenly(run, by_value, 1)]
        marks.update({spot: Furniture.PAGE_NUMBER for spot, _, _ in run})
        for (_, low, first), (_, high, last) in pairwise(run):
            between = [(spot, value) for spot, value, at, _ in found if first + APART <= at <= last - APART]
            own = {value: [spot for spot, one in between if one == value] for value in range(low + 1, high)}
            marks.update({spots[0]: Furniture.PAGE_NUMBER for spots in own.values() if len(spots) == 1})


def _evenly(
    run: Sequence[_PlacedNumber], found: Mapping[int, Sequence[_PlacedNumber]], step: int
) -> list[_PlacedNumber]:
    """A run of numbers with those that go on with it, up or down by a step, each as far off as pages are long."""
    out = list(run)
    gaps = [(last - first) / (high - low) for (_, low, first), (_, high, last) in pairwise(run)]
    page = median(gaps) if gaps else None
    while True:
        _, value, line = out[-1]
        near, far = (NEAR[0] * page, NEAR[1] * page) if page is not None else (APART, LONGEST)
        first, last = sorted((line + step * near, line + step * far))
        following = found.get(value + step, ())
        at = bisect_left(following, first, key=_line)
        if at == len(following) or _line(following[at]) > last:
            return out
        page = page if page is not None else abs(_line(following[at]) - line)
        out.append(following[at])


def _line(one: _PlacedNumber) -> int:
    return one[2]


def _alone(lines: Sequence[Line], at: int) -> bool:
    return all(_beside_blanks(lines, at))


def _is_centred(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands in the middle of the page, beside a blank one: so programs print pages as text."""
    raw = lines[at].raw
    return any(_beside_blanks(lines, at)) and len(raw) - len(raw.lstrip(" ")) >= CENTRED


def _beside_blanks(lines: Sequence[Line], at: int) -> tuple[bool, bool]:
    """Whether a blank line, or none, stands before a line, and behind it."""
    before = at == 0 or not lines[at - 1].text
    after = at + 1 == len(lines) or not lines[at + 1].text
    return before, after
