"""What is said about a batch."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch.report.lines import error_lines, table_lines, warning_lines
from pipeline.batch.result import Figures, FileResult
from pipeline.errors import ProtectedError, notice
from pipeline.schema import PlanWarning, Severity
from tests.cases import cases

WARNING = PlanWarning(code="W301", severity=Severity.DOUBTFUL, params={}, page=None, item=None)
GOOD = FileResult(0, Path("in/[a].pdf"), 1.5, Figures(12, 30, 7, 4, 9), (WARNING, WARNING))
TEXT = FileResult(1, Path("in/b.txt"), 0.25, Figures(None, 1, 0, 0, 0), (WARNING.model_copy(update={"page": 3}),))
BAD = FileResult(
    2,
    Path("in/c.pdf"),
    0.1,
    error=ProtectedError(file="in/c.pdf"),
    detail="first\nsecond\n",
    stale=((Path("out/c.json"), Path("out/c.json.stale")),),
)


def printed(results, language):
    return [line.split() for line in table_lines(results, language)]


def test_the_table_has_a_row_for_each_file_named_from_their_folder():
    rows = printed([GOOD, TEXT, BAD], "en")
    assert rows[0] == ["file", "pages", "tasks", "agencies", "deadlines", "targets", "warnings", "seconds"]
    assert rows[2:] == [
        ["[a].pdf", "12", "30", "7", "4", "9", "2", "1.50"],
        ["b.txt", "–", "1", "0", "0", "0", "1", "0.25"],
        ["c.pdf", "E103", "0.10"],
    ]


def test_the_table_speaks_vietnamese():
    assert printed([], "vi")[0][:3] == ["tệp", "trang", "nhiệm"]


@cases("batch/folders", paths=list[str], shown=list[str])
def test_files_are_named_from_the_folder_that_all_are_in(paths, shown):
    results = [FileResult(0, Path(path), 0.0, GOOD.figures) for path in paths]
    assert [row[0] for row in printed(results, "en")[2:]] == shown


def test_parameters_are_left_open_where_warnings_are_counted():
    warning = WARNING.model_copy(update={"code": "W204", "params": {"reason": "no xref"}})
    (line,) = warning_lines([replace(GOOD, warnings=(warning,))], "en", verbose=False)
    assert line == f"W204 × 1 in [a].pdf: {notice('W204', reason='…').text()}"


def test_warnings_are_counted_by_code():
    (line,) = warning_lines([GOOD, TEXT], "vi", verbose=False)
    assert line == f"W301 × 3 tại [a].pdf, b.txt: {notice('W301').text('vi')}"


@pytest.mark.parametrize(
    ("count", "files"),
    [
        (3, {"en": "0.pdf, sub/1.pdf, sub/2.pdf", "vi": "0.pdf, sub/1.pdf, sub/2.pdf"}),
        (16, {"en": "0.pdf, sub/1.pdf, sub/2.pdf and 13 more", "vi": "0.pdf, sub/1.pdf, sub/2.pdf và 13 tệp khác"}),
    ],
)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_first_files_of_a_warning_are_named_and_the_others_counted(count, files, language):
    paths = [Path("in/0.pdf"), *(Path(f"in/sub/{at}.pdf") for at in range(1, count))]
    found = [replace(GOOD, path=path, warnings=(WARNING,)) for path in paths]
    (line,) = warning_lines(found, language, verbose=False)
    assert f" {files[language]}: " in line


def test_verbose_lists_each_warning_with_its_place():
    lines = list(warning_lines([GOOD, TEXT], "vi", verbose=True))
    assert len(lines) == 3
    assert lines[2] == f"W301 in/b.txt, trang 3: {notice('W301').text('vi')}"


def test_a_warning_is_said_in_vietnamese_from_its_parameters():
    said = notice("W204", reason="no xref; or two")
    warning = WARNING.model_copy(update={"code": "W204", "params": dict(said.params), "page": 1})
    (line,) = warning_lines([replace(TEXT, warnings=(warning,))], "vi", verbose=True)
    assert line == f"W204 in/b.txt, trang 1: {said.text('vi')}"


def test_errors_name_file_cause_and_what_was_set_aside():
    first, second = error_lines([GOOD, BAD], "en", verbose=False)
    assert first.startswith("E103 in/c.pdf: ")
    assert "out/c.json.stale" in second


@pytest.mark.parametrize(("verbose", "shown"), [(False, []), (True, ["  | first", "  | second"])])
def test_what_a_crash_printed_is_shown_when_asked_for(verbose, shown):
    assert list(error_lines([BAD], "en", verbose))[2:] == shown
