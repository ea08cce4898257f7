"""What the desk says of documents while they wait and are read: how far each has come, and without asking for each."""

import os
import time
from contextlib import closing

import pytest

from pipeline.batch.journal import FILE, RunResults
from pipeline.batch.journal.file import connect
from pipeline.errors import JournalError
from pipeline.settings import Settings
from pipeline.web.desk.arrivals import Arrivals
from pipeline.web.desk.arrivals.reader import ReadDocuments
from pipeline.web.desk.guard import DOCUMENTS
from pipeline.web.desk.shelf import Shelf
from tests.web.desk.arrivals.test_receiving import send

HOUR = 3600.0


@pytest.fixture(autouse=True)
def nothing_is_read(monkeypatch):
    monkeypatch.setattr(ReadDocuments, "_work", lambda self: None)


def note(folder, name, **columns):
    """Writes down a document of the folder of uploads, as a run does."""
    path = os.fsencode(folder / "uploads" / name)
    said = {"path": path, "shown": path, "stem": path, "run": 1, "place": 0, "state": "waiting", **columns}
    with closing(connect(folder / FILE)) as connection:
        asked = f"INSERT OR REPLACE INTO document ({', '.join(said)}) VALUES ({', '.join('?' * len(said))})"
        connection.execute(asked, list(said.values()))


def told(desk, language="en"):
    return desk.client.get(DOCUMENTS, params={"lang": language}).json()


def test_how_far_a_document_has_come_is_said_by_its_pages(desk):
    send(desk, "kh.pdf")
    note(desk.folder, "kh.pdf", until=time.time() + HOUR, pages="[3, 12]")
    (one,) = told(desk)["items"]
    assert (one["fate"], one["said"], one["done"], one["of"]) == ("reading", "is being read: 3 of 12 pages", 3, 12)
    assert "kh.pdf: is being read: 3 of 12 pages." in told(desk)["progress"]
    (one,) = told(desk, "vi")["items"]
    assert one["said"] == "đang đọc: 3/12 trang"


def test_of_one_without_pages_it_is_said_that_it_is_being_read(desk):
    send(desk, "kh.txt")
    note(desk.folder, "kh.txt", until=time.time() + HOUR)
    (one,) = told(desk)["items"]
    assert one == {"name": "kh.txt", "fate": "reading", "said": "is being read"}


def test_of_an_archive_its_documents_are_counted(desk):
    send(desk, "a.zip")
    note(desk.folder, "a.zip/1.pdf", state="written")
    note(desk.folder, "a.zip/2.pdf", until=time.time() + HOUR, pages="[1, 2]")
    note(desk.folder, "a.zip/3.pdf")
    (one,) = told(desk)["items"]
    assert (one["said"], one["done"], one["of"]) == ("is being read: 1 of its 3 documents", 1, 3)


def test_a_lease_that_ran_out_is_nobodys(desk):
    send(desk, "kh.pdf")
    note(desk.folder, "kh.pdf", until=time.time() - HOUR, pages="[3, 12]")
    assert [one["fate"] for one in told(desk)["items"]] == ["waiting"]


def test_of_thousands_that_wait_none_is_asked_for_by_itself(folder, monkeypatch):
    (folder / "uploads").mkdir()
    for number in range(2000):
        (folder / "uploads" / f"{number}.txt").touch()
    note(folder, "999.txt", until=time.time() + HOUR)
    arrivals = Arrivals(folder / "uploads", Shelf(folder), Settings(), lambda plans: None)
    arrivals.resume()
    arrivals.reader._settle()
    asked = []
    of_file = RunResults.of_file
    monkeypatch.setattr(RunResults, "of_file", lambda self, file: asked.append(file) or of_file(self, file))
    arrivals.reader._settle()
    assert {one.fate for one in arrivals.told()} == {"reading", "waiting"}
    assert asked == []
    note(folder, "999.txt", state="failed", serial=1, error='["E103", null, {}]')
    arrivals.reader._settle()
    assert [one.name for one in asked] == ["999.txt"]
    assert arrivals.reader.counts() == (0, 1, 1999)
    assert arrivals.told()[-1].failure.name == "uploads/999.txt"
    asked.clear()
    arrivals.told()
    assert asked == []


def test_a_journal_that_could_not_be_asked_is_asked_for_the_same_again(tmp_path, monkeypatch):
    """The file waited for ever: what was written down since the last look was looked at once only."""
    (tmp_path / "uploads").mkdir()
    file = tmp_path / "uploads" / "wrong.pdf"
    reader = ReadDocuments(file.parent, tmp_path, Settings(), lambda plans: None)
    reader.wait_for([file])
    note(tmp_path, "wrong.pdf", serial=1)
    reader._settle()
    note(tmp_path, "wrong.pdf", state="failed", serial=2)
    with monkeypatch.context() as locked:
        locked.setattr(RunResults, "of_file", raises(JournalError(file=str(tmp_path), reason="locked")))
        reader._settle()
    assert reader.waiting() == {file}
    reader._settle()
    assert reader.counts() == (0, 1, 0)


def raises(error):
    def fails(*_):
        raise error

    return fails
