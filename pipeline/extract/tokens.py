"""Syllables, the unit Vietnamese is written in: a passage as names of agencies are looked for in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pipeline.extract.agencies.endings import JOINS, endings
from pipeline.extract.agencies.lexicon import (
    abbreviation,
    is_placed,
    is_sector_abbreviation,
    sector_of,
    shortened,
    unit_name,
)
from pipeline.knowledge.agencies import before_stop, listed_body, names
from pipeline.language.folding import fold

# Numbers with their separators; abbreviations joined by & , or - ("VH,TT&DL"); syllables; any other sign by itself.
TOKEN = re.compile(
    r"\d+(?:[.,/]\d+)*"
    r"|T[Pp]\.|TX\.|VP\.(?=\s?[A-ZĐ])|(?<!\w)[PK]\.(?=\s?[A-ZĐ][^\W\d_])"
    r"|[A-ZĐ]{1,4}(?:\.[A-ZĐ]{1,4})+(?![^\W\d_])"
    r"|[A-ZĐ]{2,}(?:(?:, ?| ?& ?|-|v| và )[A-ZĐ]{2,})+(?![^\W\d_])"
    r"|[^\W\d_]+(?:[&'’][^\W\d_]+)*"
    r"|[^\s\w]|_"
    r"|\w+"
)


KIND = 2  # words of a kind that is written twice
LONGEST_BEFORE = 4  # syllables before an abbreviation that tell what it stands for
LONGEST_BEHIND = 24  # characters behind an abbreviation that tell what it stands for
_LISTED = re.compile(r",|[^\s,]+")
_SIGNED = re.compile(r"[&-]|[^\s&-]+")


class Syllable(NamedTuple):
    """One syllable or punctuation mark; an abbreviation gives several with the same place ("UBND").

    `low` is it folded, `word` as it is written in full, `capital` whether it begins with a capital.
    """

    low: str
    word: str  # as it goes into a full name
    start: int
    end: int
    capital: bool


def _words(text: str) -> list[str]:
    """The tokens; "KBNN, UBND" is a list of two, "VH,TT&DL" and "NN và PTNT" one name."""
    words = [part for word in TOKEN.findall(text) for part in _dotted(word)]
    joined = [word for word in words if len(word) > 2 and ("," in word or " " in word) and word[0].isalpha()]
    if not joined:
        return words
    unknown = {word for word in joined if word not in shortened()}
    lists = {word for word in unknown if sector_of(word, True) is None and sector_of(word, False) is None}
    return [part for word in words for part in (_LISTED.findall(word) if word in lists else (word,))]


def _dotted(word: str) -> list[str]:
    """A word with stops inside: one where it is an abbreviation without them, "U.B.N.D", else its parts: "PGS.TS"."""
    if "." not in word or not word[0].isalpha() or word.endswith(".") or word.replace(".", "") in shortened():
        return [word]
    return re.findall(r"\.|[^.]+", word)


def _bodies(words: Iterable[str]) -> Iterator[str]:
    """The words, with abbreviations of several bodies parted: "HĐND&UBND"."""
    for word in words:
        parts = _SIGNED.findall(word) if "&" in word or "-" in word else [word]
        both = len(parts) == 3 and all(is_placed(abbreviation(one) or "") for one in parts[::2])
        yield from parts if both else [word]


def _is_short(text: str, one: Syllable, end: int) -> bool:
    """Whether a syllable right before an offset, where another abbreviation follows, is of an abbreviation."""
    return one.end == end and one.word != text[one.start : one.end] and text[end + 1 : end + 3].isupper()


def _undoubled(before: Sequence[Syllable], parts: list[str]) -> list[str]:
    """The words of an abbreviation without the kind that is written before it too: "Ủy ban UBND"."""
    same = [one.low for one in before[-KIND:]] == [fold(part) for part in parts[:KIND]]
    return parts[KIND:] if same and len(parts) > KIND else parts


def spelled_out(text: str, terms: Mapping[str, str] = MappingProxyType({})) -> list[Syllable]:
    """Split a text into syllables, abbreviations of agencies written out.

    Args:
        text: of a passage.
        terms: the document's own abbreviations, with what they stand for.
    """
    low = fold(text)
    shouted = text.isupper()  # then a capital says nothing
    out: list[Syllable] = []
    short = shortened()
    after_kind = False  # behind "Sở" or "Bộ" a sector may be abbreviated
    listed = False  # … and in the list that begins there: "các sở: Nội vụ, KH&ĐT"
    end = 0
    for word in _bodies(_words(text)):
        start = text.index(word, end)  # nothing but blanks stands between two tokens
        end = start + len(word)
        full = None
        key = word if word in short else word.replace(".", "")
        if word in terms:
            full = terms[word]
        elif word in ("P.", "K."):
            of_place = word == "P." and bool(out) and out[-1].low in names().of_places  # "UBND P. Bến Nghé"
            word = before_stop(word, text[end:]) or ("phường" if of_place else word)
        elif key in short and not text[end : end + 1].isdigit():
            before = " ".join(one.low for one in out[-LONGEST_BEFORE:])
            full = listed_body(key, text[:start], text[end:])
            full = full or abbreviation(key, low[end : end + LONGEST_BEHIND].lstrip(), before)
        # "Báo TN&MT"; what a unit calls so is of another sector, "Trung tâm VH&TT", and so is "Văn hóa, TT&TT".
        signed = "&" in word and bool(out) and out[-1].low != "," and unit_name(word) in (None, sector_of(word, True))
        if (
            full is None
            and len(word) > 1
            and (after_kind or signed or word[0] in "SB" and is_sector_abbreviation(word))
        ):
            full = sector_of(word, after_kind or signed)
        elif full is None and listed and len(word) > 2 and word.isupper() and out and out[-1].low in (",", "và", ":"):
            full = sector_of(word, True)
        if full is not None:
            for part in _undoubled(out, TOKEN.findall(full)):
                out.append(Syllable(fold(part), part, start, end, True))
            after_kind = False
            continue
        if word == "&" and low[start - 1 : start] == " " or word in "&-" and out and _is_short(text, out[-1], start):
            word = "và"  # "Sở Nông nghiệp & Môi trường", "HĐND&UBND"
        folded = fold(word) if word in ("và", "Phòng", "Phó", "phường", "Khoa") else low[start:end]
        small = (shouted or listed) and endings().is_small(folded)
        out.append(Syllable(folded, word, start, end, word[0].isupper() and not (shouted and small)))
        after_kind = folded in ("sở", "bộ", "phòng")
        listed = after_kind or (listed and folded not in (".", ";", "(") and (not small or folded in JOINS))
    return out
