"""Stores for tests: an SQLite file, and a database of a real PostgreSQL server where one is given.

KEHOACH_TEST_POSTGRESQL is the address of that server (scripts/postgresql.sh prints it); each test gets a database of
its own there. CI sets KEHOACH_TEST_REQUIRE, so that nothing is skipped in silence.
"""

import os
import uuid
from contextlib import contextmanager
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
def postgresql():
    """The address of a fresh database on the server."""
    if not SERVER:
        if os.environ.get("KEHOACH_TEST_REQUIRE"):
            pytest.fail("KEHOACH_TEST_POSTGRESQL names no server")
        pytest.skip("KEHOACH_TEST_POSTGRESQL names no server")
    name = f"test_{uuid.uuid4().hex[:12]}"
    url = make_url(SERVER).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 {_ORDER}"))
    try:
        yield url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
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


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def corpus(request, tmp_path_factory):
    """The address of a store with the plans of outputs/; tests only read it."""
    if request.param == "sqlite":
        made = str(tmp_path_factory.mktemp("store") / "plans.db")
        fill(made, OUTPUTS)
        yield made
    else:
        with postgresql() as url:
            fill(url, OUTPUTS)
            yield url


@pytest.fixture
def connection():
    """A store of two plans with nothing, or too much, in every column; in memory."""
    engine = create_engine("sqlite://")
    with engine.begin() as made:
        two_plans.fill(made)
        yield made
    engine.dispose()
