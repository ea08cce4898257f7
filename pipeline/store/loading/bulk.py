"""Bulk inserts that bypass SQLAlchemy's handling of each value: executemany for SQLite, COPY for PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def insert(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows.

    Args:
        connection: in a transaction of the store.
        table: the table's name.
        columns: names of columns; every row has a value for each.
        rows: the rows.

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
