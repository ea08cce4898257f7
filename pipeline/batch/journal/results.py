"""What stands in a journal of the documents of a run."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import overload

from pipeline.batch.journal.file import FILE, key_of, unusable
from pipeline.batch.result import Figures, FileResult, Pages
from pipeline.errors import KehoachError, NoJournalError, coded
from pipeline.files import scratch_folder
from pipeline.schema import PlanWarning


class StoredWarnings(Sequence[PlanWarning]):
    """The warnings of a document as the journal has them; made only where they are looked at."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __len__(self) -> int:
        return len(json.loads(self._text))

    def __iter__(self) -> Iterator[PlanWarning]:
        for one in json.loads(self._text):
            yield PlanWarning.model_validate(one)

    @overload
    def __getitem__(self, at: int) -> PlanWarning: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[PlanWarning]: ...
    def __getitem__(self, at: int | slice) -> PlanWarning | Sequence[PlanWarning]:
        """One of them, or some."""
        return tuple(self)[at]


class RunResults:
    """What became of the documents that the last run was given, in their order; read anew each time."""

    def __init__(self, out: Path, connection: sqlite3.Connection) -> None:
        self.out = out
        self.connection = connection

    def rows(self, state: str = "<> 'waiting'") -> Iterator[sqlite3.Row]:
        """Their rows in the journal."""
        yield from self.connection.execute(
            f"SELECT * FROM document WHERE run = (SELECT max(number) FROM run) AND state {state} ORDER BY place"
        )

    def __iter__(self) -> Iterator[FileResult]:
        for row in self.rows():
            yield result_of(row, self.out)

    def errors(self) -> Iterator[FileResult]:
        """Those that could not be read."""
        for row in self.rows("= 'failed'"):
            yield result_of(row, self.out)

    def doubles(self) -> Iterator[FileResult]:
        """Those that were not read because they have the content of another."""
        for row in self.rows("<> 'waiting' AND same_as IS NOT NULL"):
            yield result_of(row, self.out)

    def counts(self) -> Counter[tuple[bool, bool]]:
        """How many were passed over or not, and of these could not be read or could."""
        asked = (
            "SELECT settled <> run AS passed, state = 'failed' AS failed, count(*) AS many FROM document"
            " WHERE run = (SELECT max(number) FROM run) AND state <> 'waiting' GROUP BY passed, failed"
        )
        return Counter({(bool(row[0]), bool(row[1])): row[2] for row in self.connection.execute(asked)})

    def about(self) -> str:
        """The folder, what read the documents and when."""
        began, ended, program = self.connection.execute(
            "SELECT began, ended, program FROM run ORDER BY number DESC LIMIT 1"
        ).fetchone() or ("", "", "")
        return f"{self.out} · {program} · {began} – {ended or '…'}".replace("T", " ").replace("Z", " UTC")

    def source(self, stem: str) -> Path | None:
        """The file whose outputs have this name; None where the journal knows none."""
        found = self.connection.execute("SELECT path FROM document WHERE stem = ?", (os.fsencode(stem),)).fetchone()
        return Path(os.fsdecode(found["path"])) if found else None

    def failed(self) -> Iterator[sqlite3.Row]:
        """The rows of what could not be read: of the last run, and of earlier ones where the file is still there."""
        asked = (
            "SELECT *, run = (SELECT max(number) FROM run) AS last FROM document WHERE state = 'failed' ORDER BY path"
        )
        for row in self.connection.execute(asked):
            if row["last"] or os.path.exists(row["path"]):  # noqa: PTH110 - a Path costs more than the call
                yield row

    def of_file(self, path: Path) -> list[sqlite3.Row]:
        """The rows of a file, or of what was packed in it."""
        key = key_of(path)
        within = key + os.fsencode(os.sep)
        asked = "SELECT * FROM document WHERE path = ? OR (path > ? AND path < ?) ORDER BY path"
        return self.connection.execute(asked, (key, within, within + b"\xff")).fetchall()

    def of_digest(self, sha256: str) -> list[sqlite3.Row]:
        """The rows of documents of a content."""
        return self.connection.execute("SELECT * FROM document WHERE sha256 = ?", (sha256,)).fetchall()

    def being_read(self) -> dict[Path, Pages | None]:
        """The documents that are being read now, and how far each has come; None where that is not known."""
        asked = "SELECT path, pages FROM document WHERE until > ? AND state = 'waiting'"
        return {
            Path(os.fsdecode(row["path"])): Pages(*json.loads(row["pages"])) if row["pages"] else None
            for row in self.connection.execute(asked, (time.time(),))
        }

    def settled_after(self, serial: int | None) -> tuple[int, list[Path]]:
        """The last serial number by now, and what was written down after one; nothing where that is None.

        All of it where the journal was begun anew meanwhile.
        """
        (last,) = self.connection.execute("SELECT coalesce(max(serial), 0) FROM document").fetchone()
        after = last if serial is None else serial if serial <= last else 0
        rows = self.connection.execute("SELECT path FROM document WHERE serial > ?", (after,))
        return last, [Path(os.fsdecode(row["path"])) for row in rows]

    def ended_since(self, began: str) -> bool:
        """Whether a run that began then or later came to its end."""
        asked = "SELECT 1 FROM run WHERE began >= ? AND ended IS NOT NULL"
        return self.connection.execute(asked, (began,)).fetchone() is not None

    def unconfined(self) -> list[str]:
        """What the processes of the last run were not kept from, by the names of `pipeline.batch.sandbox.PARTS`."""
        (said,) = self.connection.execute("SELECT unconfined FROM run ORDER BY number DESC LIMIT 1").fetchone() or ("",)
        return said.split()

    def waiting(self) -> int:
        """How many have not been read yet."""
        return sum(1 for _ in self.rows("= 'waiting'"))


@contextmanager
def read_journal(out: Path) -> Iterator[RunResults]:
    """What stands in the journal of a folder, also while a run is at work there.

    Raises:
        NoJournalError: there is none.
        JournalError: it cannot be read.
    """
    path = out / FILE
    if not path.is_file():
        raise NoJournalError(file=str(out))
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(closing(_read_only(path)))
            try:
                connection.execute("SELECT 1 FROM run")
            except sqlite3.OperationalError:  # SQLite wants to write beside a journal that it reads
                if os.access(out, os.W_OK):
                    raise
                copy = stack.enter_context(scratch_folder()) / FILE
                for ending in ("", "-wal"):
                    with suppress(FileNotFoundError):
                        shutil.copyfile(f"{path}{ending}", f"{copy}{ending}")
                connection = stack.enter_context(closing(_read_only(copy)))
        except (sqlite3.Error, OSError) as error:
            raise unusable(out, error) from error
        try:
            yield RunResults(out, connection)
        except sqlite3.Error as error:
            raise unusable(out, error) from error


def _read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def result_of(row: sqlite3.Row, out: Path) -> FileResult:
    """What the journal has of a document, as a run gives it."""
    shown, passed = Path(os.fsdecode(row["shown"])), row["settled"] != row["run"]
    error: KehoachError | None = None
    if row["error"]:
        code, page, params = json.loads(row["error"])
        error = coded(code, str(shown), page, params)
    return FileResult(
        index=row["place"],
        path=shown,
        seconds=row["seconds"],
        figures=Figures(**json.loads(row["figures"])) if row["figures"] else None,
        warnings=StoredWarnings(row["warnings"] or "[]"),
        error=error,
        detail=row["detail"] or "",
        stale=tuple((Path(old), Path(new)) for old, new in json.loads(row["stale"] or "[]") if not passed),
        # One that was written has no name for a moment, where a run that begins finds that it is another's now.
        output=out / f"{os.fsdecode(row['stem'])}.json" if row["state"] == "written" and row["stem"] else None,
        memory=row["memory"] or 0,
        same_as=Path(os.fsdecode(row["same_as"])) if row["same_as"] else None,
        passed=passed,
    )


def lost(row: sqlite3.Row) -> bool:
    """Whether something of a document that was read is missing in its plan."""
    return '"severity": "lost"' in (row["warnings"] or "")
