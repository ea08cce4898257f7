"""Syllables that fell apart ("Nộ i vụ", "Ph ấn đ ấu"): marked letters came from a second font with widths of its own.

Printed they read as ever. On a page where several are broken so, the blanks at marked letters are put where they part
syllables that can be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.document import Box, Line, Page, Word
from pipeline.language.syllables import inventory
from pipeline.language.tones import modern

ENOUGH = 3  # syllables of a page that are broken beyond doubt: below, such a word is a slip or a sign
_CODAS = frozenset({"c", "ch", "m", "n", "ng", "nh", "p", "t"})  # no words
_VOWELS = "aeiouy"
_LETTER = r"(?:[^\W\d_]|\ufffd)"  # the sign stands for one that was lost
_RUN = re.compile(rf"(?<!{_LETTER}){_LETTER}+(?: {_LETTER}+)+")  # words with single blanks between
_SPACED_OUT = re.compile(r"(?<!\w)[A-ZĐ] [A-ZĐ](?!\w)")  # "C H Í M I NH": by hand, letter by letter; heads are read so
_PIECE = re.compile(r"[^ ]+")
_INSERTED = -1  # a blank that stands nowhere in the line as it was

Kept = list[int]  # for each character of a new text its place in the old one, or _INSERTED


def rejoin(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, on those where several syllables are broken with each of them in one piece."""
    return tuple(_page(page) for page in pages)


def _page(page: Page) -> Page:
    if sum(_broken(line.text) for line in page.lines) < ENOUGH:
        return page
    lines = []
    for line in page.lines:
        kept = _kept(line.text)
        lines.append(line if kept == list(range(len(line.text))) else _rearranged(line, kept))
    return replace(page, lines=tuple(lines))


def _is_syllable(text: str) -> bool:
    return modern(text.lower()) in inventory()


def _is_marked(char: str) -> bool:
    """Whether a letter is a vowel with a mark."""
    return char > "\x7f" and char not in "đĐ"


def _is_vowel(char: str) -> bool:
    return _is_marked(char) or char.lower() in _VOWELS


def _is_remainder(begin: str, rest: str) -> bool:
    """Whether two pieces look like halves of a syllable with the second font's letter at the gap, and the case fits."""
    marked = _is_marked(rest[0])
    short = _is_marked(begin[-1]) and (rest.lower() in _CODAS or (len(rest) == 1 and rest.lower() in _VOWELS))
    return (marked or short) and rest[0].isupper() <= begin[-1].isupper()


def _broken(text: str) -> int:
    """How many syllables of a text are broken beyond doubt: a half is no word, and both together are one syllable."""
    count = 0
    for run in _RUN.finditer(text):
        pieces = run.group().split(" ")
        for begin, rest in pairwise(pieces):
            alone = rest.lower() in _CODAS or not any(map(_is_vowel, begin))
            count += alone and _is_remainder(begin, rest) and _is_syllable(begin + rest)
    return count


def _kept(text: str) -> Kept:
    """What of a text is kept, in order, so that its syllables are whole."""
    out: Kept = []
    at = 0
    for run in _RUN.finditer(text):
        if _SPACED_OUT.search(run.group()):
            continue
        out.extend(range(at, run.start()))
        out.extend(_whole(text, [found.span() for found in _PIECE.finditer(text, *run.span())]))
        at = run.end()
    return [*out, *range(at, len(text))]


def _whole(text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[int]:
    """What is kept of words with single blanks between them, given by their offsets."""
    at = 0
    current: Kept = []
    joined = False  # whether the current piece was put together here
    while at < len(pieces):
        begin = "".join(text[place] for place in current)
        following = [text[start:end] for start, end in pieces[at : at + 2]]
        count = _joining(begin, following) if current else 0
        tail = 0 if count or not joined else _tail(begin, following)
        if tail:
            yield from (*current[:-tail], _INSERTED)
            current, count = current[-tail:], 1
        joined = count > 0
        if current and not joined:
            yield from (*current, pieces[at][0] - 1)
            current = []
        for start, end in pieces[at : at + max(count, 1)]:
            current.extend(range(start, end))
        at += max(count, 1)
    yield from current


def _joining(begin: str, following: Sequence[str]) -> int:
    """How many of the next pieces make one syllable with a piece: two ("Ph ấ n"), one ("Ph ấn") or none."""
    for count in range(len(following), 0, -1):
        halves = pairwise((begin, *following[:count]))
        if all(_is_remainder(*half) for half in halves) and _is_syllable(begin + "".join(following[:count])):
            return count
    return 0


def _tail(begin: str, following: Sequence[str]) -> int:
    """How many letters at the end of a piece begin the syllable that goes on behind the blank: two of "tếch ủ".

    It may go on behind two blanks: "hạt ầ ng" was "hạ t ầ ng".
    """
    ends = [following[0], "".join(following)]
    for tail in (3, 2, 1) if _is_remainder(begin, following[0]) else ():
        if tail < len(begin) and _is_syllable(begin[:-tail]) and any(_is_syllable(begin[-tail:] + end) for end in ends):
            return tail
    return 0


def _rearranged(line: Line, kept: Kept) -> Line:
    """A line of what is kept: its map, words and cells go along."""
    origin = line.origin or tuple(range(len(line.text)))
    text = "".join(line.text[at] if at >= 0 else " " for at in kept)
    words = tuple(_words(line, text, kept)) if line.words else ()

    def to(offset: int) -> int:
        return next((place for place, at in enumerate(kept) if at >= offset), len(kept))

    return replace(
        line,
        text=text,
        origin=tuple(origin[at] if at >= 0 else -1 for at in kept),
        words=words,
        cells=tuple(replace(cell, start=to(cell.start), end=to(cell.end)) for cell in line.cells),
    )


def _words(line: Line, text: str, kept: Kept) -> Iterator[Word]:
    """The words of the new text; the box of each covers what it has of the old ones."""
    for found in _PIECE.finditer(text):
        places = {at for at in kept[found.start() : found.end()] if at >= 0}
        parts = [word for word in line.words if any(word.start <= at < word.end for at in places)]
        if parts:
            boxes = [_part(word, places) for word in parts]
            box = Box(
                min(one.x0 for one in boxes),
                min(one.y0 for one in boxes),
                max(one.x1 for one in boxes),
                max(one.y1 for one in boxes),
            )
            sure = [word.confidence for word in parts if word.confidence is not None]
            yield Word(found.start(), found.end(), box, min(sure) if sure else None)


def _part(word: Word, places: set[int]) -> Box:
    """The part of a word's box that some of its characters take up, each as wide as the others."""
    inside = [at - word.start for at in places if word.start <= at < word.end]
    wide = (word.box.x1 - word.box.x0) / (word.end - word.start)
    left, right = word.box.x0 + min(inside) * wide, word.box.x0 + (max(inside) + 1) * wide
    return word.box._replace(x0=left, x1=right)
