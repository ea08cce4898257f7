"""What the README shows is what happens."""

import json
import re
from pathlib import Path

import pytest

from pipeline.cli import app
from tests import shown

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
WHEEL = "./dist/kehoach-0.2.0-cp311-abi3-linux_x86_64.whl"
LEFT_OUT = {
    f"pip install {WHEEL}            # reads text, Markdown, DOCX and PDF with a text layer": "asks a package index",
    f"pip install '{WHEEL}[all]'     # all of kehoach": "asks a package index",
    "make test    # runs the tests": "takes minutes, and is what this test is a part of",
}


@pytest.mark.ocr
@pytest.mark.slow
def test_pasted_from_top_to_bottom_into_a_fresh_clone_it_gives_its_answers(tmp_path, request):
    now = shown.renewed(README, shown.checkout(tmp_path), LEFT_OUT)
    if request.config.getoption("--regenerate-docs"):
        (PROJECT / "README.md").write_text(now, encoding="utf-8")
    assert now == (PROJECT / "README.md").read_text(encoding="utf-8")


def test_what_is_not_pasted_stands_in_the_readme():
    assert set(LEFT_OUT) <= set(README.splitlines())


def test_the_item_the_readme_shows_is_what_outputs_hold():
    shown = json.loads(re.search(r"```json\n(.*?)```", README, re.DOTALL).group(1))
    plan = json.loads((PROJECT / "outputs" / "can-tho-2023.json").read_text(encoding="utf-8"))
    item = next(one for one in plan["tasks"] if one["id"] == shown["id"])
    assert shown["agencies"][0] in item["agencies"]
    assert {key: item[key] for key in ("number", "headings", "targets", "confidence")} == {
        key: shown[key] for key in ("number", "headings", "targets", "confidence")
    }


def test_every_command_is_in_the_table_of_the_readme():
    names = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert names == set(re.findall(r"^\| `(\w+)[ `]", README, re.MULTILINE))
