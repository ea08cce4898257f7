"""Whether a text is Vietnamese as it was written: judged by its letters, then by its syllables.

Letters that only Vietnamese has are 21 to 24 % of the letters of a plan, at least 18.8 % where a page was read with
the right language, and none where it was read with the wrong one. What has too few of them is Vietnamese without its
accents when most of its words are Vietnamese syllables once all accents are taken off, and another language if not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.document import Page
from pipeline.errors import Notice, notice
from pipeline.language.letters import VIETNAMESE_LETTER

LETTERS = 200  # fewer letters than this say nothing
SHARE = 0.10  # of the letters: below it the accents are gone
SYLLABLES = 0.5  # of the words: below it the language is another one

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
# A written syllable without accents: onset, then rhyme (the orthography of the 1980 joint regulation).
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|kh|gh|gi|ch|th|tr|ph|qu|[bcdghklmnprstvx])?"
    r"(?:uye[nt]|uy(?:nh|ch|a|u|t|p)?|ie(?:ng|c|m|n|p|t|u)|ye(?:ng|m|n|t|u)|uo(?:ng|c|i|m|n|p|t|u)|oa(?:ng|nh|ch|c|i|m|n|o|p|t|y)?"
    r"|oe(?:n|o|t)?|ua(?:ng|n|t|y)?|ue(?:nh|ch|u)?|oo(?:ng|c)|a(?:ng|nh|ch|c|i|m|n|o|p|t|u|y)?|e(?:ng|nh|ch|c|m|n|o|p|t|u)?"
    r"|i(?:nh|ch|a|m|n|p|t|u)?|o(?:ng|c|i|m|n|p|t)?|u(?:ng|c|i|m|n|p|t|u)?|y)"
)


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
    return len(_LETTER.findall(text))


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
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    words = _WORD.findall("".join(char for char in bare if not unicodedata.combining(char)))
    if not words:
        return 0.0
    return sum(bool(_SYLLABLE.fullmatch(word)) for word in words) / len(words)
