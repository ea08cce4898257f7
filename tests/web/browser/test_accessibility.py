"""What axe-core finds of those who read the desk by keyboard, by screen reader, or without colour."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow  # starts a desk and a browser

OUTPUTS = Path(__file__).resolve().parents[3] / "outputs"
NAME = "can-tho-2023"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outputs")
    for suffix in ("json", "txt"):
        shutil.copy(OUTPUTS / f"{NAME}.{suffix}", folder)
    (folder / "old.json").write_text('{"schema_version": "1.1", "source": {"file_name": "old.pdf"}}')
    return folder


def serious(tab):
    found = Axe().run(tab).response["violations"]
    return [
        (one["id"], node["target"], node["failureSummary"].splitlines()[-1])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_found(folder, serve, open_tab, scheme):
    at, tab = serve(folder), open_tab()
    tab.emulate_media(color_scheme=scheme)
    wrong = {}
    for path in ("/", "/search?q=x", "/reviewer", "/nothing", f"/plans/{NAME}"):
        tab.goto(at + path)
        wrong[path] = serious(tab)
    tab.keyboard.press("n")
    wrong["chosen"] = serious(tab)
    tab.keyboard.press("?")
    wrong["keys"] = serious(tab)
    tab.keyboard.press("e")
    tab.wait_for_selector("dialog[open] form")
    wrong["form"] = serious(tab)
    assert {place: found for place, found in wrong.items() if found} == {}
