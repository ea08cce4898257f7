"""Commands that read documents: run, restore."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import (
    INTERRUPTED,
    OUTPUTS,
    SOME_FAILED,
    WRONG_USAGE,
    app,
    drop,
    ended_by,
    fail,
    file_errors,
    message,
    not_written,
    settings_of,
)
from pipeline.cli.asking import check_database, load_files
from pipeline.cli.working import ENGINES, Stop, check_folder, engine_named, places, prepare_process, reader
from pipeline.errors import KehoachError, Notice, TooLargeError, UnknownValueError
from pipeline.messages import Language, general, say

if TYPE_CHECKING:
    from pipeline.batch import Journal, RunResults, SourceFile
    from pipeline.settings import Settings


@app.command(help="cli.run")
def run(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="cli.run.paths", show_default=False)],
    out: Annotated[str, typer.Option("--out", "-o", metavar="DIR", help="cli.run.out")] = str(OUTPUTS),
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="cli.run.jobs", show_default=False)
    ] = None,
    searchable: Annotated[bool, typer.Option("--searchable-pdf", help="cli.run.searchable")] = False,
    hocr: Annotated[bool, typer.Option("--hocr", help="cli.run.hocr")] = False,
    alto: Annotated[bool, typer.Option("--alto", help="cli.run.alto")] = False,
    database: Annotated[
        str | None, typer.Option("--database", metavar="FILE|URL", help="cli.run.database", show_default=False)
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="cli.run.replace")] = False,
    resume: Annotated[bool, typer.Option("--resume/--again", help="cli.run.resume")] = True,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="cli.run.retry")] = False,
    follow: Annotated[bool, typer.Option("--follow-links", help="cli.run.follow")] = False,
    join: Annotated[bool, typer.Option("--join", help="cli.run.join")] = False,
    engine: Annotated[str, typer.Option("--engine", metavar="local|ray", help="cli.run.engine")] = "local",
    address: Annotated[
        str | None, typer.Option("--address", metavar="HOST:PORT", help="cli.run.address", show_default=False)
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="DIR", help="cli.run.report", show_default=False)
    ] = None,
    log: Annotated[Path | None, typer.Option("--log", metavar="FILE", help="cli.run.log", show_default=False)] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="cli.run.verbose")] = False,
) -> None:
    """Read documents into `out`."""
    from pipeline.batch import collect, open_journal, run_batch, unpacked
    from pipeline.batch.report.log import run_log
    from pipeline.batch.watching import watched

    settings = settings_of(
        context,
        OUTPUTS if "://" in out else Path(out),
        jobs=jobs,
        searchable_pdf=searchable or None,
        hocr=hocr or None,
        alto=alto or None,
        database=database,
    )
    language = settings.language()
    engine = "ray" if address else engine
    if engine not in ENGINES:
        fail(UnknownValueError(file=engine, name="engine", known=", ".join(ENGINES)), language)
    near = context.with_resource(places(paths, out, settings))
    check_folder(near.paths, near.out, language)
    collected = collect(near.paths, near.out, follow)
    if not collected:
        message(say("cli.nothing", language, paths=", ".join(map(str, paths))))
        raise typer.Exit(WRONG_USAGE)
    if database is not None:
        check_database(settings)  # before hours of reading, not after
    prepare_process()
    read, again = reader(settings)
    stop = Stop(language)
    try:
        with (
            open_journal(near.out, settings, join) as journal,
            unpacked(collected, settings) as files,
            engine_named(engine, address) as reads,  # last: it may have threads, and no process is forked any more
        ):
            with run_log(log, language) as noted, watched(len(files), language) as watch, stop.heeded():

                def going_on() -> bool:
                    watch.tick()
                    return stop.going_on()

                noted.event("began", documents=len(files), out=str(near.out))
                batch = run_batch(files, journal, read, settings, again, replace, resume, retry_failed, going_on, reads)
                with closing(batch), suppress(KeyboardInterrupt):
                    for result in batch:
                        watch.step(result.path, result.passed)
                        noted.result(result)
                        near.put(result)
                noted.event("stopped" if stop.number else "ended", waiting=journal.waiting())
            failed = _say_results(journal, len(files), stop, language, verbose)
            if any(path.is_dir() for path in near.paths):
                _list_left(near.paths, near.out, files, language)
            near.put_all()
            if report is not None:
                _write_report(journal, report, language)
            if journal.not_in_run == len(files):
                failed += len(files)  # nothing of what was asked for was read
            refused = 0
            if database is not None and not stop.number:
                refused = load_files([result.output for result in journal if result.output], settings)
    except KehoachError as error:
        fail(error, language)
    except OSError as error:
        fail(ended_by(error, near.out), language)
    except KeyboardInterrupt as error:  # before the first document, while archives are unpacked
        message(say("cli.interrupted", language, done=0, all=len(collected)))
        raise typer.Exit(INTERRUPTED) from error
    if stop.number:
        raise typer.Exit(128 + stop.number)
    if failed or refused:
        raise typer.Exit(SOME_FAILED)


def _say_results(journal: Journal, total: int, stop: Stop, language: Language, verbose: bool) -> int:
    """The table on standard output, as it is the command's result; all else on standard error.

    Returns:
        How many documents were not written, other than those that a stop left unread, and whether the table was not.
    """
    from pipeline.batch.report.lines import double_lines, error_lines, warning_lines

    not_printed = not _print_table(journal, language)
    for lines, results in (
        (double_lines, journal.doubles()),
        (warning_lines, journal),
        (error_lines, journal.errors()),
    ):
        for line in lines(results, language, verbose):
            message(line)
    count = journal.counts()
    failed = count[True, True] + count[False, True]
    if passed := count[True, False] + count[True, True]:
        message(say("cli.passed", language, count=passed, all=total))
    if count[True, True]:
        message(say("cli.passed_failed", language, count=count[True, True]))
    if journal.read_again:
        message(say("cli.read_again", language, count=journal.read_again, rooms=", ".join(sorted(journal.rooms))))
    if journal.not_in_run:
        message(say("cli.not_in_run", language, count=journal.not_in_run))
    if failed:
        message(say("cli.failed", language, failed=failed, all=total))
    if waiting := journal.waiting():
        message(say("cli.interrupted" if stop.number else "cli.no_room", language, done=total - waiting, all=total))
    return failed + not_printed


def _print_table(journal: Journal, language: Language) -> bool:
    """Print the table; False where that cannot be, and it was said."""
    from pipeline.batch.report.lines import table_lines

    try:
        for line in table_lines(journal, language):
            print(line)
        sys.stdout.flush()
    except OSError as error:  # what else there is to do is done all the same
        drop(sys.stdout)
        if not isinstance(error, BrokenPipeError):  # else nobody reads on, as with `| head`
            message(not_written(OSError(error.errno, error.strerror, "<stdout>")).text(language))
            return False
    return True


def _write_report(results: RunResults, folder: Path, language: Language) -> None:
    from pipeline.batch.report.files import write_report

    with file_errors(language):
        for file in write_report(results, folder, language):
            message(say("cli.written", language, file=file))


@app.command(help="cli.report")
def report(
    context: typer.Context,
    outputs: Annotated[Path, typer.Argument(metavar="OUTPUTS", help="cli.report.outputs")] = OUTPUTS,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="cli.report.out", show_default=False)
    ] = None,
) -> None:
    """Write the report of the last run of a folder."""
    from pipeline.batch import read_journal

    language = settings_of(context, outputs).language()
    with file_errors(language), read_journal(outputs) as results:
        _write_report(results, out or outputs, language)


def _list_left(paths: Sequence[Path], out: Path, files: Sequence[SourceFile], language: Language) -> None:
    """Name the results of earlier runs whose documents are in none of the folders any more."""
    from pipeline.batch import left_over

    left = list(left_over(out, [file.below for file in files]))
    if left:
        message(say("cli.left", language, count=len(left), paths=", ".join(map(str, paths))))
    for path in left:
        message(f"  {path}")


@app.command(help="cli.restore")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="cli.restore.file", show_default=False, allow_dash=True)],
    tokens: Annotated[bool, typer.Option("--tokens", help="cli.restore.tokens")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="cli.restore.verbose")] = False,
) -> None:
    """Print the restored text of `file`."""
    from pipeline.batch import TEXT, Failure, work_alone

    settings = settings_of(context)
    language = settings.language()
    prepare_process()
    try:
        given = _standard_input(settings) if str(file) == "-" else None
    except KehoachError as error:
        fail(error, language)
    outcome = work_alone(file, partial(_restored, given, tokens), TEXT, settings)
    if isinstance(outcome, Failure):
        if verbose and outcome.detail:
            message(outcome.detail.rstrip())
        fail(outcome.error, language)
    text, notices = outcome
    print(text, end="")
    for said in notices if verbose else ():
        message(f"{said.code} {said.text(language)}")
    for code, count in sorted(Counter(said.code for said in notices).items()) if not verbose else ():
        told = general(code, language)
        message(say("cli.warnings", language, code=code, count=count, files=file, message=told))


def _standard_input(settings: Settings) -> bytes:
    """What stands on standard input; TooLargeError where it is more than a file may have."""
    limit = settings.max_file_mb * 1024 * 1024
    given = sys.stdin.buffer.read(limit + 1)
    if len(given) > limit:
        reason = f"more than {settings.max_file_mb} MiB, KEHOACH_MAX_FILE_MB is {settings.max_file_mb}"
        raise TooLargeError(file="-", reason=reason)
    return given


def _restored(given: bytes | None, tokens: bool, path: Path, settings: Settings) -> tuple[str, tuple[Notice, ...]]:
    """The restored text of a file, or of what was `given`, as it is printed, and the notices about it."""
    from pipeline.run import read_restored

    document = read_restored(path if given is None else given, settings)
    out = []
    for number, (_, line) in enumerate(document.lines(), 1):
        for token in line.tokens if tokens else ():
            said = {"line": number, "text": line.text[token.start : token.end], **asdict(token)}
            said["raw"] = line.raw[token.raw_start : token.raw_end]
            out.append(json.dumps(said, ensure_ascii=False))
        if not tokens:
            out.append(line.text)
    words = tuple(one.notice() for one in document.restorations)
    return "".join(f"{one}\n" for one in out), document.notices + words
