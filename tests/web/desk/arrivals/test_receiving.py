"""Documents that come to the desk: whole or not at all, once, under a name that harms nothing."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from pipeline.settings import Settings
from pipeline.web.desk import make_app
from pipeline.web.desk.guard import DOCUMENTS
from pipeline.web.desk.shelf.kept import FILE as KEPT
from tests.processes import wait_for

CORPUS = Path(__file__).resolve().parents[4] / "corpus"
TEXT = "KẾ HOẠCH\nThử nghiệm\n\n1. Sở Tài chính báo cáo trước ngày 30/11/2026.\n".encode()


@pytest.fixture
def unread(desk, monkeypatch):
    """A desk that reads nothing of what comes."""
    monkeypatch.setattr("pipeline.web.desk.arrivals.reader.ReadDocuments._work", lambda self: None)
    return desk


@pytest.fixture
def small(unread):
    """The same, for documents of a MiB at most."""
    app = make_app(unread.folder, Settings(max_file_mb=1, lang="en"))
    with TestClient(app, base_url="http://localhost:8000") as client:
        (token,) = re.findall('name="csrf" value="([0-9a-f]{64})"', client.get("/reviewer").text)
        yield SimpleNamespace(client=client, token=token, folder=unread.folder)


def send(desk, name, content=TEXT, **headers):
    asked = {"x-kehoach-form": desk.token, **headers}
    return desk.client.post(DOCUMENTS, params={"name": name}, content=content, headers=asked)


def kept(desk):
    folder = desk.folder / "uploads"
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def test_a_document_is_kept_as_it_came(unread):
    answer = send(unread, "2026/kh.txt")
    assert answer.status_code == 201 and answer.json()["name"] == "2026/kh.txt"
    assert answer.json()["said"] == "waits to be read"
    assert (unread.folder / "uploads" / "2026" / "kh.txt").read_bytes() == TEXT


@pytest.mark.parametrize("name", ["../../up.txt", "/tmp/up.txt", "..\\..\\up.txt", "%2e%2e/up.txt", "a/../../up.txt"])
def test_no_path_leads_out_of_the_folder(unread, name):
    before = set(unread.folder.parent.rglob("*"))
    assert send(unread, name).status_code == 201
    new = {one for one in set(unread.folder.parent.rglob("*")) - before if one.is_file() and one.name != KEPT}
    assert all(one.is_relative_to(unread.folder / "uploads") for one in new) and len(new) == 1


def test_two_of_one_name_are_both_kept(unread):
    assert send(unread, "kh.txt").json()["name"] == "kh.txt"
    assert send(unread, "KH.txt", TEXT + b"2").json()["name"] == "KH-2.txt"  # one name on some systems
    assert send(unread, "plain.txt", TEXT + b"3").json()["name"] == "plain-2.txt"  # a plan has that name


def test_what_is_there_already_is_not_kept_twice(unread):
    send(unread, "kh.txt")
    again = send(unread, "other.txt")
    assert again.status_code == 200 and again.json()["fate"] == "double"
    known = send(unread, "other.pdf", (unread.folder / "deep" / "a.pdf").read_bytes())
    assert known.json() == {"name": "other.pdf", "fate": "double", "plan": "deep/paged", "said": "is here already"}
    assert kept(unread) == ["kh.txt"]


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("empty.pdf", b"", 422, "E101"),
        ("plan.json", b"{}", 422, "E102"),
        ("kh.txt", b"x" * (2 << 20), 413, "E108"),
    ],
)
def test_what_cannot_be_a_document_is_refused_in_words(small, name, content, status, code):
    answer = send(small, name, content)
    assert answer.status_code == status and answer.json()["code"] == code
    assert kept(small) == []


def test_one_of_unknown_length_is_taken_so_far_only(small):
    answer = send(small, "kh.txt", (b"x" * (1 << 16) for _ in range(40)))
    assert answer.status_code == 413 and kept(small) == []


@pytest.mark.parametrize("headers", [{"x-kehoach-form": ""}, {"origin": "http://evil.example"}])
def test_only_the_desks_own_page_sends_documents(unread, headers):
    assert send(unread, "kh.txt", **headers).status_code == 403
    assert kept(unread) == []


def test_a_full_disk_is_said_and_leaves_nothing(unread, monkeypatch):
    def full(self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.files.Part.put", full)
    answer = send(unread, "kh.txt")
    assert answer.status_code == 500 and answer.json()["code"] == "E115"
    assert kept(unread) == []


@pytest.mark.slow
def test_what_failed_for_a_limit_may_be_sent_again(desk):
    app = make_app(desk.folder, Settings(max_characters=5, lang="en", sandbox="off"))
    with TestClient(app, base_url="http://localhost:8000") as client:
        (token,) = re.findall('name="csrf" value="([0-9a-f]{64})"', client.get("/reviewer").text)
        small = SimpleNamespace(client=client, token=token, folder=desk.folder)
        send(small, "kh.txt")
        assert wait_for(lambda: client.get(DOCUMENTS).json()["waiting"] == 0)
        assert client.get(DOCUMENTS).json()["items"][0]["fate"] == "failed"
        assert send(small, "again.txt").json()["fate"] == "waiting"


@pytest.mark.slow
def test_what_came_is_read_and_stands_in_the_inbox_the_store_and_its_list(desk):
    shutil.copy(CORPUS / "can-tho-library-2019.txt", desk.folder.parent / "kh.txt")
    send(desk, "deep/<b>kh.txt", (desk.folder.parent / "kh.txt").read_bytes())
    send(desk, "wrong.pdf", b"%PDF-1.7\nnothing")
    assert wait_for(lambda: desk.client.get(DOCUMENTS).json()["waiting"] == 0)
    told = {one["name"]: one for one in desk.client.get(DOCUMENTS).json()["items"]}
    assert told["deep/_b_kh.txt"]["plan"] == "deep/_b_kh"
    assert told["wrong.pdf"]["fate"] == "failed" and "E105" in told["wrong.pdf"]["said"]
    again = send(desk, "again.pdf", b"%PDF-1.7\nnothing").json()
    assert again["fate"] == "double" and "E105" in again["said"]
    assert "155/KH-TVTP" in desk.client.get("/plans/deep/_b_kh").text
    assert "uploads/wrong.pdf" in desk.client.get("/?state=failed").text
    found = desk.client.get("/api/provisions", params={"plan": "155/KH-TVTP"}).json()["items"]
    assert found
