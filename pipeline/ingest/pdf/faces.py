"""Whether the letters that a file states for its glyphs make sense, face by face.

A font need not say which letters its glyphs are, or may say it wrongly (PDF 32000-1, 9.10): the page prints well and
reads as rubbish. One face of a page is enough, as where the headings alone are broken. Of the words of 441 real pages
with sound fonts no face has more than 15 % that are no syllables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.document import Line
from pipeline.ingest.language_check import SHARE, LogPerplexity, syllable_share
from pipeline.ingest.lines import glyph_names
from pipeline.ingest.pdf.glyphs import Glyphs
from pipeline.ingest.pdf.pdfium import RawPage
from pipeline.language.letters import VIETNAMESE_LETTER, WORD
from pipeline.language.normal import nfc
from pipeline.language.syllables import inventory
from pipeline.language.tones import modern

WRONG = 0.34  # of the words of a face: more that are no syllables are letters stated wrongly
FEW = 4  # such words: fewer are names and abbreviations
TORN, MOST_TORN = 2, 0.02  # words with signs inside that no word has, and their share of those of a face
KEPT = 0.5  # of the wrong words: fewer are left on the page where another face has letters between
UNSURE = 0.12  # of the words of a page: more that are no syllables are looked at with the language model
MAX_LOG_PERPLEXITY = 6.2  # nats a word; pages of right plans have 1.8 to 5.2, one read as another language 7 and more
ENOUGH = 40  # letters, signs or words: fewer say nothing
MUCH = 200  # letters: fewer can be without accents
ALL = 800  # letters of a page: with so many none of these is missing
EVERYWHERE = frozenset("iuđcghnt")
PLAIN = 0.72  # of the words: those of a page without accents are syllables without them
STRANGE = 6  # signs in runs that stand for no letter
ENGLISH = 0.04  # of the words: a page with more of these is English

_NO_SIGN = "\x01\x03-\x08\x0b\x0c\x0e-\x1f\ufffd\ue000-\uf8ff"  # \x02 is PDFium's hyphen
_STRANGE = re.compile(f"[{_NO_SIGN}]{{2,}}")
# Inside a word: a sign that no word has, a small letter before a capital with a mark, letters of another script.
_SIGN = "\u00a1-\u00a9\u00ac-\u00b1\u00b4-\u00b8\u00bb-\u00bf\u00d7\u00f7\u02c6-\u02dd\u2020-\u2022\u2030`^~"
_TORN = re.compile(
    rf"[^\W\d_][{_NO_SIGN}{_SIGN}]+[^\W\d_]|[\x01-\x08\x0e-\x1f][^\W\d_]|[a-zà-öø-ÿ][À-ÖØ-ÝĐ]|(?![A-Za-z\u00aa-\u024f\u0391-\u03c9\u1e00-\u1eff])[^\W\d_]{{2}}"
)
_ADDRESS = re.compile(r"\S*(?:@|://|www\.|\.(?:vn|com|net|org|gov|html?|aspx|pdf|docx?|xlsx?)\b)\S*", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-ZĐ]{2,8}s?|[A-ZĐ]{1,4}Tg")
_ENGLISH = frozenset({"the", "of", "and", "is", "for", "with", "are", "this"})


def broken_letters(
    raw: RawPage, lay: Callable[[], Sequence[Line]], log_perplexity: LogPerplexity | None = None
) -> str | None:
    """Find what is wrong with the letters of a page.

    Args:
        raw: the page as PDFium gives it.
        lay: gives its lines; called only where something seems wrong.
        log_perplexity: of lines of text under a language model, in nats a word.

    Returns:
        The reason, in words; None where the letters make sense, or there are too few to tell.
    """
    text = raw.glyphs.text[: raw.own]
    if _is_nameless(raw, text):
        return "the file does not say which letters its glyphs are"
    if _is_one_by_one(text):
        laid = "\n".join(line.text for line in lay())  # printers give pages so whose letters are near enough for words
        return "the letters of its words stand apart" if _is_one_by_one(laid) else None
    words = list(_words(text))
    if sum(word.lower() in _ENGLISH for _, word in words) > ENGLISH * len(words):
        return None
    wrong = [at for at, word in words if not is_sound(word)]
    torn, stray = _broken_faces(raw.glyphs, words, wrong, text)
    if torn:
        return f"its letters are stated wrongly: {torn} of its words have signs inside"
    if stray:
        counted, left = sense([line.text for line in lay()])
        if left >= KEPT * stray:
            return f"its letters are stated wrongly: {left} of {counted} words are no syllables"
    return _wrong_letters(text, words, wrong, lay, log_perplexity)


def _is_nameless(raw: RawPage, text: str) -> bool:
    """Whether signs that stand for no letter are in a row, or most of what is printed is blank."""
    known = glyph_names()
    strange = sum(sum(char not in known for char in run) for run in _STRANGE.findall(text))
    if strange >= STRANGE:
        return True
    blank = int((raw.glyphs.run[: raw.own] >= 0).sum()) - sum(map(len, text.split()))
    return blank >= ENOUGH and blank >= 2 * sum(map(str.isalnum, text))


def _is_one_by_one(text: str) -> bool:
    """Whether the file gives most letters one by one, with blanks between."""
    pieces = text.split()
    return 2 * list(map(len, pieces)).count(1) >= max(ENOUGH, len(pieces))


def _words(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text that can be judged, with where they begin: two letters and more, no addresses."""
    text = _ADDRESS.sub(lambda found: " " * len(found.group()), text)
    for piece in re.finditer(r"\S+", text):
        for word in WORD.findall(nfc(piece.group())):
            if len(word) > 1 and not _ABBREVIATION.fullmatch(word):
                yield piece.start(), word


@lru_cache(maxsize=20_000)
def is_sound(word: str) -> bool:
    """Tell whether a word is a syllable that can be written."""
    return modern(word.lower()) in inventory()


def _broken_faces(glyphs: Glyphs, words: Sequence[tuple[int, str]], wrong: Sequence[int], text: str) -> tuple[int, int]:
    """How many words of broken faces have signs inside, and how many are no syllables; 0 where each face is sound."""

    def by_face(places: Iterable[int]) -> Counter[int]:
        runs = glyphs.run
        return Counter(glyphs.runs[runs[at]].face if runs[at] >= 0 else 0 for at in places)

    torn = by_face(found.start() for found in _TORN.finditer(text))
    total, bad = by_face(at for at, _ in words), by_face(wrong)
    return (
        sum(count for face, count in torn.items() if count >= max(TORN, MOST_TORN * total[face])),
        sum(count for face, count in bad.items() if count >= max(FEW, WRONG * total[face])),
    )


def _wrong_letters(
    text: str,
    words: Sequence[tuple[int, str]],
    wrong: Sequence[int],
    lay: Callable[[], Sequence[Line]],
    log_perplexity: LogPerplexity | None,
) -> str | None:
    """What is wrong with letters that make syllables: one for another throughout, or none with an accent."""
    text = nfc(text)
    small = text.lower()
    letters = sum(map(str.isalpha, small))
    if letters >= ALL and (missing := EVERYWHERE.difference(small)):
        return f"it has no letter {', '.join(sorted(missing))}"
    if letters >= MUCH and len(VIETNAMESE_LETTER.findall(text)) < SHARE * letters and syllable_share(text) > PLAIN:
        return "its text has no accents"
    if log_perplexity is None or len(words) < ENOUGH or len(wrong) <= UNSURE * len(words):
        return None
    nats = log_perplexity([line.text for line in lay()])
    return f"its text makes no sense: {nats:.1f} nats a word" if nats and nats > MAX_LOG_PERPLEXITY else None


def sense(lines: Iterable[str]) -> tuple[int, int]:
    """Count the words of lines of text that can be judged, and those of them that no Vietnamese text has."""
    text = "\n".join(lines)
    words = [word for _, word in _words(text)]
    return len(words), max(sum(not is_sound(word) for word in words), len(_TORN.findall(text)))
