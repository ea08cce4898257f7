"""Which files of a watched folder are to be read, and when."""

import os
from pathlib import Path

import pytest

from pipeline.batch import FileResult
from pipeline.batch.inbox import AGAIN_SECONDS, Inbox
from pipeline.errors import FileAccessError, ProtectedError

STILL = 10.0


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def inbox(folder):
    return Inbox(folder, folder / "out", STILL)


def names(files):
    return [file.below.as_posix() for file in files]


def test_a_file_is_given_once_it_stood_still(folder, inbox):
    (folder / "a.txt").write_text("a")
    assert [names(inbox.look(now)) for now in (0, 9, 10, 11, 1000)] == [[], [], ["a.txt"], [], []]


def test_a_file_that_grows_waits_until_it_does_no_more(folder, inbox):
    (folder / "a.txt").write_text("a")
    inbox.look(0)
    (folder / "a.txt").write_text("a whole one")
    assert [names(inbox.look(now)) for now in (9, 18, 19)] == [[], [], ["a.txt"]]


def test_a_file_that_changes_is_given_again(folder, inbox):
    (folder / "a.txt").write_text("a")
    inbox.look(0)
    inbox.look(10)
    os.utime(folder / "a.txt", ns=(1, 1))
    assert [names(inbox.look(now)) for now in (20, 30)] == [[], ["a.txt"]]


def test_a_file_that_went_and_came_again_is_a_new_one(folder, inbox):
    (folder / "a.txt").write_text("a")
    inbox.look(0)
    inbox.look(10)
    (folder / "a.txt").rename(folder.parent / "a.txt")
    inbox.look(20)
    (folder.parent / "a.txt").rename(folder / "a.txt")
    assert [names(inbox.look(now)) for now in (30, 40)] == [[], ["a.txt"]]


def test_one_that_is_written_keeps_no_other_waiting(folder, inbox):
    (folder / "sub").mkdir()
    (folder / "sub" / "b.txt").write_text("b")
    (folder / "a.txt").write_text("a")
    inbox.look(0)
    (folder / "a.txt").write_text("aa")
    assert names(inbox.look(10)) == ["sub/b.txt"]


@pytest.mark.parametrize("name", [".hidden.txt", "kh.pdf.part", "kh.pdf.crdownload", "KH.TMP", "~$kh.docx"])
def test_what_is_not_whole_by_its_name_is_left(folder, inbox, name):
    (folder / name).write_text("a")
    inbox.look(0)
    assert names(inbox.look(100)) == []


def test_results_within_the_folder_are_left(folder, inbox):
    (folder / "out").mkdir()
    (folder / "out" / "a.txt").write_text("a")
    inbox.look(0)
    assert names(inbox.look(100)) == []


def test_a_file_that_cannot_be_looked_at_is_given_so_that_reading_it_says_why(folder, inbox):
    (folder / "a.pdf").symlink_to(folder / "a.pdf")
    inbox.look(0)
    assert names(inbox.look(10)) == ["a.pdf"]


def test_a_drive_that_was_away_brings_nothing_twice(folder, inbox):
    (folder / "a.txt").write_text("a")
    inbox.look(0)
    inbox.look(10)
    folder.rename(folder.parent / "away")
    assert names(inbox.look(20)) == []
    (folder.parent / "away").rename(folder)
    assert [names(inbox.look(now)) for now in (30, 40)] == [[], []]


@pytest.mark.parametrize("within", ["", "kh.txt"])
def test_a_failure_of_the_place_is_tried_again_after_a_while(folder, inbox, within):
    (folder / "a.zip").write_text("a")
    inbox.look(0)
    inbox.look(10)
    shown = folder / "a.zip" / within
    inbox.note(FileResult(0, shown, 1.0, error=FileAccessError(file=str(shown), reason="away")), 20)
    assert [names(inbox.look(now)) for now in (79, 20 + AGAIN_SECONDS, 200)] == [[], ["a.zip"], []]


def test_a_failure_of_the_document_is_not(folder, inbox):
    (folder / "a.pdf").write_text("a")
    inbox.look(0)
    inbox.look(10)
    inbox.note(FileResult(0, Path(folder / "a.pdf"), 1.0, error=ProtectedError(file="a.pdf")), 20)
    assert names(inbox.look(1000)) == []


class Clock:
    """A time that goes on where one waits for it to."""

    def __init__(self):
        self.now, self.naps = 100.0, 0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now, self.naps = self.now + seconds, self.naps + 1


def test_the_folder_is_looked_through_every_few_seconds_until_a_stop(folder, inbox, monkeypatch):
    clock = Clock()
    monkeypatch.setattr("pipeline.batch.inbox.time", clock)
    (folder / "a.txt").write_text("a")
    found = [names(files) for files in inbox.looks(lambda: clock.now < 115)]
    assert (found.count([]), found.count(["a.txt"]), found.index(["a.txt"])) == (7, 1, 5)
    assert clock.naps > 100
