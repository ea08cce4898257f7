"""Commands about the contract and what keeps it: schema, validate, explain, evaluate."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.app import SOME_FAILED, app, file_errors, message, settings_of
from pipeline.errors import FileAccessError, ItemNotFoundError, KehoachError
from pipeline.messages import Language, say

if TYPE_CHECKING:
    from pipeline.explaining import ExplainedValue

SCHEMAS = Path("schemas")
SUGGESTED: Final = 5


@app.command(help="cli.schema")
def schema(
    context: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="cli.schema.write")] = False,
) -> None:
    """Print or write the JSON Schema."""
    from pipeline.schema.rendering import SCHEMA_FILE, schema_json

    language = settings_of(context).language()
    if not write:
        print(schema_json(), end="")
        return
    SCHEMAS.mkdir(exist_ok=True)
    target = SCHEMAS / SCHEMA_FILE
    target.write_text(schema_json(), encoding="utf-8")
    message(say("cli.written", language, file=target))


@app.command(help="cli.validate")
def validate(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="cli.validate.files", show_default=False)],
) -> None:
    """Check JSON files against the contract."""
    from pipeline.schema.checking import check

    language = settings_of(context).language()
    good = 0
    for file in files:
        beside = file.with_suffix(".txt")
        try:
            text = beside.read_bytes().decode() if beside.exists() else None
            violations = check(file.read_bytes(), text)
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            message(FileAccessError(file=str(file), reason=reason).text(language))
            continue
        if text is None:
            message(say("cli.unchecked", language, file=file, text=beside.name))
        for found in violations:
            print(f"{file}: {found.path}: {found.code} {say(found.code, language, **dict(found.params))}")
        good += not violations
    message(say("cli.valid", language, good=good, all=len(files)))
    if good < len(files):
        raise typer.Exit(SOME_FAILED)


@app.command(help="cli.explain")
def explain(
    context: typer.Context,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="cli.explain.plan", show_default=False)],
    item: Annotated[str, typer.Argument(metavar="ITEM", help="cli.explain.item", show_default=False)],
) -> None:
    """Print an item with its values and the rules that made them."""
    from pipeline.evaluate import read_plan
    from pipeline.explaining import explain as explain_item
    from pipeline.explaining import items_named

    language = settings_of(context).language()
    with file_errors(language):
        read = read_plan(plan)
        items = items_named(read, item)
        if not items:
            known = list(
                dict.fromkeys(
                    name for one in (*read.objectives, *read.tasks) for name in (one.id, one.number or one.id)
                )
            )
            like = difflib.get_close_matches(item, known, SUGGESTED, cutoff=0) or ["–"]
            raise ItemNotFoundError(file=plan.name, item=item, known=", ".join(like))
    for number, one in enumerate(items):
        print("\n" * (number > 0) + f"{one.id}  {one.text}")
        print_table(list(explain_item(read, one, language)), language)


def print_table(values: Sequence[ExplainedValue], language: Language) -> None:
    """Print what explains an item, one line a value."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="")
    for name in ("", "words", "value", "rule", "confidence"):
        made.add_column(say(f"cli.column.{name}", language) if name else "", overflow="fold")
    for one in values:
        sure = "" if one.confidence is None else f"{one.confidence:.2f}"
        kind = say(f"cli.explain.kind.{one.kind}", language)
        made.add_row(*map(Text, (kind, one.words, one.value, one.rule or "", sure)))
    if values:
        Console(soft_wrap=False).print(made)


@app.command(help="cli.evaluate")
def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="cli.evaluate.gold", show_default=False)],
    outputs: Annotated[
        Path | None, typer.Argument(metavar="OUTPUTS", help="cli.evaluate.outputs", show_default=False)
    ] = None,
    corrections: Annotated[bool, typer.Option("--corrections", help="cli.evaluate.corrections")] = False,
    calibration: Annotated[bool, typer.Option("--calibration", help="cli.evaluate.calibration")] = False,
    every: Annotated[int, typer.Option("--kept-aside", min=2, metavar="N", help="cli.evaluate.kept_aside")] = 3,
    shares: Annotated[
        Path | None, typer.Option("--shares", metavar="FILE", help="cli.evaluate.shares", show_default=False)
    ] = None,
) -> None:
    """Compare outputs with gold."""
    from pipeline.evaluate import evaluate as compare

    language = settings_of(context).language()
    if corrections:
        _most_corrected(outputs or gold, language)
        return
    if outputs is None:
        raise typer.BadParameter(say("cli.evaluate.no_outputs", language), param_hint="OUTPUTS")
    if calibration or shares is not None:
        _calibrate(context, gold, outputs, every, shares)
        return
    try:
        report = compare(gold, outputs)
    except KehoachError as error:
        message(error.text(language))
        raise typer.Exit(SOME_FAILED) from error
    print(report.render())
    if any(document.missing for document in report.documents):
        raise typer.Exit(SOME_FAILED)


def _most_corrected(outputs: Path, language: Language) -> None:
    """Print which rules people corrected most."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pipeline.reviewing import corrected_plans, tally_rules

    with file_errors(language):
        plans = corrected_plans(outputs)
    made = Table(box=None, pad_edge=False, header_style="")
    for name in ("rule", "kind", "made", "changed", "taken_out"):
        made.add_column(
            say(f"cli.evaluate.column.{name}", language), justify="left" if name in ("rule", "kind") else "right"
        )
    for one in tally_rules(plans):
        kind = say(f"cli.explain.kind.{one.kind}", language)
        made.add_row(*map(Text, (one.rule, kind, str(one.made), str(one.changed), str(one.taken_out))))
    if plans:
        Console(soft_wrap=True).print(made)
    count = sum(len(corrected.outcomes) for _, _, corrected in plans)
    message(say("cli.evaluate.corrected", language, plans=len(plans), count=count))


def _calibrate(context: typer.Context, gold: Path, outputs: Path, every: int, shares: Path | None) -> None:
    """Print the curve of confidence against what is right, and write the shares learnt where that is asked for."""
    from pipeline.evaluate import judge
    from pipeline.evaluate.calibration import expected_error, keep_aside, shares_toml

    language = settings_of(context).language()
    with file_errors(language):
        documents = judge(gold, outputs)
        report = keep_aside(documents, every)
        print(report.render())
        turns = [expected_error(keep_aside(documents, every, first).curve()) for first in range(every)]
        print("\neach part kept aside in its turn: " + ", ".join(f"{one:.3f}" for one in turns))
        if shares is not None:
            shares.write_text(shares_toml(report.shares), encoding="utf-8")
            message(say("cli.written", language, file=shares))
