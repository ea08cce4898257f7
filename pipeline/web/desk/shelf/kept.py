"""What the inbox said of plans when it read them last, kept beside them: the next desk reads what changed since.

It can be thrown away at any time.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing, suppress
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pipeline import __version__
from pipeline.errors import KehoachError, coded
from pipeline.web.desk.shelf.plans import ShelvedPlan, Stamps

FILE: Final = ".kehoach-desk.db"
"""In the folder of outputs."""
Known = tuple[Stamps, ShelvedPlan | None]
"""What the files of a plan looked like when it was read, and what is said of it; None where it is no plan."""

_ROOM: Final = Path(__file__).parents[3]
_CODE: Final = ("web/desk/shelf", "web/page/questions.py", "corrections")
"""What tells what is said of a plan."""


class KeptEntries:
    """What is kept of the plans of a folder; where nothing can be kept, nothing is."""

    def __init__(self, folder: Path) -> None:
        """Keep it in `folder`, which need not be there yet."""
        self.closed = False
        """Whether nothing is kept any more."""
        self._file = folder / FILE

    def read(self) -> dict[str, Known]:
        """What was kept, by the name of each plan."""
        if not self._file.is_file():
            return {}
        with suppress(sqlite3.Error, ValueError, TypeError, LookupError), closing(self._opened()) as connection:
            return {
                os.fsdecode(name): (_stamps(json.loads(stamps)), _entry(json.loads(said)))
                for name, stamps, said in connection.execute("SELECT name, stamps, said FROM entry")
            }
        return {}

    def write(self, made: Mapping[str, Known], gone: Collection[str]) -> None:
        """Keep what was read; of plans that are gone nothing."""
        if self.closed or not self._file.parent.is_dir():
            return
        rows = [(os.fsencode(name), json.dumps(stamps), json.dumps(_said(one))) for name, (stamps, one) in made.items()]
        for _ in range(2):
            try:
                with closing(self._opened()) as connection, connection:
                    connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", rows)
                    connection.executemany("DELETE FROM entry WHERE name = ?", [(os.fsencode(name),) for name in gone])
                return
            except sqlite3.OperationalError:  # another writes, or nobody may
                return
            except sqlite3.DatabaseError:  # it is damaged
                with suppress(OSError):
                    self._file.unlink()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=1)
        try:
            connection.execute("PRAGMA synchronous = OFF")  # what a fall of the system costs is read again
            if connection.execute("PRAGMA user_version").fetchone()[0] != _version():
                connection.executescript(
                    "BEGIN IMMEDIATE; DROP TABLE IF EXISTS entry;"
                    "CREATE TABLE entry (name BLOB PRIMARY KEY, stamps TEXT, said TEXT);"
                    f"PRAGMA user_version = {_version()}; COMMIT"
                )
        except BaseException:
            connection.close()
            raise
        return connection


@cache
def _version() -> int:
    """A number that is another as soon as the program says something else of a plan."""
    digest = sha256(__version__.encode())
    for part in _CODE:
        place = _ROOM / part
        for file in sorted(place.glob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return int.from_bytes(digest.digest()[:4]) >> 1


def _said(one: ShelvedPlan | None) -> dict[str, Any] | None:
    if one is None:
        return None
    error = one.error
    made = asdict(one if error is None else ShelvedPlan(**{**vars(one), "error": None}))
    return made | {"error": [error.code, error.file, error.page, error.params] if error else None}


def _entry(said: dict[str, Any] | None) -> ShelvedPlan | None:
    if said is None:
        return None
    error: KehoachError | None = coded(*said["error"]) if said["error"] else None
    return ShelvedPlan(**{**said, "error": error})


def _stamps(said: Any) -> Stamps:
    (size, changed), (other_size, other_changed) = said
    return (size, changed), (other_size, other_changed)
