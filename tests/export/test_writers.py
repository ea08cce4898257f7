"""What holds for every format: whole or not at all, the same bytes, a coded error for a package that is missing."""

import sys
from dataclasses import replace

import pytest

from pipeline.errors import KehoachError
from pipeline.export.datapackage import write_datapackage
from pipeline.export.delimited import write_csv
from pipeline.export.jsonlines import write_jsonlines
from pipeline.export.parquet import write_parquet
from pipeline.export.workbook import write_xlsx
from pipeline.store.frames import frames, to_pandas, to_polars

WRITERS = {
    "csv": write_csv,
    "jsonl": write_jsonlines,
    "parquet": write_parquet,
    "xlsx": lambda frame, path: write_xlsx([frame], path),
    "package": lambda frame, path: write_datapackage([frame], path),
}


def contents(path):
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


def broken(frame):
    """The same frame, whose store fails after its first row."""

    def rows():
        yield next(frame.rows())
        raise OSError("the database went away")

    return replace(frame, rows=rows)


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_rows_give_the_same_bytes(connection, tmp_path, name, monkeypatch):
    (frame,) = frames(connection, ["items"])
    WRITERS[name](frame, tmp_path / "first" / name)
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    WRITERS[name](frame, tmp_path / "second" / name)
    assert contents(tmp_path / "first" / name) == contents(tmp_path / "second" / name)


@pytest.mark.parametrize("name", WRITERS)
def test_a_failure_leaves_what_was_there_and_nothing_half_written(connection, tmp_path, name):
    (frame,) = frames(connection, ["items"])
    path = tmp_path / f"items.{name}"
    WRITERS[name](frame, path)
    before = contents(path)
    with pytest.raises(OSError):
        WRITERS[name](broken(frame), path)
    after = contents(path)
    assert after.items() <= before.items()
    assert "datapackage.json" not in after
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", WRITERS)
def test_no_rows_make_a_file_all_the_same(connection, tmp_path, name):
    (frame,) = frames(connection, ["items"], plans=[])
    WRITERS[name](frame, tmp_path / name)
    assert (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("package", "write"),
    [
        ("pyarrow", lambda frame, path: write_parquet(frame, path)),
        ("xlsxwriter", lambda frame, path: write_xlsx([frame], path)),
        ("pandas", lambda frame, path: to_pandas(frame)),
        ("polars", lambda frame, path: to_polars(frame)),
    ],
)
def test_a_missing_package_says_what_to_install(connection, tmp_path, package, write, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    (frame,) = frames(connection, ["items"])
    with pytest.raises(KehoachError) as caught:
        write(frame, tmp_path / "items")
    assert caught.value.code == "E741"
    for language in ("en", "vi"):
        assert package in caught.value.text(language) and "kehoach[export]" in caught.value.text(language)
    assert not list(tmp_path.iterdir())
