"""The journal as a file: its tables, and what files are known by in it."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from pipeline.errors import FolderGoneError, JournalError

FILE: Final = ".kehoach.db"
"""The journal, in the folder of outputs."""

_VERSION: Final = 5
_SCHEMA: Final = f"""
CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    began TEXT NOT NULL,
    ended TEXT,
    program TEXT NOT NULL,
    made TEXT NOT NULL,     -- what its results depend on beside the documents
    unconfined TEXT NOT NULL,  -- what the processes that read were not kept from
    planned INTEGER NOT NULL DEFAULT 0  -- whether all that is to be read waits
);
CREATE TABLE document (
    path BLOB PRIMARY KEY,  -- absolute; of what is packed, as if its archive were a folder
    shown BLOB NOT NULL,    -- as the last run named it
    stem BLOB UNIQUE,       -- of its outputs; null where it cannot have a name
    run INTEGER NOT NULL,   -- the last that was given it
    place INTEGER NOT NULL, -- in that run
    state TEXT NOT NULL CHECK (state IN ('waiting', 'written', 'failed')),
    content TEXT,           -- SHA-256 and ending of one that waits and has the content of another; else null
    holder TEXT,            -- the process that has it in hand, or settled it
    until REAL,             -- when its lease runs out, in seconds since 1970
    pages TEXT,             -- of one in hand: how many were read, and how many it has
    attempts INTEGER NOT NULL DEFAULT 0,  -- with this content
    settled INTEGER,        -- the run that wrote down what follows
    serial INTEGER,         -- counts what is written down
    finished TEXT,
    source TEXT,            -- its name and what it is contained in
    sha256 TEXT,
    size INTEGER,
    stamp TEXT,             -- what the system says of the file of this content; null where that proves nothing
    stages TEXT,
    settings TEXT,          -- those that change what is read
    limits TEXT,            -- digest of those that cost a document or a page
    copies TEXT,
    seconds REAL,
    memory INTEGER,
    error TEXT,             -- code, page, params
    detail TEXT,
    stale TEXT,
    figures TEXT,
    warnings TEXT,
    outputs TEXT,           -- by suffix: SHA-256, stamp
    same_as BLOB
);
CREATE INDEX by_content ON document (sha256);
CREATE INDEX by_size ON document (size);
CREATE INDEX by_place ON document (run, state, place);
CREATE INDEX by_serial ON document (serial);
CREATE INDEX by_double ON document (run, content) WHERE content IS NOT NULL;
CREATE INDEX by_lease ON document (until) WHERE until IS NOT NULL;
CREATE INDEX by_failure ON document (path) WHERE state = 'failed';
PRAGMA user_version = {_VERSION};
"""


def connect(path: Path, anew: bool = True) -> sqlite3.Connection:
    """Open the journal to write in it; one of another version is begun anew, or a sqlite3.Error if not `anew`."""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # the outputs are on the disk before they are written down
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != _VERSION and not anew:
            raise sqlite3.DatabaseError("it is another version's")
        if version != _VERSION:  # none yet, or another kehoach's: everything is read again
            connection.executescript(f"DROP TABLE IF EXISTS document; DROP TABLE IF EXISTS run; {_SCHEMA}")
    except BaseException:
        connection.close()
        raise
    return connection


def goes_on(path: Path) -> bool:
    """Whether the last run of a journal has planned its work and not ended; so too where it cannot be read."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            asked = "SELECT planned AND ended IS NULL FROM run ORDER BY number DESC LIMIT 1"
            row = connection.execute(asked).fetchone()
    except sqlite3.Error:
        return True  # who joins then says why
    return row is not None and bool(row[0])


def unusable(out: Path, error: Exception) -> JournalError:
    """Say that the journal of a folder cannot be used."""
    return JournalError(file=str(out / FILE), reason=str(error))


def key_of(path: Path) -> bytes:
    """What a document is known by: its absolute path."""
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def check_there(out: Path) -> None:
    """See that the journal still lies in its folder: a system lets files that are removed be written to.

    Raises:
        FolderGoneError: the folder was removed or replaced, and with it what was written there.
    """
    if not os.path.lexists(out / FILE):  # noqa: PTH110 - it fails for nothing
        raise FolderGoneError(file=str(out))


def stamp_of(path: Path | str) -> str:
    """What the system knows of a file and changes when its content does; OSError where it is not there."""
    found = os.stat(path)  # noqa: PTH116 - a Path costs more than the call
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"


def size_of(path: Path) -> int | None:
    """The size of a file in bytes; None where it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def now() -> str:
    """The time as the journal writes it, in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
