"""Cleaning the text of a line: NFC, without invisible characters, with a map back to the characters of the file.

A line is first a list of marked characters `(character, index in raw)`; each step drops or replaces some of them, and
`compose` brings what is left into NFC (Unicode Standard Annex #15) cluster by cluster, so that the map stays true.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from pipeline.ingest.notes.marks import marks_in
from pipeline.language.normal import INVISIBLE, LOOKALIKE, LOOKALIKES, ODD_SPACE, is_nfc, nfc


class Cleaned(NamedTuple):
    """A cleaned text and, for each of its characters, the index in `raw`; an empty map says that the two are equal."""

    text: str
    origin: tuple[int, ...]


Marked = list[tuple[str, int]]
_WIDE_STOP = "\uff0e"
_LOST = re.compile("\ufffd+")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 3  # signs: a letter that was lost as its bytes

# What may stand in a text as it is: letters, marks that are part of them, digits, signs; single spaces are allowed.
_UNCLEAN = re.compile(f"^ | $|\ufffd|{INVISIBLE.pattern}|{ODD_SPACE.pattern}|{LOOKALIKE.pattern}")


def is_clean(raw: str) -> bool:
    """Tell whether a raw text can stand as it is."""
    return not _UNCLEAN.search(raw) and is_nfc(raw) and not marks_in(raw)


def mark(
    raw: str, spelled: Mapping[str, str] | None = None, instead: Mapping[int, str] = MappingProxyType({})
) -> Marked:
    """The visible characters of a raw text with their indices, odd spaces and lookalikes as plain ones.

    Args:
        raw: the text.
        spelled: what characters of symbol fonts and ligatures stand for.
        instead: what is read in place of some of them, by their places; marks of footnotes in raised figures are not
            read in any case.
    """
    out: Marked = []
    instead = {**instead, **dict.fromkeys(marks_in(raw), "")}
    if spelled is None and "\ufffd" in raw:
        instead = {**_no_letters(raw), **instead}
    for index, char in enumerate(raw):
        if index in instead:
            out.extend((one, index) for one in instead[index])
        elif spelled is not None and char in spelled:
            out.extend((one, index) for one in spelled[char])
        elif ODD_SPACE.match(char):
            out.append((" ", index))
        elif char in LOOKALIKES:
            plain = LOOKALIKES[char]
            if char == _WIDE_STOP and raw[:index].strip().isdigit():
                out.extend((one, index) for one in ". ")  # a number of a list: such a stop has its own blank
            elif plain not in "đĐ" or not out or out[-1][0] != plain:  # OCR gives đ and ð for one letter
                out.append((plain, index))
        elif not INVISIBLE.match(char):
            out.append((char, index))
    return out


def _no_letters(raw: str) -> dict[int, str]:
    """What stands for signs (U+FFFD) that a program wrote for what was no letter: a dash between figures, else a blank.

    Letters stay ("x� l�", "tự � bỏ", "�p dụng"); they are looked for when words are restored.
    """
    out: dict[int, str] = {}
    for signs in _LOST.finditer(raw):
        before, after = raw[: signs.start()], raw[signs.end() :]
        between = before.rstrip()[-1:].isdigit() and after.lstrip()[:1].isdigit()
        if between or not _may_be_letter(before, after, len(signs.group())):
            out.update(dict.fromkeys(range(*signs.span()), ""))
            out[signs.start()] = "–" if between else " "
    return out


def _may_be_letter(before: str, after: str, count: int) -> bool:
    """Whether signs between two parts of a line may be a letter: of a word, or by themselves in a sentence."""
    capitals = _WORD.match(after)
    if before[-1:].isalpha() or after[:1].islower() or capitals is not None and capitals.group().isupper():
        return True
    alone = not before[-1:].strip() and not after[:1].isalpha()
    return count <= _LONGEST and alone and (before.rstrip()[-1:].isalpha() or after.lstrip()[:1].islower())


def compose(marked: Marked) -> Cleaned:
    """Put marked characters in NFC without spaces around; a composed character has the index of its first part."""
    first, last = 0, len(marked)
    while first < last and marked[first][0] == " ":
        first += 1
    while last > first and marked[last - 1][0] == " ":
        last -= 1
    marked = marked[first:last]
    text = "".join(char for char, _ in marked)
    composed = nfc(text)
    if composed == text:
        return Cleaned(text, tuple(index for _, index in marked))
    chars: list[str] = []
    origin: list[int] = []
    for cluster in _clusters(marked):
        part = nfc("".join(char for char, _ in cluster))
        for at, char in enumerate(part):
            chars.append(char)
            origin.append(cluster[min(at, len(cluster) - 1)][1])
    if "".join(chars) != composed:  # a script whose letters compose across clusters: the map is only near
        origin = [marked[min(at, len(marked) - 1)][1] for at in range(len(composed))]
    return Cleaned(composed, tuple(origin))


def _clusters(marked: Marked) -> Iterable[Marked]:
    cluster: Marked = []
    for char, index in marked:
        joins = unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff"
        if cluster and not joins:
            yield cluster
            cluster = []
        cluster.append((char, index))
    if cluster:
        yield cluster


def clean(raw: str, instead: Mapping[int, str] = MappingProxyType({})) -> Cleaned:
    """Clean one raw line without markup; `instead` is read in place of its characters at some places."""
    if not instead and is_clean(raw):
        return Cleaned(raw, ())
    return settle(raw, compose(mark(raw, instead=instead)))


def settle(raw: str, cleaned: Cleaned) -> Cleaned:
    """Empty the map of a cleaned text where it is `raw` itself."""
    return Cleaned(raw, ()) if cleaned.text == raw else cleaned
