"""What the command line says and does about corrections."""

import json
from datetime import UTC, datetime

import pytest

from pipeline.cli import main
from pipeline.corrections import append, corrections_file
from pipeline.schema.correction import Correction
from pipeline.schema.rendering import plan_json
from tests.plans import TEXT, a_plan

AGENCY = {"name": "Sở Tài chính", "role": "responsible"}


def kehoach(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in (*arguments, "--lang", "en")])
    return ended.value.code, capsys.readouterr()


@pytest.fixture
def plan(tmp_path):
    """A plan whose agency was made the lead."""
    (tmp_path / "a.json").write_text(plan_json(a_plan()))
    (tmp_path / "a.txt").write_text(TEXT)
    made = Correction(
        at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC), by="Lan", path="tasks/I.1/agencies", old=AGENCY, new={"role": "lead"}
    )
    append(tmp_path / "a.json", [made])
    return tmp_path / "a.json"


def test_corrections_are_listed_with_what_became_of_them(capsys, plan):
    code, said = kehoach(capsys, "corrections", plan.parent)
    assert code == 0
    assert "2026-01-02 03:04 Lan: tasks/I.1/agencies" in said.out and "(applied)" in said.out


def test_a_conflict_ends_with_1(capsys, plan):
    (plan).write_text(plan_json(a_plan().model_copy(update={"tasks": []})))
    code, said = kehoach(capsys, "corrections", plan)
    assert (code, "(conflict: it fits neither)" in said.out) == (1, True)


def reviewed(plan):
    append(plan, [Correction(at=datetime(2026, 1, 3, tzinfo=UTC), by="Lan", path="review", old=None, new=True)])


def test_gold_is_what_somebody_went_through(capsys, plan, tmp_path):
    code, said = kehoach(capsys, "corrections", plan, "--gold", tmp_path / "gold")
    assert (code, (tmp_path / "gold" / "a.json").exists()) == (0, False)
    assert "0 plans were written as gold; 1 were left out" in said.err


def test_gold_keeps_its_path_below_the_outputs(capsys, tmp_path):
    for place in ("a", "b"):
        (tmp_path / "o" / place).mkdir(parents=True)
        (tmp_path / "o" / place / "kh.json").write_text(plan_json(a_plan()))
        (tmp_path / "o" / place / "kh.txt").write_text(TEXT)
        reviewed(tmp_path / "o" / place / "kh.json")
    kehoach(capsys, "corrections", tmp_path / "o", "--gold", tmp_path / "gold")
    assert [(tmp_path / "gold" / place / "kh.json").is_file() for place in ("a", "b")] == [True, True]


def test_reviewed_plans_are_written_as_gold(capsys, plan, tmp_path):
    reviewed(plan)
    assert kehoach(capsys, "corrections", plan, "--gold", tmp_path / "gold")[0] == 0
    (task,) = json.loads((tmp_path / "gold" / "a.json").read_text())["tasks"]
    assert task["agencies"] == [{"name": "Sở Tài chính", "role": "lead"}]


def test_the_rules_that_were_corrected_most_stand_first(capsys, plan):
    code, said = kehoach(capsys, "evaluate", "--corrections", plan.parent)
    assert (code, said.out.splitlines()[1].split()) == (0, ["role.text", "agency", "1", "1", "0"])


def test_evaluate_without_corrections_wants_outputs(capsys, plan):
    code, said = kehoach(capsys, "evaluate", plan.parent)
    assert (code, "OUTPUTS" in said.err) == (2, True)


def test_a_file_of_corrections_that_is_none_is_named(capsys, plan):
    corrections_file(plan).write_text("{}\n")
    code, said = kehoach(capsys, "corrections", plan)
    assert (code, "E408" in said.err) == (1, True)


def test_the_page_shows_the_corrected_plan(capsys, plan):
    assert kehoach(capsys, "page", plan)[0] == 0
    assert 'data-rule="correction"' in plan.with_suffix(".html").read_text()


@pytest.fixture
def store(tmp_path):
    return tmp_path / "plans.db"


def led(capsys, store):
    """How many items have a lead, in the store."""
    code, said = kehoach(capsys, "search", "--role", "lead", "--database", store, "--json")
    return len(said.out.splitlines())


def test_the_store_holds_the_corrected_plan_and_sees_new_corrections(capsys, plan, store):
    assert kehoach(capsys, "load", plan.parent, "--database", store)[0] == 0
    assert led(capsys, store) == 1
    corrections_file(plan).unlink()
    code, said = kehoach(capsys, "load", plan.parent, "--database", store)
    assert "1 replaced" in said.out
    assert led(capsys, store) == 0


def test_a_correction_that_no_longer_fits_is_told_on_loading(capsys, plan, store):
    (plan).write_text(plan_json(a_plan().model_copy(update={"tasks": []})))
    code, said = kehoach(capsys, "load", plan.parent, "--database", store)
    assert (code, "W704" in said.err) == (0, True)
