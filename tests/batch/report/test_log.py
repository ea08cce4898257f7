"""The log of a run."""

import json
from pathlib import Path

import pytest

from pipeline.batch import FileResult
from pipeline.batch.report.log import run_log
from pipeline.errors import FileAccessError, ProtectedError
from pipeline.messages import say
from pipeline.schema import PlanWarning, Severity

WARNING = PlanWarning(code="W403", severity=Severity.DOUBTFUL, params={}, page=4, item=None)
WRITTEN = FileResult(0, Path("in/a.pdf"), 1.5, warnings=(WARNING,), output=Path("out/a.json"))
FAILED = FileResult(1, Path("in/b.pdf"), 0.1, error=ProtectedError(file="in/b.pdf", page=2), detail="why")


def logged(path, *results, language="en"):
    with run_log(path, language) as log:
        for result in results:
            log.result(result)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_message_stands_with_its_document_and_page(tmp_path):
    document, warning = logged(tmp_path / "log", WRITTEN, language="vi")
    assert (document["event"], document["document"], document["state"]) == ("document", "in/a.pdf", "written")
    assert [warning[name] for name in ("event", "document", "page", "code", "severity", "message")] == [
        "warning",
        "in/a.pdf",
        4,
        "W403",
        "doubtful",
        say("W403", "vi"),
    ]


def test_a_failure_stands_with_what_the_program_left(tmp_path):
    _, error = logged(tmp_path / "log", FAILED)
    assert [error[name] for name in ("event", "page", "code", "detail")] == ["error", 2, "E103", "why"]


def test_what_was_passed_over_is_one_line(tmp_path):
    (only,) = logged(tmp_path / "log", FileResult(0, Path("a"), 1.0, warnings=(WARNING,), passed=True))
    assert only["passed"] is True


def test_a_log_goes_on_behind_an_earlier_one(tmp_path):
    logged(tmp_path / "log", WRITTEN)
    assert len(logged(tmp_path / "log", WRITTEN)) == 4


def test_a_log_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(FileAccessError), run_log(tmp_path / "none" / "log", "en"):
        pass


def test_without_a_file_nothing_is_logged():
    with run_log(None, "en") as log:
        log.result(WRITTEN)
