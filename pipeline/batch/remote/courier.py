"""The process that fetches and puts: packages of fsspec have threads, and a run forks its workers where none run."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from pipeline.batch.outputs import STALE, SUFFIXES
from pipeline.batch.remote.transfer import fetch, put, take_over
from pipeline.batch.result import FileResult
from pipeline.errors import InternalError, KehoachError

_WORK: Final[dict[str, Callable[..., Any]]] = {"fetch": fetch, "take_over": take_over, "put": put}


class Courier:
    """Has files fetched and put by another process; errors come back as they are."""

    def __init__(self, connection: Any) -> None:
        """Send what is asked for over this end of a pipe, on Windows of another class."""
        self._connection = connection
        self._changed: set[str] = set()
        self._busy = False

    def fetch(self, address: str, place: Path) -> list[str]:
        """Bring the documents of an address here; see `transfer.fetch`."""
        return self._asked("fetch", address, place)  # type: ignore[no-any-return]

    def take_over(self, address: str, place: Path) -> None:
        """Bring outputs here that came from elsewhere, and put those that an earlier run left."""
        self._asked("take_over", address, place)
        self._asked("put", address, place)

    def put(self, address: str, place: Path, result: FileResult) -> None:
        """Have the outputs of a document put beside the reading of others; what fails is tried again at the end."""
        for path in [result.output, *(old for old, _ in result.stale)]:
            if path is not None:
                start = str(path.relative_to(place)).removesuffix(path.suffix)
                names = [f"{start}.{suffix}" for suffix in SUFFIXES]
                self._changed.update(names, [f"{name}{STALE}" for name in names])
        if self._busy and self._connection.poll():
            self._connection.recv()
            self._busy = False
        if self._changed and not self._busy:
            self._connection.send(("put", (address, place, self._changed)))
            self._changed, self._busy = set(), True

    def put_all(self, address: str, place: Path) -> None:
        """Put what has not been put."""
        self._asked("put", address, place)

    def _asked(self, work: str, *arguments: object) -> Any:
        if self._busy:
            self._connection.recv()
            self._busy = False
        self._connection.send((work, arguments))
        answer = self._connection.recv()
        if isinstance(answer, KehoachError):
            raise answer
        return answer


@contextmanager
def courier() -> Iterator[Courier]:
    """Start the process; it ends with this one, or here."""
    context: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "fork")
    ours, theirs = multiprocessing.Pipe()
    process = context.Process(target=_serve, args=(theirs, ours), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Courier(ours)
    finally:
        ours.close()
        process.join(5)
        process.kill()
        process.join()


def _serve(connection: Connection, inherited: Connection) -> None:
    inherited.close()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the run says when it is over
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            work, arguments = connection.recv()
            connection.send(_answer(work, arguments))


def _answer(work: str, arguments: Any) -> object:
    try:
        return _WORK[work](*arguments)
    except KehoachError as error:
        return error
    except Exception as error:
        return InternalError(file="fsspec", reason=type(error).__name__)
