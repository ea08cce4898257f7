"""Making lines of the document from rows of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from tomllib import loads
from types import MappingProxyType

from pipeline.document import Box, Line, Side, Word
from pipeline.ingest.clean import Cleaned, compose, is_clean, mark, settle
from pipeline.ingest.notes.marks import read_raised
from pipeline.ingest.words import ASCENT, DESCENT, TextRow, TurnedRows

MOSTLY = 0.9  # of the letters of a line: a bold line can have a plain full stop

_CLOSING = (".", ",", ";", ":", ")", "/")
_SCALES = ("C", "F", "K")  # of temperature
_NEEDS_GLYPHS = re.compile("[\x02\ufffe\ue000-\uf8ff\ufb00-\ufb06\ufffd]")


@cache
def glyph_names() -> dict[str, str]:
    """Give what a glyph of a symbol font or a ligature stands for."""
    data = loads(files("pipeline.ingest").joinpath("glyphs.toml").read_text(encoding="utf-8"))
    return {chr(int(code, 16)): text for table in data.values() for code, text in table.items()}


def clean_print(raw: str, instead: Mapping[int, str] = MappingProxyType({})) -> Cleaned:
    """Clean printed characters: symbol fonts and ligatures spelled out, then as in any other format.

    Args:
        raw: the characters.
        instead: what is read in place of some of them, by their places.
    """
    if not instead and is_clean(raw) and not _NEEDS_GLYPHS.search(raw):
        return Cleaned(raw, ())
    return settle(raw, compose(mark(raw, glyph_names(), instead)))


def make_line(
    row: TextRow, turned: TurnedRows, column: Side | None = None, centred: bool = False, table: int | None = None
) -> Line:
    """Make a line of the document from a row of a page.

    Args:
        row: in its upright frame.
        turned: the frame.
        column: the side of a two-column block it stands on.
        centred: it is centred on the page.
        table: the index of the table it stands in.
    """
    raw = " ".join([token.text for token in row.tokens])
    cleaned = clean_print(raw, _raised(row, raw, turned))
    top, bottom = round(row.baseline - ASCENT * row.size, 2), round(row.baseline + DESCENT * row.size, 2)
    letters = bold = italic = 0
    for token in row.tokens:
        letters += token.letters
        bold += token.bold
        italic += token.italic
    box, words = Box(row.x0, top, row.x1, bottom), _words(row, cleaned, top, bottom)
    if turned.angle or turned.skew:
        box, words = turned.box(box), tuple(replace(w, box=turned.box(w.box)) for w in words)
    return Line(
        cleaned.text,
        raw,
        cleaned.origin,
        box,
        words,
        column=column,
        table=table,
        bold=bold >= MOSTLY * letters,
        italic=italic >= MOSTLY * letters,
        centred=centred,
    )


def _raised(row: TextRow, raw: str, turned: TurnedRows) -> dict[int, str]:
    """What is read in place of raised figures in a row, and of the blanks that they make."""
    out: dict[int, str] = {}
    at = 0
    for token in row.tokens:
        end = at + len(token.text)
        if token.raised and at:
            noted = any(row.baseline < other.baseline and other.tokens[0].text == token.text for other in turned.rows)
            after = raw[end:].lstrip()
            read = read_raised(raw[: at - 1], token.text, after, noted)
            if read is not None:
                out.update(dict.fromkeys(range(at - 1, end), ""))
                out[at] = read
                if after.startswith(_CLOSING) or (read == "°" and after.startswith(_SCALES)):
                    out[end] = ""  # the blank behind it
        at = end + 1
    return out


def _words(row: TextRow, cleaned: Cleaned, top: float, bottom: float) -> tuple[Word, ...]:
    """The words of a line: offsets into its text, boxes in the row's frame."""
    out = []
    at = 0
    if not cleaned.origin:
        for token in row.tokens:
            end = at + len(token.text)
            out.append(Word(at, end, Box(token.x0, top, token.x1, bottom), token.confidence))
            at = end + 1
        return tuple(out)
    first_of: dict[int, int] = {}
    last_of: dict[int, int] = {}
    for place, source in enumerate(cleaned.origin):
        first_of.setdefault(source, place)
        last_of[source] = place
    for token in row.tokens:
        end = at + len(token.text)
        inside = [source for source in range(at, end) if source in first_of]
        if inside:
            box = Box(token.x0, top, token.x1, bottom)
            out.append(Word(first_of[inside[0]], last_of[inside[-1]] + 1, box, token.confidence))
        at = end + 1
    return tuple(out)
