"""Correcting numbers, signs and other pieces of scanned pages that the language model cannot judge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from statistics import median

import numpy as np

from pipeline.document import UNCLEAR, Line, Word
from pipeline.knowledge.documents import document_types
from pipeline.language.dates import ISSUE_DATE, YEAR
from pipeline.restore.readings import RestoredReading

# Tesseract's confidence in a word, and the share of such words that were misread: 9,600 words of the three real scans
# 10209597, 10209603 and 10209629.
MISREAD_AT = ((0.3, 0.6), (0.6, 0.3), (0.85, 0.22), (0.9, 0.16), (0.93, 0.054), (0.965, 0.008), (1.0, 0.006))
# Numbers in the lines of the serial and of the date of issue are often written by hand: of the 30 such on 23 scans none
# was read with a confidence above 0.91.
BY_HAND = 0.93
HEAD = 20  # lines of the first page
SURE = 0.9  # confidence of a reader from which a number stays as it was read
ILLEGIBLE = 0.5  # the share of handwritten numbers that are misread
PER_CENT, MARK = 1.66, 0.5  # digits: the width of "%", and of a full stop, comma or bracket
NEAR, FAR = 0.3, 0.4  # digits by which a figure may miss the room it should take, and by which it must where it is none
ALONE = 1 - 1e-9  # the probability of a reading that has no other beside it, as far as it is rounded
UNREAD = "?"  # stands for a sign that was seen and not made out
LIKELY = 0.9  # the probability of a number once the letters in it are taken for the digits they look like

# Letters that stand among digits, and what they are there.
_DIGITS = str.maketrans({"§": "8", "Š": "5", "Ş": "5", "Ø": "0", "O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
# Among shares, "905" and "905%" may be 90%: the sign of per cent looks like a 5. The room they take tells, as far as it
# can; else they stay, and are doubted.
_SHARE, _ODD = re.compile(r"\d%"), re.compile(r"[(\[]?((?:100|[1-9]\d)5%?)[)\],;.:]*")
_FIGURE = re.compile(r"[(\[]?(?P<number>[\d§ŠŞØOolI|]+(?:[.,/][\d§ŠŞØOolI|]+)*)(?P<per>%[a-zA-Z]?)?[)\],;.:]*")


def misread(confidence: float) -> float:
    """The probability that a word was misread, by Tesseract's confidence in it (0 to 1), as measured (`MISREAD_AT`)."""
    return float(np.interp(confidence, [at for at, _ in MISREAD_AT], [share for _, share in MISREAD_AT]))


_HEAD = re.compile(rf"\W*s[ốôóòo]\s*[:.]?\s*\S{{0,8}}\s*/|.{{0,40}}\b{ISSUE_DATE}\W*$", re.IGNORECASE)


_SERIAL = re.compile(r"(?P<word>S[^\W\d_]?)(?=\s*[:.]?\s*\S{0,5}\s*/\s*[A-ZĐ]{2,}\b)")
_QUARTER = re.compile(r"\b[Qq]u[ýyíi] (?P<numeral>[I1l|HUNV]{1,3})(?![^\s/,;.)])")
_OF_YEAR = re.compile(rf"I{{1,3}}/{YEAR}")
_AS_ABOVE = ("nr", "nf", "nl", "n†")
_MONTH = re.compile(r"(?<![\w/.])(?P<month>0?[1-9]|1[0-2])(?P<slash>[JIl|!])(?P<year>20\d\d)(?!\w)")
_UNDER_HAND = re.compile(
    r"(?P<word>S[^\W\d_]?)\s*[:.]\s*[^/⁄]{0,8}?(?P<stroke>[^\w\s/⁄:.]|[JlIf](?=[A-ZĐ]{2}))(?P<type>[A-ZĐ]{1,3})"
    r"(?=(?:-[A-ZĐ][\wđĐ]*)+$)"
)
_SUBJECT = re.compile(r"(?P<word>[VvY][/⁄|lIíì1i!\\]{1,2}[vVyY]|V[Ww]|WV|Ww|VV|Vv|V⁄)(?=\s+[^\W\dA-ZĐ_])")
_SLASHED = re.compile(r"(?<!\w)(?:b|p|t|ph|th|kt|k)[/⁄]{1,2}(?:c|©|€|h|t|k|b)(?!\w)")
_SLANTED = re.compile(r"(?<=\()[/⁄](?P<word>[^\W\dA-ZĐ_]{2,})(?=\s)")  # the upper end of a slanted t: "(theo"
_ADDRESS = re.compile(r"(?<=[a-z\d.])(?P<at>\(\)|\(@\)?|@\)|[©®])(?=(?:[a-z\d-]{2,}\.){1,4}(?:vn|com|org|net)\b)")
_UNSLASHED = re.compile(r"\((?:(?:để|đề|đê|dé|đẻ)\s+)?(?P<form>bc|th|ph)\)")
_COPIES = re.compile(r"[-–•*\s]*Lưu\s?:.*[^\d\s][.)]\s+(?P<number>\d{1,4})\.?$")
_STROKES = str.maketrans("1l|", "III")


def is_head(line: Line) -> bool:
    """Tell whether a line states the serial number or the date of issue of a document."""
    return len(line.text) < 70 and bool(_HEAD.match(line.text))


def with_figures(line: Line, readings: Sequence[RestoredReading], by_hand: bool = False) -> Iterator[RestoredReading]:
    """Correct the numbers of a line, and mark what OCR was not sure of.

    "§0%c" is 80%: letters among digits are the digits they look like, a letter behind "%" is a part of it.

    Args:
        line: of a scanned page.
        readings: the readings of its words, from left to right.
        by_hand: its numbers may be handwritten: only those read with confidence are taken as certain.

    Yields:
        The readings of words and numbers, from left to right.
    """
    at = 0
    for word in line.words:
        while at < len(readings) and readings[at].start < word.start:
            yield readings[at]
            at += 1
        own = []
        while at < len(readings) and readings[at].start < word.end:
            own.append(readings[at])
            at += 1
        confidence = 1.0 if word.confidence is None else word.confidence
        text = line.text[word.start : word.end]
        if by_hand and confidence < BY_HAND and any(char.isdigit() for char in text):
            yield RestoredReading(word.start, word.end, text, 1 - ILLEGIBLE)
            continue
        quarter = line.text[: word.start].casefold().endswith("quý ") or _OF_YEAR.match(text)  # no number
        figure = _figure(text, word.start) if confidence < SURE and not quarter else None
        if figure is None and confidence < SURE and _SHARE.search(line.text) and (odd := _ODD.fullmatch(text)):
            figure = _share(line, word, odd)
        if figure is not None:
            yield figure
            continue
        chance = 1 - misread(confidence)
        if not own and chance < UNCLEAR and (text == UNREAD or any(char.isalnum() for char in text)):
            yield RestoredReading(word.start, word.end, text, round(chance, 2))
        for reading in map(_with_stroke, own):
            # What the language model had nothing to say on is as sure as its reader was.
            alone = reading.probability == 1.0 or (reading.runner_up is None and reading.probability > ALONE)
            yield replace(reading, probability=round(chance, 2)) if alone else reading
    yield from readings[at:]


def _share(line: Line, word: Word, odd: re.Match[str]) -> RestoredReading:
    """A figure among shares that may be one: what the room it takes says, measured by the other figures of its line."""
    start, end, read = word.start + odd.start(1), word.start + odd.end(1), odd[1]
    right = read.rstrip("%")[:-1] + "%"
    others = [(one.box, line.text[one.start : one.end]) for one in line.words if one is not word]
    digits = [
        (box.x1 - box.x0) / _room(text)
        for box, text in others
        if box is not None and text[0].isdigit() and _FIGURE.fullmatch(text) and not _ODD.fullmatch(text)
    ]
    if digits and word.box is not None:
        text, room = line.text[word.start : word.end], (word.box.x1 - word.box.x0) / median(digits)
        as_read, as_share = (abs(room - _room(one)) for one in (text, text.replace(read, right)))
        if as_share < NEAR < FAR < as_read:
            return RestoredReading(start, end, right, LIKELY, read)
    return RestoredReading(start, end, read, 1 - ILLEGIBLE)


def _room(text: str) -> float:
    """The room a figure takes, in digits."""
    return sum(1.0 if char.isdigit() else PER_CENT if char == "%" else MARK for char in text)


def _with_stroke(reading: RestoredReading) -> RestoredReading:
    """A capital Đ that came out as the Icelandic letter, or as both ("QĐÐ")."""
    right = reading.text.replace("ĐÐ", "Đ").replace("Ð", "Đ")
    return (
        reading if right == reading.text else replace(reading, text=right, runner_up=reading.text, probability=LIKELY)
    )


def quarters(line: Line, before: str = "") -> Iterator[RestoredReading]:
    """Correct the Roman numeral of a quarter: "Quý 11/2023" is Quý II/2023.

    Args:
        line: of any page; "l" and "1" are typed for "I" too.
        before: the line above in the same cell or paragraph, which may end in the word "Quý".
    """
    above = before[-3:] + " " if before[-3:].casefold() == "quý" else ""
    for match in _QUARTER.finditer(above + line.text):
        read = match["numeral"]
        right = read.translate(_STROKES).replace("H", "II").replace("U", "II").replace("N", "II")
        start, end = (place - len(above) for place in match.span("numeral"))
        if right != read and right in ("II", "III", "IV"):
            yield RestoredReading(start, end, right, LIKELY, read)


def months(line: Line) -> Iterator[RestoredReading]:
    """Correct months and years whose slash was read as a letter: "7J2025" is 7/2025."""
    for match in _MONTH.finditer(line.text):
        yield RestoredReading(*match.span(), f"{match['month']}/{match['year']}", LIKELY, match.group())


def known_forms(line: Line, above: str = "", head: bool = False) -> Iterator[RestoredReading]:
    """Correct what has a form of its own on a scanned page, whatever its words: each of the functions below.

    Args:
        line: of a scanned page.
        above: the line above.
        head: it stands at the head of the document.
    """
    yield from quarters(line, above)
    for find in (months, ditto, slashes, addresses, by_hand, *((serial, stroke_of_serial, subject) if head else ())):
        yield from find(line)


def subject(line: Line) -> Iterator[RestoredReading]:
    """Correct "V/v" before the subject of a letter: "VW cơ chế đặc thù", "V⁄v triển khai"."""
    match = _SUBJECT.match(line.text)
    if match is not None and match["word"] != "V/v":
        yield RestoredReading(*match.span("word"), "V/v", LIKELY, match["word"])


def slashes(line: Line) -> Iterator[RestoredReading]:
    """Correct the short forms of what a copy is for: "(để b/©)" is b/c, "ph/⁄h" is ph/h; "(th)" may be t/h.

    The slash of "(/theo" is none, that of "(/heo" all that was read of the t.
    """
    for match in _SLANTED.finditer(line.text):
        right = f"t{match['word']}" if match["word"].startswith("h") else match["word"]
        yield RestoredReading(*match.span(), right, LIKELY, match.group())
    for match in _SLASHED.finditer(line.text):
        read = match.group()
        right = re.sub("[/⁄]+", "/", read).replace("©", "c").replace("€", "c")
        # as it stands too: to the language model "p/h" (phối hợp) is "t/h" (thực hiện) misread
        yield RestoredReading(*match.span(), right, LIKELY, read if right != read else None)
    for match in _UNSLASHED.finditer(line.text):
        read = match["form"]
        yield RestoredReading(*match.span("form"), read, 1 - ILLEGIBLE, f"{read[:-1]}/{read[-1]}")


def addresses(line: Line) -> Iterator[RestoredReading]:
    """Correct the sign of an e-mail address ("lienhe()moha.gov.vn"), and doubt it: its letters may be wrong too."""
    for match in _ADDRESS.finditer(line.text):
        start, end = match.span("at")
        yield RestoredReading(start, end, "@", 1 - ILLEGIBLE, match["at"])


def by_hand(line: Line) -> Iterator[RestoredReading]:
    """Doubt a number behind the last recipient, where how many copies are made is written by hand."""
    match = _COPIES.match(line.text)
    if match is not None:
        yield RestoredReading(*match.span("number"), match["number"], 1 - ILLEGIBLE)


def stroke_of_serial(line: Line) -> Iterator[RestoredReading]:
    """Part the printed symbol from the hand that runs into its stroke: "Số:Ø#ế` &H-UBND" is "/KH-UBND".

    Of the symbol's type at most the first letter was taken for the hand's.
    """
    match = _UNDER_HAND.match(line.text)
    if match is None:
        return
    types = [one for one in _symbols() if match["type"] == one or (len(one) > 1 and match["type"] == one[1:])]
    if len(types) == 1:
        start, end = match.start("stroke"), match.end("type")
        yield RestoredReading(start, end, f"/{types[0]}", 1 - ILLEGIBLE, line.text[start:end])
        if match["word"] != "Số":
            yield RestoredReading(*match.span("word"), "Số", LIKELY, match["word"])


@cache
def _symbols() -> tuple[str, ...]:
    """What the numbers of documents begin with, in capitals."""
    return tuple(symbol.upper() for one in document_types().values() for symbol in one.symbols)


def ditto(line: Line) -> Iterator[RestoredReading]:
    """Correct a cell that says "nt" (như trên, as above) and was read as what is no word."""
    if line.table is not None and line.text in _AS_ABOVE:
        yield RestoredReading(0, len(line.text), "nt", LIKELY, line.text)


def serial(line: Line) -> Iterator[RestoredReading]:
    """Correct "Số" before the serial number where its vowel was lost or misread: "S : 140/KH-UBND"."""
    match = _SERIAL.match(line.text)
    if match is not None and match["word"] != "Số":
        yield RestoredReading(*match.span("word"), "Số", LIKELY, match["word"])


def _figure(text: str, start: int) -> RestoredReading | None:
    match = _FIGURE.fullmatch(text)
    if match is None or not any(char.isdigit() for char in match["number"]):
        return None
    first, last = match.start("number"), match.end("per") if match["per"] else match.end("number")
    read = text[first:last]
    right = match["number"].translate(_DIGITS) + ("%" if match["per"] else "")
    return None if right == read else RestoredReading(start + first, start + last, right, LIKELY, read)
