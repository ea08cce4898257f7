"""Parquet: typed columns with their descriptions and units."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from pipeline.extras import require
from pipeline.files import placed
from pipeline.store.frames import Frame, FrameColumn, by_column, chunks

_BATCH: Final = 5000  # rows that are Python values at a time
_GROUP_ROWS: Final = 100_000  # of a row group at most
_GROUP_BYTES: Final = 64 << 20  # after which a row group is written: what memory this takes


def write_parquet(frame: Frame, path: Path) -> None:
    """Write a frame: date32, UTC timestamps, lists where the shape is known, objects as JSON text; zstd.

    The metadata of each field holds its description, title and unit, and "format": "json" where it is JSON text; those
    of the file hold title, description and primary key.

    Raises:
        MissingPackageError: pyarrow is not installed.
        OSError: the file cannot be written.
    """
    arrow, parquet = require("pyarrow", "Parquet"), require("pyarrow.parquet", "Parquet")
    schema = _schema(arrow, frame)
    with placed(path) as part, parquet.ParquetWriter(part, schema, compression="zstd") as writer:
        held: list[Any] = []
        for rows in chunks(frame, _BATCH):
            cells = zip(by_column(frame, rows, text=True), schema, strict=True)
            held.append(arrow.record_batch([arrow.array(column, field.type) for column, field in cells], schema=schema))
            if len(held) * _BATCH >= _GROUP_ROWS or sum(batch.nbytes for batch in held) >= _GROUP_BYTES:
                writer.write_table(arrow.Table.from_batches(held, schema))
                held = []
        if held:
            writer.write_table(arrow.Table.from_batches(held, schema))


def _schema(arrow: Any, frame: Frame) -> Any:
    about = {"title": frame.title, "description": frame.description, "primary_key": ",".join(frame.primary_key)}
    fields = [arrow.field(c.name, _type(arrow, c), metadata=_about(c)) for c in frame.columns]
    return arrow.schema(fields, metadata=about)


def _type(arrow: Any, column: FrameColumn) -> Any:
    numbers = arrow.list_(arrow.list_(arrow.float64()))
    return {
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "string": arrow.string(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
        "datetime": arrow.timestamp("us", "UTC"),
        "array": {"string": arrow.list_(arrow.string()), "numbers": numbers}.get(column.items or "", arrow.string()),
        "object": arrow.string(),
    }[column.type]


def _about(column: FrameColumn) -> dict[str, str]:
    is_json = column.type == "object" or (column.type == "array" and column.items is None)
    about = {
        "description": column.description,
        "title": column.title,
        "unit": column.unit,
        "format": "json" if is_json else None,
        "references": ".".join(column.references) if column.references else None,
    }
    return {key: value for key, value in about.items() if value}
