"""Stores for tests: an SQLite file, and a database of a real PostgreSQL server where one is given.

KEHOACH_TEST_POSTGRESQL is the address of that server (scripts/postgresql.sh prints it); each test gets a database of
its own there. CI sets KEHOACH_TEST_REQUIRE, so that nothing is skipped in silence.
"""

import os
import tempfile
import uuid
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader, json_files
from tests.store import two_plans

PROJECT = Path(__file__).parents[2]
OUTPUTS = PROJECT / "outputs"
# Texts are ordered as readers are used to, where signs count little: nothing may rest on the order of code points.
_ORDER = "LOCALE_PROVIDER icu ICU_LOCALE 'vi-u-ka-shifted' LOCALE 'C.UTF-8'"
SERVER = os.environ.get("KEHOACH_TEST_POSTGRESQL")


@contextmanager
def postgresql(template=None):
    """The address of a fresh database on the server; a copy of the database `template`, where that is given."""
    if not SERVER:
        if os.environ.get("KEHOACH_TEST_REQUIRE"):
            pytest.fail("KEHOACH_TEST_POSTGRESQL names no server")
        pytest.skip("KEHOACH_TEST_POSTGRESQL names no server")
    name = f"test_{uuid.uuid4().hex[:12]}"
    url = make_url(SERVER).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        made = f"TEMPLATE {template}" if template else f"TEMPLATE template0 {_ORDER}"
        connection.execute(text(f"CREATE DATABASE {name} {made}"))
    try:
        yield url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@cache
def _empty():
    """A store without plans, as the bytes of an SQLite file: to alter tables version by version takes a while."""
    with tempfile.TemporaryDirectory() as folder:
        with open_store(f"{folder}/plans.db", write=True):
            pass
        return Path(folder, "plans.db").read_bytes()


def empty(path):
    """Write an SQLite store without plans; its address."""
    Path(path).write_bytes(_empty())
    return str(path)


@pytest.fixture(scope="session")
def empty_on_server():
    """The name of a database with a store without plans, to make others from."""
    with postgresql() as url:
        with open_store(url, write=True):
            pass
        yield make_url(url).database


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The address of a store without plans."""
    if request.param == "sqlite":
        yield empty(tmp_path / "plans.db")
    else:
        with postgresql(request.getfixturevalue("empty_on_server")) as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def unmade(request, tmp_path):
    """The address of a store that is not there yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "plans.db")
    else:
        with postgresql() as url:
            yield url


def fill(address, *paths, **more):
    """Load JSON files; what became of each."""
    with open_store(address, write=True) as store:
        return list(Loader(store, **more).load(list(json_files(paths))))


@pytest.fixture(scope="session")
def corpus_sqlite(tmp_path_factory):
    made = empty(tmp_path_factory.mktemp("store") / "plans.db")
    fill(made, OUTPUTS)
    return made


@pytest.fixture(scope="session")
def corpus_postgresql(empty_on_server):
    with postgresql(empty_on_server) as url:
        fill(url, OUTPUTS)
        yield url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def corpus(request):
    """The address of a store with the plans of outputs/; tests only read it."""
    return request.getfixturevalue(f"corpus_{request.param}")


@pytest.fixture
def connection():
    """A store of two plans with nothing, or too much, in every column; in memory."""
    engine = create_engine("sqlite://")
    with engine.begin() as made:
        two_plans.fill(made)
        yield made
    engine.dispose()
