"""The worker process: works on one document after another and answers with the results.

The parent (`pool`) enforces the limits by killing the process. The limits set here hold where the parent cannot see
(sudden allocations), or is no longer there.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import logging
import multiprocessing
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from pipeline.batch.process.answers import Form, packed
from pipeline.batch.process.pipes import receive, send
from pipeline.batch.result import Failure, Made, Pages, Work
from pipeline.batch.sandbox import confine
from pipeline.errors import InternalError, KehoachError, OutOfMemoryError, OutputAccessError
from pipeline.files import NO_ROOM, own_scratch
from pipeline.progress import heard_by
from pipeline.settings import Settings

if sys.platform != "win32":
    import resource

MIB = 1 << 20
_LEAST_FILE, _FILE_FOLDS = 1024, 2  # MiB, and times `max_file_mb`
_DEVICES = (Path("/dev/null"), Path("/dev/zero"), Path("/dev/full"))
_PR_SET_CHILD_SUBREAPER = 36  # sys/prctl.h
_M_MMAP_THRESHOLD = -3  # malloc.h of glibc
_PR_SET_PDEATHSIG = 1  # sys/prctl.h
_GRACE_SECONDS = 5.0  # the alarm is for a worker whose parent is gone; while the parent lives, it is first


def serve(
    connection: Connection,
    inherited: Iterable[Connection],
    log: int | None,
    work: Work[Any],
    form: Form[Any],
    settings: Settings,
    writable: Sequence[Path],
) -> None:
    """Answer each path that comes over `connection` with what is made of it or a `Failure`, until it is closed.

    The process is confined first: it writes into a folder of its own alone, which the system's for temporary files is
    for it from then on.

    Args:
        connection: this worker's end.
        inherited: the parent's ends that the fork copied; while one stays open here, its worker would not see
            the parent go.
        log: file descriptor that takes what this process prints; None: it is dropped.
        work: makes the answer of a file.
        form: how the answer is sent.
        settings: limits for a document.
        writable: where else it may write.
    """
    for other in inherited:
        other.close()
    _settle_in(log)
    _limit_memory(settings.document_memory_mb)
    _limit_files(settings)
    _give_back()
    own = own_scratch()
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)
    if settings.sandbox != "off":
        confine([own, *writable, *_DEVICES])
    _answer(connection, log, work, form, settings)


def _answer(connection: Connection, log: int | None, work: Work[Any], form: Form[Any], settings: Settings) -> None:
    def tell(read: int, of: int) -> None:
        with suppress(OSError):  # nobody is there, which the answer will find
            send(connection, packed(Pages(read, of), form))

    while True:
        try:
            path = Path(os.fsdecode(receive(connection)))
        except EOFError:
            return
        if log is not None:
            os.lseek(log, 0, os.SEEK_SET)
            os.ftruncate(log, 0)
        _set_alarm(settings.document_seconds + _GRACE_SECONDS)
        with heard_by(tell):
            answer = attempt(path, work, settings)
        _set_alarm(0)
        send(connection, packed(answer, form))


def attempt(path: Path, work: Work[Made], settings: Settings) -> Made | Failure:
    """Work on one document.

    Args:
        path: the file.
        work: makes the answer of a file.
        settings: limits for a document.

    Returns:
        What was made; every exception, ours or not, becomes a `Failure` with a code.
    """
    try:
        return work(path, settings)
    except KehoachError as error:
        return Failure(error)
    except MemoryError:
        return Failure(OutOfMemoryError(file=path.name, megabytes=settings.document_memory_mb))
    except Exception as error:  # a fault of ours must not cost the rest of the batch
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return Failure(OutputAccessError(file=path.name, reason=f"{tempfile.gettempdir()}: {error.strerror}"))
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return Failure(InternalError(file=path.name, reason=reason[:200]), traceback.format_exc())


def _set_alarm(seconds: float) -> None:
    """End this process after so many seconds, 0 for never; Windows has no such clock."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _settle_in(log: int | None) -> None:
    """Leave the parent's terminal, signals and output alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        _end_with_parent()
        os.setsid()  # Ctrl-C goes to the parent alone; the parent can kill this process with all that it starts
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the default ends the process, in C code too
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nothing = os.open(os.devnull, os.O_RDWR)
    log = nothing if log is None else log
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.stdout = sys.stderr = open(log, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: PTH123, SIM115
    faulthandler.enable(sys.stderr)
    logging.getLogger().addHandler(logging.NullHandler())  # libraries warn of every oddity of a PDF
    gc.freeze()  # the parent's modules stay shared with it: the collector does not touch their pages


def _end_with_parent() -> None:
    """Have the kernel kill this process when its parent ends, however that was (Linux)."""
    if sys.platform == "win32":
        return
    parent = multiprocessing.parent_process()
    with suppress(OSError, AttributeError, TypeError):  # another system
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)  # what outlives its own parent still counts as ours
    if parent is not None and os.getppid() != parent.pid:  # it ended before
        os._exit(1)


def _give_back() -> None:
    """Have glibc return each large block to the system: pictures of pages left 90 MB behind in its pools."""
    with suppress(OSError, AttributeError, TypeError):  # another C library, or none by that name
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, MIB)


def _limit_files(settings: Settings) -> None:
    """Let no file grow beyond what reading a document may need: a page's picture, what LibreOffice makes."""
    if sys.platform != "win32":
        allowed = max(_LEAST_FILE, settings.max_file_mb * _FILE_FOLDS) * MIB
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        if hard != resource.RLIM_INFINITY:
            allowed = min(allowed, hard)
        resource.setrlimit(resource.RLIMIT_FSIZE, (allowed, allowed))


def _limit_memory(megabytes: int) -> None:
    """Let the kernel refuse what grows too fast for the parent to see (Linux: private writable memory)."""
    if sys.platform == "linux":
        allowed = psutil.Process().memory_info().data + megabytes * MIB
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard != resource.RLIM_INFINITY:
            allowed = min(allowed, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
