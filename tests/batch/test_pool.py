"""Readers that hang, swell, crash, raise or answer nothing: their document fails, the others do not."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from pipeline.batch import pool, worker
from pipeline.batch.pool import read_all, supply_of
from pipeline.batch.result import Failure, ReadDocument
from pipeline.errors import DamagedError, ProtectedError
from pipeline.files import scratch_folder
from pipeline.progress import pages_read
from pipeline.run import run
from pipeline.settings import Settings
from tests.plans import TEXT, a_plan
from tests.processes import gone

PROJECT = Path(__file__).parents[2]
LIMITS = Settings(
    document_seconds=60, document_memory_mb=4000, jobs=1, sandbox="off"
)  # far more than any that ends takes
ROOM = 450  # MiB that a document may swell by: what runs these tests may be large already
TOO_LONG = 1e9  # seconds
SWELLING = f"import time; held = b'x' * ({ROOM} << 19); time.sleep(60)"  # half of it


def read(path, settings):  # noqa: C901 (a table of what files are to do)
    """Does what the file's name says."""
    match path.stem.split("-"):
        case ["hang"]:
            ctypes.CDLL(None).sleep(600)  # in C: no Python signal handler would run
        case ["hang", "deaf"]:
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            ctypes.CDLL(None).sleep(600)
        case ["group"]:
            started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], process_group=0)
            with scratch_folder() as folder:
                path.write_text(f"{started.pid}\n{folder}\n")
                os.kill(os.getpid(), signal.SIGKILL)
        case ["child"]:
            started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            path.write_text(f"{started.pid}\n")
            time.sleep(600)
        case ["swell"]:
            held, part = [], path.with_suffix(".part")
            slow = (psutil.Process().memory_info().rss >> 20) + ROOM - 100
            while True:
                held.append(b"x" * (8 << 20))
                megabytes = psutil.Process().memory_info().rss >> 20
                part.write_text(str(megabytes))
                part.replace(path)  # killed at any moment, it leaves a whole number
                time.sleep(0.1 if megabytes > slow else 0.01)  # the pool has time to see it
        case ["swarm"]:
            many = [subprocess.Popen([sys.executable, "-c", SWELLING]) for _ in range(3)]
            many[0].wait()
        case ["orphan"]:
            subprocess.run(["sh", "-c", '"$0" -c "$1" & sleep 0.5', sys.executable, SWELLING])
            time.sleep(60)
        case ["meet", _]:
            path.with_suffix(".here").touch()  # not its own file: who reads a document does not change it
            while len(list(path.parent.glob("meet-*.here"))) < 3:
                time.sleep(0.01)
        case ["leap"]:
            return b"x" * (5 << 30)
        case ["keep"]:
            read.kept = b"x" * (ROOM - 50 << 20)
        case ["pid"]:
            raise DamagedError(file="?", reason=os.getpid())
        case ["segfault"]:
            ctypes.string_at(0)
        case ["abort"]:
            os.write(2, b"terminate called: no memory\n")
            os.abort()
        case ["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["alarm"]:
            os.kill(os.getpid(), signal.SIGALRM)
        case ["exit"]:
            sys.exit(3)
        case ["error"]:
            raise ProtectedError(file="?", page=7)
        case ["bug"]:
            raise ValueError("no such thing")
        case ["deep"]:
            return read(path, settings)
        case ["nothing"]:
            return None
        case ["long"]:
            return a_plan(path.name, f"{TEXT}\n{'x' * (2 << 20)}")
        case ["pages"]:
            for count in range(4):
                pages_read(count, 3)
                time.sleep(0.2)
        case ["print"]:
            print("noise")
            os.write(1, b"more noise\n")
    return a_plan(path.name)


def tight():
    """Limits that leave a document `ROOM` of memory beside what runs these tests."""
    return LIMITS.model_copy(update={"document_memory_mb": (psutil.Process().memory_info().rss >> 20) + ROOM})


def outcomes(*names, settings=LIMITS, folder=Path()):
    paths = {number: folder / name for number, name in enumerate(names)}
    found = sorted(read_all(supply_of(paths), read, settings), key=lambda found: found[0])
    return [outcome for _, _, outcome in found]


@pytest.mark.parametrize("name", ["hang", "hang-deaf"])
def test_a_hanging_document_is_stopped_at_the_time_limit(name):
    (failure,) = outcomes(name, settings=LIMITS.model_copy(update={"document_seconds": 0.7}))
    assert isinstance(failure, Failure)
    assert (failure.error.code, "0.7 seconds" in failure.error.message()) == ("E110", True)


@pytest.mark.parametrize("name", ["hang", "hang-deaf"])
def test_after_a_hanging_document_the_next_is_read(name, monkeypatch):
    monkeypatch.setattr(pool._Worker, "seconds", lambda worker: TOO_LONG if worker.path.name == name else 0)
    failure, after = outcomes(name, "fine")
    assert isinstance(failure, Failure) and failure.error.code == "E110"
    assert isinstance(after, ReadDocument)


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("leap", "E111", "4000 MiB"),
        ("segfault", "E109", "SIGSEGV"),
        ("abort", "E109", "SIGABRT"),
        ("kill", "E109", "SIGKILL"),
        ("alarm", "E110", "60 seconds"),
        ("exit", "E109", "exit status 3"),
        ("error", "E103", "password"),
        ("bug", "E112", "ValueError: no such thing"),
        ("deep", "E112", "RecursionError"),
        ("nothing", "E112", "NoneType instead of a plan"),
    ],
)
def test_a_document_that_fails_gets_its_code_and_the_next_one_is_read(name, code, says):
    failure, after = outcomes(name, "fine")
    assert isinstance(failure, Failure)
    assert failure.error.code == code
    assert says in failure.error.message()
    assert isinstance(after, ReadDocument)


def test_how_far_a_document_has_come_is_told_while_it_is_read(monkeypatch):
    monkeypatch.setattr(pool, "_TELL_SECONDS", 0.0)
    told = []
    found = list(read_all(supply_of({7: Path("pages")}), read, LIMITS, told=lambda *one: told.append(one)))
    assert [isinstance(outcome, ReadDocument) for _, _, outcome in found] == [True]
    assert told[0] == (7, (0, 3)) and told[-1] == (7, (3, 3)) and told == sorted(told)


@pytest.mark.slow
def test_swelling_is_stopped_near_the_limit(tmp_path):
    limits = tight()
    outcomes("swell", settings=limits, folder=tmp_path)
    limit = limits.document_memory_mb
    assert limit - 100 < int((tmp_path / "swell").read_text()) < limit + 150


@pytest.mark.slow
@pytest.mark.parametrize("name", ["swarm", "orphan"])
def test_the_memory_of_what_a_document_started_counts(name):
    runs = psutil.Process().memory_info()  # a fork begins with what is not of files alone
    room = {"swarm": ROOM, "orphan": ROOM // 2 - 50}[name]  # three swell, or one
    limit = (runs.rss - getattr(runs, "shared", 0) >> 20) + room
    limits = LIMITS.model_copy(update={"document_memory_mb": limit})
    (failure,) = outcomes(name, settings=limits)
    assert isinstance(failure, Failure) and failure.error.code == "E111"


def test_a_worker_that_stops_in_the_middle_of_its_answer_blocks_nobody(monkeypatch):
    def half(connection, parts):
        whole = b"".join(parts)
        os.write(connection.fileno(), len(whole).to_bytes(8) + whole[: len(whole) // 2])
        os.kill(os.getpid(), signal.SIGSTOP)

    monkeypatch.setattr(worker, "send", half)
    (failure,) = outcomes("fine", settings=LIMITS.model_copy(update={"document_seconds": 0.7}))
    assert isinstance(failure, Failure) and failure.error.code == "E110"


@pytest.mark.parametrize(
    ("said", "code", "says"), [(b"nonsense", "E109", "damaged"), (b"x" * (4 << 20), "E108", "MAX_OUTPUT")]
)
def test_what_is_no_answer_costs_the_document(monkeypatch, said, code, says):
    monkeypatch.setattr(worker, "packed", lambda answer, form: [said])
    (failure,) = outcomes("fine", settings=LIMITS.model_copy(update={"max_output_mb": 1, "max_file_mb": 1}))
    assert isinstance(failure, Failure) and failure.error.code == code
    assert says in failure.error.message()


def test_outputs_beyond_the_limit_are_not_sent():
    (failure,) = outcomes("long", settings=LIMITS.model_copy(update={"max_output_mb": 1}))
    assert isinstance(failure, Failure) and failure.error.code == "E108"
    assert "KEHOACH_MAX_OUTPUT_MB is 1" in failure.error.message()


def test_page_of_a_coded_error_is_kept():
    (failure,) = outcomes("error")
    assert failure.error.text() == "E103 ?, p. 7: " + failure.error.message()


def test_what_a_crash_printed_is_kept():
    (failure,) = outcomes("abort")
    assert "terminate called: no memory" in failure.detail
    assert "Fatal Python error: Aborted" in failure.detail


def test_a_fault_of_ours_keeps_its_traceback():
    (failure,) = outcomes("bug")
    assert 'raise ValueError("no such thing")' in failure.detail


def test_what_a_reader_prints_stays_out_of_the_output(capfd):
    outcomes("print")
    assert capfd.readouterr() == ("", "")


def test_a_worker_reads_many_documents():
    first, second = outcomes("pid", "pid")
    assert first.error.params == second.error.params


def test_a_worker_that_keeps_much_memory_is_replaced():
    first, _, third = outcomes("pid", "keep", "pid", settings=tight())
    assert first.error.params != third.error.params


def test_documents_are_read_at_the_same_time(tmp_path):
    names = ["meet-1", "meet-2", "meet-3"]
    found = outcomes(*names, settings=LIMITS.model_copy(update={"jobs": 3}), folder=tmp_path)
    assert all(isinstance(outcome, ReadDocument) for outcome in found)


def test_what_a_document_started_is_killed_with_it(tmp_path, monkeypatch):
    file = tmp_path / "child"
    monkeypatch.setattr(
        pool._Worker, "seconds", lambda _: TOO_LONG if file.exists() and file.read_text().endswith("\n") else 0
    )
    outcomes("child", folder=tmp_path)
    assert gone(int(file.read_text()))


def test_what_a_document_started_in_a_group_of_its_own_is_killed_when_it_crashes(tmp_path):
    outcomes("group", folder=tmp_path)
    started, folder = (tmp_path / "group").read_text().splitlines()
    assert gone(int(started))
    assert not Path(folder).exists()


@pytest.mark.parametrize("named", [True, False])
def test_what_a_worker_left_whose_run_was_killed_is_ended_by_the_next_if_it_names_its_folder(
    tmp_path, monkeypatch, named
):
    """As LibreOffice, which has a group of its own; others may have been given the worker's number since."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sleeping = "import time; time.sleep(600)"
    code = "import os, pathlib, subprocess, sys, tempfile; os.setsid(); "
    code += "folder = tempfile.mkdtemp(prefix=f'kehoach-{os.getpid()}-', dir=sys.argv[1]); "
    code += f"started = subprocess.Popen([sys.executable, '-c', {sleeping!r}, folder if {named} else ''], "
    code += "process_group=0, stdout=2); print(started.pid)"
    worker = subprocess.run([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True, check=True)
    started = psutil.Process(int(worker.stdout))
    try:
        pool.end_abandoned()
        assert gone(started.pid) if named else started.is_running()
        assert list(tmp_path.iterdir()) == []
    finally:
        with suppress(psutil.Error):
            started.kill()


def test_closing_stops_the_workers():
    batch = read_all(supply_of({0: Path("pid"), 1: Path("hang")}), read, LIMITS)
    _, _, first = next(batch)
    batch.close()
    assert gone(int(first.error.params["reason"]))


def test_no_documents_need_no_worker():
    assert outcomes() == []


@pytest.mark.slow
def test_where_processes_do_not_fork_they_read_the_same(monkeypatch):
    """As on Windows, where a process starts anew and its output is dropped."""
    monkeypatch.setattr(pool, "START", "spawn")
    path = PROJECT / "corpus" / "can-tho-library-2019.txt"
    ((_, _, outcome),) = read_all(supply_of({0: path}), run, LIMITS)
    assert outcome.files["json"] == (PROJECT / "outputs" / "can-tho-library-2019.json").read_bytes()
