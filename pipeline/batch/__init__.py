"""Reading many files: each in a process with limits, its result written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from pipeline.batch.collect import SourceFile, collect
from pipeline.batch.naming import Job, assign, held_by_another
from pipeline.batch.outputs import left_over
from pipeline.batch.pool import read_all, work_alone
from pipeline.batch.result import Failure, Figures, FileResult, Read, ReadDocument
from pipeline.batch.unpacking import unpacked
from pipeline.batch.writing import set_aside, write
from pipeline.errors import CrashedError, KehoachError, OutOfMemoryError, OutputAccessError, TimedOutError
from pipeline.files import sweep
from pipeline.schema import Plan
from pipeline.settings import Settings

__all__ = [
    "Failure",
    "Figures",
    "Read",
    "FileResult",
    "SourceFile",
    "collect",
    "left_over",
    "run_batch",
    "unpacked",
    "work_alone",
]


STOPPED = (CrashedError, TimedOutError, OutOfMemoryError)
Again = Callable[[KehoachError, Path, Settings], Plan]
"""Reads a document in another way once its process died or was stopped, for the reason that is given first."""


def run_batch(
    files: Sequence[SourceFile],
    out: Path,
    read: Read,
    settings: Settings,
    again: Again | None = None,
    replace: bool = False,
) -> Generator[FileResult]:
    """Read every file and write `<name>.json`, `<name>.txt` and what else was asked for into `out`, one by one.

    Results come in the order in which documents are done; `FileResult.index` is the place in `files`. A document
    that fails stops nothing: its result carries the error, and an older output of it is set aside as `.stale`. What
    came from another document is neither overwritten nor set aside. Closing the generator stops the workers.
    Processes are forked, on Windows started anew: call it where no threads run, and with a `read` that can be pickled.

    Args:
        files: files to read, as `collect` finds them.
        out: an existing folder.
        read: makes a plan of a file; runs in a worker process.
        settings: limits and number of workers.
        again: reads what `read` could not; None: it fails at once.
        replace: what came from another document may be overwritten.
    """
    jobs = assign(files, out, replace)
    for folder in {(out / job.stem).parent for job in jobs}:
        sweep(folder)
    for job in jobs:
        if job.error:
            yield FileResult(job.index, job.shown, 0.0, error=job.error)
    todo = [job for job in jobs if not job.error]
    if boxes := {file.path: box for file in files if (box := file.contained_in) is not None}:
        read = partial(_contained, read, boxes)
    stopped: list[tuple[Job, float, Read]] = []
    with closing(read_all([job.path for job in todo], read, settings)) as outcomes:
        for index, seconds, outcome in outcomes:
            if again is not None and isinstance(outcome, Failure) and isinstance(outcome.error, STOPPED):
                stopped.append((todo[index], seconds, partial(again, outcome.error)))
            else:
                yield _settle(todo[index], out, seconds, outcome, replace)
    for job, before, other in stopped:
        with closing(read_all([job.path], other, settings)) as outcomes:
            for _, seconds, outcome in outcomes:
                yield _settle(job, out, before + seconds, outcome, replace)


def _contained(read: Read, boxes: Mapping[Path, str], path: Path, settings: Settings) -> Plan:
    """The plan of a document, which says what archive or mail it came in."""
    plan = read(path, settings)
    if path not in boxes:
        return plan
    return plan.model_copy(update={"source": plan.source.model_copy(update={"contained_in": boxes[path]})})


def _settle(job: Job, out: Path, seconds: float, outcome: ReadDocument | Failure, replace: bool) -> FileResult:
    """Write what was read, or put away what an earlier run left."""
    error: KehoachError
    if isinstance(outcome, Failure):
        error, detail = outcome.error.renamed(str(job.shown)), outcome.detail
    else:
        try:
            held = write(out, job.stem, outcome.files, None if replace else outcome.sha256)
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            error, detail = OutputAccessError(file=str(job.shown), reason=reason), ""
        else:
            if held is None:
                made = out / f"{job.stem}.json"
                return FileResult(job.index, job.shown, seconds, outcome.figures, outcome.warnings, output=made)
            return FileResult(job.index, job.shown, seconds, error=held_by_another(job.shown, held))
    stale = set_aside(out, job.stem) if job.own or replace else ()
    return FileResult(job.index, job.shown, seconds, error=error, detail=detail, stale=stale)
