"""Which runs are at work in a folder: one began, others may have joined it.

Each holds a lock (flock) that the system frees when its holder ends, however that was, on any machine that shares the
folder. There is none on Windows, and on file systems that have none.
"""

from __future__ import annotations

import json
import math
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from pipeline.errors import FolderTakenError

if sys.platform == "win32":
    _ONE, _MANY, _NOFOLLOW = 1, 2, 0

    def _flock(handle: int, kind: int) -> None: ...

else:
    import fcntl

    _ONE, _MANY, _NOFOLLOW = fcntl.LOCK_EX, fcntl.LOCK_SH, os.O_NOFOLLOW

    def _flock(handle: int, kind: int) -> None:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)


_FIRST: Final = ".kehoach.lock"
_JOINED: Final = ".kehoach.joined.lock"
_PATIENCE: Final = 3.0  # seconds in which the processes of a run that was killed are gone, and with them its lock
_LEAVING: Final = 60.0  # seconds in which a run that came to its end has put its outputs where they go, and leaves


class Presence:
    """A run's place among those of a folder; `first` tells whether it began the work, or joined in it."""

    def __init__(self, first: bool) -> None:
        self.first = first
        self._planning = ExitStack()

    def planned(self) -> None:
        """Let others join: what is to be done stands in the journal."""
        self._planning.close()


@contextmanager
def at_work(folder: Path, join: bool = False, goes_on: Callable[[], bool] = lambda: True) -> Iterator[Presence]:
    """Be one of the runs of a folder.

    Args:
        folder: of the outputs.
        join: whether to work beside a run that is there, from when it has planned its work; else to be the only one.
        goes_on: whether the run that is there has planned its work and not ended; one that has is not joined, but
            waited for.

    Raises:
        FolderTakenError: another run is there, and `join` is not set; or it ended, and does not leave.
        OSError: no file can be made in the folder.
    """
    if sys.platform == "win32":
        yield Presence(first=True)
        return
    until = time.monotonic() + (math.inf if join else _PATIENCE)
    with ExitStack() as stack:
        while True:
            if found := _began(folder, stack):
                break
            with ExitStack() as ours:
                planned = join and _lock(folder / _JOINED, _MANY, ours)
                if planned and goes_on():
                    found = Presence(first=False)
                    stack.push(ours.pop_all())
                    break
            if planned:
                until = min(until, time.monotonic() + _LEAVING)
            if (planned or not join) and time.monotonic() > until:
                raise _taken_by(folder)
            time.sleep(0.05)
        with found._planning:
            yield found


def _began(folder: Path, stack: ExitStack) -> Presence | None:
    """Be the first; None where somebody is there.

    The lock of those who join comes first: whoever had it between the two would join where nobody has planned.
    """
    with ExitStack() as ours:
        if not (_lock(folder / _JOINED, _ONE, ours) and _lock(folder / _FIRST, _ONE, stack)):
            return None
        _say_who(folder / _FIRST)
        presence = Presence(first=True)
        presence._planning = ours.pop_all()
        return presence


def _lock(path: Path, kind: int, stack: ExitStack) -> bool:
    """Lock a file until the end of `stack`; False where others hold it. The last to hold it removes it."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _NOFOLLOW, 0o644)
        try:
            _flock(handle, kind)
        except BlockingIOError:
            os.close(handle)
            return False
        except OSError:  # a file system without locks
            pass
        if os.fstat(handle).st_nlink:  # else its holder removed it meanwhile
            stack.callback(_release, handle, path)
            return True
        os.close(handle)


def _release(handle: int, path: Path) -> None:
    with suppress(OSError):
        _flock(handle, _ONE)  # fails where others hold it too
        path.unlink()
    os.close(handle)


def _say_who(path: Path) -> None:
    about = {"process": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}
    path.write_text(json.dumps(about))


def _taken_by(folder: Path) -> FolderTakenError:
    try:
        said = json.loads((folder / _FIRST).read_bytes())
        process, host, since = said["process"], said["host"], said["since"]
    except (OSError, ValueError, LookupError, TypeError):
        process = host = since = "?"
    return FolderTakenError(file=str(folder), process=process, host=host, since=since)
