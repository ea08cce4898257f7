"""The inbox: plans by state, those to be looked at first."""

import re

import pytest

from pipeline.batch import collect, open_journal, run_batch
from pipeline.batch.journal import FILE
from pipeline.errors import ProtectedError
from pipeline.settings import Settings
from pipeline.web.desk.shelf import Shelf

SETTINGS = Settings(jobs=1, document_seconds=20)


def fails(path, settings):
    raise ProtectedError(file=path.name)


def test_plans_stand_by_state_with_the_worst_doubts_first(folder):
    found = [(one.name, one.state) for one in Shelf(folder).entries()]
    assert found == [("deep/paged", "doubtful"), ("hostile", "doubtful"), ("plain", "new"), ("old", "failed")]


def test_what_is_no_plan_is_no_entry(folder):
    assert "other" not in [one.name for one in Shelf(folder).entries()]


def test_a_plan_of_an_earlier_contract_says_so(desk):
    page = desk.client.get("/?state=failed").text
    assert "E710" in page and "run the document again" in page


def test_what_the_last_run_could_not_read_stands_with_its_code_and_what_to_do(desk, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "locked.pdf").write_text("x")
    with open_journal(desk.folder, SETTINGS) as journal:
        list(run_batch(collect([tmp_path / "in"], desk.folder), journal, fails, SETTINGS))
    page = desk.client.get("/?state=failed").text
    assert "locked.pdf" in page and "E103" in page and "password" in page


@pytest.mark.parametrize("content", ["", '{"schema_version": "2.0", "source": {"file', "\0\0\0"])
def test_an_output_that_was_damaged_stays_in_the_inbox_with_what_to_do(desk, content):
    (desk.folder / "plain.json").write_text(content)
    page = desk.client.get("/?state=failed").text
    assert "plain.json" in page and "E402" in page and "run kehoach again" in page


def test_json_of_others_that_does_not_parse_is_no_entry(desk):
    (desk.folder / "settings.json").write_text("// {")
    assert "settings" not in desk.client.get("/").text


def test_a_journal_that_cannot_be_read_is_said(desk):
    (desk.folder / FILE).write_bytes(b"no database" * 1000)
    page = desk.client.get("/?state=failed").text
    assert FILE in page and "E902" in page and "remove it" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=can+tho", ["deep/paged"]),
        ("q=140%2FKH", ["deep/paged"]),
        ("province=C%E1%BA%A7n+Th%C6%A1", ["deep/paged"]),
        ("year=2023&state=new", ["plain"]),
        ("q=nothing+has+this", []),
    ],
)
def test_plans_are_found_by_words_and_filters(desk, query, names):
    assert re.findall('<h2><a href="/plans/([^"]*)"', desk.client.get(f"/?{query}").text) == names


def test_a_plan_that_comes_is_seen(desk):
    shelf = Shelf(desk.folder)
    before = len(shelf.entries())
    (desk.folder / "more.json").write_text((desk.folder / "plain.json").read_text())
    shelf.forget()
    assert len(shelf.entries()) == before + 1


@pytest.mark.parametrize(
    ("header", "cookie", "query", "language"),
    [
        ({}, None, "", "en"),
        ({"accept-language": "vi-VN,vi;q=0.9"}, None, "", "en"),  # --lang says otherwise
        ({}, "vi", "", "vi"),
        ({}, "vi", "?lang=en", "en"),
    ],
)
def test_the_language_is_chosen(desk, header, cookie, query, language):
    if cookie:
        desk.client.cookies.set("kehoach_language", cookie)
    assert f'<html lang="{language}">' in desk.client.get(f"/{query}", headers=header).text


def test_without_a_store_the_search_says_how_to_make_one(desk):
    page = desk.client.get("/search?q=thu+vien").text
    assert "E704" in page and "kehoach load" in page
