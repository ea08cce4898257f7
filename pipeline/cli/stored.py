"""Commands about what is in the store: plans, remove, use."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pipeline.cli.app import app, message
from pipeline.cli.asking import AsJson, Database, opened, store_settings
from pipeline.cli.filtering import with_filters
from pipeline.messages import say


@app.command(help="cli.plans")
@with_filters
def plans(
    context: typer.Context,
    database: Database = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, max=100_000, help="cli.plans.limit")] = 100,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="cli.plans.offset")] = 0,
    as_json: AsJson = False,
    *,
    filters: dict[str, Any],
) -> None:
    """List the plans in the store with their versions."""
    from pipeline.store.query.listing import list_plans
    from pipeline.store.rendering import entry_json, print_entries

    settings = store_settings(context, database)
    language = settings.language()
    with opened(settings) as store, store.reading() as asked:
        found, count = list_plans(asked, filters, limit, offset)
    if as_json:
        for one in found:
            print(entry_json(one))
    else:
        print_entries(found, language)
    message(say("cli.plans.done", language, first=offset + 1 if found else 0, last=offset + len(found), count=count))


@app.command(help="cli.remove")
def remove(
    context: typer.Context,
    named: Annotated[str, typer.Argument(metavar="PLAN|VERSION", help="cli.remove.named", show_default=False)],
    database: Database = None,
) -> None:
    """Take a plan or a version out of the store."""
    from pipeline.store.managing import remove_plan

    settings = store_settings(context, database)
    language = settings.language()
    with opened(settings, write=True) as store:
        gone = remove_plan(store, named)
    for one in gone:
        message(say("cli.remove.done", language, version=one.version, file=one.file_name))


@app.command(help="cli.use")
def use(
    context: typer.Context,
    version: Annotated[str, typer.Argument(metavar="VERSION", help="cli.use.version", show_default=False)],
    automatic: Annotated[bool, typer.Option("--automatic", help="cli.use.automatic")] = False,
    database: Database = None,
) -> None:
    """Say which version of a plan counts."""
    from pipeline.store.managing import use_version

    settings = store_settings(context, database)
    language = settings.language()
    with opened(settings, write=True) as store:
        _, counting = use_version(store, version, not automatic)
    message(say("cli.use.done", language, version=counting.version, file=counting.file_name))
