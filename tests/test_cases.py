"""The reader of the cases, and that each file of them is read."""

from pathlib import Path

import pytest

from tests import cases as reader
from tests.cases import CaseError, cases

ROOT = Path(__file__).parent
FILES = sorted(path.relative_to(reader.ROOT).with_suffix("").as_posix() for path in reader.ROOT.rglob("*.toml"))
SOURCES = {path: path.read_text(encoding="utf-8") for path in ROOT.rglob("test_*.py")}


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Writes a file of cases that is found as "a"."""
    monkeypatch.setattr(reader, "ROOT", tmp_path / "tests" / "cases")
    reader.ROOT.mkdir(parents=True)
    return (reader.ROOT / "a.toml").write_text


def read(**fields):
    def taking(text, count):
        """A test."""

    (mark,) = cases("a", **fields)(taking).pytestmark
    return mark.args[0], [(param.id, *param.values) for param in mark.args[1]]


@pytest.mark.parametrize("what", FILES)
def test_each_file_is_read_by_one_module_of_tests(what):
    assert len([path for path, source in SOURCES.items() if f'"{what}"' in source]) == 1


def test_a_line_is_a_case_and_what_may_be_left_out_is_none(written):
    written('case = [\n{ text = "Sở Y tế", count = 1 },\n{ text = "", why = "nothing" },\n]')
    assert read(text=str, count=int | None) == (
        ["text", "count"],
        [("a: So Y te", "Sở Y tế", 1), ("a: (empty)", "", None)],
    )


def test_a_case_may_have_a_name(written):
    written('[[case]]\nid = "of two"\ntext = "Sở Y tế"\ncount = 1')
    assert read(text=str, count=int)[1] == [("a: of two", "Sở Y tế", 1)]


def test_a_test_takes_the_fields_that_it_names(written):
    written('case = [{ text = "a", count = 1, more = true }]')
    assert read(text=str, count=int, more=bool) == (["text", "count"], [("a: a", "a", 1)])


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ('{ text = "Sở Y tế" }', "case 1 (Sở Y tế): count: Field required"),
        ('{ text = "Sở Y tế", count = "1" }', "case 1 (Sở Y tế): count: Input should be a valid integer"),
        ('{ text = "Sở Y tế", count = 1, conut = 1 }', "case 1 (Sở Y tế): conut: Extra inputs are not permitted"),
        ('{ text = "Sở Y tế", count = 1 }, { count = 1 }', "case 2"),
        ("{ text = }", "Invalid value"),
    ],
)
def test_a_case_of_another_shape_is_an_error_that_names_it(written, case, says):
    written(f"case = [{case}]")
    with pytest.raises(CaseError) as caught:
        read(text=str, count=int)
    assert "tests/cases/a.toml" in str(caught.value) and says in str(caught.value)


@pytest.mark.parametrize("content", ["", "case = []", "cases = [{ text = 'a' }]", "a = 1\ncase = [{ text = 'a' }]"])
def test_a_file_without_a_list_of_cases_is_an_error(written, content):
    written(content)
    with pytest.raises(CaseError, match="one list named case"):
        read(text=str, count=int | None)
