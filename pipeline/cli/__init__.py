"""The command `kehoach`: arguments in, words out. What is slow to import is imported where it is needed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer

from pipeline import __version__
from pipeline.cli import (  # noqa: F401  (they add their commands, in this order)
    asking,
    checking,
    exporting,
    learning,
    reading,
    showing,
    stored,
    upgrading,
    watching,
)
from pipeline.cli.app import INTERRUPTED, SOME_FAILED, WRONG_USAGE, app, message
from pipeline.cli.usage import UsageError, say_usage
from pipeline.errors import MissingPackageError, WrongUsageError
from pipeline.extras import extras
from pipeline.messages import LANGUAGES, Language, say
from pipeline.settings import Settings, variable

__all__ = ["SOME_FAILED", "WRONG_USAGE", "app", "main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command with `arguments` (those of the process if None) and exit with its code."""
    given = _language_first(list(sys.argv[1:] if arguments is None else arguments))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file's name may hold what no encoding has
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    asked = _asked_language(given)
    said_first = {"lang": asked} if asked else {}
    try:
        language = Settings.model_validate(said_first).language()
    except WrongUsageError as error:
        _wrong_settings(error, asked)
    command = typer.main.get_command(app)
    _localise(command, language)
    try:
        with extras("kehoach"):
            code = command.main(given, prog_name="kehoach", obj=said_first, standalone_mode=False)
    except MissingPackageError as error:
        message(error.text(language))
        code = SOME_FAILED
    except UsageError as error:
        say_usage(error, language)
        code = WRONG_USAGE
    except typer.Abort:
        code = INTERRUPTED
    sys.exit(code or 0)


def _language_first(arguments: Sequence[str]) -> list[str]:
    """--lang and its value put before the command's name, so that it may stand anywhere."""
    first: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for one in left:
        if one == "--":
            rest += [one, *left]
        elif one == "--lang":
            first += [one, *([value] if (value := next(left, None)) is not None else [])]
        else:
            (first if one.startswith("--lang=") else rest).append(one)
    return [*first, *rest]


def _asked_language(arguments: Sequence[str]) -> str | None:
    """The value of --lang, which stands first: help is made before options are read."""
    if arguments[:1] == ["--lang"]:
        return arguments[1] if len(arguments) > 1 else None
    return next((one.removeprefix("--lang=") for one in arguments[:1] if one.startswith("--lang=")), None)


def _localise(command: Any, language: Language) -> None:
    """Put words for the keys that stand as help texts, in the command and all below it."""
    command.help = say(command.help, language, settings=", ".join(map(variable, Settings.model_fields)))
    command.rich_help_panel = say("cli.panel.commands", language)
    help_option = command.get_help_option(command.make_context("kehoach", [], resilient_parsing=True))
    help_option.help = "cli.option.help"
    for parameter in [*command.params, help_option]:
        parameter.help = say(parameter.help, language)
        kind = "arguments" if parameter.param_type_name == "argument" else "options"
        parameter.rich_help_panel = say(f"cli.panel.{kind}", language)
    for below in getattr(command, "commands", {}).values():
        _localise(below, language)


def _wrong_settings(error: WrongUsageError, asked: str | None) -> NoReturn:
    said = (asked, os.environ.get(variable("lang")))
    language = Settings.model_construct(lang=next((one for one in said if one in LANGUAGES), "auto")).language()
    message((error.renamed("--lang") if asked and error.file == "lang" else error).text(language))
    sys.exit(WRONG_USAGE)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"kehoach {__version__}")
        raise typer.Exit


@app.callback()
def _kehoach(
    lang: Annotated[str, typer.Option(metavar="auto|vi|en", help="cli.lang")] = "auto",
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="cli.version")
    ] = False,
) -> None:
    """Take the options before the command's name; `main` has looked at --lang already."""
