"""The command `kehoach`: arguments in, words out. What is slow to import is imported where it is needed."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from lzma import LZMAError
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from pydantic import ValidationError

from pipeline import __version__
from pipeline.errors import KehoachError, Language, general, say
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.batch import Result

SOME_FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130
SCHEMAS = Path("schemas")

# Help texts are keys of the catalogue; `_localise` puts the words there.
app = typer.Typer(help="cli.help", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command with `arguments` (those of the process if None) and exit with its code."""
    given = _language_first(list(sys.argv[1:] if arguments is None else arguments))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file's name may hold what no encoding has
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    asked = _asked_language(given)
    try:
        settings = Settings.model_validate({"lang": asked} if asked else {})
    except ValidationError as error:
        _wrong_settings(error, asked)
    command = typer.main.get_command(app)
    _localise(command, settings.language())
    command.main(given, prog_name="kehoach", obj=settings)
    raise AssertionError("the line above exits")


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
    knobs = ", ".join(f"KEHOACH_{name.upper()}" for name in Settings.model_fields)
    command.help = say(command.help, language, knobs=knobs)
    command.rich_help_panel = say("cli.panel.commands", language)
    help_option = command.get_help_option(command.make_context("kehoach", [], resilient_parsing=True))
    help_option.help = "cli.option.help"
    for parameter in [*command.params, help_option]:
        parameter.help = say(parameter.help, language)
        kind = "arguments" if parameter.param_type_name == "argument" else "options"
        parameter.rich_help_panel = say(f"cli.panel.{kind}", language)
    for below in getattr(command, "commands", {}).values():
        _localise(below, language)


def _wrong_settings(error: ValidationError, asked: str | None) -> NoReturn:
    language = Settings.model_construct(lang="auto").language()
    for problem in error.errors():
        field = str(problem["loc"][0])
        name = "--lang" if asked and field == "lang" else f"KEHOACH_{field.upper()}"
        _message(say("cli.settings", language, name=name, problem=problem["msg"]))
    sys.exit(WRONG_USAGE)


def _message(text: str) -> None:
    print(text, file=sys.stderr)


def _fail(error: KehoachError, language: Language) -> NoReturn:
    _message(error.text(language))
    raise typer.Exit(SOME_FAILED) from error


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


@app.command(help="cli.run")
def run(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="cli.run.paths", show_default=False, readable=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="cli.run.out")] = Path("outputs"),
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="cli.run.jobs", show_default=False)
    ] = None,
    searchable: Annotated[bool, typer.Option("--searchable-pdf", help="cli.run.searchable")] = False,
    hocr: Annotated[bool, typer.Option("--hocr", help="cli.run.hocr")] = False,
    alto: Annotated[bool, typer.Option("--alto", help="cli.run.alto")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="cli.run.verbose")] = False,
) -> None:
    """Read documents into `out`."""
    from pipeline.batch import collect, run_batch
    from pipeline.batch.report import progress

    given = {"jobs": jobs, "searchable_pdf": searchable or None, "hocr": hocr or None, "alto": alto or None}
    asked = {name: value for name, value in given.items() if value is not None}
    settings: Settings = context.obj.model_copy(update=asked)
    language = settings.language()
    _check_folder(paths, out, language)
    files = collect(paths, out)
    if not files:
        _message(say("cli.nothing", language, paths=", ".join(map(str, paths))))
        raise typer.Exit(WRONG_USAGE)
    _prepare_process()
    from pipeline.run import prepare  # imported before workers are forked: they share what it loads
    from pipeline.run import run as read

    try:
        prepare()
    except KehoachError as error:
        _fail(error, language)
    results, interrupted = [], False
    with progress(len(files), language) as step, closing(run_batch(files, out, read, settings)) as batch:
        try:
            for result in batch:
                results.append(result)
                step(result.path)
        except KeyboardInterrupt:
            interrupted = True
    results.sort(key=lambda result: result.index)
    _report(results, language, verbose)
    if interrupted:
        _message(say("cli.interrupted", language, done=len(results), all=len(files)))
        raise typer.Exit(INTERRUPTED)
    failed = sum(result.error is not None for result in results)
    if failed:
        _message(say("cli.failed", language, failed=failed, all=len(files)))
        raise typer.Exit(SOME_FAILED)


def _check_folder(paths: Sequence[Path], out: Path, language: Language) -> None:
    """Make the folder for results; wrong usage where it cannot be one."""
    if any(path.is_dir() and path.resolve() == out.resolve() for path in paths):
        _message(say("cli.same_folder", language, out=out))
        raise typer.Exit(WRONG_USAGE)
    try:
        out.mkdir(parents=True, exist_ok=True)
        if not os.access(out, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        _message(say("cli.out_is_file", language, out=out, reason=error.strerror))
        raise typer.Exit(WRONG_USAGE) from error


def _prepare_process() -> None:
    """Keep the process without threads of its own, and let a polite kill stop the workers too."""
    # Workers are what uses the cores; libraries read these names when they are loaded.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT"):
        os.environ.setdefault(name, "1")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _report(results: Sequence[Result], language: Language, verbose: bool) -> None:
    """The table on standard output, as it is the command's result; warnings and errors on standard error."""
    from rich.console import Console

    from pipeline.batch.report import error_lines, table, warning_lines

    console = Console()
    if not console.is_terminal:  # nothing is folded in a file
        console = Console(width=120 + max((len(str(result.path)) for result in results), default=0))
    console.print(table(results, language))
    sys.stdout.flush()
    for line in warning_lines(results, language, verbose):
        _message(line)
    for line in error_lines(results, language, verbose):
        _message(line)


@app.command(help="cli.restore")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="cli.restore.file", show_default=False, allow_dash=True)],
    tokens: Annotated[bool, typer.Option("--tokens", help="cli.restore.tokens")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="cli.restore.verbose")] = False,
) -> None:
    """Print the restored text of `file`."""
    from pipeline.run import read_restored

    language = context.obj.language()
    try:
        document = read_restored(sys.stdin.buffer.read() if str(file) == "-" else file, context.obj)
    except KehoachError as error:
        _fail(error, language)
    for number, (_, line) in enumerate(document.lines(), 1):
        if not tokens:
            print(line.text)
            continue
        for token in line.tokens:
            print(
                json.dumps(
                    {
                        "line": number,
                        "text": line.text[token.start : token.end],
                        **asdict(token),
                        "raw": line.raw[token.raw_start : token.raw_end],
                    },
                    ensure_ascii=False,
                )
            )
    for said in document.notices if verbose else ():
        _message(f"{said.code} {said.text(language)}")
    for code, count in sorted(Counter(said.code for said in document.notices).items()) if not verbose else ():
        _message(say("cli.warnings", language, code=code, count=count, message=general(code, language)))


@app.command(help="cli.train")
def train(
    context: typer.Context,
    text: Annotated[list[str], typer.Option("--text", metavar="WEIGHT=FILES", help="cli.train.text")],
    pairs: Annotated[list[Path], typer.Option("--pairs", metavar="FILE", help="cli.train.pairs")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="cli.train.out")],
) -> None:
    """Learn the restoration model."""
    from pipeline.training import Source
    from pipeline.training import train as learn

    language = context.obj.language()
    sources = []
    for given in text:
        weight, _, files = given.partition("=")
        try:
            sources.append(Source(tuple(Path(file) for file in files.split(",") if file), float(weight)))
        except ValueError:
            sources.append(Source((), 0))
        if not 0 < sources[-1].weight < float("inf") or not sources[-1].files:
            _message(say("cli.train.usage", language, given=given))
            raise typer.Exit(WRONG_USAGE)
    with _file_errors(language):
        print(json.dumps(learn(sources, pairs, out), ensure_ascii=False, indent=2))


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

    language = context.obj.language()
    with _file_errors(language):
        made = make(texts, font, reader, pages, seed, context.obj.jobs, out)
    for one in made.left_out:
        _message(say("cli.pairs.letters", language, font=one))
    _message(say("cli.pairs.done", language, pairs=made.syllables, file=out))


@contextmanager
def _file_errors(language: Language) -> Iterator[None]:
    """A file that cannot be read or written ends the command in words."""
    try:
        yield
    except OSError as error:
        _message(KehoachError("E107", file=str(error.filename), reason=error.strerror or str(error)).text(language))
        raise typer.Exit(SOME_FAILED) from error
    except KehoachError as error:
        _fail(error, language)
    except (ValueError, LZMAError) as error:  # no UTF-8, no pairs, no .xz
        _message(say("cli.unusable", language, reason=error))
        raise typer.Exit(SOME_FAILED) from error


@app.command(help="cli.schema")
def schema(
    context: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="cli.schema.write")] = False,
) -> None:
    """Print or write the JSON Schema."""
    from pipeline.schema.rendering import SCHEMA_FILE, schema_json

    if not write:
        print(schema_json(), end="")
        return
    SCHEMAS.mkdir(exist_ok=True)
    target = SCHEMAS / SCHEMA_FILE
    target.write_text(schema_json(), encoding="utf-8")
    _message(say("cli.written", context.obj.language(), file=target))


@app.command(help="cli.validate")
def validate(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="cli.validate.files", show_default=False)],
) -> None:
    """Check JSON files against the contract."""
    from pipeline.schema.checking import check

    language = context.obj.language()
    good = 0
    for file in files:
        beside = file.with_suffix(".txt")
        try:
            text = beside.read_bytes().decode() if beside.exists() else None
            violations = check(file.read_bytes(), text)
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            _message(KehoachError("E107", file=str(file), reason=reason).text(language))
            continue
        if text is None:
            _message(say("cli.unchecked", language, file=file, text=beside.name))
        for found in violations:
            print(f"{file}: {found.path}: {found.code} {say(found.code, language, **dict(found.params))}")
        good += not violations
    _message(say("cli.valid", language, good=good, all=len(files)))
    if good < len(files):
        raise typer.Exit(SOME_FAILED)


@app.command(help="cli.evaluate")
def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="cli.evaluate.gold", show_default=False)],
    outputs: Annotated[Path, typer.Argument(metavar="OUTPUTS", help="cli.evaluate.outputs", show_default=False)],
) -> None:
    """Compare outputs with gold."""
    from pipeline.evaluate import evaluate as compare

    try:
        report = compare(gold, outputs)
    except KehoachError as error:
        _message(error.text(context.obj.language()))
        raise typer.Exit(SOME_FAILED) from error
    print(report.render())
    if any(document.missing for document in report.documents):
        raise typer.Exit(SOME_FAILED)
