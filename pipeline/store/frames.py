"""The tables and views of a store as streams of typed rows with a description of each column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal

import sqlalchemy as sa

from pipeline.errors import UnknownTableError
from pipeline.extras import require
from pipeline.store.cell_text import as_json, utc
from pipeline.store.row_conditions import Selection
from pipeline.store.tables import counters, metadata
from pipeline.store.views import OF_ALL_VERSIONS, TITLES, VIEWS, source

if TYPE_CHECKING:
    import pandas
    import polars

CellType = Literal["integer", "number", "string", "boolean", "date", "datetime", "array", "object"]

BATCH: Final = 2000  # rows fetched at a time, so that memory does not grow with the table
_CHUNK: Final = 50_000  # rows that become columns at a time

_KINDS: Final[tuple[tuple[type[sa.types.TypeEngine[Any]], CellType], ...]] = (
    (sa.Boolean, "boolean"),
    (sa.Integer, "integer"),
    (sa.Float, "number"),
    (sa.DateTime, "datetime"),
    (sa.Date, "date"),
    (sa.Text, "string"),
)
SHAPES: Final[dict[tuple[str, str], Literal["string", "numbers", "object", "objects"]]] = {
    ("plans", "signer_capacity"): "string",
    ("evidence", "boxes"): "numbers",
    ("provisions", "headings"): "string",
    ("provisions", "refers_to"): "string",
    ("doubts", "params"): "object",
    ("warnings", "params"): "object",
    ("pages", "regions"): "objects",
    ("source_tables", "record"): "object",
}
"""Column of JSON -> what it holds: a list of texts, a list of lists of numbers, an object, or a list of objects."""

_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "items": ("provision",),
    "assignments": ("id",),
    "due": ("deadline", "due_on"),
    "goals": ("id",),
}
"""View -> the columns that tell its rows apart; they are in this order."""


@dataclass(frozen=True)
class FrameColumn:
    """A column: the type of its cells, description, unit, and the column of a table it refers to.

    A cell is an int, float, str, bool, `date`, `datetime` (UTC), list or dict, or None. `items` is the type of the
    elements of an array: texts, or lists of numbers.
    """

    name: str
    type: CellType
    title: str | None = None
    description: str = ""
    unit: str | None = None
    references: tuple[str, str] | None = None
    items: Literal["string", "numbers"] | None = None


@dataclass(frozen=True)
class Frame:
    """Rows of one kind. `rows` starts a new stream of them at each call, always in the same order."""

    name: str
    title: str
    description: str
    columns: tuple[FrameColumn, ...]
    primary_key: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[Any, ...]]]


def frames(
    connection: sa.Connection,
    names: Sequence[str] | None = None,
    provisions: Sequence[int] | None = None,
    plans: Sequence[int] | None = None,
) -> list[Frame]:
    """Prepare tables and views for reading.

    The ids restrict them to what belongs to plans or items: the plans, all that is said of each (its pages, its
    sections, …), their items, and the agencies and evidence these refer to; so every reference is to a row that is
    there. With both, the items are those of `provisions` that stand in one of `plans`. Restricted, a view has every
    version among them; else current versions only. The rows are read from the connection when they are asked for.

    Args:
        connection: of a store, as `Store.reading` gives it.
        names: of tables and views, in the order wanted; None for all, tables first.
        provisions: ids of items, None for all.
        plans: ids of plans, None for all.

    Raises:
        UnknownTableError: there is no such table or view.
    """
    everything = [*(name for name in metadata.tables if name != counters.name), *VIEWS]
    chosen = Selection(connection.dialect.name, plans, provisions)
    made = []
    for name in everything if names is None else names:
        if name in VIEWS:
            made.append(_view(connection, name, chosen))
        elif name in metadata.tables:
            made.append(_table(connection, metadata.tables[name], chosen))
        else:
            raise UnknownTableError(file=name, names=", ".join(everything))
    return made


def _table(connection: sa.Connection, table: sa.Table, chosen: Selection) -> Frame:
    key = tuple(column.name for column in table.primary_key)
    statement = sa.select(table).where(*chosen.of(table)).order_by(*table.primary_key)
    return Frame(
        name=table.name,
        title=table.info.get("title", table.name),
        description=table.comment or "",
        columns=tuple(_column(column.name, column, _reference(column)) for column in table.c),
        primary_key=key,
        rows=partial(_rows, connection, statement),
    )


def _view(connection: sa.Connection, name: str, chosen: Selection) -> Frame:
    """A view under its own names; lists that it writes as text come as lists."""
    english, vietnamese = TITLES[name]
    columns, selected = [], []
    for label, element in VIEWS[name].selected_columns.items():
        column = source(element)
        owner = column.table
        single = isinstance(owner, sa.Table) and len(owner.primary_key) == 1
        reference = _reference(column) or ((owner.name, column.name) if single and column.primary_key else None)
        columns.append(_column(label, column, reference, f" ({owner.name}.{column.name})"))
        selected.append(column.label(label))
    query = VIEWS[name] if chosen.is_all else OF_ALL_VERSIONS[name]
    statement = query.with_only_columns(*selected, maintain_column_froms=True).where(*chosen.items())
    return Frame(
        name=name,
        title=vietnamese,
        description=english,
        columns=tuple(columns),
        primary_key=_KEYS[name],
        rows=partial(_rows, connection, statement.order_by(*_KEYS[name])),
    )


def _reference(column: sa.Column[Any]) -> tuple[str, str] | None:
    return next(((key.column.table.name, key.column.name) for key in column.foreign_keys), None)


def _column(name: str, source: sa.Column[Any], reference: tuple[str, str] | None, where: str = "") -> FrameColumn:
    shape = SHAPES[source.table.name, source.name] if isinstance(source.type, sa.JSON) else None
    listed: CellType = "object" if shape == "object" else "array"
    return FrameColumn(
        name=name,
        type=listed if shape else next(kind for stored, kind in _KINDS if isinstance(source.type, stored)),
        title=source.info.get("title"),
        description=(source.comment or "") + where,
        unit=source.info.get("unit"),
        references=reference,
        items=shape if shape == "string" or shape == "numbers" else None,
    )


def _rows(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[tuple[Any, ...]]:
    options = {"stream_results": True, "yield_per": BATCH}
    with connection.execute(statement, execution_options=options) as result:
        for part in result.partitions():
            yield from map(tuple, part)


def chunks(frame: Frame, size: int) -> Iterator[list[tuple[Any, ...]]]:
    """Read the rows of a frame in lists of at most `size`."""
    rows = frame.rows()
    while part := list(islice(rows, size)):
        yield part


def by_column(frame: Frame, rows: Sequence[tuple[Any, ...]], text: bool) -> list[list[Any]]:
    """Turn rows into columns.

    Args:
        frame: the frame they are of.
        rows: the rows.
        text: whether objects become JSON.

    Returns:
        A list of cells for each column; times get their zone.
    """
    turned = [list(cells) for cells in zip(*rows, strict=True)] or [[] for _ in frame.columns]
    for column, cells in zip(frame.columns, turned, strict=True):
        if column.type == "datetime":
            cells[:] = [None if cell is None else utc(cell) for cell in cells]
        elif text and (column.type == "object" or (column.type == "array" and column.items is None)):
            cells[:] = [None if cell is None else as_json(cell) for cell in cells]
    return turned


_PANDAS: Final[dict[CellType, str]] = {
    "integer": "Int64",
    "number": "Float64",
    "string": "string",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "datetime": "datetime64[us, UTC]",
    "array": "object",
    "object": "object",
}


def to_pandas(frame: Frame) -> pandas.DataFrame:
    """Read all rows into a pandas frame.

    Columns are nullable Int64, Float64, boolean and string, datetime64 for dates, lists as they are.

    Raises:
        MissingPackageError: pandas is not installed.
    """
    pd: Any = require("pandas", "pandas")
    parts = [_pandas_part(pd, frame, rows) for rows in chunks(frame, _CHUNK)]
    whole: pandas.DataFrame = pd.concat(parts, ignore_index=True) if parts else _pandas_part(pd, frame, [])
    return whole


def _pandas_part(pd: Any, frame: Frame, rows: Sequence[tuple[Any, ...]]) -> Any:
    turned = zip(frame.columns, by_column(frame, rows, text=False), strict=True)
    return pd.DataFrame({column.name: pd.Series(cells, dtype=_PANDAS[column.type]) for column, cells in turned})


def to_polars(frame: Frame) -> polars.DataFrame:
    """Read all rows into a polars frame.

    Columns are Int64, Float64, Boolean, String, Date, Datetime (UTC) and lists; objects are JSON text.

    Raises:
        MissingPackageError: polars is not installed.
    """
    pl: Any = require("polars", "polars")
    kinds = {
        "integer": pl.Int64,
        "number": pl.Float64,
        "string": pl.String,
        "boolean": pl.Boolean,
        "date": pl.Date,
        "datetime": pl.Datetime("us", "UTC"),
    }
    lists = {"string": pl.List(pl.String), "numbers": pl.List(pl.List(pl.Float64))}
    schema = {c.name: lists[c.items] if c.items else kinds.get(c.type, pl.String) for c in frame.columns}
    parts = [pl.DataFrame(schema=schema)]
    for rows in chunks(frame, _CHUNK):
        turned = dict(zip(schema, by_column(frame, rows, text=True), strict=True))
        parts.append(pl.DataFrame(turned, schema=schema))
    whole: polars.DataFrame = pl.concat(parts, rechunk=True)
    return whole


_OF_VALUES: Final[dict[type, CellType]] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    date: "date",
    str: "string",
}


def rows_frame(rows: Sequence[Mapping[str, Any]], name: str, types: Mapping[str, type]) -> Frame:
    """Make a frame of plain rows.

    Args:
        rows: the rows, by column.
        name: of the frame.
        types: the type of each column's cells, which may be None as well.
    """
    columns = tuple(FrameColumn(column, _OF_VALUES[held]) for column, held in types.items())
    return Frame(name, name, "", columns, (), lambda: (tuple(row[column] for column in types) for row in rows))
