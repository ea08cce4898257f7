"""A command that is stopped from outside leaves no process and no half file."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.messages import say
from pipeline.settings import Settings
from tests.plans import a_plan
from tests.processes import gone, wait_for

PROJECT = Path(__file__).parents[1]


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
        env=os.environ | {"PYTHONPATH": str(PROJECT)} | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hang(path, settings):
    """Reads a.txt; says its process and hangs at any other."""
    if path.name != "a.txt":
        Path("pid").write_text(str(os.getpid()))
        time.sleep(600)
    return a_plan(path.name)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_stop_leaves_no_process_and_no_half_file(folder, number, code):
    command = process("run", "in", "-j", "1", cwd=folder)
    assert wait_for(lambda: Path("pid").exists() and Path("pid").read_text())
    worker = int(Path("pid").read_text())
    command.send_signal(number)
    _, messages = command.communicate(timeout=60)
    assert command.returncode == code
    assert gone(worker)
    assert sorted(file.name for file in Path("outputs").iterdir()) == ["a.json", "a.txt"]
    assert "Traceback" not in messages


def test_ctrl_c_says_how_far_it_came(folder):
    command = process("run", "in", "-j", "1", cwd=folder)
    assert wait_for(lambda: Path("pid").exists() and Path("pid").read_text())
    command.send_signal(signal.SIGINT)
    table, messages = command.communicate(timeout=60)
    assert "a.txt" in table
    assert messages.rstrip().endswith(say("cli.interrupted", done=1, all=2))


@pytest.mark.slow
def test_a_worker_whose_parent_was_killed_ends_at_its_time_limit(folder):
    before = "from pipeline.batch import pool, worker; "
    before += "pool._overrun = lambda *_: None; "  # the parent never stops it: only its own alarm does
    before += "worker._GRACE_SECONDS = 0.0; "
    command = process("run", "in", "-j", "1", cwd=folder, before=before, KEHOACH_DOCUMENT_SECONDS="3")
    assert wait_for(lambda: Path("pid").exists() and Path("pid").read_text())
    worker = int(Path("pid").read_text())
    command.kill()
    command.communicate(timeout=60)
    assert gone(worker)
