"""Headers below which the cells of a table cannot be told apart, so that its rows were read as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.document import Line
from pipeline.ingest.tables.row_numbers import HEADING, rows_below
from pipeline.ingest.tables.stacked.spread import MOST_HEADER_LINES, heading_at, is_known
from pipeline.ingest.tables.told import LEAST_COLUMNS, numbers_row
from pipeline.knowledge.documents import columns
from pipeline.language.folding import fold

LONGEST_RUN = 200  # characters of a header whose cells run together
SHORTEST_HEADER = 12  # words: a line that is nothing but the headers of columns has no more
_NO_HEADER = re.compile(r"[.,;:!?]|\d")


@cache
def _number_header() -> re.Pattern[str]:
    return re.compile(columns().number_header)


def untold_headers(lines: Sequence[Line]) -> list[str]:
    """The headers, and last rows of tables, below which cells were not read as such: they could not be told apart."""
    taken = frozenset(at for at, line in enumerate(lines) if line.table is not None)
    out: list[str] = []
    at = 0
    while at < len(lines):
        heading = heading_at(lines, at, taken) if at not in taken else None
        if heading is not None:
            out.append(" ".join(one.text for cell in heading.cells for one in cell))
            at = heading.end
            continue
        if at not in taken and (text := _run_together(lines, at) or _half_known(lines, at)):
            out.append(text)
        at += 1
    return list(dict.fromkeys((*out, *rows_below(lines))))


def _half_known(lines: Sequence[Line], first: int) -> str | None:
    """The header of numbered rows, a cell a line, of whose columns but some are known."""
    if not _number_header().fullmatch(fold(lines[first].text.strip())):
        return None
    cells = [lines[first].text.strip()]
    for line in lines[first + 1 : first + MOST_HEADER_LINES]:
        text = line.text.strip()
        if numbers_row(text) or HEADING.match(text):
            known = sum(map(is_known, cells))
            return " ".join(cells) if known >= LEAST_COLUMNS and known > len(cells) // 2 else None
        cells += [text] if text else []
    return None


@cache
def _header_words() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{one})\b") for one in columns().header_words)


def _run_together(lines: Sequence[Line], at: int) -> str | None:
    """The header that a line begins whose cells have nothing between them: "TT Nội dung Cơ quan chủ trì Thời gian"."""
    text = lines[at].text.strip()
    found = _number_header().match(fold(text))
    first, rest = (text[: found.end()], text[found.end() :].strip()) if found else ("", "")
    if not found and _names_columns(text):
        return text
    if not rest or text[len(first)] != " " or len(rest) > LONGEST_RUN:
        return None
    below = (line.text.strip() for line in lines[at + 1 : at + 3] if line.text.strip()[:1].islower())
    text = " ".join([rest, *below])
    said = sum(bool(one.search(fold(text))) for one in _header_words())
    return f"{first} {text}" if said >= LEAST_COLUMNS else None


def _names_columns(text: str) -> bool:
    """Whether a line without a number is nothing but headers: "Thời gian Nội dung Đơn vị thực hiện"."""
    if len(text.split()) > SHORTEST_HEADER or _NO_HEADER.search(text):
        return False
    folded = fold(text)
    found = [hit for one in _header_words() for hit in [one.search(folded)] if hit is not None]
    # The first word of each header has a capital: of "Đơn vị thực hiện" the words before those that tell which it is.
    begun = sum(text[hit.start()].isupper() or _capital(text[: hit.start()]) for hit in found)
    return len(found) >= LEAST_COLUMNS and begun >= LEAST_COLUMNS and any(hit.start() == 0 for hit in found)


def _capital(before: str) -> bool:
    return any(word[0].isupper() for word in before.split()[-2:])
