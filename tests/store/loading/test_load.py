import json
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from pipeline.schema import Plan
from pipeline.store.database import open_store
from pipeline.store.loading import load as loading
from pipeline.store.loading.index_upkeep import STALE
from pipeline.store.loading.load import Loader
from pipeline.store.query.searching import search
from pipeline.store.reading import named_plans, read_plan
from pipeline.store.tables import agencies, counters, metadata, plans
from tests.store.conftest import OUTPUTS, fill, postgresql

FILES = sorted(OUTPUTS.glob("*.json"))


def counts(address):
    with open_store(address) as store, store.reading() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) for name, table in metadata.tables.items()
        }


def copy(path, folder, **changes):
    """A copy of a plan's JSON with other values at the top, in `metadata` or in `source`."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    for name, value in changes.items():
        for part in (plan, plan["metadata"], plan["source"]):
            if name in part:
                part[name] = value
    made = folder / f"{len(list(folder.iterdir()))}-{path.name}"
    made.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return made


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_plan_comes_back_as_it_was_loaded(corpus, path):
    with open_store(corpus) as store, store.reading() as connection:
        [(number, _, _)] = named_plans(connection, path.stem)
        assert read_plan(connection, number) == Plan.model_validate_json(path.read_bytes())


def test_both_databases_hold_the_same_rows(tmp_path):
    with postgresql() as url:
        sqlite = str(tmp_path / "plans.db")
        rows = []
        for address in (sqlite, url):
            fill(address, OUTPUTS)
            with open_store(address) as store, store.reading() as connection:
                made = {}
                for name, table in metadata.tables.items():
                    columns = [column for column in table.columns if column.name != "loaded_at"]
                    found = connection.execute(select(*columns).order_by(*table.primary_key)).all()
                    made[name] = [tuple(row) for row in found]
                rows.append(made)
        assert rows[0] == rows[1]
        assert all(rows[0][name] for name in ("plans", "roles", "targets", "occurrences", "evidence", "agencies"))


def test_every_reference_is_to_a_row_that_is_there(tmp_path):
    fill(str(tmp_path / "plans.db"), OUTPUTS)
    connection = sqlite3.connect(tmp_path / "plans.db")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_loading_again_changes_nothing(address):
    fill(address, OUTPUTS)
    before = counts(address)
    assert {one.outcome for one in fill(address, OUTPUTS)} == {"unchanged"}
    assert counts(address) == before


def test_loading_a_changed_plan_replaces_it(address, tmp_path):
    first = fill(address, FILES[0])
    before = counts(address)
    changed = copy(FILES[0], tmp_path, title="Một trích yếu khác hẳn")
    assert [one.outcome for one in first + fill(address, changed)] == ["added", "replaced"]
    assert counts(address) == before
    with open_store(address) as store, store.reading() as connection:
        assert connection.scalars(select(plans.c.title)).all() == ["Một trích yếu khác hẳn"]


def test_again_loads_what_has_not_changed(address):
    fill(address, FILES[0])
    assert [one.outcome for one in fill(address, FILES[0], again=True)] == ["replaced"]


def test_the_same_document_twice_in_one_batch_is_there_once(address, tmp_path):
    again = copy(FILES[0], tmp_path, title="Bản đọc lại")
    assert [one.outcome for one in fill(address, FILES[0], again)] == ["added", "replaced"]
    with open_store(address) as store, store.reading() as connection:
        assert connection.scalars(select(plans.c.title)).all() == ["Bản đọc lại"]


def test_a_document_that_comes_back_to_what_it_was_in_one_batch_is_what_it_was(address, tmp_path):
    again = copy(FILES[0], tmp_path, title="Bản đọc lại")
    other = copy(FILES[1], tmp_path, title="Bản khác")
    outcomes = [one.outcome for one in fill(address, FILES[0], again, FILES[1], other, FILES[0])]
    assert outcomes == ["added", "replaced", "added", "replaced", "replaced"]
    with open_store(address) as store, store.reading() as connection:
        titles = set(connection.scalars(select(plans.c.title)))
    assert titles == {json.loads(FILES[0].read_text(encoding="utf-8"))["metadata"]["title"], "Bản khác"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E711"),
        (b"{}", "E711"),
        (b"[1, 2]", "E711"),
        (FILES[0].read_bytes()[:20_000], "E711"),
        (FILES[0].read_bytes().replace(b'"schema_version": "2.0"', b'"schema_version": "3.0"'), "E710"),
        (FILES[0].read_bytes().replace(b'"schema_version": "2.0"', b'"schema_version": "0.9"'), "E710"),
        (b"\xff\xfe\x00", "E711"),
        (b"[" * 100_000, "E711"),
    ],
    ids=["empty", "no keys", "a list", "half a file", "newer", "older", "no text", "deep"],
)
def test_a_bad_file_costs_that_file(address, tmp_path, data, code):
    bad = tmp_path / "bad.json"
    bad.write_bytes(data)
    found = fill(address, FILES[0], bad, FILES[1])
    assert [one.outcome for one in found] == ["added", "failed", "added"]
    assert found[1].error.code == code
    assert str(bad) in found[1].error.text()
    assert counts(address)["plans"] == 2


FIGURES = ["NaN", "Infinity", "-Infinity", "1e999", "1" + "0" * 4000, "1" + "0" * 5000]


@pytest.mark.parametrize("written", FIGURES, ids=["nan", "infinity", "less", "exponent", "4001 digits", "5001 digits"])
@pytest.mark.parametrize("place", ["value", "box", "confidence"])
def test_a_number_that_cannot_be_counted_with_costs_that_file(address, tmp_path, place, written):
    plan = json.loads(FILES[0].read_text(encoding="utf-8"))
    target = next(one["targets"] for one in plan["objectives"] if one["targets"])[0]
    if place == "value":
        target["value"] = "HERE"
    elif place == "box":
        target["evidence"]["boxes"] = [["HERE", 0, 1, 1]]
    else:
        plan["source"]["pages"][0]["confidence"] = "HERE"
    (tmp_path / "bad.json").write_text(json.dumps(plan).replace('"HERE"', written), encoding="utf-8")
    found = fill(address, tmp_path / "bad.json", FILES[1])
    assert [(one.outcome, one.error and one.error.code) for one in found] == [("failed", "E711"), ("added", None)]


def test_a_value_that_a_table_does_not_take_costs_that_file(address, tmp_path, monkeypatch):
    real = loading.plan_rows

    def empty(plan, digest):
        rows = real(plan, digest)
        if plan.plan_id == "x":
            rows.tables["targets"][0]["value"] = None
        return rows

    monkeypatch.setattr(loading, "plan_rows", empty)
    found = fill(address, FILES[1], copy(FILES[0], tmp_path, plan_id="x"), FILES[2])
    assert [(one.outcome, one.error and one.error.code) for one in found] == [
        ("added", None),
        ("failed", "E712"),
        ("added", None),
    ]


def test_a_fault_of_ours_costs_that_file(address, monkeypatch):
    real = loading.plan_rows

    def fail(plan, digest):
        return real(plan, digest) if plan.source.file_name != FILES[0].with_suffix(".txt").name else 1 / 0

    monkeypatch.setattr(loading, "plan_rows", fail)
    found = fill(address, FILES[0], FILES[1])
    assert [(one.outcome, one.error and one.error.code) for one in found] == [("failed", "E112"), ("added", None)]


def test_5000_nested_sections_are_loaded(address, tmp_path):
    plan = json.loads(FILES[0].read_text(encoding="utf-8"))
    first = plan["sections"][0]
    above = [None, *(f"s{number}" for number in range(4999))]
    plan["sections"] = [first | {"id": f"s{number}", "parent": parent} for number, parent in enumerate(above)]
    (tmp_path / "deep.json").write_text(json.dumps(plan), encoding="utf-8")
    assert [one.outcome for one in fill(address, tmp_path / "deep.json", FILES[1])] == ["added", "added"]


def test_what_is_no_file_in_a_folder_costs_only_itself(address, tmp_path):
    shutil.copy(FILES[0], tmp_path / "b.json")
    os.mkfifo(tmp_path / "a.json")
    (tmp_path / "c.json").symlink_to("c.json")
    (tmp_path / "d.json").symlink_to("/dev/zero")
    (tmp_path / "e.json").mkdir()
    found = {Path(one.path).name: one.error and one.error.code for one in fill(address, tmp_path)}
    assert found == {"a.json": "E122", "b.json": None, "c.json": "E107", "d.json": "E122"}


def test_json_of_contract_1_1_is_upgraded(address, tmp_path):
    old = {
        "schema_version": "1.1",
        "plan_id": "sha256/0123456789abcdef",
        "source": {
            "file_name": "a.txt",
            "sha256": "0" * 64,
            "media_type": "text/plain",
            "page_count": None,
            "pages": [{"page": 1, "text_origin": "plain", "reason": "plain text", "confidence": None}],
        },
        "metadata": dict.fromkeys(
            (
                *("document_type", "number", "attached_to", "issuer", "parent_issuer", "province", "place"),
                *("issued_on", "title", "period", "signer"),
            )
        )
        | {"recipients": ["Lưu: VT"], "evidence": {}},
        **dict.fromkeys(("legal_basis", "sections", "objectives", "tasks", "tables", "warnings"), []),
    }
    made = tmp_path / "old.json"
    made.write_text(json.dumps(old, ensure_ascii=False), encoding="utf-8")
    [found] = fill(address, made)
    assert (found.outcome, found.error) == ("added", None)
    with open_store(address) as store, store.reading() as connection:
        plan = read_plan(connection, 1)
    assert (plan.schema_version, plan.metadata.recipients[0].text) == ("2.0", "Lưu: VT")
    made.write_text(json.dumps(old | {"tasks": [{}]}), encoding="utf-8")
    [found] = fill(address, made)
    assert found.error.code == "E711"


def test_a_file_that_is_not_there_costs_that_file(address, tmp_path):
    found = fill(address, tmp_path / "none.json", FILES[0])
    assert [(one.outcome, one.error and one.error.code) for one in found] == [("failed", "E107"), ("added", None)]


def test_a_value_the_database_cannot_hold_costs_that_file(address, tmp_path):
    plan = json.loads(FILES[1].read_text(encoding="utf-8"))
    plan["tasks"][0]["ordinal"] = 10**30
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(plan), encoding="utf-8")
    found = fill(address, FILES[0], bad, FILES[2])
    assert [one.outcome for one in found] == ["added", "failed", "added"]
    assert found[1].error.code == "E712"
    assert counts(address)["plans"] == 2


def test_a_nul_becomes_a_replacement_character(address, tmp_path):
    plan = json.loads(FILES[1].read_text(encoding="utf-8"))
    plan["tasks"][0]["text"] = "một\0hai"
    plan["tasks"][0]["headings"] = ["A\0B"]
    made = tmp_path / "nul.json"
    made.write_text(json.dumps(plan), encoding="utf-8")
    assert [one.outcome for one in fill(address, made)] == ["added"]
    with open_store(address) as store, store.reading() as connection:
        task = read_plan(connection, 1).tasks[0]
    assert (task.text, task.headings) == ("một\ufffdhai", ["A\ufffdB"])


def test_a_load_that_dies_leaves_nothing_half_loaded(address, monkeypatch):
    fill(address, FILES[0])
    before = counts(address)
    real = loading._insert

    def die(connection, table, rows):
        if table.name == "targets":
            raise KeyboardInterrupt
        real(connection, table, rows)

    monkeypatch.setattr(loading, "_insert", die)
    with pytest.raises(KeyboardInterrupt):
        fill(address, *FILES)
    assert counts(address) == before
    monkeypatch.undo()
    assert {one.outcome for one in fill(address, *FILES)} == {"added", "unchanged"}


@pytest.mark.slow
def test_two_loaders_at_once_lose_nothing(address, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 3)
    halves = []
    for half in "ab":
        (tmp_path / half).mkdir()
        for number in range(12):
            mark = sha256(f"{half if number else 'both'}{number}".encode()).hexdigest()
            copy(FILES[1], tmp_path / half, sha256=mark, number=f"{number}{half}/KH-UBND", plan_id=f"x/{half}/{number}")
        halves.append(tmp_path / half)
    with ThreadPoolExecutor() as pool:
        done = [one.outcome for found in pool.map(lambda half: fill(address, half), halves) for one in found]
    assert "failed" not in done
    found = counts(address)
    assert found["plans"] == 23  # the first of each half is the same document
    alone = json.loads(FILES[1].read_text(encoding="utf-8"))
    assert found["provisions"] == 23 * (len(alone["tasks"]) + len(alone["objectives"]))
    with open_store(address) as store, store.reading() as connection:
        keys = connection.execute(text("SELECT key FROM agencies")).scalars().all()
    assert len(keys) == len(set(keys))


def test_a_status_that_is_given_counts(address):
    fill(address, FILES[0], status="draft")
    with open_store(address) as store, store.reading() as connection:
        assert connection.scalars(select(plans.c.status)).all() == ["draft"]


def test_ids_are_never_given_twice(tmp_path):
    """SQLite's index keeps the words of items that are gone; a new item must not get their ids."""
    address = str(tmp_path / "plans.db")
    fill(address, FILES[0])
    with open_store(address) as store, store.reading() as connection:
        last = connection.scalar(text("SELECT max(id) FROM provisions"))
    fill(address, FILES[0], again=True)
    with open_store(address) as store, store.reading() as connection:
        assert connection.scalar(text("SELECT min(id) FROM provisions")) == last + 1


def test_a_folder_stands_for_the_json_files_in_it(tmp_path):
    shutil.copytree(OUTPUTS, tmp_path / "a")
    assert len(fill(str(tmp_path / "plans.db"), tmp_path)) == len(FILES)


@pytest.mark.slow
def test_many_files_are_read_by_several_processes(address, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "_POOLED", 2)
    monkeypatch.setattr(loading, "_PART", 2)
    monkeypatch.setattr(loading, "BATCH", 3)
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    files = [*FILES[:3], bad, *FILES[3:]]
    with open_store(address, write=True) as store:
        found = list(Loader(store, jobs=2).load(files))
    assert [one.path for one in found] == [str(path) for path in files]
    assert [one.outcome for one in found] == ["added"] * 3 + ["failed"] + ["added"] * (len(FILES) - 3)
    assert counts(address)["plans"] == len(FILES)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["older first", "newer first"])
@pytest.mark.parametrize("together", [True, False])
def test_an_agency_is_called_as_the_newest_plan_calls_it(address, tmp_path, order, together):
    plan = OUTPUTS / "can-tho-2023.json"
    text_ = plan.read_text(encoding="utf-8")
    renamed = tmp_path / "renamed.json"
    renamed.write_text(text_.replace("Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hóa và Thể thao"), encoding="utf-8")
    (tmp_path / "in").mkdir()
    newer = copy(renamed, tmp_path / "in", issued_on="2025-09-01", sha256="1" * 64, number="1/KH-UBND")
    given = [(plan, newer)[at] for at in order]
    for some in [given] if together else [[one] for one in given]:
        with open_store(address, write=True) as store:
            list(Loader(store).load(some))
    with open_store(address) as store, store.reading() as connection:
        query = select(agencies.c.name).where(agencies.c.key == "department.culture@VN-CT")
        assert connection.scalar(query).startswith("Sở Văn hóa và Thể thao")
        assert not connection.scalar(select(counters.c.value).where(counters.c.name == STALE))


def test_what_a_newer_register_knows_better_makes_the_index_anew(tmp_path):
    address = str(tmp_path / "plans.db")
    fill(address, FILES[0])
    with open_store(address, write=True) as store, store.writing() as connection:
        connection.execute(update(agencies).where(agencies.c.kind == "department").values(kind="other"))
    assert not search(agency_kind="department", database=address)
    fill(address, FILES[0], again=True)
    assert search(agency_kind="department", database=address)
