"""Lists whose marks were lost: a word processor counts headings and items itself, and what saves the text may not.

Under a heading that is typed ("II. NHIỆM VỤ") short lines without a full stop and paragraphs of whole sentences take
turns: the lines are titles, and each paragraph below one is an item, as if a dash stood before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.errors import Notice, notice
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_line, ends_sentence
from pipeline.outline.elements import line_kind
from pipeline.outline.numbering import Marker, styles
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.rules import open_end, opening

TITLE = 20  # words: a title is no longer
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
    title, item = (next(one for one in styles() if one.name == name) for name in ("dash", "plus"))
    marks = [Marker(title if is_title else item, "", 0, "", 0) for is_title in titles]
    return [replace(one, marker=mark) for one, mark in zip(run[:last], marks, strict=False)] + list(run[last:])


def _is_title(one: Paragraph, following: Paragraph) -> bool:
    text = one.passage.text
    short = text[:1].isupper() and len(text.split()) <= TITLE and not ends_line(text)
    return short and not open_end().search(text) and line_kind(one.passage) is None and _is_said(following)


def _is_said(one: Paragraph) -> bool:
    """Whether a paragraph is one or more whole sentences."""
    text = one.passage.text
    return text[:1].isupper() and (ends_sentence(text) or text.endswith(";"))
