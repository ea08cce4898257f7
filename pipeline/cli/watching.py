"""The command that reads files as they come: watch."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.app import OUTPUTS, WRONG_USAGE, app, ended_by, fail, message, settings_of
from pipeline.cli.asking import check_database, load_into
from pipeline.cli.working import Stop, check_folder, prepare_process, reader
from pipeline.errors import KehoachError
from pipeline.messages import Language, say

if TYPE_CHECKING:
    from pipeline.batch import FileResult, SourceFile
    from pipeline.settings import Settings

_AT_ONCE: Final = 200  # outputs that are loaded between two looks at whether to go on


@app.command(help="cli.watch")
def watch(
    context: typer.Context,
    inbox: Annotated[Path, typer.Argument(metavar="INBOX", help="cli.watch.inbox", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="cli.run.out")] = OUTPUTS,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="cli.run.jobs", show_default=False)
    ] = None,
    searchable: Annotated[bool, typer.Option("--searchable-pdf", help="cli.run.searchable")] = False,
    hocr: Annotated[bool, typer.Option("--hocr", help="cli.run.hocr")] = False,
    alto: Annotated[bool, typer.Option("--alto", help="cli.run.alto")] = False,
    database: Annotated[
        str | None, typer.Option("--database", metavar="FILE|URL", help="cli.run.database", show_default=False)
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="cli.watch.replace")] = False,
    log: Annotated[Path | None, typer.Option("--log", metavar="FILE", help="cli.run.log", show_default=False)] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="cli.run.verbose")] = False,
) -> None:
    """Read what comes into `inbox`."""
    from pipeline.batch import Inbox, open_journal, run_batch, unpacked
    from pipeline.batch.report.log import run_log

    settings = settings_of(
        context,
        out,
        jobs=jobs,
        searchable_pdf=searchable or None,
        hocr=hocr or None,
        alto=alto or None,
        database=database,
    )
    language = settings.language()
    if not inbox.is_dir():
        message(say("cli.watch.no_folder", language, inbox=inbox))
        raise typer.Exit(WRONG_USAGE)
    check_folder([inbox], out, language)
    if database is not None:
        check_database(settings)
    prepare_process()
    read, again = reader(settings)
    stop, told = Stop(language), _Speaker(language, verbose)
    store = _Store(settings, stop) if database is not None else None
    try:
        with open_journal(out, settings) as journal, run_log(log, language) as noted, stop.heeded():
            watched = Inbox(inbox, out, settings.settle_seconds)

            def read_some(found: list[SourceFile]) -> None:
                with unpacked(found, settings) as files:
                    batch = run_batch(files, journal, read, settings, again, replace, going_on=stop.going_on)
                    with closing(batch):
                        for result in batch:
                            told.result(result)
                            noted.result(result)
                            watched.note(result, time.monotonic())
                            if store is not None and result.output:
                                store.waiting.append(result.output)
                told.passed()
                if journal.waiting():  # a stop, or no room to write
                    for file in found:
                        watched.again(file.path, time.monotonic())

            message(say("cli.watch.began", language, inbox=inbox, out=out))
            noted.event("began", inbox=str(inbox), out=str(out))
            with suppress(KeyboardInterrupt):
                for found in watched.looks(stop.going_on):
                    if found:
                        read_some(found)
                    if store is not None:
                        store.load()
            noted.event("stopped", waiting=journal.waiting())
    except KehoachError as error:
        fail(error, language)
    except OSError as error:
        fail(ended_by(error, out), language)
    message(say("cli.watch.ended", language))
    if stop.at_once:
        raise typer.Exit(128 + stop.number)


class _Speaker:
    """Says what became of each document as it is done; of one that is tried again and again only the first time."""

    def __init__(self, language: Language, verbose: bool) -> None:
        self._language, self._verbose = language, verbose
        self._failures: dict[Path, str] = {}
        self._passed = 0

    def result(self, result: FileResult) -> None:
        """Say what became of a document, with the warnings and errors."""
        from pipeline.batch.report.lines import double_lines, error_lines, warning_lines

        self._passed += result.passed
        code = result.error.code if result.error else ""
        if result.passed or (code and self._failures.get(result.path) == code):
            return
        if code:
            self._failures[result.path] = code
        else:
            self._failures.pop(result.path, None)
        if found := result.figures:
            counts = {name: getattr(found, name) for name in ("tasks", "agencies", "deadlines", "targets")}
            seconds = f"{result.seconds:.1f}"
            message(say("cli.watch.read", self._language, file=result.path, seconds=seconds, **counts))
        for lines in (double_lines, warning_lines, error_lines):
            self._say(lines([result], self._language, self._verbose))

    def passed(self) -> None:
        """Say how many documents were passed over since the last time."""
        if self._passed:
            message(say("cli.watch.passed", self._language, count=self._passed))
        self._passed = 0

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            message(line)


class _Store:
    """Loads outputs into the store; those that could not be loaded wait until it is there again."""

    def __init__(self, settings: Settings, stop: Stop) -> None:
        self.waiting: list[Path] = []
        self._settings, self._stop = settings, stop
        self._not_before = 0.0
        self._said = ""

    def load(self) -> None:
        """Load what waits, until a stop."""
        from pipeline.batch import AGAIN_SECONDS

        if time.monotonic() < self._not_before:
            return
        while self.waiting and self._stop.going_on():
            some = self.waiting[:_AT_ONCE]
            try:
                load_into(some, self._settings)
            except KehoachError as error:
                if error.code != self._said:
                    message(error.text(self._settings.language()))
                self._said = error.code
                self._not_before = time.monotonic() + AGAIN_SECONDS
                return
            self._said = ""
            del self.waiting[: len(some)]
