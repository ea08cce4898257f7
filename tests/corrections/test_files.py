"""The file of corrections: only added to, never half read."""

from datetime import UTC, datetime

import pytest

from pipeline.corrections import append, corrections_file, read_corrections
from pipeline.errors import CorrectionsError
from pipeline.schema.correction import Correction


def correction(new):
    return Correction(at=datetime(2026, 1, 2, tzinfo=UTC), by="Lan", path="metadata/number", old=None, new=new)


@pytest.fixture
def plan(tmp_path):
    return tmp_path / "a.json"


def test_nobody_corrected_it(plan):
    assert read_corrections(plan) == []


def test_corrections_are_read_in_the_order_in_which_they_were_added(plan):
    append(plan, [correction("1")])
    append(plan, [correction("2"), correction("3")])
    assert [one.new for one in read_corrections(plan)] == ["1", "2", "3"]
    assert corrections_file(plan).name == "a.corrections.jsonl"


def test_what_a_killed_program_left_unfinished_costs_itself_alone(plan):
    append(plan, [correction("1")])
    with corrections_file(plan).open("ab") as file:
        file.write(b'{"at": "2026')
    assert [one.new for one in read_corrections(plan)] == ["1"]
    append(plan, [correction("2")])
    assert [one.new for one in read_corrections(plan)] == ["1", "2"]


def test_a_last_line_without_its_end_is_kept(plan):
    append(plan, [correction("1")])
    file = corrections_file(plan)
    file.write_bytes(file.read_bytes().removesuffix(b"\n"))
    append(plan, [correction("2")])
    assert [one.new for one in read_corrections(plan)] == ["1", "2"]


def test_a_line_that_is_none_is_named(plan):
    append(plan, [correction("1")])
    with corrections_file(plan).open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(CorrectionsError) as error:
        read_corrections(plan)
    assert error.value.params["line"] == "2"
