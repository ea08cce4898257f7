"""Text in an encoding of before Unicode, line by line."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from pipeline.document import CellSpan, Line, Page, Word
from pipeline.errors import Notice, notice
from pipeline.language import encodings
from pipeline.language.normal import INVISIBLE

_RAISED = re.compile("[¹²³]")


def converted(pages: tuple[Page, ...]) -> tuple[tuple[Page, ...], list[Notice]]:
    """The pages in Unicode: each line that an old encoding explains better."""
    name = encodings.detect(line.raw for page in pages for line in page.lines)
    if name is None:
        return pages, []
    whole = encodings.is_all_old((line.raw for page in pages for line in page.lines), name)
    out = tuple(replace(page, lines=tuple(_convert(line, name, whole) for line in page.lines)) for page in pages)
    return out, [notice("W208", encoding=name)]


def _convert(line: Line, name: encodings.Name, whole: bool) -> Line:
    # Ingest drops soft hyphens (ư of TCVN3), control characters and raised figures (bytes of UTF-8), blanks that seem
    # to part a syllable ("HÃ ng", of which the blank is a byte); where it dropped nothing else, the raw line is better.
    same = _seen(line.raw) == _seen(line.text)
    source = line.raw if same else line.text
    if not (encodings.keeps_words if whole and same else encodings.mends)(source, name):
        return line
    found = encodings.convert(source, name)
    first, last = 0, len(found.text)
    if same and line.text == line.text.strip():
        first, last = len(found.text) - len(found.text.lstrip()), len(found.text.rstrip())
    origin = found.origin[first:last]
    if not same and line.origin:
        origin = tuple(line.origin[at] for at in origin)
    text = found.text[first:last]
    words = (Word(0, len(text), line.box),) if line.words and line.box and text else ()
    at = [bisect_left(origin, line.origin[index] if line.origin else index) for index in range(len(line.text))]
    at.append(len(text))
    cells = tuple(CellSpan(at[part.start], at[part.end], part.cell) for part in line.cells)
    return replace(line, text=text, origin=origin, words=words, cells=cells)


def _seen(text: str) -> str:
    return "".join(_RAISED.sub("", INVISIBLE.sub("", text)).split())
