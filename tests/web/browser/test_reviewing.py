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


def alike(folder, count):
    """Doubts for one reason on deadlines of the plan, and no others."""
    plan = json.loads((folder / f"{NAME}.json").read_text())
    plan["metadata"]["serial_by_hand"], plan["warnings"] = False, []
    for item in [*plan["objectives"], *plan["tasks"]]:
        item["doubts"] = []
        for value in [*item["agencies"], *item["targets"], *item["deadlines"]]:
            value["confidence"] = 0.9
        if item["deadlines"] and count:
            due, count = item["deadlines"][0], count - 1
            due["evidence"]["rule"] = "times.time.by-days"
            item["doubts"] = [{"code": "W405", "params": {"item": item["id"]}, "evidence": due["evidence"]}]
    (folder / f"{NAME}.json").write_text(json.dumps(plan))


def test_all_that_are_doubtful_alike_are_accepted_by_one_key_and_that_nothing_is_left_is_said(folder, review):
    alike(folder, 3)
    review.reload()
    review.keyboard.press("n")
    expect(review.locator("#why .doubt")).to_contain_text("states no year")
    expect(review.locator("#alike")).to_contain_text("all 3 like this")
    review.keyboard.press("A")
    expect(review.locator("#told")).to_contain_text("No doubts are left")
    assert review.locator(".value.unsure").count() == 0
    assert len(made(folder)) == 6
    review.keyboard.press("u")
    expect(review.locator(".value.unsure")).to_have_count(3)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (700, 450)])  # a phone; a screen of 1,400 at 200 %
def test_the_place_in_the_document_is_in_sight_with_the_doubt_however_narrow_the_window(
    folder, serve, open_tab, width, height
):
    alike(folder, 3)
    tab = open_tab(width, height)
    tab.goto(f"{serve(folder)}/plans/{NAME}")
    for _ in range(3):
        tab.keyboard.press("n")
        expect(tab.locator("#alike")).to_be_visible()
        place, doubt, foot = (tab.locator(one).first.bounding_box() for one in ("#text .mark.on", ".value.on", "#why"))
        frame = tab.locator("#source").bounding_box()
        assert frame["y"] >= 0 and frame["y"] <= place["y"] < frame["y"] + frame["height"]
        assert frame["y"] + frame["height"] <= doubt["y"] < foot["y"]
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_the_inbox_leads_to_a_plan_by_two_keys(folder, serve, open_tab):
    shutil.copy(folder / f"{NAME}.json", folder / "other.json")
    at, tab = serve(folder), open_tab()
    tab.goto(at)
    tab.keyboard.press("j")
    first = tab.evaluate("document.activeElement.getAttribute('href')")
    tab.keyboard.press("j")
    second = tab.evaluate("document.activeElement.getAttribute('href')")
    assert {first, second} == {f"/plans/{NAME}", "/plans/other"}
    tab.keyboard.press("k")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{at}{first}")


def test_a_warning_that_asks_for_a_field_leads_to_it(folder, review):
    plan = json.loads((folder / f"{NAME}.json").read_text())
    plan["warnings"] = [{"code": "W403", "severity": "doubtful", "page": None, "item": None, "params": {}}]
    (folder / f"{NAME}.json").write_text(json.dumps(plan))
    review.reload()
    review.locator(".warnings a").click()
    expect(review.locator("#r-issued")).to_have_class("value doubt unsure on")
    review.keyboard.press("e")
    review.wait_for_selector("dialog[open] #form")
    review.keyboard.type("16/2/2023")
    review.keyboard.press("Enter")
    expect(review.locator(".warnings li")).to_contain_text("Looked at")


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
