"""Which files a batch reads, and the names of their outputs."""

from pathlib import Path

import pytest

from pipeline.batch.collect import assign, collect
from tests.cases import cases


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("in/b.txt", "in/a.pdf", "in/2023/c.docx", "in/.hidden.txt", "in/.git/d.txt", "in/out/a.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path


def names(*paths, out="out"):
    return [str(path) for path in collect([Path(path) for path in paths], Path(out))]


def test_a_folder_gives_its_files_sorted_without_hidden_ones(tree):
    assert names("in") == ["in/2023/c.docx", "in/a.pdf", "in/b.txt", "in/out/a.txt"]


def test_the_results_folder_is_not_read(tree):
    assert names("in", out="in/out") == ["in/2023/c.docx", "in/a.pdf", "in/b.txt"]


def test_a_hidden_file_that_is_named_is_read(tree):
    assert names("in/.hidden.txt") == ["in/.hidden.txt"]


def test_a_file_that_is_missing_is_kept_for_its_error(tree):
    assert names("none.txt", "in/b.txt") == ["in/b.txt", "none.txt"]


def test_a_file_is_read_once(tree):
    assert names("in/b.txt", "in/../in/b.txt", str(tree / "in/b.txt")) == ["in/b.txt"]


def test_a_loop_of_links_ends(tree):
    (tree / "in/2023/up").symlink_to(tree / "in")
    assert names("in/2023") == ["in/2023/c.docx"]


def test_a_dangling_link_is_kept_for_its_error(tree):
    (tree / "in/2023/gone.txt").symlink_to("nowhere")
    assert names("in/2023") == ["in/2023/c.docx", "in/2023/gone.txt"]


def stems(*paths, out="out"):
    jobs = assign([Path(path) for path in paths], Path(out))
    return [job.error.code if job.error else job.stem for job in jobs]


@cases("batch/output_names", paths=list[str], names=list[str])
def test_outputs_get_one_name_each(paths, names, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert stems(*paths) == names


def test_the_error_names_the_file_that_took_the_name():
    _, job = assign([Path("2023/A.pdf"), Path("2023/a.pdf")], Path("out"))
    assert job.error is not None
    assert "2023/A.pdf" in job.error.text()
    assert "out/A.pdf.json" in job.error.text()


def test_an_output_that_reaches_a_source_by_a_link_is_refused(tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("plan")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.json").symlink_to(source)
    (job,) = assign([source], tmp_path / "out")
    assert job.error is not None
    assert job.error.code == "E113"
