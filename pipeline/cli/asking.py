"""Commands that fill and ask the store of plans: load, search, calendar, compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.app import INTERRUPTED, OUTPUTS, SOME_FAILED, WRONG_USAGE, app, fail, message, settings_of
from pipeline.cli.filtering import with_filters
from pipeline.errors import FileAccessError, KehoachError, UnknownValueError
from pipeline.messages import Language, say
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.schema import Plan
    from pipeline.store.database import Store
    from pipeline.store.loading.load import Loaded

Database = Annotated[
    str | None, typer.Option("--database", metavar="FILE|URL", help="cli.database", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="cli.json")]
_OUTCOMES = ("added", "version", "replaced", "unchanged", "failed")


def store_settings(context: typer.Context, database: str | None) -> Settings:
    """The settings of a command on the store: a kehoach.toml lies beside the SQLite file that is named."""
    folder = OUTPUTS if database is None or "://" in database else Path(database).parent
    return settings_of(context, folder, database=database)


@contextmanager
def opened(settings: Settings, *, write: bool = False) -> Iterator[Store]:
    """The store of a command, which ends where an error comes of it."""
    from pipeline.store.database import open_store

    try:
        with open_store(settings.database, write=write, wait=settings.database_wait) as store:
            yield store
    except KehoachError as error:
        fail(error, settings.language())


@app.command(help="cli.load")
def load(
    context: typer.Context,
    outputs: Annotated[
        list[Path], typer.Argument(metavar="OUTPUTS", help="cli.load.outputs", show_default=False, readable=False)
    ],
    database: Database = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="cli.load.status", show_default=False)] = None,
    again: Annotated[bool, typer.Option("--again", help="cli.load.again")] = False,
) -> None:
    """Load plans' JSON into the store."""
    from pipeline.store.loading.load import json_files
    from pipeline.store.loading.versions import STATUSES

    settings = store_settings(context, database)  # never from what is loaded: it may come from elsewhere
    language = settings.language()
    if status is not None and status not in STATUSES:
        fail(UnknownValueError(file=status, name="status", known=", ".join(STATUSES)), language)
    files = list(json_files(outputs))
    if not files:
        message(say("cli.load.nothing", language, paths=", ".join(map(str, outputs))))
        raise typer.Exit(WRONG_USAGE)
    if load_files(files, settings, status, again):
        raise typer.Exit(SOME_FAILED)


def load_files(files: Sequence[Path], settings: Settings, status: str | None = None, again: bool = False) -> int:
    """Load files and say what became of them; the number of those that failed. Ends the command without a store."""
    try:
        return load_into(files, settings, status, again)
    except KehoachError as error:
        fail(error, settings.language())
    except KeyboardInterrupt as error:
        message(say("cli.load.interrupted", settings.language()))
        raise typer.Exit(INTERRUPTED) from error


def load_into(files: Sequence[Path], settings: Settings, status: str | None = None, again: bool = False) -> int:
    """Load files and say what became of them; the number of those that failed.

    Raises:
        KehoachError: the store cannot be used, or not any more.
    """
    from pipeline.store.database import open_store
    from pipeline.store.loading.load import Loader

    language = settings.language()
    count: Counter[str] = Counter()
    try:
        with open_store(settings.database, write=True, wait=settings.database_wait) as store:
            for one in Loader(store, status, again, settings.jobs).load(files):
                count[one.outcome] += 1
                _say_loaded(one, language)
    except KehoachError:
        if count:
            message(_loaded_line(count, settings.database, language))
        raise
    except KeyboardInterrupt:
        message(_loaded_line(count, settings.database, language))
        raise
    print(_loaded_line(count, settings.database, language))
    return count["failed"]


def check_database(settings: Settings) -> None:
    """End the command where the store cannot be written."""
    with opened(settings, write=True):
        pass


def _say_loaded(one: Loaded, language: Language) -> None:
    if one.error:
        message(one.error.text(language))
    for said in one.notices:
        message(f"{said.code} {one.path}: {said.text(language)}")


def _loaded_line(count: Counter[str], database: str, language: Language) -> str:
    parts = [say(f"cli.load.{name}", language, count=count[name]) for name in _OUTCOMES if count[name]]
    shown = database.rsplit("@", 1)[-1].partition("?")[0] if "://" in database else database  # no password
    return say("cli.load.done", language, parts=", ".join(parts) or "0", database=shown)


@app.command(help="cli.search")
@with_filters
def search(
    context: typer.Context,
    words: Annotated[str | None, typer.Argument(metavar="WORDS", help="cli.search.words", show_default=False)] = None,
    database: Database = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, max=100_000, help="cli.search.limit")] = 20,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="cli.search.offset")] = 0,
    as_json: AsJson = False,
    *,
    filters: dict[str, Any],
) -> None:
    """Find items of the plans in the store."""
    from pipeline.store.query.searching import search as find

    settings = store_settings(context, database)
    language = settings.language()
    with opened(settings) as store:
        found = find(words, database=store, limit=limit, offset=offset, **filters)
    if as_json:
        from pipeline.store.rendering import hit_json, plan_json

        for plan in found.plans:
            print(plan_json(plan))
        for hit in found:
            print(hit_json(hit))
    else:
        from pipeline.store.rendering import print_hits, print_plans

        print_plans(found.plans, language)
        print_hits(found.hits, language)
    if found.agency_unknown:
        message(say("cli.search.agency", language, agency=filters["agency"]))
    if found.accents_ignored:
        message(say("cli.search.accents", language, words=words))
    if found.agency:
        message(say("cli.search.taken.agency", language, words=words, agency=found.agency))
    if found.nearest:
        message(say("cli.search.nearest", language, words=words, nearest=found.nearest))
    for name, known in found.absent.items():
        message(say(f"cli.search.absent.{name}", language, value=filters[name], known=", ".join(known)))
    if found.plans:
        message(say("cli.search.plans", language, count=len(found.plans), words=words))
    none = "cli.search.no_item" if found.plans else "cli.search.none"
    key = "cli.search.more" if found.more else "cli.search.all" if found else none
    message(say(key, language, first=offset + 1, last=offset + len(found)))


@app.command(help="cli.calendar")
@with_filters
def calendar(
    context: typer.Context,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="cli.calendar.from")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="cli.calendar.to")] = None,
    database: Database = None,
    as_json: AsJson = False,
    *,
    filters: dict[str, Any],
) -> None:
    """List what falls due between two days."""
    from pipeline.store.query.agenda import agenda
    from pipeline.store.query.filters import day
    from pipeline.store.rendering import entry_json, print_agenda

    settings = store_settings(context, database)
    language = settings.language()
    try:
        first = day("from", from_) if from_ else date.today()
        last = day("to", to) if to else first + min(timedelta(days=365), date.max - first)
    except KehoachError as error:
        fail(error, language)
    if last < first:
        message(say("cli.calendar.order", language, first=first, last=last))
        raise typer.Exit(WRONG_USAGE)
    count = 0
    with opened(settings) as store, store.reading() as asked:
        due = agenda(asked, first, last, filters)
        if as_json:
            for entry in due:
                print(entry_json(entry))
                count += 1
        else:
            count = print_agenda(due, language)
    message(say("cli.calendar.done", language, count=count, first=first, last=last))


@app.command(help="cli.compare")
def compare(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="cli.compare.plan", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="cli.compare.plan", show_default=False)],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="cli.compare.kind", show_default=False)
    ] = None,
    differing: Annotated[bool, typer.Option("--differing", help="cli.compare.differing")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Put two plans side by side."""
    from rich.console import Console

    from pipeline.compare import KINDS, comparison_json, render
    from pipeline.compare import compare as contrast

    settings = store_settings(context, database)
    language = settings.language()
    if unknown := [one for one in kind or () if one not in KINDS]:
        fail(UnknownValueError(file=unknown[0], name="kind", known=", ".join(KINDS)), language)
    try:
        first, second = (_plan(one, settings) for one in (a, b))
    except KehoachError as error:
        fail(error, language)
    compared = contrast(first, second)
    if as_json:
        print(comparison_json(compared))
        return
    console = Console()
    width = console.width if console.is_terminal else 160
    Console(width=width).print(render(compared, language, width, kind or KINDS, differing))


def _plan(named: str, settings: Settings) -> Plan:
    """A plan by its JSON file, or by its number, slug or file name in the store."""
    from pipeline.store.loading.parsing import parse

    path = Path(named)
    if path.suffix == ".json" or path.is_file():
        try:
            return parse(path.read_bytes(), named)
        except OSError as error:
            raise FileAccessError(file=named, reason=error.strerror or str(error)) from error
    from pipeline.store.reading import plan_named

    with opened(settings) as store, store.reading() as connection:
        return plan_named(connection, named)
