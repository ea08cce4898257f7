"""What breaks off while documents come: the connection, the desk itself. Nothing stands there half, nothing is lost."""

import re
import socket
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from pipeline.web.desk.guard import DOCUMENTS
from tests.processes import wait_for
from tests.web.conftest import served

pytestmark = pytest.mark.slow  # starts desks as processes of their own

CORPUS = Path(__file__).resolve().parents[4] / "corpus"


@pytest.fixture
def out(tmp_path):
    (tmp_path / "outputs").mkdir()
    return tmp_path / "outputs"


@contextmanager
def browser(at):
    with httpx.Client(base_url=at, timeout=60) as client:
        token = re.search('name="csrf" value="([0-9a-f]{64})"', client.get("/reviewer").text)[1]
        client.headers["x-kehoach-form"] = token
        yield client


def files(out):
    return [one for one in (out / "uploads").rglob("*") if one.is_file()] if (out / "uploads").exists() else []


def test_of_what_was_sent_by_half_nothing_stays(out):
    with served(out) as (at, desk), browser(at) as client:
        host, port = at.removeprefix("http://").split(":")
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        head = (
            f"POST {DOCUMENTS}?name=kh.txt HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\n"
            f"X-Kehoach-Form: {client.headers['x-kehoach-form']}\r\nContent-Length: 100000\r\n\r\n"
        )
        with socket.create_connection((host, int(port))) as half:
            half.sendall(head.encode() + b"x" * 5000)
            assert wait_for(lambda: files(out))  # as a part, under a name of its own
        assert wait_for(lambda: not files(out))
        assert client.get("/").status_code == 200
        desk.terminate()
        assert "Traceback" not in desk.stderr.read()


def test_what_a_desk_that_was_killed_took_in_is_read_by_the_next(out):
    content = (CORPUS / "vinh-long-2023.txt").read_bytes()
    with served(out) as (at, desk), browser(at) as client:
        answer = client.post(DOCUMENTS, params={"name": "kh.txt"}, content=content)
        assert answer.status_code == 201
        desk.kill()
        desk.wait()
    with served(out) as (at, _), browser(at) as client:
        assert wait_for(lambda: client.get("/api/plans").json()["total"] == 1)
        assert wait_for(lambda: client.get(DOCUMENTS).json()["waiting"] == 0)


def test_a_desk_that_is_ended_while_it_reads_ends_soon_and_the_next_goes_on(out):
    with served(out) as (at, desk), browser(at) as client:
        for name in ("vinh-long-2023", "can-tho-2023", "lai-chau-2023"):
            client.post(DOCUMENTS, params={"name": f"{name}.txt"}, content=(CORPUS / f"{name}.txt").read_bytes())
        began = time.monotonic()
        desk.terminate()
        said = desk.stderr.read()
        assert time.monotonic() - began < 40 and "Traceback" not in said
    with served(out) as (at, _), browser(at) as client:
        assert wait_for(lambda: client.get("/api/plans").json()["total"] == 3)
