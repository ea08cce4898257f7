"""What could not be read is put away when somebody has seen to it, and back; its document stays where it is."""

import json
import os
import re

import pytest

import pipeline.run
from pipeline.batch import collect, open_journal, run_batch
from pipeline.errors import NoTextError, ProtectedError
from pipeline.settings import Settings
from pipeline.web.desk.shelf import shelving
from pipeline.web.desk.shelf.putting_away import FILE

SETTINGS = Settings(jobs=1, document_seconds=20)


def locked(path, settings):
    raise ProtectedError(file=path.name)


def empty(path, settings):
    raise NoTextError(file=path.name)


def run(desk, read=locked, content="x"):
    place = desk.folder.parent / "in"
    place.mkdir(exist_ok=True)
    (place / "locked.pdf").write_text(content)
    again(desk, read)
    return place / "locked.pdf"


def again(desk, read=pipeline.run.run):
    with open_journal(desk.folder, SETTINGS) as journal:
        list(run_batch(collect([desk.folder.parent / "in"], desk.folder), journal, read, SETTINGS, retry_failed=True))


def entry(desk, state):
    """The fields of the form of the entry, as a browser sends them; None where it does not stand there."""
    page = desk.client.get(f"/?state={state}").text
    found = re.findall(r'<li class="entry[^"]*">.*?</li>', page, re.S)
    forms = [one for one in found if "locked.pdf" in one]
    return dict(re.findall('type="hidden" name="(.*?)" value="(.*?)"', forms[0])) if forms else None


def send(desk, act, **fields):
    return desk.client.post("/.failures", data={**fields, "act": act}, follow_redirects=False)


@pytest.fixture(autouse=True)
def always_looking(monkeypatch):
    for name in ("_LOOK_SECONDS", "_LOOK_SHARE"):
        monkeypatch.setattr(shelving, name, 0)


@pytest.fixture
def failed(reviewer):
    run(reviewer)
    return reviewer


def test_it_is_put_away_and_back_and_the_file_stays(failed):
    fields = entry(failed, "failed")
    assert fields["code"] == "E103" and "state=away" not in failed.client.get("/").text
    answer = send(failed, "away", **fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?state=failed")
    assert entry(failed, "failed") is None and entry(failed, "") is None
    assert (failed.folder.parent / "in" / "locked.pdf").read_text() == "x"
    assert "state=away" in failed.client.get("/").text
    send(failed, "back", **entry(failed, "away"))
    assert entry(failed, "failed") == fields
    assert [one for one in failed.client.get("/api/plans?state=failed").json()["items"] if one["error"] == "E103"]


def test_it_stays_away_for_another_desk_until_it_fails_otherwise(failed):
    send(failed, "away", **entry(failed, "failed"))
    run(failed)
    assert entry(failed, "failed") is None
    run(failed, empty)
    assert entry(failed, "failed")["code"] == "E106"
    run(failed, locked, "y")
    assert entry(failed, "failed")["code"] == "E103"


def test_damaged_outputs_stay_away_until_others_of_that_name_are_damaged(reviewer):
    """There is no digest that tells them apart."""
    file = reviewer.folder / "locked.pdf.json"
    file.write_text('{"schema_version": "2.0", ')
    send(reviewer, "away", **entry(reviewer, "failed"))
    assert entry(reviewer, "failed") is None and entry(reviewer, "away")
    file.write_text('{"schema_version": "2.0", "plan_id": ')
    assert entry(reviewer, "failed") and entry(reviewer, "away") is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without FIFOs")
def test_what_could_not_be_opened_stays_away_until_another_of_that_name_cannot(reviewer):
    place = reviewer.folder.parent / "in"
    place.mkdir()
    os.mkfifo(place / "locked.pdf")
    again(reviewer)
    send(reviewer, "away", **entry(reviewer, "failed"))
    again(reviewer)
    assert entry(reviewer, "failed") is None
    (place / "locked.pdf").unlink()
    os.mkfifo(place / "locked.pdf")
    again(reviewer)
    assert entry(reviewer, "failed")["code"] == "E122"


def test_half_a_line_that_a_killed_desk_left_costs_nothing_else(failed):
    send(failed, "away", **entry(failed, "failed"))
    with (failed.folder / FILE).open("ab") as file:
        file.write(b'{"name": "lo')
    fields = entry(failed, "away")
    send(failed, "back", **fields)
    assert entry(failed, "away") is None and entry(failed, "failed")


def test_who_does_it_is_asked_for_and_nothing_else_is_taken(desk):
    run(desk)
    fields = entry(desk, "failed")
    asked = send(desk, "away", **fields)
    assert asked.status_code == 422 and 'action="/.failures"' in asked.text and entry(desk, "failed")
    done = send(desk, "away", **fields, reviewer="Lê Thị Hoa")
    assert done.status_code == 303 and entry(desk, "failed") is None
    (line,) = (desk.folder / FILE).read_text().splitlines()
    assert json.loads(line)["by"] == "Lê Thị Hoa"
    assert send(desk, "away", **{**fields, "name": "nothing.pdf"}).status_code == 404
    assert send(desk, "away", **{**fields, "csrf": "0"}).status_code == 403
    assert send(desk, "away", **{**fields, "back": "//evil.example"}).headers["location"] == "/"
