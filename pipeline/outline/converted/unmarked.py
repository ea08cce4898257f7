"""Lists whose marks were lost: a word processor counts headings and items itself, and what saves the text may not.

Under a heading that is typed ("II. NHIỆM VỤ") short lines without a full stop and paragraphs of whole sentences take
turns: the lines are titles, and each paragraph below one is an item, as if a dash stood before it. So is each below a
title that is printed as one, in bold or in capitals, where no title of the document has a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.errors import Notice, notice
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_line, ends_sentence
from pipeline.outline.elements import line_kind
from pipeline.outline.numbering import Marker, Style, styles
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.rules import kind_of, open_end, opening
from pipeline.schema import SectionKind

TITLE = 20  # words: a title is no longer
_OF_ITEMS = (SectionKind.TASK, SectionKind.OBJECTIVE, SectionKind.ORGANISATION)
TITLES = 2  # of a section: a single line without a full stop is a slip


def remarked(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Notice]]:
    """The paragraphs of a body, those of lists that lost their marks with marks again; and what to say of it."""
    out: list[Paragraph] = []
    notices: list[Notice] = []
    at = 0
    while at < len(paragraphs):
        end = at
        while end < len(paragraphs) and _is_plain(paragraphs[end]):
            end += 1
        run, heading = list(paragraphs[at:end]), out[-1] if out else None
        if heading is not None and _is_heading(heading) and (marked := _with_marks(run)) is not None:
            page = heading.rows[0].page if heading.first.box else None
            notices.append(notice("W318", page, text=heading.passage.text))
            run = marked
        out += [*run, *paragraphs[end : end + 1]]
        at = end + 1
    return out, notices


def titled(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a body of which the titles have no numbers, with a mark before each title and item."""
    titles = [at for at, one in enumerate(paragraphs) if _is_printed_title(one)]
    kinds = {at: kind for at in titles if (kind := kind_of(paragraphs[at].passage.text)) is not None}
    known = any(kind in _OF_ITEMS for kind in kinds.values())
    first = min(kinds, default=len(paragraphs))  # what stands above may tell of anything
    counted = [one for one in paragraphs if one.marker is not None and not one.marker.is_bullet]
    if counted:  # numbers below such titles, none of which counts titles itself
        titles = list(kinds)
    several, titles = len(titles) >= TITLES, [at for at in titles if at >= first]
    if not several or not known or any(map(_is_counted_title, counted)):
        return list(paragraphs)
    title, item = (Marker(_style(name), "", 0, "", 0) for name in ("muc", "dash"))
    out = list(paragraphs[: titles[0]])
    for start, end in pairwise([*titles, len(paragraphs)]):
        said = paragraphs[start + 1 : end]
        stop = next((at for at, one in enumerate(said) if opening("closing").match(fold(one.passage.text))), len(said))
        plain = all(_is_plain(one) and (_is_said(one) or line_kind(one.passage)) for one in said[:stop])
        out.append(replace(paragraphs[start], marker=title))
        out += [replace(one, marker=item) if plain and line_kind(one.passage) is None else one for one in said[:stop]]
        out += said[stop:]
    return out


def _is_counted_title(one: Paragraph) -> bool:
    """Whether a numbered line is a title of a section, and no sentence that begins with the words of one."""
    text = one.passage.text
    return not ends_line(text) and len(text.split()) <= TITLE and kind_of(text) is not None


def _is_printed_title(one: Paragraph) -> bool:
    """Whether a paragraph without a mark is a title by how it is printed: in bold, as a heading, or in capitals."""
    text = one.passage.text.rstrip()
    if one.marker is not None or one.sheet is not None or not text[:1].isupper() or len(text.split()) > TITLE:
        return False
    return (one.heading or in_capitals(text)) and not ends_sentence(text) and line_kind(one.passage) is None


def _style(name: str) -> Style:
    return next(one for one in styles() if one.name == name)


def _is_plain(one: Paragraph) -> bool:
    return one.marker is None and one.sheet is None and not one.heading


def _is_heading(one: Paragraph) -> bool:
    """Whether a paragraph is a numbered title, which stands on a line of its own."""
    numbered = one.marker is not None and not one.marker.is_bullet
    return numbered and not ends_line(one.passage.text)


def _with_marks(run: Sequence[Paragraph]) -> list[Paragraph] | None:
    """The paragraphs below a heading with marks; None where titles and items do not take turns."""
    last = next((at for at, one in enumerate(run) if opening("closing").match(fold(one.passage.text))), len(run))
    titles = [_is_title(one, following) for one, following in zip(run[:last], run[1:last], strict=False)]
    titles += [False] * (len(run) - len(titles))
    said = [one for one, title in zip(run[:last], titles, strict=False) if not title]
    if sum(titles) < TITLES or not titles[0] or not all(map(_is_said, said)):
        return None
    title, item = map(_style, ("dash", "plus"))
    marks = [Marker(title if is_title else item, "", 0, "", 0) for is_title in titles]
    return [replace(one, marker=mark) for one, mark in zip(run[:last], marks, strict=False)] + list(run[last:])


def _is_title(one: Paragraph, following: Paragraph) -> bool:
    text = one.passage.text
    short = text[:1].isupper() and len(text.split()) <= TITLE and not ends_line(text)
    return short and not open_end().search(text) and line_kind(one.passage) is None and _is_said(following)


def _is_said(one: Paragraph) -> bool:
    """Whether a paragraph is one or more whole sentences."""
    text = one.passage.text
    return not text[:1].islower() and (ends_sentence(text) or text.endswith(";"))
