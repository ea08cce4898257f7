"""Parquet, read back by pyarrow, pandas and polars."""

import json

import pandas
import polars
import pyarrow
import pytest
from pyarrow import parquet

from pipeline.export.parquet import write_parquet
from pipeline.store.frames import frames
from pipeline.store.tables import metadata
from pipeline.store.views import VIEWS
from tests.export.made import texts
from tests.store.two_plans import FORMULA, OLD_DAY, ROWS


def write(connection, tmp_path, name):
    (frame,) = frames(connection, [name])
    write_parquet(frame, tmp_path / f"{name}.parquet")
    return frame, tmp_path / f"{name}.parquet"


def plain(cell):
    """A cell as JSON has it, to compare what differs in type only."""
    return json.loads(json.dumps(cell, default=lambda value: value.isoformat()[:19]))


@pytest.mark.parametrize("name", [*metadata.tables, *VIEWS])
def test_rows_come_back(connection, tmp_path, name):
    frame, path = write(connection, tmp_path, name)
    rows = [tuple(row.values()) for row in parquet.read_table(path).to_pylist()]
    of_objects = [column.type in ("object", "array") and column.items is None for column in frame.columns]
    back = [tuple(json.loads(c) if c and json_ else c for json_, c in zip(of_objects, r, strict=True)) for r in rows]
    assert [plain(row) for row in back] == [plain(row) for row in frame.rows()]


def test_columns_are_typed_and_described(connection, tmp_path):
    frame, path = write(connection, tmp_path, "plans")
    schema = parquet.read_schema(path)
    assert schema.field("id").type == pyarrow.int64()
    assert schema.field("issued_on").type == pyarrow.date32()
    assert schema.field("loaded_at").type == pyarrow.timestamp("us", "UTC")
    assert schema.field("is_current").type == pyarrow.bool_()
    assert schema.field("signer_capacity").type == pyarrow.list_(pyarrow.string())
    assert schema.metadata == {
        b"title": b"K\xe1\xba\xbf ho\xe1\xba\xa1ch",
        b"description": b"A plan in one of its versions",
        b"primary_key": b"id",
    }
    about = {key.decode(): value.decode() for key, value in schema.field("page_count").metadata.items()}
    assert about["unit"] == "pages" and about["title"] == "Số trang" and "pages of that file" in about["description"]
    assert all(b"description" in field.metadata for field in schema)


def test_nested_columns(connection, tmp_path):
    schema = parquet.read_schema(write(connection, tmp_path, "evidence")[1])
    assert schema.field("boxes").type == pyarrow.list_(pyarrow.list_(pyarrow.float64()))
    _, path = write(connection, tmp_path, "source_tables")
    assert parquet.read_schema(path).field("record").metadata[b"format"] == b"json"
    (record,) = parquet.read_table(path)["record"].to_pylist()
    assert json.loads(record) == ROWS["source_tables"][0]["record"]
    assert "Việc" in record


def test_polars_and_pandas_read_it(connection, tmp_path):
    _, path = write(connection, tmp_path, "plans")
    made = polars.read_parquet(path)
    assert made["issued_on"].to_list() == [OLD_DAY, None, None]
    assert made["title"].to_list() == [FORMULA, None, None]
    assert pandas.read_parquet(path)["number"][0] == "55/KH-UBND"


def test_rows_are_written_in_groups(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.export.parquet._BATCH", 10)
    monkeypatch.setattr("pipeline.export.parquet._GROUP_ROWS", 20)
    write_parquet(texts(*(str(at) for at in range(45))), tmp_path / "a.parquet")
    about = parquet.read_metadata(tmp_path / "a.parquet")
    assert [about.row_group(at).num_rows for at in range(about.num_row_groups)] == [20, 20, 5]


def test_a_group_of_long_texts_is_written_sooner(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.export.parquet._BATCH", 10)
    monkeypatch.setattr("pipeline.export.parquet._GROUP_BYTES", 10_000)
    write_parquet(texts(*("a" * 2000 for _ in range(20))), tmp_path / "a.parquet")
    assert parquet.read_metadata(tmp_path / "a.parquet").num_row_groups == 2
