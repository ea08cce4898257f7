"""Hostile files are read or refused with a code, each for itself; `python -m tests.hostile.outcomes` shows how."""

import re

import pytest

from tests.hostile.files import FILES, NAMES, RAW_NAMES
from tests.hostile.outcomes import PAGES, make, outcomes, run
from tests.hostile.pdfs import PDFS

LINKS = 6  # five that lead to nothing that is read, and a pipe
OURS = "E112"  # a fault of ours
BAD_NUMBERS = ("count-lies.pdf", "count-negative.pdf", "tree-of-itself.pdf", "names-loop.pdf", "annotations.pdf")
LONG_WORDS = ("accents.txt", "brackets.txt", "digits.txt")  # of 200,000 signs: read in seconds, or in hours
READ = {*BAD_NUMBERS, *LONG_WORDS, "utf-16.txt", "span-huge.docx", "actions.pdf"}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The outcomes by name, and what was said."""
    top = tmp_path_factory.mktemp("hostile")
    (top / "in").mkdir()
    make(top / "in")
    said = run(top / "in", top / "out", seconds=30, pages=PAGES)
    return {one.name: one for one in outcomes(top / "in", top / "out")}, said


@pytest.mark.slow
def test_each_hostile_file_has_an_outcome(told):
    found, said = told
    assert len(found) == len(PDFS) + len(FILES) + sum(name[0] != "." for name in NAMES) + len(RAW_NAMES) + LINKS
    assert [name for name, one in found.items() if one.code == OURS] == []
    assert {one.code for one in found.values() if one.code and not re.fullmatch(r"E1\d\d", one.code)} == set()
    assert [name for name, one in found.items() if not one.code and not one.pages] == []
    assert {name for name in READ if found[name].code} == set()


@pytest.mark.slow
def test_names_do_no_harm_where_they_are_said(told):
    found, said = told
    assert "Traceback" not in said
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", said)
    assert "no longer in" not in said, "a name that is no UTF-8 was taken for one that is gone"
    assert "caf\udce9.txt" in found
