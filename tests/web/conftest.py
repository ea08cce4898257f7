"""A browser, and desks that it can reach."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    """Chromium; without it tests are skipped, but where KEHOACH_TEST_REQUIRE is set."""
    if not os.environ.get("KEHOACH_TEST_REQUIRE") and CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    expect.set_options(timeout=60_000)  # as long as a busy machine may take
    with sync_playwright() as started:
        assert CHROMIUM is not None
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_tab(browser):
    """Opens a tab of its own, of a width; at last none may have asked another host or have failed at anything."""
    wrong = []

    def said(message):
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            wrong.append(message.text)

    def opened(width=1400, height=900):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
        context.set_default_timeout(30_000)
        tab = context.new_page()
        tab.on("console", said)
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("request", lambda one: None if _near(one.url) else wrong.append(one.url))
        close.callback(context.close)
        return tab

    with ExitStack() as close:
        yield opened
    assert wrong == []


def _near(url):
    return re.match(r"(data:|blob:|file:|about:|http://127\.0\.0\.1:\d+/)", url)


@contextmanager
def served(folder, *options):
    """The desk on a folder, as a process of its own: its address, and the process."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_")}
    clean["KEHOACH_CACHE"] = os.environ["KEHOACH_CACHE"]
    line = [sys.executable, "-m", "pipeline.cli", "--lang", "en", "serve", str(folder), "--port", "0", *options]
    desk = subprocess.Popen(line, env=clean, stderr=subprocess.PIPE, text=True)
    try:
        yield re.search(r"http://\S+", desk.stderr.readline())[0].rstrip("/"), desk
    finally:
        desk.terminate()
        desk.wait(60)
        desk.stderr.close()


@pytest.fixture
def serve():
    """Opens the desk on a folder as a process of its own; gives its address."""
    with ExitStack() as close:
        yield lambda folder, *options: close.enter_context(served(folder, *options))[0]
