"""Restoring a document: the same document in right Vietnamese, mapped to the raw text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import add

from pipeline.document import (
    DOUBTFUL,
    UNCLEAR,
    CellSpan,
    Document,
    LanguageVerdict,
    Line,
    Page,
    RestoredToken,
    RestoredWord,
    TextOrigin,
    Word,
)
from pipeline.errors import notice
from pipeline.language.accents import remove_accents
from pipeline.language.syllables import are_one_word, inventory
from pipeline.language.tones import modern, prefers_traditional, traditional
from pipeline.restore.candidates import is_numeral
from pipeline.restore.decode import DIRTY, Decoder
from pipeline.restore.line_condition import judge_pages
from pipeline.restore.lists.signs import has_confidence, signs_of_lists
from pipeline.restore.lost.digits import digits
from pipeline.restore.lost.letters import with_letters_gone
from pipeline.restore.lost.unsigned import with_places
from pipeline.restore.lost.words import letters
from pipeline.restore.model import load
from pipeline.restore.names.bodies import body_names
from pipeline.restore.proper_names import is_place, recurring
from pipeline.restore.readings import LineCondition, RestoredReading
from pipeline.restore.scan_figures import HEAD, is_head, known_forms, misread, quarters, with_figures
from pipeline.restore.scan_markers import brackets
from pipeline.restore.undecoded.conversion import converted
from pipeline.restore.undecoded.lost_letters import SIGN, spelt_like, standing
from pipeline.restore.unmarked.short_forms import in_symbols, with_strokes
from pipeline.settings import Settings

# Probability from which a word of a right line is changed, in clean and in dirty text; and the same for a capitalised
# word inside a sentence: names are rarer than the words like them.
SURE = (0.9, 0.5)
SURE_NAME = (0.97, 0.9)
SURE_AGAIN = 0.999  # the same for a name that was read so more than once, unless a known place is made of it
SHORT = 0.8  # share of unknown short forms that are right once the strokes of their Đs are put back
SAMPLE = 300  # lines of a right text from which its noise is estimated
# Slope and shift of the log odds, by which posterior probabilities become shares of right words: fitted on the four
# clean founding plans, typeset, degraded and read with `eng` (misread: 22,037 words), and without their marks.
CALIBRATION = {LineCondition.MISREAD: (0.6, 0.2), LineCondition.STRIPPED: (1.05, 0.2)}
_MISREAD_STROKES = re.compile("[HUN]")  # a picture of "II" shows so, nobody types it
_JOINED = re.compile(r"[\d/-]")
LOST = (LineCondition.STRIPPED, LineCondition.MISREAD)


def restore(document: Document, settings: Settings | None = None) -> Document:
    """Restore the text of a document line by line; the raw text stays beside it.

    What is right stays; a word that was surely misread is changed; lines that lost their diacritics or were read as
    another language are read back. Changed words of right lines, doubtful ones of others and words that were read
    unsurely from a picture are the document's `restorations`. Text in an encoding before Unicode is converted (W208).

    Args:
        document: as it was read.
        settings: choices; None for those of the environment.

    Raises:
        ModelError: the restoration model is missing or damaged.
    """
    settings = Settings() if settings is None else settings
    pages, notices = converted(document.pages)
    old_encoding = bool(notices)
    pages = with_places(load(), with_letters_gone(pages))
    kinds = judge_pages(pages)
    right = [
        line.text for page, of in zip(pages, kinds, strict=True) for line in _of_kind(page, of, LineCondition.RIGHT)
    ]
    old = _old_habit(right, settings)
    decoder = Decoder(load(), _noise(right), standing(line.text for page in pages for line in page.lines))
    unsure = decoder.lookup.noise >= DIRTY or any(map(_is_pictured, pages))
    plain = (line.text for page in pages for line in page.lines if not line.cells)  # each cell begins with a capital
    own_names = frozenset(recurring(plain)) if unsure else frozenset()
    restored = []
    words: list[RestoredWord] = []
    lost = [page.number for page, of in zip(pages, kinds, strict=True) if any(kind in LOST for kind in of)]
    first = 1
    signs = signs_of_lists(pages)
    numerals = {at + 1: own for at, own in brackets(line for page in pages for line in page.lines).items()}
    for page, of_page in zip(pages, kinds, strict=True):
        done, said = _page(page, of_page, decoder, old, first, signs, numerals, own_names)
        restored.append(done)
        words += said
        first += len(page.lines)
    # What ingest took for lost is judged anew here, line by line; so is another language that was an old encoding.
    foreign = () if old_encoding else document.language.foreign
    unaccented = (None,) if lost and (len(lost) == len(pages) or not document.has_pages) else tuple(lost)
    language = [*(notice("W203", number) for number in foreign), *(notice("W202", number) for number in unaccented)]
    # What was printed with a box around it is told by its shape: there only what is left of it was lost.
    texts = ((line.text, line.text if line.box else line.raw) for page in pages for line in page.lines)
    lost_letters = sum(max(one.count(SIGN) for one in line) for line in texts)
    if lost_letters:
        notices = [*notices, notice("W237", count=lost_letters)]
    return replace(
        document,
        pages=tuple(restored),
        notices=(*document.notices, *language, *notices),
        language=LanguageVerdict(unaccented, foreign),
        restorations=tuple(words),
    )


def _of_kind(page: Page, kinds: Sequence[LineCondition], kind: LineCondition) -> Iterator[Line]:
    return (line for line, own in zip(page.lines, kinds, strict=True) if own is kind)


def _old_habit(right: Sequence[str], settings: Settings) -> bool:
    """Whether restored words get the older tone placement (hoà): as the setting or the document's right lines say."""
    if settings.tone_placement == "auto":
        return prefers_traditional("\n".join(right))
    return settings.tone_placement == "traditional"


def _noise(right: Sequence[str]) -> float:
    """How much oftener or seldomer letters were misread in right lines than in the pairs the model was learnt from."""
    sample = right[:: max(1, len(right) // SAMPLE)]
    return Decoder(load()).estimate_noise(sample) if sample else 1.0


def _page(
    page: Page,
    kinds: Sequence[LineCondition],
    decoder: Decoder,
    old: bool,
    first: int,
    signs: Mapping[int, RestoredReading],
    numerals: Mapping[int, Sequence[RestoredReading]],
    own_names: frozenset[str],
) -> tuple[Page, list[RestoredWord]]:
    lines: list[Line] = []
    words: list[RestoredWord] = []
    lost = total = 0
    chances: list[float] = []
    begins = frozenset(_begin_cells(page.lines)) if _is_pictured(page) else frozenset()
    decoded = decoder.decode([line.text for line in page.lines], kinds, list(map(_wrong, page.lines)), begins)
    bodies = body_names(page.lines) if page.text_origin is TextOrigin.OCR else {}
    for number, (line, kind, readings) in enumerate(zip(page.lines, kinds, decoded, strict=True), first):
        pictured = _is_pictured(page) or has_confidence(line)
        dirty = decoder.lookup.noise >= DIRTY or pictured
        kept = list(_kept(line.text, kind, readings, old, dirty, own_names))
        typed = quarters(line) if kind is LineCondition.RIGHT else ()
        own = tuple(one for one in typed if not _MISREAD_STROKES.search(line.text[one.start : one.end]))
        if not pictured and kind is not LineCondition.MISREAD:
            own = (*own, *digits(line.text), *letters(decoder.model, line.text))
        if kind is LineCondition.STRIPPED:
            own = (*own, *in_symbols(line.text))
        if pictured:
            kept = list(with_figures(line, kept, number <= HEAD and is_head(line)))
            above = page.lines[number - first - 1].text if number > first else ""
            forms = known_forms(line, above, number <= HEAD)
            own = (*forms, *bodies.get(number - first, ()), *numerals.get(number, ()))
        for known in own:
            kept = [one for one in kept if one.end <= known.start or one.start >= known.end]
            kept = sorted([*kept, known], key=lambda one: one.start)
        sign = signs.get(number)
        if sign is not None:
            kept = [sign, *(reading for reading in kept if reading.start >= sign.end)]
        if pictured:
            words += _unclear(line, kept, number, page.number)
        lines.append(_rewritten(line, kept))
        words += _said(line.text, kind, kept, number, page.number)
        total += kind is not LineCondition.FOREIGN
        lost += kind in LOST
        if kind in LOST:
            chances += [reading.probability for reading in kept]
    if lost <= total / 2:
        return replace(page, lines=tuple(lines)), words
    mean = reduce(add, chances) / len(chances) if chances else None  # sum() rounds otherwise since Python 3.12
    origin = TextOrigin.RESTORED_LAYER
    reason = "stripped of its marks" if LineCondition.STRIPPED in kinds else "read as another language"
    return replace(page, lines=tuple(lines), text_origin=origin, reason=reason, confidence=mean), words


def _is_pictured(page: Page) -> bool:
    return page.text_origin is TextOrigin.OCR


def _begin_cells(lines: Sequence[Line]) -> Iterator[int]:
    """The lines of a cell that stand in another than the one before: what a cell says is not continued by the next."""
    for at, (before, line) in enumerate(pairwise(lines), start=1):
        one, other = ((own.table, {part.cell for part in own.cells}) for own in (before, line))
        if one != other and line.table is not None:
            yield at


def _wrong(line: Line) -> list[float]:
    """For each character the chance that its word was misread, as the confidence of its reader says."""
    if not any(word.confidence is not None for word in line.words):
        return []
    out = [0.0] * len(line.text)
    for word in line.words:
        if word.confidence is not None:
            out[word.start : word.end] = [misread(word.confidence)] * (word.end - word.start)
    return out


def _kept(
    text: str,
    kind: LineCondition,
    readings: Sequence[RestoredReading],
    old: bool,
    dirty: bool,
    own_names: frozenset[str],
) -> Iterator[RestoredReading]:
    """The readings that are written: in a right line only what is sure, else the word as it stands."""
    for at, reading in enumerate(readings):
        raw = text[reading.start : reading.end]
        if SIGN in raw:
            yield replace(reading, text=spelt_like(reading.text, raw))
        elif kind in LOST:
            written = traditional(reading.text) if old else reading.text
            if raw.isdigit() and not written.isdigit() and reading.probability < SURE[0]:
                yield replace(reading, text=raw, probability=1 - reading.probability, runner_up=written)
            elif kind is LineCondition.STRIPPED and written == raw != (short := with_strokes(load(), raw)):
                yield replace(reading, text=short, probability=SHORT, runner_up=raw)
            else:
                sure = calibrated(reading.probability, kind)
                yield RestoredReading(reading.start, reading.end, written, sure, reading.runner_up)
        elif are_one_word(reading.text.lower(), raw.lower()):
            if dirty:
                yield replace(reading, text=_cased(text, readings, at))
            else:  # without another word in sight there is nothing to doubt
                yield replace(reading, text=raw, probability=reading.probability if reading.runner_up else 1.0)
        elif (
            (is_numeral(reading.text) and raw != reading.text)
            or (_is_name(text, reading.start) and modern(raw.lower()) in inventory() and not dirty)
            or (raw in own_names and not _is_known(text, readings, at) and reading.probability < SURE_AGAIN)
        ):  # what numeral it is its strokes say, no neighbours; names are rare
            yield replace(reading, text=raw, probability=1 - reading.probability, runner_up=reading.text)
        elif reading.probability >= (SURE_NAME if _is_name(text, reading.start, dirty) else SURE)[dirty]:
            mended = traditional(reading.text) if old else reading.text
            if raw[0].isupper():
                mended = mended[0].upper() + mended[1:]
            yield replace(reading, text=mended, runner_up=raw)
        else:
            yield replace(reading, text=raw, probability=1 - reading.probability, runner_up=reading.text)


def _is_known(text: str, readings: Sequence[RestoredReading], at: int) -> bool:
    """Whether a mended word makes the name of a place with the word before it or behind it."""
    before, mended, after = readings[max(at - 1, 0) : at], readings[at].text, readings[at + 1 : at + 2]
    pairs = [(text[one.start : one.end], mended) for one in before] + [
        (mended, text[one.start : one.end]) for one in after
    ]
    return any(map(is_place, pairs))


def calibrated(probability: float, kind: LineCondition) -> float:
    """The share of readings of a posterior probability that were right on the pages it was measured on.

    Args:
        probability: the posterior, 0 to 1.
        kind: the condition of the line.
    """
    slope, shift = CALIBRATION.get(kind, (1.0, 0.0))
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return 1 / (1 + math.exp(-slope * math.log(bounded / (1 - bounded)) - shift))


def _cased(text: str, readings: Sequence[RestoredReading], at: int) -> str:
    """A syllable with capitals where no hand puts them ("vỆ", one "SỐ" among small letters), in small letters."""
    start, end = readings[at].start, readings[at].end
    raw = text[start:end]
    if (
        raw.islower()
        or raw.istitle()
        or len(raw) < 2
        or modern(raw.lower()) not in inventory()
        or remove_accents(raw) == raw
    ):
        return raw
    if _JOINED.search(text[max(start - 1, 0) : start] + text[end : end + 1]):
        return raw
    if not raw.isupper():
        return raw.capitalize() if raw[0].isupper() and raw[1].islower() else raw.lower()
    # Only letters whose capital is a larger small letter are taken for it.
    before = [text[one.start : one.end] for one in readings[max(at - 1, 0) : at]]
    after = [text[one.start : one.end] for one in readings[at + 1 : at + 2]]
    small = bool(before) and all(word.islower() for word in (*before, *after))
    return raw.lower() if small and set(remove_accents(raw)) <= set("COSUVXZ") else raw


def _is_name(text: str, start: int, dirty: bool = False) -> bool:
    """Whether a word is capitalised where no sentence begins, nor, in dirty text, a part of a list ("; Tô chức")."""
    return (
        text[start].isupper()
        and not text.isupper()
        and text[:start].rstrip(' "“(')[-1:] not in ("", ".", "-", ":", "+", ";" if dirty else "")
    )


def _said(
    text: str, kind: LineCondition, readings: Sequence[RestoredReading], line: int, page: int
) -> Iterator[RestoredWord]:
    """What a reader should compare with the page."""
    for reading in readings:
        raw = text[reading.start : reading.end]
        if kind is LineCondition.RIGHT and reading.text != raw:
            other = reading.runner_up if SIGN in raw and reading.probability < DOUBTFUL else None
            yield RestoredWord(page, line, raw, reading.text, round(reading.probability, 3), other)
        elif reading.probability < DOUBTFUL and kind in LOST:
            other = reading.runner_up or reading.text
            if other.lower() != reading.text.lower():
                yield RestoredWord(page, line, raw, reading.text, round(reading.probability, 3), other)


def _unclear(line: Line, readings: Sequence[RestoredReading], number: int, page: int) -> Iterator[RestoredWord]:
    """The words of a line read from a picture that its reader was not sure of, and nothing better is known for."""
    for reading in readings:
        read = line.text[reading.start : reading.end]
        if reading.probability < UNCLEAR and reading.text == read:
            yield RestoredWord(page, number, read, read, round(reading.probability, 3), reading.runner_up)


def _raw_span(line: Line, start: int, end: int) -> tuple[int, int]:
    """Where the characters of `line.text[start:end]` stand in the raw line, with the marks that were composed."""
    if not line.origin:
        return start, end
    if start == end:
        return line.origin[start], line.origin[start]
    last = line.origin[end - 1] + 1
    limit = line.origin[end] if end < len(line.origin) else len(line.raw)
    while last < limit and (line.raw[last].isalnum() or unicodedata.combining(line.raw[last])):
        last += 1
    return line.origin[start], last


def _rewritten(line: Line, readings: Sequence[RestoredReading]) -> Line:
    """The line with its words read back, every map with it."""
    if not readings:
        return line
    out: list[str] = []
    source: list[int] = []  # for each new character, the index in the old text
    tokens: list[RestoredToken] = []
    place = list(range(len(line.text) + 1))  # for each old index, the new one
    end = length = 0
    for reading in readings:
        out.append(line.text[end : reading.start])
        source.extend(range(end, reading.start))
        place[end : reading.start + 1] = range(length, length + reading.start + 1 - end)
        length += reading.start - end
        size = reading.end - reading.start
        if size == len(reading.text):
            place[reading.start : reading.end] = range(length, length + size)
            source.extend(range(reading.start, reading.end))
        else:
            for at in range(size):
                place[reading.start + at] = length + at * len(reading.text) // size
            source.extend(reading.start + at * size // len(reading.text) for at in range(len(reading.text)))
        raw = _raw_span(line, reading.start, reading.end)
        token = RestoredToken(length, length + len(reading.text), *raw, reading.probability, reading.runner_up)
        tokens.append(token)
        out.append(reading.text)
        length += len(reading.text)
        end = reading.end
        place[end] = length
    out.append(line.text[end:])
    source.extend(range(end, len(line.text)))
    for at in range(end, len(line.text) + 1):
        place[at] = length + at - end
    text = "".join(out)
    if text == line.text:
        return replace(line, tokens=tuple(tokens))
    origin = tuple(line.origin[at] for at in source) if line.origin else tuple(source)
    words = tuple(Word(place[word.start], place[word.end], word.box) for word in line.words)
    cells = tuple(CellSpan(place[part.start], place[part.end], part.cell) for part in line.cells)
    return replace(line, text=text, origin=origin, words=words, cells=cells, tokens=tuple(tokens))
