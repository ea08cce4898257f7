"""The command that brings older JSON to the present contract."""

import json

import pytest

from pipeline.cli import main
from tests.plans import TEXT
from tests.schema.old_plans import an_old_plan

DRAFT = f"DỰ THẢO\n{TEXT}"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a plan of 1.1 and its text."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps(an_old_plan(), ensure_ascii=False), encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def kehoach(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code, capsys.readouterr().err


def version(path):
    return json.loads(path.read_text(encoding="utf-8"))["schema_version"]


def test_the_file_is_upgraded_in_its_place_and_what_it_was_is_kept(folder, capsys):
    before = (folder / "a.json").read_bytes()
    code, said = kehoach(capsys, "upgrade", "a.json")
    assert (code, version(folder / "a.json")) == (0, "2.0")
    assert (folder / "a.json.1.1").read_bytes() == before
    assert said.endswith("1 of 1 files are of the present version.\n")


def test_into_another_folder_the_text_goes_along(folder, capsys):
    code, _ = kehoach(capsys, "upgrade", "a.json", "-o", "new")
    assert (code, version(folder / "a.json"), version(folder / "new" / "a.json")) == (0, "1.1", "2.0")
    assert (folder / "new" / "a.txt").read_text(encoding="utf-8") == TEXT
    assert kehoach(capsys, "validate", "new/a.json")[0] == 0


def test_a_file_of_the_present_version_is_left_alone(folder, capsys):
    kehoach(capsys, "upgrade", "a.json")
    before = (folder / "a.json").read_bytes()
    code, said = kehoach(capsys, "upgrade", "a.json")
    assert (code, (folder / "a.json").read_bytes()) == (0, before)
    assert "is of version 2.0 already" in said


def test_another_file_is_never_overwritten(folder, capsys):
    (folder / "new").mkdir()
    (folder / "new" / "a.json").write_text("another", encoding="utf-8")
    code, said = kehoach(capsys, "upgrade", "a.json", "-o", "new")
    assert (code, "E405 new/a.json" in said) == (1, True)
    assert (folder / "new" / "a.json").read_text(encoding="utf-8") == "another"


def test_a_copy_of_before_is_never_overwritten(folder, capsys):
    (folder / "a.json.1.1").write_text("another", encoding="utf-8")
    assert kehoach(capsys, "upgrade", "a.json")[0] == 1
    assert version(folder / "a.json") == "1.1"


def test_what_is_refused_costs_no_other_file(folder, capsys):
    (folder / "b.json").write_text("{}", encoding="utf-8")
    code, said = kehoach(capsys, "--lang", "vi", "upgrade", "none.json", "b.json", "a.json")
    assert (code, version(folder / "a.json")) == (1, "2.0")
    assert "E107 none.json" in said
    assert "E404 b.json: chưa nâng cấp được tệp JSON này ($.schema_version: C516" in said
    assert said.endswith("1 trong 3 tệp thuộc phiên bản hiện hành.\n")


def test_a_file_whose_text_is_another_one_is_refused(folder, capsys):
    (folder / "a.txt").write_text("another text", encoding="utf-8")
    code, said = kehoach(capsys, "upgrade", "a.json")
    assert (code, "C509" in said, version(folder / "a.json")) == (1, True, "1.1")


def test_without_files_it_is_used_wrongly(folder, capsys):
    assert kehoach(capsys, "upgrade")[0] == 2
