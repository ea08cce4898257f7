"""The command that shows a plan to people: page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import app, file_errors, message, settings_of
from pipeline.errors import DamagedError, NotTheSourceError, ProtectedError
from pipeline.messages import say


@app.command(help="cli.page")
def page(
    context: typer.Context,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="cli.page.plan", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="cli.page.out", show_default=False)
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--source", metavar="FILE", help="cli.page.source", show_default=False)
    ] = None,
) -> None:
    """Write a plan as one page."""
    from pipeline.archive.page_images import page_images
    from pipeline.evaluate import read_plan
    from pipeline.files import check_regular, placed
    from pipeline.web.page import page as page_of
    from pipeline.web.page import sheets_of
    from pipeline.web.sources import is_source, source_file

    language = settings_of(context, plan.parent).language()
    target = out or plan.with_suffix(".html")
    with file_errors(language):
        found = read_plan(plan)
        if source is not None:
            check_regular(source)
            if not is_source(source, found):
                raise NotTheSourceError(file=str(source), source=found.source.file_name)
        file = source or (source_file(plan, found) if found.source.page_count else None)
        why, sheets = "", sheets_of(found, ())
        if file is not None:
            try:
                sheets = sheets_of(found, page_images(file))
            except (DamagedError, ProtectedError):
                why = say("page.not_drawn", language, source=found.source.file_name)
        elif found.source.page_count:
            why = say("page.no_source", language, source=found.source.file_name)
        with placed(target) as place:
            place.write_text(page_of(found, found.text, sheets, language, why), encoding="utf-8")
    if why:
        message(why)
    message(say("cli.written", language, file=target))
