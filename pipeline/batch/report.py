"""The report on a batch: a table, the warnings, the errors, and a progress bar."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.batch.result import FileResult
from pipeline.messages import Language, general, say
from pipeline.schema import PlanWarning

_NAMED = 3  # files in a line on a warning
_COLUMNS = ("pages", "tasks", "agencies", "deadlines", "targets", "warnings", "seconds")


def table(results: Sequence[FileResult], language: Language) -> Table:
    """Build the table of results, one row a file.

    A file that failed shows its error's code where its figures would stand. Files are named from the folder that all of
    them are in.
    """
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True)
    made.add_column(say("cli.column.file", language), overflow="fold")
    for name in _COLUMNS:
        made.add_column(say(f"cli.column.{name}", language), justify="right", no_wrap=True)
    for file, result in zip(_files(results), results, strict=True):
        made.add_row(Text(file), *_cells(result))
    return made


def _files(results: Sequence[FileResult]) -> list[str]:
    """The documents' files, named from the folder that all are in."""
    folder = _common_folder([result.path for result in results])
    return [str(result.path.relative_to(folder) if folder else result.path) for result in results]


def _common_folder(paths: Sequence[Path]) -> Path | None:
    """The folder that all are in; None where some paths are absolute and others are not."""
    if len({path.is_absolute() for path in paths}) != 1:
        return None
    return Path(os.path.commonpath([path.parent for path in paths]))


def _cells(result: FileResult) -> Iterator[str]:
    found = result.figures
    if found is None:
        yield result.error.code if result.error else "–"
        yield from [""] * (len(_COLUMNS) - 2)
    else:
        yield "–" if found.pages is None else str(found.pages)
        yield from (str(n) for n in (found.tasks, found.agencies, found.deadlines, found.targets))
        yield str(len(result.warnings))
    yield f"{result.seconds:.2f}"


def warning_lines(results: Sequence[FileResult], language: Language, verbose: bool) -> Iterator[str]:
    """The lines on warnings.

    Args:
        results: of the batch.
        language: of the messages.
        verbose: each warning with its file and page; else each code with how often it came and the first files that
            have it, named as in the table.
    """
    if verbose:
        for result in results:
            for warning in result.warnings:
                where = _place(str(result.path), warning, language)
                yield f"{warning.code} {where}: {say(warning.code, language, **warning.params)}"
        return
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for file, result in zip(_files(results), results, strict=True):
        for warning in result.warnings:
            found[warning.code][file] += 1
    for code, counts in sorted(found.items()):
        files = ", ".join(list(counts)[:_NAMED])
        if len(counts) > _NAMED:
            files = say("cli.more_files", language, files=files, count=len(counts) - _NAMED)
        message = general(code, language)
        yield say("cli.warnings", language, code=code, count=counts.total(), files=files, message=message)


def error_lines(results: Sequence[FileResult], language: Language, verbose: bool) -> Iterator[str]:
    """The lines on errors: each with its file and page, and what happened to older outputs of that name.

    Args:
        results: of the batch.
        language: of the messages.
        verbose: also the traceback or output of a program that failed.
    """
    for result in results:
        if result.error is None:
            continue
        yield result.error.text(language)
        for old, stale in result.stale:
            yield "  " + say("cli.stale", language, file=old, stale=stale)
        if verbose and result.detail:
            yield from (f"  | {line}" for line in result.detail.rstrip().splitlines())


def _place(file: str, warning: PlanWarning, language: Language) -> str:
    return file if warning.page is None else say("place", language, file=file, page=warning.page)


@contextmanager
def progress(total: int, language: Language) -> Iterator[Callable[[Path], None]]:
    """Show a progress bar on standard error while documents are read, where that is a terminal.

    Args:
        total: how many documents there are.
        language: of its words.

    Yields:
        A function to call with the path of each document that is done.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    console = Console(stderr=True)
    # No refreshing thread: workers are forked while the bar is up.
    with Progress(
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(say("cli.reading", language), total=total)

        def step(path: Path) -> None:
            bar.update(task, advance=1, description=escape(path.name), refresh=True)

        bar.refresh()
        yield step
