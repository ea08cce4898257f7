"""Reading XLSX with openpyxl: a page for each sheet, what stands above and below its table as lines.

Read is what is printed: no hidden sheets, rows and columns, and each value as its format shows it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.parsers.expat import ParserCreate

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.cell_range import CellRange

from pipeline.document import Cell, CellSpan, Line, Page, Side, Table, TextOrigin
from pipeline.errors import DamagedError, NoTextError, Notice, TooLargeError, notice
from pipeline.ingest.layout import begins_with_cue
from pipeline.ingest.lines import clean_print
from pipeline.ingest.office.number_formats import printed
from pipeline.ingest.office.package import MAX_XML, check_package
from pipeline.language.casing import in_capitals
from pipeline.settings import Settings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_MERGED = 2_000_000
"""Cells that merged ones may cover: each is an object in memory, and a whole sheet has 17 thousand million."""

_BEGINS: Final = 100  # bytes of XML that tell its encoding
LEAST_WIDE = 3  # cells of the first row of a table
# A formula whose result was not kept: programs that are not Excel may leave it out.
_NO_RESULT = re.compile(rb"(?:</f>|<f\b[^<>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_DATED = re.compile(r"[^\d,]{2,40}, ngày\b")  # the place and day above who signs
_NUMBERED = re.compile(r"\s*(?:\d+(?:\.\d+)*|[IVX]+|[a-zđ])[.)]?\s*")  # the first cell of a row


class _Piece(NamedTuple):
    """What a cell prints, where it begins among what is shown, and how much it covers."""

    column: int
    text: str
    rows: int
    columns: int
    bold: bool
    centred: bool
    shaded: bool


_SheetRow = list[_Piece]


def read_xlsx(path: Path, settings: Settings) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read an XLSX.

    Args:
        path: the file.
        settings: limits.

    Returns:
        A page for each sheet that is shown and says something; and notices.

    Raises:
        DamagedError: it is no sound XLSX.
        TooLargeError: it has more characters, or its merged cells cover too many.
        NoTextError: it has none.
    """
    macros = check_package(path)
    told = _Told()
    try:
        _check_merged(path)
        book = load_workbook(path, data_only=True, rich_text=True)
        sheets = [_Sheet(sheet, told) for sheet in book.worksheets]
        lost = _without_result(path)
    except TooLargeError:
        raise
    except Exception as error:  # openpyxl and lxml raise whatever a damaged file leads them to
        reason = f"{type(error).__name__}: {error}"[:200]
        raise DamagedError(file=path.name, reason=reason) from error
    pages: list[Page] = []
    for sheet in sheets:
        rows = sheet.rows()
        if rows:
            lines, tables = _laid_out(rows)
            pages.append(Page(len(pages) + 1, tuple(lines), TextOrigin.PLAIN, "XLSX", tuple(tables)))
    if sum(len(line.raw) for page in pages for line in page.lines) > settings.max_characters:
        reason = f"more characters than max_characters, {settings.max_characters}"
        raise TooLargeError(file=path.name, reason=reason)
    if not pages:
        raise NoTextError(file=path.name)
    return tuple(pages), tuple(_notices(told, lost, macros))


def _notices(told: _Told, lost: int, macros: bool) -> Iterator[Notice]:
    if told.sheets or told.rows or told.columns:
        yield notice("W232", sheets=told.sheets, rows=told.rows, columns=told.columns)
    if told.struck:
        yield notice("W226", 1, words=" … ".join(told.struck)[:120])
    if lost:
        yield notice("W233", count=lost)
    if macros:
        yield notice("W231")


def _without_result(path: Path) -> int:
    """How many cells have a formula and no result of it."""
    return sum(len(_NO_RESULT.findall(sheet)) for sheet in _sheets(path))


def _sheets(path: Path) -> Iterator[bytes]:
    """The XML of each sheet, whatever its part is called."""
    reader = ExcelReader(path, data_only=True)
    with reader.archive as archive:
        reader.read_manifest()
        reader.read_workbook()
        for _, found in reader.parser.find_sheets():
            if found.target in reader.valid_files:
                if archive.getinfo(found.target).file_size > MAX_XML:  # `check_package` looks at .xml
                    raise TooLargeError(file=path.name, reason=f"{found.target}: more than {MAX_XML >> 20} MiB")
                yield archive.read(found.target)


def _check_merged(path: Path) -> None:
    covered = 0
    for sheet in _sheets(path):
        for reference in _merged(sheet):
            size = CellRange(reference).size
            covered += size["rows"] * size["columns"]
    if covered > MAX_MERGED:
        raise TooLargeError(file=path.name, reason=f"its merged cells cover {covered} cells")


def _merged(sheet: bytes) -> list[str]:
    """The references of merged cells as the XML says them, in whatever quotes or encoding."""
    found: list[str] = []

    def begins(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "mergeCell" and "ref" in attributes:
            found.append(attributes["ref"])

    if b"mergeCell" in sheet or b"\0" in sheet[:_BEGINS]:  # of UTF-16 each second byte
        parser = ParserCreate()
        parser.StartElementHandler = begins
        parser.Parse(sheet, True)
    return found


@dataclass
class _Told:
    """What is not read of a workbook: hidden sheets, rows and columns that say something, and words struck out."""

    sheets: int = 0
    rows: int = 0
    columns: int = 0
    struck: list[str] = field(default_factory=list)


class _Sheet:
    """One sheet of a workbook."""

    def __init__(self, sheet: Any, told: _Told) -> None:
        self._told = told
        filled = {at: cell for at, cell in sheet._cells.items() if cell.value not in (None, "")}
        hidden = {at for at, row in sheet.row_dimensions.items() if row.hidden or row.height == 0}
        away = {  # a group of columns has its properties once
            column
            for group in sheet.column_dimensions.values()
            if group.hidden or group.width == 0
            for column in range(group.min or 1, (group.max or 0) + 1)
        }
        if sheet.sheet_state != "visible":
            told.sheets += bool(filled)
            filled = {}
        told.rows += len({row for row, _ in filled} & hidden)
        told.columns += len({column for _, column in filled} & away)
        self._hidden, self._away = sorted(hidden), sorted(away)
        self._cells: dict[int, dict[int, Any]] = {}
        for (row, column), cell in sorted(filled.items()):
            if row not in hidden and column not in away:
                self._cells.setdefault(row, {})[column] = cell
        self._first = min((column for cells in self._cells.values() for column in cells), default=0)
        self._merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}

    def rows(self) -> list[_SheetRow]:
        """The rows that are shown, an empty one where the sheet has empty ones between."""
        out: list[_SheetRow] = []
        before = None
        for number, cells in self._cells.items():
            row = [piece for column in cells if (piece := self._piece(number, column)) is not None]
            if row:
                if before is not None and _shown(before + 1, number - 1, self._hidden):
                    out.append([])
                out.append(row)
                before = number
        return out

    def _piece(self, row: int, column: int) -> _Piece | None:
        cell = self._cells[row][column]
        text = self._text(cell, column == self._first)
        if not text.strip():
            return None
        rows = columns = 1
        if area := self._merged.get((row, column)):
            rows = _shown(area.min_row, area.max_row, self._hidden)
            columns = _shown(area.min_col, area.max_col, self._away)
        fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
        return _Piece(
            _shown(1, column - 1, self._away),
            text,
            rows,
            columns,
            bool(cell.font.b),
            cell.alignment.horizontal in ("center", "centerContinuous"),
            fill not in (None, "FFFFFFFF", "00FFFFFF"),
        )

    def _text(self, cell: Any, is_first: bool) -> str:
        """What a cell prints; "1.1" of the first column is a number of a list, whatever the decimal sign."""
        value = cell.value
        if isinstance(value, CellRichText):
            kept: list[str] = []
            for part in value:
                struck = isinstance(part, TextBlock) and part.font.strike
                (self._told.struck if struck else kept).append(str(part))
            return "".join(kept)
        text = printed(value, cell.number_format, "." if is_first else ",")
        if cell.font.strike and text:
            self._told.struck.append(text)
            return ""
        return text


def _shown(first: int, last: int, hidden: Sequence[int]) -> int:
    """How many rows or columns from one to another are shown."""
    return last - first + 1 - (bisect_right(hidden, last) - bisect_left(hidden, first))


def _laid_out(rows: Sequence[_SheetRow]) -> tuple[list[Line], list[Table]]:
    """The lines of a sheet and its table: what stands above the first wide row and from the foot on is none.

    The foot begins with "Nơi nhận:" or the like, or with a post, below all rows that are numbered or as wide as the
    table.
    """
    wide = [at for at, row in enumerate(rows) if len(row) >= LEAST_WIDE]
    cues = [at for at, row in enumerate(rows) if _begins_with_cue(row)]
    narrow = [at for at, row in enumerate(rows) if len(row) == 2 and at not in cues]
    first = min(wide or narrow, default=len(rows))
    across = max([LEAST_WIDE, *(len(row) for row in rows)])
    inside = (
        at
        for at, row in enumerate(rows)
        if (len(row) == across and not _begins_with_cue(row[:1])) or (row and _NUMBERED.fullmatch(row[0].text))
    )
    behind = max(inside, default=0)
    last = next((at for at in cues if at > max(first, behind)), _sign_off(rows, max(first, behind)))
    head, body, foot = rows[:first], [row for row in rows[first:last] if row], rows[last:]
    if not body:
        return list(_apart(rows)), []
    cells: list[Cell] = []
    lines: list[Line] = []
    for number, row in enumerate(body):
        for piece in row:
            for line in _lines(piece, None):
                lines.append(replace(line, table=0, cells=(CellSpan(0, len(line.text), len(cells)),)))
            cells.append(Cell(number, piece.column, piece.rows, piece.columns, piece.shaded))
    return [*_apart(head), *lines, *_beside(foot)], [Table(tuple(cells))]


def _sign_off(rows: Sequence[_SheetRow], behind: int) -> int:
    """Where a foot without recipients begins behind a table: capitals, or the day, below an empty row."""
    for at in range(behind + 1, len(rows) - 1):
        if rows[at]:
            continue
        narrow = all(len(row) < LEAST_WIDE for row in rows[at:])
        if narrow and all(in_capitals(piece.text) or _DATED.match(piece.text) for piece in rows[at + 1]):
            return at
    return len(rows)


def _begins_with_cue(row: _SheetRow) -> bool:
    return any(begins_with_cue(line.strip()) for piece in row for line in piece.text.split("\n"))


def _apart(rows: Sequence[_SheetRow]) -> Iterator[Line]:
    """The lines of rows above a table; from one row of two cells to the last such row they stand beside each other."""
    at = 0
    while at < len(rows):
        end = at
        for number in range(at, len(rows)):
            if not rows[number] or len(rows[at]) != 2:
                break
            end = number + 1 if len(rows[number]) == 2 else end
        if end > at:
            yield from _beside(rows[at:end])
        else:
            yield from (line for piece in rows[at] for line in _lines(piece, None))
            yield from () if rows[at] else (Line("", ""),)
        at = max(end, at + 1)


def _beside(rows: Sequence[_SheetRow]) -> Iterator[Line]:
    """The lines of two columns that stand beside each other, the left one first."""
    middle = min((row[-1].column for row in rows if len(row) > 1), default=0)
    for side in Side:
        for piece in (piece for row in rows for piece in row):
            if (Side.LEFT if piece.column < middle else Side.RIGHT) is side:
                yield from _lines(piece, side if middle else None)


def _lines(piece: _Piece, side: Side | None) -> Iterator[Line]:
    for raw in piece.text.split("\n"):
        text, origin = clean_print(raw)
        if text:
            yield Line(text, raw, origin, column=side, bold=piece.bold, centred=piece.centred, starts_paragraph=True)
