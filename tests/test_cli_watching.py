"""The command that reads files as they come, with real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.batch import read_journal
from pipeline.batch.journal.presence import at_work
from pipeline.errors import JournalError, NoJournalError, OutputOfAnotherError, ProtectedError
from pipeline.messages import say
from tests.plans import a_plan
from tests.processes import wait_for

PROJECT = Path(__file__).parents[1]
ENVIRONMENT = {
    "PYTHONPATH": str(PROJECT),
    "KEHOACH_SETTLE_SECONDS": "0.4",
    "KEHOACH_SANDBOX": "off",  # what reads here notes that it did
    "LANG": "C",
}
pytestmark = pytest.mark.slow


def read(path, settings):
    """A plan of a file, which notes that it was read; one that says so fails, or is read while there is `hold`."""
    content = path.read_text()
    with Path("read").open("a") as noted:
        noted.write(f"{path.name} {content}\n")
    if content == "fail":
        raise ProtectedError(file=path.name)
    if content == "long":
        assert wait_for(lambda: not Path("hold").exists())
    plan = a_plan(path.name)
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(plan.text)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path


@pytest.fixture
def watching(folder):
    """Starts the command; what is left of it is killed at the end."""
    started = []

    def start(*arguments, **environ):
        code = (
            "import sys, tests.test_cli_watching as t; from types import SimpleNamespace as N; "
            "sys.modules['pipeline.run'] = N(run=t.read, prepare=lambda: None); "
            "from pipeline.cli import main; main()"
        )
        command = subprocess.Popen(
            [sys.executable, "-c", code, "watch", "in", "-j", "1", *arguments],
            env=os.environ
            | {"PYTHONPATH": str(PROJECT), "KEHOACH_SETTLE_SECONDS": "0.4", "KEHOACH_SANDBOX": "off", "LANG": "C"}
            | environ,
            stdout=stack.enter_context(Path("told").open("w")),  # noqa: SIM115 - its stack closes it
            stderr=stack.enter_context(Path("said").open("w")),  # noqa: SIM115
        )
        started.append(command)
        return command

    with ExitStack() as stack:
        yield start
        for command in started:
            command.kill()
            command.wait()


def results():
    with suppress(NoJournalError, JournalError), read_journal(Path("outputs")) as found:
        return {one.path.name: one.error.code if one.error else "written" for one in found}
    return {}


def said():
    return Path("said").read_text()


def was_read():
    return Path("read").read_text().splitlines()


def ended(command, number=signal.SIGTERM):
    command.send_signal(number)
    return command.wait(timeout=60)


def test_files_are_read_as_they_come_and_stay_where_they_are(folder, watching):
    Path("in/before.txt").write_text("1")
    command = watching()
    assert wait_for(lambda: results() == {"before.txt": "written"})
    Path("in/2024").mkdir()
    Path("in/2024/later.txt").write_text("2")
    Path("in/broken.txt").write_text("fail")
    there = {"before.txt": "written", "later.txt": "written", "broken.txt": ProtectedError.code}
    assert wait_for(lambda: results() == there)
    assert ended(command) == 0
    assert sorted(str(path) for path in Path("in").rglob("*.txt")) == [
        "in/2024/later.txt",
        "in/before.txt",
        "in/broken.txt",
    ]
    assert sorted(str(path) for path in Path("outputs").rglob("*.json")) == [
        "outputs/2024/later.json",
        "outputs/before.json",
    ]
    assert [line.split()[0] for line in was_read()].count("later.txt") == 1
    assert said().count(f"{ProtectedError.code} in/broken.txt") == 1
    assert say("cli.watch.ended") in said()


@pytest.mark.parametrize("replaces", [False, True])
def test_a_file_that_changes_is_another_document_which_overwrites_where_that_is_said(folder, watching, replaces):
    Path("in/a.txt").write_text("1")
    command = watching(*["--replace"] * replaces)
    assert wait_for(lambda: results() == {"a.txt": "written"})
    Path("in/a.txt").write_text("two")
    if replaces:
        assert wait_for(lambda: was_read() == ["a.txt 1", "a.txt two"])
    else:
        assert wait_for(lambda: results() == {"a.txt": OutputOfAnotherError.code})
    assert ended(command) == 0


def test_a_file_that_is_being_written_is_read_once_it_is_whole(folder, watching):
    command = watching()
    with Path("in/slow.txt").open("w") as file:
        for _ in range(20):
            file.write("x" * 100)
            file.flush()
            time.sleep(0.1)
            assert not Path("read").exists()
    assert wait_for(lambda: results() == {"slow.txt": "written"})
    assert was_read() == ["slow.txt " + "x" * 2000]
    assert ended(command) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_it_after_the_document_in_hand_and_a_restart_goes_on(folder, watching, number):
    Path("hold").touch()
    Path("in/a.txt").write_text("long")
    Path("in/b.txt").write_text("b")
    command = watching()
    assert wait_for(lambda: Path("read").exists())
    command.send_signal(number)
    assert wait_for(lambda: say("cli.stopping") in said())
    Path("hold").unlink()
    assert command.wait(timeout=60) == 0
    assert was_read() == ["a.txt long"]
    command = watching()
    assert wait_for(lambda: results() == {"a.txt": "written", "b.txt": "written"})
    assert was_read() == ["a.txt long", "b.txt b"]
    assert wait_for(lambda: say("cli.watch.passed", count=1) in said())
    assert ended(command) == 0


def test_a_second_stop_ends_it_at_once(folder, watching):
    Path("hold").touch()
    Path("in/a.txt").write_text("long")
    command = watching()
    assert wait_for(lambda: Path("read").exists())
    command.send_signal(signal.SIGTERM)
    assert wait_for(lambda: say("cli.stopping") in said())
    assert ended(command) == 143
    assert not list(Path("outputs").glob("*.json"))


def test_after_a_kill_it_goes_on(folder, watching):
    Path("hold").touch()
    Path("in/a.txt").write_text("1")
    Path("in/b.txt").write_text("long")
    command = watching()
    assert wait_for(lambda: Path("read").exists() and was_read()[-1:] == ["b.txt long"])
    assert wait_for(lambda: results() == {"a.txt": "written"})
    command.kill()
    command.wait()
    Path("hold").unlink()
    command = watching()
    assert wait_for(lambda: results() == {"a.txt": "written", "b.txt": "written"})
    assert was_read() == ["a.txt 1", "b.txt long", "b.txt long"]
    assert ended(command) == 0


def test_what_is_written_is_loaded_into_the_store(folder, watching):
    Path("in/a.txt").write_text("a")
    command = watching("--database", "plans.db")
    assert wait_for(lambda: "plans.db: 1 added" in Path("told").read_text())
    Path("in/b.txt").write_text("b")
    assert wait_for(lambda: Path("told").read_text().count("plans.db: 1") == 2)
    assert ended(command) == 0


def test_no_second_run_works_in_the_folder(folder, watching):
    Path("outputs").mkdir()
    with at_work(Path("outputs")):
        command = watching()
        assert command.wait(timeout=60) == 1
    assert "E901" in said()
    assert socket.gethostname() in said()


def test_what_is_no_folder_is_wrong_usage(folder, watching):
    Path("in").rmdir()
    assert watching(LANG="vi_VN.UTF-8").wait(timeout=60) == 2
    assert said() == say("cli.watch.no_folder", "vi", inbox="in") + "\n"
