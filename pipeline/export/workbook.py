"""XLSX: a sheet for each frame, typed cells, and a link from each page number to the page.

XlsxWriter writes row by row (`constant_memory`), so a sheet takes little memory however long it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final
from urllib.parse import quote

from pipeline.errors import Notice, notice
from pipeline.extras import require
from pipeline.files import placed
from pipeline.spreadsheets import is_formula
from pipeline.store.cell_text import as_json, iso, utc
from pipeline.store.frames import Frame, FrameColumn

# "Excel specifications and limits": rows of a sheet (one is the header), UTF-16 units of a cell, links of a sheet.
ROWS: Final = 1_048_576
_CELL: Final = 32_767
LINKS: Final = 65_530
_URL: Final = 2_079
_NAME: Final = 31  # of a sheet
_EXACT: Final = 10**15  # Excel keeps 15 digits
# From here on every program counts the days alike: to some of them 1900 is a leap year.
_FIRST_DAY: Final = date(1900, 3, 1)
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the same rows give the same bytes, whenever
_BARRED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # by XML 1.0
_WIDTHS: Final = {"integer": 8, "number": 8, "boolean": 8, "date": 11, "datetime": 19}
_WIDEST: Final = 60
_LOOKED_AT: Final = 500  # rows that say how wide a column is


def write_xlsx(frames: Sequence[Frame], path: Path, sources: str | None = None) -> tuple[Notice, ...]:
    """Write a workbook.

    Numbers, dates and booleans are typed cells; a list of texts is one text a line, other lists and objects are JSON.
    No text becomes a formula. A frame with `file_name` and `page` has its page numbers linked to `<sources>/<file
    name>#page=N`. A frame that is longer than a sheet goes on in the next, named like "items (2)".

    Args:
        frames: the tables.
        path: the file.
        sources: the folder of the documents or its address; None for the folder of the workbook.

    Returns:
        Notices of what Excel's limits changed.

    Raises:
        MissingPackageError: XlsxWriter is not installed.
        OSError: the file cannot be written.
    """
    xlsxwriter = require("xlsxwriter", "XLSX")
    link = require("xlsxwriter.url", "XLSX").Url
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with placed(path) as part, TemporaryDirectory(ignore_cleanup_errors=True) as folder, _Output(part) as file:
        workbook = xlsxwriter.Workbook(file, options | {"tmpdir": folder})
        workbook.use_zip64()
        workbook.set_properties({"created": _MADE.replace(tzinfo=None)})
        writer = _Writer(workbook, link, sources)
        for frame in frames:
            writer.write(frame)
        _close(workbook)
    return writer.notices()


class _Output:
    """What the workbook's ZIP file writes to, until the writing fails; then it takes what comes and keeps nothing.

    XlsxWriter leaves the ZIP file open after a failure, and that writes its end when it is thrown away.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._place = 0

    def __enter__(self) -> _Output:
        self._file = self._path.open("wb")
        return self

    def __exit__(self, *raised: object) -> None:
        file, self._file = self._file, None
        if file:
            file.close()

    def write(self, data: bytes) -> int:
        self._place += len(data)
        return self._file.write(data) if self._file else len(data)

    def tell(self) -> int:
        return self._place

    def seek(self, place: int) -> int:
        self._place = place
        return self._file.seek(place) if self._file else place

    def flush(self) -> None:
        if self._file:
            self._file.flush()


class _Writer:
    """The sheets of one workbook, and what had to be changed in them."""

    def __init__(self, workbook: Any, link: Any, sources: str | None) -> None:
        self._workbook = workbook
        self._link = lru_cache(maxsize=256)(_linker(link, sources))
        top: dict[str, Any] = {"valign": "top"}
        self._plain = workbook.add_format(top)
        self._text = workbook.add_format(top | {"text_wrap": True})
        # Excel takes a text for a formula when somebody edits its cell, unless it is marked as a text.
        self._formula = workbook.add_format(top | {"text_wrap": True, "quote_prefix": True})
        self._day = workbook.add_format(top | {"num_format": "yyyy-mm-dd"})
        self._time = workbook.add_format(top | {"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._linked = workbook.add_format(top | {"font_color": "#0563C1", "underline": 1})
        self._header = workbook.add_format({"bold": True, "valign": "top", "bottom": 1, "bg_color": "#F2F2F2"})
        self._changed: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def write(self, frame: Frame) -> None:
        """The sheets of one frame."""
        names = [column.name for column in frame.columns]
        page = names.index("page") if {"page", "file_name"} <= set(names) else None
        file = names.index("file_name") if page is not None else None
        sheet, row, links, count = self._sheet(frame, 1), 0, 0, 1
        widths = [_width(column) for column in frame.columns]
        for cells in frame.rows():
            if row == ROWS - 1:
                _finish(sheet, row, widths)
                count += 1
                sheet, row, links = self._sheet(frame, count), 0, 0
            row += 1
            for at, cell in enumerate(cells):
                if cell is None or cell == "" or cell == []:
                    continue
                if at == page and file is not None and cells[file]:
                    links += self._page(sheet, row, at, cell, cells[file], links)
                else:
                    self._cell(sheet, row, at, cell)
                if row <= _LOOKED_AT and isinstance(cell, str):
                    widths[at] = min(max(widths[at], len(cell) + 1), _WIDEST)
        _finish(sheet, row, widths)

    def notices(self) -> tuple[Notice, ...]:
        """What was changed: the code, how often, and where first."""
        return tuple(
            notice(code, count=count, place=self._first[code]) for code, count in sorted(self._changed.items())
        )

    def _sheet(self, frame: Frame, count: int) -> Any:
        more = f" ({count})" if count > 1 else ""
        sheet = self._workbook.add_worksheet(frame.name[: _NAME - len(more)] + more)
        for at, column in enumerate(frame.columns):
            sheet.write_string(0, at, column.name, self._header)
            said = " – ".join(words for words in (column.title, column.description, column.unit) if words)
            if said:
                sheet.write_comment(0, at, said)
        return sheet

    def _cell(self, sheet: Any, row: int, at: int, cell: Any) -> None:
        """A cell of its type. A number or date that Excel would change becomes a text."""
        if isinstance(cell, bool):
            sheet.write_boolean(row, at, cell, self._plain)
        elif isinstance(cell, int | float) and abs(cell) < _EXACT:
            sheet.write_number(row, at, cell, self._plain)
        elif isinstance(cell, int | float):
            self._change("W745", sheet, row, at)
            sheet.write_string(row, at, str(cell), self._text)
        elif isinstance(cell, date):
            day = utc(cell).date() if isinstance(cell, datetime) else cell
            if day < _FIRST_DAY:
                self._change("W745", sheet, row, at)
                sheet.write_string(row, at, iso(cell), self._text)
            elif isinstance(cell, datetime):
                sheet.write_datetime(row, at, utc(cell).replace(tzinfo=None), self._time)
            else:
                sheet.write_datetime(row, at, cell, self._day)
        else:
            self._words(sheet, row, at, _text(cell))

    def _words(self, sheet: Any, row: int, at: int, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _BARRED.search(text):
            self._change("W744", sheet, row, at)
            text = _BARRED.sub("\ufffd", text)
        if len(text) > _CELL // 2 and (cut := _cut(text)) != text:
            self._change("W742", sheet, row, at)
            text = cut
        style = self._formula if is_formula(text) else self._text
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take it for its own markup of text with several formats, and write it as it is.
            marked = f'<r><t xml:space="preserve">{escape(text, quote=False)}</t></r>'
            if len(marked) <= _CELL // 2:
                text = marked
            else:
                self._change("W742", sheet, row, at)
                text = text[:-1] + "…"
        sheet.write_string(row, at, text, style)

    def _page(self, sheet: Any, row: int, at: int, page: int, file_name: str, links: int) -> int:
        """A page number, linked to its page where Excel has room for the link; how many links this takes."""
        url = self._link(file_name, page)
        linked = links < LINKS and url is not None
        if linked:
            sheet.write_url(row, at, url, self._linked)
        else:
            self._change("W743", sheet, row, at)
        sheet.write_number(row, at, page, self._linked if linked else self._plain)
        return int(linked)

    def _change(self, code: str, sheet: Any, row: int, at: int) -> None:
        self._changed[code] += 1
        self._first.setdefault(code, f"{sheet.get_name()}!{_letters(at)}{row + 1}")


def page_target(sources: str | None, file_name: str) -> str:
    """The address of a file, percent-encoded: relative to the workbook where `sources` is None or relative."""
    name = quote(file_name, safe="")
    if not sources:
        return name
    if "://" in sources:
        base = quote(sources, safe="%/:?#[]@!$&'()*+,;=~")
    elif re.match(r"[A-Za-z]:[\\/]|\\\\", sources):
        base = PureWindowsPath(sources).as_uri()
    elif sources.startswith("/"):
        base = PurePosixPath(sources).as_uri()
    else:
        base = quote(sources.replace("\\", "/"), safe="/")
    return f"{base.rstrip('/')}/{name}"


def _linker(link: Any, sources: str | None) -> Any:
    """What makes the link to a page; None where the address is too long."""

    def made(file_name: str, page: int) -> Any:
        target = page_target(sources, file_name)
        if len(target) > _URL:
            return None
        url = link(
            f"https://file#page={page}",
        )
        url.text = str(page)
        url._relationship_link = target  # given a file, XlsxWriter turns / into \ and drops the first of a path
        return url

    return made


def _close(workbook: Any) -> None:
    try:
        workbook.close()
    except require("xlsxwriter.exceptions", "XLSX").FileCreateError as error:
        raise error.args[0] from error  # the OSError


def _finish(sheet: Any, last: int, widths: Sequence[int]) -> None:
    sheet.freeze_panes(1, 0)
    if widths:
        sheet.autofilter(0, 0, last, len(widths) - 1)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)


def _width(column: FrameColumn) -> int:
    """Room for the heading with its filter, and for what stands below."""
    return max(len(column.name) + 4, _WIDTHS.get(column.type, 0), 40 if column.type in ("array", "object") else 0)


def _text(cell: Any) -> str:
    if isinstance(cell, list) and all(isinstance(one, str) for one in cell):
        return "\n".join(cell)
    return cell if isinstance(cell, str) else as_json(cell)


def _cut(text: str) -> str:
    """At most what a cell holds, counted in UTF-16 units; an ellipsis says where it was cut."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _CELL:
        return text
    return units[: 2 * (_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _letters(at: int) -> str:
    """The name of a column: A, B, … Z, AA."""
    name = ""
    while at >= 0:
        name = chr(ord("A") + at % 26) + name
        at = at // 26 - 1
    return name
