"""Disks that are full, that may only be read or that are taken away: a run ends with a code, and goes on later.

Where no small disk can be mounted (that takes a right of root's), what needs one is skipped and says so.
"""

import errno
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.batch import read_journal
from pipeline.errors import KehoachError, OutputAccessError
from pipeline.ingest.office import conversion
from pipeline.ingest.scan.cache import Cache
from pipeline.ingest.scan.page import Scan
from pipeline.run import run
from tests.batch.journal.place import SETTINGS, Place, read
from tests.plans import a_plan

PROJECT = Path(__file__).parents[2]
KIB = 1 << 10
DISK = 8192  # KiB
DOCUMENTS = 16


@contextmanager
def mounted(place, *arguments):
    """A disk at a folder; the test is skipped where there can be none."""
    place.mkdir(exist_ok=True)
    if sys.platform != "linux":
        pytest.skip("mounting a small disk is Linux's")
    done = subprocess.run(["mount", *arguments, str(place)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def disk(tmp_path):
    """A disk of eight megabytes."""
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", f"size={DISK}k", "none") as place:
        yield place


@pytest.fixture
def place(tmp_path):
    """A folder of documents, of which each makes outputs of twenty kibibytes, and one of outputs."""
    made = Place(tmp_path)
    made.write(**{f"n{number:02}": f"{number}\n" + "Việc phải làm. " * 700 for number in range(DOCUMENTS)})
    return made


def fill(disk, left):
    """Leave so many KiB of a disk free."""
    (disk / "ballast").unlink(missing_ok=True)
    found = os.statvfs(disk)
    with (disk / "ballast").open("wb") as file:
        file.write(bytes(max(0, found.f_bavail * found.f_frsize - left * KIB)))


def ended(place, **choices):
    """How a run ended: the codes of its documents' errors, or that of the error that ended it."""
    try:
        _, results = place.run(**choices)
    except KehoachError as error:
        return {error.code}
    return {result.error.code for result in results if result.error}


def check_whole(out, whole):
    """What lies there of outputs is as it should be, and no JSON lies there without its text."""
    found = {path.name: path.read_bytes() for path in out.iterdir() if not path.name.startswith(".")}
    assert {name: data == whole.get(name) for name, data in found.items()} == dict.fromkeys(found, True)
    assert all(f"{name.removesuffix('.json')}.txt" in found for name in found if name.endswith(".json"))
    assert [path.name for path in out.iterdir() if path.name.endswith(".part")] == []


# From a disk on which no journal can be begun to one that holds nearly all.
@pytest.mark.parametrize("left", [0, 4, 12, 40, 100, 200, 400, 600])
def test_a_full_disk_ends_a_run_that_goes_on_once_there_is_room(place, disk, left):
    place.run()
    whole = place.outputs()
    place.out = disk / "out"
    place.out.mkdir()
    fill(disk, left)
    assert ended(place) in ({"E902"}, {"E115"})
    check_whole(place.out, whole)
    (disk / "ballast").unlink()
    names, results = place.run()
    assert [result.error for result in results] == [None] * DOCUMENTS
    assert len(names) == sum(not result.passed for result in results)
    assert place.outputs() == whole
    assert sorted(path.name for path in place.out.iterdir() if path.name.startswith(".")) == [".kehoach.db"]


def test_a_disk_that_may_only_be_read_is_left_as_it_is(place, disk):
    place.run()
    whole = place.outputs()
    place.out = disk / "out"
    place.out.mkdir()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert ended(place) == {"E902"}
    assert list(place.out.iterdir()) == []
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    place.run()
    assert place.outputs() == whole


def test_a_disk_that_the_system_stops_writing_ends_a_run_that_goes_on_later(place, tmp_path):
    """As it does after a fault of the disk, while files on it are open."""
    place.run()
    whole = place.outputs()
    image = tmp_path / "image"
    image.write_bytes(bytes(8 << 20))
    made = subprocess.run(["mkfs.ext4", "-q", "-O", "^has_journal", str(image)], capture_output=True)
    if made.returncode:
        pytest.skip("no ext4 can be made here")
    with mounted(tmp_path / "disk", "-o", "loop", str(image)) as disk:
        place.out = disk / "out"
        place.out.mkdir()
        asked = iter(range(100))

        def aborts():
            if next(asked) == 12:
                subprocess.run(["mount", "-o", "remount,abort", str(disk)], check=True)
            return True

        assert ended(place, going_on=aborts) in ({"E902"}, {"E115"})
        check_whole(place.out, whole)
    subprocess.run(["e2fsck", "-fy", str(image)], capture_output=True)
    with mounted(tmp_path / "disk", "-o", "loop", str(image)):
        place.run()
        assert place.outputs() == whole


def swells(path, settings):
    """Writes more into the folder for temporary files than a small disk holds."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes(2 * DISK * KIB))
        file.flush()
    return read(path, settings)


def test_no_room_for_temporary_files_costs_the_document_until_there_is(place, disk, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    _, results = place.run(reader=swells)
    assert {result.error and result.error.code for result in results} == {"E115"}
    assert str(disk) in results[0].error.text() and os.strerror(errno.ENOSPC) in results[0].error.text()
    assert list(disk.iterdir()) == []
    monkeypatch.undo()
    names, results = place.run(reader=swells)
    assert len(names) == DOCUMENTS and {result.error for result in results} == {None}


def test_no_room_for_what_libreoffice_writes_is_no_fault_of_the_file(disk, tmp_path, monkeypatch):
    """The failure would be kept with the file: it would not be read again."""
    source = tmp_path / "plan.rtf"
    source.write_bytes(b"{\\rtf1 " + b"K" * 10_000 + b"}")
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    monkeypatch.setattr(conversion, "program", lambda: "/bin/true")  # one that could write nothing
    for left in (40, 4):
        fill(disk, left)
        with pytest.raises(OSError) as caught:
            run(source, SETTINGS)
        assert caught.value.errno == errno.ENOSPC
        assert [path.name for path in disk.iterdir()] == ["ballast"]


def test_no_room_in_the_cache_costs_nothing_and_leaves_nothing(disk):
    cache = Cache(disk)
    fill(disk, 0)
    cache.put("ab12", Scan(595.0, 842.0, 0, 0.0, (), (), (), 0.1, None))
    assert cache.get("ab12") is None
    assert [path for path in disk.rglob("*") if path.is_file()] == [disk / "ballast"]


def stands_in(path, settings):
    """A plan of a file."""
    plan = a_plan(path.name)
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(plan.text)


def command(place, *arguments, **streams):
    """How the command ended, and what it said where that was not given a place."""
    code = (
        "import sys, tests.batch.test_no_room as t; from types import SimpleNamespace as N; "
        "sys.modules['pipeline.run'] = N(run=t.stands_in, prepare=lambda: None); "
        "from pipeline.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "run", str(place.inside), "-o", str(place.out), *arguments],
        env=os.environ | {"PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8"},
        text=True,
        **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams),
    )
    return done.returncode, done.stdout or "", done.stderr or ""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full, which is always full")
@pytest.mark.parametrize("what", ["table", "messages", "log"])
def test_words_that_cannot_be_written_cost_no_document(place, what):
    with Path("/dev/full").open("w") as full:
        given = {"table": {"stdout": full}, "messages": {"stderr": full}, "log": {}}[what]
        code, table, said = command(place, *["--log", "/dev/full"] * (what == "log"), **given)
    assert "Traceback" not in said
    assert code == (0 if what == "messages" else 1)
    if what == "table":
        assert f"{OutputAccessError.code} <stdout>: " in said
    if what == "log":
        assert said.startswith("E107 /dev/full: ")
        assert command(place)[0] == 0
    with read_journal(place.out) as results:
        assert [bool(result.output) for result in results] == [True] * DOCUMENTS
    assert len(place.outputs()) == 2 * DOCUMENTS


@pytest.mark.slow
def test_the_command_says_what_is_full_and_that_it_goes_on(place, disk):
    place.out = disk / "out"
    place.out.mkdir()
    fill(disk, 100)
    code, _, said = command(place)
    assert code == 1 and "Traceback" not in said
    assert f"{OutputAccessError.code} " in said or "E902 " in said
    (disk / "ballast").unlink()
    assert command(place)[0] == 0
    assert len(place.outputs()) == 2 * DOCUMENTS
