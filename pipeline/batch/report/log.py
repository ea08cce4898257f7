"""The log of a run as JSON Lines: each event with its time, each message with its document and page."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from pipeline.batch.result import FileResult
from pipeline.errors import FileAccessError
from pipeline.messages import Language, say


class RunLog:
    """Writes the events of a run, each at once."""

    def __init__(self, file: TextIO | None, language: Language) -> None:
        self._file, self._language = file, language

    def event(self, name: str, **about: object) -> None:
        """Write an event; what is None is left out.

        Raises:
            FileAccessError: the file cannot be written any more.
        """
        if self._file is not None:
            known = {key: value for key, value in about.items() if value is not None}
            said = json.dumps({"time": _now(), "event": name, **known}, ensure_ascii=False)
            try:
                self._file.write(f"{said}\n")
                self._file.flush()
            except OSError as error:
                raise _not_written(self._file.name, error) from error

    def result(self, result: FileResult) -> None:
        """Write what became of a document, and what is to be said of it; of one that was passed over only that."""
        if self._file is None:
            return
        document, error = str(result.path), result.error
        self.event(
            "document",
            document=document,
            state="failed" if error else "written",
            passed=result.passed,
            seconds=round(result.seconds, 3),
            memory=result.memory,
            same_as=str(result.same_as) if result.same_as else None,
            output=str(result.output) if result.output else None,
        )
        for warning in () if result.passed else result.warnings:
            self.event(
                "warning",
                document=document,
                page=warning.page,
                item=warning.item,
                code=warning.code,
                severity=warning.severity,
                message=say(warning.code, self._language, **warning.params),
            )
        if error and not result.passed:
            message = error.message(self._language)
            detail = result.detail or None
            self.event("error", document=document, page=error.page, code=error.code, message=message, detail=detail)


@contextmanager
def run_log(path: Path | None, language: Language) -> Iterator[RunLog]:
    """Open the log of a run, behind what earlier runs wrote; without a path nothing is written.

    Raises:
        FileAccessError: the file cannot be written.
    """
    if path is None:
        yield RunLog(None, language)
        return
    try:
        file = path.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise _not_written(str(path), error) from error
    try:
        yield RunLog(file, language)
    finally:
        with suppress(OSError):  # it was said when it was written
            file.close()


def _not_written(file: str, error: OSError) -> FileAccessError:
    return FileAccessError(file=file, reason=error.strerror or type(error).__name__)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
