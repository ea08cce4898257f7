"""A batch from files to files."""

import json
import os
from pathlib import Path

import pytest

from pipeline.batch import Figures, run_batch
from pipeline.errors import ProtectedError
from pipeline.schema.checking import check
from pipeline.settings import Settings
from tests.plans import TEXT, a_plan

SETTINGS = Settings(jobs=2, document_seconds=20)


def read(path, settings):
    """Fails where the file says so, else gives a plan whose text is the file's own."""
    content = path.read_text()
    if content == "fail":
        raise ProtectedError(file=path.name, page=2)
    return a_plan(path.name, TEXT + "\n" + content)


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def files(folder, **contents):
    made = []
    for name, content in contents.items():
        made.append(folder / f"{name}.txt")
        made[-1].write_text(content)
    return made


def batch(paths, out, reader=read):
    return sorted(run_batch(paths, out, reader, SETTINGS), key=lambda result: result.index)


def crash(path, settings):
    """Dies where the file says so."""
    if path.read_text() in ("crash", "hopeless"):
        os.abort()
    return read(path, settings)


def again(error, path, settings):
    """Reads what died, and says in its text why it was read once more."""
    if path.read_text() == "hopeless":
        os.abort()
    return a_plan(path.name, f"{TEXT}\n{error.code}")


def test_a_document_whose_process_died_is_read_in_another_way(tmp_path, out):
    paths = files(tmp_path, a="một", b="crash", c="hopeless", d="fail")
    results = sorted(run_batch(paths, out, crash, SETTINGS, again), key=lambda result: result.index)
    assert [result.error and result.error.code for result in results] == [None, None, "E109", "E103"]
    assert (out / "a.txt").read_text() == TEXT + "\nmột\n"
    assert (out / "b.txt").read_text() == TEXT + "\nE109\n"


def test_each_document_becomes_two_files_that_keep_the_contract(tmp_path, out):
    batch(files(tmp_path, a="một", b="hai"), out)
    assert sorted(file.name for file in out.iterdir()) == ["a.json", "a.txt", "b.json", "b.txt"]
    text = (out / "a.txt").read_text()
    assert text == TEXT + "\nmột\n"
    assert check((out / "a.json").read_bytes(), text) == []


def test_the_same_input_gives_the_same_bytes(tmp_path, out):
    paths = files(tmp_path, **{f"n{i}": str(i) for i in range(8)})
    batch(paths, out)
    first = {file.name: file.read_bytes() for file in out.iterdir()}
    batch(list(reversed(paths)), out)
    assert {file.name: file.read_bytes() for file in out.iterdir()} == first


def test_figures_count_what_the_plan_holds(tmp_path, out):
    (result,) = batch(files(tmp_path, a=""), out)
    assert result.figures == Figures(pages=None, tasks=1, agencies=1, deadlines=1, targets=1)
    assert [warning.code for warning in result.warnings] == ["W403"]


def test_a_failed_document_costs_no_other(tmp_path, out):
    first, failed, last = batch(files(tmp_path, a="", b="fail", c=""), out)
    assert first.figures and last.figures
    assert failed.error is not None
    assert failed.error.text().startswith(f"E103 {tmp_path / 'b.txt'}, p. 2: ")
    assert not (out / "b.json").exists()


def test_an_older_output_of_a_failed_document_is_set_aside(tmp_path, out):
    (path,) = files(tmp_path, a="một")
    batch([path], out)
    path.write_text("fail")
    (result,) = batch([path], out)
    assert [new.name for _, new in result.stale] == ["a.json.stale", "a.txt.stale"]
    assert sorted(file.name for file in out.iterdir()) == ["a.json.stale", "a.txt.stale"]


def test_an_output_that_cannot_be_written_is_an_error_of_its_document(tmp_path, out):
    (out / "a.txt").mkdir()
    failed, written = batch(files(tmp_path, a="", b=""), out)
    assert failed.error is not None
    assert failed.error.code == "E115"
    assert written.figures
    assert (out / "b.json").exists()


def test_files_of_one_stem_get_their_whole_names(tmp_path, out):
    paths = [tmp_path / "a.md", tmp_path / "a.txt"]
    for path in paths:
        path.write_text(path.name)
    batch(paths, out)
    assert sorted(file.name for file in out.iterdir()) == ["a.md.json", "a.md.txt", "a.txt.json", "a.txt.txt"]
    assert json.loads((out / "a.md.json").read_text())["source"]["file_name"] == "a.md"


def test_a_source_is_never_overwritten(tmp_path):
    (path,) = files(tmp_path, a="fail")
    (result,) = batch([path], tmp_path)
    assert result.error is not None
    assert result.error.code == "E113"
    assert path.read_text() == "fail"


def test_vietnamese_letters_are_written_as_themselves(tmp_path, out):
    batch(files(tmp_path, a=""), out)
    assert "Sở Tài chính" in (out / "a.json").read_bytes().decode()


def test_a_text_that_is_no_unicode_is_an_error_of_its_document(tmp_path, out):
    def broken(path: Path, settings: Settings):
        return a_plan(path.name, TEXT + "\ud800")

    (result,) = batch(files(tmp_path, a=""), out, broken)
    assert result.error is not None
    assert result.error.code == "E112"
