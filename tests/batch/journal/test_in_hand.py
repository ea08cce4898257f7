"""What the journal says of documents while a run is at work: which are in hand, how far they have come, what is new."""

import time

from pipeline.batch import collect, open_journal, read_journal, run_batch
from pipeline.progress import pages_read
from tests.batch.journal.place import SETTINGS, read


def slow(path, settings):
    """Reads pages until somebody has seen how far it has come."""
    while not (path.parent / ".seen").exists():
        pages_read(2, 5)
        time.sleep(0.05)
    return read(path, settings)


def test_how_far_a_document_in_hand_has_come_stands_there_as_long_as_it_is_read(place, monkeypatch):
    monkeypatch.setattr("pipeline.batch.pool._TELL_SECONDS", 0.0)
    place.write(a="1")
    seen = []

    def look():
        with read_journal(place.out) as results:
            if any(results.being_read().values()):
                seen.append(results.being_read())
                (place.inside / ".seen").touch()
        return True

    with open_journal(place.out, SETTINGS) as journal:
        list(run_batch(collect([place.inside], place.out), journal, slow, SETTINGS, going_on=look))
    assert seen[0] == {place.inside / "a.txt": (2, 5)}
    with read_journal(place.out) as results:
        assert results.being_read() == {}
        assert results.connection.execute("SELECT pages FROM document").fetchone()["pages"] is None


def test_what_was_written_down_since_is_told_once(place):
    place.write(a="1", b="fail")
    place.run()
    with read_journal(place.out) as results:
        last, found = results.settled_after(0)
        assert {one.name for one in found} == {"a.txt", "b.txt"}
        assert results.settled_after(last) == (last, [])
        assert len(results.settled_after(last + 1)[1]) == 2  # the journal was begun anew meanwhile
