"""A run whose processes are killed at random moments and which is gone on with writes what an undisturbed one does.

KEHOACH_TEST_KILLS says how many times; 8 if not given. KEHOACH_TEST_KILL_IN names a folder of documents that are then
read as they are, with scans, in place of the small ones made here.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import psutil
import pytest

from tests.plans import TEXT, a_plan
from tests.processes import gone

PROJECT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KEHOACH_TEST_KILLS", "8"))
REAL = os.environ.get("KEHOACH_TEST_KILL_IN")
SEED = 19


def read(path, settings):
    """A plan whose text is large enough for its writing to be killed too."""
    content = path.read_text()
    time.sleep(0.02)
    plan = a_plan(path.name, f"{TEXT}\n{content * 5000}")
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(plan.text)


def started(folder, out, *options):
    """The command over a folder, which goes on and tries again what failed because its worker was killed."""
    code = "from pipeline.cli import main; main()"
    if not REAL:
        code = f"""
import sys, tests.batch.test_killing as t
from types import SimpleNamespace as N
sys.modules["pipeline.run"] = N(run=t.read, prepare=lambda: None)
{code}"""
    return subprocess.Popen(
        [sys.executable, "-c", code, "run", str(folder), "-o", str(out), "-j", "2", "--retry-failed", *options],
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def documents(folder):
    """Sixty small documents; ten of them have the content of another."""
    if REAL:
        return Path(REAL)
    for number in range(60):
        path = folder / f"{number % 3}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(number % 50))
    return folder


def outputs(out):
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name not in (".kehoach.db", ".kehoach.db-wal", ".kehoach.db-shm")
    }


def below(process):
    """All processes that a process started, by their ids."""
    try:
        return [child.pid for child in process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


@pytest.mark.slow
def test_after_kills_a_run_goes_on_to_the_same_bytes(tmp_path):
    folder = documents(tmp_path / "in")
    whole, out = tmp_path / "whole", tmp_path / "out"
    began = time.monotonic()
    said, _ = started(folder, whole).communicate()
    seconds = time.monotonic() - began
    rng = random.Random(SEED)
    for at in range(KILLS):
        if at % 4 == 3:  # from the beginning again, so that there is something to be killed
            shutil.rmtree(out, ignore_errors=True)
        command = started(folder, out)
        time.sleep(rng.uniform(0.3, 1.0) * seconds)
        parent = psutil.Process(command.pid) if command.poll() is None else None
        children = below(parent) if parent else []
        if children and rng.random() < 0.5:
            with suppress(ProcessLookupError):
                os.kill(rng.choice(children), signal.SIGKILL)
            time.sleep(rng.uniform(0, 0.2) * seconds)
        if parent:
            children += below(parent)
            command.kill()
        command.communicate()
        assert all(gone(pid) for pid in children)
    last = started(folder, out)
    told, _ = last.communicate()
    assert last.returncode == 0, told
    assert outputs(out) == outputs(whole)
    assert len(outputs(whole)) >= (1 if REAL else 120), said


@pytest.mark.slow
@pytest.mark.parametrize("killed", [0, 1])
def test_after_a_kill_the_other_run_that_joined_writes_everything(tmp_path, killed):
    folder = documents(tmp_path / "in")
    whole, out = tmp_path / "whole", tmp_path / "out"
    began = time.monotonic()
    started(folder, whole).communicate()
    seconds = time.monotonic() - began
    both = [started(folder, out, "--join"), started(folder, out, "--join")]
    time.sleep(random.Random(SEED + killed).uniform(0.4, 0.9) * seconds)
    children = below(psutil.Process(both[killed].pid)) if both[killed].poll() is None else []
    both[killed].kill()
    both[killed].communicate()
    assert all(gone(pid) for pid in children)
    told, _ = both[1 - killed].communicate()
    assert both[1 - killed].returncode == 0, told
    # Where the other was about to end, what the killed one held is there until the next run.
    assert {name: one for name, one in outputs(out).items() if ".kehoach" not in name} == outputs(whole)
    started(folder, out).communicate()
    assert outputs(out) == outputs(whole)
    assert [path.name for path in out.rglob(".kehoach*") if path.is_file()] == [".kehoach.db"]
