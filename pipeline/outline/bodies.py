"""What stands on a line of its own below one that asks for it: "Đơn vị chủ trì:", "- Sở Y tế;" or "Thời gian:"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.knowledge.agencies import begins_agency
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.outline.elements import LONGEST_NAMES, is_told, line_kind
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.rules import is_name, pattern, says_when


def with_names(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Put names of bodies, and a time, that stand below a line that asks for them on that line: "Đơn vị phối hợp:".

    Args:
        paragraphs: of a body, in order.
    """
    out: list[Paragraph] = []
    at = 0
    while at < len(paragraphs):
        whole = paragraphs[at]
        below = _names_below(paragraphs, at) or _time_below(paragraphs, at)
        for index, one in enumerate(below):
            names = one.passage.cut(0, len(one.passage.text.rstrip(" ;,.")))
            joined = whole.passage.joined(names, ", " if index else " ")
            whole = replace(whole, passage=joined, rows=whole.rows + one.rows)
        out.append(whole)
        at += 1 + len(below)
    return out


def names_body(one: Paragraph) -> bool:
    """Tell whether a paragraph without a mark is the name of a body and nothing else: above a table it heads that."""
    text = one.passage.text
    plain = one.sheet is None and one.marker is None and not in_capitals(text) and not ends_sentence(text)
    return plain and begins_agency(text) and is_name(text)


def names_who(one: Paragraph, below: Paragraph | None) -> bool:
    """Tell whether a paragraph is the name of a body alone at the end of an order: a number follows, or nothing."""
    return names_body(one) and (below is None or below.marker is not None and not below.marker.is_bullet)


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


def _time_below(paragraphs: Sequence[Paragraph], at: int) -> Sequence[Paragraph]:
    """The paragraph without a mark below one that asks by when, where it is a time and nothing else."""
    label, following = paragraphs[at], paragraphs[at + 1 : at + 2]
    if label.sheet is not None or not label.passage.text.rstrip().endswith(":") or not following:
        return ()
    plain = following[0].sheet is None and following[0].marker is None
    asks = line_kind(label.passage) == "shared_lines" and plain and says_when(following[0].passage.text)
    return following if asks else ()


def _only_names(one: Paragraph) -> bool:
    """Whether a paragraph without a number begins with the name of a body, and says nothing of what it does."""
    text = one.passage.text
    if one.sheet is not None or one.marker is not None and not one.marker.is_bullet:
        return False
    return len(text) <= LONGEST_NAMES and ":" not in text and begins_agency(text) and not is_told(text)
