"""Names of bodies on scanned pages: where all but a mark of one that is known was read, it is that one.

A language model knows too few capitalised words to say so: "Sở Văn hóa, Thẻ thao và Du lịch", "Tình đoàn".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.document import Line
from pipeline.knowledge.agencies import bodies, kinds, sector_names
from pipeline.language.accents import remove_accents
from pipeline.language.syllables import are_one_word
from pipeline.restore.proper_names import NameSyllables
from pipeline.restore.readings import RestoredReading

LEAST = 3  # syllables that make a name which nothing else says without its marks; "Công ăn" is none of them
UNITS = ("Bộ", "Sở", "Phòng")  # before a sector
LEVELS = ("tỉnh", "thành phố", "huyện")
RIGHT = 0.6  # of a name's syllables at least are read right
MENDED = 0.95  # the chance that it is the name
BETWEEN = re.compile(r"[\s,–-]*")  # signs between the syllables of a name
DUST = re.compile(r"[.:'’‘](?=\s|$)")  # what a grain of dust between them is read as: "Liên đoàn. Lao động"


class _Word(NamedTuple):
    line: int
    start: int
    end: int
    text: str


@cache
def _names() -> Mapping[str, Sequence[NameSyllables]]:
    """Names by their first syllable without marks, each its syllables as printed, the longest first."""
    words = [word for kind in kinds().kind for word in kind.words] + [word for body in bodies() for word in body.words]
    placed = [f"{word} {level}" for word in words if len(_split(word)) > 1 for level in LEVELS]
    sectors = [f"{unit} {sector}" for sector in sector_names() for unit in UNITS]
    found = {_split(name) for name in (*words, *placed, *sectors, *sector_names(), *kinds().longer)}
    seats = [_split(word) for kind in kinds().kind if kind.seat for word in kind.words]  # "Tỉnh ủy": no other words
    known = [name for name in found if len(name) >= LEAST] + [name for name in seats if len(name) == LEAST - 1]
    out: dict[str, list[NameSyllables]] = {}
    for name in sorted(known, key=len, reverse=True):
        out.setdefault(_bare(name[0]), []).append(name)
    return out


def _split(name: str) -> NameSyllables:
    return tuple(word for word in re.split(r"[^\w]+", name) if word)


def _bare(word: str) -> str:
    return remove_accents(word.lower())


def body_names(lines: Sequence[Line]) -> dict[int, list[RestoredReading]]:
    """Find names of bodies of which a syllable was misread.

    Args:
        lines: of a page, read from a picture.

    Returns:
        For the index of a line the readings of such syllables.
    """
    out: dict[int, list[RestoredReading]] = {}
    for words in _passages(lines):
        at = 0
        while at < len(words):
            name = _name_at(words, at, lines)
            for place, (word, syllable) in enumerate(zip(words[at:], name, strict=False), start=1):
                if place < len(name) and DUST.match(lines[word.line].text, word.end):
                    small = syllable.lower()
                    text = word.text if are_one_word(word.text.lower(), small) else syllable
                    reading = RestoredReading(word.start, word.end + 1, text, MENDED, word.text)
                    out.setdefault(word.line, []).append(reading)
                elif not are_one_word(word.text.lower(), syllable.lower()):
                    small = syllable.lower()
                    text = small.upper() if word.text.isupper() else small.title() if word.text.istitle() else small
                    reading = RestoredReading(word.start, word.end, text, MENDED, word.text)
                    out.setdefault(word.line, []).append(reading)
                else:  # whatever else would fit: "Tỉnh đoàn" is no "tình đoàn kết"
                    out.setdefault(word.line, []).append(RestoredReading(word.start, word.end, word.text, MENDED))
            at += len(name) or 1
    return out


def _passages(lines: Sequence[Line]) -> Iterator[list[_Word]]:
    """The words of lines that go on one another: of one cell, or of the text."""
    words: list[_Word] = []
    before: object = None
    for at, line in enumerate(lines):
        here = (line.table, line.cells[0].cell if line.cells else None) if len(line.cells) < 2 else at
        if here != before and words:
            yield words
            words = []
        before = here
        if line.furniture is None:
            words += [_Word(at, one.start(), one.end(), one[0]) for one in re.finditer(r"[^\W\d_]+", line.text)]
    if words:
        yield words


def _name_at(words: Sequence[_Word], at: int, lines: Sequence[Line]) -> NameSyllables:
    """The longest name that begins at a word and was read but for some marks; () for none."""
    best: tuple[int, int, NameSyllables] = (0, 0, ())
    for name in _names().get(_bare(words[at].text), ()):
        here = words[at : at + len(name)]
        if not here[0].text[0].isupper() or [_bare(one.text) for one in here] != [_bare(own) for own in name]:
            continue
        right = sum(are_one_word(one.text.lower(), own.lower()) for one, own in zip(here, name, strict=True))
        if right >= min(RIGHT * len(name), len(name) - 1) and _is_run(here, lines):
            best = max(best, (len(name), right, name))
    return best[2]


def _is_run(words: Sequence[_Word], lines: Sequence[Line]) -> bool:
    """Whether nothing stands between words but what stands in names."""
    return all(
        one.line != two.line or BETWEEN.fullmatch(DUST.sub("", lines[one.line].text[one.end : two.start]))
        for one, two in pairwise(words)
    )
