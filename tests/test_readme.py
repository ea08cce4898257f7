"""What the README shows is what happens."""

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import app
from tests import shown

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\.venv/bin/kehoach (.+)$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A folder with what the README's commands need."""
    return shown.checkout(tmp_path_factory.mktemp("checkout"))


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_readme_ends_well(command, checkout):
    line = [sys.executable, "-c", "from pipeline.cli import main; main()", *shlex.split(command)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(line, cwd=checkout, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_python_of_the_readme_prints_what_it_says(monkeypatch):
    monkeypatch.chdir(PROJECT)
    code, promised = re.search(r"```python\n(.*?)```.*?```\n(.*?)```", README, re.DOTALL).groups()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code, {})
    lines = said.getvalue().splitlines()
    assert lines[-1] == promised.strip()
    assert len(lines) == 1 + 5


@pytest.mark.slow
def test_the_answers_of_the_readme_are_those_of_the_store(tmp_path, request):
    now = shown.renewed(README, shown.checkout(tmp_path))
    if request.config.getoption("--regenerate-docs"):
        (PROJECT / "README.md").write_text(now, encoding="utf-8")
    assert now == (PROJECT / "README.md").read_text(encoding="utf-8")


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
