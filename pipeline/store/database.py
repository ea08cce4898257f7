"""Opening a database, bringing it up to date, and turning its errors into coded ones.

An address is the path of an SQLite file or a URL ("sqlite:///plans.db", "postgresql://user@host/name").
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection as Connection  # what `Store.reading` gives, for those who pass it on
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from pipeline.errors import (
    KehoachError,
    MissingDriverError,
    NoStoreError,
    NotAStoreError,
    StoreAccessError,
    StoreAddressError,
    StoreBusyError,
    StoreDamagedError,
    StoreFailedError,
    StoreOutdatedError,
    StoreTooNewError,
)

HEAD: Final = "0004"
"""The version of the newest migration, which is that of the tables in `tables.py`."""

_LOADERS = 7_264_310_001  # PostgreSQL's advisory lock that loaders take in turn
_MISSING = ("unable to open", "no such file", "readonly", "read-only")
_PAUSE = 0.05  # seconds
_WRITER_CACHE: Final = 131072  # KiB: a batch of plans fits, so readers wait for commits only
_READER_CACHE: Final = 8192  # KiB: the desk has some dozen readers at once, and the system keeps what they read
_TOO_LARGE = "54000"  # PostgreSQL: a value that is larger than an index or a tsvector may hold


@dataclass(frozen=True)
class Store:
    """An open database; `name` is its address without a password."""

    engine: Engine
    name: str

    @property
    def dialect(self) -> str:
        """The name "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the database throughout.

        Raises:
            StoreError: the database fails, here or inside the `with` block.
        """
        with guarded(self.name), self.engine.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection in one transaction: all is written, or nothing. Loaders take turns.

        Raises:
            StoreError: the database fails, here or inside the `with` block.
        """
        with guarded(self.name), self.engine.begin() as connection:
            if self.dialect == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOADERS})
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


@contextmanager
def open_store(address: str, *, write: bool = False, wait: float = 30) -> Iterator[Store]:
    """Open a database.

    Args:
        address: a path or URL.
        write: whether it is made, or brought up to date, where it is not.
        wait: seconds to wait for another program that writes.

    Raises:
        StoreError: it cannot be opened, or what the `with` block does fails; the class says why.
    """
    store = connect(address, write=write, wait=wait)
    with guarded(store.name):
        try:
            yield store
        finally:
            store.close()


def connect(address: str, *, write: bool = False, wait: float = 30) -> Store:
    """Open a database for as long as it is asked; arguments and errors as of `open_store`."""
    url = _url(address)
    name = url.database or "" if url.get_backend_name() == "sqlite" else _shown(url)
    with guarded(name):
        store = Store(_engine(url, name, write=write, wait=wait), name)
        _bring_up_to_date(store, write=write, wait=wait)
        return store


def check(store: Store) -> None:
    """See whether a database that was opened for reading is still one that this kehoach reads.

    Raises:
        StoreError: it is gone, or another program made another of it.
    """
    with guarded(store.name):
        _bring_up_to_date(store, write=False, wait=0)


def _shown(url: URL) -> str:
    """The address without a password, which may stand among its parameters too."""
    return url.difference_update_query(("password", "sslpassword")).render_as_string()


def _url(address: str) -> URL:
    """A bare path is that of an SQLite file; PostgreSQL is reached by psycopg."""
    if "://" not in address:
        return URL.create("sqlite", database=address)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:  # whose words may be those of a password with an "@"
        raise StoreAddressError(file=address.split("://")[0] + "://…") from error
    if "@" in (url.host or ""):  # one within the password, which is the longer
        password, _, host = f"{url.password}@{url.host}".rpartition("@")
        url = url.set(password=password, host=host)
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    known = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}
    if url.drivername not in known or (url.get_backend_name() == "sqlite" and url.query):
        raise StoreAddressError(file=_shown(url))
    return url


def _engine(url: URL, name: str, *, write: bool, wait: float) -> Engine:
    more: dict[str, Any] = {"json_serializer": partial(json.dumps, ensure_ascii=False), "poolclass": NullPool}
    if url.get_backend_name() == "postgresql":
        try:
            lock = f"-c lock_timeout={int(wait * 1000)}"
            return create_engine(url, connect_args={"connect_timeout": max(2, int(wait)), "options": lock}, **more)
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise MissingDriverError(file=name) from error
    engine = create_engine(url, creator=partial(_sqlite, name, write=write, wait=wait), **more)
    event.listen(engine, "begin", _begin_writing if write else _begin_reading)
    return engine


def _sqlite(path: str, *, write: bool, wait: float) -> sqlite3.Connection:
    """A connection to an SQLite file that leaves transactions to SQLAlchemy."""
    if not path or path == ":memory:":
        return _prepared(sqlite3.connect(":memory:", timeout=wait, isolation_level=None), wait)
    if Path(path).is_dir():
        raise StoreAccessError(file=path, reason=os.strerror(errno.EISDIR))
    if not write:
        return _sqlite_for_reading(Path(path), wait)
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreAccessError(file=path, reason=error.strerror or str(error)) from error
    return _prepared(_connect(Path(path), "mode=rwc", wait), wait)


def _sqlite_for_reading(path: Path, wait: float) -> sqlite3.Connection:
    """A connection that changes nothing, but may tidy up what a writer that was killed left."""
    if not path.exists():
        raise NoStoreError(file=str(path))
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        connection = _connect(path, "mode=rw", wait)
        try:
            _prepared(connection, wait, _READER_CACHE).execute("PRAGMA query_only = 1")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return connection
        except sqlite3.OperationalError as error:  # a full disk has no room for what readers share
            connection.close()
            if "disk i/o" not in str(error).lower():
                raise
    # Where nothing can be written nobody else writes, unless a log shows one.
    log = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    return _prepared(_connect(path, how, wait), wait, _READER_CACHE)


def _connect(path: Path, how: str, wait: float) -> sqlite3.Connection:
    where = f"file:{quote(str(path.absolute()))}?{how}"
    return sqlite3.connect(where, uri=True, timeout=wait, isolation_level=None)


def _prepared(connection: sqlite3.Connection, wait: float, cache: int = _WRITER_CACHE) -> sqlite3.Connection:
    connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
    connection.execute(f"PRAGMA cache_size = -{cache}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA synchronous = NORMAL")  # safe with a write-ahead log
    return connection


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _bring_up_to_date(store: Store, *, write: bool, wait: float) -> None:
    """Make the tables or alter them; a database of a newer kehoach, or of another program, is left alone."""
    with store.engine.connect() as connection:
        found = _version(connection, store.name)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreTooNewError(file=store.name, found=found, known=HEAD)
    if not write and found is None:
        raise NoStoreError(file=store.name)
    if not write:
        raise StoreOutdatedError(file=store.name, found=found, known=HEAD)
    from pipeline.store.migrations import upgrade

    if found is None and store.dialect == "sqlite":
        _write_ahead(store, wait)
    with store.writing() as connection:
        if _version(connection, store.name) != HEAD:  # another loader was quicker
            upgrade(connection)


def _write_ahead(store: Store, wait: float) -> None:
    """Let a new SQLite file keep a write-ahead log: readers and a loader then do not wait for each other.

    SQLite does not wait here by itself where another loader makes the same file.
    """
    until = time.monotonic() + wait
    while True:
        with store.engine.connect() as connection:
            try:
                connection.connection.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
        time.sleep(_PAUSE)


def _version(connection: Connection, name: str) -> str | None:
    """The version of the store's tables; None of an empty database."""
    there = set(inspect(connection).get_table_names())
    if "alembic_version" in there and "provisions" in there:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    ours = {"plans", "provisions", "evidence", "agencies", "alembic_version"}
    if there & ours or (there and connection.dialect.name == "sqlite"):
        raise NotAStoreError(file=name)
    return None


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Turn errors of the database inside a `with` block into a `StoreError` that says what to do.

    Args:
        name: of the database, for the message.
    """
    try:
        yield
    except (DataError, IntegrityError):  # a value the database cannot hold: the loader knows whose it is
        raise
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _TOO_LARGE:
            raise
        raise _in_words(str(error.orig), name, error.orig) from error
    except sqlite3.Error as error:
        raise _in_words(str(error), name, error) from error


def _in_words(reason: str, name: str, error: object) -> KehoachError:
    said = reason.lower()
    if isinstance(error, sqlite3.Error):
        if "locked" in said or "busy" in said:
            return StoreBusyError(file=name)
        if any(one in said for one in _MISSING):
            return StoreAccessError(file=name, reason=reason)
        if isinstance(error, sqlite3.DatabaseError) and ("not a database" in said or "malformed" in said):
            return StoreDamagedError(file=name, reason=reason)
    elif "lock timeout" in said or "lock_timeout" in said:
        return StoreBusyError(file=name)
    elif "read-only" in said or "permission denied" in said:
        return StoreAccessError(file=name, reason=reason.splitlines()[0])
    return StoreFailedError(file=name, reason=(reason.splitlines() or [""])[0])
