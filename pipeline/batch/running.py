"""A run over many documents, from files to outputs and the journal."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace as altered
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from pipeline.batch.collect import SourceFile
from pipeline.batch.doubles import find_doubles, read_before, under_name
from pipeline.batch.journal import Journal
from pipeline.batch.naming import Job, assign, held_by_another
from pipeline.batch.pool import Engine, always, end_abandoned, read_all, supply_of
from pipeline.batch.result import Failure, FileResult, Pages, Read, ReadDocument, Spent
from pipeline.batch.writing import set_aside, write
from pipeline.errors import CrashedError, KehoachError, OutOfMemoryError, OutputAccessError, TimedOutError
from pipeline.files import NO_ROOM, sweep
from pipeline.schema import Plan
from pipeline.settings import Settings

STOPPED: Final = (CrashedError, TimedOutError, OutOfMemoryError)
_WAIT_SECONDS: Final = 0.2  # between two looks at what other runs have in hand
Again = Callable[[KehoachError, Path, Settings], Plan]
"""Reads a document in another way once its process died or was stopped, for the reason that is given first."""


def run_batch(
    files: Sequence[SourceFile],
    journal: Journal,
    read: Read,
    settings: Settings,
    again: Again | None = None,
    replace: bool = False,
    resume: bool = True,
    retry_failed: bool = False,
    going_on: Callable[[], bool] = always,
    engine: Engine = read_all,
) -> Generator[FileResult]:
    """Read every file and write `<name>.json`, `<name>.txt` and what else was asked for, one by one.

    What an earlier run read of the same content, with the same program and settings, is passed over where its outputs
    lie there as they were written. One content under more names is read once. Results come in the order in which
    documents are done; `FileResult.index` is the place in `files`. A document that fails stops nothing: its result
    carries the error, and an older output of it is set aside as `.stale`; but where there is no room to write, nothing
    more is begun. What came from another document is neither overwritten nor set aside. Closing the generator stops
    the workers. Processes are forked, on Windows started anew: call it where no threads run, and with a `read` that can
    be pickled.

    Each document is taken from the journal when it is begun. A run that joined another takes those that are in both;
    each gives the results of the other's too, and ends when all are there.

    Args:
        files: files to read, as `collect` finds them.
        journal: of the folder that the outputs go to.
        read: makes a plan of a file; runs in a worker process.
        settings: limits and number of workers.
        again: reads what `read` could not; None: it fails at once.
        replace: what came from another document may be overwritten.
        resume: whether an earlier run counts; else all is read.
        retry_failed: whether what failed in an earlier run is read again.
        going_on: asked all the time; once it says no, the documents in hand are the last.
        engine: reads documents in processes of its own.
    """
    end_abandoned()
    known: Sequence[tuple[Job, str]] = ()
    if journal.first:
        known = yield from _plan(files, journal, replace, resume, retry_failed, going_on)
    else:
        journal.joined(files)
    try:
        yield from _Run(files, journal, read, settings, again, replace, resume, going_on, engine).read(known)
    finally:
        journal.release()
    journal.end()


def _plan(
    files: Sequence[SourceFile],
    journal: Journal,
    replace: bool,
    resume: bool,
    retry_failed: bool,
    going_on: Callable[[], bool],
) -> Generator[FileResult, None, Sequence[tuple[Job, str]]]:
    """Settle what need not be read, and note what is to be.

    Returns:
        The documents whose content an earlier run read under another name, with the content.
    """
    journal.clear(files)
    jobs = assign(files, journal.out, replace, journal.digest)
    for folder in {(journal.out / job.stem).parent for job in jobs}:
        sweep(folder)
    journal.begin(jobs, files)
    todo = []
    for job in jobs:
        if job.error:
            result = FileResult(job.index, job.shown, 0.0, error=job.error)
            journal.record(job, result)
            yield result
        elif resume and going_on() and (known := journal.unchanged(job, retry_failed)):
            yield altered(known, passed=True)  # in this very run perhaps, which goes on
        else:
            todo.append(job)
    doubles = find_doubles(todo, journal, resume)
    journal.plan(doubles.contents, doubles.known, todo)
    return [(job, doubles.contents[job.index]) for job in doubles.known]


class _Run:
    """The reading of the documents that are left to be read."""

    def __init__(
        self,
        files: Sequence[SourceFile],
        journal: Journal,
        read: Read,
        settings: Settings,
        again: Again | None,
        replace: bool,
        resume: bool,
        going_on: Callable[[], bool],
        engine: Engine,
    ) -> None:
        self._boxes = {file.path: box for file in files if (box := file.contained_in) is not None}
        self._journal = journal
        self._read = partial(_contained, read, self._boxes) if self._boxes else read
        self._settings = settings
        self._again = again
        self._replace = replace
        self._resume = resume
        self._asked = going_on
        self._engine = engine
        self._no_room = False
        self._units: dict[int, Sequence[Job]] = {}  # in hand, by the index of the first
        self._settled: list[FileResult] = []  # by the way, where nothing had to be read

    def read(self, known: Sequence[tuple[Job, str]]) -> Generator[FileResult]:
        """Read documents, and settle those that have the content of one that was read.

        Args:
            known: those of a content that an earlier run read.
        """
        for job, content in known:
            if not self._going_on():
                break
            self._settle_known([job], content)
            yield from self._others()
        while True:
            yield from self._read_free()
            yield from self._others()
            if not self._going_on() or not self._journal.open():
                return
            time.sleep(_WAIT_SECONDS)  # others have the rest in hand

    def _read_free(self) -> Generator[FileResult]:
        """Read what nobody has in hand; what could not be read, in another way at last."""
        stopped = []
        with closing(self._engine(self._next, self._read, self._settings, self._going_on, self._told)) as outcomes:
            for index, spent, outcome in outcomes:
                if self._again is not None and isinstance(outcome, Failure) and isinstance(outcome.error, STOPPED):
                    stopped.append((index, spent, partial(self._again, outcome.error)))
                else:
                    yield from self._settle_all(index, spent, outcome)
                yield from self._others()
        for index, before, other_way in stopped:
            once = supply_of({index: self._units[index][0].path})
            with closing(self._engine(once, other_way, self._settings, self._going_on, self._told)) as outcomes:
                for _, spent, outcome in outcomes:
                    both = Spent(before.seconds + spent.seconds, max(before.memory, spent.memory))
                    yield from self._settle_all(index, both, outcome)

    def _next(self) -> tuple[int, Path] | None:
        """The next document that is to be read."""
        while self._going_on() and (unit := self._journal.take()):
            if unit.content is None or not self._settle_known(unit.jobs, unit.content):
                first = unit.jobs[0]
                self._units[first.index] = unit.jobs
                return first.index, first.path
        return None

    def _going_on(self) -> bool:
        self._journal.renew()
        return self._asked() and not self._no_room

    def _told(self, index: int, pages: Pages) -> None:
        self._journal.note_pages(self._units[index][0], pages)

    def _others(self) -> Generator[FileResult]:
        """What was settled by the way, or by other processes."""
        yield from self._settled
        self._settled.clear()
        yield from self._journal.settled_by_others()

    def _settle_known(self, jobs: Sequence[Job], content: str) -> bool:
        """Settle documents whose content was read under another name; False where it was not."""
        found = read_before(content, self._journal, self._resume)
        if found is None:
            return False
        document, other = found
        for job in jobs:
            if result := self._settle(job, Spent(), self._renamed(document, job), other):
                self._settled.append(result)
        return True

    def _settle_all(self, index: int, spent: Spent, outcome: ReadDocument | Failure) -> Generator[FileResult]:
        first, *after = self._units.pop(index)
        if result := self._settle(first, spent, outcome):
            yield result
        for one in after:
            same = outcome if isinstance(outcome, Failure) else self._renamed(outcome, one)
            if result := self._settle(one, Spent(), same, first.shown):
                yield result

    def _renamed(self, document: ReadDocument, job: Job) -> ReadDocument:
        return under_name(document, job.path, self._boxes.get(job.path))

    def _settle(
        self, job: Job, spent: Spent, outcome: ReadDocument | Failure, same_as: Path | None = None
    ) -> FileResult | None:
        """Write what was read, or put away what an earlier run left; and write it down.

        Returns:
            What became of it; None where another process took it over meanwhile.
        """
        if not self._journal.in_hand(job):
            return None
        out = self._journal.out
        result = FileResult(job.index, job.shown, spent.seconds, memory=spent.memory, same_as=same_as)
        if isinstance(outcome, Failure):
            result = altered(result, error=outcome.error.renamed(str(job.shown)), detail=outcome.detail)
        else:
            digests = {suffix: sha256(data).hexdigest() for suffix, data in outcome.files.items()}
            self._journal.intend(job, digests)
            try:
                held = write(out, job.stem, outcome.files, None if self._replace else outcome.sha256)
            except OSError as problem:
                self._no_room |= problem.errno in NO_ROOM  # no other document would be written either
                reason = problem.strerror or type(problem).__name__
                result = altered(result, error=OutputAccessError(file=str(job.shown), reason=reason))
            else:
                if held is None:
                    made = out / f"{job.stem}.json"
                    result = altered(result, figures=outcome.figures, warnings=outcome.warnings, output=made)
                    self._journal.record(job, result, outcome.sha256, digests)
                    return result
                result = altered(result, error=held_by_another(job.shown, held))
                self._journal.record(job, result)
                return result
        result = altered(result, stale=set_aside(out, job.stem) if job.own or self._replace else ())
        self._journal.record(job, result)
        return result


def _contained(read: Read, boxes: Mapping[Path, str], path: Path, settings: Settings) -> Plan:
    """The plan of a document, which says what archive or mail it came in."""
    plan = read(path, settings)
    if path not in boxes:
        return plan
    return plan.model_copy(update={"source": plan.source.model_copy(update={"contained_in": boxes[path]})})
