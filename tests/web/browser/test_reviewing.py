"""Reviewing by keyboard alone, in a browser."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pipeline.corrections import read_corrections

pytestmark = pytest.mark.slow  # starts a desk and a browser

OUTPUTS = Path(__file__).resolve().parents[3] / "outputs"
NAME = "can-tho-2023"


@pytest.fixture
def folder(tmp_path):
    for suffix in ("json", "txt"):
        shutil.copy(OUTPUTS / f"{NAME}.{suffix}", tmp_path)
    return tmp_path


@pytest.fixture
def review(folder, serve, open_tab):
    """A tab with a plan, for a reviewer who has said who that is."""
    tab = open_tab()
    at = serve(folder)
    tab.goto(f"{at}/reviewer?back=/plans/{NAME}")
    expect(tab.locator("input:focus")).to_be_visible()
    tab.keyboard.type("Trần Thị Mai")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{at}/plans/{NAME}")  # with its scripts: a key that is pressed before them is lost
    return tab


@pytest.fixture
def stranger(folder, serve, open_tab):
    """A tab with a plan, for somebody who has not said who that is."""
    tab = open_tab()
    tab.goto(f"{serve(folder)}/plans/{NAME}")
    return tab


def made(folder):
    return read_corrections(folder / f"{NAME}.json")


def test_the_first_doubt_is_accepted_and_the_next_is_shown(review, folder):
    review.keyboard.press("n")
    first = review.locator(".value.on").get_attribute("data-is")
    review.keyboard.press("a")
    expect(review.locator(".value.on")).not_to_have_attribute("data-is", first)
    (one,) = made(folder)
    assert one.by == "Trần Thị Mai"
    assert review.evaluate("document.activeElement.matches('.value.unsure.on')")


def test_the_first_act_waits_for_the_name_of_who_reviews(stranger, folder):
    stranger.keyboard.press("n")
    stranger.keyboard.press("a")
    stranger.wait_for_selector("dialog[open]")
    assert made(folder) == []
    stranger.keyboard.type("Lê Thị Hoa")
    stranger.keyboard.press("Enter")
    stranger.wait_for_selector("dialog:not([open])", state="attached")
    (one,) = made(folder)
    assert one.by == "Lê Thị Hoa"
    expect(stranger.locator(".top")).to_contain_text("Lê Thị Hoa")
    expect(stranger.locator("[role=note]")).to_have_count(0)


def test_a_value_is_edited_in_a_form_that_opens_and_closes_by_keys(review, folder):
    review.locator(".value.agency").first.focus()
    review.keyboard.press("Enter")
    review.keyboard.press("e")
    review.wait_for_selector("dialog[open]")
    assert review.evaluate("document.activeElement.name") == "name"
    review.keyboard.type("Sở Tài chính")
    review.keyboard.press("Enter")
    review.wait_for_selector("dialog:not([open])", state="attached")
    (one,) = made(folder)
    assert one.new["name"] == "Sở Tài chính"
    assert "Sở Tài chính" in review.locator(".value.on").inner_text()
    review.keyboard.press("u")
    expect(review.locator(".history")).to_have_count(0)


def test_a_time_is_shown_as_it_is_read_while_it_is_typed(review, folder):
    review.locator(".value.deadline").first.focus()
    review.keyboard.press("Enter")
    review.keyboard.press("e")
    review.wait_for_selector("dialog[open]")
    review.keyboard.type("quý IV/2025")
    expect(review.locator("output.read")).to_contain_text("31/12/2025")
    review.keyboard.press("Enter")
    review.wait_for_selector("dialog:not([open])", state="attached")
    (one,) = made(folder)
    assert one.new["end"] == "2025-12-31"


def test_keys_do_nothing_while_a_field_is_typed_in(review, folder):
    review.keyboard.press("/")
    review.keyboard.type("axur")
    assert review.locator("#filter").input_value() == "axur"
    assert made(folder) == []


def test_markup_in_a_plan_runs_nowhere(folder, serve, open_tab):
    markup = "</script><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    plan = json.loads((folder / f"{NAME}.json").read_text())
    item = next(one for one in plan["tasks"] if one["agencies"])
    item["text"] = item["agencies"][0]["name"] = plan["metadata"]["title"] = markup
    (folder / f"{NAME}.json").write_text(json.dumps(plan))
    at, tab = serve(folder), open_tab()
    for path in ("/", f"/plans/{NAME}"):
        tab.goto(at + path)
        assert tab.title() != "ran" and tab.locator("body img[src=x]").count() == 0
        assert "<img src=x" in tab.locator("body").inner_text()
