"""Checking that a text is Vietnamese with its diacritics, by its letters, then by its syllables.

Letters that only Vietnamese has are 21 to 24 % of the letters of a plan, at least 18.8 % where a page was read with the
right language, and none where it was read with the wrong one. What has too few of them is Vietnamese without its
accents when most of its words are Vietnamese syllables once all accents are taken off, and another language if not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

from pipeline.document import LanguageVerdict, Page
from pipeline.language.accents import remove_accents
from pipeline.language.letters import LETTER, VIETNAMESE_LETTER, WORD
from pipeline.language.syllables import has_syllable_shape

LETTERS = 200  # fewer letters than this say nothing
SHARE = 0.10  # of the letters: below it the accents are gone
SYLLABLES = 0.5  # of the words: below it the language is another one

LogPerplexity = Callable[[Sequence[str]], float | None]  # mean nats a word; None where there is too little to tell


class _Wrong(Enum):
    """What a text is that is not right Vietnamese."""

    UNACCENTED = auto()
    FOREIGN = auto()


def judge(pages: Sequence[Page]) -> LanguageVerdict:
    """Find the pages that are not right Vietnamese; all alike where all that have enough letters are of one kind."""
    texts = [" ".join(line.text for line in page.lines if line.furniture is None) for page in pages]
    sized = pages[0].height is not None if pages else False
    found = [_verdict(text) for text in texts]
    if not sized or not any(found):
        return _of([(None, _verdict(" ".join(texts)))])
    telling = [wrong for wrong, text in zip(found, texts, strict=True) if wrong or _letters(text) >= LETTERS]
    if telling[0] and len(set(telling)) == 1:
        return _of([(None, telling[0])])
    return _of([(page.number, wrong) for page, wrong in zip(pages, found, strict=True)])


def _of(found: Sequence[tuple[int | None, _Wrong | None]]) -> LanguageVerdict:
    unaccented, foreign = (
        tuple(page for page, wrong in found if wrong is kind) for kind in (_Wrong.UNACCENTED, _Wrong.FOREIGN)
    )
    return LanguageVerdict(unaccented, foreign)


def _letters(text: str) -> int:
    return len(LETTER.findall(text))


def _verdict(text: str) -> _Wrong | None:
    own = len(VIETNAMESE_LETTER.findall(text))
    if own >= SHARE * len(text):  # letters are no more than characters: most pages are done here
        return None
    letters = _letters(text)
    if letters < LETTERS or own >= SHARE * letters:
        return None
    return _Wrong.UNACCENTED if syllable_share(text) >= SYLLABLES else _Wrong.FOREIGN


def syllable_share(text: str) -> float:
    """The share of words that have the shape of a Vietnamese syllable; 0.0 where there are none."""
    words = WORD.findall(" ".join(map(remove_accents, text.lower().split())))
    return sum(map(has_syllable_shape, words)) / max(len(words), 1)
