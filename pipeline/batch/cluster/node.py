"""The part of a run that is on one machine of a cluster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Final

from pipeline.batch.journal.stages import stages
from pipeline.batch.result import Failure, Read, ReadDocument, Spent
from pipeline.settings import Settings

_ONE_THREAD: Final = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT")}
_PLACE: Final = "programs"  # of `stages`: where programs lie, which is another place on each machine


def program() -> Mapping[str, str]:
    """What reads documents here: the digests of `stages` that are the same on all machines."""
    return {room: digest for room, digest in json.loads(stages()).items() if room != _PLACE}


class MachineActor:
    """Has documents read on this machine. Calls come from threads beside each other: each waits for its document."""

    def __init__(self, read: Read, settings: Settings) -> None:
        """Start the process that reads, and have it load the model.

        Args:
            read: makes a plan of a file; can be pickled.
            settings: limits and number of workers.
        """
        self._connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "pipeline.batch.cluster.host", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=os.environ | _ONE_THREAD | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        self._connection.send((read, settings))
        self._connection.recv()
        self._sending = Lock()
        self._waiting: dict[int, SimpleQueue[tuple[Spent, ReadDocument | Failure]]] = {}
        Thread(target=self._receive, daemon=True).start()

    def program(self) -> Mapping[str, str]:
        """What reads documents on this machine."""
        return program()

    def read(self, number: int, path: Path, content: bytes | None) -> tuple[Spent, ReadDocument | Failure]:
        """Have a document read.

        Args:
            number: no other document has at the time.
            path: of the document, as this machine has it.
            content: of a document that this machine may not have.

        Raises:
            EOFError: the process that reads is gone.
        """
        with _lent(path, content):
            answer = self._waiting[number] = SimpleQueue()
            with self._sending:
                self._connection.send((number, path))
            return answer.get()

    def _receive(self) -> None:
        try:
            while True:
                number, spent, outcome = self._connection.recv()
                self._waiting.pop(number).put((spent, outcome))
        except (EOFError, OSError):
            os._exit(1)  # the run gives these documents to other machines


@contextmanager
def _lent(path: Path, content: bytes | None) -> Iterator[None]:
    """Have a document lie at a path as long as it is read, where it does not."""
    if content is None or path.exists():
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        with suppress(OSError):
            path.parent.rmdir()
