"""The command that says why an item has the values it has."""

from pathlib import Path

import pytest

from pipeline.cli import main

PLAN = Path(__file__).resolve().parents[1] / "outputs" / "can-tho-2023.json"


def kehoach(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code, capsys.readouterr()


def test_an_item_is_printed_with_its_values(capsys):
    code, said = kehoach(capsys, "explain", str(PLAN), "V.2.b")
    assert code == 0
    assert said.out.startswith("V.2.b  ")
    assert "clauses.role.acts" in said.out


def test_an_item_that_is_not_there_is_named_with_those_like_it(capsys):
    code, said = kehoach(capsys, "explain", str(PLAN), "V.2.x")
    assert code == 1
    assert "E406" in said.err and "V.2.b" in said.err


def test_what_is_no_plan_is_refused(capsys, tmp_path):
    (tmp_path / "a.json").write_text("{}")
    code, said = kehoach(capsys, "explain", str(tmp_path / "a.json"), "1")
    assert (code, "E402" in said.err) == (1, True)
