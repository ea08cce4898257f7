"""Frames say what the tables hold, stream it as it was written, and keep every reference when restricted."""

from datetime import UTC, date, datetime
from itertools import islice

import pandas
import polars
import pytest
from sqlalchemy import create_engine, event

from pipeline.errors import KehoachError
from pipeline.store.frames import BATCH, SHAPES, frames, to_pandas, to_polars
from pipeline.store.tables import metadata
from pipeline.store.views import VIEWS
from tests.store.two_plans import FILE, FORMULA, LONG, OLD_DAY, QUOTED, ROWS, full_rows

TABLES = [name for name in metadata.tables if name != "counters"]


def column(frame, name):
    return next(column for column in frame.columns if column.name == name)


def values(frame, name):
    at = [column.name for column in frame.columns].index(name)
    return [row[at] for row in frame.rows()]


def test_all_tables_then_all_views(connection):
    assert [frame.name for frame in frames(connection)] == [*TABLES, *VIEWS]


def test_names_are_taken_in_their_order(connection):
    assert [frame.name for frame in frames(connection, ["items", "counters", "plans"])] == [
        "items",
        "counters",
        "plans",
    ]


def test_a_name_there_is_not_says_which_there_are(connection):
    with pytest.raises(KehoachError) as caught:
        frames(connection, ["tasks"])
    assert caught.value.code == "E742"
    assert "tasks" in caught.value.text() and "provisions" in caught.value.text()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_gives_what_was_written(connection, name):
    (frame,) = frames(connection, [name])
    assert list(frame.rows()) == full_rows(name)
    assert list(frame.rows()) == full_rows(name)  # again
    assert frame.primary_key == tuple(key.name for key in metadata.tables[name].primary_key)


@pytest.mark.parametrize("name", [*TABLES, *VIEWS])
def test_every_column_says_what_it_holds(connection, name):
    (frame,) = frames(connection, [name])
    assert frame.title and frame.description
    assert all(column.description for column in frame.columns)
    assert set(frame.primary_key) <= {column.name for column in frame.columns}


def test_the_shape_of_every_json_column_is_known():
    found = {(t.name, c.name) for t in metadata.tables.values() for c in t.c if type(c.type).__name__ == "JSON"}
    assert found == set(SHAPES)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_ordered_by_a_key_that_tells_its_rows_apart(connection, name):
    (frame,) = frames(connection, [name])
    keys = list(zip(*(values(frame, key) for key in frame.primary_key), strict=True))
    assert keys == sorted(set(keys)) and keys


def test_a_view_keeps_what_its_columns_are_in_the_tables(connection):
    items, assignments, due, goals = frames(connection, list(VIEWS))
    assert column(items, "provision").references == ("provisions", "id")
    assert column(items, "plan").references == ("plans", "id")
    assert column(assignments, "id").references == ("roles", "id")
    assert column(due, "deadline").references == ("deadlines", "id")
    assert column(due, "due_on").type == "date"
    assert column(goals, "figure").title == "Chỉ tiêu"
    assert column(items, "confidence").unit == "ratio"


def test_a_view_has_current_versions_with_lists_as_lists(connection):
    (items,) = frames(connection, ["items"])
    assert values(items, "plan") == [1, 1, 2]
    assert values(items, "headings") == [["NHIỆM VỤ", "Sở Tài chính"], [], []]
    assert values(items, "text") == [QUOTED, LONG, "Việc"]


RESTRICTED = [
    (dict(plans=[1]), {1}, {11, 12}, {1, 2, 3}, {1, 2, 3}),
    (dict(plans=[2, 3]), {2, 3}, {21, 31}, set(), {4, 5}),
    (dict(provisions=[11]), {1}, {11}, {1, 3}, {1, 2}),
    (dict(provisions=[12, 21]), {1, 2}, {12, 21}, {2, 3}, {1, 2, 3, 4}),
    (dict(provisions=[11, 21], plans=[1, 3]), {1, 3}, {11}, {1, 3}, {1, 2}),
    (dict(provisions=[]), set(), set(), set(), set()),
    (dict(plans=[99]), set(), set(), set(), set()),
]


@pytest.mark.parametrize(("ids", "plans", "provisions", "agencies", "evidence"), RESTRICTED)
def test_restricted_to_what_belongs_to_the_ids(connection, ids, plans, provisions, agencies, evidence):
    found = {frame.name: frame for frame in frames(connection, **ids)}
    assert set(values(found["plans"], "id")) == plans
    assert set(values(found["provisions"], "id")) == provisions
    assert set(values(found["agencies"], "id")) == agencies
    assert set(values(found["evidence"], "id")) == evidence
    assert set(values(found["items"], "provision")) == provisions  # whatever the version
    assert set(values(found["pages"], "plan")) == plans & {1, 2}


@pytest.mark.parametrize("ids", [{}, *(case[0] for case in RESTRICTED)])
def test_every_reference_is_to_a_row_that_is_there(connection, ids):
    found = {frame.name: frame for frame in frames(connection, **ids)}
    for frame in found.values():
        for one in frame.columns:
            if one.references:
                there = set(values(found[one.references[0]], one.references[1]))
                assert set(values(frame, one.name)) - {None} <= there, (frame.name, one.name)


@pytest.mark.slow
def test_hundreds_of_thousands_of_ids_make_no_longer_statement(connection):
    said = []
    event.listen(connection, "before_cursor_execute", lambda *args: said.append(args[2]))
    found = {frame.name: list(frame.rows()) for frame in frames(connection, provisions=range(300_000))}
    assert len(found["provisions"]) == len(ROWS["provisions"])
    assert max(map(len, said)) < 5000


def test_a_store_that_may_not_be_written_can_be_restricted(connection):
    connection.exec_driver_sql("PRAGMA query_only = ON")
    (frame,) = frames(connection, ["roles"], plans=[1])
    assert values(frame, "id") == [1, 2]


def test_rows_are_fetched_as_they_are_taken():
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        rows = [dict(name=f"{at:06d}", value=at) for at in range(3 * BATCH)]
        connection.execute(metadata.tables["counters"].insert(), rows)
        (frame,) = frames(connection, ["counters"])
        stream = frame.rows()
        assert len(list(islice(stream, 10))) == 10
        connection.exec_driver_sql("DELETE FROM counters WHERE value >= ?", (2 * BATCH,))
        assert len(list(stream)) == 2 * BATCH - 10


def test_pandas_is_typed_and_empty_is_empty(connection):
    (frame,) = frames(connection, ["plans"])
    made = to_pandas(frame)
    assert isinstance(made, pandas.DataFrame)
    kinds = {name: str(made[name].dtype) for name in ("id", "title", "is_current", "issued_on", "loaded_at")}
    assert kinds == {
        "id": "Int64",
        "title": "string",
        "is_current": "boolean",
        "issued_on": "datetime64[s]",
        "loaded_at": "datetime64[us, UTC]",
    }
    assert made["page_count"].tolist() == [3, pandas.NA, pandas.NA]
    assert made["title"][0] == FORMULA and made["title"][1] is pandas.NA
    assert made["issued_on"][0].date() == OLD_DAY and made["issued_on"][1] is pandas.NaT
    assert made["loaded_at"][0].to_pydatetime() == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert made["signer_capacity"][0] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]


def test_polars_is_typed_and_null_is_null(connection):
    (frame,) = frames(connection, ["plans"])
    made = to_polars(frame)
    assert isinstance(made, polars.DataFrame)
    assert made.schema["signer_capacity"] == polars.List(polars.String)
    assert made.schema["issued_on"] == polars.Date
    assert made["issued_on"].to_list() == [OLD_DAY, None, None]
    assert made["page_count"].to_list() == [3, None, None]
    assert made["file_name"][0] == FILE
    assert made["loaded_at"][0] == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("name", [*TABLES, *VIEWS])
def test_frames_of_many_parts_and_of_no_rows_have_the_same_types(connection, name, monkeypatch):
    monkeypatch.setattr("pipeline.store.frames._CHUNK", 1)
    full, none = frames(connection, [name])[0], frames(connection, [name], plans=[])[0]
    assert to_polars(full).height == len(to_pandas(full)) == len(list(full.rows()))
    assert to_polars(full).schema == to_polars(none).schema
    assert to_pandas(full).dtypes.equals(to_pandas(none).dtypes)
    assert len(to_pandas(none)) == 0


def test_nested_numbers_and_objects(connection):
    evidence, tables = frames(connection, ["evidence", "source_tables"])
    assert to_polars(evidence)["boxes"].to_list()[0] == [[1.5, 2, 3, 4], [5, 6, 7, 8.25]]
    assert to_polars(tables)["record"].str.json_path_match("$.id").to_list() == ["table-1"]
    assert to_pandas(tables)["record"][0]["header"] == ["Việc", "Hạn"]


def test_dates_come_as_dates(connection):
    (due,) = frames(connection, ["due"])
    assert values(due, "due_on") == [date(2023, 11, 30), date(2024, 11, 30)]
