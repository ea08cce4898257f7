"""The command that opens the desk, as a process of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.slow  # starts the command anew

OUTPUTS = Path(__file__).resolve().parents[1] / "outputs"


def kehoach(*arguments):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_")}
    line = [sys.executable, "-m", "pipeline.cli", "--lang", "en", *map(str, arguments)]
    return subprocess.Popen(line, env=clean, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def folder(tmp_path):
    for suffix in ("json", "txt"):
        shutil.copy(OUTPUTS / f"can-tho-2023.{suffix}", tmp_path)
    return tmp_path


def test_it_says_its_address_answers_there_and_ends_with_ctrl_c(folder):
    desk = kehoach("serve", folder, "--port", 0)
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+/", desk.stderr.readline())[0]
        assert "140/KH-UBND" in httpx.get(address, timeout=60).text
        desk.send_signal(signal.SIGINT)
        assert desk.wait(30) in (0, 130, -signal.SIGINT)
        assert "Traceback" not in desk.stderr.read()
    finally:
        desk.kill()
        desk.wait()


def test_an_address_that_is_taken_is_said(folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        desk = kehoach("serve", folder, "--port", other.getsockname()[1])
        said = desk.communicate(timeout=60)[1]
    assert desk.returncode == 1 and "E751" in said


def test_a_folder_that_is_not_there_is_said(tmp_path):
    desk = kehoach("serve", tmp_path / "none")
    said = desk.communicate(timeout=60)[1]
    assert desk.returncode == 1 and "E107" in said


def test_documents_do_not_come_into_a_folder_that_holds_the_outputs(folder):
    desk = kehoach("serve", folder, "--uploads", folder.parent)
    said = desk.communicate(timeout=60)[1]
    assert desk.returncode == 1 and "E107" in said


def test_over_a_network_it_says_that_nothing_is_written_without_a_token(folder):
    desk = kehoach("serve", folder, "--host", "0.0.0.0", "--port", 0, "--token-file", folder / "token")
    try:
        said = "".join(desk.stderr.readline() for _ in range(3))
        port = re.search(r"http://0\.0\.0\.0:(\d+)/", said)[1]
        assert "nothing is encrypted" in said and str(folder / "token") in said
        assert "Token" in httpx.get(f"http://127.0.0.1:{port}/reviewer", timeout=60).text
    finally:
        desk.kill()
        desk.wait()


def test_a_short_token_is_wrong_usage(folder):
    (folder / "token").write_text("abc")
    desk = kehoach("serve", folder, "--port", 0, "--token-file", folder / "token")
    said = desk.communicate(timeout=60)[1]
    assert desk.returncode == 2 and "E762" in said
