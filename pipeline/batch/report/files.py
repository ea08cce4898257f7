"""The report of a run in files: report.html for people, report.csv for spreadsheets, report.json for programs."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any, Final

from pipeline.batch.journal import RunResults
from pipeline.batch.report.overview import as_json, overview, severities
from pipeline.batch.report.page import MARK, page
from pipeline.batch.result import FileResult
from pipeline.errors import NotAFileError, OtherFileThereError
from pipeline.files import check_regular, placed
from pipeline.messages import Language
from pipeline.spreadsheets import defuse

_NAMES: Final = ("report.html", "report.csv", "report.json")
_MARK: Final = b'{"report": "kehoach run"'
_FIGURES: Final = ("pages", "tasks", "agencies", "deadlines", "targets", "restored", "confidence")
_SEVERITIES: Final = ("lost", "doubtful", "note")
_COLUMNS: Final = (
    "document",
    "state",
    "code",
    "message",
    *_FIGURES,
    *_SEVERITIES,
    "seconds",
    "memory_mb",
    "same_as",
    "output",
)
_HEADING: Final = ",".join(_COLUMNS).encode()
_BEFORE: Final = 200  # bytes that may stand before what a report is known by


def write_report(results: RunResults, folder: Path, language: Language) -> list[Path]:
    """Write the report of the last run of a folder of outputs.

    Args:
        results: of the run.
        folder: where to; made if it is missing. Links lead from there to the outputs.
        language: of the words.

    Returns:
        The files.

    Raises:
        OtherFileThereError: one of them is there and is no report, but the output of a document perhaps.
        OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    html, table, summary = (folder / name for name in _NAMES)
    for place, mark in ((html, MARK), (table, _HEADING), (summary, _MARK)):
        if os.path.lexists(place) and not _begins(place, mark):  # noqa: PTH110 - a link that leads nowhere is there too
            raise OtherFileThereError(file=str(place))
    found = overview(results, results.waiting(), results.unconfined())

    def link(one: FileResult) -> str | None:
        return os.path.relpath(one.output, folder) if one.output else None

    with placed(html) as part, part.open("w", encoding="utf-8", errors="replace") as file:
        file.writelines(page(found, results, results.about(), link, language))
    with placed(table) as part, part.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for one in results:
            writer.writerow(_row(one, link(one), language))
    with placed(summary) as part:
        part.write_text(json.dumps(as_json(found, language), ensure_ascii=False) + "\n", "utf-8", "replace")
    return [html, table, summary]


def _begins(file: Path, mark: bytes) -> bool:
    try:
        check_regular(file)
        with file.open("rb") as opened:
            return mark in opened.read(len(mark) + _BEFORE)
    except NotAFileError:
        return False


def _row(one: FileResult, output: str | None, language: Language) -> list[Any]:
    """What stands in report.csv of a document; texts are no formulas."""
    error, found, count = one.error, one.figures, severities(one)
    texts = [str(one.path), "failed" if error else "written", error.code if error else ""]
    texts.append(error.message(language) if error else "")
    figures = [getattr(found, name) for name in _FIGURES] if found else [None] * len(_FIGURES)
    counts = [count[name] if found else None for name in _SEVERITIES]
    last = [str(one.same_as) if one.same_as else "", output or ""]
    return [*map(defuse, texts), *figures, *counts, f"{one.seconds:.2f}", one.memory >> 20, *map(defuse, last)]
