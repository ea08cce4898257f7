"""Correcting the numbers of rows and columns in tables of scanned pages by the sequence they stand in.

In the narrow cells of a number column OCR has no word to hold on to: it takes "3." for "8", "II" for "H", "7." for
"1.", or for nothing that can be read ("?"). What must stand there is known from the numbers before and behind; it is
taken where what was read looks like it, or where nothing sure was read between two numbers that were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.document import Cell, Line, Page
from pipeline.language.syllables import inventory
from pipeline.language.tones import modern
from pipeline.restore.markers import heading_number, heading_numeral
from pipeline.restore.readings import RestoredReading
from pipeline.restore.scan_figures import UNREAD
from pipeline.restore.scan_markers import looks_like, numbers_after, strokes

LIKELY = 0.9  # the probability of a number that follows from those around it
SURE = 0.95  # confidence of a reader from which a number stays as it was read
GUESSED = 0.5  # confidence below which a word was not made out
LONGEST = 5  # characters of a number or of what was read for one
ALIKE, OTHER, UNKNOWN, JUMP, SKIPPED = 1.0, 2.2, 2.5, 3.0, 1.5  # what it costs to take a number for the right one
ANEW = 2.0  # and to take a 1 among numerals alone for the I with which they begin anew
GOES_ON = 0.1  # what it costs where numbers go on below a section's title, if they may as well begin anew
KEPT = 40  # ways to count that are followed side by side
HEADER = 6  # rows of a table among which that of the column numbers may stand
MOST, FEW = 0.6, 0.25  # shares of numbers with a full stop from which all have one, or none

_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})(?P<end>[.,:;)]?)")
_NUMERAL = re.compile(r"(?P<number>[IVX]{1,5})(?P<end>[.,:;)]?)")
_TITLE = re.compile(r"(?P<sign>[^\s.]{1,4})\.\s")
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])/20\d\d")
_STROKED = re.compile(r"(?P<month>0?[2-9]|1[02]|11(?=[17]))[17]?(?P<year>20\d\d)")
_COUNTED = re.compile(r"(?P<open>\(?)(?P<number>\d{1,2})(?P<close>\)?)")

Path = tuple[int, ...]


class Printed(NamedTuple):
    """A cell of the first column: the index of its line in the document (-1 for an empty cell), text, confidence."""

    line: int
    text: str
    confidence: float
    title: bool  # whether the cell reaches over other columns
    top: bool  # whether it stands in the first row: that may be the header


class RowCount(NamedTuple):
    """The state of counting: the last Roman numeral, the last number, and whether a section's title came after it."""

    numeral: int = 0
    number: Path = ()
    fresh: bool = True


@dataclass(frozen=True)
class _Counting:
    """One way to count up to a cell: what it costs, what each cell is taken for and how ("exact", "alike", ...)."""

    cost: float
    count: RowCount
    taken: tuple[tuple[str, str], ...] = ()


def counted(pages: Sequence[Page]) -> Iterator[tuple[int, RestoredReading]]:
    """Find the numbers of rows and columns that were misread.

    Args:
        pages: of the document.

    Yields:
        The index of a line in the document, and how a stretch of it reads.
    """
    first = 0
    before = RowCount()
    for page in pages:
        for at in range(len(page.tables)):
            rows = _rows(page, at, first)
            if rows:
                numbered = _numbered(rows)
                if numbered is not None:
                    yield from _of_columns(rows.pop(numbered))
                yield from _of_months(rows)
                own = list(_first_column(page.tables[at].cells, rows))
                if _counts(own):
                    yield from _of_header(rows)
                    found, before = _of_rows(own, before)
                    yield from found
        first += len(page.lines)


_Row = dict[int, tuple[Cell, list[tuple[int, Line]]]]
_Rows = dict[int, _Row]


def _rows(page: Page, table: int, first: int) -> _Rows:
    """The cells of a table by row and column, each with its lines; nothing for one that was not read from a picture."""
    out: _Rows = {}
    for cell in page.tables[table].cells:
        out.setdefault(cell.row, {})[cell.column] = (cell, [])
    for number, line in enumerate(page.lines, first):
        if line.table == table and len(line.cells) == 1:
            if not line.words or line.words[0].confidence is None:
                return {}
            cell = page.tables[table].cells[line.cells[0].cell]
            out[cell.row][cell.column][1].append((number, line))
    return out


def _first_column(cells: Sequence[Cell], rows: _Rows) -> Iterator[Printed]:
    wide = max(cell.column + cell.columns for cell in cells)
    for row in sorted(rows):
        cell, lines = rows[row].get(0, (None, []))
        if cell is None:
            continue
        title = cell.columns > 1 and cell.columns >= wide - 1
        if not lines and any(held for _, held in rows[row].values()):
            yield Printed(-1, "", 0.0, title, row == 0)
        elif len(lines) == 1 or title:
            number, line = lines[0] if lines else (-1, None)
            if line is not None:
                yield Printed(number, line.text, line.words[0].confidence or 0.0, title, row == 0)
        # more lines are no number


def _counts(column: Sequence[Printed]) -> bool:
    """Whether at least half of what stands in a column, and no less than two cells, are numbers."""
    said = [one for one in column if one.text and not one.title]
    numbers = sum(bool(_NUMBER.fullmatch(one.text) or _NUMERAL.fullmatch(one.text)) for one in said)
    return numbers >= 2 and 2 * numbers >= len(said) - 1  # one may be the header


def _of_rows(column: Sequence[Printed], before: RowCount) -> tuple[list[tuple[int, RestoredReading]], RowCount]:
    """What was misread in a column of numbers, and how far it counts."""
    ways = [_Counting(0.0, RowCount()), _Counting(0.0, before._replace(fresh=False))]
    for cell in column:
        best: dict[RowCount, _Counting] = {}
        for way in ways:
            for cost, count, label, how in _choices(cell, way.count):
                if way.cost + cost < best.get(count, _Counting(1e9, count)).cost:
                    best[count] = _Counting(way.cost + cost, count, (*way.taken, (label, how)))
        ways = sorted(best.values(), key=lambda way: way.cost)[:KEPT]
    best_way = ways[0]
    ends = {numeral: _end(column, numeral) for numeral in (False, True)}
    out = []
    for at, (cell, (label, how)) in enumerate(zip(column, best_way.taken, strict=True)):
        if not label or not _holds(best_way.taken, at):
            continue
        if cell.title:
            match = _TITLE.match(cell.text)
            if match is not None and match["sign"] != label:
                out.append((cell.line, RestoredReading(*match.span("sign"), label, LIKELY, match["sign"])))
            continue
        end = ends[not label[0].isdigit()]
        own = _parsed(cell.text)
        if end is None:
            end = cell.text[-1] if own and how == "exact" and cell.text[-1] in ".)" else ""
        if cell.text != label + end:
            out.append((cell.line, RestoredReading(0, len(cell.text), label + end, LIKELY, cell.text)))
    return out, best_way.count


def _choices(cell: Printed, count: RowCount) -> Iterator[tuple[float, RowCount, str, str]]:
    """What a cell may be after others: the cost, how far is counted then, the number it is taken for, and how."""
    numeral, number, fresh = count
    if not cell.text:
        yield 0.0, count._replace(fresh=fresh or cell.title), "", "none"
        for path in numbers_after(number):
            yield SKIPPED, RowCount(numeral, path, False), "", "none"
        return
    if cell.title:
        match = _TITLE.match(cell.text)
        following = heading_numeral(numeral + 1)
        if match is not None and following and (match["sign"] == following or _is_numeral(match["sign"], following)):
            yield (
                0.0,
                RowCount(numeral + 1, number, True),
                following,
                "exact" if match["sign"] == following else "alike",
            )
        elif match is not None and (own_numeral := heading_number(match["sign"])) is not None:
            yield 1.0, RowCount(own_numeral, number, True), "", "none"
        else:
            yield 0.0, count._replace(fresh=True), "", "none"
        return
    yield UNKNOWN if len(cell.text) <= LONGEST else 0.0, count, "", "unknown"
    own = _parsed(cell.text)
    if isinstance(own, int):
        yield JUMP, RowCount(own, number, True), "", "jump"
    elif own is not None:
        yield JUMP, RowCount(numeral, own, False), "", "jump"
    following = heading_numeral(numeral + 1)
    if numeral and not number and own == (1,):
        yield ANEW, RowCount(1, number, True), heading_numeral(1) or "", "alike"
    if cell.top and cell.text.isalpha() and not _is_numeral(cell.text, following) and own is None:
        return  # the header's words
    paths = numbers_after(number) if number else {(1,)}
    for path in paths | ({(1,)} if fresh else set()):
        label = ".".join(map(str, path))
        alike = _looks_like(cell.text, label, len(path) == len(number) or cell.confidence < SURE)
        cost, how = _cost(cell, label, own == path, alike)
        if how == "other" and number and len(path) != len(number):
            continue  # what was not made out is no deeper and no higher than those beside it
        yield cost + GOES_ON * (fresh and path != (1,)), RowCount(numeral, path, False), label, how
    if following:
        cost, how = _cost(cell, following, own == numeral + 1, _is_numeral(cell.text.rstrip(".,:;"), following), True)
        yield cost, RowCount(numeral + 1, number, True), following, how


def _cost(cell: Printed, label: str, exact: bool, alike: bool, numeral: bool = False) -> tuple[float, str]:
    if exact:
        return 0.0, "exact"
    if alike:
        return ALIKE, "alike"
    if (numeral and cell.text != UNREAD) or cell.top or len(cell.text) > LONGEST or cell.confidence >= SURE:
        return 1e6, "never"
    return OTHER, "other"


def _is_numeral(text: str, numeral: str) -> bool:
    """Whether what was read has the strokes of a numeral, though it is none: "IH" of III, "1V" of IV."""
    looks = strokes()
    read = "".join(next((right for right in ("III", "II", "I", "V", "X") if one in looks[right]), " ") for one in text)
    return read == numeral and heading_number(text) is None


def _looks_like(text: str, label: str, joined: bool) -> bool:
    """Whether what was read may be a number, with its full stop and, if `joined`, without those between its parts."""
    bare = text.rstrip(".")
    if _parsed(bare) is not None and len(bare) > len(label):
        return False  # "II" is not 1
    return (joined and bare == label.replace(".", "")) or any(looks_like(text, one) for one in (label, label + "."))


def _parsed(text: str) -> Path | int | None:
    """The number that was read, a numeral as its value."""
    match = _NUMBER.fullmatch(text)
    if match is not None:
        return tuple(int(part) for part in match["number"].split("."))
    match = _NUMERAL.fullmatch(text)
    return heading_number(match["number"]) if match is not None else None


def _holds(taken: Sequence[tuple[str, str]], at: int) -> bool:
    """Whether the numbers around one bear it out: one beside it where it looks like what was read, else both.

    What the first of a page follows stands on the page before.
    """
    how = taken[at][1]
    if how in ("exact", "never"):
        return how == "exact"
    before = next((one for _, one in reversed(taken[:at]) if one not in ("none", "other", "alike")), None)
    after = next((one for _, one in taken[at + 1 :] if one not in ("none", "other", "alike")), "unknown")
    if how == "alike":
        return "exact" in (before, after)
    return before in ("exact", None) and after == "exact"


def _end(column: Iterable[Printed], numeral: bool) -> str | None:
    """What stands behind the numbers of a column: a full stop, nothing, or None where they differ."""
    pattern = _NUMERAL if numeral else _NUMBER
    ends = [match["end"] for one in column if not one.title and (match := pattern.fullmatch(one.text))]
    share = sum(bool(end) for end in ends) / len(ends) if ends else 0.5
    if share >= MOST:
        return ")" if ends.count(")") > len(ends) / 2 else "."
    return "" if share <= FEW else None


def _of_header(rows: _Rows) -> Iterator[tuple[int, RestoredReading]]:
    """The header of a column of numbers, where its last word was not made out: "TT", or "STT" where it has a third."""
    _, lines = rows[min(rows)].get(0, (None, []))
    if not 1 <= len(lines) <= 2:
        return
    number, line = lines[-1]
    word = line.words[-1]
    read = line.text[word.start : word.end]
    before = " ".join([*(one.text for _, one in lines[:-1]), line.text[: word.start].strip()]).strip()
    if before.casefold() not in ("", "số") or (word.confidence or 0.0) >= GUESSED or word.end < len(line.text):
        return
    if not 2 <= len(read) <= 3 or read.upper() in ("TT", "STT") or not (before or _is_no_word(read)):
        return
    right = "STT" if len(read) == 3 and not before else "TT"
    yield number, RestoredReading(word.start, word.end, right, LIKELY, read)


def _is_no_word(read: str) -> bool:
    """Whether what was read is no syllable ("Mục") and no numeral, which the first row of a later page may hold."""
    looks = strokes()
    numeral = all(any(one in looks[right] or one == right for right in looks) for one in read)
    word = modern(read.lower()) in inventory() and not (read.isascii() and read.isupper())
    return sum(map(str.isalpha, read)) >= 2 and not numeral and not word


def _numbered(rows: _Rows) -> int | None:
    """The row near the top that numbers the columns, whose own numbers are no row's: most cells hold theirs."""
    for row in sorted(rows)[:HEADER]:
        if all(len(lines) <= 1 and all(_may_count(line.text) for _, line in lines) for _, lines in rows[row].values()):
            right = len(_right(rows[row]))
            if right >= 2 and 2 * right >= len(rows[row]) >= 3:
                return row
    return None


def _right(row: _Row) -> list[re.Match[str]]:
    """The cells of a row that hold their column's number."""
    texts = (lines[0][1].text if lines else "" for _, (_, lines) in sorted(row.items()))
    found = ((at, _COUNTED.fullmatch(text)) for at, text in enumerate(texts, 1))
    return [match for at, match in found if match is not None and int(match["number"]) == at]


def _of_columns(row: _Row) -> Iterator[tuple[int, RestoredReading]]:
    """The numbers of columns that were misread."""
    right = _right(row)
    brackets = 2 * sum(bool(match["open"] or match["close"]) for match in right) > len(right)
    for at, (_, (_, lines)) in enumerate(sorted(row.items()), 1):
        label = f"({at})" if brackets else str(at)
        for number, line in lines:
            if line.text != label:
                yield number, RestoredReading(0, len(line.text), label, LIKELY, line.text)


def _may_count(text: str) -> bool:
    """Whether what was read may be the number of a column, and no word."""
    return len(text) <= LONGEST and not (len(text) > 1 and text.isalpha())


def _of_months(rows: _Rows) -> Iterator[tuple[int, RestoredReading]]:
    """Months and years whose stroke was read as a digit or lost, below or above others: "712025" is 7/2025."""
    columns: dict[int, list[tuple[int, Line]]] = {}
    for row in rows.values():
        for column, (_, lines) in row.items():
            columns.setdefault(column, []).extend(lines)
    for lines in columns.values():
        if not any(_MONTH.fullmatch(line.text) for _, line in lines):
            continue
        for number, line in lines:
            match = _STROKED.fullmatch(line.text)
            if match is not None:
                right = f"{match['month']}/{match['year']}"
                yield number, RestoredReading(0, len(line.text), right, LIKELY, line.text)
