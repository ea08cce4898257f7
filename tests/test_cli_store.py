"""The commands that fill and ask the store."""

import csv
import inspect
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.cli import WRONG_USAGE, main
from pipeline.cli.filtering import NAMES
from pipeline.store.query.filters import Filters
from tests.cases import cases

PROJECT = Path(__file__).parents[1]
OUTPUTS = PROJECT / "outputs"
CODE = "from pipeline.cli import main; main()"


def kehoach(*arguments, folder=PROJECT, **environment):
    """Run the command as in a shell of nothing but `environment`; its exit code, standard output and standard error."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    out, error = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(error):
        for name in [name for name in os.environ if name.startswith(("KEHOACH_", "LC_", "LANG"))]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in arguments])
    for number, handler in handlers.items():
        signal.signal(number, handler)
    return ended.value.code or 0, out.getvalue(), error.getvalue()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "plans.db"
    assert kehoach("load", OUTPUTS, "--database", path)[0] == 0
    return path


def test_every_filter_of_the_store_has_an_option():
    assert {one.name for one in fields(Filters)} == set(NAMES)


def test_load_says_what_became_of_the_files(tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    database = tmp_path / "plans.db"
    code, out, error = kehoach("load", OUTPUTS, bad, "--database", database)
    assert code == 1
    assert out.strip() == f"{database}: 5 added, 1 failed"
    assert f"E711 {bad}" in error
    assert kehoach("load", OUTPUTS, "--database", database)[:2] == (0, f"{database}: 5 unchanged\n")


def test_load_speaks_vietnamese(tmp_path):
    code, out, _ = kehoach("--lang", "vi", "load", OUTPUTS, "--database", tmp_path / "plans.db")
    assert (code, "5 thêm mới" in out) == (0, True)


@pytest.mark.parametrize("arguments", [["empty"], [OUTPUTS, "--status", "final"]])
def test_load_refuses_wrong_usage(tmp_path, arguments):
    (tmp_path / "empty").mkdir()
    assert kehoach("load", *arguments, "--database", "plans.db", folder=tmp_path)[0] == 2
    assert not (tmp_path / "plans.db").exists()


@pytest.mark.slow
def test_the_store_is_in_outputs_unless_said_otherwise(tmp_path):
    assert kehoach("load", OUTPUTS, folder=tmp_path)[0] == 0
    assert (tmp_path / "outputs/plans.db").exists()
    assert kehoach("search", "thư viện", folder=tmp_path)[0] == 0
    code, out, _ = kehoach("search", "thư viện", folder=PROJECT, KEHOACH_DATABASE=str(tmp_path / "outputs/plans.db"))
    assert code == 0 and "thư viện" in out


@pytest.mark.slow
def test_run_loads_what_it_wrote(tmp_path):
    database = tmp_path / "plans.db"
    paths = [PROJECT / "corpus/lai-chau-2023.txt", PROJECT / "corpus/can-tho-library-2019.txt"]
    code, out, _ = kehoach("run", *paths, "-o", tmp_path / "out", "--database", database)
    assert code == 0
    assert "2 added" in out
    assert sqlite3.connect(database).execute("SELECT count(*) FROM plans").fetchone() == (2,)


def test_run_finds_out_first_that_the_store_cannot_be_used(tmp_path):
    (tmp_path / "plans.db").write_text("not a database " * 100, encoding="utf-8")
    paths = (PROJECT / "corpus/lai-chau-2023.txt", "-o", tmp_path / "out", "--database", tmp_path / "plans.db")
    code, _, error = kehoach("run", *paths)
    assert (code, "E709" in error) == (1, True)
    assert not list((tmp_path / "out").glob("*.json"))


def test_search_shows_plan_number_page_and_passage(store):
    code, out, error = kehoach(
        *("search", "thu vien cap xa", "--kind", "target", "--unit", "%", "--province", "Cần Thơ"), "--database", store
    )
    assert code == 0
    assert "140/KH-UBND · Ủy ban nhân dân thành phố Cần Thơ · 03/07/2023" in out
    assert "II.2-2aa3f6" in out and "40%" in out
    assert "items 1 to " in error


def test_search_as_json(store):
    code, out, _ = kehoach("search", "thư viện cấp xã", "--json", "-n", 3, "--database", store)
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(found) == 3
    assert {"ref", "text", "passage", "plan_number", "page", "assigned", "deadlines", "targets"} <= set(found[0])
    assert "thư viện" in out  # no escapes


def test_search_says_when_accents_were_ignored(store):
    _, _, error = kehoach("search", "thư viên cấp xả", "--database", store)
    assert "with these accents" in error


def test_search_that_finds_nothing_says_so(store):
    code, out, error = kehoach("search", "zzzz", "--database", store)
    assert (code, out) == (0, "")
    assert "nothing found" in error


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--plan", "99/KH-X"), "“99/KH-X”"),
        (("--unit", "kg"), "the commonest units are: %, "),
        (("--document-type", "Thơ"), "there are: Kế hoạch"),
    ],
)
def test_search_says_what_the_store_does_not_have(store, arguments, says):
    code, out, error = kehoach("search", *arguments, "--database", store)
    assert (code, out) == (0, "")
    assert says in error


def test_versions_that_do_not_count_are_told_from_those_that_do(tmp_path):
    draft = json.loads((OUTPUTS / "can-tho-2023.json").read_text(encoding="utf-8"))
    draft["source"] |= {"file_name": "draft.txt", "sha256": "0" * 64}
    (tmp_path / "draft.json").write_text(json.dumps(draft), encoding="utf-8")
    database = ("--database", tmp_path / "plans.db")
    assert kehoach("load", OUTPUTS / "can-tho-2023.json", *database)[0] == 0
    code, _, error = kehoach("load", tmp_path / "draft.json", "--status", "draft", *database)
    assert (code, "W702" in error) == (0, True)
    _, out, _ = kehoach("--lang", "vi", "search", "--versions", "all", "--limit", "1000", *database)
    of_plans = [line for line in out.splitlines() if not line.startswith(" ") and "140/KH-UBND" in line]
    assert len(of_plans) == 2
    assert out.count("[bản dự thảo; bản hiện hành") == 1
    code, out, _ = kehoach("compare", "draft.txt", "140/KH-UBND", "--json", *database)
    assert code == 0 and {one["status"] for one in json.loads(out)["targets"]} == {"agree"}


def test_what_datasette_is_told_names_the_store_as_it_does(store, tmp_path):
    named = tmp_path / "tỉnh.db"
    named.write_bytes(store.read_bytes())
    assert kehoach("export", "-f", "datasette", "-o", tmp_path / "m.json", "--database", named)[0] == 0
    assert set(json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))["databases"]) == {"tỉnh"}


@pytest.mark.parametrize("command", ["load", "search"])
def test_a_folder_is_no_store(tmp_path, command):
    code, _, error = kehoach(command, OUTPUTS, "--database", tmp_path)
    assert (code, "E702" in error) == (1, True)


@pytest.mark.parametrize("day", ["2023-11-30", "30/11/2023"])
def test_days_are_given_in_either_way(store, day):
    code, out, _ = kehoach("calendar", "--from", day, "--to", day, "--json", "--database", store)
    assert code == 0
    assert [json.loads(line)["due"] for line in out.splitlines()] == ["2023-11-30"] * len(out.splitlines())
    assert out


def test_calendar_names_each_day_once(store):
    code, out, error = kehoach("calendar", "--from", "2023-11-01", "--to", "2023-12-31", "--database", store)
    assert code == 0
    assert out.count("30/11/2023\n") == 1
    assert "due from 2023-11-01 to 2023-12-31" in error


def test_calendar_refuses_days_in_the_wrong_order(store):
    assert kehoach("calendar", "--from", "2024-01-01", "--to", "2023-01-01", "--database", store)[0] == 2


def test_calendar_ends_with_the_last_day_there_is(store):
    assert kehoach("calendar", "--from", "9999-12-01", "--database", store)[0] == 0


def test_what_is_due_before_the_first_day_is_an_empty_calendar(store, tmp_path):
    out = tmp_path / "due.ics"
    arguments = ("export", "-f", "ics", "-o", out, "--due-before", "0001-01-01", "--database", store)
    assert kehoach(*arguments)[0] == 0
    assert b"BEGIN:VEVENT" not in out.read_bytes()


@pytest.mark.parametrize(
    "address", ["postgresql://me@127.0.0.1:1/none?password=secret", "postgresql://x:secret@h:y@z/a"]
)
def test_no_message_shows_a_password(address):
    code, out, error = kehoach("load", OUTPUTS, "--database", address)
    assert code == 1
    assert "Traceback" not in error
    assert "secret" not in out + error


def test_compare_takes_files_and_plans_of_the_store(store):
    code, out, _ = kehoach("compare", OUTPUTS / "can-tho-2023.json", "vinh-long-2023", "--json", "--database", store)
    assert code == 0
    assert json.loads(out)["targets"]
    code, shown, _ = kehoach("--lang", "vi", "compare", "140/KH-UBND", "vinh-long-2023", "--database", store)
    assert code == 0 and "1520/QĐ-TTg" in shown


def test_compare_of_a_plan_nobody_knows_is_an_error(store):
    code, _, error = kehoach("compare", "1/KH-X", "140/KH-UBND", "--database", store)
    assert (code, "E723" in error) == (1, True)


@cases("commands/wrong_values", arguments=list[str], code=str)
def test_a_wrong_value_is_an_error_in_words(store, tmp_path, arguments, code):
    found, out, error = kehoach(*arguments, "--database", store, folder=tmp_path)
    assert (found, out) == (WRONG_USAGE, "")
    assert code in error
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("command", [["search", "x"], ["calendar"], ["export", "-f", "csv", "-o", "x"]])
def test_a_store_that_is_not_there_is_an_error_that_says_what_to_do(tmp_path, command):
    code, _, error = kehoach(*command, folder=tmp_path)
    assert code == 1
    assert "E704" in error and "kehoach load" in error


@pytest.mark.slow
@pytest.mark.parametrize(
    ("format_", "out", "more"),
    [
        ("csv", "a", ["--table", "plans", "--table", "goals"]),
        ("jsonl", "a.jsonl", ["--table", "items"]),
        ("parquet", "a", ["--table", "due"]),
        ("xlsx", "a.xlsx", []),
        ("datapackage", "a", []),
        ("datasette", "metadata.json", []),
        ("ics", "a.ics", []),
        ("akomantoso", "a", []),
        ("archive-csv", "a.csv", ["--bom"]),
        ("archive-xml", "a.xml", []),
    ],
)
def test_every_format_is_written(store, tmp_path, format_, out, more):
    code, _, error = kehoach("export", "-f", format_, "-o", tmp_path / out, *more, "--database", store)
    assert code == 0
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and all(path.stat().st_size for path in files)
    assert all(str(path) in error for path in files)


def test_an_export_has_what_a_search_finds(store, tmp_path):
    filters = ["thư viện", "--kind", "target", "--province", "Cần Thơ"]
    _, found, _ = kehoach("search", *filters, "--json", "-n", 1000, "--database", store)
    kehoach("export", *filters, "-f", "csv", "-o", tmp_path / "items.csv", "--table", "items", "--database", store)
    with (tmp_path / "items.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items = [one for one in map(json.loads, found.splitlines()) if one["kind"] != "plan"]
    assert {row["ref"] for row in rows} == {one["ref"] for one in items} != set()
    assert {row["province"] for row in rows} == {"Cần Thơ"}


def test_an_option_that_does_not_go_with_the_format_is_wrong_usage(tmp_path):
    arguments = ("export", "-f", "ics", "-o", "x", "--table", "items", "--database", "none.db")
    code, out, error = kehoach(*arguments, folder=tmp_path)
    assert (code, out) == (2, "")
    assert "E744" in error and "--table" in error
    assert not list(tmp_path.iterdir())


def test_an_export_of_nothing_says_so(store, tmp_path):
    arguments = ("export", "-f", "akomantoso", "-o", tmp_path / "akn", "--plan", "NOPE", "--database", store)
    code, _, error = kehoach(*arguments)
    assert (code, "W746" in error) == (0, True)


def test_an_export_that_cannot_be_written_is_an_error(store, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, _, error = kehoach(
        "export", "-f", "csv", "-o", tmp_path / "file/a.csv", "--table", "items", "--database", store
    )
    assert (code, "E107" in error) == (1, True)


@pytest.mark.slow
def test_a_load_that_is_stopped_leaves_whole_plans(tmp_path):
    """Ctrl-C in the middle: nothing half-loaded, and the next load goes on."""
    sys.path.insert(0, str(PROJECT))
    from tests.many_plans import many

    (tmp_path / "in").mkdir()
    for number, data in enumerate(many(260)):
        (tmp_path / f"in/{number:04}.json").write_bytes(data)
    database = tmp_path / "plans.db"
    line = [sys.executable, "-c", CODE, "load", str(tmp_path / "in"), "--database", str(database)]
    running = subprocess.Popen(line, cwd=PROJECT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and running.poll() is None and not _plans(database):
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, error = running.communicate(timeout=120)
    kept = _plans(database)
    assert running.returncode in (0, 130)
    assert running.returncode == 0 or "stopped" in error
    assert kept % 200 == 0 or kept == 260
    assert kehoach("load", tmp_path / "in", "--database", database)[0] == 0
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT count(*), count(DISTINCT plan) FROM provisions").fetchone() == (260 * 40, 260)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def _plans(database):
    """How many plans are in the store, 0 where it is not there yet."""
    if not database.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=1) as connection:
            return connection.execute("SELECT count(*) FROM plans").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


@pytest.mark.slow
def test_help_of_all_commands_is_in_both_languages():
    for command in ("load", "search", "calendar", "compare", "export", "plans", "remove", "use"):
        english, vietnamese = (kehoach("--lang", language, command, "--help")[1] for language in ("en", "vi"))
        assert english and vietnamese and english != vietnamese
        assert "cli." not in english + vietnamese


def test_the_signature_of_a_filtered_command_has_no_filters_of_its_own():
    from pipeline.cli import asking

    assert "filters" not in inspect.signature(asking.search).parameters


def test_plans_are_listed_chosen_and_taken_out(tmp_path):
    database = ["--database", tmp_path / "plans.db"]
    kehoach("load", OUTPUTS, *database)
    code, out, error = kehoach("plans", "--province", "Cần Thơ", *database)
    assert (code, "140/KH-UBND" in out, "155/KH-TVTP" in out, "55/KH-UBND ·" in out) == (0, True, True, False)
    assert "plans 1 to 2 of 2" in error
    listed = [json.loads(line) for line in kehoach("plans", "--json", *database)[1].splitlines()]
    assert len(listed) == 5 and all(one["versions"][0]["is_current"] for one in listed)
    version = listed[0]["versions"][0]["sha256"][:12]
    assert kehoach("use", version, *database)[2] == f"the version that counts: {version} can-tho-2023.txt\n"
    assert kehoach("use", version, "--automatic", *database)[0] == 0
    assert kehoach("remove", "140/KH-UBND", *database)[2] == f"taken out: {version} can-tho-2023.txt\n"
    assert kehoach("remove", "140/KH-UBND", *database)[0] != 0
    assert "plans 1 to 1 of 1" in kehoach("plans", "--province", "Cần Thơ", *database)[2]


def test_search_shows_plans_and_what_words_were_taken_for(store):
    database = ["--database", store]
    _, out, error = kehoach("search", "số 140 / kh-ubnd", *database)
    assert out.startswith("140/KH-UBND") and "[its number]" in out and "is a name of: 1" in error
    [found] = [json.loads(line) for line in kehoach("search", "140/KH-UBND", "--json", *database)[1].splitlines()]
    assert (found["kind"], found["by"]) == ("plan", "number")
    assert "also an agency" in kehoach("search", "Sở VHTTDL", *database)[2]
    assert "nearest that is there: “thư viện”" in kehoach("search", "thư vieenj", *database)[2]


def test_search_and_export_say_that_an_agency_is_unknown(store, tmp_path):
    filters = ["--agency", "so van hoa", "--database", store]
    assert "no agency the register knows" in kehoach("search", *filters)[2]
    assert "W748" in kehoach("export", "-f", "csv", "-o", tmp_path / "a", "--table", "items", *filters)[2]
