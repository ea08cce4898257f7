"""Names of bodies that stand on lines of their own below a line that asks for them: "Đơn vị chủ trì:", "- Sở Y tế;"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from pipeline.knowledge.agencies import begins_agency, continuations, sector_names
from pipeline.knowledge.passages import figure_words
from pipeline.language.folding import fold
from pipeline.outline.elements import LONGEST_NAMES, is_told, line_kind
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.rules import pattern

LONGEST_NAME = 14  # syllables of a line below who acts that is a name and no order
MEASURED = re.compile(r"\d[\d.,]*\s+[^\W\d_]|\d\s*[/%]")  # a figure of something, or a day; "Quân khu 9" has none
_JOINS = ("và", "của", "các")  # what stands between names too
DONE = 5  # times behind names and words of orders: two such syllables say what somebody does …
RATHER = 4  # … and so much oftener than behind words of nouns


def with_names(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Put names of bodies that stand below a line that asks for them on that line: "Đơn vị phối hợp:", "- Sở Y tế;".

    Args:
        paragraphs: of a body, in order.
    """
    out: list[Paragraph] = []
    at = 0
    while at < len(paragraphs):
        whole = paragraphs[at]
        below = _names_below(paragraphs, at)
        for index, one in enumerate(below):
            names = one.passage.cut(0, len(one.passage.text.rstrip(" ;,.")))
            joined = whole.passage.joined(names, ", " if index else " ")
            whole = replace(whole, passage=joined, rows=whole.rows + one.rows)
        out.append(whole)
        at += 1 + len(below)
    return out


def _names_below(paragraphs: Sequence[Paragraph], at: int) -> Sequence[Paragraph]:
    """The paragraphs below one that asks for names which are such names, all of one mark.

    Those of who acts are so only where none of them says what it does: orders may stand below such a line too.
    """
    label = paragraphs[at]
    text = fold(label.passage.text.rstrip())
    helps = pattern("asks_who_helps").match(text)
    if label.sheet is not None or not helps and not pattern("asks_who_acts").match(text):
        return ()
    if line_kind(label.passage) != "shared_lines" or at + 1 == len(paragraphs):
        return ()
    mark = paragraphs[at + 1].marker
    if label.marker is not None and mark not in (None, label.marker):  # the tree puts those of another mark below it
        return ()
    end = at + 1
    while end < len(paragraphs) and paragraphs[end].marker == mark and _only_names(paragraphs[end]):
        end += 1
    found = paragraphs[at + 1 : end]
    if helps and label.marker is None:
        return found
    following = paragraphs[end] if end < len(paragraphs) else None
    orders = following is not None and following.marker == mark and begins_agency(following.passage.text)
    return () if orders or not all(is_name(one.passage.text) for one in found) else found


def _only_names(one: Paragraph) -> bool:
    """Whether a paragraph without a number begins with the name of a body, and says nothing of what it does."""
    text = one.passage.text
    if one.sheet is not None or one.marker is not None and not one.marker.is_bullet:
        return False
    return len(text) <= LONGEST_NAMES and ":" not in text and begins_agency(text) and not is_told(text)


def is_name(text: str) -> bool:
    """Tell whether a text that begins as a name does may be one to its end: no more than one may be, and no order."""
    return len(text.split()) <= LONGEST_NAME and not any(map(str.isdigit, text)) and not says_deed(text)


def says_deed(text: str) -> bool:
    """Tell whether a text that begins with a name goes on with what somebody does, a figure or a day."""
    words = text.strip(" .;,").split()
    if MEASURED.search(text) or _deeds().search(text[len(words[0]) :] if words else ""):
        return True
    behind = continuations().behind
    sectors = " ".join(map(fold, sector_names()))
    for one, two in pairwise(words[1:]):
        seen = behind.get((one, two)) if one.islower() and two.islower() and one not in _JOINS else None
        done = 0 if seen is None else seen.names + seen.orders
        if seen is not None and done >= max(DONE, RATHER * seen.nouns) and f"{one} {two}" not in sectors:
            return True
    return False


@cache
def _deeds() -> re.Pattern[str]:
    """A verb in small letters behind other words, of one syllable with what it is done to; no noun that begins so."""
    known = figure_words()
    short = "|".join(one for one in known.verb if " " not in one)
    return re.compile(
        rf"\s(?!(?:{'|'.join(known.nouns)})(?!\w))(?:(?:{'|'.join(known.acts)})(?!\w)|(?:{short})\s+[^\W\d_])"
    )
