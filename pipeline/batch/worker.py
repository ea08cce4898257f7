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
import traceback
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from pipeline.batch.result import Failure, Made, Work
from pipeline.errors import InternalError, KehoachError, OutOfMemoryError
from pipeline.settings import Settings

if sys.platform != "win32":
    import resource

MIB = 1 << 20
_M_MMAP_THRESHOLD = -3  # malloc.h of glibc
_PR_SET_PDEATHSIG = 1  # sys/prctl.h
_GRACE_SECONDS = 5.0  # the alarm is for a worker whose parent is gone; while the parent lives, it is first


def serve(
    connection: Connection, inherited: Iterable[Connection], log: int | None, work: Work[Any], settings: Settings
) -> None:
    """Answer each path that comes over `connection` with what is made of it or a `Failure`, until it is closed.

    Args:
        connection: this worker's end.
        inherited: the parent's ends that the fork copied; while one stays open here, its worker would not see
            the parent go.
        log: file descriptor that takes what this process prints; None: it is dropped.
        work: makes the answer of a file.
        settings: limits for a document.
    """
    for other in inherited:
        other.close()
    _settle_in(log)
    _limit_memory(settings.document_memory_mb)
    _give_back()
    while True:
        try:
            path: Path = connection.recv()
        except EOFError:
            return
        if log is not None:
            os.lseek(log, 0, os.SEEK_SET)
            os.ftruncate(log, 0)
        _set_alarm(settings.document_seconds + _GRACE_SECONDS)
        answer = attempt(path, work, settings)
        _set_alarm(0)
        connection.send(answer)


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
    if parent is not None and os.getppid() != parent.pid:  # it ended before
        os._exit(1)


def _give_back() -> None:
    """Have glibc return each large block to the system: pictures of pages left 90 MB behind in its pools."""
    with suppress(OSError, AttributeError, TypeError):  # another C library, or none by that name
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, MIB)


def _limit_memory(megabytes: int) -> None:
    """Let the kernel refuse what grows too fast for the parent to see (Linux: private writable memory)."""
    if sys.platform == "linux":
        allowed = psutil.Process().memory_info().data + megabytes * MIB
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard != resource.RLIM_INFINITY:
            allowed = min(allowed, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
