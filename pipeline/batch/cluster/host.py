"""The process that reads documents on a machine of a cluster.

It is started anew and has no threads, so that it may fork workers; all of them share what it loaded. It ends with
everything that it started once the other end of its connection is closed, however that came.
"""

from __future__ import annotations

import sys
from collections import deque
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.batch.pool import end_abandoned, read_all


def serve(connection: Connection) -> None:
    """Read what comes over `connection`, until it is closed.

    What comes first is the function that reads a document, and the settings; then documents, each a number and a path.
    What goes back is the number, what it took and the outcome of each, in the order in which they are done.
    """
    read, settings = connection.recv()
    _load()
    connection.send(None)
    waiting: deque[tuple[int, Path]] = deque()

    def going_on() -> bool:
        while connection.poll():
            waiting.append(connection.recv())  # EOFError at its end: the workers are ended
        return True

    def supply() -> tuple[int, Path] | None:
        return waiting.popleft() if going_on() and waiting else None

    while True:
        waiting.append(connection.recv())
        with closing(read_all(supply, read, settings, going_on)) as outcomes:
            for outcome in outcomes:
                connection.send(outcome)


def _load() -> None:
    """Load what every document needs, before workers are forked."""
    from pipeline.run import prepare

    end_abandoned()
    prepare()


if __name__ == "__main__":
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        serve(Connection(int(sys.argv[1])))
