"""Commands that learn from texts: train, pairs, mine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import WRONG_USAGE, app, file_errors, message, settings_of
from pipeline.messages import say


@app.command(help="cli.train")
def train(
    context: typer.Context,
    text: Annotated[list[str], typer.Option("--text", metavar="WEIGHT=FILES", help="cli.train.text")],
    pairs: Annotated[list[Path], typer.Option("--pairs", metavar="FILE", help="cli.train.pairs")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="cli.train.out")],
    places: Annotated[float, typer.Option("--places", min=0, metavar="WEIGHT", help="cli.train.places")] = 0.0,
) -> None:
    """Learn the restoration model."""
    from pipeline.training import TextSource
    from pipeline.training import train as learn

    language = settings_of(context).language()
    sources = []
    for given in text:
        weight, _, files = given.partition("=")
        try:
            sources.append(TextSource(tuple(Path(file) for file in files.split(",") if file), float(weight)))
        except ValueError:
            sources.append(TextSource((), 0))
        if not 0 < sources[-1].weight < float("inf") or not sources[-1].files:
            message(say("cli.train.usage", language, given=given))
            raise typer.Exit(WRONG_USAGE)
    with file_errors(language):
        print(json.dumps(learn(sources, pairs, out, places), ensure_ascii=False, indent=2))


@app.command(help="cli.pairs")
def pairs(
    context: typer.Context,
    texts: Annotated[list[Path], typer.Argument(metavar="TEXT", help="cli.pairs.texts", show_default=False)],
    font: Annotated[list[Path], typer.Option("--font", metavar="FILE", help="cli.pairs.font")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="cli.pairs.out")],
    reader: Annotated[str, typer.Option("--reader", metavar="READER", help="cli.pairs.reader")] = "eng",
    pages: Annotated[int, typer.Option("--pages", min=1, metavar="N", help="cli.pairs.pages")] = 100,
    seed: Annotated[int, typer.Option("--seed", min=0, metavar="N", help="cli.pairs.seed")] = 1,
) -> None:
    """Make pairs to learn from."""
    from pipeline.training.make import make

    settings = settings_of(context)
    language = settings.language()
    with file_errors(language):
        made = make(texts, font, reader, pages, seed, settings.jobs, out)
    for one in made.left_out:
        message(say("cli.pairs.letters", language, font=one))
    message(say("cli.pairs.done", language, pairs=made.syllables, file=out))


@app.command(help="cli.mine")
def mine(
    context: typer.Context,
    texts: Annotated[list[Path], typer.Argument(metavar="TEXT", help="cli.mine.texts", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="cli.mine.out")],
) -> None:
    """Count how names of agencies go on."""
    from pipeline.training.names import mine as count

    language = settings_of(context).language()
    with file_errors(language):
        rows = count(texts, out)
    for name, lines in rows.items():
        message(say("cli.mine.done", language, file=out / name, rows=lines))
