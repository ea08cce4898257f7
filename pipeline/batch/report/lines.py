"""What a run says at its end: a table, the warnings, the errors."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.cells import cell_len

from pipeline.batch.result import FileResult
from pipeline.messages import Language, general, say, visible
from pipeline.schema import PlanWarning

_NAMED = 3  # files in a line on a warning
_GAP = "  "  # between columns
_COLUMNS = ("pages", "tasks", "agencies", "deadlines", "targets", "warnings", "seconds")


def table_lines(results: Iterable[FileResult], language: Language) -> Iterator[str]:
    """The table of results, one row a file.

    A file that failed shows its error's code where its figures would stand. Files are named from the folder that all of
    them are in.

    Args:
        results: of the batch; gone through more than once, so that a large one need not be held.
        language: of the headings.
    """
    folder = _common_folder(result.path for result in results)
    heading = [say(f"cli.column.{name}", language) for name in ("file", *_COLUMNS)]
    widths = [cell_len(one) for one in heading]
    for result in results:
        widths = [max(width, cell_len(cell)) for width, cell in zip(widths, _row(result, folder), strict=True)]
    yield _line(heading, widths)
    yield "─" * (sum(widths) + len(_GAP) * len(_COLUMNS))
    for result in results:
        yield _line(_row(result, folder), widths)


def _line(cells: list[str], widths: list[int]) -> str:
    """Cells in their columns: the first to the left, the figures to the right."""
    filled = [" " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)]
    return _GAP.join([cells[0] + filled[0], *(space + cell for cell, space in zip(cells[1:], filled[1:], strict=True))])


def _row(result: FileResult, folder: Path | None) -> list[str]:
    return [_named(result, folder), *_cells(result)]


def _named(result: FileResult, folder: Path | None) -> str:
    """The document's file, named from the folder that all are in."""
    return visible(str(result.path.relative_to(folder) if folder else result.path))


def _common_folder(paths: Iterable[Path]) -> Path | None:
    """The folder that all are in; None where some paths are absolute and others are not."""
    common: str | None = None
    for path in paths:
        name = str(path)
        if common is not None and os.path.isabs(common) != os.path.isabs(name):  # noqa: PTH117
            return None
        if common is None or not name.startswith(f"{common}/"):
            folder = os.path.dirname(name)  # noqa: PTH120 - a Path keeps each name it ever had in memory
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
