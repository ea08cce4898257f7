"""The file of a plan is found by its content."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.batch import collect, open_journal, run_batch
from pipeline.evaluate import read_plan
from pipeline.settings import Settings
from pipeline.web.sources import source_file
from tests.plans import TEXT, a_plan

SETTINGS = Settings(jobs=1, document_seconds=20)


def read(path, settings):
    plan = a_plan(path.name, TEXT)
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(TEXT)


@pytest.fixture
def made(tmp_path):
    """A document in a folder of its own, and its plan in the folder of outputs."""
    inside, out = tmp_path / "in" / "deep", tmp_path / "out"
    inside.mkdir(parents=True)
    out.mkdir()
    (inside / "a.txt").write_text("a")
    with open_journal(out, SETTINGS) as journal:
        (result,) = run_batch(collect([inside.parent], out), journal, read, SETTINGS)
    return inside / "a.txt", result.output


def test_the_journal_says_where_it_was_read(made):
    source, plan = made
    assert source_file(plan, read_plan(plan)) == source


def test_a_file_of_other_content_is_not_it(made):
    source, plan = made
    source.write_text("b")
    assert source_file(plan, read_plan(plan)) is None


def test_without_a_journal_it_is_looked_for_beside_the_plan(made, tmp_path):
    source, plan = made
    other = tmp_path / "other"
    other.mkdir()
    moved = Path(shutil.copy(plan, other))
    beside = Path(shutil.move(source, other))
    assert source_file(moved, read_plan(moved)) == beside
