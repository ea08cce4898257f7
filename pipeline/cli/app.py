"""The application that commands are added to, and how they speak and fail."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from tempfile import gettempdir
from typing import NoReturn, TextIO

import typer

from pipeline.errors import FileAccessError, KehoachError, OutputAccessError, WrongUsageError
from pipeline.files import NO_ROOM, SCRATCH
from pipeline.messages import Language, say, visible
from pipeline.settings import Settings, read_settings

SOME_FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130
OUTPUTS = Path("outputs")

# Help texts are keys of the catalogue; `localise` of the package puts the words there.
app = typer.Typer(help="cli.help", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def message(text: str) -> None:
    """Say something on standard error; where nothing can be written there, the work goes on."""
    try:
        print(visible(text, lines=True), file=sys.stderr)
    except OSError:
        drop(sys.stderr)


def drop(stream: TextIO) -> None:
    """Have what is still to be written to a stream go nowhere, as it cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def not_written(error: OSError) -> KehoachError:
    """What ends a command that cannot write: a disk is full, or taken away."""
    return OutputAccessError(file=str(error.filename or gettempdir()), reason=error.strerror or type(error).__name__)


def ended_by(error: OSError, out: Path) -> KehoachError:
    """What ends a command that reads, and writes into `out` and folders of its own: a write that failed, or what else.

    A write is what fails as a disk is full, or in these folders.
    """
    named = Path(os.path.abspath(str(error.filename))) if error.filename else None  # noqa: PTH100 - no links
    own = named is not None and (
        named.is_relative_to(os.path.abspath(out)) or any(SCRATCH.fullmatch(part) for part in named.parts)  # noqa: PTH100
    )
    if own or error.errno in NO_ROOM:
        return not_written(error)
    return FileAccessError(file=str(named or "-"), reason=error.strerror or str(error) or type(error).__name__)


def fail(error: KehoachError, language: Language) -> NoReturn:
    """End the command with an error in words."""
    message(error.text(language))
    raise typer.Exit(WRONG_USAGE if isinstance(error, WrongUsageError) else SOME_FAILED) from error


def settings_of(context: typer.Context, folder: Path = OUTPUTS, **options: object) -> Settings:
    """The settings of a command; ends the command where one is wrong.

    Args:
        context: of the command; its object holds what was said before the command's name.
        folder: where the outputs lie, and perhaps a kehoach.toml.
        options: what the command's options say, by the names of settings; None where one is not given.
    """
    asked = {name: value for name, value in options.items() if value is not None}
    try:
        return read_settings(folder, {**context.obj, **asked})
    except KehoachError as error:
        fail(error, Settings.model_validate(context.obj).language())


@contextmanager
def file_errors(language: Language) -> Iterator[None]:
    """A file that cannot be read or written ends the command in words."""
    try:
        yield
    except OSError as error:
        message(FileAccessError(file=str(error.filename), reason=error.strerror or str(error)).text(language))
        raise typer.Exit(SOME_FAILED) from error
    except KehoachError as error:
        fail(error, language)
    except (ValueError, LZMAError) as error:  # no UTF-8, no pairs, no .xz
        message(say("cli.unusable", language, reason=error))
        raise typer.Exit(SOME_FAILED) from error
