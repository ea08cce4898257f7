"""The data package, validated and read back by frictionless."""

import json

import pytest
from frictionless import Package, validate

from pipeline.export.datapackage import write_datapackage
from pipeline.spreadsheets import restore
from pipeline.store.frames import frames
from pipeline.store.tables import metadata
from tests.store.two_plans import ROWS


def write(connection, folder, names=None, **ids):
    write_datapackage(frames(connection, names, **ids), folder)
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def errors(folder):
    return validate(str(folder / "datapackage.json")).flatten(["type", "title", "message"])


@pytest.mark.slow
@pytest.mark.parametrize("ids", [{}, {"plans": [1]}, {"provisions": [12, 21]}, {"plans": []}])
def test_it_is_valid(connection, tmp_path, ids):
    write(connection, tmp_path, **ids)
    assert errors(tmp_path) == []


def test_a_part_of_the_tables_is_valid_and_refers_to_nothing_outside(connection, tmp_path):
    written = write(connection, tmp_path, ["roles", "agencies", "items"])
    assert errors(tmp_path) == []
    (roles, agencies, items) = (resource["schema"] for resource in written["resources"])
    assert [key["reference"]["resource"] for key in roles["foreignKeys"]] == ["agencies"]
    assert "foreignKeys" not in agencies and "foreignKeys" not in items


def test_validation_would_see_a_wrong_reference_and_a_wrong_type(connection, tmp_path):
    """That no errors are found above is worth something."""
    write(connection, tmp_path, ["plans", "pages"])
    pages = tmp_path / "pages.csv"
    pages.write_bytes(pages.read_bytes() + b"77,x,ocr,,,,,,,\r\n")
    assert {kind for kind, *_ in errors(tmp_path)} == {"byte-count", "hash-count", "foreign-key", "type-error"}


def test_every_table_is_described(connection, tmp_path):
    written = write(connection, tmp_path)
    assert written["$schema"].startswith("https://datapackage.org/profiles/2.0/")
    assert written["licenses"] and written["sources"] and written["title"]
    for resource in written["resources"]:
        assert resource["title"] and resource["description"] and resource["schema"]["primaryKey"]
        assert all(field["description"] for field in resource["schema"]["fields"])
        table = metadata.tables.get(resource["name"])
        if table is not None:
            referring = {key.parent.name for key in table.foreign_keys}
            assert {key["fields"][0] for key in resource["schema"].get("foreignKeys", [])} == referring
    plans = written["resources"][0]["schema"]
    assert {"name": "page_count", "type": "integer", "title": "Số trang", "unit": "pages"}.items() <= next(
        field for field in plans["fields"] if field["name"] == "page_count"
    ).items()


def test_frictionless_reads_the_rows(connection, tmp_path):
    write(connection, tmp_path)
    package = Package(str(tmp_path / "datapackage.json"))
    for name in ("plans", "provisions", "occurrences", "evidence", "source_tables", "targets"):
        rows = [row.to_dict() for row in package.get_resource(name).read_rows()]
        assert len(rows) == len(ROWS[name])
        for row, written in zip(rows, ROWS[name], strict=True):
            for key, value in written.items():
                if key == "loaded_at":
                    assert row[key].replace(tzinfo=None) == value
                elif isinstance(value, float):
                    assert float(row[key]) == value
                elif isinstance(value, str):
                    assert restore(row[key] or "") == value
                else:
                    assert row[key] == value, (name, key)


def test_files_of_an_older_package_go_and_others_stay(connection, tmp_path):
    write(connection, tmp_path, ["plans", "pages"])
    (tmp_path / "notes.csv").write_text("mine", encoding="utf-8")
    write(connection, tmp_path, ["plans"])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["datapackage.json", "notes.csv", "plans.csv"]


@pytest.mark.parametrize("text", ["{", "[]", '{"name": "other", "resources": [{"path": "notes.csv"}]}', "{}"])
def test_a_descriptor_that_is_not_ours_names_no_file_of_ours(connection, tmp_path, text):
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    (tmp_path / "notes.csv").write_text("mine", encoding="utf-8")
    write(connection, tmp_path, ["plans"])
    assert (tmp_path / "notes.csv").exists()


def test_a_descriptor_cannot_reach_out_of_its_folder(connection, tmp_path):
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    folder = tmp_path / "package"
    folder.mkdir()
    text = '{"name": "kehoach", "resources": [{"path": "../mine.csv"}, {"path": ".."}, {"path": ["a"]}]}'
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    write(connection, folder, ["plans"])
    assert (tmp_path / "mine.csv").exists()
