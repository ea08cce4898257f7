"""Answers are found once, until the store changes."""

import shutil
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from pipeline.settings import Settings
from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader
from pipeline.web.desk import make_app
from pipeline.web.desk.keeping import StoreKeeper
from pipeline.web.desk.overviews.kept import KeptAnswers
from pipeline.web.desk.stored import OpenStore, kept
from tests.web.desk.overviews.conftest import OUTPUTS, links


def test_many_who_ask_at_once_have_it_made_once():
    keeper, made, together, answers = KeptAnswers(), [], Barrier(8), []

    def make():
        made.append(1)
        return len(made)

    def ask():
        together.wait()
        answers.append(keeper.value("key", make))

    threads = [Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers == [1] * 8 and made == [1]
    assert keeper.value("other", make) == 2


def test_what_fails_is_tried_again():
    kept = KeptAnswers()
    with pytest.raises(ZeroDivisionError):
        kept.value("key", lambda: 1 // 0)
    assert kept.value("key", lambda: 7) == 7


def test_only_the_last_are_kept():
    kept = KeptAnswers()
    assert kept.value(0, lambda: "old") == "old"
    for key in range(1, 300):
        kept.value(key, lambda: "new")
    assert kept.value(0, lambda: "made anew") == "made anew"
    assert kept.value(299, lambda: "made anew") == "new"


def test_a_plan_that_is_loaded_stands_on_the_pages_at_once(tmp_path):
    shutil.copy(OUTPUTS / "can-tho-2023.json", tmp_path)
    address = str(tmp_path / "plans.db")

    def load(name):
        with open_store(address, write=True) as store:
            list(Loader(store).load([OUTPUTS / name]))

    load("can-tho-2023.json")
    pages = ("/provinces", "/targets", "/deadlines?month=2023-11", "/timeline?year=2023", "/partners")
    with TestClient(make_app(tmp_path, Settings(database=address, lang="en")), base_url="http://localhost") as client:
        first = {page: client.get(page).text for page in pages}
        drawn, feed = client.get("/timeline.svg?year=2023").content, client.get("/deadlines.ics").content
        assert {page: client.get(page).text for page in pages} == first
        load("vinh-long-2023.json")
        for page in pages:
            assert client.get(page).text != first[page], page
        assert client.get("/timeline.svg?year=2023").content != drawn
        assert client.get("/deadlines.ics").content != feed
        assert "/provinces?province=V%C4%A9nh+Long" in links(client.get("/provinces").text)


def test_the_store_is_asked_once_as_long_as_it_does_not_change(tmp_path):
    address, asked = str(tmp_path / "plans.db"), []

    def load(name):
        with open_store(address, write=True) as store:
            list(Loader(store).load([OUTPUTS / name]))

    def ask():
        return kept(desk, "key", lambda connection: asked.append(connection) or len(asked))

    load("can-tho-2023.json")
    settings = Settings(database=address)
    desk = SimpleNamespace(
        settings=settings, kept=KeptAnswers(), store=OpenStore(), keeper=StoreKeeper(tmp_path, settings)
    )
    assert [ask(), ask(), ask()] == [1, 1, 1]
    load("vinh-long-2023.json")
    assert [ask(), ask()] == [2, 2]
