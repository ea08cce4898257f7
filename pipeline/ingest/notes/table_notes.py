"""Notes right below a table: lines that begin with a mark that stands behind the words of a cell of it.

"Sở Y tế (*)" in a cell and "(*) Bộ phận thường trực là …" below the table. What a row of the header counts the columns
by, "(1) (2) (3)", and a formula in it, "(3)=(1)+(2)", are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.document import Furniture, Line, Page
from pipeline.errors import Notice, notice
from pipeline.ingest.notes.footnotes import WORDS, shown
from pipeline.language.sentences import ends_line

_NUMBER, _STARS = r"\(\d{1,2}\)|\[\d{1,2}\]", r"\(?\*{1,3}\)?"
_MARK = rf"{_NUMBER}|{_STARS}"
# Behind "Năm 2026" a number in brackets counts the columns.
_MARKED = re.compile(rf"(?:(?:(?<=[^\W\d_])|(?<=%))\s*(?:{_NUMBER})|(?<=[\w%)])\s*{_STARS})[\s.;,]*$")
_NOTE = re.compile(rf"\s*(?:(?:ghi chú|chú thích)\s*:?\s*)?(?P<mark>{_MARK})\s*[:.]?\s*(?=[^\W_]|[“\"])", re.IGNORECASE)
_TITLE = re.compile(r"\s*(?:ghi chú|chú thích)\s*:?\s*", re.IGNORECASE)


def set_table_notes_apart(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Mark the notes below tables, and tell where each stands.

    Where lines below a table begin with such marks and one of these stands in no cell, they are a list and stay.
    """
    out: list[Page] = []
    said: list[Notice] = []
    before: dict[str, str] = {}
    for page in pages:
        own = _marks(page.lines)
        marks = before | own
        before = own
        notes = dict(_notes(page.lines, marks)) if marks else {}
        for mark in dict.fromkeys(notes.values()):
            text = " ".join(line.text for at, line in enumerate(page.lines) if notes.get(at) == mark)
            said.append(
                notice("W227", page.number, mark=mark, at=marks[mark], text=shown(_NOTE.sub("", text, count=1)))
            )
        lines = tuple(
            replace(line, furniture=Furniture.FOOTNOTE) if at in notes else line for at, line in enumerate(page.lines)
        )
        out.append(replace(page, lines=lines) if notes else page)
    return tuple(out), tuple(said)


def _marks(lines: Sequence[Line]) -> dict[str, str]:
    """The marks in the cells of tables, each with the words before it."""
    out: dict[str, str] = {}
    for line in lines:
        if line.table is None:
            continue
        texts = [line.text[one.start : one.end] for one in line.cells]
        for text in (*texts, line.raw) if len(texts) == 1 else texts:
            if found := _MARKED.search(text):
                mark = found.group().strip(" .;,")
                out.setdefault(mark, " ".join(text[: found.start()].split()[-WORDS:]))
    return out


def _notes(lines: Sequence[Line], marks: dict[str, str]) -> Iterator[tuple[int, str]]:
    """The lines that are notes, with the mark of each."""
    at = 0
    while at < len(lines):
        if lines[at].table is None:
            at += 1
            continue
        while at < len(lines) and (lines[at].table is not None or lines[at].furniture is not None):
            at += 1
        found = list(_below(lines, at))
        if all(mark in marks for _, mark in found):
            yield from found


def _below(lines: Sequence[Line], at: int) -> Iterator[tuple[int, str]]:
    """The lines from `at` on that begin with marks, or go on with one that does."""
    current: str | None = None
    text = ""
    for here in range(at, len(lines)):
        line = lines[here]
        if line.furniture is not None or not line.text.strip() or (current is None and _TITLE.fullmatch(line.text)):
            continue
        if line.table is not None:
            return
        begins = _NOTE.match(line.text)
        if begins is None and (current is None or ends_line(text)):
            return
        current = begins["mark"] if begins else current
        text = line.text
        if current is not None:
            yield here, current
