"""What a run says at its end: a table, the warnings, the errors."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from pipeline.batch.result import FileResult
from pipeline.messages import Language, general, say
from pipeline.schema import PlanWarning

_NAMED = 3  # files in a line on a warning
_ROWS = 500  # in a part of the table
_COLUMNS = ("pages", "tasks", "agencies", "deadlines", "targets", "warnings", "seconds")


def tables(results: Iterable[FileResult], language: Language) -> Iterator[Table]:
    """Build the table of results, one row a file, in parts of so many rows that no run needs much memory for it.

    A file that failed shows its error's code where its figures would stand. Files are named from the folder that all of
    them are in.

    Args:
        results: of the batch; gone through more than once.
        language: of the headings.
    """
    folder = _common_folder(result.path for result in results)
    widths = [0] * (len(_COLUMNS) + 1)
    for result in results:
        widths = [max(pair) for pair in zip(widths, map(cell_len, _row(result, folder)), strict=True)]
    part = _part(widths, language, first=True)
    for result in results:
        if part.row_count == _ROWS:
            yield part
            part = _part(widths, language, first=False)
        part.add_row(*map(Text, _row(result, folder)))
    yield part


def _part(widths: list[int], language: Language, first: bool) -> Table:
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True, show_header=first)
    file, *others = widths
    made.add_column(say("cli.column.file", language), overflow="fold", min_width=file)
    for name, width in zip(_COLUMNS, others, strict=True):
        heading = say(f"cli.column.{name}", language)
        made.add_column(heading, justify="right", no_wrap=True, min_width=max(width, cell_len(heading)))
    return made


def _row(result: FileResult, folder: Path | None) -> list[str]:
    return [_named(result, folder), *_cells(result)]


def _named(result: FileResult, folder: Path | None) -> str:
    """The document's file, named from the folder that all are in."""
    return str(result.path.relative_to(folder) if folder else result.path)


def _common_folder(paths: Iterable[Path]) -> Path | None:
    """The folder that all are in; None where some paths are absolute and others are not."""
    common: str | None = None
    for path in paths:
        folder = str(path.parent)
        if common is not None and Path(common).is_absolute() != path.is_absolute():
            return None
        common = folder if common is None else os.path.commonpath([common, folder])
    return None if common is None else Path(common)


def _cells(result: FileResult) -> Iterator[str]:
    found = result.figures
    if found is None:
        yield result.error.code if result.error else "–"
        yield from [""] * (len(_COLUMNS) - 2)
    else:
        yield "–" if found.pages is None else str(found.pages)
        yield from (str(n) for n in (found.tasks, found.agencies, found.deadlines, found.targets))
        yield str(len(result.warnings))
    yield "–" if result.passed else f"{result.seconds:.2f}"


def warning_lines(results: Iterable[FileResult], language: Language, verbose: bool) -> Iterator[str]:
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
    folder = _common_folder(result.path for result in results)
    count: Counter[str] = Counter()
    files: Counter[str] = Counter()
    first: dict[str, list[str]] = defaultdict(list)
    for result in results:
        codes = Counter(warning.code for warning in result.warnings)
        count += codes
        files.update(codes.keys())
        for code in codes:
            if len(first[code]) < _NAMED:
                first[code].append(_named(result, folder))
    for code in sorted(count):
        named = _with_more(first[code], files[code], language)
        yield say("cli.warnings", language, code=code, count=count[code], files=named, message=general(code, language))


def double_lines(results: Iterable[FileResult], language: Language, verbose: bool) -> Iterator[str]:
    """The line on documents that were not read because they have the content of another; verbose: a line for each."""
    count, first = 0, []
    for result in results:
        if result.same_as is not None and not result.passed:
            line = say("cli.double", language, file=result.path, other=result.same_as)
            count += 1
            if verbose:
                yield line
            elif count <= _NAMED:
                first.append(f"{result.path} = {result.same_as}")
    if first:
        yield say("cli.doubles", language, count=count, files=_with_more(first, count, language))


def _with_more(named: list[str], count: int, language: Language) -> str:
    """The first names of a list of so many, and how many more there are."""
    files = ", ".join(named)
    return files if count <= len(named) else say("cli.more_files", language, files=files, count=count - len(named))


def error_lines(results: Iterable[FileResult], language: Language, verbose: bool) -> Iterator[str]:
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
