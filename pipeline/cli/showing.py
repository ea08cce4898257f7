"""Commands about plans and the people who read them: page, corrections, serve, mcp."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import OUTPUTS, SOME_FAILED, app, file_errors, message, settings_of
from pipeline.cli.asking import Database, store_settings
from pipeline.errors import DamagedError, FileAccessError, NotTheSourceError, ProtectedError
from pipeline.extras import extras
from pipeline.messages import say
from pipeline.settings import STORE


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
    from pipeline.corrections import apply, read_corrections
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
        found = apply(found, read_corrections(plan)).plan
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


@app.command(help="cli.corrections")
def corrections(
    context: typer.Context,
    outputs: Annotated[Path, typer.Argument(metavar="OUTPUTS", help="cli.corrections.outputs", show_default=False)],
    gold: Annotated[
        Path | None, typer.Option("--gold", metavar="DIR", help="cli.corrections.gold", show_default=False)
    ] = None,
) -> None:
    """List what people corrected, and write it as gold."""
    from pipeline.files import placed
    from pipeline.reviewing import corrected_plans, gold_of

    language = settings_of(context).language()
    conflicts = written = 0
    with file_errors(language):
        plans = corrected_plans(outputs)
        for file, _, corrected in plans:
            conflicts += len(corrected.conflicts())
            for one, outcome in corrected.outcomes:
                said = say(f"cli.corrections.{outcome}", language)
                what = f"{one.path}: {_brief(one.old)} → {_brief(one.new)} ({said})"
                print(f"{file}: {one.at:%Y-%m-%d %H:%M} {one.by}: {what}")
            if gold is not None and corrected.reviewed and not corrected.conflicts():
                written += 1
                below = file.relative_to(outputs) if outputs.is_dir() else file.name
                with placed(gold / below) as place:
                    place.write_text(
                        json.dumps(gold_of(corrected.plan), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
                    )
    message(say("cli.corrections.done", language, plans=len(plans), conflicts=conflicts))
    if gold is not None:
        message(say("cli.corrections.gold_done", language, written=written, left=len(plans) - written))
    if conflicts:
        raise typer.Exit(SOME_FAILED)


def _brief(value: object) -> str:
    """A value in one line; of an element of a list, what tells it."""
    if isinstance(value, dict):
        value = {name: one for name, one in value.items() if name not in ("evidence", "confidence")}
    text = "∅" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:119]}…"


@app.command(help="cli.serve")
def serve(
    context: typer.Context,
    outputs: Annotated[Path, typer.Argument(metavar="OUTPUTS", help="cli.serve.outputs")] = OUTPUTS,
    database: Database = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="cli.serve.host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="cli.serve.port")] = 8000,
    uploads: Annotated[
        Path | None, typer.Option("--uploads", metavar="DIR", help="cli.serve.uploads", show_default=False)
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", metavar="FILE", help="cli.serve.token", show_default=False)
    ] = None,
) -> None:
    """Open the desk."""
    settings = settings_of(context, outputs, database=database)
    language = settings.language()
    with file_errors(language), extras("kehoach serve"):
        if not outputs.is_dir():
            raise FileAccessError(file=str(outputs), reason="no such folder")
        if uploads and outputs.resolve().is_relative_to(uploads.resolve()):
            raise FileAccessError(file=str(uploads), reason="it is, or holds, the folder of outputs")
        if database is None and settings.database == STORE:
            settings = settings.model_copy(update={"database": str(outputs / Path(STORE).name)})
        from pipeline.web.desk import make_app
        from pipeline.web.desk.access import WriteKey, is_loopback, key_in
        from pipeline.web.desk.serving import answer, keep, listen

        taken = listen(host, port)
        away = not is_loopback(taken.getsockname()[0])
        key = WriteKey(key_in(token_file) if token_file else None, needed=away or token_file is not None)
        if away:
            message(say("desk.serve.open", language))
        if token_file:
            message(say("desk.serve.key", language, file=token_file))
        app = make_app(outputs, settings, host, uploads, key, keep)
        answer(app, taken, lambda at: message(say("desk.serve.at", language, address=at)))


@app.command(help="cli.mcp")
def mcp(context: typer.Context, database: Database = None) -> None:
    """Answer an assistant on standard input and output."""
    settings = store_settings(context, database)
    with file_errors(settings.language()), extras("kehoach mcp"):
        from pipeline.assistant import make_server

        make_server(settings).run("stdio")
