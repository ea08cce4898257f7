"""What is said of one content under several names."""

import os
import sqlite3
from hashlib import sha256

from pipeline.batch import collect, open_journal, run_batch
from pipeline.batch.journal import FILE, keeping
from tests.batch.journal.place import SETTINGS, read


def test_one_content_under_two_names_is_read_once(place):
    place.write(a="1", b="1", c="2")
    names, results = place.run()
    assert len(names) == 2
    assert [result.same_as for result in results] == [None, place.inside / "a.txt", None]
    made = place.outputs()
    assert made["b.json"] == made["a.json"].replace(b'"a.txt"', b'"b.txt"')
    (place.inside / "a.txt").unlink()
    (place.inside / "c.txt").unlink()
    assert (place.run(resume=False)[0], place.outputs()["b.json"]) == (["b.txt"], made["b.json"])


def test_the_content_of_a_document_that_was_read_earlier_is_not_read_again(place):
    place.write(a="1")
    place.run()
    place.write(b="1")
    names, (_, second) = place.run()
    assert (names, second.same_as) == ([], place.inside / "a.txt")
    assert place.outputs()["b.json"] == place.outputs()["a.json"].replace(b'"a.txt"', b'"b.txt"')


def test_documents_that_could_not_be_opened_are_no_doubles(place, monkeypatch):
    place.write(a="1", b="2")
    for name in ("a", "b"):
        os.utime(place.inside / f"{name}.txt", (1, 1))
    with monkeypatch.context() as closed:
        closed.setattr(keeping, "_RACE", -(10**18))  # the files have long been as they are
        closed.setattr(keeping, "sha256_of", lambda _: None)
        place.run(reader=lambda path, _: read(path.with_name("none"), _))
    names, results = place.run()
    assert (names, [one.same_as for one in results]) == (["a.txt", "b.txt"], [None, None])


def test_the_content_of_one_document_alone_is_not_looked_for_again(place):
    """All that wait were looked through for each: ten thousand of one size took minutes of the processor."""
    place.write(a="1", b="2", c="3", d="3")
    with open_journal(place.out, SETTINGS) as journal:
        asked = []
        journal.connection.set_trace_callback(asked.append)
        list(run_batch(collect([place.inside], place.out), journal, read, SETTINGS))
    alike = [one for one in asked if "AND content = " in one]
    assert len(alike) == 1
    with sqlite3.connect(place.out / FILE) as connection:
        (plan,) = connection.execute(f"EXPLAIN QUERY PLAN {alike[0].partition(' ORDER')[0]}").fetchall()
    connection.close()
    assert "by_double" in plan[3]


def test_one_content_of_two_endings_is_read_twice(place):
    place.write(a="1")
    (place.inside / "b.md").write_text("1")
    assert place.run()[0] == ["a.txt", "b.md"]


def test_a_failure_of_one_content_is_that_of_all_its_names(place):
    place.write(a="fail", b="fail")
    names, results = place.run()
    assert (len(names), [result.error.file for result in results]) == (1, [str(one.path) for one in results])


def test_what_another_content_was_said_to_be_is_no_double(place):
    """A process that reads may be taken over and say what it likes of the document."""
    place.write(a="1", b="2")
    claimed = sha256(b"2").hexdigest()

    def lying(path, settings):
        plan = read(path, settings)
        return plan.model_copy(update={"source": plan.source.model_copy(update={"sha256": claimed})}).with_text(
            plan.text
        )

    (place.inside / "b.txt").rename(place.inside / ".b")
    place.run(reader=lying)
    (place.inside / ".b").rename(place.inside / "b.txt")
    names, _ = place.run()
    assert "b.txt" in names
