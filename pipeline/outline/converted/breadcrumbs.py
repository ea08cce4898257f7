"""The path to a section, which a web page's copy says before its lines: "Quyết định 12/QĐ-UBND năm 2020. Điều 1."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.language.casing import in_capitals
from pipeline.outline.numbering import read_marker
from pipeline.outline.paragraphs import BodyLine
from pipeline.outline.record.head import type_of
from pipeline.outline.rules import words

FEWEST = 3  # lines that begin with the document's name: one or two may cite it
_NEXT = re.compile(r"\.\s+(?=\S)")


@cache
def _name() -> re.Pattern[str]:
    """The name of a document with its number, and the stop that ends it."""
    types = "|".join(map(re.escape, words("document_types")))
    return re.compile(rf"(?:{types}) (?:số )?\d[\w/&-]*(?:,? năm \d{{4}})?\.\s+(?=\S)", re.IGNORECASE)


def pathless(rows: Sequence[BodyLine]) -> list[BodyLine]:
    """Lines of a text without the document's name before them, and without the part's, which is a line of its own once.

    Args:
        rows: of the document; those of pages are as they are printed.
    """
    names = [found.group() if row.line.box is None and (found := _name().match(row.text)) else "" for row in rows]
    name, count = Counter(filter(None, names)).most_common(1)[0] if any(names) else ("", 0)
    if count < FEWEST:
        return list(rows)
    out: list[BodyLine] = []
    part = ""
    for row, own in zip(rows, names, strict=True):
        if own != name:
            out.append(row)
            continue
        rest = row.cut(len(name))
        inner = _NEXT.search(rest.text)
        if inner and _heads_part(rest.text[: inner.start()]):
            if rest.text[: inner.start()] != part:
                part = rest.text[: inner.start()]
                out.append(rest.cut(0, inner.start()))
            rest = rest.cut(inner.end())
        out.append(rest)
    return out


def _heads_part(text: str) -> bool:
    """Whether words are what a document issued with another is headed by: its type, or "PHỤ LỤC I"."""
    return in_capitals(text) and read_marker(text) is None and bool(type_of(text))
