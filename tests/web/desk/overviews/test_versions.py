"""Versions of a plan side by side: what was dropped, added and changed."""

import csv
import io
import json
import re

import pytest
from fastapi.testclient import TestClient

from pipeline.settings import Settings
from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader, json_files
from pipeline.web.desk import make_app
from pipeline.web.desk.overviews.versions import cut
from tests.web.desk.overviews.conftest import OUTPUTS, links, tables

ASKED = "/versions?a=draft&b=signed"


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """A desk with a draft and a signed copy: a task dropped, one added, one reworded, one given to another."""
    folder = tmp_path_factory.mktemp("versions")
    signed = json.loads((OUTPUTS / "vinh-long-2023.json").read_text())
    text = (OUTPUTS / "vinh-long-2023.txt").read_text()
    draft = json.loads(json.dumps(signed))
    draft["source"]["sha256"], draft["source"]["file_name"] = "d" * 64, "draft.docx"
    draft["status"]["value"], signed["status"]["value"] = "draft", "signed"
    draft["tasks"][2]["text"] = draft["tasks"][2]["text"].replace("<", "").replace(" và ", " <b>cùng</b> ", 1)
    given = next(one for one in draft["tasks"][3:] if one["agencies"])
    given["agencies"][0]["name"] = "Sở Khoa học và Công nghệ tỉnh Vĩnh Long"
    del draft["tasks"][-1], signed["tasks"][0]
    for name, plan in (("draft", draft), ("signed", signed)):
        (folder / f"{name}.json").write_text(json.dumps(plan))
        (folder / f"{name}.txt").write_text(text)
    address = str(folder / "plans.db")
    with open_store(address, write=True) as store:
        list(Loader(store).load(list(json_files([folder]))))
    with TestClient(make_app(folder, Settings(database=address, lang="en")), base_url="http://localhost") as made:
        yield made, draft, signed


def test_the_versions_of_a_plan_are_listed_with_the_one_that_counts(versions):
    page = versions[0].get("/versions").text
    first, second = re.findall(r'<li><a href="/plans/(\w+)">[^<]*</a> – (\w+)(.*?)</li>', page, re.DOTALL)
    assert first[:2] == ("signed", "signed") and "this one counts" in first[2]
    assert second[:2] == ("draft", "draft") and "this one counts" not in second[2]
    assert "/versions?a=draft&b=signed" in links(page)


def test_what_was_dropped_added_and_changed_stands_in_both_columns(versions):
    client, draft, signed = versions
    *_, tasks = tables(client.get(ASKED).text)
    rows = {what: [(a, b) for one, a, b in tasks[1:] if one == what] for what in {row[0] for row in tasks[1:]}}
    dropped, added = rows["only in A: dropped"], rows["only in B: added"]
    assert [(draft["tasks"][0]["text"] in a, b) for a, b in dropped] == [(True, "not there")]
    assert [(a, signed["tasks"][-1]["text"] in b) for a, b in added] == [("not there", True)]
    assert any("Sở Khoa học và Công nghệ tỉnh Vĩnh Long" in what for what in rows)


def test_changed_words_are_marked_and_markup_of_a_plan_is_text(versions):
    page = versions[0].get(ASKED).text
    assert "&lt;b&gt;cùng&lt;/b&gt;" in re.sub(r"</?del>", "", page) and "<b>cùng" not in page
    assert "<ins>và</ins>" in page


def test_equal_rows_are_shown_when_asked_for(versions):
    some, every = (tables(versions[0].get(address).text)[-1] for address in (ASKED, f"{ASKED}&all=1"))
    assert len(every) == len(versions[2]["tasks"]) + 2 > len(some) + 5


def test_two_equal_plans_say_the_same(versions):
    assert "The two plans say the same." in versions[0].get("/versions?a=draft&b=draft").text


def test_the_file_has_every_row_of_both(versions):
    client, draft, _ = versions
    rows = list(csv.DictReader(io.StringIO(client.get("/versions.csv?a=draft&b=signed").content.decode("utf-8-sig"))))
    assert [row["a_ref"] for row in rows if row["kind"] == "task" and row["a_ref"]] == [
        one["id"] for one in draft["tasks"]
    ]
    assert {row["status"] for row in rows if row["kind"] == "task"} == {"same", "reworded", "only_a", "only_b"}


@pytest.mark.parametrize("asked", ["a=draft&b=none", "a=../secret&b=draft"])
def test_a_plan_there_is_none_of_is_said(versions, asked):
    answer = versions[0].get(f"/versions?{asked}")
    assert answer.status_code == 404 and "E752" in answer.text


def test_where_there_is_one_version_of_each_plan_that_is_said(client):
    assert "The store has one version of each plan." in client.get("/versions").text


def test_long_texts_are_cut_at_sentences():
    same = "Sở Y tế rà soát từng thôn. " * 200
    a, b = cut(f"{same}Báo cáo trước 30/11; xong.", f"{same}Báo cáo trước 15/11; xong.")
    assert [piece for piece, differs in a if differs] == ["Báo cáo trước 30/11; "]
    assert "".join(piece for piece, _ in b) == f"{same}Báo cáo trước 15/11; xong."


def test_texts_are_cut_at_words():
    a, b = cut("báo cáo trước 30/11", "báo cáo trước ngày 15/11")
    assert a == [("báo cáo trước ", False), ("30", True), ("/11", False)]
    assert b == [("báo cáo trước ", False), ("ngày 15", True), ("/11", False)]
    assert "".join(piece for piece, _ in a) == "báo cáo trước 30/11"
