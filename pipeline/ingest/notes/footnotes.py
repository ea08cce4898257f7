"""Footnotes: set apart from the body of their page, and told with the words that they stand at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from pipeline.document import Furniture, Line, Page
from pipeline.errors import Notice, notice
from pipeline.language.sentences import ends_line

SMALLER = 0.95  # of the body's type: with a full stop or bracket behind its mark a line of such type is a note
WORDS = 6  # of the text before a mark that are told
CONTINUED = "…"  # in place of the mark of a note that was begun on the page before, and of a place that is not known
SHOWN = 200  # characters of a note that are told

_BEGIN = re.compile(r"[(\[]?(\d{1,2}|\*{1,3}|†)(?:([.)\]:]+)\s*|\s+)(?=[\w\"“(])")


def set_notes_apart(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Mark the footnotes of pages, and tell where each of them and of the notes in their margins stands.

    A note begins with a mark that stands raised on its page, at the foot of it. Those of scans were found before.
    """
    out: list[Page] = []
    said: list[Notice] = []
    body = median([_size(line) for page in pages for line in page.lines if line.box] or [0.0])
    runs_on = False
    for page in pages:
        marks = _marks(page)
        notes = _known(page)
        if not notes and (marks or runs_on) and page.height is not None:
            notes = _notes(page, marks, body, runs_on)
        runs_on = bool(notes) and not ends_line(page.lines[max(notes, key=lambda at: _top(page.lines[at]))].text)
        told = _told(page, notes)
        said += [
            notice("W227", page.number, mark=mark, at=marks.get(mark, CONTINUED), text=text) for mark, text in told
        ]
        said += [notice("W230", page.number, at=at, text=text) for at, text in _beside(page)]
        lines = tuple(
            replace(line, furniture=Furniture.FOOTNOTE) if at in notes else line for at, line in enumerate(page.lines)
        )
        out.append(replace(page, lines=lines) if notes else page)
    return tuple(out), tuple(said)


def _marks(page: Page) -> dict[str, str]:
    """The marks that were left out of the lines of a page, each with the words before it."""
    out: dict[str, str] = {}
    for line in page.lines:
        if not line.origin or len(line.raw) == len(line.text):
            continue
        kept = set(line.origin)
        left = "".join(char if at not in kept and not char.isspace() else " " for at, char in enumerate(line.raw))
        for found in re.finditer(r"\S+", left):
            before = [char for char, at in zip(line.text, line.origin, strict=True) if at < found.start()]
            out.setdefault(found.group().strip("()[]"), " ".join("".join(before).split()[-WORDS:]))
    return out


def _notes(page: Page, marks: Mapping[str, str], body: float, runs_on: bool) -> dict[int, str]:
    """The lines that are notes, with the mark of the note that each belongs to: all that stand below the body.

    `body` is the usual height of a line of the document; `runs_on`: the last note of the page before has no end.
    """
    free = [
        (line.box.y0, at)
        for at, line in enumerate(page.lines)
        if line.box and line.furniture is None and line.text.strip()
    ]
    if not free:
        return {}
    body = max(body, median(_size(page.lines[at]) for _, at in free))
    out: dict[int, str] = {}
    waiting: list[int] = []
    for _, at in sorted(free, reverse=True):
        line = page.lines[at]
        if line.table is not None:
            break
        begin = _BEGIN.match(line.text)
        small = _size(line) <= SMALLER * body
        large = begin and not begin.group(2) and not line.text[begin.end()].isdigit()
        if begin and begin.group(1) in marks and begin.group(1) not in out.values() and (small or large):
            out.update(dict.fromkeys([at, *waiting], begin.group(1)))
            waiting = []
        elif small or not waiting:
            waiting.append(at)
        else:
            break
    if runs_on and all(_size(page.lines[at]) <= SMALLER * body and page.lines[at].column is None for at in waiting):
        out.update(dict.fromkeys(waiting, CONTINUED))
    return out


def _known(page: Page) -> dict[int, str]:
    """The lines of notes that were found when the picture of a page was read, with the mark of the note of each."""
    out: dict[int, str] = {}
    mark = CONTINUED
    for at, line in enumerate(page.lines):
        if line.furniture is Furniture.FOOTNOTE:
            begin = _BEGIN.match(line.text)
            mark = begin.group(1) if begin and not begin.group(2) else mark
            out[at] = mark
    return out


def _beside(page: Page) -> Iterator[tuple[str, str]]:
    """Each note in a margin of a page: the words that it stands at, and its text."""
    before = ""
    for side, lines in groupby(page.lines, lambda line: line.furniture is Furniture.SIDE_NOTE):
        text = " ".join(line.text for line in lines)
        if side:
            yield before, text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"
        else:
            before = " ".join(text.split()[-WORDS:])


def _top(line: Line) -> float:
    return line.box.y0 if line.box else 0.0


def _size(line: Line) -> float:
    return line.box.y1 - line.box.y0 if line.box else 0.0


def _told(page: Page, notes: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Each note of a page: its mark and its text."""
    for mark in dict.fromkeys(notes[at] for at in sorted(notes) if notes[at] != CONTINUED):
        lines = [line.text for at, line in enumerate(page.lines) if notes.get(at) == mark]
        text = _BEGIN.sub("", " ".join(lines), count=1)
        yield mark, shown(text)


def shown(text: str) -> str:
    """What is told of the text of a note."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"
