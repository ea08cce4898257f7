"""What was fetched from an address or put to one, and what it was like then."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

FILE: Final = ".kehoach.remote.db"
"""The ledger, in the folder that stands for the address."""


class Ledger:
    """Stamps by the name of a file below the folder."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, str]:
        """Every name with its stamp."""
        return dict(self._connection.execute("SELECT name, stamp FROM entry"))

    def note(self, name: str, stamp: str | None) -> None:
        """Note the stamp of a file; None: it is gone."""
        if stamp is None:
            self._connection.execute("DELETE FROM entry WHERE name = ?", (name,))
        else:
            self._connection.execute("INSERT OR REPLACE INTO entry VALUES (?, ?)", (name, stamp))


@contextmanager
def ledger(folder: Path) -> Iterator[Ledger]:
    """Open the ledger of a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS entry (name TEXT PRIMARY KEY, stamp TEXT NOT NULL)")
        yield Ledger(connection)


def stamp_of(path: Path) -> str | None:
    """What changes with a file on this machine; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return f"{found.st_size}:{found.st_mtime_ns}"
