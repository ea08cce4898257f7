"""Many rows at once, past SQLAlchemy's handling of each value: SQLite's executemany, PostgreSQL's COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def insert(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows, each with a value for every one of `columns`.

    Raises:
        DBAPIError: as of any statement; a value that the database cannot hold is a `DataError`.
    """
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {table} ({names}) FROM STDIN", rows)
    elif given := list(rows):
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", given)


def _copy(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    errors: Any = connection.dialect.dbapi
    driver: Any = connection.connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copying:
            for row in rows:
                copying.write_row(row)
    except errors.Error as error:  # as SQLAlchemy hands on what a driver says
        raise DBAPIError.instance(statement, None, error, errors.Error, dialect=connection.dialect) from error
