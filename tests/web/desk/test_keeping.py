"""The store follows what is corrected at the desk."""

import sqlite3
from contextlib import closing

import pytest

from pipeline.errors import StoreBusyError
from pipeline.settings import Settings
from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader
from pipeline.store.query.searching import search
from pipeline.web.desk.keeping import StoreKeeper
from tests.web.desk.test_review import agency, send

NAME = "deep/paged.json"


def load(folder, *names):
    with open_store(str(folder / "plans.db"), write=True) as store:
        list(Loader(store).load([folder / name for name in names]))


def found(reviewer, **asks):
    return reviewer.client.get("/api/provisions", params=asks).json()["items"]


def test_what_was_corrected_is_found_at_once(reviewer):
    load(reviewer.folder, NAME)
    assert found(reviewer, agency="Sở Ngoại vụ") == []
    path, value = agency(reviewer)
    send(reviewer, "edit", path, value, name="Sở Ngoại vụ", role="lead")
    assert [one["ref"] for one in found(reviewer, agency="Sở Ngoại vụ")] == [path.split("/")[1]]
    send(reviewer, "undo")
    assert found(reviewer, agency="Sở Ngoại vụ") == []


def test_a_correction_makes_no_store(reviewer):
    send(reviewer, "accept", *agency(reviewer))
    assert reviewer.client.get("/search?q=x").status_code == 200
    assert not (reviewer.folder / "plans.db").exists()


def test_a_store_that_is_made_has_all_plans_of_the_folder(folder):
    keeper = StoreKeeper(folder, Settings(database=str(folder / "plans.db")))
    keeper.bring([folder / NAME], make=True)
    keeper.settle(60)
    assert keeper.error is None
    with open_store(str(folder / "plans.db")) as store:
        assert {one.file_name for one in search(None, database=store, limit=1000)} > {"a.pdf", "vinh-long-2023.txt"}


def test_a_plan_corrected_while_it_is_loaded_is_loaded_once_more(folder, monkeypatch):
    keeper, loaded = StoreKeeper(folder, Settings()), []

    def load_one(self, files, make):
        loaded.append(sorted(files))
        if len(loaded) == 1:
            self.bring([folder / NAME])

    monkeypatch.setattr(StoreKeeper, "_failed", load_one)
    keeper.bring([folder / NAME])
    keeper.settle(60)
    assert loaded == 2 * [[folder / NAME]]


@pytest.fixture
def busy(folder):
    """A store that another program writes to."""
    load(folder, "plain.json")
    with closing(sqlite3.connect(folder / "plans.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_what_could_not_be_loaded_is_tried_again(folder, busy):
    keeper = StoreKeeper(folder, Settings(database=str(folder / "plans.db"), database_wait=0.1))
    keeper.bring([folder / NAME])
    keeper.settle(60)
    assert isinstance(keeper.error, StoreBusyError)
    busy.execute("ROLLBACK")
    keeper.settle(60)
    assert keeper.error is None
    with open_store(str(folder / "plans.db")) as store:
        assert "a.pdf" in {one.file_name for one in search(None, database=store, limit=1000)}
