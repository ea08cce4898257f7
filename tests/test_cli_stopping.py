"""A command that is stopped from outside leaves no process and no half file."""

import os
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.batch import read_journal
from pipeline.errors import JournalError, NoJournalError
from pipeline.messages import say
from pipeline.settings import Settings
from tests.plans import a_plan
from tests.processes import gone, wait_for

PROJECT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with two plans, and the locale of a server."""
    monkeypatch.chdir(tmp_path)
    knobs = [f"KEHOACH_{name.upper()}" for name in Settings.model_fields]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", *knobs):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(name)
    return tmp_path


def process(*arguments, cwd, before="", **environ):
    """The command in a process of its own, started with the reader of this file; `before` is Python to run first."""
    code = "import sys, tests.test_cli_stopping as t; from types import SimpleNamespace as N; "
    code += "sys.modules['pipeline.run'] = N(run=t.hang, prepare=lambda: None); "
    code += before + "from pipeline.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        # What reads here notes that it did, where a document may write nothing.
        env=os.environ | {"PYTHONPATH": str(PROJECT), "KEHOACH_SANDBOX": "off"} | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hang(path, settings):
    """Reads a.txt; at any other says its process and hangs until there is a file `go`."""
    if path.name != "a.txt":
        Path("pid").write_text(str(os.getpid()))
        wait_for(Path("go").exists)
    plan = a_plan(path.name)
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(plan.text)


def begun(folder):
    """A command that has read a.txt and hangs at b.txt."""
    command = process("run", "in", "-j", "1", cwd=folder)
    assert wait_for(lambda: Path("pid").exists() and Path("pid").read_text())
    assert wait_for(lambda: [result.output for result in journal() if result.output])
    return command


def journal():
    """What is written down so far."""
    with suppress(NoJournalError, JournalError), read_journal(Path("outputs")) as results:
        return list(results)
    return []


def stopped(folder, number, times):
    """A command that is stopped while b.txt hangs, or is read where that takes until the file `go` is there."""
    command = begun(folder)
    worker = int(Path("pid").read_text())
    said = []
    for _ in range(times):
        command.send_signal(number)
        said.append(command.stderr.readline())  # it has seen the first before the second comes
    return command, worker, said[0]


STOPS = pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])


@STOPS
def test_a_second_stop_leaves_no_process_and_no_half_file(folder, number, code):
    command, worker, _ = stopped(folder, number, 2)
    _, messages = command.communicate(timeout=60)
    assert command.returncode == code
    assert gone(worker)
    assert outputs() == ["a.json", "a.txt"]
    assert "Traceback" not in messages


@STOPS
def test_a_stop_ends_after_the_documents_in_hand_with_the_summary(folder, number, code):
    (folder / "in" / "c.txt").write_text("c")
    command, _, said = stopped(folder, number, 1)
    assert said == say("cli.stopping") + "\n"
    Path("go").touch()
    table, messages = command.communicate(timeout=60)
    assert (command.returncode, outputs()) == (code, ["a.json", "a.txt", "b.json", "b.txt"])
    assert "b.txt" in table
    assert messages.rstrip().endswith(say("cli.interrupted", done=2, all=3))


def hang_at_unpacking(into, path, settings):
    """Says its process and hangs."""
    Path("pid").write_text(str(os.getpid()))
    wait_for(Path("go").exists)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_while_an_archive_is_unpacked_leaves_nothing(folder, number, code):
    with zipfile.ZipFile(folder / "in" / "c.zip", "w") as archive:
        archive.writestr("kh.txt", "c")
    (folder / "tmp").mkdir()
    before = "import pipeline.batch.unpacking as u; u.unpack = t.hang_at_unpacking; "
    before += "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "  # a shell's "&" ignores it
    command = process("run", "in", "-j", "1", cwd=folder, before=before, TMPDIR=str(folder / "tmp"))
    assert wait_for(lambda: Path("pid").exists() and Path("pid").read_text())
    worker = int(Path("pid").read_text())
    command.send_signal(number)
    _, messages = command.communicate(timeout=60)
    assert command.returncode == code
    assert gone(worker)
    assert list(Path("tmp").iterdir()) == []
    assert messages == (say("cli.interrupted", done=0, all=3) + "\n" if number is signal.SIGINT else "")


def outputs():
    return sorted(file.name for file in Path("outputs").iterdir() if not file.name.startswith("."))


def test_what_a_kill_interrupted_is_gone_on_with(folder):
    """The worker ends with its parent at once, and the folder is free again."""
    command = begun(folder)
    command.kill()
    command.communicate(timeout=60)
    assert gone(int(Path("pid").read_text()))
    Path("go").touch()
    second = process("run", "in", "-j", "1", cwd=folder)
    _, messages = second.communicate(timeout=60)
    assert (second.returncode, outputs()) == (0, ["a.json", "a.txt", "b.json", "b.txt"])
    assert say("cli.passed", count=1, all=2) in messages


def test_a_table_that_nobody_reads_costs_nothing_else(folder):
    Path("go").touch()
    command = process("run", "in", cwd=folder)
    command.stdout.close()
    with command.stderr:
        messages = command.stderr.read()
    assert command.wait(60) == 0
    assert messages == f"W403 × 2 in a.txt, b.txt: {say('W403')}\n"


def test_a_second_run_in_a_folder_says_who_is_there_and_stops(folder):
    first = begun(folder)
    second = process("run", "in", "-j", "1", cwd=folder)
    _, messages = second.communicate(timeout=60)
    Path("go").touch()
    first.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 1)
    assert messages.startswith(f"E901 outputs: another run is at work in this folder (process {first.pid} on ")
