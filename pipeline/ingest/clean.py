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

# What may stand in a text as it is: letters, marks that are part of them, digits, signs; single spaces are allowed.
_UNCLEAN = re.compile(f"^ | $|{INVISIBLE.pattern}|{ODD_SPACE.pattern}|{LOOKALIKE.pattern}")


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
