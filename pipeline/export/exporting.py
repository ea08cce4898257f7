"""Exporting from a store: which rows, and in which format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any, Final, TypeVar

from pipeline.errors import (
    KehoachError,
    Notice,
    PlanNotExportedError,
    UnknownExportFormatError,
    UselessOptionError,
    notice,
)
from pipeline.export.text_forms import file_mark, file_stem
from pipeline.files import placed
from pipeline.schema import Plan
from pipeline.store.database import Connection
from pipeline.store.frames import Frame, frames
from pipeline.store.query.choosing import Chosen, choose, references
from pipeline.store.query.filters import Filters, checked, is_known
from pipeline.store.reading import file_name, read_plan

FORMATS: Final = (
    *("jsonl", "csv", "xlsx", "parquet", "datapackage", "datasette"),
    *("ics", "akomantoso", "archive-csv", "archive-xml"),
)

_Made = TypeVar("_Made")
_FAULTS: Final = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)
"""What a plan's own values may be the cause of: that must not cost the other plans."""


@dataclass(frozen=True)
class ExportRequest:
    """An export that is asked for: words and filters as in a search, tables and views by name, how to write it."""

    words: str | None
    filters: Mapping[str, Any]
    tables: tuple[str, ...] = ()
    """None given: all of them."""
    bom: bool = False
    """CSV that begins with a byte order mark, which Excel needs to know UTF-8."""
    sources: str | None = None
    """Folder or address of the documents, for links to their pages."""
    version: str = ""
    """That of kehoach, which calendars and XML name."""


@dataclass(frozen=True)
class ExportResult:
    """The files of an export, notices about it, and which plans are not in it, and why."""

    files: tuple[Path, ...]
    notices: tuple[Notice, ...] = ()
    failed: tuple[KehoachError, ...] = ()


def check_usage(format_: str, wanted: ExportRequest) -> None:
    """Check that the format uses every option that is given.

    Raises:
        UnknownExportFormatError: there is no such format.
        UselessOptionError: the format has no use for an option.
    """
    if format_ not in FORMATS:
        raise UnknownExportFormatError(file=format_, formats=", ".join(FORMATS))
    asked = [f"--{name.replace('_', '-')}" for name, value in wanted.filters.items() if value is not None]
    for options, formats in (
        (["--table"] if wanted.tables else [], tuple(_TABLES)),
        (["--bom"] if wanted.bom else [], ("csv", "archive-csv")),
        (["--sources"] if wanted.sources is not None else [], ("xlsx",)),
        ((["WORDS"] if wanted.words else []) + asked, (*_TABLES, *_DOCUMENTS)),
    ):
        if options and format_ not in formats:
            raise UselessOptionError(file=options[0], name=format_, formats=", ".join(formats))


def export(connection: Connection, format_: str, out: Path, wanted: ExportRequest) -> ExportResult:
    """Export from a store.

    Args:
        connection: of the store, as `Store.reading` gives it.
        format_: one of `FORMATS`.
        out: a file or a folder, as the format has it.
        wanted: what is exported, and how.

    Raises:
        WrongUsageError: a filter or a table's name is wrong, or `check_usage` says so.
        MissingPackageError: the format needs a package that is not installed.
        OSError: a file cannot be written.
    """
    check_usage(format_, wanted)
    if format_ == "datasette":
        from pipeline.store.datasette import datasette_metadata

        metadata = datasette_metadata(Path(connection.engine.url.database or "plans").stem)
        return _bytes(out, json.dumps(metadata, ensure_ascii=False, indent=2).encode() + b"\n")
    chosen = choose(connection, wanted.words, wanted.filters)
    if format_ in _DOCUMENTS:
        written = _DOCUMENTS[format_](connection, out, wanted, chosen)
    else:
        tables = tuple(dict.fromkeys(wanted.tables))
        written = _TABLES[format_](frames(connection, tables or None, chosen.provisions, chosen.plans), out, wanted)
    return replace(written, notices=(*_said(chosen, wanted), *written.notices))


def _said(chosen: Chosen, wanted: ExportRequest) -> Iterator[Notice]:
    if not chosen.plans:
        yield notice("W746")
    agency = wanted.filters.get("agency")
    if agency and not is_known(agency):
        yield notice("W748", agency=agency)
    if chosen.accents_ignored:
        yield notice("W747", words=wanted.words)


def _bytes(out: Path, data: bytes) -> ExportResult:
    with placed(out) as part:
        part.write_bytes(data)
    return ExportResult((out,))


def _each_plan(
    connection: Connection, chosen: Chosen, make: Callable[[Plan], _Made]
) -> tuple[list[_Made], tuple[KehoachError, ...]]:
    """What is made of each plan that was chosen; and of those of which it cannot be made, why."""
    made: list[_Made] = []
    failed: list[KehoachError] = []
    for number in chosen.plans:
        try:
            made.append(make(read_plan(connection, number)))
        except _FAULTS as error:
            reason = f"{type(error).__name__}: {error}"[:200]
            failed.append(PlanNotExportedError(file=file_name(connection, number), reason=reason))
    return made, tuple(failed)


def _each(made: Sequence[Frame], out: Path, suffix: str, write: Callable[[Frame, Path], None]) -> ExportResult:
    """One file a table: in the folder `out`, or `out` itself for one table and a name with an ending."""
    if len(made) == 1 and out.suffix:
        write(made[0], out)
        return ExportResult((out,))
    files = [out / f"{frame.name}.{suffix}" for frame in made]
    for frame, path in zip(made, files, strict=True):
        write(frame, path)
    return ExportResult(tuple(files))


def _jsonl(made: Sequence[Frame], out: Path, wanted: ExportRequest) -> ExportResult:
    from pipeline.export.jsonlines import write_jsonlines

    return _each(made, out, "jsonl", write_jsonlines)


def _csv(made: Sequence[Frame], out: Path, wanted: ExportRequest) -> ExportResult:
    from pipeline.export.delimited import write_csv

    return _each(made, out, "csv", lambda frame, path: write_csv(frame, path, wanted.bom))


def _parquet(made: Sequence[Frame], out: Path, wanted: ExportRequest) -> ExportResult:
    from pipeline.export.parquet import write_parquet

    return _each(made, out, "parquet", write_parquet)


def _xlsx(made: Sequence[Frame], out: Path, wanted: ExportRequest) -> ExportResult:
    from pipeline.export.workbook import write_xlsx

    return ExportResult((out,), write_xlsx(made, out, wanted.sources))


def _datapackage(made: Sequence[Frame], out: Path, wanted: ExportRequest) -> ExportResult:
    from pipeline.export.datapackage import DESCRIPTOR, write_datapackage

    write_datapackage(made, out)
    return ExportResult((out / DESCRIPTOR, *(out / f"{frame.name}.csv" for frame in made)))


def _ics(connection: Connection, out: Path, wanted: ExportRequest, chosen: Chosen) -> ExportResult:
    from pipeline.export.calendar import calendar, entries, events
    from pipeline.extras import require

    require("icalendar", "ICS")
    items = None if chosen.provisions is None else references(connection, chosen.provisions)
    asked = checked(Filters(**wanted.filters))
    last = asked.due_before and _day_before(asked.due_before)

    def made(plan: Plan) -> list[Any]:
        found = [one for one in entries(plan) if items is None or (plan.source.sha256, one.provision.id) in items]
        return list(events(found, asked.due_from, last))

    parts, failed = _each_plan(connection, chosen, made)
    return replace(_bytes(out, calendar(chain.from_iterable(parts), wanted.version)), failed=failed)


def _day_before(day: date) -> date:
    return day - min(timedelta(days=1), day - date.min)


def _akomantoso(connection: Connection, out: Path, wanted: ExportRequest, chosen: Chosen) -> ExportResult:
    """One file a plan, named by its slug."""
    from pipeline.export.akomantoso import akoma_ntoso

    taken: set[str] = set()

    def made(plan: Plan) -> Path:
        data = akoma_ntoso(plan, wanted.version)
        path = out / f"{_file_name(plan, taken)}.xml"
        _bytes(path, data)
        return path

    files, failed = _each_plan(connection, chosen, made)
    return ExportResult(tuple(files), failed=failed)


def _file_name(plan: Plan, taken: set[str]) -> str:
    """A name that none of those `taken` is, to which it is added: the slug; of another version with its file's mark."""
    name = file_stem(plan.plan_id)
    marked = f"{name}_{file_stem(file_mark(plan))}"
    names = chain((name, marked), (f"{marked}_{number}" for number in count(2)))
    chosen = next(one for one in names if one not in taken)
    taken.add(chosen)
    return chosen


def _archive(connection: Connection, out: Path, wanted: ExportRequest, chosen: Chosen, xml: bool) -> ExportResult:
    from pipeline.export.archive_record import archive_csv, archive_record, archive_xml

    records, failed = _each_plan(connection, chosen, archive_record)
    data = archive_xml(records) if xml else archive_csv(records, wanted.bom)
    return replace(_bytes(out, data), failed=failed)


_TABLES: Final[dict[str, Callable[[Sequence[Frame], Path, ExportRequest], ExportResult]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "datapackage": _datapackage,
}
_DOCUMENTS: Final[dict[str, Callable[[Connection, Path, ExportRequest, Chosen], ExportResult]]] = {
    "ics": _ics,
    "akomantoso": _akomantoso,
    "archive-csv": lambda connection, out, wanted, chosen: _archive(connection, out, wanted, chosen, False),
    "archive-xml": lambda connection, out, wanted, chosen: _archive(connection, out, wanted, chosen, True),
}
