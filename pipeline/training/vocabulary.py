"""The vocabulary of the model: its words, the letter case of each, and texts as ids of words."""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pipeline.language.syllables import inventory
from pipeline.language.tones import modern
from pipeline.restore.tokens import BOUNDARY, CLASSES, STOP, UNKNOWN, words
from pipeline.training.ngrams import Ids

SYLLABLE = 3  # times a syllable that can be written must have been
OTHER = 40  # times any other word must have been: abbreviations, units, loans, frequent foreign names
LONGEST = 12  # letters
KEPT_ASIDE = 500  # one paragraph in so many is never learnt from: settings are chosen on these

_WORD = re.compile(r"[^\W\d_]+|[.?!…]")


@dataclass(frozen=True)
class Vocabulary:
    """Words by id, the word classes first, and for each the shares of its three forms inside a sentence.

    `forms` has a row for each word and columns for small, capitalised and all capitals.
    """

    words: tuple[str, ...]
    forms: NDArray[np.float32]  # [word, form]: lower case, Title, UPPER


def learnt(paragraphs: Iterable[str]) -> Iterator[str]:
    """Choose the paragraphs that the model learns from."""
    return (text for text in paragraphs if zlib.crc32(text.encode()) % KEPT_ASIDE)


def count(paragraphs: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Count words as they are written.

    Returns:
        How often each stands in the text, and how often where no sentence begins and the paragraph is not in capitals.
    """
    everywhere: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for text in paragraphs:
        found = _WORD.findall(text)
        everywhere.update(found)
        if text.isupper():
            continue
        inside.update(word for before, word in zip(found, found[1:], strict=False) if before not in ".?!…")
    return everywhere, inside


def vocabulary(everywhere: Counter[str], inside: Counter[str], known: Iterable[str] = ()) -> Vocabulary:
    """Choose the words that are frequent enough, in alphabetical order after the classes.

    Args:
        everywhere: how often each word, as it is written, stands in the texts.
        inside: how often where no sentence begins.
        known: words that are chosen however rare they are.
    """
    totals: Counter[str] = Counter()
    for word, times in everywhere.items():
        totals[modern(word.lower())] += times
    spelt = inventory()
    chosen = {word for word, times in totals.items() if times >= (SYLLABLE if word in spelt else OTHER)}
    chosen |= {modern(word.lower()) for word in known}
    listed = (*CLASSES, *sorted(word for word in chosen if word.isalpha() and len(word) <= LONGEST))
    ids = {word: at for at, word in enumerate(listed)}
    forms = np.tile(np.array([4.5, 0.45, 0.05], np.float64), (len(listed), 1))
    for word, times in inside.items():
        at = ids.get(modern(word.lower()))
        if at is not None and at >= len(CLASSES):
            forms[at, _form(word)] += times
    return Vocabulary(listed, (forms / forms.sum(axis=1, keepdims=True)).astype(np.float32))


def _form(word: str) -> int:
    if word.islower():
        return 0
    return 1 if word[1:].islower() or len(word) == 1 else 2


def encode(paragraphs: Iterable[str], listed: Sequence[str]) -> Ids:
    """Write a text as ids: a boundary before and after each paragraph; a paragraph that repeats counts once.

    Args:
        paragraphs: the text.
        listed: the words of the vocabulary by id.
    """
    ids = {word: at for at, word in enumerate(listed)}
    unknown, boundary = ids[UNKNOWN], ids[BOUNDARY]
    stop = ids[STOP]
    running = array("H", [boundary])
    seen: set[bytes] = set()
    for text in paragraphs:
        line = array("H", [ids.get(word, unknown) for word in words(text)])
        digest = blake2b(line.tobytes(), digest_size=8).digest()
        if digest in seen:
            continue
        seen.add(digest)
        while line and line[-1] == stop:  # headings have none, and a line's end says as much
            line.pop()
        running.extend(line)
        running.append(boundary)
    return np.frombuffer(running, dtype=np.uint16)
