"""Marking the agencies, dates and figures of a plan's text with inline elements."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.export.text_forms import printable
from pipeline.schema import Evidence


@dataclass(frozen=True)
class InlineMark:
    """An inline element around a stretch of the plan's text."""

    evidence: Evidence
    element: str
    attributes: tuple[tuple[str, str], ...]


def write(parent: ET.Element, text: str, evidence: Evidence | None = None, marks: Iterable[InlineMark] = ()) -> None:
    """Write a text into an element, with the marks inside it whose place is certain; of two that overlap one.

    Args:
        parent: the element.
        text: the quote of `evidence` with its line breaks joined, or its beginning; any other text is written plain.
        evidence: where the text stands in the plan.
        marks: the inline elements.
    """
    at = 0
    last: ET.Element | None = None
    for start, end, mark in _placed(text, evidence, marks):
        _append(parent, last, text[at:start])
        last = ET.SubElement(parent, mark.element, dict(mark.attributes))
        last.text = printable(text[start:end])
        at = end
    _append(parent, last, text[at:])


def _append(parent: ET.Element, last: ET.Element | None, text: str) -> None:
    if last is None:
        parent.text = printable(text)
    else:
        last.tail = printable(text)


def _placed(text: str, evidence: Evidence | None, marks: Iterable[InlineMark]) -> list[tuple[int, int, InlineMark]]:
    """The marks with their offsets in `text`: in order, none over another, the longer one first."""
    if evidence is None:
        return []
    inside = [one for one in marks if evidence.start <= one.evidence.start and one.evidence.end <= evidence.end]
    if not inside:
        return []
    offsets = _offsets(text, evidence.quote)
    out: list[tuple[int, int, InlineMark]] = []
    for mark in sorted(inside, key=lambda one: (one.evidence.start, -one.evidence.end)):
        first, last = mark.evidence.start - evidence.start, mark.evidence.end - evidence.start
        if not offsets or not first < last < len(offsets):
            continue
        start, end = offsets[first], offsets[last]
        printed = " ".join(mark.evidence.quote.split())
        if printed and text[start:end].strip() == printed and (not out or out[-1][1] <= start):
            start += text[start:end].index(printed)
            out.append((start, start + len(printed), mark))
    return out


def _offsets(text: str, quote: str) -> Sequence[int]:
    """For each offset in `quote` (its end too) the one in `text`; empty when `text` is not how its words begin."""
    joined: list[str] = []
    offsets = []
    length = 0
    spaced = False
    for char in quote:
        if char.isspace():
            spaced = length > 0
            offsets.append(length)
            continue
        if spaced:
            joined.append(" ")
            length += 1
            spaced = False
        offsets.append(length)
        joined.append(char)
        length += 1
    offsets.append(length)
    return offsets if "".join(joined).startswith(text) else []
