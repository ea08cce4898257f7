"""Nothing half-written under a final name, whatever happens while writing."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from pipeline.batch.writing import set_aside, sweep, write


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
    assert not (tmp_path / "a.json").is_file()


def test_a_name_too_long_is_an_error_that_leaves_nothing(tmp_path):
    with pytest.raises(OSError):
        write(tmp_path, "ế" * 85, {"json": b"new", "txt": b"new"})
    assert listing(tmp_path) == {}


def test_setting_aside_renames_what_is_there(tmp_path):
    write(tmp_path, "a", {"json": b"old", "txt": b"old text"})
    (tmp_path / "a.txt").unlink()
    assert set_aside(tmp_path, "a") == ((tmp_path / "a.json", tmp_path / "a.json.stale"),)
    assert listing(tmp_path) == {"a.json.stale": b"old"}


def test_parts_of_a_living_run_are_kept(tmp_path):
    ended = subprocess.Popen(["true"])
    ended.wait()
    (tmp_path / f".kehoach-{ended.pid}.json.part").touch()
    (tmp_path / f".kehoach-{os.getpid()}.json.part").touch()
    (tmp_path / ".other.part").touch()
    sweep(tmp_path)
    assert sorted(listing(tmp_path)) == [f".kehoach-{os.getpid()}.json.part", ".other.part"]


def test_what_else_is_kept_lies_beside(tmp_path):
    write(tmp_path, "a", {"json": b"{}", "txt": b"one", "searchable.pdf": b"%PDF", "hocr": b"<html/>"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.hocr", "a.json", "a.searchable.pdf", "a.txt"]
    moved = set_aside(tmp_path, "a")
    assert {old.name for old, _ in moved} == {"a.hocr", "a.json", "a.searchable.pdf", "a.txt"}
