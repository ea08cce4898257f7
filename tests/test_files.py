"""Files that are whole or not there, what is left of them, and what is no file."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import NotAFileError
from pipeline.files import (
    abandoned_scratch,
    check_regular,
    part_for,
    placed,
    remove_scratch,
    scratch_folder,
    sweep,
    users_folder,
)

PROJECT = Path(__file__).parents[1]
HOLDING = """
import sys
from pathlib import Path
from pipeline.files import part_for
with part_for(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def parts(folder):
    return sorted(path.name for path in folder.iterdir() if path.suffix == ".part")


def test_a_file_is_there_when_it_is_whole(tmp_path):
    with placed(tmp_path / "new" / "a.txt") as part:
        part.write_text("one")
        assert not (tmp_path / "new" / "a.txt").exists()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.txt"]
    assert (tmp_path / "new" / "a.txt").read_text() == "one"


def test_writing_that_fails_leaves_what_lay_there(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ValueError), placed(tmp_path / "a.txt") as part:
        part.write_text("new")
        raise ValueError
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_files_have_the_rights_of_any_new_file(tmp_path):
    with placed(tmp_path / "a.txt") as part:
        part.write_text("one")
    (tmp_path / "b.txt").write_text("two")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_two_files_for_one_place_have_names_of_their_own(tmp_path):
    with part_for(tmp_path / "a") as one, part_for(tmp_path / "a") as other:
        assert one.path != other.path
        assert {one.path.parent, other.path.parent} == {tmp_path}


def test_what_is_being_written_is_not_swept(tmp_path):
    with part_for(tmp_path / "a"):
        sweep(tmp_path)
        assert len(parts(tmp_path)) == 1


@pytest.mark.slow
def test_what_another_program_writes_is_swept_when_that_was_killed(tmp_path):
    line = [sys.executable, "-c", HOLDING, str(tmp_path / "a")]
    other = subprocess.Popen(line, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"held\n"
        sweep(tmp_path)
        assert len(parts(tmp_path)) == 1
    finally:
        other.kill()
        other.communicate()
    sweep(tmp_path)
    assert parts(tmp_path) == []


def test_only_what_bears_our_name_is_swept(tmp_path):
    for name in (".other.part", ".kehoach-12.json.part", f".kehoach-{'0' * 32}.part.txt", "a.part"):
        (tmp_path / name).touch()
    (tmp_path / f".kehoach-{'0' * 32}.part").mkdir()
    os.mkfifo(tmp_path / f".kehoach-{'1' * 32}.part")
    (tmp_path / f".kehoach-{'2' * 32}.part").symlink_to("a.part")
    before = sorted(tmp_path.iterdir())
    sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.slow
def test_a_file_that_is_swept_before_it_is_locked_is_begun_again(tmp_path):
    """Two programs begin and sweep as fast as they can: each file that was begun can be put in its place."""
    sweeper = os.fork()
    if sweeper == 0:
        while True:
            sweep(tmp_path)
    try:
        for _ in range(200):
            with placed(tmp_path / "a") as part:
                part.write_text("whole")
            assert (tmp_path / "a").read_text() == "whole"
    finally:
        os.kill(sweeper, signal.SIGKILL)
        os.waitpid(sweeper, 0)


def test_what_is_no_file_is_told_without_being_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket"))
    (tmp_path / "link").symlink_to("pipe")
    for name, kind in (("pipe", "FIFO"), ("socket", "socket"), ("link", "FIFO"), ("/dev/null", "character device")):
        with pytest.raises(NotAFileError) as caught:
            check_regular(tmp_path / name)
        assert caught.value.params == {"kind": kind}


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(path.name), lambda path: None])
def test_what_cannot_be_a_file_is_an_error_of_the_system(tmp_path, make):
    make(tmp_path / "a")
    with pytest.raises(OSError):
        check_regular(tmp_path / "a")


def test_temporary_files_that_nobody_holds_are_found_and_removed(tmp_path, monkeypatch):
    """A process of the same number may live here while the one that left them was in another container."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / f"kehoach-{os.getpid()}-left"
    for folder in (left, tmp_path / "kehoach-slots-0", tmp_path / "another-1-c"):
        folder.mkdir()
        (folder / "page.bmp").touch()
    with scratch_folder() as used:
        with abandoned_scratch() as found:
            assert found == [left]
        assert not left.exists() and used.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another-1-c", "kehoach-slots-0"]


def test_what_a_killed_process_left_is_removed_but_not_what_one_of_its_number_uses(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / f"kehoach-{os.getpid()}-left"
    left.mkdir()
    with scratch_folder() as used:  # of a process in another container
        remove_scratch(os.getpid())
        assert not left.exists() and used.exists()


def test_a_file_that_cannot_be_begun_is_named_by_its_place(tmp_path):
    with pytest.raises(FileNotFoundError) as error, part_for(tmp_path / "none" / "a.json"):
        pass
    assert error.value.filename == str(tmp_path / "none" / "a.json")


def test_temporary_files_of_another_user_are_left(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "kehoach-1-a").mkdir()
    monkeypatch.setattr("os.getuid", lambda: tmp_path.stat().st_uid + 1)
    with abandoned_scratch() as found:
        assert found == []


def test_the_folder_of_a_user_stays_the_same_when_the_place_for_temporary_files_changes(tmp_path, monkeypatch):
    users_folder.cache_clear()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = users_folder("test")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "else"))
    assert users_folder("test") == found
    assert found.parent == tmp_path and found.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("made", ["writable for all", "a link", "another's"])
def test_a_folder_that_others_may_change_is_not_taken_for_the_users(tmp_path, monkeypatch, made):
    users_folder.cache_clear()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    place = tmp_path / f"kehoach-test-{os.getuid()}"
    if made == "a link":
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    else:
        place.mkdir()
        place.chmod(0o777 if made == "writable for all" else 0o700)
    if made == "another's":
        place.rename(tmp_path / f"kehoach-test-{os.getuid() + 1}")
        other = os.getuid() + 1
        monkeypatch.setattr("os.getuid", lambda: other)
    found = users_folder("test")
    assert found != place and found.parent == tmp_path and not found.is_symlink()
    users_folder.cache_clear()
