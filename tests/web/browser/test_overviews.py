"""The overviews in a browser: drawings are shown, axe-core finds nothing serious, a phone need not scroll aside."""

import shutil
from pathlib import Path

import pytest

from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader, json_files
from tests.web.browser.test_accessibility import serious

pytestmark = pytest.mark.slow  # starts a desk and a browser

OUTPUTS = Path(__file__).resolve().parents[3] / "outputs"
PAGES = (
    "/deadlines?month=2023-11", "/timeline?year=2023", "/targets?q=thư+viện&unit=%25", "/partners?province=Vĩnh+Long",
    "/provinces", "/provinces?province=Cần+Thơ", "/versions", "/versions?a=can-tho-2023&b=vinh-long-2023",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk") / "outputs"
    shutil.copytree(OUTPUTS, folder)
    with open_store(str(folder / "plans.db"), write=True) as store:
        list(Loader(store).load(list(json_files([folder]))))
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_found_and_drawings_are_shown(folder, serve, open_tab, scheme):
    at, tab = serve(folder), open_tab()
    tab.emulate_media(color_scheme=scheme)
    wrong, drawn = {}, 0
    for path in PAGES:
        tab.goto(at + path)
        wrong[path] = serious(tab)
        for width in tab.eval_on_selector_all(".drawing img", "some => some.map(one => one.naturalWidth)"):
            assert width > 500, path
            drawn += 1
    assert {place: found for place, found in wrong.items() if found} == {}
    assert drawn == 2


@pytest.mark.parametrize("width", [390, 700])  # a phone; a screen of 1,400 at 200 %
def test_no_page_is_wider_than_its_window(folder, serve, open_tab, width):
    at, tab = serve(folder), open_tab(width=width)
    wide = {}
    for path in PAGES:
        tab.goto(at + path)
        wide[path] = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {path: more for path, more in wide.items() if more > 1} == {}
