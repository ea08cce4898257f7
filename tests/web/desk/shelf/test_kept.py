"""What the inbox said of plans is kept: the next desk reads only what changed since."""

import json
import os
import sqlite3
from contextlib import closing
from threading import Event

import pytest

from pipeline.web.desk.shelf import Shelf, kept, shelving
from pipeline.web.desk.shelf.kept import FILE
from pipeline.web.desk.shelf.plans import entry_of


@pytest.fixture
def read(monkeypatch):
    """The names of plans that were read."""
    names = []
    monkeypatch.setattr(shelving, "entry_of", lambda name, file: (names.append(name), entry_of(name, file))[1])
    return names


def looked_at(folder):
    shelf = Shelf(folder)
    shelf.settle()
    return [(one.name, one.state, one.doubts, one.key, one.error and one.error.text()) for one in shelf.entries()]


def test_a_second_desk_reads_no_plan_and_says_the_same(folder, read):
    first = looked_at(folder)
    assert set(read) == {"deep/paged", "hostile", "old", "other", "plain"}
    read.clear()
    assert looked_at(folder) == first and len(first) == 4
    assert read == []


def test_what_changed_meanwhile_is_read(folder, read):
    looked_at(folder)
    read.clear()
    made = json.loads((folder / "plain.json").read_text())
    made["metadata"]["number"] = "1/KH-XYZ"
    (folder / "plain.json").write_text(json.dumps(made))
    (folder / "hostile.json").unlink()
    (folder / "deep" / "paged.corrections.jsonl").write_text("{")
    found = looked_at(folder)
    assert sorted(read) == ["deep/paged", "plain"]
    assert {name for name, *_ in found} == {"deep/paged", "plain", "old"}
    read.clear()
    assert looked_at(folder) == found and read == []


def damaged(file):
    file.write_bytes(b"no database" * 1000)


def another_programs(file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA user_version = 1")


def nonsense(file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE entry SET said = '[1]'")


@pytest.mark.parametrize("harm", [damaged, another_programs, nonsense])
def test_what_was_kept_and_cannot_be_used_is_read_again(folder, read, harm):
    first = looked_at(folder)
    harm(folder / FILE)
    assert looked_at(folder) == first
    read.clear()
    assert looked_at(folder) == first and read == []


def test_where_nobody_may_write_nothing_is_kept(folder, read):
    """A folder stands where it would be kept, which stops root too."""
    (folder / FILE).mkdir()
    first = looked_at(folder)
    assert looked_at(folder) == first and len(read) == 10


def test_plans_come_by_and_by_and_one_that_is_not_read_yet_can_be_opened(folder, monkeypatch):
    go = Event()

    def slow(name, file):
        if name == "plain":
            go.wait(60)
        return entry_of(name, file)

    monkeypatch.setattr(shelving, "entry_of", slow)
    monkeypatch.setattr(shelving, "_PATIENCE", 0.2)
    monkeypatch.setattr(shelving, "_SHOW_SECONDS", 0.0)
    shelf = Shelf(folder)
    shelf.entries()
    assert shelf.unread > 0
    assert shelf.opened("hostile").name == "hostile"
    go.set()
    shelf.settle()
    assert shelf.unread == 0 and len(shelf.entries()) == 4


def test_a_page_that_comes_before_what_was_kept_is_known_says_how_many_are_to_come(folder, monkeypatch):
    looked_at(folder)
    go = Event()
    read_kept = kept.KeptEntries.read
    monkeypatch.setattr(kept.KeptEntries, "read", lambda self: go.wait(60) and read_kept(self))
    monkeypatch.setattr(shelving, "_PATIENCE", 0.1)
    shelf = Shelf(folder)
    assert (list(shelf.entries()), shelf.unread) == ([], 5)
    go.set()
    shelf.settle()
    assert (len(shelf.entries()), shelf.unread) == (4, 0)


def test_where_the_program_says_something_else_nothing_kept_counts(folder, read, monkeypatch):
    looked_at(folder)
    read.clear()
    monkeypatch.setattr(kept, "_version", lambda: 7)
    looked_at(folder)
    assert len(read) == 5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without FIFOs")
def test_what_is_no_file_or_lies_elsewhere_is_not_opened(folder, read):
    before = looked_at(folder)
    read.clear()
    os.mkfifo(folder / "pipe.json")
    os.mkfifo(folder / "deep" / "paged.corrections.jsonl")
    (folder / "circle.json").symlink_to("circle.json")
    (folder / "out.json").symlink_to(folder.parent / "secret.json")
    (folder / "within.json").symlink_to("plain.json")
    found = {name: error for name, *_, error in looked_at(folder)}
    assert sorted(read) == ["deep/paged", "within"]
    assert found.keys() == {name for name, *_ in before} | {"within"}
    assert "FIFO" in found["deep/paged"]


def test_who_wants_to_know_is_told_once_that_all_was_read(folder):
    told = []
    shelf = Shelf(folder, lambda: told.append(len(shelf.listed())))
    shelf.settle()
    (folder / "plain.json").unlink()
    shelf.forget()
    shelf.settle()
    assert told == [4]
