"""Cutting lines into the pieces that are restored one by one, and these into passages that are read together."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

import numpy as np

from pipeline.language.casing import in_capitals
from pipeline.restore.candidates import Lookup, Options
from pipeline.restore.markers import sign_end
from pipeline.restore.model import Array
from pipeline.restore.readings import LineCondition
from pipeline.restore.sifting import REACH

PASSAGE = 400  # pieces decoded together, at most
CHUNK = 60  # characters without a space: what is longer is no word, and stays

Wrong = Sequence[float]

_CHUNK = re.compile(r"\S+")
_MAY_CITE = re.compile(rf"[/@]|\S-|-\S|\.[^\W_]|\S{{{CHUNK}}}|[ivx]\)")  # quick to look for
_CITATION = re.compile(r"\d.*[/-].*[A-ZĐÐ]{2}|[A-ZĐÐ]{2}[A-ZĐÐa-z]*-[A-ZĐÐ]{2}|\d/\d|^/[A-ZĐÐ]{2}")
# Signs of what a sentence enumerates, small Roman numerals in brackets: "vi" is a syllable, and "ii" might be a slip.
_ENUMERATED = re.compile(r"(?<![^\W_])[ivx]{1,5}(?=\))")
_ADDRESS = re.compile(r"://|www\.|@|[^\W_]\.(?:vn|com|org|net|edu|gov|info)(?![^\W_])", re.IGNORECASE)


PieceKind = Literal["word", "number", "stop", "comma", "mark"]


class LinePiece(NamedTuple):
    """A piece of a line: its offsets, its kind, and whether a space (or the line's start) is before it."""

    start: int
    end: int
    kind: PieceKind
    spaced: bool


# An apostrophe belongs to the word it touches: readers make it out of the horn of ơ and ư ("THU'C", "co'").
_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,/:]\d+)*(?=$|[\s.,;:!?…()\[\]{}<>\"“”«»/–—_*+=|~%-]))"
    r"|(?P<stop>[.?!…])|(?P<comma>[,;:])|(?P<mark>(?<=[A-ZĐ])&(?=[A-ZĐ])|[()\[\]{}<>\"“”«»/–—_*+=|~%-]|['’‘`](?![^\W\d_]))"
    r"|(?P<word>(?:[^\s.,;:!?…()\[\]{}<>\"“”«»/–—_*+=|~%'’‘`&-]+|(?<![A-ZĐ])&|&(?![A-ZĐ])|['’‘`](?=[^\W\d_])|(?<=[^\W\d_])['’‘`])+)"
    r"|(?P<rest>\S)"
)


def pieces(line: str) -> list[LinePiece]:
    """Cut a line into pieces from left to right; every character that is no white space belongs to one."""
    found = []
    end = -1
    for match in _PIECE.finditer(line):
        kind = match.lastgroup
        found.append(LinePiece(match.start(), match.end(), "mark" if kind == "rest" else kind, match.start() != end))  # type: ignore[arg-type]
        end = match.end()
    return found


@dataclass(slots=True)
class LatticeNode:
    """A piece in a passage: its line, what it is, and the edges of the lattice that end behind it."""

    line: int
    piece: LinePiece
    text: str
    kind: LineCondition
    form: int  # 0 inside a sentence, 1 at its beginning, 2 in a line of capitals
    options: Options
    joined: Options | None = None  # read together with the piece before
    wrong: float | None = None  # the chance that it was misread, as its reader's confidence says
    first: int = field(default=0)  # the first of its edges

    @property
    def asked(self) -> bool:
        """Whether there is more than one reading."""
        return len(self.options.words) > 1 or self.joined is not None

    @property
    def is_mendable(self) -> bool:
        """Whether it may be a slip: names are rare words, not slips."""
        return self.form > 0 or self.text[0].islower()


@dataclass(slots=True)
class LinePassage:
    """Pieces that are read together; `typed` where only what is in question is searched and told."""

    places: list[LatticeNode]
    typed: bool = False

    @property
    def told(self) -> Array:
        """The id of the word that each piece is as it stands, of shape (n,)."""
        return np.array([place.options.words.item(0) for place in self.places], np.uint16)

    def windows(self) -> Iterator[LinePassage]:
        """What is searched: all, or of what was typed what is in question and the words that weigh there."""
        if not self.typed:
            yield self
            return
        asked = [at for at, place in enumerate(self.places) if place.asked]
        while asked:
            last = next((n for n, (at, after) in enumerate(pairwise(asked)) if after - at > 2 * REACH), len(asked) - 1)
            joined = self.places[asked[0]].joined is not None  # what is in question begins one word before
            yield LinePassage(self.places[max(asked[0] - REACH - joined, 0) : asked[last] + REACH + 1], True)
            asked = asked[last + 1 :]

    def stripped_runs(self) -> Iterator[list[LatticeNode]]:
        """Words of stripped lines that follow each other, in capitals or not."""
        words = (place for place in self.places if place.kind is LineCondition.STRIPPED)
        for (word, _), run in groupby(words, key=lambda place: (place.piece.kind == "word", place.form == 2)):
            if word:
                yield list(run)


def cut(
    lines: Sequence[str],
    kinds: Sequence[LineCondition],
    wrong: Sequence[Wrong],
    lookup: Lookup,
    begins: Collection[int] = (),
) -> Iterator[LinePassage]:
    """Cut lines into the pieces of each paragraph; a very long one is cut again.

    Args:
        lines: in the order of the document.
        kinds: the condition of each line.
        wrong: for each character of each line the probability that its word was misread; () where none is known.
        lookup: the readings of pieces.
        begins: the lines that go on with none before them, as the first one of a cell.
    """
    marks = lookup.marks
    places: list[LatticeNode] = []
    fresh = True
    for number, (line, kind, chances) in enumerate(zip(lines, kinds, wrong, strict=True)):
        item = sign_end(line, kind)
        if item or number in begins or kind is LineCondition.FOREIGN or not line.strip():
            if places:
                yield LinePassage(places)
            places, fresh = [], True
        if kind is LineCondition.FOREIGN:
            continue
        capitals = in_capitals(line, share=0.7, letters=6)
        cited = deque(_citations(line, kind))
        last: LatticeNode | None = None
        for piece in pieces(line):
            start, end, kind_of_piece, spaced = piece
            if kind_of_piece == "mark" or start < item:
                last = None
                continue
            text = line[start:end]
            if kind_of_piece in marks:
                places.append(LatticeNode(number, piece, text, kind, 0, marks[kind_of_piece]))
                fresh, last = kind_of_piece == "stop" or fresh, None
                continue
            form = 2 if capitals and _may_be_capital(text) else int(fresh)
            while cited and cited[0][1] <= start:
                cited.popleft()
            if cited and cited[0][0] <= start:
                options = lookup.in_citation(text, kind_of_piece, LineCondition.RIGHT if cited[0][2] else kind)
                place = LatticeNode(number, piece, text, LineCondition.FOREIGN, form, options)
            elif kind is LineCondition.RIGHT:
                place = LatticeNode(number, piece, text, kind, form, lookup.as_it_is(text, kind_of_piece))
                if chances:
                    place.wrong = max(chances[start:end], default=None)
            else:
                place = LatticeNode(number, piece, text, kind, form, lookup.options(text, kind_of_piece, kind, form))
            if last is not None and spaced and kind is LineCondition.MISREAD:
                before = last.text, last.options
                place.joined = lookup.joined(before, text, place.options, 2 if form == 2 else 0)
            places.append(place)
            fresh, last = False, place
            if len(places) >= PASSAGE:
                yield LinePassage(places)
                places = []
                last = None
    if places:
        yield LinePassage(places)


def _citations(line: str, kind: LineCondition) -> list[tuple[int, int, bool]]:
    """Where documents' numbers, addresses and signs stand ("20/CT-TTg", "haiphong.gov.vn", "(vi)").

    True for what never changes; a sign of a misread line may have been a word.
    """
    found: list[tuple[int, int, bool]] = []
    if not _MAY_CITE.search(line):
        return found
    for match in _CHUNK.finditer(line):
        chunk = match.group()
        address = len(chunk) > CHUNK or bool(_ADDRESS.search(chunk))
        if address or _CITATION.search(chunk):
            found.append((*match.span(), address))
        elif kind is not LineCondition.MISREAD:
            found += [(*sign.span(), True) for sign in _ENUMERATED.finditer(line, *match.span())]
    return found


def _may_be_capital(word: str) -> bool:
    """Whether a word of a line in capitals may be in capitals too."""
    return 2 * sum(letter.islower() for letter in word) <= len(word)
