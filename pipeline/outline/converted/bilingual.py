"""Documents in Vietnamese and English beside each other: what the English says again is left out.

Universities and programmes of donors print both, line below line or behind a stroke: "Phòng Đào tạo/Academic Affairs".
English that only names something ("- Startup Weekend;") stands in Vietnamese plans too, and is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import Passage
from pipeline.language.casing import in_capitals
from pipeline.language.syllables import bare_inventory
from pipeline.outline.numbering import read_marker
from pipeline.outline.paragraphs import BodyLine
from pipeline.outline.record.letterhead import GAP
from pipeline.outline.table_columns import Record

LONG = 6  # letters of a word that is no abbreviation
FEWEST, SHARE = 3, 0.05  # lines, and of all lines, in which English stands: fewer only name something
LABEL = 4  # words of a label: behind such a one word in English says it again ("Nhiệm vụ/Tasks")
_WORD = re.compile(r"[^\W\d_]{2,}")
_STROKE = re.compile(r"\s+/\s*(?=[A-Z])|\s*/\s+(?=[A-Z])|(?<=[^\W\d_])/(?=[A-Z])")
_BRACKET = re.compile(r"\s*\((?=[A-Z][^()]*\)\W*$)")
_SHORT = re.compile(r"(?<!\S)\S*[@.]\S+|\b[A-ZĐ]{1,5}\b")  # addresses and abbreviations are of no language
_TOKEN = re.compile(
    r"(?:(?<!\S)\S*[\d.@:/-]\S*|(?<![A-ZĐ])[A-ZĐ]+)$"  # ends with what is a number, an address or an abbreviation
)
_CELLS = re.compile(r"\||\s{3,}")


def is_english(text: str, words: int) -> bool:
    """Tell whether a text is in a language without accents whose words are mostly no Vietnamese syllables.

    Args:
        text: a line, or a part of one.
        words: how many words it has at least.
    """
    said = _WORD.findall(text)
    if len(said) < words or not text.isascii():
        return False
    return 2 * sum(one.lower() not in bare_inventory() for one in said) > len(said)


def _is_name(text: str) -> bool:
    """Whether English only names something: each of its words begins with a capital, "Startup Weekend"."""
    return all(one[0].isupper() for one in _WORD.findall(text)) and not text.isupper()


def _tail(text: str) -> int | None:
    """Where a line says in English again what stands before it, never within a number or a name; None elsewhere."""
    for mark in _STROKE.finditer(text):
        before, behind = text[: mark.start()], text[mark.end() :]
        words = 1 if len(_WORD.findall(before)) <= LABEL and not any(map(str.isdigit, behind)) else 2
        closed = mark.group() == "/" and _TOKEN.search(before)
        if not closed and is_english(behind, words) and not before.isascii():
            return mark.start()
    bracket = _BRACKET.search(text)
    if bracket is None or text[: bracket.start()].isascii():
        return None
    said = text[bracket.end() :]
    return bracket.start() if is_english(said, 2) and not _is_name(said) else None


def is_bilingual(texts: Sequence[str]) -> bool:
    """Tell whether the lines of a document, or the cells that stand in them, are in Vietnamese and in English."""
    said = [_SHORT.sub("", part) for one in texts for part in _CELLS.split(one) if part.strip()]
    count = sum(is_english(one, 2) and not _is_item(one) or _tail(one) is not None for one in said)
    return count >= max(FEWEST, SHARE * len(said)) and 2 * count < 3 * sum(not one.isascii() for one in said)


def _is_item(text: str) -> bool:
    """Whether a line is an item of a list that only names something."""
    marker = read_marker(text)
    return marker is not None and _is_name(text[marker.end :])


def said_once(rows: Sequence[BodyLine]) -> tuple[list[BodyLine], int]:
    """The lines of a bilingual document without what stands in English, and how many were left out or cut."""
    out: list[BodyLine] = []
    count = 0
    said = [row.sheet is None and _is_line_in_english(row.text) for row in rows]
    for at, row in enumerate(rows):
        if said[at] and _repeats(rows, said, at):
            count += 1
            continue
        cut = _tail(row.text) if row.sheet is None and not GAP.search(row.text) else None
        count += cut is not None
        out.append(row if cut is None else row.cut(0, cut))
    return out, count


def _is_line_in_english(text: str) -> bool:
    english = is_english(text, 1 if in_capitals(text) else 2) or _names_in_english(text)
    return english and not _is_item(text)


def _repeats(rows: Sequence[BodyLine], said: Sequence[bool], at: int) -> bool:
    """Whether a line in English stands below or above one in Vietnamese; an item where that is one of the same mark."""
    above = next((i for i in range(at - 1, -1, -1) if not said[i]), None)
    below = next((i for i in range(at + 1, len(rows)) if not said[i]), None)
    beside = [rows[i].text for i in (above, below) if i is not None]
    marker = read_marker(rows[at].text)
    if marker is None:
        return any(not one.isascii() for one in beside)
    alike = (read_marker(one) for one in beside if not one.isascii())
    return any(one is not None and one.style.name == marker.style.name for one in alike)


def _names_in_english(text: str) -> bool:
    """Whether a line in capitals is a name in English, with that of a place or without: "CAN THO UNIVERSITY"."""
    words = [one.lower() for one in _WORD.findall(text) if len(one) >= LONG]
    return text.isascii() and in_capitals(text) and any(one not in bare_inventory() for one in words)


def cells_once(records: Sequence[Record]) -> list[Record]:
    """The rows of a table of such a document, their cells without what stands in English."""
    return [tuple(replace(slot, passage=_once(slot.passage)) for slot in record) for record in records]


def _once(cell: Passage | None) -> Passage | None:
    if cell is None:
        return None
    lines = [cell.cut(piece.at, piece.at + piece.length) for piece in cell.pieces]
    kept = [one for one in lines if not is_english(one.text, 2)]
    if len(kept) < len(lines) and not all(one.text.isascii() for one in kept):
        cell = kept[0]
        for one in kept[1:]:
            cell = cell + one
    at = _tail(cell.text)
    return cell if at is None else cell.cut(0, at)
