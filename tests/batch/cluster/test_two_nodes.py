"""A run on two nodes of a Ray cluster, with real processes; one of them is killed in the middle.

KEHOACH_TEST_CLUSTER_IN names a folder of documents that are then read as they are, in place of the small ones.
"""

import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections import Counter
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import psutil
import pytest

from tests.plans import TEXT, a_plan
from tests.processes import gone, wait_for

PROJECT = Path(__file__).parents[3]
REAL = os.environ.get("KEHOACH_TEST_CLUSTER_IN")
NODE = ("--num-cpus=1", "--object-store-memory=80000000", "--disable-usage-stats", "--block")
pytestmark = pytest.mark.slow


def read(path, settings):
    """A plan of a file, which notes the node that read it; it takes long enough for some to be in hand at any time."""
    reader = psutil.Process().parent().parent()  # the worker's: of the process on the node, of the actor
    with Path(os.environ["KEHOACH_TEST_NOTES"]).open("a") as noted:
        noted.write(f"{path.name} {reader.pid}\n")
    time.sleep(0.15)
    plan = a_plan(path.name, f"{TEXT}\n{path.read_text()}")
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(plan.text)


def environment(top):
    return os.environ | {
        "PYTHONPATH": str(PROJECT),
        "KEHOACH_TEST_NOTES": str(top / "notes"),
        "KEHOACH_SANDBOX": "auto" if REAL else "off",  # what reads here notes that it did
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_DISABLE_IMPORT_WARNING": "1",
    }


def ray(top, *arguments):
    """A node, as long as it runs."""
    log = (top / "ray.log").open("a")  # noqa: SIM115 - it is the node's
    with log:
        ray_itself = [sys.executable, "-c", "from ray.scripts.scripts import main; main()", "start"]
        return subprocess.Popen([*ray_itself, *arguments, *NODE], env=environment(top), stdout=log, stderr=log)


@pytest.fixture
def nodes(tmp_path):
    """The address of a cluster, and its two nodes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"kr{os.getpid()}"  # a socket's path is short
    head = ray(
        tmp_path,
        "--head",
        f"--port={port}",
        "--node-ip-address=127.0.0.1",
        "--include-dashboard=false",
        f"--temp-dir={folder}",
    )
    second = None
    try:
        assert any(wait_for(lambda: answers(port)) for _ in range(3)), (tmp_path / "ray.log").read_text()
        second = joined(tmp_path, f"127.0.0.1:{port}")
        yield f"127.0.0.1:{port}", (head, second)
    finally:
        for node in filter(None, (second, head)):
            ended(node)


def joined(top, address):
    """A node that joins a cluster."""
    node = ray(top, f"--address={address}", "--node-ip-address=127.0.0.1")
    assert any(wait_for(lambda: raylets(node)) for _ in range(3)), (top / "ray.log").read_text()
    return node


def ended(node):
    """End a node with all its processes; it may have ended before."""
    for one in processes(node):
        kill(one)
    node.kill()
    node.wait()


def answers(port):
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def processes(node):
    try:
        return psutil.Process(node.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def raylets(node):
    return [one for one in processes(node) if one.name() == "raylet"]


def kill(process):
    with suppress(psutil.NoSuchProcess):
        process.kill()


def started(top, out, *arguments):
    code = "from pipeline.cli import main; main()"
    if not REAL:
        code = (
            "import sys, tests.batch.cluster.test_two_nodes as t; from types import SimpleNamespace as N; "
            f"sys.modules['pipeline.run'] = N(run=t.read, prepare=lambda: None); {code}"
        )
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            code,
            "run",
            REAL or str(top / "in"),
            "-o",
            str(top / out),
            "--log",
            str(top / f"{out}.log"),
            *arguments,
        ],
        env=environment(top),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def outputs(out):
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and not path.name.startswith(".kehoach")
    }


def readers(notes):
    """The processes on the nodes that had documents read."""
    return {line.split()[1] for line in notes.read_text().splitlines()} if notes.exists() else set()


def events(path):
    if not path.exists():
        return []
    return [one for line in path.read_text().splitlines() if (one := json.loads(line))["event"] == "document"]


def test_a_batch_on_two_nodes_of_which_one_is_killed_is_that_of_one_machine(tmp_path, nodes):
    address, (_, second) = nodes
    for number in range(0 if REAL else 120):
        path = tmp_path / "in" / f"{number % 3}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(number % 116))  # four have the content of another
    if not REAL:
        with zipfile.ZipFile(tmp_path / "in" / "more.zip", "w") as packed:
            packed.writestr("2024/packed.txt", "packed")
    _, said = started(tmp_path, "local").communicate()
    there = outputs(tmp_path / "local")
    assert there, said
    (tmp_path / "notes").unlink(missing_ok=True)

    command = started(tmp_path, "many", "--address", address)
    if REAL:
        assert wait_for(lambda: len(events(tmp_path / "many.log")) >= 3)
    else:
        assert any(wait_for(lambda: len(readers(tmp_path / "notes")) == 2) for _ in range(3))
    below = [one.pid for one in processes(second)]
    kill(raylets(second)[0])
    _, said = command.communicate(timeout=600)
    assert command.returncode == 0, said
    assert outputs(tmp_path / "many") == there
    count = Counter(one["document"] for one in events(tmp_path / "many.log"))
    assert set(count.values()) == {1}
    assert all(gone(pid) for pid in below)


def test_without_a_cluster_it_says_so(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("a")
    command = started(tmp_path, "many", "--address", "127.0.0.1:1")
    _, said = command.communicate(timeout=600)
    assert command.returncode == 1
    assert "E910" in said
