"""What closes a document: the unmarked paragraphs behind its last item that do not go on with it."""

from __future__ import annotations

import re

from pipeline.knowledge.agencies import begins_agency
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.rules import kind_of, opening, pattern

_HANDED = re.compile(r"trên đây(?: là|,)? [^;]{10,600}\./\.?\s*$")  # "Trên đây là báo cáo …./."


def split_closing(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The unmarked paragraphs at the very end that close the document rather than go on with its last item."""
    at = len(paragraphs)
    while at > 1 and paragraphs[at - 1].marker is None and paragraphs[at - 1].sheet is None:
        at -= 1
    if paragraphs and paragraphs[at - 1].sheet is not None and at == len(paragraphs):
        return _above_sheets(paragraphs)
    asks, whole = True, 0 < at < len(paragraphs) and ends_sentence(paragraphs[at - 1].passage.text)
    if 0 < at < len(paragraphs) and not ends_sentence(paragraphs[at - 1].passage.text):
        asks = not _is_section_title(paragraphs[at - 1])
        if _goes_under(paragraphs[at - 1], fold(paragraphs[at].passage.text), asks):
            at += 1
    for index in range(at, len(paragraphs)):
        folded = fold(paragraphs[index].passage.text)
        behind = whole and index > 0 and ends_sentence(paragraphs[index - 1].passage.text)
        if _opens_closing(folded, asks) or pattern("closes").search(folded) or behind and _closes_behind(folded):
            return paragraphs[:index], paragraphs[index:]
        if index == at and behind and _is_of_list(paragraphs[at - 1]) and pattern("reports_duty").match(folded):
            return paragraphs[:index], paragraphs[index:]
    ends = whole and _ends_document(paragraphs[-1]) and ends_sentence(paragraphs[-2].passage.text)
    at = len(paragraphs) - (ends and not _shares_duty(paragraphs))
    return paragraphs[:at], paragraphs[at:]


def _shares_duty(paragraphs: list[Paragraph]) -> bool:
    """Whether the last paragraph says who shares in what the list right before it orders, and reports nothing."""
    folded = fold(paragraphs[-1].passage.text)
    shares = pattern("shares_duty").match(folded) and not pattern("reports_duty").match(folded)
    return bool(shares) and _is_of_list(paragraphs[-2])


def _is_of_list(one: Paragraph) -> bool:
    """Whether a paragraph is of a list below an item, so that what stands behind it without a mark is not its own."""
    return one.marker is not None and (one.marker.is_bullet or one.marker.style.count == "letter")


def _ends_document(one: Paragraph) -> bool:
    """Whether a paragraph names who acts and has the sign that closes a document: "Các đơn vị báo cáo …./."."""
    text = one.passage.text
    return (begins_agency(text) or text.startswith("Các ")) and text.rstrip().endswith("./.")


def _closes_behind(folded: str) -> bool:
    return bool(pattern("closing_behind").match(folded))


def _above_sheets(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The same where tables of the sign-off end the document: a paragraph above them that says so closes it."""
    at = len(paragraphs)
    while at > 0 and paragraphs[at - 1].sheet is not None:
        at -= 1
    said = paragraphs[at - 1] if at > 1 else None
    if said is None or said.marker is not None or not _HANDED.match(fold(said.passage.text)):
        return paragraphs, []
    return paragraphs[: at - 1] + paragraphs[at:], [said]


def _goes_under(title: Paragraph, folded: str, asks: bool) -> bool:
    """Whether a paragraph stands under the heading on the line before it: it closes nothing, or orders that body."""
    named = begins_agency(title.passage.text) and folded.startswith("căn cứ")
    return named or not _opens_closing(folded, asks)


def _opens_closing(folded: str, asks: bool) -> bool:
    """Whether a paragraph is one that closes a document; `asks`: also where it asks somebody for something."""
    return bool(opening("closing").match(folded) or (asks and pattern("closing_asks").search(folded)))


def _is_section_title(one: Paragraph) -> bool:
    text = one.passage.text
    return one.marker is not None and (one.heading or in_capitals(text) or kind_of(text) is not None)
