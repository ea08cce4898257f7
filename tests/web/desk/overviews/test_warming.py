"""What the desk asks itself at its start is there to be asked, and what fails of it keeps nobody from the desk."""

import asyncio
from contextlib import contextmanager
from threading import Event

import pytest
from fastapi.testclient import TestClient

from pipeline.errors import NoStoreError
from pipeline.settings import Settings
from pipeline.web.desk import make_app, warming
from pipeline.web.desk.stored import OpenStore
from pipeline.web.desk.warming import ASKED, warm


@pytest.mark.parametrize(("path", "query"), ASKED)
def test_what_the_desk_asks_itself_is_answered(client, path, query):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    assert 'role="alert"' not in answer.text


@pytest.fixture
def asked(monkeypatch):
    """Has the desk ask an app of which `ends` ends a request; the paths that it asked for, where it has a store."""

    def ask(ends, error=None):
        @contextmanager
        def opened(_):
            if error is not None:
                raise error
            yield

        async def app(scope, receive, send):
            paths.append(scope["path"])
            await ends()

        paths = []
        monkeypatch.setattr(warming, "opened", opened)
        asyncio.run(warm(app, None))
        return paths

    return ask


async def fails():
    raise ValueError


async def hangs():
    await asyncio.Event().wait()


def test_a_question_that_fails_ends_no_other(asked):
    assert asked(fails) == [path for path, _ in ASKED]


def test_nothing_is_asked_where_there_is_no_store(asked):
    assert asked(fails, NoStoreError(file="plans.db")) == []


def test_nothing_more_is_asked_behind_a_question_without_an_answer(asked, monkeypatch):
    monkeypatch.setattr(warming, "_PATIENCE", 0.05)
    assert asked(hangs) == [ASKED[0][0]]


def test_the_desk_answers_while_its_store_does_not(tmp_path, monkeypatch):
    asked, answers = Event(), Event()

    def get(*_):
        asked.set()
        answers.wait(60)
        raise NoStoreError(file="plans.db")

    monkeypatch.setattr(OpenStore, "get", get)
    with TestClient(make_app(tmp_path, Settings(lang="en")), base_url="http://localhost") as client:
        assert asked.wait(20)
        assert client.get("/").status_code == 200
    assert not answers.is_set()
    answers.set()
