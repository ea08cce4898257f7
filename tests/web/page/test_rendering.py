"""The page of a plan: everything in it, nothing from outside, nothing of the plan's text that runs."""

import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.archive.page_images import PageImage
from pipeline.messages import LANGUAGES
from pipeline.schema import Plan
from pipeline.web.page import page, sheets_of

OUTPUTS = Path(__file__).resolve().parents[3] / "outputs"
NAME = "can-tho-2023"


def plan(name=NAME):
    return Plan.model_validate_json((OUTPUTS / f"{name}.json").read_text())


def text(name=NAME):
    return (OUTPUTS / f"{name}.txt").read_text()


class Seen(HTMLParser):
    """The elements of a page, their addresses, and the words between them."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.ids, self.addresses, self.words = [], [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.addresses += [attributes[name] for name in ("src", "href", "action", "data") if attributes.get(name)]

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_and_value_stands_on_the_page(language):
    one = plan()
    seen = Seen(page(one, text(), (), language))
    words = " ".join(seen.words.split())
    for item in [*one.objectives, *one.tasks]:
        assert item.id in seen.ids
        assert item.text in words
        for agency in item.agencies:
            assert agency.name in words


def test_no_two_elements_have_one_id():
    seen = Seen(page(plan(), text(), (), "vi"))
    assert len(set(seen.ids)) == len(seen.ids)


def test_the_text_stands_as_it_is():
    seen = Seen(page(plan(), text(), (), "vi"))
    assert text() in seen.words


def paged():
    """The plan, as if its page had a size."""
    made = json.loads((OUTPUTS / f"{NAME}.json").read_text())
    made["source"]["pages"] = [{**made["source"]["pages"][0], "width": 10, "height": 10}]
    return Plan.model_validate(made)


def test_nothing_is_asked_of_a_network():
    image, one = PageImage(1, b"picture", 10, 10), paged()
    seen = Seen(page(one, text(), sheets_of(one, [image]), "vi"))
    assert all(one.startswith(("#", "data:image/webp;base64,")) for one in seen.addresses)
    assert any(one.startswith("data:") for one in seen.addresses)


def test_the_policy_names_the_script_that_stands_there():
    html = page(plan(), text(), (), "vi")
    (policy,) = [
        one["content"] for tag, one in Seen(html).elements if one.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/]{43}='", policy)) == 2


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'"


def test_markup_in_a_plan_is_text():
    made = json.loads((OUTPUTS / f"{NAME}.json").read_text())
    item = next(one for one in made["tasks"] if one["agencies"])
    item["text"] = item["agencies"][0]["name"] = made["metadata"]["title"] = made["source"]["file_name"] = HOSTILE
    item["agencies"][0]["evidence"]["quote"] = HOSTILE
    seen = Seen(page(Plan.model_validate(made), HOSTILE, (), "vi"))
    assert [tag for tag, _ in seen.elements].count("script") == 1
    assert not [one for one in seen.elements if one[0] == "img" or "onerror" in one[1]]
    assert HOSTILE in seen.words


def test_a_page_that_cannot_be_drawn_is_left_out():
    one = paged()
    assert [sheet.picture for sheet in sheets_of(one, [PageImage(1, None)])] == [""]
    seen = Seen(page(one, text(), sheets_of(one, [PageImage(1, None)]), "vi", why="no picture"))
    assert "no picture" in seen.words and text() in seen.words


def test_restored_words_say_what_the_file_held():
    seen = Seen(page(plan("hai-phong-2023"), text("hai-phong-2023"), (), "en"))
    titles = [one["title"] for tag, one in seen.elements if "restored" in (one.get("class") or "")]
    assert len(titles) == len(plan("hai-phong-2023").restorations)
    assert any("vé" in one for one in titles)


@pytest.mark.parametrize("name", ["plan.css", "plan.js", "desk.css", "desk.js"])
def test_an_item_is_told_from_its_marks_in_the_text(name):
    text = files("pipeline.web").joinpath("assets", name).read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w\])])\.item\b", text) == []
