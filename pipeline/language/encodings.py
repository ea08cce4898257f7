"""Converting text from encodings before Unicode (TCVN3, VNI, …), or text decoded twice, to Unicode.

The tables stand in `encodings.toml`. An encoding is detected by its effect: in the right one, words that were none
become Vietnamese syllables.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from pipeline.language.letters import VIETNAMESE_LETTER
from pipeline.language.syllables import inventory
from pipeline.language.tones import modern

Name = Literal["tcvn3", "vni", "viqr", "utf-8", "viscii", "windows-1258"]

WORDS = 3  # words that must be mended before an encoding is believed
SHARE = 0.1  # of the words in lines that may be in another encoding: so many at least
MENDED = 0.75  # share of the words it changes that must become syllables
SPOILT = 0.5  # words that were syllables already and would be changed, for each word that is mended, at most

IN_UNICODE: tuple[Name, ...] = ("utf-8", "tcvn3", "vni", "viqr")
"""Those whose characters are found in documents in Unicode, because fonts or programs took them for something else."""
OF_BYTES: tuple[Name, ...] = ("tcvn3", "vni", "viscii", "windows-1258")
"""Those of text files in which a byte is a character."""

_WORD = re.compile(r"[^\s.,;:!?()\[\]{}\"“”/\\-]+")


class Converted(NamedTuple):
    """A text in Unicode and, for each of its characters, the index of the one it came from."""

    text: str
    origin: tuple[int, ...]


def detect(lines: Iterable[str], names: Sequence[Name] = IN_UNICODE) -> Name | None:
    """Detect the encoding of lines; None when they are in Unicode, or nothing can be said.

    Args:
        lines: those of a document.
        names: the encodings it may have.
    """
    opened = [line for line in lines if is_open(line)]
    best: tuple[float, Name] | None = None
    for name in names:
        words = [word for line in opened for word in _words(line, name) if len(word) > 1]
        meant = {word: convert(word, name).text for word in set(words)}
        changed = [(word, meant[word]) for word in words if meant[word] != word]
        mended = sum(_is_word(text) and not _is_word(word) for word, text in changed)
        spoilt = sum(_is_word(word) for word, _ in changed)
        if (
            mended < max(WORDS, SHARE * len(words))
            or spoilt > SPOILT * mended
            or mended + spoilt < MENDED * len(changed)
        ):
            continue
        if best is None or mended > best[0]:
            best = mended, name
    return best[1] if best else None


def mends(line: str, name: Name) -> bool:
    """Tell whether converting a line turns more words into syllables than it spoils.

    One that is a syllable either way says nothing: of "Cô quan phoái hôïp" the last word tells that it is VNI; so
    does a short form ("Soá 12/QÑ-UBND").
    """
    mended = spoilt = 0
    for word in _words(line, name) if is_open(line) else ():
        if (text := convert(word, name).text) != word:
            mended += (_is_word(text) and not _is_word(word)) or (text.isupper() and "Đ" in text)
            spoilt += _is_word(word) and not _is_word(text)
    return mended > 0 and mended >= spoilt


def keeps_words(text: str, name: Name) -> bool:
    """Tell whether converting a text makes no more words into what is none than the other way round."""
    balance = 0
    for word in _words(text, name) if is_open(text) else ():
        if (meant := convert(word, name).text) != word:
            balance += _is_word(meant) - _is_word(word)
    return balance >= 0


def is_all_old(lines: Iterable[str], name: Name) -> bool:
    """Tell whether lines that a document has in VNI are all of it: none must be in Unicode.

    Then VNI has those too that it explains as well: "Soá" is a syllable as it stands, and Số in VNI.
    """
    return name == "vni" and all(map(is_open, lines))


def converted(lines: Sequence[str], name: Name) -> list[str]:
    """The lines of a document in Unicode: each that an encoding explains better."""
    explains = keeps_words if is_all_old(lines, name) else mends
    return [convert(line, name).text if explains(line, name) else line for line in lines]


def is_open(line: str) -> bool:
    """Tell whether a line may be in another encoding: it has no letter that only Vietnamese in Unicode has."""
    return not VIETNAMESE_LETTER.search(_AS_1258.sub("", line) if "Ă" in line else line)


def _words(line: str, name: Name) -> list[str]:
    """The words of a line; in VIQR, marks of punctuation are part of them."""
    return [chunk.strip(',;:!"/-').rstrip(".") for chunk in line.split()] if name == "viqr" else _WORD.findall(line)


def from_bytes(text: str, name: Name) -> str:
    """Text whose bytes were taken for Latin-1, in Unicode: its letters by their encoding, its marks by Windows-1252."""
    letters = convert(text, name).text
    return (
        letters
        if name == "viscii"
        else letters.translate({code: char for char, code in _bytes().items() if ord(char) > 0xFF})
    )


def convert(text: str, name: Name, fonts_known: bool = False) -> Converted:
    """Convert a text from an encoding to Unicode.

    Args:
        text: in that encoding.
        name: of the encoding.
        fonts_known: the caller knows which letters a font of capitals drew; otherwise it is told by the letters beside.
    """
    return _from_utf_8(text) if name == "utf-8" else _from_table(text, name, name == "tcvn3" and not fonts_known)


def _is_word(text: str) -> bool:
    return text.isalpha() and modern(text.lower()) in inventory()


@cache
def _table(name: str) -> tuple[re.Pattern[str], dict[str, str]]:
    tables = tomllib.loads(files("pipeline.language").joinpath("encodings.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = tables[name]
    longest_first = sorted(table, key=lambda key: (-len(key), key))
    return re.compile("|".join(map(re.escape, longest_first))), table


def _from_table(text: str, name: str, guess_capitals: bool) -> Converted:
    pattern, table = _table(name)
    out: list[str] = []
    origin: list[int] = []
    end = 0
    for match in pattern.finditer(text):
        out.append(text[end : match.start()])
        origin.extend(range(end, match.start()))
        meant = table[match.group()]
        out.append(meant)
        origin.extend([match.start()] * len(meant))
        end = match.end()
    out.append(text[end:])
    origin.extend(range(end, len(text)))
    return Converted(_in_capitals(text, "".join(out), origin) if guess_capitals else "".join(out), tuple(origin))


def _in_capitals(text: str, converted: str, origin: list[int]) -> str:
    """Capital letters for the words whose plain letters are capitals: their font had the marked ones as small codes."""
    chars = list(converted)
    whole = [char for char in text if char.isascii() and char.isalpha()]
    all_capital = len(whole) > 3 and all(char.isupper() for char in whole)
    at = 0
    for match in re.finditer(r"\S+", text):
        plain = [char for char in match.group() if char.isascii() and char.isalpha()]
        capital = all(char.isupper() for char in plain) and (len(plain) > 1 or all_capital)
        while at < len(origin) and origin[at] < match.end():
            if capital and origin[at] >= match.start():
                chars[at] = chars[at].upper()
            at += 1
    return "".join(chars)


@cache
def _bytes() -> dict[str, int]:
    """Windows-1252 characters to bytes; where it has none, the control characters of Latin-1."""
    table = {chr(code): code for code in range(256)}
    table |= {bytes([code]).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in _UNDEFINED}
    return table


_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
# Windows-1258, the code page of Vietnamese, has Ă for the byte that à to ý begin with in UTF-8; no word has it so.
_AS_1258 = re.compile("Ă(?=[\x80-\xbfƒˆ˜Œœ‘’“”‚„†‡•–—…‰‹›™Ÿ€])")
_LOST = "\ufffd"


def _from_utf_8(text: str) -> Converted:
    """UTF-8 that was read as Windows-1252 or 1258, once or more, letter by letter; what is no UTF-8 stays.

    Where one of a letter's bytes was lost on the way, the letter is U+FFFD.
    """
    origin = tuple(range(len(text)))
    while True:
        found = _once_from_utf_8(text)
        origin = tuple(origin[at] for at in found.origin)
        if found.text == text:
            return Converted(text, origin)
        text = found.text


def _once_from_utf_8(text: str) -> Converted:
    out: list[str] = []
    origin: list[int] = []
    at = 0
    while at < len(text):
        codes = [_byte(char) for char in text[at : at + 3]] if text[at] > "\x7f" else []
        length = (
            0
            if not codes or codes[0] is None
            else 2
            if 0xC2 <= codes[0] < 0xE0
            else 3
            if 0xE0 <= codes[0] < 0xF0
            else 0
        )
        char, taken = text[at], 1
        if length and len(codes) >= length:
            own = codes[:length]
            if all(code is not None and 0x80 <= code < 0xC0 for code in own[1:]):
                with contextlib.suppress(UnicodeDecodeError):
                    char, taken = bytes(code for code in own if code is not None).decode(), length
            elif _LOST in text[at + 1 : at + length] and all(code is None or 0x80 <= code < 0xC0 for code in own[1:]):
                char, taken = _LOST, length
        out.append(char)
        origin.append(at)
        at += taken
    return Converted("".join(out), tuple(origin))


def _byte(char: str) -> int | None:
    return 0xC3 if char == "Ă" else _bytes().get(char)
