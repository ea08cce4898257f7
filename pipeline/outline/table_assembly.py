"""Assembling tables over their pages: rows that a page break cut are joined, repeated headers are dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from pipeline.document import Box, CellSpan, Document, FieldRole, Line, Page, Passage, SourceSpan
from pipeline.errors import Notice, notice
from pipeline.knowledge.agencies import begins_agency, ends_in_beginning, groups
from pipeline.language.folding import fold
from pipeline.language.sentences import seam
from pipeline.outline.table_columns import AGENCIES, Record, TableHeader, TableSlot, is_empty, read_header
from pipeline.outline.table_contents import settled

NUMBERED = 0.6  # of the rows: where so many have a number, one without at the top of a page goes on with the one above
MOSTLY_NUMBERED = 0.8  # … and where so many have one, a row in the middle of a text's table may
NUMBER = 5  # characters: a longer word in a column of numbers is none
SHOWN = 120  # characters of a row in a warning
ALIKE = 0.9  # of their letters: headers that say the same, read twice
READ = 0.6  # confidence of a word of a scanned line from which it says something
NEAR = 0.03  # of a table's width: columns that begin this near one another are one


@dataclass
class RawTable:
    """A table over its pages.

    `start` is its offset in the text, `head` and `rows` its rows, `wide` the number of columns, `lefts` their left
    edges (points), `places` its pages with its box on each.
    """

    start: int
    header: TableHeader | None
    head: list[Record]
    rows: list[Record]
    wide: int
    lefts: tuple[float, ...]
    places: list[tuple[int, Box | None]] = field(default_factory=list)


@dataclass(frozen=True)
class _OnPage:
    """A table as one page has it."""

    start: int
    page: int
    records: list[Record]
    box: Box | None
    lefts: tuple[float, ...]
    opens: bool  # nothing stands above it on its page
    ends: bool  # nothing stands below it
    untold: tuple[str, ...] | None  # the rows whose cells nothing tells apart; None where all have edges
    presumed: tuple[str, ...]  # the rows whose only bodies were taken to do the work


def assembled(document: Document) -> tuple[list[RawTable], list[Notice]]:
    """Assemble the tables of a document.

    Returns:
        The tables in reading order, and notices about them.
    """
    sheets: list[RawTable] = []
    notices: list[Notice] = []
    before: _OnPage | None = None
    offset = 0
    for page in document.pages:
        found, said = _on_page(page, offset, document.has_pages)
        notices += said
        for one in found:
            header = read_header(one.records)
            goes_on = before is not None and before.ends and one.opens and one.page == before.page + 1 and bool(sheets)
            if goes_on and _fits(sheets[-1], one, header):
                _append(sheets[-1], one, header)
            else:
                taken = header.rows if header else 0
                sheet = RawTable(one.start, header, one.records[:taken], [], len(one.records[0]), one.lefts)
                sheet.rows.extend(_without_headers(sheet, one.records[taken:]))
                sheet.places.append((one.page, one.box))
                sheets.append(sheet)
            notices += _doubts(one, len(sheets), document.has_pages)
            before = one
        if not found and any(_says(line) for line in page.lines):
            before = None
        offset += sum(len(line.text) + 1 for line in page.lines)
    for sheet in sheets:
        if sheet.header is not None:
            if all(box is None for _, box in sheet.places):
                sheet.rows = _with_cut_rows_joined(sheet)
            sheet.header = settled(sheet.header, sheet.rows)
    return sheets, notices


def _doubts(one: _OnPage, number: int, has_pages: bool) -> Iterator[Notice]:
    """What a reader should compare of a table whose cells were told by what they say."""
    page, table = one.page if has_pages else None, f"table-{number}"
    if one.untold is not None:
        yield notice("W313", page, table=table)
    for text in one.untold or ():
        yield notice("W314", page, table=table, text=text[:SHOWN])
    for text in one.presumed:
        yield notice("W316", page, table=table, text=text[:SHOWN])


def _on_page(page: Page, offset: int, has_pages: bool) -> tuple[list[_OnPage], list[Notice]]:
    parts: dict[tuple[int, int], list[tuple[Line, CellSpan, int]]] = {}
    starts: dict[int, int] = {}
    notices: list[Notice] = []
    for line in page.lines:
        if line.table is not None:
            starts.setdefault(line.table, offset)
            for part in line.cells:
                parts.setdefault((line.table, part.cell), []).append((line, part, offset))
            if not line.cells and any(char.isalnum() for char in line.text):
                notices.append(notice("W305", page.number if has_pages else None, text=line.text[:80]))
        offset += len(line.text) + 1
    out = []
    for index, table in enumerate(page.tables):
        high, wide = table.size
        if index not in starts or not high:
            continue
        grid: list[list[TableSlot]] = [[TableSlot(None)] * wide for _ in range(high)]
        for number, cell in enumerate(table.cells):
            own = parts.get((index, number), ())
            passage = _passage(own, page.number)
            bold = bool(own) and all(line.bold for line, _, _ in own)
            for row in range(cell.row, min(cell.row + cell.rows, high)):
                for column in range(cell.column, min(cell.column + cell.columns, wide)):
                    left = column > cell.column
                    grid[row][column] = TableSlot(None if left else passage, row > cell.row, left, cell.shaded, bold)
        body = [line.table for line in page.lines if _says(line) and not _is_beside(line, table.box, page.rotation)]
        opens, ends = bool(body) and body[0] == index, bool(body) and body[-1] == index
        rows = [tuple(row) for row in grid]
        untold = None if table.untold is None else _said(rows, table.untold)
        presumed = _said(rows, table.presumed)
        out.append(_OnPage(starts[index], page.number, rows, table.box, table.lefts, opens, ends, untold, presumed))
    return sorted(out, key=lambda one: one.start), notices


def _said(rows: Sequence[Record], places: Sequence[int]) -> tuple[str, ...]:
    """What each of some rows says."""
    return tuple(" ".join(slot.text for slot in rows[at] if slot.text) for at in places)


def _says(line: Line) -> bool:
    """Whether a line says something: of a picture, not a figure alone and what was barely read."""
    if line.furniture is not None or not line.text.strip():
        return False
    if line.table is not None or not line.words or any(word.confidence is None for word in line.words):
        return True
    return any(
        sum(map(str.isalpha, line.text[word.start : word.end])) > 1 and (word.confidence or 0.0) >= READ
        for word in line.words
    )


def _is_beside(line: Line, box: Box | None, rotation: int) -> bool:
    """Whether a line outside of tables stands between the head and the foot of one: a stamp at the edge, a note."""
    if line.table is not None or line.box is None or box is None:
        return False
    if rotation % 180:
        return box.x0 < (line.box.x0 + line.box.x1) / 2 < box.x1
    return box.y0 < (line.box.y0 + line.box.y1) / 2 < box.y1


def _passage(parts: Sequence[tuple[Line, CellSpan, int]], page: int) -> Passage | None:
    text, pieces = "", []
    for line, part, offset in parts:
        raw = line.text[part.start : part.end]
        stripped = raw.strip()
        if not stripped:
            continue
        at = part.start + len(raw) - len(raw.lstrip())
        text += seam(text, stripped) if text else ""
        pieces.append(SourceSpan(len(text), offset + at, len(stripped)))
        text += stripped
    return Passage(text, tuple(pieces), page) if text else None


def _fits(sheet: RawTable, one: _OnPage, header: TableHeader | None) -> bool:
    """Whether a table at the top of a page goes on with the one at the foot of the page before."""
    if header is not None:
        return sheet.header is not None and _are_alike(_texts(one.records[: header.rows]), _texts(sheet.head))
    if len(one.records[0]) != sheet.wide and _aligned(sheet, one) is None:
        return False
    number = _column(sheet, FieldRole.NUMBER)
    at = number if len(one.records[0]) == sheet.wide else None
    return at is None or any(_may_count(row, at) for row in one.records)


def _may_count(row: Record, at: int) -> bool:
    """Whether a row can be one of a table whose column `at` numbers its rows: it has a number, or nothing, there."""
    text = row[at].text.strip(" .)/:(")
    return not text or len(text) <= NUMBER or _spans(row) or any(char.isdigit() for char in text)


def _texts(rows: Sequence[Record]) -> list[str]:
    return [fold(" ".join(slot.text.split())) for row in rows for slot in row if slot.text and not slot.above]


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headers say the same, but for letters that were misread on one of their pages."""
    if one == other:
        return True
    here, there = " ".join(one), " ".join(other)
    if [char for char in here if char.isdigit()] != [char for char in there if char.isdigit()]:
        return False
    return len(one) == len(other) and SequenceMatcher(None, here, there, autojunk=False).ratio() >= ALIKE


def _aligned(sheet: RawTable, one: _OnPage) -> list[int] | None:
    """For each column of a table the one of the sheet that begins at the same place; None where one does not.

    What stands in a column more than the sheet has, by a stroke taken for a rule, belongs to the one left of it.
    """
    if len(one.lefts) != len(one.records[0]) or len(sheet.lefts) != sheet.wide or not one.lefts or one.box is None:
        return None
    near = NEAR * (one.box.x1 - one.box.x0)
    out: list[int] = []
    for x in one.lefts:
        nearest = min(range(sheet.wide), key=lambda at: abs(sheet.lefts[at] - x))
        if abs(sheet.lefts[nearest] - x) > near or nearest in out:
            if len(one.lefts) <= sheet.wide or not out:
                return None
            nearest = out[-1]
        out.append(nearest)
    return out if len(one.lefts) <= sheet.wide or len(set(out)) == sheet.wide else None


def _append(sheet: RawTable, one: _OnPage, header: TableHeader | None) -> None:
    rows = one.records[header.rows if header else 0 :]
    if len(one.records[0]) != sheet.wide:
        places = _aligned(sheet, one) or []
        rows = [_spread(row, places, sheet.wide) for row in rows]
    rows = list(_with_cells_from_above(sheet, _without_headers(sheet, rows)))
    if rows and sheet.rows and _is_cut(sheet, rows[0]):
        sheet.rows[-1] = tuple(_joined(a, b) for a, b in zip(sheet.rows[-1], rows[0], strict=True))
        rows = rows[1:]
    elif rows and sheet.rows:
        rows = _with_halves_joined(sheet, rows)
    sheet.rows.extend(rows)
    sheet.places.append((one.page, one.box))


def _with_halves_joined(sheet: RawTable, rows: Sequence[Record]) -> list[Record]:
    """The rows of a page and those above it, cells of bodies that the page break cut made whole on both.

    The cell is one over rows of both pages: it holds for all of them.
    """
    out = list(rows)
    for at, column in enumerate(sheet.header.columns if sheet.header else ()):
        upper, lower = sheet.rows[-1][at].passage, out[0][at].passage
        if column.role not in AGENCIES or upper is None or lower is None or upper is lower:
            continue
        if _goes_on(upper.text, lower.text, any(row[at].above for row in (sheet.rows[-1], *out[1:2]))):
            whole = upper + lower
            sheet.rows = [_replaced(row, at, upper, whole) for row in sheet.rows]
            out = [_replaced(row, at, lower, whole) for row in out]
    return out


def _replaced(row: Record, at: int, old: Passage, new: Passage) -> Record:
    return tuple(
        replace(slot, passage=new) if here == at and slot.passage is old else slot for here, slot in enumerate(row)
    )


def _goes_on(upper: str, lower: str, merged: bool) -> bool:
    """Whether bodies at the foot of a page go on at the head of the next: "Sở Xây dựng; Sở", "Sở Tài" / "chính".

    Only of a cell that is merged over rows is the second seen: small letters begin "người dân" of a row of its own too.
    """
    if ends_in_beginning(upper):
        return not begins_agency(lower)
    listed = fold(lower).removeprefix("các ").startswith(tuple(map(fold, groups())))
    return merged and lower[:1].islower() and not begins_agency(lower) and not listed


def _without_headers(sheet: RawTable, rows: Sequence[Record]) -> list[Record]:
    """The rows without those that print the header again further down."""
    printed = [_texts([row]) for row in sheet.head if sum(bool(slot.text) for slot in row) > 1]
    return [row for row in rows if not any(_are_alike(_texts([row]), one) for one in printed)]


def _spread(row: Record, places: Sequence[int], wide: int) -> Record:
    """A row of other columns in those of its sheet: a column that is not there belongs to the cell left of it."""
    out = [TableSlot(None, left=True)] * wide
    for at, (slot, place) in enumerate(zip(row, places, strict=True)):
        out[place] = _joined(out[place], slot) if place in places[:at] else slot
    return tuple(out)


def _with_cells_from_above(sheet: RawTable, rows: Sequence[Record]) -> Iterator[Record]:
    """The rows of a page; an empty cell over several of them is one that began on the page before."""
    if not rows or not sheet.rows:
        yield from rows
        return
    last = sheet.rows[-1]
    open_ = [
        len(rows) > 1 and not slot.text and not slot.left and rows[1][at].above and bool(last[at].text)
        for at, slot in enumerate(rows[0])
    ]
    for row in rows:
        out = []
        for at, slot in enumerate(row):
            open_[at] = open_[at] and (slot.above or row is rows[0])
            out.append(TableSlot(last[at].passage, above=True) if open_[at] else slot)
        yield tuple(out)


def _is_cut(sheet: RawTable, row: Record) -> bool:
    """Whether the first row of a page goes on with the last one of the page before."""
    own = [slot for slot in row if slot.text and not slot.above]
    if not own or _spans(row):
        return False
    number, work = (_column(sheet, role) for role in (FieldRole.NUMBER, FieldRole.WORK))
    if number is not None:
        if not is_empty(row[number].text) and not row[number].above:
            return False
        counted = [record for record in sheet.rows if not _spans(record)]
        if sum(not is_empty(record[number].text) for record in counted) >= NUMBERED * len(counted):
            return True
    if work is not None and (is_empty(row[work].text) or row[work].above):
        return True
    first = (row[work] if work is not None else own[0]).text.lstrip("“\"'( -–+*•")
    return not first[:1].isupper() and not first[:1].isdigit()


def _with_cut_rows_joined(sheet: RawTable) -> list[Record]:
    """The rows of a text's table, those that a page break of its source cut made whole: the rest has no number."""
    number, work = (_column(sheet, role) for role in (FieldRole.NUMBER, FieldRole.WORK))
    counted = [row for row in sheet.rows if not _spans(row)]
    if number is None or work is None or any(slot.above for row in counted for slot in row):
        return sheet.rows
    if sum(not is_empty(row[number].text) for row in counted) < MOSTLY_NUMBERED * len(counted):
        return sheet.rows
    out: list[Record] = []
    for row in sheet.rows:
        rest = [(out[-1][at], slot) for at, slot in enumerate(row) if at != work and slot.text] if out else [None]
        alone = all(pair is not None and pair[0].text and pair[1].text[:1].islower() for pair in rest)
        upper, lower = out[-1][work].text if out else "", row[work].text
        if alone and upper and lower[:1].islower() and not is_empty(out[-1][number].text):
            out[-1] = tuple(_joined(a, b) for a, b in zip(out[-1], row, strict=True))
        else:
            out.append(row)
    return out


def _column(sheet: RawTable, role: FieldRole) -> int | None:
    if sheet.header is None:
        return None
    return next((at for at, one in enumerate(sheet.header.columns) if one.role is role), None)


def _spans(row: Record) -> bool:
    """Whether a row is one cell over most of the table's width."""
    return len(row) > 2 and sum(slot.left for slot in row) >= len(row) - 2


def _joined(one: TableSlot, two: TableSlot) -> TableSlot:
    if two.passage is None or two.above:
        return one
    if one.passage is None:
        return TableSlot(two.passage, one.above, one.left)
    return TableSlot(one.passage + two.passage, one.above, one.left)
