"""Which files a batch reads, and what their outputs are named by."""

import os
from pathlib import Path

import pytest

from pipeline.batch.collect import collect


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("in/b.txt", "in/a.pdf", "in/2023/c.docx", "in/.hidden.txt", "in/.git/d.txt", "in/out/a.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path


def names(*paths, out="out"):
    return [str(file.path) for file in collect([Path(path) for path in paths], Path(out))]


def below(*paths):
    return [str(file.below) for file in collect([Path(path) for path in paths], Path("out"))]


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


def test_a_link_out_of_the_folder_is_not_followed_unless_asked(tree):
    (tree / "secret.txt").write_text("secret")
    (tree / "in/2023/out.txt").symlink_to(tree / "secret.txt")
    (tree / "in/2023/beside.txt").symlink_to("../b.txt")
    (tree / "in/2023/within.docx").symlink_to("c.docx")

    def errors(**how):
        return {
            file.path.name: file.error.code for file in collect([Path("in/2023")], Path("out"), **how) if file.error
        }

    assert errors() == {"out.txt": "E126", "beside.txt": "E126"}
    assert errors(follow=True) == {}
    assert [file.error for file in collect([Path("in/2023/out.txt")], Path("out"))] == [None]
    (tree / "2023").symlink_to("in/2023")
    assert [file.error for file in collect([Path("2023")], Path("out")) if file.path.name == "within.docx"] == [None]


def test_a_file_is_named_by_its_path_below_the_folder(tree):
    assert below("in") == ["2023/c.docx", "a.pdf", "b.txt", "out/a.txt"]
    assert below("in/2023/c.docx", "in/b.txt") == ["c.docx", "b.txt"]


def test_a_file_of_two_folders_is_named_from_the_outermost(tree):
    assert below("in/2023", "in/2023/c.docx", "in") == below("in", "in/2023") == below("in")


def test_a_link_to_itself_is_kept_for_its_error(tree):
    (tree / "in/2023/self.txt").symlink_to("self.txt")
    (tree / "in/2023/one").symlink_to("two")
    (tree / "in/2023/two").symlink_to("one")
    assert names("in/2023") == ["in/2023/c.docx", "in/2023/one", "in/2023/self.txt", "in/2023/two"]


def test_what_is_no_regular_file_is_kept_for_its_error(tree):
    os.mkfifo(tree / "in/2023/pipe")
    assert names("in/2023") == ["in/2023/c.docx", "in/2023/pipe"]
