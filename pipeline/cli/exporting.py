"""The command that writes what the store holds in the formats of others: export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import __version__
from pipeline.cli.app import SOME_FAILED, app, fail, message
from pipeline.cli.asking import Database, opened, store_settings
from pipeline.cli.filtering import with_filters
from pipeline.errors import FileAccessError, KehoachError
from pipeline.messages import say


@app.command(help="cli.export")
@with_filters
def export(
    context: typer.Context,
    words: Annotated[str | None, typer.Argument(metavar="WORDS", help="cli.search.words", show_default=False)] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="cli.export.format", show_default=False)
    ] = ...,  # type: ignore[assignment]
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE|DIR", help="cli.export.out", show_default=False)
    ] = ...,  # type: ignore[assignment]
    table: Annotated[
        list[str] | None, typer.Option("--table", metavar="NAME", help="cli.export.table", show_default=False)
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="cli.export.bom")] = False,
    sources: Annotated[
        str | None, typer.Option("--sources", metavar="DIR|URL", help="cli.export.sources", show_default=False)
    ] = None,
    database: Database = None,
    *,
    filters: dict[str, Any],
) -> None:
    """Write what the store holds to files."""
    from pipeline.export.exporting import ExportRequest, check_usage
    from pipeline.export.exporting import export as write

    settings = store_settings(context, database)
    language = settings.language()
    wanted = ExportRequest(words, filters, tuple(table or ()), bom, sources, __version__)
    try:
        check_usage(format_, wanted)
        with opened(settings) as store, store.reading() as asked:
            written = write(asked, format_, out, wanted)
    except KehoachError as error:
        fail(error, language)
    except OSError as error:
        file = error.filename or str(out)
        message(FileAccessError(file=str(file), reason=error.strerror or str(error)).text(language))
        raise typer.Exit(SOME_FAILED) from error
    for said in written.notices:
        message(f"{said.code} {out}: {said.text(language)}")
    for file in written.files:
        message(say("cli.written", language, file=file))
    for lost in written.failed:
        message(lost.text(language))
    if written.failed:
        raise typer.Exit(SOME_FAILED)
