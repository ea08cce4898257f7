"""Letters that were lost and left no sign ("Sở Y t", "nh n dân"), as of a font that lacks them: where they stood.

Such a text has words of consonants alone, and letters that any text has are not in it. Each place where a word of the
language lacks just those letters gets the sign of a lost letter, and what it was the words around it say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from pipeline.document import CellSpan, Line, Page
from pipeline.language.letters import LETTER, VIETNAMESE_LETTER
from pipeline.language.syllables import inventory
from pipeline.language.tones import modern
from pipeline.restore.model import RestorationModel
from pipeline.restore.tokens import CLASSES
from pipeline.restore.undecoded.lost_letters import SIGN

ENOUGH, SHARE = 10, 0.01  # words without a vowel, and their share of all words, from which letters were lost
DIFFERENT = 3  # how many of them are different, half of these longer than one letter
DIFFERENT_OF_ANY = 5  # the same where each letter is there now and then
TOLD = 0.8  # share of them that lack just letters of words of the language: short forms ("gv", "hs") do not
SHARE_OF_ANY = 0.02  # the same share where each letter is there now and then
MARKED = 0.06  # share of letters that only Vietnamese has, of a text that lost no more than some
EXPECTED = 12.0  # times that a letter should stand in a text, from which it was lost if it does not
SPACED = 0.3  # share of such words that make one with the next, from which each letter left a space
RARE = 2e-6  # probability of a syllable below which it is rather what is left of another
MOST = 3  # letters of one word
UNITS = frozenset(("m", "km", "cm", "dm", "mm", "g", "kg", "mg", "l", "ml", "h", "đ", "tr", "trđ", "ngđ", "kw", "kv"))

_WORD = re.compile(rf"(?<![^\W\d_])(?<!{SIGN})[^\W\d_]+(?![^\W\d_])(?!{SIGN})")  # with no letter that left a sign
_ENDLESS = re.compile(r" (?=[ ,.;:]|$)")  # behind a word whose last letter left a space
_WORD_BEFORE, _WORD_BEHIND = re.compile(r"[^\W\d_],? {1,3}$"), re.compile(r",? {1,3}[^\W\d_]")
_VOWEL = re.compile(r"[^bcdfghjklmnpqrstvwxzđ]", re.IGNORECASE)
# Words of consonants alone, but for signs of lists ("c)"), points of articles ("điểm c") and units ("5 m").
_CONSONANTS = re.compile(
    rf"(?<![^\W\d_])(?<!{SIGN})(?<![_/.@-])(?<![\d/] )(?<!điểm )(?<!mục )"
    rf"[bcdfghjklmnpqrstvwxzđ]+(?![^\W_])(?!\s?\)|[.:/_@{SIGN}-])",
    re.IGNORECASE,
)


def with_places(model: RestorationModel, pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with U+FFFD where letters were lost without a sign; as they are where none were.

    Args:
        model: its words are those that may have stood there.
        pages: of a document.
    """
    texts = [line.text for page in pages for line in page.lines]
    found = Counter(rest for page in pages for line in page.lines for rest in _rests(line))
    words = sum(text.count(" ") for text in texts)
    count = found.total()
    if count < max(ENOUGH, SHARE * words) or not _has_marks(texts):
        return tuple(pages)
    lost = _lost(model, texts)
    places = _Places(model, lost or frozenset(_rates(model)))
    if not _are_of_words(places, found, DIFFERENT if lost else DIFFERENT_OF_ANY):
        return tuple(pages)
    if not lost and count < SHARE_OF_ANY * words:
        return tuple(pages)
    joined = sum(places.joins(*pair) for text in texts for pair in _pairs(text))
    spaced = joined > SPACED * count
    return tuple(
        replace(page, lines=tuple(_with_places(line, places, spaced) for line in page.lines)) for page in pages
    )


def _rests(line: Line) -> Iterator[str]:
    """What may be left of words: those of consonants alone inside a sentence, no unit or sign alone in a cell."""
    for text in [line.text[part.start : part.end] for part in line.cells] or [line.text]:
        for hit in _CONSONANTS.finditer(text):
            word, inside = hit.group(), _WORD_BEFORE.search(text[: hit.start()]) and _WORD_BEHIND.match(text, hit.end())
            if inside and word.islower() and word not in UNITS:
                yield word


def _are_of_words(places: _Places, found: Counter[str], least: int) -> bool:
    """Whether words of consonants are enough different ones, and most are words of the language that lack letters."""
    told = [rest for rest in found if places.best(rest)[1] >= RARE]
    if len(told) < least or sum(len(rest) > 1 for rest in told) < least // 2:
        return False
    return sum(found[rest] for rest in told) >= TOLD * found.total()


def _has_marks(texts: Sequence[str]) -> bool:
    """Whether a text was read as Vietnamese: another reader leaves rests of words too."""
    letters = sum(len(LETTER.findall(text)) for text in texts)
    return sum(len(VIETNAMESE_LETTER.findall(text)) for text in texts) >= MARKED * letters


class _Places:
    """Where the letters that a text lost may have stood in what is left of its words."""

    def __init__(self, model: RestorationModel, lost: frozenset[str]) -> None:
        """`lost` are the letters that may be missing."""
        self._model = model
        self._lost = lost
        self._found: dict[str, tuple[str, float]] = {}

    def is_whole(self, word: str) -> bool:
        """Whether a word needs no letter."""
        folded = modern(word.lower())
        return folded in inventory() and self._model.unigram_of(folded) >= RARE

    def best(self, word: str) -> tuple[str, float]:
        """What is left of a word with signs for its letters where they likeliest stood, and how common that is."""
        if word not in self._found:
            commonness: dict[str, float] = defaultdict(float)
            for pattern, letters, unigram in _by_rest(self._model).get(modern(word.lower()), ()):
                if self._lost.issuperset(letters):
                    commonness[pattern] += unigram
            pattern = max(commonness, key=lambda one: commonness[one], default="")
            kept = iter(word)
            signed = "".join(SIGN if char == SIGN else next(kept, "") for char in pattern)
            self._found[word] = signed, commonness.get(pattern, 0.0)
        return self._found[word]

    def joins(self, one: str, gap: str, two: str) -> bool:
        """Whether two pieces are a word whose letters between them left spaces."""
        if (self.is_whole(one) and self.is_whole(two)) or not (two.islower() or (one + two).isupper()):
            return False
        signed, commonness = self.best(one + two)
        return signed == one + SIGN * len(gap) + two and commonness >= RARE


def _pairs(text: str) -> Iterator[tuple[str, str, str]]:
    """Words that follow each other with spaces between them, and the spaces."""
    for one, two in zip(found := list(_WORD.finditer(text)), found[1:], strict=False):
        gap = text[one.end() : two.start()]
        if _is_gap(gap, text, two):
            yield one.group(), gap, two.group()


def _is_gap(gap: str, text: str, after: re.Match[str]) -> bool:
    """Whether spaces may be letters between two pieces: the second has not lost its own last one ("khu ch  xuất")."""
    return 0 < len(gap) <= MOST and not gap.strip(" ") and not _ENDLESS.match(text, after.end())


def _with_places(line: Line, places: _Places, spaced: bool) -> Line:
    text = line.text
    found = list(_WORD.finditer(text))
    cell_at = {n: part.cell for part in line.cells for n in range(part.start, part.end)}
    cells = {(part.start, part.end) for part in line.cells}
    chars: list[tuple[str, int]] = []
    end = at = 0
    while at < len(found):
        first, last = found[at], found[at]
        signed = ""
        if spaced and at + 1 < len(found):
            gap = text[first.end() : found[at + 1].start()]
            pair = first.group(), gap, found[at + 1].group()
            same = cell_at.get(first.start()) == cell_at.get(found[at + 1].start())
            if same and _is_gap(gap, text, found[at + 1]) and places.joins(*pair):
                last = found[at + 1]
                signed = pair[0] + SIGN * len(gap) + pair[2]
        lacks = not signed and not places.is_whole(first.group()) and _may_lack(text, first)
        if lacks and not (first.span() in cells and _CONSONANTS.fullmatch(first.group())):  # "km" and "x" alone in one
            signed, commonness = places.best(first.group())
            signed = signed if commonness >= RARE else ""
        chars += [(text[n], n) for n in range(end, first.start())]
        chars += (
            _signed(signed, text, first.start(), last.end()) if signed else [(text[n], n) for n in range(*first.span())]
        )
        end = last.end() if signed else first.end()
        at += 1 + (last is not first)
    chars += [(text[n], n) for n in range(end, len(text))]
    if len(chars) == len(text) and all(char == text[n] for char, n in chars):
        return line
    origin = tuple(line.origin[n] if line.origin else n for _, n in chars)
    place = [bisect_left(chars, n, key=lambda one: one[1]) for n in range(len(text))] + [len(chars)]
    moved = tuple(CellSpan(place[part.start], place[part.end], part.cell) for part in line.cells)
    return replace(line, text="".join(char for char, _ in chars), origin=origin, words=(), cells=moved)


def _may_lack(text: str, word: re.Match[str]) -> bool:
    """Whether a word that is none may be what is left of one: no unit or sign, no short form in capitals."""
    if _CONSONANTS.match(text, word.start()):
        return not (word.group().isupper() and len(word.group()) > 1)
    return bool(_VOWEL.search(word.group())) and text[word.end() : word.end() + 1] not in (")", ".", "/")


def _signed(signed: str, text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The characters of a word with signs, each with the place in the text that it stands for."""
    at = start
    for char in signed:
        yield char, min(at, end - 1)
        if char != SIGN or (at < len(text) and text[at] == " "):
            at += 1


def _lost(model: RestorationModel, texts: Sequence[str]) -> frozenset[str]:
    """The letters that a text of its length should have and does not."""
    count = sum(len(_WORD.findall(text)) for text in texts)
    there = set("".join(texts).lower())
    rates = _rates(model)
    return frozenset(letter for letter, rate in rates.items() if letter not in there and rate * count >= EXPECTED)


@cache
def _rates(model: RestorationModel) -> dict[str, float]:
    """How often each letter that is not plain stands in a word."""
    rates: dict[str, float] = defaultdict(float)
    for word, unigram in zip(model.words[len(CLASSES) :], model.unigrams[len(CLASSES) :].tolist(), strict=True):
        for letter in word:
            if not letter.isascii():
                rates[letter] += unigram
    return dict(rates)


@cache
def _by_rest(model: RestorationModel) -> dict[str, list[tuple[str, str, float]]]:
    """What is left of syllables without some of their letters: where these stood, what they were, how common it is."""
    out: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for word, unigram in zip(model.words[len(CLASSES) :], model.unigrams[len(CLASSES) :].tolist(), strict=True):
        marked = [at for at, letter in enumerate(word) if not letter.isascii()] if word in inventory() else []
        for size in range(1, min(len(marked), MOST) + 1):
            for gone in combinations(marked, size):
                pattern = "".join(SIGN if at in gone else letter for at, letter in enumerate(word))
                rest = pattern.replace(SIGN, "")
                if rest:
                    out[rest].append((pattern, "".join(word[at] for at in gone), unigram))
    return out
