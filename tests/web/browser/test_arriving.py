"""Documents dropped on the desk, in a browser."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow  # starts a desk and a browser

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
HELD = "const held = new Promise((done) => { window.release = done; });"
HOLD_WHAT_IS_TOLD = (
    HELD
    + """
    const ask = window.fetch;
    window.fetch = async (what, ...how) => {
        const answer = await ask(what, ...how);
        if (what === "/.documents") {
            document.body.dataset.answered = "";
            await held;
        }
        return answer;
    };
"""
)
HOLD_WHAT_IS_SENT = (
    HELD
    + """
    const listen = XMLHttpRequest.prototype.addEventListener;
    XMLHttpRequest.prototype.addEventListener = function (kind, act) {
        listen.call(this, kind, async (event) => {
            if (kind === "load" && this.responseURL.includes("hai-phong")) await held;
            act(event);
        });
    };
"""
)
"""Keep what the desk answers from its page until `release()`."""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "outputs").mkdir()
    inner = tmp_path / "2023" / "tháng 2"
    inner.mkdir(parents=True)
    shutil.copy(CORPUS / "hai-phong-2023.txt", inner)
    (inner / ".hidden").write_text("x")
    (inner / "sheet.json").write_text("{}")
    return tmp_path


def row(tab, name):
    named = tab.locator(".name", has_text=re.compile(f"^{re.escape(name)}$"))
    return tab.locator("#coming li").filter(has=named)


def test_a_folder_that_is_chosen_is_read_and_each_document_says_what_became_of_it(folder, serve, open_tab):
    at, tab = serve(folder / "outputs"), open_tab(420)
    tab.goto(at)
    tab.set_input_files("#directory", folder / "2023")
    expect(row(tab, "2023/tháng 2/sheet.json")).to_contain_text("E102")
    expect(row(tab, "2023/tháng 2/hai-phong-2023.txt")).to_contain_text("was read")
    expect(tab.locator("#coming li")).to_have_count(2)
    expect(tab.locator(".entry")).to_contain_text("55/KH-UBND")
    tab.get_by_role("link", name="2023/tháng 2/hai-phong-2023.txt").click()
    expect(tab.locator("h1")).to_contain_text("55/KH-UBND")


def test_what_the_desk_cannot_take_is_said_and_may_be_sent_again(folder, serve, open_tab):
    at, tab = serve(folder / "outputs"), open_tab()
    tab.goto(at)
    tab.route("**/.documents?*", lambda route: route.abort())
    tab.set_input_files("#files", CORPUS / "hai-phong-2023.txt")
    expect(row(tab, "hai-phong-2023.txt")).to_contain_text("did not arrive whole")
    assert not (folder / "outputs" / "uploads").exists()
    tab.unroute("**/.documents?*")
    tab.set_input_files("#files", CORPUS / "hai-phong-2023.txt")
    expect(row(tab, "hai-phong-2023.txt")).to_contain_text("was read")


def test_what_arrives_while_the_desk_is_asked_is_asked_about_again(folder, serve, open_tab):
    at, tab = serve(folder / "outputs"), open_tab()
    tab.add_init_script(HOLD_WHAT_IS_TOLD)
    tab.goto(at)
    expect(tab.locator("body[data-answered]")).to_have_count(1)  # that nothing came: not told yet
    tab.set_input_files("#files", CORPUS / "hai-phong-2023.txt")
    expect(row(tab, "hai-phong-2023.txt")).to_contain_text("waits to be read")
    tab.evaluate("release()")
    expect(row(tab, "hai-phong-2023.txt")).to_contain_text("was read")


def test_a_document_that_is_being_sent_is_shown_once(folder, serve, open_tab):
    at, tab = serve(folder / "outputs"), open_tab()
    tab.add_init_script(HOLD_WHAT_IS_SENT)
    tab.goto(at)
    tab.set_input_files("#files", [CORPUS / "hai-phong-2023.txt", folder / "2023" / "tháng 2" / "sheet.json"])
    expect(tab.locator("#progress")).to_contain_text("Read: 1.")  # the desk has it, which the page was not answered
    expect(tab.locator("#coming li")).to_have_count(2)
    tab.evaluate("release()")
    expect(row(tab, "hai-phong-2023.txt")).to_contain_text("was read")
    expect(tab.locator("#coming li")).to_have_count(2)


def test_what_could_not_be_read_is_named_with_what_to_do_and_put_away_and_back(folder, serve, open_tab):
    (folder / "wrong.pdf").write_bytes(b"%PDF-1.7\nnothing")
    at, tab = serve(folder / "outputs"), open_tab()
    tab.goto(f"{at}/reviewer?back=/")
    tab.keyboard.type("Trần Thị Mai")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{at}/")
    tab.set_input_files("#files", [folder / "wrong.pdf", folder / "2023" / "tháng 2" / "sheet.json"])
    expect(row(tab, "wrong.pdf")).to_contain_text("E105")
    expect(tab.locator(".entry.failed")).to_contain_text("E105")
    expect(tab.locator("#progress")).to_have_text("Read: 0. Not readable: 1. Waiting: 0.")

    tab.get_by_role("button", name="Put away: sheet.json").click()  # nothing of it was kept
    expect(row(tab, "sheet.json")).to_have_count(0)
    tab.route("**/.failures", lambda route: route.fulfill(status=403))
    tab.locator("#coming").get_by_role("button", name="Put away: wrong.pdf").press("Enter")
    expect(row(tab, "wrong.pdf").get_by_role("alert")).to_have_text("was not put away; load the page again (403)")
    tab.unroute("**/.failures")
    tab.locator("#coming").get_by_role("button", name="Put away: wrong.pdf").press("Enter")
    expect(row(tab, "wrong.pdf")).to_have_count(0)
    expect(tab.locator(".entry")).to_have_count(0)
    tab.reload()
    expect(tab.locator(".states .away")).to_contain_text("1")
    expect(tab.locator("#coming li")).to_have_count(0)
    assert (folder / "outputs" / "uploads" / "wrong.pdf").exists()

    tab.locator(".states .away a").click()
    tab.get_by_role("button", name="Put back: wrong.pdf").press("Enter")
    expect(tab.locator(".entry")).to_have_count(0)
    tab.goto(at)
    expect(tab.locator(".entry.failed")).to_contain_text("wrong.pdf")
