"""Who writes at a desk that is reached over a network."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from pipeline.errors import FileAccessError, ShortTokenError
from pipeline.settings import Settings
from pipeline.web.desk import make_app
from pipeline.web.desk.access import WriteKey, is_loopback, key_in
from pipeline.web.desk.guard import DOCUMENTS

SECRET = "correct-horse-battery"
DONE = "/plans/plain/.corrections"


def browser(folder, key=None):
    return TestClient(make_app(folder, Settings(lang="en"), "0.0.0.0", key=key), base_url="http://192.168.1.4:8000")


def token(client):
    return re.search('name="csrf" value="([0-9a-f]{64})"', client.get("/reviewer").text)[1]


def write(client, path=DONE, **fields):
    return client.post(path, data={"csrf": token(client), "act": "done", **fields}, follow_redirects=False)


def written(folder):
    return (folder / "plain.corrections.jsonl").exists()


@pytest.mark.parametrize(
    "fields", [{}, {"reviewer": "Lan"}, {"reviewer": "Lan", "key": SECRET}, {"reviewer": "L", "key": ""}]
)
def test_without_a_token_file_nothing_is_written_over_a_network(folder, fields):
    client = browser(folder)
    assert client.get("/plans/plain").status_code == 200
    answer = write(client, **fields)
    assert answer.status_code == 403 and "E759" in answer.text
    assert not written(folder)


def test_the_token_is_asked_for_with_the_name_and_the_act_goes_on(folder):
    client = browser(folder, WriteKey(SECRET, needed=True))
    form = write(client)
    assert form.status_code == 422 and 'name="key"' in form.text and not written(folder)
    wrong = write(client, reviewer="Lan", key="guess")
    assert wrong.status_code == 422 and "this is not the token" in unescape(wrong.text) and not written(folder)
    assert write(client, reviewer="Lan", key=f" {SECRET}\n").status_code == 303
    assert written(folder)
    assert write(client).status_code == 303  # the browser has it


def test_the_token_of_one_browser_is_of_no_use_to_another(folder):
    key = WriteKey(SECRET, needed=True)
    client, other = browser(folder, key), browser(folder, key)
    write(client, "/reviewer", reviewer="Lan", key=SECRET)
    proof = client.cookies["kehoach_key"]
    assert SECRET not in proof
    other.get("/")
    other.cookies.set("kehoach_key", proof)
    other.cookies.set("kehoach_reviewer", "Lan")
    assert write(other).status_code == 422 and not written(folder)


def test_documents_are_brought_in_with_the_token_only(folder):
    client = browser(folder, WriteKey(SECRET, needed=True))
    assert 'id="arrivals"' not in client.get("/").text
    headers = {"x-kehoach-form": token(client)}
    answer = client.post(DOCUMENTS, params={"name": "kh.txt"}, content=b"x", headers=headers)
    assert answer.status_code == 403 and answer.json()["code"] == "E760"
    assert not (folder / "uploads").exists()


def test_a_token_is_not_guessed(folder):
    client = browser(folder, WriteKey(SECRET, needed=True))
    codes = [write(client, reviewer="Lan", key=f"guess {number}").status_code for number in range(12)]
    assert codes[:10] == [422] * 10 and codes[-1] == 429
    assert write(client, reviewer="Lan", key=SECRET).status_code == 429


def test_a_token_is_made_for_its_owner_alone_and_kept(tmp_path):
    made = key_in(tmp_path / "token")
    assert len(made) >= 32 and key_in(tmp_path / "token") == made
    assert (tmp_path / "token").stat().st_mode & 0o077 == 0


def test_a_token_that_is_short_or_not_to_be_read_is_said(tmp_path):
    (tmp_path / "short").write_text("abc\n")
    with pytest.raises(ShortTokenError):
        key_in(tmp_path / "short")
    with pytest.raises(FileAccessError):
        key_in(tmp_path / "none" / "token")


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("192.168.1.4", False), ("desk.example", False), ("localhost.example", False), ("fe80::1%eth0", False)],
)  # fmt: skip
def test_an_address_of_this_machine_alone_is_told_from_others(host, own):
    assert is_loopback(host) is own
