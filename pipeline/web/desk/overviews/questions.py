"""What an overview is asked: the fields of its form, its address with other fields, the files beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from pipeline.errors import KehoachError, RequestFormError
from pipeline.export.text_forms import file_stem

if TYPE_CHECKING:
    from pipeline.store.database import Connection
    from pipeline.store.frames import Frame

PAGE: Final = 200
"""Entries of one page."""
MOST: Final = 100_000
"""Entries of one file."""
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ics": "text/calendar; charset=utf-8",
}
_SVG_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""Of a drawing opened by itself: it carries its own style, and can run nothing."""


@dataclass(frozen=True)
class Question:
    """What a page was asked: its path, and the fields that are filled in."""

    path: str
    given: Mapping[str, str]

    def to(self, ending: str = "", **changed: object) -> str:
        """The address of the page, or of a file beside it, with some fields changed; "" empties one."""
        asks = {name: value for name, value in {**self.given, **changed}.items() if value not in ("", None)}
        return f"{self.path}{ending}{'?' + urlencode(asks) if asks else ''}"

    def filters(self, *names: str) -> dict[str, str]:
        """Those of the fields that are filters of the store."""
        return {name: self.given[name] for name in names if name in self.given}


def question(request: Request, path: str, *names: str) -> Question:
    """Read the fields `names` of a request."""
    asked = {name: request.query_params.get(name, "").strip()[:200] for name in names}
    return Question(path, {name: value for name, value in asked.items() if value})


def page_of(request: Request) -> int:
    """Which page of a long list is asked for, from 1."""
    value = request.query_params.get("page", "1")
    if not value.isascii() or not value.isdigit() or len(value) > 7 or not 1 <= int(value) <= 1_000_000:
        raise RequestFormError(file="page", problem=value[:80])
    return int(value)


def month_of(value: str) -> tuple[date, date]:
    """The first and last day of a month "2023-11", of which there is one before and one after.

    Raises:
        RequestFormError: it is no such month.
    """
    try:
        first = date.fromisoformat(f"{value}-01")
        first - timedelta(days=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise RequestFormError(file="month", problem=value[:80]) from error


def year_of(value: str) -> tuple[date, date]:
    """The first and last day of a year "2023".

    Raises:
        RequestFormError: it is no year.
    """
    try:
        return date(int(value), 1, 1), date(int(value), 12, 31)
    except (ValueError, OverflowError) as error:
        raise RequestFormError(file="year", problem=value[:80]) from error


def provinces(connection: Connection) -> list[tuple[str, int]]:
    """The provinces of the current plans, with how many plans each has."""
    from pipeline.store.overview.places import provinces_of_plans

    return provinces_of_plans(connection)


def shown(ask: Callable[[], Mapping[str, Any]], otherwise: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `ask` gives for a template, with `error` None; where it fails `otherwise`, with `error` the reason."""
    try:
        return {**ask(), "error": None}
    except RequestFormError:
        raise
    except KehoachError as error:
        return {**otherwise, "error": error}


def file_of(
    rows: Sequence[Mapping[str, Any]], types: Mapping[str, type], name: str, form: Literal["csv", "xlsx"]
) -> Response:
    """Rows as a file: CSV that begins with a byte order mark, as Excel needs it, or a workbook.

    Args:
        rows: the cells by column.
        types: the type of each column's cells, which may be None as well.
        name: of the file, without its ending, and of the sheet.
        form: which of the two.

    Raises:
        MissingPackageError: the packages of the extra "export" are not installed.
    """
    from pipeline.store.frames import rows_frame

    frame: Frame = rows_frame(rows, name, types)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, f"table.{form}")
        if form == "csv":
            from pipeline.export.delimited import write_csv

            write_csv(frame, path, bom=True)
        else:
            from pipeline.export.workbook import write_xlsx

            write_xlsx([frame], path)
        return delivered(path.read_bytes(), name, form)


def tagged(request: Request, whole: Response) -> Response:
    """An answer with its tag; without the body where the asker has it already."""
    tag = f'W/"{sha256(bytes(whole.body)).hexdigest()[:32]}"'
    whole.headers.update({"ETag": tag, "Cache-Control": "no-cache"})
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if "*" in known or tag.removeprefix("W/") in [one.removeprefix("W/") for one in known]:
        kept = {name: value for name, value in whole.headers.items() if name not in ("content-length", "content-type")}
        return Response(status_code=304, headers=kept)
    return whole


def delivered(body: bytes, name: str, form: str) -> Response:
    """A file as an answer: a drawing to be seen, another to be kept."""
    headers = {"Content-Security-Policy": _SVG_POLICY} if form == "svg" else {}
    how = "inline" if form in ("svg", "png", "ics") else "attachment"
    headers["Content-Disposition"] = f'{how}; filename="{file_stem(name)}.{form}"'
    return Response(body, media_type=_TYPES[form], headers=headers)
