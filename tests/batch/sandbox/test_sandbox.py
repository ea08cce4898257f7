"""What a process that is confined can still do, and what not."""

import ctypes
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.batch import sandbox
from pipeline.batch.pool import read_all, supply_of
from pipeline.batch.result import Failure, ReadDocument
from pipeline.batch.sandbox import landlock, seccomp
from pipeline.settings import Settings
from tests.plans import a_plan

pytestmark = pytest.mark.skipif(sys.platform != "linux" or bool(sandbox.missing()), reason="not to be had here")

DOC = Path(__file__).parents[2] / "data"


def confined(action, *writable):
    """What an action says in a process that is confined; the name of its exception where it fails."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            sandbox.confine([Path("/dev/null"), *writable])
            said = repr(action())
        except BaseException as error:
            said = type(error).__name__
        os.write(writing, said.encode()[:60_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


def test_it_reads_what_it_could(tmp_path):
    (tmp_path / "a").write_text("b")
    assert confined((tmp_path / "a").read_text) == "'b'"


@pytest.mark.parametrize(
    "change",
    [
        lambda here: (here / "new").write_text(""),
        lambda here: (here / "a").open("r+"),
        lambda here: (here / "a").unlink(),
        lambda here: (here / "a").rename(here / "b"),
        lambda here: (here / "folder").mkdir(),
        lambda here: (here / "link").symlink_to("a"),
        lambda here: os.truncate(here / "a", 0),
        lambda here: (here / "a").chmod(0o777),
        lambda here: os.utime(here / "a"),
        lambda here: os.setxattr(here / "a", "user.a", b""),
        lambda here: os.mkfifo(here / "fifo"),
    ],
)
def test_it_changes_nothing(tmp_path, change):
    (tmp_path / "a").write_text("b")
    assert confined(lambda: change(tmp_path)) == "PermissionError"
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "b")]


def test_it_writes_where_it_may(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()

    def write():
        (inside / "a").write_text("1")
        (inside / "folder").mkdir()
        (inside / "a").rename(inside / "folder" / "b")
        shutil.copyfile(inside / "folder" / "b", inside / "c")
        (inside / "c").unlink()
        return (inside / "folder" / "b").read_text()

    assert confined(write, inside) == "'1'"


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.socket(socket.AF_INET),
        lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
        lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
        lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM),
        lambda: socket.socket(socket.AF_UNIX).connect("/run/dbus/system_bus_socket"),
    ],
)
def test_it_reaches_no_network_and_no_other_program(reach):
    assert confined(reach) == "PermissionError"


def test_a_socket_that_listens_is_not_reached(tmp_path):
    with socket.socket(socket.AF_UNIX) as there:
        there.bind(str(tmp_path / "s"))
        there.listen()
        assert confined(lambda: socket.socket(socket.AF_UNIX).connect(str(tmp_path / "s"))) == "PermissionError"


def test_it_signals_none_but_its_own():
    assert confined(lambda: os.kill(os.getppid(), 0)) == "PermissionError"

    def own():
        started = subprocess.Popen(["sleep", "60"])
        started.kill()
        return started.wait()

    assert confined(own) == "-9"


def test_calls_of_another_table_fail():
    number = 0x40000000 + 39  # getpid by the numbers of x32

    def call():
        found = ctypes.CDLL(None, use_errno=True).syscall(number)
        return found, ctypes.get_errno()

    if platform.machine() == "x86_64":
        assert confined(call) == "(-1, 1)"


def test_it_makes_no_namespaces():
    assert confined(lambda: subprocess.run(["unshare", "-U", "true"], stderr=subprocess.DEVNULL).returncode) != "0"


def test_what_it_starts_is_confined_too(tmp_path):
    def start():
        return subprocess.run(["sh", "-c", f"echo > {tmp_path}/a"], stderr=subprocess.DEVNULL).returncode

    assert confined(start) not in ("0", "PermissionError")
    assert list(tmp_path.iterdir()) == []


def test_threads_and_programs_start():
    def start():
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()
        return subprocess.run(["sh", "-c", "true >/dev/null"]).returncode

    assert confined(start) == "0"


def test_where_the_system_can_do_nothing_nothing_is_tried(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    monkeypatch.setattr(seccomp, "known", lambda: False)
    assert sandbox._absent() == sandbox.PARTS
    sandbox.confine([])
    assert socket.socket().close() is None


def test_where_landlock_is_old_signals_are_told(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 3)
    assert sandbox._absent() == ("signals",)


def read(path, settings):
    """Writes where the file's name says."""
    match path.stem:
        case "out":
            path.with_suffix(".made").write_text("")
        case "scratch":
            import tempfile

            Path(tempfile.mkdtemp(), "a").write_text("")
        case "kill":
            os.kill(os.getppid(), signal.SIGTERM)
    return a_plan(path.name)


def test_what_reads_documents_is_confined(tmp_path):
    paths = {0: tmp_path / "out", 1: tmp_path / "scratch", 2: tmp_path / "kill"}
    found = dict(
        (index, outcome)
        for index, _, outcome in read_all(supply_of(paths), read, Settings(jobs=1, document_seconds=60))
    )
    assert [type(found[number]) for number in range(3)] == [Failure, ReadDocument, Failure]
    assert "PermissionError" in found[0].error.message() and "PermissionError" in found[2].error.message()
    assert list(tmp_path.iterdir()) == []


def test_it_is_not_where_the_settings_say_so(tmp_path):
    settings = Settings(jobs=1, document_seconds=60, sandbox="off")
    ((_, _, outcome),) = read_all(supply_of({0: tmp_path / "out"}), read, settings)
    assert isinstance(outcome, ReadDocument)
