"""Whether a text is Vietnamese as it was written: judged by its letters, then by its syllables.

Letters that only Vietnamese has are 21 to 24 % of the letters of a plan, at least 18.8 % where a page was read with
the right language, and none where it was read with the wrong one. What has too few of them is Vietnamese without its
accents when most of its words are Vietnamese syllables once all accents are taken off, and another language if not.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Page
from pipeline.errors import Notice, notice
from pipeline.language.letters import LETTER, VIETNAMESE_LETTER, WORD
from pipeline.language.normal import nfc
from pipeline.language.syllables import share_of_syllables

LETTERS = 200  # fewer letters than this say nothing
SHARE = 0.10  # of the letters: below it the accents are gone
SYLLABLES = 0.5  # of the words: below it the language is another one


def judge(pages: Sequence[Page]) -> tuple[Notice, ...]:
    """W202 or W203 for each page that is not right Vietnamese; once, for the document, when all pages say the same."""
    texts = [" ".join(line.text for line in page.lines if line.furniture is None) for page in pages]
    sized = pages[0].height is not None if pages else False
    verdicts = [_verdict(text) for text in texts]
    if not sized or all(verdict is None for verdict in verdicts):
        whole = _verdict(" ".join(texts))
        return (notice(whole),) if whole else ()
    said = [verdict for verdict, text in zip(verdicts, texts, strict=True) if verdict or _letters(text) >= LETTERS]
    if said[0] and len(set(said)) == 1:
        return (notice(said[0]),)
    return tuple(notice(code, page.number) for code, page in zip(verdicts, pages, strict=True) if code)


def _letters(text: str) -> int:
    return len(LETTER.findall(text))


def _verdict(text: str) -> str | None:
    own = len(VIETNAMESE_LETTER.findall(text))
    if own >= SHARE * len(text):  # letters are no more than characters: most pages are done here
        return None
    letters = _letters(text)
    if letters < LETTERS or own >= SHARE * letters:
        return None
    return "W202" if syllable_share(text) >= SYLLABLES else "W203"


def syllable_share(text: str) -> float:
    """The share of words that are Vietnamese syllables when their accents are taken off."""
    return share_of_syllables(WORD.findall(nfc(text)))
