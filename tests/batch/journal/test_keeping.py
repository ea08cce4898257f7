"""What a second run passes over, reads again and says."""

import errno
import os
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter

import pytest

from pipeline.batch import collect, open_journal, read_journal, run_batch, running, sandbox
from pipeline.batch.journal import FILE, keeping, stages
from pipeline.batch.journal.presence import at_work
from pipeline.batch.naming import assign
from pipeline.errors import FolderGoneError, FolderTakenError, JournalError, NoJournalError, OutputAccessError
from tests.batch.journal.place import SETTINGS, read


def test_what_is_unchanged_is_passed_over_with_what_was_found(place):
    place.write(a="1", b="2")
    _, before = place.run()
    names, after = place.run()
    assert names == []
    assert [result.passed for result in after] == [True, True]
    assert [(one.figures, tuple(one.warnings), one.output) for one in after] == [
        (one.figures, tuple(one.warnings), one.output) for one in before
    ]


def test_what_is_new_is_read(place):
    place.write(a="1")
    place.run()
    place.write(b="2")
    assert place.run()[0] == ["b.txt"]


def test_all_is_read_where_that_is_asked_for(place):
    place.write(a="1")
    place.run()
    assert place.run(resume=False)[0] == ["a.txt"]


@pytest.mark.parametrize("name", ["a.json", "a.txt"])
@pytest.mark.parametrize("change", ["gone", "another"])
def test_a_document_whose_outputs_do_not_lie_there_as_written_is_read_again(place, name, change):
    place.write(a="1", b="2")
    place.run()
    before = place.outputs()
    output = place.out / name
    output.unlink() if change == "gone" else output.write_bytes(output.read_bytes()[:-1] + b" ")
    assert place.run()[0] == ["a.txt"]
    assert place.outputs() == before


def test_an_output_that_was_only_copied_is_left_as_it_is(place):
    place.write(a="1")
    place.run()
    data = (place.out / "a.json").read_bytes()
    (place.out / "a.json").unlink()
    (place.out / "a.json").write_bytes(data)
    assert place.run()[0] == []


def test_outputs_and_documents_that_were_moved_are_known(place, tmp_path):
    place.write(a="1")
    place.run()
    (tmp_path / "elsewhere").mkdir()
    for name in ("in", "out"):
        shutil.move(tmp_path / name, tmp_path / "elsewhere" / name)
    place.inside, place.out = tmp_path / "elsewhere" / "in", tmp_path / "elsewhere" / "out"
    assert place.run()[0] == []


def test_a_change_of_the_program_or_of_what_changes_the_reading_reads_again(place, monkeypatch):
    place.write(a="1")
    place.run()
    assert place.run(SETTINGS.model_copy(update={"tone_placement": "modern"}))[0] == ["a.txt"]
    monkeypatch.setattr(keeping, "stages", lambda: '{"extract": "another"}')
    with open_journal(place.out, SETTINGS) as journal:
        list(run_batch(collect([place.inside], place.out), journal, read, SETTINGS))
    assert (journal.read_again, "extract" in journal.rooms) == (1, True)


@pytest.mark.parametrize(
    ("name", "value"), [("document_seconds", 30.0), ("jobs", 1), ("lang", "vi"), ("database", "x")]
)
def test_a_setting_that_changes_nothing_of_what_was_read_reads_nothing_again(place, name, value):
    place.write(a="1")
    place.run()
    assert place.run(SETTINGS.model_copy(update={name: value}))[0] == []


def test_a_copy_that_was_not_wanted_before_reads_again(place):
    place.write(a="1")
    place.run()
    assert place.run(SETTINGS.model_copy(update={"hocr": True}))[0] == ["a.txt"]
    assert place.run()[0] == []


def test_a_failure_is_told_again_and_tried_when_asked(place):
    place.write(a="fail", b="2")
    place.run()
    names, (failed, _) = place.run()
    assert (names, failed.error.text()) == ([], f"E103 {place.inside / 'a.txt'}, p. 2: {failed.error.message()}")
    assert failed.passed and failed.stale == ()
    assert place.run(retry_failed=True)[0] == ["a.txt"]


def test_the_results_are_counted_as_they_are_gone_through(place):
    place.write(a="fail", b="2", c="2")
    for passed in (False, True):
        place.run()
        with read_journal(place.out) as results:
            assert results.counts() == Counter((one.passed, one.error is not None) for one in results)
            assert results.counts() == {(passed, False): 2, (passed, True): 1}
            assert [one.path.name for one in results.errors()] == ["a.txt"]
            assert [(one.path.name, one.same_as.name) for one in results.doubles()] == [("c.txt", "b.txt")]


def test_a_failure_is_tried_again_under_another_limit(place):
    place.write(a="fail", b="2")
    place.run()
    assert place.run(SETTINGS.model_copy(update={"document_seconds": 40.0}))[0] == ["a.txt"]


def test_a_document_that_lost_a_page_is_tried_again_when_asked(place):
    place.write(a="lost", b="2")
    place.run()
    assert place.run()[0] == []
    assert place.run(retry_failed=True)[0] == ["a.txt"]


def test_a_failure_of_the_place_is_tried_again_each_time(place, monkeypatch):
    place.write(a="1")

    def full(*_):
        raise OSError(errno.EACCES, "no")

    with monkeypatch.context() as patched:
        patched.setattr(running, "write", full)
        _, (failed,) = place.run()
    assert isinstance(failed.error, OutputAccessError)
    assert place.run()[0] == ["a.txt"]


def test_a_name_too_long_for_an_output_is_the_failure_of_its_document_each_time(place):
    place.write(b="2")
    (place.inside / ("x" * 251)).write_text("1")
    for _ in range(2):
        _, (_, failed) = place.run()
        assert isinstance(failed.error, OutputAccessError)


def test_a_name_to_which_no_other_ending_can_be_given_ends_no_run(place):
    name = "x" * 249
    for content in ("1", "2"):
        (place.inside / f"{name}.txt").write_text(content)
        place.write(b=content)
        names, results = place.run(replace=True) if content == "2" else place.run()
        assert len(results) == 2


@pytest.mark.parametrize("change", ["removed", "emptied", "replaced"])
def test_a_folder_that_goes_while_a_run_is_at_work_ends_it(place, tmp_path, change):
    """What was written went with it: no run that says it wrote all."""
    place.write(a="1", b="2", c="3", d="4")
    with pytest.raises(FolderGoneError), open_journal(place.out, SETTINGS) as journal:
        for result in run_batch(collect([place.inside], place.out), journal, read, SETTINGS):
            if result.index == 1:
                shutil.rmtree(place.out) if change != "replaced" else place.out.rename(tmp_path / "before")
                if change != "removed":
                    place.out.mkdir()
    place.out.mkdir(exist_ok=True)
    assert [path.name for path in place.out.iterdir()] == []
    place.run()
    assert len(place.outputs()) == 8


def test_where_there_is_no_room_nothing_more_is_begun(place, monkeypatch):
    place.write(**{f"n{number}": str(number) for number in range(20)})

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(running, "write", full)
        names, _ = place.run(SETTINGS.model_copy(update={"jobs": 1}))
    assert len(names) <= 3
    assert len(place.run()[0]) == 20


@pytest.mark.parametrize("theirs", [False, True])
def test_what_a_kill_left_of_the_outputs_does_not_take_their_name(place, monkeypatch, theirs):
    """Killed between the text and the JSON; a file that is not the one we were about to write stays where it is."""
    place.write(a="1")

    def killed(out, stem, files, sha256):
        (out / f"{stem}.txt").write_bytes(b"theirs" if theirs else files["txt"])
        raise SystemExit

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(running, "write", killed)
        place.run()
    place.run()
    made = ["a.txt", "a.txt.json", "a.txt.txt"] if theirs else ["a.json", "a.txt"]
    assert sorted(place.outputs()) == made


def test_a_document_is_counted_as_often_as_it_was_tried(place):
    place.write(a="fail")
    for _ in range(3):
        place.run(retry_failed=True)
    with read_journal(place.out) as results:
        assert [row["attempts"] for row in results.rows()] == [3]


def test_a_stop_leaves_the_rest_for_the_next_run(place):
    place.write(**{f"n{number}": str(number) for number in range(10)})
    asked = iter([True] * 14)
    names, _ = place.run(SETTINGS.model_copy(update={"jobs": 1}), going_on=lambda: next(asked, False))
    assert 0 < len(names) < 10
    with read_journal(place.out) as results:
        assert results.waiting() == 10 - len(names)
    assert len(place.run()[0]) == 10 - len(names)


def test_a_changed_document_is_another_one(place):
    place.write(a="1")
    place.run()
    place.write(a="2")
    _, (refused,) = place.run()
    assert refused.error.code == "E120"
    assert place.run(replace=True)[0] == ["a.txt"]


def test_a_file_that_has_not_changed_for_long_is_not_hashed_again(place, monkeypatch):
    place.write(a="1")
    monkeypatch.setattr(keeping, "_RACE", -(10**12))  # it was written just now
    place.run()
    monkeypatch.setattr(keeping, "sha256_of", lambda path: pytest.fail(f"{path} was hashed"))
    assert place.run()[0] == []


def test_a_run_that_is_given_more_documents_goes_on_as_one(place):
    place.write(b="b", c="c")
    with open_journal(place.out, SETTINGS) as journal:
        first = list(run_batch(collect([place.inside], place.out), journal, read, SETTINGS))
        place.write(a="a")
        new = [one for one in collect([place.inside], place.out) if one.path.name in ("a.txt", "c.txt")]
        second = {one.path.name: one.passed for one in run_batch(new, journal, read, SETTINGS)}
        assert [one.path.name for one in journal] == ["b.txt", "a.txt", "c.txt"]
        assert not any(one.passed for one in journal)
    assert len(first) == 2
    assert second == {"a.txt": False, "c.txt": True}


def test_a_report_of_a_run_that_begins_reads_documents_whose_name_is_anothers_now(place):
    place.write(a="a")
    place.run()
    place.write(a="changed")
    files = collect([place.inside], place.out)
    with open_journal(place.out, SETTINGS) as journal:
        journal.begin(assign(files, place.out), files)
        assert [one.output for one in journal] == [None]


def test_names_that_are_no_unicode_are_kept(place):
    (place.inside / os.fsdecode(b"k\xff.txt")).write_text("1")
    place.run()
    names, (result,) = place.run()
    assert (names, result.path.name) == ([], os.fsdecode(b"k\xff.txt"))


def test_one_run_at_a_time_works_in_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.batch.journal.presence._PATIENCE", 0.1)
    with at_work(tmp_path):
        with pytest.raises(FolderTakenError) as raised, open_journal(tmp_path, SETTINGS):
            pass
        assert raised.value.params["process"] == str(os.getpid())
    with open_journal(tmp_path, SETTINGS):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_damaged_journal_is_named(tmp_path):
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(JournalError, match=FILE), open_journal(tmp_path, SETTINGS):
        pass


def test_the_journal_of_another_version_is_begun_anew(place):
    place.write(a="1")
    place.run()
    with sqlite3.connect(place.out / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert place.run()[0] == ["a.txt"]


def test_a_folder_without_a_journal_has_none_to_read(tmp_path):
    with pytest.raises(NoJournalError), read_journal(tmp_path):
        pass


def test_other_trained_data_read_scans_anew(tmp_path, monkeypatch):
    stages.stages.cache_clear()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    data = tmp_path / "vie.traineddata"
    data.write_text("one")
    before = stages.stages()
    data.write_text("two")
    stages.stages.cache_clear()
    after = stages.stages()
    stages.stages.cache_clear()
    assert stages.changed(before, after) == {"programs"}


@pytest.mark.skipif(sys.platform != "linux" or "files" in sandbox.missing(), reason="cannot be done here")
@pytest.mark.parametrize("killed", [False, True])
def test_a_journal_in_a_folder_that_cannot_be_written_is_read(place, killed):
    place.write(a="1")
    place.run()
    if killed:  # what a run has written down then stands beside the journal
        with sqlite3.connect(place.out / FILE) as writing:
            writing.execute("UPDATE document SET seconds = 42")
            writing.commit()
            for ending in ("", "-wal"):
                shutil.copyfile(f"{place.out / FILE}{ending}", f"{place.inside}/{FILE}{ending}")
        writing.close()
        place.out = place.inside
    else:
        for ending in ("-wal", "-shm"):
            (place.out / f"{FILE}{ending}").unlink(missing_ok=True)
    own = place.inside.parent / "own"
    own.mkdir()
    reading, answer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            sandbox.confine([own])
            tempfile.tempdir = str(own)
            with read_journal(place.out) as results:
                said = str([(one.path.name, one.seconds == 42) for one in results])
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(answer, said.encode())
        os._exit(0)
    os.close(answer)
    with os.fdopen(reading) as told:
        assert told.read() == f"[('a.txt', {killed})]"
    os.waitpid(child, 0)


def test_a_long_name_is_written_again(place):
    name = "ế" * 83 + "x"  # 250 bytes, and its ending
    place.write(**{name[:-1]: "1"})
    place.run()
    place.write(**{name[:-1]: "2"})
    _, (result,) = place.run(replace=True)
    assert result.error is None
    assert sorted(place.outputs()) == [f"{name[:-1]}.json", f"{name[:-1]}.txt"]
    place.write(**{name[:-1]: "fail"})
    _, (result,) = place.run(replace=True)
    assert result.error.code == "E103" and len(result.stale) == 2
    assert all(len(os.fsencode(new.name)) <= 255 and new.name.endswith(".stale") for _, new in result.stale)
