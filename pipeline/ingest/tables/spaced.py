"""Tables of plain text whose cells are parted by tabs or wide blanks: a row a line, or printed columns.

Programs that keep the layout of a page set the words of each column below each other; such a text is laid as a page
whose letters are all as wide, and its tables are found as those of a page without rules. Where a row is one line, tabs
or wide blanks part its cells; one with fewer than the header has is placed by what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.document import CellSpan, Line
from pipeline.ingest.tables.row_numbers import SpreadNumbers, ends_table
from pipeline.ingest.tables.stacked.spread import CellText, SpreadRow, made
from pipeline.ingest.tables.text import TextTable, is_page_mark, tables_among
from pipeline.ingest.tables.told import LEAST_COLUMNS, NUMBER, Placement, heads_tasks, numbers_row, placed
from pipeline.knowledge.documents import column_role

LEAST_ROWS = 2
NEAR = 4  # lines, blank ones too, within which a row stands below its title
TAB = 8  # characters
EM, WIDTH, PITCH = 12.0, 6.0, 14.0  # points: the size of the type of such a page, the width of a letter, line to line
LONGEST = 400  # lines of a table
GAP = re.compile(r"\t+| {2,}|(?<=\S)\s*\t\s*")
_ONE_TAB = re.compile(r"\t")


def spaced_tables(lines: Sequence[Line], taken: frozenset[int]) -> list[TextTable]:
    """Find the tables among the lines of a text.

    Args:
        lines: of the text, without their marks.
        taken: indices of lines that stand in other tables.
    """

    def begins(at: int) -> TextTable | None:
        if len(GAP.findall(lines[at].raw.strip())) < 2:
            return None
        return _by_tabs(lines, at, taken) or _by_columns(lines, at, taken) or _by_blanks(lines, at, taken)

    return tables_among(len(lines), taken, begins)


def _cells(lines: Sequence[Line], at: int, sign: re.Pattern[str]) -> list[CellText]:
    """The cells of a line, empty ones too."""
    line = lines[at]
    places = line.origin or range(len(line.text))
    bounds = [0, *(place for hit in sign.finditer(line.raw) for place in hit.span()), len(line.raw)]
    out = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        own = [here for here, place in enumerate(places) if start <= place < end]
        text = line.text[own[0] : own[-1] + 1] if own else ""
        first = own[0] + len(text) - len(text.lstrip()) if own else 0
        out.append(CellText(at, first, first + len(text.strip()), text.strip()))
    return out


def _by_tabs(lines: Sequence[Line], first: int, taken: frozenset[int]) -> TextTable | None:
    """The table whose header has tabs between its cells."""
    if "\t" not in lines[first].raw.strip():
        return None
    return _by_lines(lines, first, taken, _ONE_TAB)


def _by_blanks(lines: Sequence[Line], first: int, taken: frozenset[int]) -> TextTable | None:
    """The table whose header has wide blanks between its cells, as its rows have: each is one line."""
    return _by_lines(lines, first, taken, GAP)


def _by_lines(lines: Sequence[Line], first: int, taken: frozenset[int], sign: re.Pattern[str]) -> TextTable | None:
    header = _cells(lines, first, sign)
    roles = [column_role(one.text) for one in header]
    numbered = sign is _ONE_TAB and roles[0] == NUMBER and len(header) >= LEAST_COLUMNS
    if not (numbered and all(one.text for one in header)) and not heads_tasks([one.text for one in header]):
        return None  # a tab parts cells whatever they say; blanks may stand in a sentence
    count = SpreadNumbers()
    skipped = False
    rows: list[SpreadRow] = []
    above: list[CellText] = []  # the cells of the last row
    for at in range(first + 1, min(first + LONGEST, len(lines))):
        text = lines[at].text.strip()
        if not text or is_page_mark(text, numbers=True):
            continue
        cells = _cells(lines, at, sign)
        filled = [one for one in cells if one.text]
        below = _number_below(lines, at, sign, len(header)) if at not in taken and len(filled) == 1 else ""
        if below and count.opens(text.split()[0], below):
            rows.append(SpreadRow((filled[0],), Placement(0.0, (1,))))  # a title over the columns
            above = []
            continue
        if at in taken or _ends(cells) or len(filled) < 2:
            break
        if [one.text for one in cells] == [one.text for one in header]:
            rows.append(SpreadRow(tuple(cells), Placement(0.0, tuple(range(len(cells))))))
            above = []
            continue
        if _completes(above, cells, roles):
            rows[-1] = _joined(above, cells)
            above = []
            continue
        row = _row(cells, roles)
        if roles[0] == NUMBER and cells[0].text and not count.takes(cells[0].text):
            if not count.skips(cells[0].text) or row.found is None:
                break
            count.goes_to(cells[0].text)
            skipped = True
        rows.append(row)
        above = cells
    told = [row for row in rows if row.found is not None]
    if len(told) < LEAST_ROWS or len(told) < len(rows) - len(rows) // 3:
        return None
    end = max(one.line for one in rows[-1].texts) + 1
    found = made(lines, first, end, [[one] for one in header], rows)
    doubtful = skipped or any(row.found is None or row.found.cost for row in rows)
    return found if doubtful else found._replace(untold=None)


def _number_below(lines: Sequence[Line], at: int, sign: re.Pattern[str], wide: int) -> str:
    """The first cell of the next line that says something, where it has all its cells; else ""."""
    below = next((here for here in range(at + 1, min(at + NEAR, len(lines))) if lines[here].text.strip()), None)
    cells = _cells(lines, below, sign) if below is not None else []
    return cells[0].text if len(cells) == wide else ""


def _ends(cells: Sequence[CellText]) -> bool:
    """Whether a line stands below the table; a row with its number does not, capitals or not."""
    return not numbers_row(cells[0].text) and ends_table(" ".join(one.text for one in cells if one.text))


def _completes(above: Sequence[CellText], cells: Sequence[CellText], roles: Sequence[str | None]) -> bool:
    """Whether a line without a number goes on with the last cell of the row above and has all that it lacks."""
    if roles[0] != NUMBER or not above or not above[0].text.rstrip(".)").isdecimal():
        return False
    if numbers_row(next(one.text for one in cells if one.text)):
        return False
    return len(above) < len(roles) == len(above) + len(cells) - 1


def _joined(above: Sequence[CellText], cells: Sequence[CellText]) -> SpreadRow:
    """The row of two lines: the first cell of the second goes on with the last one of the first."""
    filled = [(at, one) for at, one in enumerate(above) if one.text]
    filled += [(len(above) - 1 + at, one) for at, one in enumerate(cells) if one.text]
    return SpreadRow(tuple(one for _, one in filled), Placement(0.1, tuple(at for at, _ in filled)))


def _row(cells: Sequence[CellText], roles: Sequence[str | None]) -> SpreadRow:
    """A row: as it stands where all its cells are there or it is a title, else where they fit."""
    filled = [(at, one) for at, one in enumerate(cells) if one.text]
    texts = tuple(one for _, one in filled)
    if len(cells) == len(roles) or (len(filled) == 2 and numbers_row(texts[0].text)):
        return SpreadRow(texts, Placement(0.0, tuple(at for at, _ in filled)))
    found = placed([one.text for one in texts], roles, whole=True)
    return SpreadRow(texts, found and found._replace(cost=max(found.cost, 0.1)))


def _by_columns(lines: Sequence[Line], first: int, taken: frozenset[int]) -> TextTable | None:
    """The table whose columns stand below each other, its header at a line or the lines right above it."""
    from pipeline.ingest.tables.columns import (
        heads_numbers,  # the room of printed pages is opened for such a table only
    )
    from pipeline.ingest.tables.unruled import find_unruled
    from pipeline.ingest.words import PageToken, TextRow

    begin = first
    while begin and lines[begin - 1].text.strip() and begin - 1 not in taken and first - begin < 3:
        begin -= 1
    places: dict[tuple[float, float], CellText] = {}
    rows: list[TextRow] = []
    for at in range(begin, min(first + LONGEST, len(lines))):
        if at in taken:
            break
        tokens = []
        baseline = PITCH * (at - begin + 1)
        for x0, x1, part in _words(lines[at], at):
            tokens.append(PageToken(part.text, x0, x1, baseline, EM, len(part.text), 0, 0))
            places[x0, baseline] = part
        if tokens:
            rows.append(TextRow(tuple(tokens), baseline, EM))
    head = next((row for row in rows if row.baseline == PITCH * (first - begin + 1)), None)
    if head is None or not heads_numbers(head):
        return None
    found = find_unruled(rows, PITCH * (len(lines) + LONGEST)).tables
    if not found:
        return None
    table = found[0]
    spans: dict[int, list[CellSpan]] = {}
    for number, content in enumerate(table.contents):
        for row in content:
            own = [places[token.x0, token.baseline] for token in row.tokens]
            spans.setdefault(own[0].line, []).append(CellSpan(own[0].start, own[-1].end, number))
    low, high = min(spans), max(spans)
    if not low <= first <= high:
        return None
    own_lines = tuple(_in_cells(lines[at], spans.get(at, [])) for at in range(low, high + 1))
    return TextTable(low, own_lines, table.cells, False)


def _in_cells(line: Line, spans: Sequence[CellSpan]) -> Line:
    return replace(line, cells=tuple(sorted(spans, key=lambda one: one.start)))


def _words(line: Line, at: int) -> Iterator[tuple[float, float, CellText]]:
    """The words of a line with their left and right ends in points."""
    columns = []
    column = 0
    for char in line.raw:
        columns.append(column)
        column = (column // TAB + 1) * TAB if char == "\t" else column + 1
    places = line.origin or range(len(line.text))
    for hit in re.finditer(r"\S+", line.text):
        left, right = columns[places[hit.start()]], columns[places[hit.end() - 1]] + 1
        yield WIDTH * left, WIDTH * right, CellText(at, hit.start(), hit.end(), hit.group())
