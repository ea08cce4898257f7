"""Accuracy of OCR and restoration against a true text: syllable accuracy, WER and CER.

The benchmarks of scans and of restoration measure with it; no command does.

The syllables are aligned with the least number of edits (no band, no heuristic); characters are compared within what
lies between two syllables that agree.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.language.normal import nfc
from pipeline.language.syllables import PRINTED_SYLLABLE


@dataclass(frozen=True)
class TextScore:
    """Counts over a whole text; the ratios are None for an empty truth.

    `hits` are syllables of the truth that were read right; `characters` and `syllables` count those of the truth.
    """

    syllables: int  # in the truth
    hits: int
    substitutions: int
    deletions: int
    insertions: int
    characters: int  # in the truth, a run of white space as one
    character_errors: int

    @property
    def syllable_accuracy(self) -> float | None:
        """The share of the truth's syllables that were read right in every letter, mark and case."""
        return self.hits / self.syllables if self.syllables else None

    @property
    def wer(self) -> float | None:
        """Word (syllable) error rate: substitutions, deletions and insertions over the truth's syllables."""
        edits = self.substitutions + self.deletions + self.insertions
        return edits / self.syllables if self.syllables else None

    @property
    def cer(self) -> float | None:
        """Character error rate: character edits over the truth's characters."""
        return self.character_errors / self.characters if self.characters else None


def score(truth: str, read: str) -> TextScore:
    """Score a text against the truth; both are put in NFC and white space counts as one space.

    Time grows with the product of both lengths, 64 cells an operation: some seconds for 100,000 syllables.

    Args:
        truth: what is printed.
        read: what was read of it.
    """
    truth, read = _plain(truth), _plain(read)
    wanted, found = list(PRINTED_SYLLABLE.finditer(truth)), list(PRINTED_SYLLABLE.finditer(read))
    hits = alignment([one.group() for one in wanted], [one.group() for one in found])
    substitutions = character_errors = 0
    row = column = truth_at = read_at = 0
    for i, j in [*hits, (len(wanted), len(found))]:
        substitutions += min(i - row, j - column)
        row, column = i + 1, j + 1
        truth_to = wanted[i].start() if i < len(wanted) else len(truth)
        read_to = found[j].start() if j < len(found) else len(read)
        character_errors += distance(truth[truth_at:truth_to], read[read_at:read_to])
        if i < len(wanted) and j < len(found):
            truth_at, read_at = wanted[i].end(), found[j].end()
    return TextScore(
        syllables=len(wanted),
        hits=len(hits),
        substitutions=substitutions,
        deletions=len(wanted) - len(hits) - substitutions,
        insertions=len(found) - len(hits) - substitutions,
        characters=len(truth),
        character_errors=character_errors,
    )


def distance(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """The Levenshtein distance of two sequences."""
    if a == b:
        return 0
    return _distances(b, a)[-1]


def alignment(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The pairs (place in a, place in b) of equal elements in an alignment with the fewest edits (Hirschberg 1975)."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    pairs = [(i, i) for i in range(head)]
    pairs += [(head + i, head + j) for i, j in _middle(a[head : len(a) - tail], b[head : len(b) - tail])]
    return pairs + [(len(a) - i, len(b) - i) for i in range(tail, 0, -1)]


def _middle(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    if not a or not b:
        return []
    if len(a) == 1:
        return [(0, b.index(a[0]))] if a[0] in b else []
    half = len(a) // 2
    before, after = _distances(b, a[:half]), _distances(b[::-1], a[: half - 1 : -1])[::-1]
    cut = min(range(len(b) + 1), key=lambda j: before[j] + after[j])
    second = alignment(a[half:], b[cut:])
    return alignment(a[:half], b[:cut]) + [(half + i, cut + j) for i, j in second]


def _distances(pattern: Sequence[Hashable], text: Sequence[Hashable]) -> list[int]:
    """The Levenshtein distance of `text` to each prefix of `pattern`, the empty one first.

    Myers (1999) in the form of Hyyrö (2003): bit i of `up` and `down` says that the distance grows or falls
    by one from prefix i to prefix i + 1. Python's integers are the machine words, of any length.
    """
    everything = (1 << len(pattern)) - 1
    places: dict[Hashable, int] = {}
    for index, element in enumerate(pattern):
        places[element] = places.get(element, 0) | 1 << index
    up, down = everything, 0
    for element in text:
        same = places.get(element, 0)
        diagonal = ((((same & up) + up) ^ up) | same | down) & everything
        right_up = down | (everything & ~(diagonal | up))
        right_down = up & diagonal
        right_up = (right_up << 1 | 1) & everything
        right_down = (right_down << 1) & everything
        up = right_down | (everything & ~(diagonal | right_up))
        down = right_up & diagonal
    grows, falls = f"{up:0{len(pattern)}b}"[::-1], f"{down:0{len(pattern)}b}"[::-1]
    steps = ((g == "1") - (f == "1") for g, f in zip(grows[: len(pattern)], falls, strict=False))
    return list(accumulate(steps, initial=len(text)))


def _plain(text: str) -> str:
    return " ".join(nfc(text).split())
