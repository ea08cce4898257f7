"""What an export chooses of a store, what it says about that, and which options go with which format."""

import csv
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pipeline.errors import KehoachError
from pipeline.export import exporting
from pipeline.export.exporting import FORMATS, ExportRequest, check_usage, export
from pipeline.schema import DeadlineKind, Organisation
from pipeline.store.database import open_store
from pipeline.store.views import VIEWS
from tests.plans import a_plan
from tests.store.conftest import fill

PROJECT = Path(__file__).parents[2]


def signed(digit, number="7/KH-UBND", **more):
    """A plan of a committee; `digit` makes its file another one."""
    plan = a_plan(f"{digit}.txt")
    committee = Organisation(name="Ủy ban nhân dân thành phố Hải Phòng")
    stated = {"number": number, "issuer": committee, "issued_on": date(2024, 1, 2), "title": "Về thư viện"} | more
    return plan.model_copy(
        update={
            "plan_id": "hai-phong/2024/7-kh-ubnd",
            "metadata": plan.metadata.model_copy(update=stated),
            "source": plan.source.model_copy(update={"sha256": str(digit) * 64}),
        }
    )


def loaded(folder, *made):
    """The address of a store of plans."""
    for plan in made:
        (folder / f"{plan.source.file_name}.json").write_text(plan.model_dump_json(), encoding="utf-8")
    address = str(folder / "plans.db")
    assert {one.outcome for one in fill(address, folder)} <= {"added", "version"}
    return address


@pytest.fixture
def versions(tmp_path):
    """A store of two versions of one plan."""
    return loaded(tmp_path, signed(1), signed(2))


def written(address, format_, out, words=None, tables=(), **filters):
    with open_store(address) as store, store.reading() as connection:
        return export(connection, format_, out, ExportRequest(words, filters, tuple(tables), version="1.2"))


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("which", "count"), [("current", 1), ("all", 2)])
def test_views_have_the_versions_that_were_chosen(versions, tmp_path, view, which, count):
    written(versions, "csv", tmp_path / "a.csv", tables=[view], versions=which)
    assert len({row["plan"] for row in rows(tmp_path / "a.csv")}) == count
    written(versions, "csv", tmp_path / "b.csv", "kinh phí", tables=[view], versions=which)
    assert rows(tmp_path / "a.csv") == rows(tmp_path / "b.csv")


def test_events_of_all_versions_have_names_of_their_own(versions, tmp_path):
    written(versions, "ics", tmp_path / "a.ics", versions="all")
    names = [str(one["UID"]) for one in Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")]
    assert len(set(names)) == len(names) == 2


def test_each_version_has_a_file(versions, tmp_path):
    found = written(versions, "akomantoso", tmp_path / "akn", versions="all").files
    assert [path.name for path in found] == ["hai-phong_2024_7-kh-ubnd.xml", "hai-phong_2024_7-kh-ubnd_22222222.xml"]
    assert all(path.exists() for path in found)


def nested(plan, depth):
    """The plan with one section inside another, so many."""
    (section,) = plan.sections
    above = [None, *(f"s{number}" for number in range(depth - 1))]
    made = [section.model_copy(update={"id": f"s{number}", "parent": one}) for number, one in enumerate(above)]
    return plan.model_copy(update={"sections": made})


@pytest.mark.slow
def test_a_plan_that_a_format_cannot_hold_costs_that_plan(tmp_path):
    address = loaded(tmp_path, nested(signed(1), 5000), signed(2, number="8/KH-UBND"))
    found = written(address, "akomantoso", tmp_path / "akn", versions="all")
    assert [(one.code, one.file) for one in found.failed] == [("E745", "1.txt")]
    assert [path.exists() for path in found.files] == [True]


@pytest.mark.parametrize("format_", ["ics", "akomantoso", "archive-csv", "archive-xml"])
def test_a_plan_that_cannot_be_read_back_costs_that_plan(tmp_path, format_):
    address = loaded(tmp_path, signed(1), signed(2, number="8/KH-UBND"))
    with closing(sqlite3.connect(address)) as connection, connection:
        connection.execute("UPDATE deadlines SET kind = 'never' WHERE plan = 1")
    found = written(address, format_, tmp_path / "out", versions="all")
    assert [(one.code, one.file) for one in found.failed] == [("E745", "1.txt")]
    assert all(path.exists() for path in found.files)


NAMES = st.sampled_from(["a", "A", "a/b", "a_b", "../a", "..\\\\a", "/a", "con", "", "a\0", "x" * 300, "x" * 301])


@given(st.lists(st.tuples(NAMES, st.sampled_from(["", "../../b", "1" * 64, "2" * 64])), max_size=8))
def test_files_of_plans_stay_in_their_folder_and_have_names_of_their_own(made):
    taken: set[str] = set()
    plan = signed(1)
    for slug, digest in made:
        source = plan.source.model_copy(update={"sha256": digest})
        name = exporting._file_name(plan.model_copy(update={"plan_id": slug, "source": source}), taken)
        assert re.fullmatch("[a-z0-9_-]{1,200}", name)
    assert len(taken) == len(made)


@pytest.mark.slow
@pytest.mark.parametrize("format_", [one for one in FORMATS if one != "datasette"])
@pytest.mark.parametrize("asked", [{"plan": "NOPE"}, {"kind": "objective"}, {"province": "Cần Thơ"}, {"words": "zz"}])
def test_that_nothing_was_chosen_is_said(versions, tmp_path, format_, asked):
    found = written(versions, format_, tmp_path / "out", **asked)
    assert [one.code for one in found.notices] == ["W746"]
    assert written(versions, format_, tmp_path / "out").notices == ()


def test_that_accents_were_ignored_is_said(versions, tmp_path):
    found = written(versions, "csv", tmp_path / "a.csv", "kình phi", ["items"])
    assert len(rows(tmp_path / "a.csv")) == 1
    assert [one.code for one in found.notices] == ["W747"]
    assert written(versions, "csv", tmp_path / "a.csv", "kinh phi", ["items"]).notices == ()


def test_a_table_that_is_named_twice_is_written_once(versions, tmp_path):
    found = written(versions, "csv", tmp_path / "a.csv", tables=["items", "items"])
    assert found.files == (tmp_path / "a.csv",)
    found = written(versions, "csv", tmp_path / "a", tables=["items", "plans", "items"])
    assert [path.name for path in found.files] == ["items.csv", "plans.csv"]


TABLES = ("jsonl", "csv", "xlsx", "parquet", "datapackage")
GO_WITH = {
    "--table": (ExportRequest(None, {}, tables=("items",)), TABLES),
    "--bom": (ExportRequest(None, {}, bom=True), ("csv", "archive-csv")),
    "--sources": (ExportRequest(None, {}, sources="files"), ("xlsx",)),
    "WORDS": (ExportRequest("thư viện", {}), tuple(one for one in FORMATS if one != "datasette")),
    "--due-from": (
        ExportRequest(None, {"due_from": date(2024, 1, 1)}),
        tuple(one for one in FORMATS if one != "datasette"),
    ),
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("option", GO_WITH)
def test_an_option_that_says_nothing_to_a_format_is_an_error(format_, option):
    wanted, formats = GO_WITH[option]
    if format_ in formats:
        check_usage(format_, wanted)
        return
    with pytest.raises(KehoachError) as caught:
        check_usage(format_, wanted)
    assert caught.value.code == "E744"
    for language in ("en", "vi"):
        assert option in caught.value.text(language) and format_ in caught.value.text(language)


@pytest.mark.parametrize(
    ("rule", "days"), [("FREQ=DAILY", 0), ("FREQ=DAILY;INTERVAL=2", 1), ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", 1)]
)
def test_a_calendar_has_the_deadlines_that_the_store_has(tmp_path, rule, days):
    plan = signed(1)
    (task,) = plan.tasks
    due = task.deadlines[0].model_copy(update={"kind": DeadlineKind.RECURRING, "end": None, "recurrence": rule})
    changed = {"tasks": [task.model_copy(update={"deadlines": [due]})]}
    address = loaded(tmp_path, plan.model_copy(update=changed))
    written(address, "ics", tmp_path / "a.ics")
    written(address, "csv", tmp_path / "a.csv", tables=["due"])
    assert (tmp_path / "a.ics").read_bytes().count(b"BEGIN:VEVENT") == days
    assert bool(rows(tmp_path / "a.csv")) == bool(days)


ROOM = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
del sys.argv[1]
from pipeline.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("format_", "bytes_"), [("xlsx", 2_000), ("xlsx", 12_000), ("xlsx", 24_000), ("csv", 200), ("parquet", 2_000)]
)
def test_a_disk_that_is_full_is_one_error_and_leaves_nothing(versions, tmp_path, format_, bytes_):
    """Files of some bytes at most, as if the disk were full: those of Excel are put together of smaller ones."""
    (tmp_path / "tmp").mkdir()
    line = ["export", "-f", format_, "-o", tmp_path / f"a.{format_}", "--database", versions]
    line += ["--table", "plans"] if format_ != "xlsx" else []
    done = subprocess.run(
        [sys.executable, "-B", "-c", ROOM, str(bytes_), *map(str, line)],
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and "E107" in done.stderr and "File too large" in done.stderr
    assert not list((tmp_path / "tmp").iterdir())
    assert not [path for path in tmp_path.iterdir() if path.name.startswith((".kehoach", f"a.{format_}"))]
