"""Worker processes that are reused from document to document, and killed when one overruns.

Only killing the process stops a parser that hangs in C code, so the parent watches the clock and the resident
memory of each busy worker. It has no threads: forking a replacement is safe at any moment.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import IO, Any, Final, Generic, Protocol

import psutil

from pipeline.batch.process.answers import DOCUMENT, BadAnswerError, Form, unpacked
from pipeline.batch.process.memory import Held
from pipeline.batch.process.pipes import Incoming, TooLongError, send
from pipeline.batch.result import Failure, Made, Pages, Read, ReadDocument, Spent, Work, read_document
from pipeline.batch.worker import MIB, serve
from pipeline.errors import CrashedError, DocumentError, LimitError, OutOfMemoryError, TimedOutError, TooLargeError
from pipeline.files import abandoned_scratch, remove_scratch, users_folder
from pipeline.settings import Settings

START = "spawn" if sys.platform == "win32" else "fork"
_POLL_SECONDS = 0.05  # how often the memory of busy workers is looked at
_TELL_SECONDS = 1.0  # how often it is told how far a document has come
_COPIES = 2  # times `max_file_mb`: what a document's searchable copy may come to
_LOG_BYTES = 4000  # of what a crash printed: the cause stands first


UNFINISHED: Final = object()
"""An answer that has not come whole yet."""


@dataclass(frozen=True)
class _Task(Generic[Made]):
    """What workers do with each file, how they answer, and where they may write."""

    work: Work[Made]
    form: Form[Made]
    writable: Sequence[Path]


class _Worker:
    """One child process and the parent's end of the pipe to it."""

    def __init__(self, task: _Task[Any], settings: Settings, others: Sequence[_Worker]) -> None:
        forks = START == "fork"
        context: Any = multiprocessing.get_context(START)
        self.log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        self.connection, child = context.Pipe()
        inherited = [self.connection, *(other.connection for other in others)] if forks else []
        log = self.log.fileno() if forks else None
        self.process: BaseProcess = context.Process(
            target=serve,
            args=(child, inherited, log, task.work, task.form, settings, task.writable),
            daemon=True,
        )
        self.process.start()
        child.close()
        self._form = task.form
        self._incoming = Incoming(self.connection, (settings.max_output_mb + _COPIES * settings.max_file_mb) * MIB)
        self._memory = Held(self.process.pid or 0)
        self.index = -1
        self.path = Path()
        self.started = 0.0
        self.peak = 0
        self._pages: Pages | None = None  # not told yet
        self._told = 0.0

    def give(self, index: int, path: Path) -> bool:
        """Hand over the next document; False if the process is gone."""
        self.index, self.path, self.started, self.peak = index, path, time.perf_counter(), 0
        self._pages, self._told = None, self.started
        try:
            send(self.connection, [os.fsencode(path)])
        except OSError:
            return False
        return True

    def seconds(self) -> float:
        """How long the document at hand has taken."""
        return time.perf_counter() - self.started

    def resident(self) -> int:
        """Bytes of memory that the process and all that it started hold; 0 if it is gone."""
        held = self._memory.resident()
        self.peak = max(self.peak, held)
        return held

    def news(self) -> Pages | None:
        """How far the document at hand has come, where that was not told before; once in a while."""
        if self._pages is None or time.perf_counter() - self._told < _TELL_SECONDS:
            return None
        found, self._pages, self._told = self._pages, None, time.perf_counter()
        return found

    def spent(self) -> Spent:
        """What the document at hand has taken."""
        return Spent(self.seconds(), self.peak)

    def take(self, settings: Settings) -> Any:
        """The answer, or why there is none; `UNFINISHED` where not all of it has come."""
        try:
            message = self._incoming.message()
            answer = UNFINISHED if message is None else unpacked(message, self._form)
            if isinstance(answer, Pages):
                self._pages, answer = answer, UNFINISHED
            return answer
        except (EOFError, OSError):
            self.process.join(1.0)  # it closes its end a moment before its exit code is there
            printed = self._printed()
            self.end()
            return Failure(self._cause(settings), printed)
        except TooLongError:
            reason = f"its outputs; KEHOACH_MAX_OUTPUT_MB is {settings.max_output_mb}"
            self.end()
            return Failure(TooLargeError(file=self.path.name, reason=reason))
        except BadAnswerError as error:
            self.end()
            return Failure(CrashedError(file=self.path.name, reason="damaged answer"), repr(error.__cause__))

    def end(self) -> None:
        """Kill the process with everything that it started."""
        if sys.platform == "win32":
            with suppress(psutil.Error):
                for started in psutil.Process(self.process.pid).children(recursive=True):
                    started.kill()
        else:
            _kill_session(self.process.pid or 0)
        # A worker that died by itself keeps its own exit code.
        self.process.kill()
        self.process.join()
        remove_scratch(self.process.pid or 0)
        self.connection.close()
        self.log.close()

    def _cause(self, settings: Settings) -> DocumentError:
        code = self.process.exitcode or 0
        reason = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        if reason == "SIGALRM":
            return _timed_out(self, settings)
        if reason == "SIGKILL":
            reason = "SIGKILL; the system may have run out of memory"
        return CrashedError(file=self.path.name, reason=reason)

    def _printed(self) -> str:
        self.log.seek(0)
        return self.log.read(_LOG_BYTES).decode("utf-8", errors="replace")


def end_abandoned() -> None:
    """End what workers of runs that were killed started and left, and remove their temporary files."""
    with abandoned_scratch() as folders:
        for folder in folders:
            _kill_session(int(folder.name.split("-")[1]), left=folder)


def always() -> bool:
    """Go on to the end."""
    return True


def nobody(index: int, pages: Pages) -> None:
    """Hear how far a document has come, and do nothing."""


def _kill_session(leader: int, *, left: Path | None = None) -> None:
    """Kill the processes of a session; what a worker started may be in groups of its own, or outlive it.

    Args:
        leader: the process that began the session.
        left: its folder where it ended before this run, and its number may be another's: those alone that name it.
    """
    if sys.platform != "win32" and leader:
        for process in psutil.process_iter():
            with suppress(ProcessLookupError, PermissionError, psutil.Error):
                if os.getsid(process.pid) == leader and (left is None or _names(process, left)):
                    os.kill(process.pid, signal.SIGKILL)


def _names(process: psutil.Process, folder: Path) -> bool:
    return any(str(folder) in one for one in (process.cwd(), *process.cmdline()))


Supply = Callable[[], tuple[int, Path] | None]
"""Gives the next document, its place in the batch and its path; None where there is none for now."""

HearPages = Callable[[int, Pages], None]
"""Is told how far the document of a place has come."""


class Engine(Protocol):
    """Reads documents in processes; `read_all` does on this machine."""

    def __call__(
        self, supply: Supply, read: Read, settings: Settings, going_on: Callable[[], bool], told: HearPages, /
    ) -> Generator[tuple[int, Spent, ReadDocument | Failure]]:
        """Read what `supply` gives, as long as it gives any or one is in hand; closing the generator ends all.

        `going_on` is asked some twenty times a second; once it says no, no further document is begun. `told` may be
        told, once a second at most, how far a document has come. What is given is
        the place in the batch, what it took and the outcome of each document, in the order in which they are done.
        """


def supply_of(paths: Mapping[int, Path]) -> Supply:
    """Gives some files, by their places, once each."""
    waiting = iter(paths.items())
    return lambda: next(waiting, None)


def read_all(
    supply: Supply, read: Read, settings: Settings, going_on: Callable[[], bool] = always, told: HearPages = nobody
) -> Generator[tuple[int, Spent, ReadDocument | Failure]]:
    """Read files into plans, in processes as `work_on_all` has them.

    Args:
        supply: gives the files to read.
        read: makes a plan of a file; runs in a worker process.
        settings: limits and number of workers.
        going_on: as `work_on_all` has it.
        told: so too.

    Yields:
        The place, what it took and the outcome of each file, in the order in which they are done.
    """
    return work_on_all(supply, partial(read_document, read), DOCUMENT, settings, going_on, places(settings), told)


def work_alone(path: Path, work: Work[Made], form: Form[Made], settings: Settings) -> Made | Failure:
    """Work on one file in a process of its own, with the limits of `settings` for a document.

    Args:
        path: the file.
        work: makes the outcome of the file; runs in the process.
        form: how the outcome comes from there.
        settings: limits for a document.

    Returns:
        What was made, or why nothing was.
    """
    outcomes = work_on_all(supply_of({0: path}), work, form, settings, writable=places(settings))
    with closing(outcomes):
        _, _, outcome = next(outcomes)
    return outcome


def work_on_all(
    supply: Supply,
    work: Work[Made],
    form: Form[Made],
    settings: Settings,
    going_on: Callable[[], bool] = always,
    writable: Sequence[Path] = (),
    told: HearPages = nobody,
) -> Generator[tuple[int, Spent, Made | Failure]]:
    """Work on files in `settings.jobs` processes.

    The limits of `settings` hold for each document: at `document_seconds`, or `document_memory_mb` of resident memory
    (the program's own share included), its process is killed and another takes its place. Closing the generator kills
    all.

    Args:
        supply: gives the files; asked when a process is free, and for the last time when none is at work.
        work: makes the outcome of a file; runs in a worker process.
        form: how the outcome comes from there.
        settings: limits and number of workers.
        going_on: asked some twenty times a second; once it says no, no further file is begun.
        writable: folders that the processes may write into, beside one of their own.
        told: of each file once a second at most, how many of its pages were read.

    Yields:
        The place, what it took and the outcome of each file, in the order in which they are done.
    """
    task = _Task(work, form, writable)
    busy: list[_Worker] = []
    idle: list[_Worker] = []

    def hand_out() -> None:
        while going_on() and len(busy) < settings.jobs and (one := supply()):
            while not (worker := idle.pop() if idle else _Worker(task, settings, [*busy, *idle])).give(*one):
                worker.end()
            busy.append(worker)

    try:
        hand_out()
        while busy:
            done: list[tuple[int, Spent, Made | Failure]] = []
            ready = wait([worker.connection for worker in busy], timeout=_POLL_SECONDS)
            for worker in [worker for worker in busy if worker.connection in ready]:
                seconds, outcome = worker.seconds(), worker.take(settings)
                if outcome is UNFINISHED:
                    continue
                busy.remove(worker)
                if worker.process.is_alive() and not _swollen(worker, outcome, settings):
                    idle.append(worker)
                else:
                    worker.end()
                done.append((worker.index, Spent(seconds, worker.peak), outcome))
            for worker in list(busy):
                limit = _overrun(worker, settings)
                if limit:
                    busy.remove(worker)
                    done.append((worker.index, worker.spent(), Failure(limit)))
                    worker.end()
                elif pages := worker.news():
                    told(worker.index, pages)
            hand_out()  # none idles while its answer is written
            yield from done
    finally:
        for worker in [*busy, *idle]:
            worker.end()


def places(settings: Settings) -> list[Path]:
    """Where reading a document writes beside the folder of its process: the pages that are kept, the slots for OCR."""
    found = [users_folder("slots")]
    if cache := settings.cache_folder():
        with suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
        found.append(cache)
    return found


def _swollen(worker: _Worker, outcome: object, settings: Settings) -> bool:
    """Whether a worker kept so much memory that the next document should not start in it."""
    failed = isinstance(outcome, Failure) and isinstance(outcome.error, OutOfMemoryError)
    return failed or worker.resident() > settings.document_memory_mb * MIB / 2


def _overrun(worker: _Worker, settings: Settings) -> LimitError | None:
    if worker.seconds() > settings.document_seconds:
        return _timed_out(worker, settings)
    if worker.resident() > settings.document_memory_mb * MIB:
        return OutOfMemoryError(file=worker.path.name, megabytes=settings.document_memory_mb)
    return None


def _timed_out(worker: _Worker, settings: Settings) -> TimedOutError:
    return TimedOutError(file=worker.path.name, seconds=f"{settings.document_seconds:g}")
