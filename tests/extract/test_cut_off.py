"""Sentences that end anywhere, as those of cells, titles and lost lines do: a plan with them is read all the same."""

import tomllib
from pathlib import Path
from random import Random

import pytest

from pipeline.extract import extract
from pipeline.ingest import ingest
from pipeline.outline import outline
from pipeline.run import _made_by
from pipeline.settings import Settings

CASES = Path(__file__).parents[1] / "cases"
ROOMS = ("agencies", "deadlines", "figures", "roles", "targets", "tasks")
CUT = 1200  # sentences of each kind of place
AT_ONCE = 100


def sentences(value):
    """The lines in what stands in a file of cases."""
    if isinstance(value, str):
        return {line.strip() for line in value.splitlines() if line.strip()}
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {line for one in inner for line in sentences(one)}


@pytest.fixture(scope="module")
def beginnings():
    """How sentences of all cases begin, cut behind any word."""
    files = [file for room in ROOMS for file in sorted((CASES / room).glob("*.toml"))]
    found = {line for file in files for line in sentences(tomllib.loads(file.read_text(encoding="utf-8")))}
    words = [line.split() for line in sorted(found)]
    cut = sorted({" ".join(some[:end]) for some in words for end in range(1, len(some) + 1)})
    return Random(0).sample(cut, CUT)


def read(path):
    """Read a plan that lies in a file."""
    document = ingest(path)
    return extract(document, outline(document), _made_by(Settings()))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "item"),
    [
        ("", "{}"),
        ("", "{}\na) Mua sách."),
        ("| Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|\n", "| {} | {} | {} |"),
    ],
    ids=["items", "titles", "cells"],
)
def test_a_sentence_that_is_cut_anywhere_is_read(tmp_path, beginnings, head, item):
    path = tmp_path / "plan.md"
    for start in range(0, CUT, AT_ONCE):
        lines = [item.replace("{}", one.replace("|", "")) for one in beginnings[start : start + AT_ONCE]]
        listed = lines if head else [f"{at}. {one}" for at, one in enumerate(lines, 1)]
        path.write_text("KẾ HOẠCH\nIII. TỔ CHỨC THỰC HIỆN\n\n" + head + "\n".join(listed), encoding="utf-8")
        plan = read(path)  # a fault of ours would be raised here
        assert bool(plan.tables) == bool(head)
