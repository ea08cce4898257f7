"""Nothing half-written under a final name, whatever happens while writing."""

import json
import os
import signal
from pathlib import Path

import pytest

from pipeline.batch.outputs import Holder, Origin
from pipeline.batch.writing import set_aside, write
from pipeline.files import locked, sweep


def listing(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_both_files_are_written(tmp_path):
    write(tmp_path, "kế hoạch", {"json": b"{}", "txt": b"text"})
    assert listing(tmp_path) == {"kế hoạch.json": b"{}", "kế hoạch.txt": b"text"}


def test_older_files_are_replaced_and_stale_ones_removed(tmp_path):
    write(tmp_path, "a", {"json": b"1", "txt": b"one"})
    set_aside(tmp_path, "a")
    write(tmp_path, "a", {"json": b"2", "txt": b"two"})
    write(tmp_path, "a", {"json": b"3", "txt": b"three"})
    assert listing(tmp_path) == {"a.json": b"3", "a.txt": b"three"}


@pytest.mark.parametrize("moment", range(5))
def test_a_kill_at_any_moment_leaves_whole_pairs(tmp_path, monkeypatch, moment):
    """The process is killed before its first, second, … change of the folder."""
    write(tmp_path, "a", {"json": b"old", "txt": b"old"})
    process = os.fork()
    if process == 0:
        changes = iter(range(10))
        for name in ("write_bytes", "unlink", "replace"):
            original = getattr(Path, name)

            def change(self, *args, original=original, **kwargs):
                if next(changes) == moment:
                    os.kill(os.getpid(), signal.SIGKILL)
                return original(self, *args, **kwargs)

            setattr(Path, name, change)
        write(tmp_path, "a", {"json": b"new", "txt": b"new"})
        os._exit(0)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status)
    found = {name: data for name, data in listing(tmp_path).items() if not name.startswith(".")}
    if "a.json" in found:
        assert found["a.json"] == found["a.txt"]
    assert set(found.values()) <= {b"old", b"new"}
    sweep(tmp_path)
    assert all(not name.startswith(".") for name in listing(tmp_path))


@pytest.mark.parametrize("name", ["a.json", "a.txt"])
def test_a_failure_leaves_no_half_file(tmp_path, name):
    (tmp_path / name).mkdir()  # a folder stands where the file should go
    with pytest.raises(OSError):
        write(tmp_path, "a", {"json": b"new", "txt": b"new"})
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == []


def test_a_name_too_long_is_an_error_that_leaves_nothing(tmp_path):
    with pytest.raises(OSError):
        write(tmp_path, "ế" * 85, {"json": b"new", "txt": b"new"})
    assert listing(tmp_path) == {}


def test_setting_aside_renames_what_is_there(tmp_path):
    write(tmp_path, "a", {"json": b"old", "txt": b"old text"})
    (tmp_path / "a.txt").unlink()
    assert set_aside(tmp_path, "a") == ((tmp_path / "a.json", tmp_path / "a.json.stale"),)
    assert listing(tmp_path) == {"a.json.stale": b"old"}


def test_what_else_is_kept_lies_beside(tmp_path):
    write(tmp_path, "a", {"json": b"{}", "txt": b"one", "searchable.pdf": b"%PDF", "hocr": b"<html/>"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.hocr", "a.json", "a.searchable.pdf", "a.txt"]
    moved = set_aside(tmp_path, "a")
    assert {old.name for old, _ in moved} == {"a.hocr", "a.json", "a.searchable.pdf", "a.txt"}


def plan(digit, name="a.pdf"):
    """The head of the JSON of a document."""
    source = {"file_name": name, "sha256": str(digit) * 64}
    return {"json": json.dumps({"schema_version": "1.1", "source": source}).encode(), "txt": str(digit).encode()}


def test_what_another_document_has_there_is_left_as_it_is(tmp_path):
    write(tmp_path, "a", plan(1), "1" * 64)
    before = listing(tmp_path)
    held = write(tmp_path, "a", plan(2), "2" * 64)
    assert held == Holder(tmp_path / "a.json", Origin("a.pdf", "1" * 64))
    assert listing(tmp_path) == before


def test_what_another_document_has_set_aside_is_left_as_it_is(tmp_path):
    write(tmp_path, "a", plan(1), "1" * 64)
    set_aside(tmp_path, "a")
    held = write(tmp_path, "a", plan(2), "2" * 64)
    assert held == Holder(tmp_path / "a.json.stale", Origin("a.pdf", "1" * 64))


@pytest.mark.parametrize(
    "found", [b"", b"{}", b"[1]", b"\xff", b'{"source": {"file_name": 1, "sha256": 2}}', b"[" * 9000]
)
def test_what_does_not_say_whose_it_is_is_left_as_it_is(tmp_path, found):
    (tmp_path / "a.json").write_bytes(found)
    assert write(tmp_path, "a", plan(1), "1" * 64) == Holder(tmp_path / "a.json", None)
    assert listing(tmp_path) == {"a.json": found}


def test_a_fifo_where_the_output_should_go_is_left_as_it_is(tmp_path):
    os.mkfifo(tmp_path / "a.json")
    assert write(tmp_path, "a", plan(1), "1" * 64) == Holder(tmp_path / "a.json", None)


def test_the_same_document_replaces_its_output(tmp_path):
    write(tmp_path, "a", plan(1), "1" * 64)
    assert write(tmp_path, "a", plan(1) | {"txt": b"new"}, "1" * 64) is None
    assert (tmp_path / "a.txt").read_bytes() == b"new"


@pytest.mark.slow
def test_two_documents_at_once_never_mix(tmp_path):
    """Each of four processes writes its own document to one name, over and over; every pair that is seen is one's."""
    processes = []
    for digit in range(1, 5):
        process = os.fork()
        if process == 0:
            for _ in range(40):
                write(tmp_path, "a", plan(digit))
            os._exit(0)
        processes.append(process)
    while processes:
        ended, _ = os.waitpid(processes[0], os.WNOHANG)
        processes = processes[1:] if ended else processes
        with locked(tmp_path):
            found = listing(tmp_path)
        if "a.json" in found:
            assert json.loads(found["a.json"])["source"]["sha256"][:1].encode() == found["a.txt"]
