"""Documents as units of work: a run takes one at a time and holds it by a lease that it renews.

Runs that joined in one folder take from one journal. What a run that is gone held is free again once its lease ran out.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

from pipeline.batch.naming import Job
from pipeline.batch.result import Pages

LEASE_SECONDS: Final = 20.0
"""How long a document is held without a renewal: longer than a run that is well takes between two of its looks."""

_RENEW_SECONDS: Final = 4.0
_FARTHEST: Final = 6 * LEASE_SECONDS
"""From now: a lease that ends later was taken before the clock was set back, by one who has not renewed it since."""


class Lease(NamedTuple):
    """Documents in hand, by their paths in the journal: the first is to be read for all, which have its `content`.

    `left` tells that somebody had them in hand before, and may have left something half done.
    """

    paths: Sequence[bytes]
    content: str | None
    left: bool


class InHand(NamedTuple):
    """Documents that are taken together, the first to be read for all; `content` is None where no other may have it."""

    jobs: Sequence[Job]
    content: str | None


class Leases:
    """What one process holds of a run's documents."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._renewed = 0.0
        self._told = 0  # the last serial number that was looked at
        self.run = 0
        self.me = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"

    def take(self, known: Collection[bytes]) -> Lease | None:
        """Take the next document that waits and nobody holds, with those that have its content; None where none does.

        Args:
            known: paths of the documents that this process can read.
        """
        now = time.time()
        free = "run = ? AND state = 'waiting' AND coalesce(until, 0) NOT BETWEEN ? AND ?"
        held = (self.run, now, now + _FARTHEST)
        with at_once(self._connection):
            asked = f"SELECT path, content, holder FROM document WHERE {free} ORDER BY place"
            first = next((row for row in self._connection.execute(asked, held) if row["path"] in known), None)
            if first is None:
                return None
            paths = [first["path"]]
            if first["content"] is not None:
                alike = f"SELECT path FROM document WHERE {free} AND content = ? ORDER BY place"
                found = self._connection.execute(alike, (*held, first["content"]))
                paths = [row["path"] for row in found if row["path"] in known]
            self.hold(paths)
        return Lease(paths, first["content"], first["holder"] is not None)

    def hold(self, paths: Iterable[bytes]) -> None:
        """Take documents that nobody else may have, or hold those in hand for longer."""
        until = time.time() + LEASE_SECONDS
        asked = "UPDATE document SET holder = ?, until = ?, pages = NULL WHERE path = ?"
        self._connection.executemany(asked, ((self.me, until, path) for path in paths))

    def note_pages(self, path: bytes, pages: Pages) -> None:
        """Note how far a document that is in hand here has come."""
        asked = "UPDATE document SET pages = ? WHERE path = ? AND holder = ? AND state = 'waiting'"
        self._connection.execute(asked, (json.dumps(pages), path, self.me))

    def renew(self) -> None:
        """Hold what is in hand for longer, where it is time to."""
        if time.monotonic() - self._renewed > _RENEW_SECONDS:
            self._renewed = time.monotonic()
            self._mine("until = ?", time.time() + LEASE_SECONDS)

    def release(self) -> None:
        """Leave to others what is in hand; what was begun of it counts as half done."""
        self._mine("until = ?", 0)

    def held(self, path: bytes) -> bool:
        """Whether a document is still in hand here; else another has taken it over. Holds it for longer."""
        asked = "UPDATE document SET until = ? WHERE path = ? AND holder = ? AND state = 'waiting'"
        return self._connection.execute(asked, (time.time() + LEASE_SECONDS, path, self.me)).rowcount > 0

    def waiting(self, known: Collection[bytes]) -> bool:
        """Whether any of some documents is not settled yet."""
        rows = self._connection.execute("SELECT path FROM document WHERE run = ? AND state = 'waiting'", (self.run,))
        return any(row["path"] in known for row in rows)

    def settled_by_others(self) -> list[sqlite3.Row]:
        """The rows of documents of this run that other processes wrote down since this was asked last."""
        (last,) = self._connection.execute("SELECT coalesce(max(serial), 0) FROM document").fetchone()
        after, self._told = self._told, last
        asked = "SELECT * FROM document WHERE serial > ? AND serial <= ? AND run = ? AND holder <> ? ORDER BY serial"
        found = self._connection.execute(asked, (after, last, self.run, self.me))
        return [row for row in found if row["state"] != "waiting"]

    def _mine(self, change: str, value: float) -> None:
        asked = f"UPDATE document SET {change} WHERE run = ? AND state = 'waiting' AND holder = ?"
        self._connection.execute(asked, (value, self.run, self.me))


@contextmanager
def at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Change the journal in one step, or not at all; other processes wait meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
