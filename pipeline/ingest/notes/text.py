r"""Footnotes of plain text and Markdown: their marks in brackets, and the notes that begin with the same mark.

Markdown has "30 xã[^1]" and "[^1]: …"; what was taken from a web page "30 xã[\[1\]](#_ftn1)" and
"[\[1\]](#_ftnref1) …", or, as plain text, "30 xã[1]" and "[1] …". A number in brackets is a mark only where a note
has it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.document import Furniture, Line, Page
from pipeline.errors import Notice, notice
from pipeline.ingest.notes.footnotes import WORDS, shown

_LINKED = r"\[?\\?\[(?P<linked>\d{1,3})\\?\]\]?\(\s*#?_?(?:ftn|fn|footnote|edn|endnote)[^()\n]{0,60}\)"
_NAMED, _BARE = r"\[\^(?P<named>[\w-]{1,20})\]", r"\[(?P<bare>[1-9]\d{0,2})\]"  # forms have "[01] Tên: … [02] …"
_MARK = re.compile(rf"(?<=\S)(?:[ ]?{_NAMED}(?!:)|[ ]?{_LINKED}|{_BARE})")
_NOTE = re.compile(rf"\s*(?:{_NAMED}:\s*|{_LINKED}\s*|{_BARE}\s+)(?=\S)")
_ENDS = (".", ";", ":", "?", "!", ")", "”", '"')

Mark = tuple[int, int, str]
"""Where a mark begins and ends in its line, and its name."""


def noted(raws: Sequence[str]) -> frozenset[str]:
    """The marks that notes of a text begin with and that stand in it elsewhere."""
    notes: set[str] = set()
    marks: set[str] = set()
    for raw in raws:
        if "[" in raw:
            begins = _NOTE.match(raw)
            notes |= {_name(begins)} if begins else set()
            marks |= {_name(found) for found in _MARK.finditer(raw, begins.end() if begins else 0)}
    return frozenset(notes & marks)


def marks_of(raw: str, notes: frozenset[str]) -> Iterator[Mark]:
    """The marks in a line that refer to one of some notes; that which a note itself begins with is among them."""
    begins = _NOTE.match(raw)
    if begins and _name(begins) in notes:
        yield begins.start(), begins.end(), _name(begins)
    for found in _MARK.finditer(raw, begins.end() if begins else 0):
        if _name(found) in notes:
            yield found.start(), found.end(), _name(found)


def _name(found: re.Match[str]) -> str:
    return found["named"] or found["linked"] or found["bare"]


def set_text_notes_apart(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Mark the lines of notes, and tell where each stands; one that nothing refers to stays what it is.

    Args:
        pages: of a text, their lines without the marks.
    """
    notes = noted([line.raw for page in pages for line in page.lines])
    if not notes:
        return tuple(pages), ()
    referred: dict[str, str] = {}
    for page in pages:
        for line in page.lines:
            for start, _, name in marks_of(line.raw, notes) if "[" in line.raw else ():
                if start and not _NOTE.match(line.raw):
                    before = [char for char, at in zip(line.text, _origin(line), strict=True) if at < start]
                    referred.setdefault(name, " ".join("".join(before).split()[-WORDS:]))
    out: list[Page] = []
    said: list[Notice] = []
    for page in pages:
        texts: dict[str, list[str]] = {}
        lines: list[Line] = []
        current = None
        for line in page.lines:
            found = _NOTE.match(line.raw) if line.table is None else None
            if found:
                current = _name(found) if _name(found) in referred else None
            elif not line.text or (current and texts[current][-1].endswith(_ENDS)):
                current = None
            if current:
                texts.setdefault(current, []).append(line.text)
            lines.append(replace(line, furniture=Furniture.FOOTNOTE) if current else line)
        said += [
            notice("W227", page.number, mark=mark, at=referred[mark], text=shown(" ".join(text)))
            for mark, text in texts.items()
        ]
        out.append(replace(page, lines=tuple(lines)) if texts else page)
    return tuple(out), tuple(said)


def _origin(line: Line) -> Sequence[int]:
    return line.origin or range(len(line.text))
