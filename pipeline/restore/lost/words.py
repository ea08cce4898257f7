"""Words of typed lines in which a digit stands for a letter: "Chỉ đạ0", "1ãnh đạo", "quản 1ý"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.language.syllables import inventory
from pipeline.language.tones import modern
from pipeline.restore.model import RestorationModel
from pipeline.restore.readings import RestoredReading
from pipeline.restore.tokens import BOUNDARY, NUMBER, UNKNOWN

LIKELY = 0.9  # the probability of a word once the digit in it is taken for the letter that it looks like
FIT = 8.0  # how much likelier (log) a word must be than a number and a word ("1 ô đất")
FIT_AT_END = 7.0  # the same for a word without its last letter, and with a number or the mark of a footnote ("chế độ1")
SHORTEST = 3  # characters of a word all of whose letters are plain

# A word with those beside it; the digit at its beginning, within it or at its end.
_WITH_DIGIT = re.compile(
    r"(?<![\w./,-])(?:(?P<before>[^\W\d_]+) )?(?<![\w./,-])"
    r"(?P<word>[01][^\W\d_]+|[^\W\d_]+[01][^\W\d_]*)(?![\w/]|[.,-]\w)(?= (?P<after>[^\W\d_]+))?"
)


def letters(model: RestorationModel, line: str) -> Iterator[RestoredReading]:
    """Find the words of a line that have one digit for a letter.

    Args:
        model: it says what is likely between two words.
        line: a typed line.
    """
    if "0" not in line and "1" not in line:
        return
    for match in _WITH_DIGIT.finditer(line):
        raw = match["word"]
        text = _spelt(raw)
        if text is None or (raw.isascii() and (len(raw) < SHORTEST or raw.isupper())):
            continue
        if not _fits(model, (match["before"], match["after"]), text, raw):
            continue
        yield RestoredReading(*match.span("word"), text, LIKELY, raw)


def _spelt(raw: str) -> str | None:
    """A word with a letter for its digit; None where that is no syllable."""
    at = next(at for at, char in enumerate(raw) if char.isdigit())
    capital = raw.isupper() and len(raw) > 2
    letter = "o" if raw[at] == "0" else "l" if at == 0 else "i"
    text = raw[:at] + (letter.upper() if capital else letter) + raw[at + 1 :]
    return text if modern(text.lower()) in inventory() else None


def _fits(model: RestorationModel, around: tuple[str | None, str | None], word: str, raw: str) -> bool:
    """Whether a word is likelier between two others than what its digit leaves, with a number or a footnote's mark.

    "1 ô đất", "chế độ1": where what is left is no syllable nothing else is likely.
    """
    rest = raw.strip("01")
    if modern(rest.lower()) not in inventory() or raw[0] == "0":
        return True
    if raw.isascii() and not raw[0].isdigit():
        return False  # "khu1", "ca0"
    before, after = ([one] if one else [] for one in around)
    others, fit = ([[NUMBER, rest]], FIT) if raw[0].isdigit() else ([[rest, NUMBER], [rest]], FIT_AT_END)
    likeliest = max(_likelihood(model, [*before, *other, *after]) for other in others)
    return _likelihood(model, [*before, word, *after]) > fit + likeliest


def _likelihood(model: RestorationModel, words: Sequence[str]) -> float:
    ids = [model.ids.get(modern(word.lower()), model.ids[UNKNOWN]) for word in words]
    return float(model.trie.score(np.array(ids, np.uint16), model.ids[BOUNDARY]).sum())
