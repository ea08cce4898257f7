"""The results of reading one file, as the worker and as the batch give them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import NamedTuple, TypeVar

from pipeline.errors import ChangedMeanwhileError, FileAccessError, KehoachError, TooLargeError
from pipeline.schema import Plan, PlanWarning
from pipeline.schema.rendering import plan_json
from pipeline.settings import Settings

Read = Callable[[Path, Settings], Plan]
"""Makes a plan of a file, or raises `KehoachError`."""

Made = TypeVar("Made")
Work = Callable[[Path, Settings], Made]
"""Makes of a file what can be sent from process to process, or raises `KehoachError`."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of what is in a plan.

    `pages` is None where the format has none, `agencies` counts different ones, `restored` the pages whose text layer
    was restored, `confidence` is the mean of that of the items, None without any.
    """

    pages: int | None
    tasks: int
    agencies: int
    deadlines: int
    targets: int
    restored: int = 0
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that was read: its output files as bytes by suffix ("txt", "json" and others), counts, warnings.

    `sha256` is that of the bytes that were read.
    """

    sha256: str
    files: dict[str, bytes]
    figures: Figures
    warnings: Sequence[PlanWarning]


class Pages(NamedTuple):
    """How far a document in hand has come: how many of its pages were read, and how many it has."""

    read: int
    all: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What a document took: seconds, and the most bytes of memory that its process was seen to hold."""

    seconds: float = 0.0
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that was not read: the error, and the traceback or output of a program that failed or crashed."""

    error: KehoachError
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file of a batch.

    `index` is its place in the batch, `seconds` how long it took, `memory` the most bytes that were seen while it was
    read. `figures` and `output`, the path of its JSON, are set when its outputs were written, `error` when not. `stale`
    pairs the older outputs that were set aside because of the error with their new names. `same_as` is the document of
    the same content that was read in its place; `passed` tells that an earlier run did all this.
    """

    index: int
    path: Path
    seconds: float
    figures: Figures | None = None
    warnings: Sequence[PlanWarning] = ()
    error: KehoachError | None = None
    detail: str = ""
    stale: tuple[tuple[Path, Path], ...] = ()
    output: Path | None = None
    memory: int = 0
    same_as: Path | None = None
    passed: bool = False


def read_document(read: Read, path: Path, settings: Settings) -> ReadDocument:
    """Read one file into what is written of its plan; the text ends with a line feed, which moves no offset."""
    before = _stamp(path)
    try:
        plan = read(path, settings)
    except Exception as error:
        _check_the_same(path, before, error)
        raise
    _check_the_same(path, before)
    if not isinstance(plan, Plan):
        raise TypeError(f"{type(plan).__name__} instead of a plan")
    text = plan.text if plan.text.endswith("\n") else plan.text + "\n"
    said, written = plan_json(plan).encode(), text.encode()
    if (size := len(said) + len(written)) > settings.max_output_mb << 20:
        reason = f"its outputs: {size >> 20} MiB, KEHOACH_MAX_OUTPUT_MB is {settings.max_output_mb}"
        raise TooLargeError(file=path.name, reason=reason)
    files = {**plan.files, "txt": written, "json": said}
    return ReadDocument(plan.source.sha256, files, _figures(plan), tuple(plan.warnings))


def _check_the_same(path: Path, before: tuple[int, int] | None, error: Exception | None = None) -> None:
    """See that a file is what it was before it was read.

    It is opened more than once: what was read of it may be of two documents. One that was removed was open, and what
    was read of it is whole, unless it gave an `error`.

    Raises:
        ChangedMeanwhileError: it was changed, or another took its place.
        FileAccessError: it was removed, and could not be read.
    """
    after = _stamp(path)
    if after == before or (after is None and error is None):
        return
    if after is None:
        raise FileAccessError(file=path.name, reason=os.strerror(errno.ENOENT)) from error
    raise ChangedMeanwhileError(file=path.name) from error


def _stamp(path: Path) -> tuple[int, int] | None:
    """What the system changes with a file's content; None where it is not there.

    No number of an inode: some mounts give a file another each time it is asked for.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _figures(plan: Plan) -> Figures:
    provisions = [*plan.objectives, *plan.tasks]
    return Figures(
        pages=plan.source.page_count,
        tasks=len(plan.tasks),
        agencies=len({agency.key or agency.name for provision in provisions for agency in provision.agencies}),
        deadlines=sum(len(provision.deadlines) for provision in provisions),
        targets=sum(len(provision.targets) for provision in provisions),
        restored=sum(page.text_origin == "restored_layer" for page in plan.source.pages),
        confidence=round(fmean(one.confidence for one in provisions), 3) if provisions else None,
    )
