"""Syllables, the unit Vietnamese is written in: a tokenizer for spaCy and a plain view of a passage for matching."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.extract.agencies.endings import JOINS, endings
from pipeline.extract.agencies.lexicon import abbreviation, is_sector_abbreviation, sector_of, shortened
from pipeline.language.folding import fold

# Numbers with their separators; abbreviations joined by & , or - ("VH,TT&DL"); syllables; any other sign by itself.
TOKEN = re.compile(
    r"\d+(?:[.,/]\d+)*"
    r"|T[Pp]\.|TX\."
    r"|[A-ZĐ]{2,}(?:(?:, ?| ?& ?|-|v| và )[A-ZĐ]{2,})+(?![^\W\d_])"
    r"|[^\W\d_]+(?:[&'’][^\W\d_]+)*"
    r"|[^\s\w]|_"
    r"|\w+"
)


LONGEST_BEHIND = 24  # characters behind an abbreviation that tell what it stands for
_LISTED = re.compile(r",|[^\s,]+")


class SyllableTokenizer:
    """Splits text into syllables, numbers and punctuation; whitespace is kept so that `doc.text` is the text."""

    def __init__(self, vocab: Vocab) -> None:
        """A tokenizer over `vocab`."""
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of `text`."""
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for match in TOKEN.finditer(text):
            start = match.start()
            gap = text[at:start]
            if words and gap.startswith(" "):
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                words.append(gap)
                spaces.append(False)
            words.append(match.group())
            spaces.append(False)
            at = match.end()
        if at < len(text):
            words.append(text[at:])
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: object, **kwargs: object) -> None:
        """Nothing to write: the tokenizer has no state."""

    def from_disk(self, path: object, **kwargs: object) -> SyllableTokenizer:
        """Nothing to read."""
        return self

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing to write."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> SyllableTokenizer:
        """Nothing to read."""
        return self


@spacy.registry.tokenizers("kehoach.syllables.v1")
def create_tokenizer() -> Callable[[spacy.Language], SyllableTokenizer]:
    """The factory that spaCy's configuration names."""
    return lambda nlp: SyllableTokenizer(nlp.vocab)


class Syllable(NamedTuple):
    """One syllable or punctuation mark; an abbreviation gives several with the same place ("UBND").

    `low` is it folded, `word` as it is written in full, `capital` whether it begins with a capital.
    """

    low: str
    word: str  # as it goes into a full name
    start: int
    end: int
    capital: bool


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The places of the tokens; "KBNN, UBND" is a list of two, "VH,TT&DL" and "NN và PTNT" one name."""
    for match in TOKEN.finditer(text):
        word, at = match.group(), match.start()
        if (
            ("," in word or " " in word)
            and word[0].isalpha()
            and sector_of(word, True) is None
            and sector_of(word, False) is None
        ):
            yield from ((at + part.start(), at + part.end()) for part in _LISTED.finditer(word))
        else:
            yield at, at + len(word)


def spelled_out(text: str) -> list[Syllable]:
    """Split a text into syllables, abbreviations of agencies written out."""
    low = fold(text)
    shouted = text.isupper()  # then a capital says nothing
    out: list[Syllable] = []
    short = shortened()
    after_kind = False  # behind "Sở" or "Bộ" a sector may be abbreviated
    listed = False  # … and in the list that begins there: "các sở: Nội vụ, KH&ĐT"
    for start, end in _spans(text):
        word = text[start:end]
        full = None
        if word in short and not text[end : end + 1].isdigit():
            full = abbreviation(word, low[end : end + LONGEST_BEHIND].lstrip())
        if full is None and len(word) > 1 and (after_kind or word[0] in "SB" and is_sector_abbreviation(word)):
            full = sector_of(word, after_kind)
        elif full is None and listed and len(word) > 2 and word.isupper() and out and out[-1].low in (",", "và", ":"):
            full = sector_of(word, True)
        if full is not None:
            for part in TOKEN.findall(full):
                out.append(Syllable(fold(part), part, start, end, True))
            after_kind = False
            continue
        if word == "&" and low[start - 1 : start] == " ":  # "Sở Nông nghiệp & Môi trường"
            word = "và"
        folded = word if word == "và" else low[start:end]
        small = (shouted or listed) and endings().is_small(folded)
        out.append(Syllable(folded, word, start, end, word[0].isupper() and not (shouted and small)))
        after_kind = folded in ("sở", "bộ", "phòng")
        listed = after_kind or (listed and folded not in (".", ";", "(") and (not small or folded in JOINS))
    return out
