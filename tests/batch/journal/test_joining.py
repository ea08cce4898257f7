"""Several runs in one folder: each document is taken by one of them, and what one leaves another does."""

import multiprocessing
import os
import signal
import sqlite3
import time
from contextlib import ExitStack, closing, suppress
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.batch import collect, open_journal, run_batch
from pipeline.batch.journal import FILE, leases, presence
from pipeline.batch.journal.file import connect
from pipeline.batch.journal.presence import at_work
from pipeline.errors import FolderTakenError, JournalError, RunDiffersError
from pipeline.settings import Settings
from tests.plans import TEXT, a_plan
from tests.processes import wait_for

SETTINGS = Settings(jobs=1, document_seconds=60, sandbox="off")  # what reads here leaves notes


def read(path, settings):
    """A plan of a file, which notes who read it; the file may say to wait until another is there."""
    with (path.parent / ".read").open("a") as noted:
        noted.write(f"{path.name} {os.getppid()}\n")
    content = path.read_text()
    if content.startswith("until "):
        assert wait_for((path.parent / content.removeprefix("until ")).exists)
    text = f"{TEXT}\n{content}"
    plan = a_plan(path.name, text)
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(text)


def run(inside, out, join=False, settings=SETTINGS, **choices):
    """The results of a run, in order."""
    with open_journal(out, settings, join) as journal:
        results = list(run_batch(collect([inside], out), journal, read, settings, **choices))
        return sorted(results, key=lambda result: result.index), journal.not_in_run


def elsewhere(inside, out, **choices):
    """A run in a process of its own."""
    started = multiprocessing.get_context("fork").Process(target=run, args=(inside, out), kwargs=choices)
    started.start()
    return started


def readers(inside):
    """Who read each file, by its name; more than one where it was read more than once."""
    noted = [line.split() for line in (inside / ".read").read_text().splitlines()]
    return {name: [who for other, who in noted if other == name] for name, _ in noted}


def outputs(out):
    return {path.name: path.read_bytes() for path in out.iterdir() if not path.name.startswith(".")}


@pytest.fixture
def place(tmp_path):
    inside, out = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    out.mkdir()
    return inside, out


def write(inside, **contents):
    for name, content in contents.items():
        (inside / f"{name}.txt").write_text(content)


def test_a_run_that_joins_takes_documents_that_nobody_has_in_hand(place):
    inside, out = place
    write(inside, a="until .go", b="2", c="3")
    first = elsewhere(inside, out)
    assert wait_for((inside / ".read").exists)

    def joined():
        (inside / ".go").touch()
        return True

    with open_journal(out, SETTINGS, join=True) as journal:
        batch = run_batch(collect([inside], out), journal, read, SETTINGS, going_on=joined)
        results = sorted(batch, key=lambda result: result.index)
    first.join()
    assert [result.path.name for result in results] == ["a.txt", "b.txt", "c.txt"]
    assert all(len(who) == 1 for who in readers(inside).values())
    assert first.exitcode == 0 and sorted(outputs(out)) == sorted(f"{n}.{s}" for n in "abc" for s in ("json", "txt"))


def test_both_give_the_results_of_all(place):
    inside, out = place
    write(inside, a="until .go", b="2")
    first = elsewhere(inside, out)
    assert wait_for((inside / ".read").exists)
    taken = []

    def going_on():
        if (inside / ".read").read_text().count("\n") == 2:
            taken.append(1)
            (inside / ".go").touch()
        return True

    with open_journal(out, SETTINGS, join=True) as journal:
        results = list(run_batch(collect([inside], out), journal, read, SETTINGS, going_on=going_on))
    first.join()
    assert taken and len(set(map(tuple, readers(inside).values()))) == 2  # one each
    assert {result.path.name: result.passed for result in results} == {"a.txt": False, "b.txt": False}


def test_what_a_run_that_was_killed_had_in_hand_is_read_by_the_other(place, monkeypatch):
    monkeypatch.setattr(leases, "LEASE_SECONDS", 2.0)
    inside, out = place
    write(inside, a="until .never", b="2")
    first = elsewhere(inside, out)
    assert wait_for((inside / ".read").exists)
    os.kill(first.pid, signal.SIGKILL)
    first.join()
    write(inside, a="1")
    results, _ = run(inside, out, join=True)
    assert [result.error for result in results] == [None, None]
    assert sorted(outputs(out)) == ["a.json", "a.txt", "b.json", "b.txt"]


def test_a_lease_that_ran_out_is_taken_over_and_its_holder_writes_nothing(place):
    inside, out = place
    write(inside, a="until .go")
    first = elsewhere(inside, out)
    assert wait_for((inside / ".read").exists)
    os.kill(first.pid, signal.SIGSTOP)
    try:
        with sqlite3.connect(out / FILE) as connection:
            assert connection.execute("UPDATE document SET until = 1").rowcount == 1
        (inside / ".go").touch()
        results, _ = run(inside, out, join=True)
        made = out / "a.json"
        before = made.stat().st_mtime_ns
    finally:
        os.kill(first.pid, signal.SIGCONT)
    first.join()
    assert [result.error for result in results] == [None]
    assert made.stat().st_mtime_ns == before
    assert len(readers(inside)["a.txt"]) == 2


def test_a_lease_is_renewed_while_a_document_is_read(place, monkeypatch):
    monkeypatch.setattr(leases, "LEASE_SECONDS", 2.0)
    monkeypatch.setattr(leases, "_RENEW_SECONDS", 0.1)
    inside, out = place
    write(inside, a="until .go")
    first = elsewhere(inside, out)
    assert wait_for((inside / ".read").exists)
    time.sleep(3)
    with sqlite3.connect(f"file:{out / FILE}?mode=ro", uri=True) as connection:
        (until,) = connection.execute("SELECT until FROM document").fetchone()
    (inside / ".go").touch()
    first.join()
    assert until > time.time() - 1


@pytest.mark.parametrize(("back", "free"), [(30, False), (86_400, True)])
def test_a_lease_of_before_the_clock_was_set_back_does_not_last_a_day(tmp_path, monkeypatch, back, free):
    with closing(connect(tmp_path / FILE)) as connection:
        connection.execute("INSERT INTO document (path, shown, run, place, state) VALUES (?, ?, 1, 0, 'waiting')", "aa")
        killed, other = leases.Leases(connection), leases.Leases(connection)
        killed.run = other.run = 1
        assert killed.take("a") is not None
        real = time.time
        monkeypatch.setattr("time.time", lambda: real() - back)
        assert (other.take("a") is not None) == free


def test_what_a_stop_leaves_is_free_at_once(place):
    inside, out = place
    write(inside, a="1", b="2")
    with open_journal(out, SETTINGS) as journal:
        batch = run_batch(collect([inside], out), journal, read, SETTINGS)
        next(batch)
        batch.close()
        rows = journal.connection.execute("SELECT until FROM document WHERE state = 'waiting'").fetchall()
    assert [row["until"] or 0 for row in rows] == [0]


def test_documents_of_one_content_are_taken_together(place):
    inside, out = place
    write(inside, a="same", b="same", c="same")
    results, _ = run(inside, out)
    assert list(readers(inside)) == ["a.txt"]
    assert [result.same_as and result.same_as.name for result in results] == [None, "a.txt", "a.txt"]


def test_what_is_left_of_documents_of_one_content_is_written_from_what_was_read(place):
    inside, out = place
    write(inside, a="same", b="same")
    with open_journal(out, SETTINGS) as journal:
        batch = run_batch(collect([inside], out), journal, read, SETTINGS)
        next(batch)
        journal.connection.execute("UPDATE document SET until = 1, holder = 'gone' WHERE state = 'waiting'")
        rest = list(batch)
    assert [result.path.name for result in rest] == ["b.txt"]
    assert list(readers(inside)) == ["a.txt"] and len(readers(inside)["a.txt"]) == 1


def test_a_document_that_the_run_does_not_have_is_left(place):
    inside, out = place
    write(inside, a="until .go")
    first = elsewhere(inside, out)
    assert wait_for((inside / ".read").exists)
    write(inside, b="2")
    (inside / ".go").touch()
    results, strange = run(inside, out, join=True)
    first.join()
    assert strange in (0, 1)  # 0 where the first was done before we came, and it was a run of our own
    assert len(results) == 2 if not strange else len(results) <= 1  # none where the other took the first just then


@pytest.mark.parametrize(
    ("change", "what"),
    [({"tone_placement": "modern"}, "settings"), ({"max_pages": 7}, "limits"), ({"hocr": True}, "copies")],
)
def test_a_run_that_would_write_something_else_does_not_join(place, change, what):
    inside, out = place
    with open_journal(out, SETTINGS) as journal:
        journal.begin([], [])
        journal.plan({}, [], [])
        other = SETTINGS.model_copy(update=change)
        with pytest.raises(RunDiffersError, match=what), open_journal(out, other, join=True):
            pass


def test_who_joins_where_nobody_is_begins(place):
    inside, out = place
    write(inside, a="1")
    results, _ = run(inside, out, join=True)
    assert [result.output for result in results] == [out / "a.json"]
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == [FILE]


@pytest.mark.parametrize("at", [0, 1])
def test_of_two_that_begin_to_join_at_once_one_is_the_first(tmp_path, monkeypatch, at):
    lock, asked, others = presence._lock, [], ExitStack()

    def between(path, kind, stack):
        asked.append(path)
        if len(asked) == at + 1:
            with suppress(TimeoutError):
                others.enter_context(at_work(tmp_path, join=True, goes_on=lambda: True))
        return lock(path, kind, stack)

    def gives_up(_):
        raise TimeoutError

    monkeypatch.setattr(presence, "_lock", between)
    monkeypatch.setattr(presence.time, "sleep", gives_up)
    with others, suppress(TimeoutError), at_work(tmp_path, join=True) as found:
        assert found.first
        return
    assert at == 0  # the other was the first, and plans


def test_a_run_that_ended_is_not_joined_but_waited_for(place):
    inside, out = place
    write(inside, a="1")
    with open_journal(out, SETTINGS) as journal:
        list(run_batch(collect([inside], out), journal, read, SETTINGS))
        write(inside, b="2")
        late = elsewhere(inside, out, join=True)
        time.sleep(0.5)
        assert late.is_alive()
    late.join()
    assert sorted(outputs(out)) == ["a.json", "a.txt", "b.json", "b.txt"]


def test_a_run_that_ended_and_does_not_leave_is_not_waited_for_without_end(place, monkeypatch):
    monkeypatch.setattr(presence, "_LEAVING", 0.1, raising=False)
    _, out = place
    with open_journal(out, SETTINGS) as journal:
        list(run_batch([], journal, read, SETTINGS))
        with pytest.raises(FolderTakenError), open_journal(out, SETTINGS, join=True):
            pass


def test_where_only_one_that_joined_is_left_no_other_begins(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.batch.journal.presence._PATIENCE", 0.1)
    with at_work(tmp_path) as first:
        first.planned()
        with at_work(tmp_path, join=True) as second:
            assert (first.first, second.first) == (True, False)
            with pytest.raises(FolderTakenError), at_work(tmp_path):
                pass
    assert list(tmp_path.iterdir()) == []


def test_who_joins_waits_until_the_first_has_planned(tmp_path):
    with at_work(tmp_path) as first:
        beside = multiprocessing.get_context("fork").Process(target=_joins, args=(tmp_path,))
        beside.start()
        time.sleep(0.3)
        assert not (tmp_path / "joined").exists()
        first.planned()
        assert wait_for((tmp_path / "joined").exists)
        beside.join()


def _joins(folder: Path):
    with at_work(folder, join=True) as presence:
        (folder / "joined").write_text(str(presence.first))


def test_a_journal_of_another_version_is_not_begun_anew_by_who_joins(place):
    _, out = place
    with open_journal(out, SETTINGS) as journal:
        journal.begin([], [])
        journal.plan({}, [], [])
        journal.connection.execute("PRAGMA user_version = 99")
        with pytest.raises(JournalError), open_journal(out, SETTINGS, join=True):
            pass
        assert journal.connection.execute("SELECT count(*) FROM run").fetchone()[0] == 1
