"""The store is opened once for all who ask, and another file in its place is seen."""

import shutil
from pathlib import Path
from threading import Event, Thread

import pytest

from pipeline.errors import NoStoreError, StoreTooNewError
from pipeline.settings import Settings
from pipeline.store import database
from pipeline.store.database import open_store
from pipeline.store.overview.places import provinces_of_plans
from pipeline.web.desk import stored
from pipeline.web.desk.stored import OpenStore
from tests.store.conftest import OUTPUTS, empty, fill


def provinces(store):
    with store.reading() as connection:
        return [name for name, _ in provinces_of_plans(connection)]


def test_it_is_opened_once_while_its_file_is_the_same(tmp_path):
    address = empty(tmp_path / "plans.db")
    fill(address, OUTPUTS / "can-tho-2023.json")
    opened, settings = OpenStore(), Settings(database=address)
    store = opened.get(settings)
    assert opened.get(settings) is store and provinces(store) == ["Cần Thơ"]
    fill(address, OUTPUTS / "vinh-long-2023.json")
    assert provinces(opened.get(settings)) == ["Cần Thơ", "Vĩnh Long"]


def test_another_store_in_its_place_is_read(tmp_path):
    address, other = empty(tmp_path / "plans.db"), empty(tmp_path / "other.db")
    fill(address, OUTPUTS / "can-tho-2023.json")
    fill(other, OUTPUTS / "vinh-long-2023.json")
    opened, settings = OpenStore(), Settings(database=address)
    assert provinces(opened.get(settings)) == ["Cần Thơ"]
    shutil.move(other, address)
    assert provinces(opened.get(settings)) == ["Vĩnh Long"]
    Path(address).unlink()
    with pytest.raises(NoStoreError):
        opened.get(settings)
    empty(address)
    assert provinces(opened.get(settings)) == []


def test_a_store_that_a_newer_kehoach_altered_is_not_read(tmp_path):
    address = empty(tmp_path / "plans.db")
    opened, settings = OpenStore(), Settings(database=address)
    opened.get(settings)
    with open_store(address, write=True) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNewError):
        opened.get(settings)


def test_a_server_is_looked_at_now_and_then_and_by_all_at_once(tmp_path, monkeypatch):
    address = empty(tmp_path / "plans.db")
    opened, settings = OpenStore(), Settings(database=address)
    monkeypatch.setattr(stored, "_stamps", lambda _: None)  # as of a server
    store, looks, both = opened.get(settings), [], Event()

    def check(_):
        looks.append(1)
        if len(looks) == 2:
            both.set()
        assert both.wait(20)

    monkeypatch.setattr(database, "check", check)
    assert opened.get(settings) is store
    assert looks == []
    monkeypatch.setattr(stored, "_TRUSTED", 0)
    threads = [Thread(target=opened.get, args=(settings,)) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert both.is_set()
