"""Proper names: where a run of capitalised words, with the small words inside it, ends."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.places import is_level
from pipeline.extract.tokens import Syllable


def proper(text: Sequence[Syllable], at: int, head: int) -> int:
    """The index behind a proper name: capitalised words, and small words up to one that ends a name.

    Args:
        text: syllables of a passage.
        at: the index of its first syllable.
        head: the index of the kind before it.
    """
    index = at
    if index >= len(text) or not (text[index].capital or text[index].low.isdigit()):
        return at
    while index < len(text):
        one = text[index]
        if one.capital or one.low.isdigit():
            if index > at and _starts_other(text, index):
                break
            index += 1
        elif (
            one.low in ("-", "/")
            and index + 1 < len(text)
            and text[index + 1].capital
            and index > at
            or one.low == ","
            and 0 < index < len(text) - 1
            and pair(text, index)
        ):
            index += 2
        elif one.low in (",", "và") and (last := _coordinated(text, index)) > index:
            index = last
        elif one.low.isalpha() and match(lexicon.name_stops(), text, index)[1] is None and not is_level(text, index):
            if one.low in ("các", "một"):
                break
            index += 1
        else:
            break
    return index


def pair(text: Sequence[Syllable], comma: int) -> bool:
    """Tell whether a comma joins two halves of one name: "Khám, chữa bệnh"."""
    return (text[comma - 1].low, text[comma + 1].low) in lexicon.comma_pairs()


def _starts_other(text: Sequence[Syllable], at: int) -> bool:
    """Whether another agency begins at `at` in the middle of a run of capitals."""
    behind, kind = match(lexicon.heads(), text, at)
    if kind == "complete":
        return behind - at >= 2
    return kind == "sectored" and behind < len(text) and match(lexicon.sectors(), text, behind)[1] is not None


def _coordinated(text: Sequence[Syllable], at: int) -> int:
    """The end of ", Y và Z" or "và Z" inside one name; `at` when what follows is another agency or no name."""
    start = at + 1
    if start >= len(text) or not text[start].capital or match(lexicon.heads(), text, start)[1] is not None:
        return at
    if match(lexicon.positions(), text, start)[1] is not None:
        return at
    index = start
    while index < len(text) and text[index].capital:
        index += 1
    while (
        index < len(text)
        and text[index].low.isalpha()
        and not text[index].capital
        and text[index].low != "và"
        and (match(lexicon.name_stops(), text, index)[1] is None and not is_level(text, index))
        and text[index].low not in ("các", "một")
    ):
        index += 1
    if text[at].low == "và":
        return index
    if index < len(text) and text[index].low in (",", "và"):
        last = _coordinated(text, index)
        return last if last > index else at
    return at
