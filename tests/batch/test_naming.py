"""The names of outputs."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.batch import naming
from pipeline.batch.collect import collect
from pipeline.batch.naming import assign
from tests.cases import cases


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*names):
    """Files, each of which holds its own name."""
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(name)


def output(name, source, content=None, ending=".json"):
    """An output in `out` that came from a file of this name, whose content is its path unless given."""
    digest = sha256((source if content is None else content).encode()).hexdigest()
    path = Path("out", name + ending)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{{"schema_version": "1.1", "source": {{"file_name": "{Path(source).name}", "sha256": "{digest}"')


def stems(*paths, out="out", replace=False):
    """The stem of each file, or the code of its error, in the order of the paths of files."""
    jobs = assign(collect([Path(path) for path in paths], Path(out)), Path(out), replace)
    return [job.error.code if job.error else job.stem for job in jobs]


@cases("batch/output_names", paths=list[str], names=list[str])
def test_files_given_by_name(work, paths, names):
    make(*paths)
    assert stems(*paths) == names


def test_files_of_a_folder_are_named_by_their_path_below_it(work):
    make("in/2023/a.pdf", "in/2024/a.pdf", "in/b.pdf", "in/2024/b.pdf")
    assert stems("in") == ["2023/a", "2024/a", "2024/b", "b"]


def test_the_rest_of_the_batch_changes_no_name(work):
    make("in/2023/a.pdf", "in/2024/a.pdf", "in/2024/a.docx", "in/b.pdf", "in/b.docx")
    assert stems("in") == ["2023/a", "2024/a.docx", "2024/a.pdf", "b.docx", "b.pdf"]
    assert stems("in/b.pdf") == ["b.pdf"]
    assert stems("in/2024/a.pdf") == ["a.pdf"]


def test_a_second_file_of_a_name_keeps_its_ending_in_a_run_of_its_own(work):
    make("x/a.pdf", "y/a.docx")
    output("a", "x/a.pdf")
    assert stems("y/a.docx") == ["a.docx"]
    assert stems("x/a.pdf") == ["a"]
    assert stems("x/a.pdf", "y/a.docx") == ["a", "a.docx"]


def test_a_file_keeps_its_name_when_another_comes(work):
    make("in/a.pdf", "in/a.docx")
    output("a", "in/a.pdf")
    assert stems("in") == ["a.docx", "a"]


def test_a_file_keeps_its_name_when_the_other_is_gone(work):
    make("in/a.pdf")
    output("a.pdf", "in/a.pdf")
    assert stems("in") == ["a.pdf"]


@pytest.mark.parametrize("ending", [".json", ".json.stale"])
def test_another_document_of_the_same_name_is_an_error_unless_told_otherwise(work, ending):
    make("y/a.pdf")
    output("a", "x/a.pdf", ending=ending)
    assert stems("y/a.pdf") == ["E120"]
    assert stems("y/a.pdf", replace=True) == ["a"]


def test_the_error_names_both_documents(work):
    make("y/a.pdf")
    output("a", "x/a.pdf")
    (job,) = assign(collect([Path("y/a.pdf")], Path("out")), Path("out"))
    said = job.error.text()
    assert "E120 y/a.pdf: " in said
    assert "out/a.json" in said and "a.pdf (SHA-256 " + sha256(b"x/a.pdf").hexdigest()[:12] in said


@pytest.mark.parametrize("found", ["", "{}", "[" * 9000, "not JSON"])
def test_what_does_not_say_whose_it_is_is_not_overwritten(work, found):
    make("a.pdf", "out/a.json")
    Path("out/a.json").write_text(found)
    assert stems("a.pdf") == ["a.pdf"]
    Path("out/a.pdf.json").write_text(found)
    assert stems("a.pdf") == ["E121"]
    assert stems("a.pdf", replace=True) == ["a.pdf"]


@pytest.mark.parametrize("there", ["A", "a", "KE\u0302\u0301", "K\u1ebe", "k\u1ebf"])
def test_an_output_in_another_case_or_normal_form_is_that_of_the_file(work, there):
    name = "a.pdf" if there in "Aa" else "KẾ.pdf"
    make(name)
    output(there, name)
    assert stems(name) == [there]


@pytest.mark.parametrize("there", ["A", "KE\u0302\u0301"])
def test_an_output_of_another_document_in_another_case_or_normal_form_is_not_overwritten(work, there):
    name = "a.pdf" if there == "A" else "KẾ.pdf"
    make(name)
    output(there, name, "other")
    assert stems(name) == ["E120"]


def test_a_file_that_is_not_there_takes_no_output(work):
    output("a", "a.pdf")
    assert stems("a.pdf") == ["E120"]
    assert stems("b.pdf") == ["b"]


def test_a_fifo_is_not_opened_for_its_name(work):
    os.mkfifo("a.pdf")
    output("a", "a.pdf")
    assert stems("a.pdf") == ["E120"]


def test_a_link_to_itself_gets_a_name(work):
    make("in/b.pdf")
    Path("in/a.pdf").symlink_to("a.pdf")
    assert stems("in") == ["a", "b"]


def test_the_error_names_the_file_that_took_the_name(work):
    make("2023/A.pdf", "2024/a.pdf")
    _, job = assign(collect([Path("2023/A.pdf"), Path("2024/a.pdf")], Path("out")), Path("out"))
    assert "2023/A.pdf" in job.error.text()
    assert "out/A.json" in job.error.text() or "out/a.json" in job.error.text()


def test_an_output_that_reaches_a_source_by_a_link_is_refused(work):
    make("a.txt")
    output("a", "a.txt")
    Path("out/a.hocr").symlink_to("../a.txt")
    assert stems("a.txt") == ["E113"]


@pytest.mark.parametrize("ending", ["txt", "hocr", "searchable.pdf"])
def test_a_file_without_a_plan_beside_it_is_not_overwritten(work, ending):
    make("in/a.pdf", f"out/a.{ending}")
    assert stems("in") == ["a.pdf"]


def test_files_lie_where_their_links_lead(tmp_path, monkeypatch):
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("a/1.txt", "a/b/2.txt"):
        (tmp_path / name).write_text("1")
    (tmp_path / "c").symlink_to("a/b")
    (tmp_path / "3.txt").symlink_to("c/2.txt")
    (tmp_path / "round").symlink_to("round")
    monkeypatch.chdir(tmp_path)
    paths = [Path(one) for one in ("a/1.txt", "a/b/2.txt", "c/2.txt", "3.txt", "round", "a/../c/2.txt", "gone", "..")]
    assert naming._real_paths(paths) == {os.path.realpath(path) for path in paths}
