"""Writing down what a run does, and looking up what earlier ones did."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from pipeline import __version__
from pipeline.batch.collect import SourceFile
from pipeline.batch.journal.file import FILE, check_there, connect, goes_on, key_of, now, size_of, stamp_of, unusable
from pipeline.batch.journal.leases import InHand, Leases, at_once
from pipeline.batch.journal.presence import Presence, at_work
from pipeline.batch.journal.results import RunResults, lost, result_of
from pipeline.batch.journal.stages import changed, copies, limits, stages
from pipeline.batch.naming import Job
from pipeline.batch.outputs import holder, shown_name
from pipeline.batch.result import FileResult, Pages
from pipeline.batch.sandbox import PARTS, missing
from pipeline.errors import (
    ChangedMeanwhileError,
    ConverterMissingError,
    FileAccessError,
    MissingPackageError,
    MissingToolError,
    OutputAccessError,
    RunDiffersError,
)
from pipeline.files import sha256_of
from pipeline.settings import Settings

OF_THE_PLACE: Final = (
    ChangedMeanwhileError,
    ConverterMissingError,
    FileAccessError,
    MissingPackageError,
    MissingToolError,
    OutputAccessError,
)
"""Failures that the document has no part in: each run tries such a document again."""

_RACE: Final = 2 * 10**9  # nanoseconds: what a file system may be off in the time of a change


@contextmanager
def open_journal(out: Path, settings: Settings, join: bool = False) -> Iterator[Journal]:
    """Open the journal of a folder of outputs for a run.

    Args:
        out: the folder.
        settings: of the run.
        join: whether to take part in the work of a run that is there; else no other works in the folder meanwhile.

    Raises:
        FolderTakenError: another run is at work there, and `join` is not set, or it ended and does not leave.
        RunDiffersError: the run to be joined would write something else.
        JournalError: the journal cannot be opened or written, at once or later.
        FolderGoneError: the folder is removed or replaced later.
    """
    with ExitStack() as stack:
        try:
            presence = stack.enter_context(at_work(out, join, partial(goes_on, out / FILE)))
            connection = stack.enter_context(closing(connect(out / FILE, presence.first)))
        except (sqlite3.Error, OSError) as error:
            raise unusable(out, error) from error
        try:
            yield Journal(out, connection, settings, presence)
        except sqlite3.Error as error:
            raise unusable(out, error) from error


class Journal(RunResults):
    """The journal of one run; `open_journal` gives it."""

    def __init__(self, out: Path, connection: sqlite3.Connection, settings: Settings, presence: Presence) -> None:
        super().__init__(out, connection)
        self._presence = presence
        self._leases = Leases(connection)
        self._jobs: dict[bytes, Job] = {}
        self._stages, self._settings, self._limits = stages(), settings.digest(), limits(settings)
        self.copies = copies(settings)
        self._unconfined = PARTS if settings.sandbox == "off" else missing()
        self._hashed: dict[bytes, bytes] = {}  # a digest and the stamp of the file then, in few bytes
        self._began = time.time_ns()
        self._sources: Sequence[SourceFile] = ()
        self._run = 0
        self.read_again = 0
        """How many documents are to be read again because what reads them changed."""
        self.rooms: set[str] = set()
        """What of it changed, by the names of `stages`, and "settings"."""
        self.not_in_run = 0
        """How many documents are not among those of the run that was joined."""
        if not presence.first:
            self._join()

    @property
    def first(self) -> bool:
        """Whether this run plans the work; else it joined one that did."""
        return self._presence.first

    def clear(self, sources: Iterable[SourceFile]) -> None:
        """Remove what a kill left of the outputs of documents: files that we wrote, or were about to, without the JSON.

        They would keep the document from the name that it has.
        """
        for source in sources:
            asked = "SELECT stem, outputs FROM document WHERE path = ? AND stem IS NOT NULL AND outputs IS NOT NULL"
            row = self.connection.execute(asked, (key_of(source.shown),)).fetchone()
            start = f"{self.out}/{os.fsdecode(row['stem'])}" if row else ""
            if row is None or os.path.exists(f"{start}.json"):  # noqa: PTH110 - a Path fails where it is too long
                continue
            for suffix, (sha256, _) in json.loads(row["outputs"]).items():
                path = Path(f"{start}.{suffix}")
                if sha256_of(path) == sha256:
                    path.unlink(missing_ok=True)

    def begin(self, jobs: Iterable[Job], sources: Sequence[SourceFile]) -> None:
        """Note which documents this run is given; one that lies elsewhere now is known by the name of its outputs.

        Called again, the run goes on with these documents too.
        """
        self._sources = sources
        self._began = time.time_ns()
        with at_once(self.connection):
            if not self._run:
                said = (now(), f"kehoach {__version__}", self._made(), " ".join(self._unconfined))
                done = self.connection.execute(
                    "INSERT INTO run (began, program, made, unconfined) VALUES (?, ?, ?, ?)", said
                )
                self._run = self._leases.run = done.lastrowid or 0
            asked = "SELECT coalesce(max(place) + 1, 0) FROM document WHERE run = ?"
            (first,) = self.connection.execute(asked, (self._run,)).fetchone()
            for job in jobs:
                path, stem = key_of(job.shown), None if job.error else os.fsencode(job.stem)
                self.connection.execute("UPDATE OR REPLACE document SET path = ? WHERE stem = ?", (path, stem))
                self.connection.execute(
                    "INSERT INTO document (path, shown, stem, run, place, state) VALUES (?, ?, ?, ?, ?, 'waiting') "
                    "ON CONFLICT (path) DO UPDATE SET shown = excluded.shown, stem = excluded.stem, run = excluded.run,"
                    " place = excluded.place, content = NULL, holder = NULL, until = NULL",
                    (path, os.fsencode(job.shown), stem, self._run, first + job.index),
                )

    def end(self) -> None:
        """Note that the run came to its end."""
        check_there(self.out)
        self.connection.execute("UPDATE run SET ended = ? WHERE number = ?", (now(), self._run))

    def plan(self, contents: Mapping[int, str], known: Iterable[Job], jobs: Iterable[Job]) -> None:
        """Note which documents are to be read; from now on others may join.

        Args:
            contents: what those have in common that have one content, by the index of the document.
            known: those that are not read, but settled by this process.
            jobs: all.
        """
        self._jobs = {key_of(job.shown): job for job in jobs}
        with at_once(self.connection):
            self.connection.executemany(
                "UPDATE document SET state = 'waiting', content = ? WHERE path = ?",
                ((contents.get(job.index), path) for path, job in self._jobs.items()),
            )
            self._leases.hold([key_of(job.shown) for job in known])
            self.connection.execute("UPDATE run SET planned = 1 WHERE number = ?", (self._run,))
        self._presence.planned()

    def joined(self, sources: Sequence[SourceFile]) -> None:
        """Take part in the run that is there: note which of its documents this process can read."""
        self._sources = sources
        for index, source in enumerate(sources):
            asked = "SELECT stem FROM document WHERE run = ? AND path = ? AND stem IS NOT NULL"
            if row := self.connection.execute(asked, (self._run, key_of(source.shown))).fetchone():
                stem = os.fsdecode(row["stem"])
                own = self._own(source, stem)
                self._jobs[key_of(source.shown)] = Job(index, source.path, source.shown, stem, own=own)
            else:
                self.not_in_run += 1

    def take(self) -> InHand | None:
        """Take the next documents in hand; None where none is free."""
        lease = self._leases.take(self._jobs)
        if lease is None:
            return None
        jobs = [self._jobs[path] for path in lease.paths]
        if lease.left:
            self.clear([self._sources[job.index] for job in jobs])
        return InHand(jobs, lease.content)

    def in_hand(self, job: Job) -> bool:
        """Whether a document is still this process's to settle; else its lease ran out and another took it over."""
        check_there(self.out)
        return self._leases.held(key_of(job.shown))

    def note_pages(self, job: Job, pages: Pages) -> None:
        """Note how far a document in hand has come."""
        self._leases.note_pages(key_of(job.shown), pages)

    def renew(self) -> None:
        """Keep what is in hand; to be called every few seconds."""
        self._leases.renew()

    def release(self) -> None:
        """Leave to others what is in hand."""
        self._leases.release()

    def open(self) -> bool:
        """Whether anything is left that this process could read, be it in the hands of others."""
        return self._leases.waiting(self._jobs)

    def settled_by_others(self) -> Iterator[FileResult]:
        """What other processes have written down since this was asked last."""
        for row in self._leases.settled_by_others():
            if job := self._jobs.get(row["path"]):
                yield replace(result_of(row, self.out), index=job.index, path=job.shown)

    def digest(self, path: Path) -> str | None:
        """The SHA-256 of a file's bytes; None where it cannot be read."""
        key = key_of(path)
        try:
            stamp = stamp_of(path)
        except OSError:
            return None
        asked = "SELECT sha256 FROM document WHERE path = ? AND stamp = ? AND sha256 IS NOT NULL"
        if written := self.connection.execute(asked, (key, stamp)).fetchone():
            return str(written["sha256"])
        known = self._hashed.get(key, b"")
        if known[32:] == stamp.encode():
            return known[:32].hex()
        sha256 = sha256_of(path)
        if sha256 is not None:
            self._hashed[key] = bytes.fromhex(sha256) + stamp.encode()
        return sha256

    def unchanged(self, job: Job, retry_failed: bool) -> FileResult | None:
        """What became of a document earlier, where reading it again would change nothing; None where it is to be read.

        Args:
            job: the document.
            retry_failed: whether one that failed, or of which something was lost, is to be read again.
        """
        row = self._row(job)
        if (
            row["state"] == "waiting"
            or row["sha256"] is None
            or row["sha256"] != self.digest(job.path)
            or row["source"] != self._source(job)
        ):
            return None
        if not self._made_alike(row):
            self.read_again += 1
            self.rooms |= changed(row["stages"], self._stages) or {"settings"}
            return None
        lossy = row["state"] == "failed" or lost(row)
        if lossy and (retry_failed or row["limits"] != self._limits):
            return None
        if row["state"] == "failed":
            found = result_of(row, self.out)
            return None if isinstance(found.error, OF_THE_PLACE) else found
        if row["state"] != "written" or not self._there(row):
            return None
        self._hashed.pop(key_of(job.path), None)  # nobody asks for it again
        return result_of(row, self.out)

    def sizes(self, sizes: Iterable[int]) -> set[int]:
        """Those of some sizes that a document which was read has."""
        asked = "SELECT 1 FROM document WHERE size = ? AND state = 'written'"
        return {one for one in sizes if self.connection.execute(asked, (one,)).fetchone()}

    def of_content(self, sha256: str, ending: str, in_run: bool = False) -> sqlite3.Row | None:
        """A document of this content whose outputs lie there as this run would make them; its name has this ending.

        Args:
            sha256: the content.
            ending: of the name, in small letters.
            in_run: whether it is to be read in this run.
        """
        settled = self._run if in_run else 0
        for row in self.connection.execute(
            "SELECT * FROM document WHERE sha256 = ? AND state = 'written' AND settled >= ? ORDER BY path",
            (sha256, settled),
        ):
            alike = self._made_alike(row) and not lost(row)
            if alike and Path(os.fsdecode(row["shown"])).suffix.casefold() == ending and self._there(row):
                return row  # type: ignore[no-any-return]
        return None

    def intend(self, job: Job, outputs: Mapping[str, str]) -> None:
        """Note the SHA-256 of each output by its suffix, before it is written."""
        said = json.dumps({suffix: [digest, ""] for suffix, digest in outputs.items()})
        self.connection.execute("UPDATE document SET outputs = ? WHERE path = ?", (said, key_of(job.shown)))

    def record(
        self, job: Job, result: FileResult, sha256: str | None = None, outputs: Mapping[str, str] | None = None
    ) -> None:
        """Write down what became of a document.

        Args:
            job: the document.
            result: what became of it.
            sha256: of the bytes that were read; None: of those that lie there now.
            outputs: the SHA-256 of each output by its suffix.
        """
        here = None if job.error else self.digest(job.path)
        sha256 = here if sha256 in (here, None) else None  # it changed meanwhile, or what read it was made to lie
        self._hashed.pop(key_of(job.path), None)  # nobody asks for it again
        row = self._row(job)
        error = result.error
        values: dict[str, Any] = {
            "state": "failed" if error else "written",
            "holder": self._leases.me,
            "until": None,
            "pages": None,
            "attempts": row["attempts"] + 1 if row["sha256"] == sha256 else 1,
            "settled": self._run,
            "finished": now(),
            "source": self._source(job),
            "sha256": sha256,
            "size": size_of(job.path),
            "stamp": self._stamp(job.path),
            "stages": self._stages,
            "settings": self._settings,
            "limits": self._limits,
            "copies": json.dumps(sorted(self.copies)),
            "seconds": result.seconds,
            "memory": result.memory,
            "error": json.dumps([error.code, error.page, error.params]) if error else None,
            "detail": result.detail or None,
            "stale": json.dumps([[str(old), str(new)] for old, new in result.stale]) if result.stale else None,
            "figures": json.dumps(asdict(result.figures)) if result.figures else None,
            "warnings": json.dumps([one.model_dump(mode="json") for one in result.warnings]),
            "outputs": json.dumps(
                {
                    suffix: [digest, stamp_of(self.out / f"{job.stem}.{suffix}")]
                    for suffix, digest in (outputs or {}).items()
                }
            ),
            "same_as": os.fsencode(result.same_as) if result.same_as else None,
        }
        named = ", ".join(f"{name} = :{name}" for name in values)
        counted = "serial = 1 + (SELECT coalesce(max(serial), 0) FROM document)"
        self.connection.execute(
            f"UPDATE document SET {named}, {counted} WHERE path = :path", {**values, "path": key_of(job.shown)}
        )

    def _join(self) -> None:
        """Find the run that is there; RunDiffersError where it would write something else."""
        row = self.connection.execute("SELECT * FROM run ORDER BY number DESC LIMIT 1").fetchone()
        if row is None or not row["planned"]:
            raise RunDiffersError(file=str(self.out), what="not planned")
        if different := changed(row["made"], self._made()):
            raise RunDiffersError(file=str(self.out), what=", ".join(sorted(different)))
        self._run = self._leases.run = row["number"]

    def _made(self) -> str:
        """What results depend on beside the documents."""
        about = {"settings": self._settings, "limits": self._limits, "copies": sorted(self.copies)}
        return json.dumps(json.loads(self._stages) | about)

    def _own(self, source: SourceFile, stem: str) -> bool:
        held = holder(self.out, stem)
        return held is not None and held.origin is not None and held.origin.sha256 == self.digest(source.path)

    def _row(self, job: Job) -> sqlite3.Row:
        asked = self.connection.execute("SELECT * FROM document WHERE path = ?", (key_of(job.shown),))
        return asked.fetchone()  # type: ignore[no-any-return]

    def _source(self, job: Job) -> str:
        return json.dumps([shown_name(job.path), self._sources[job.index].contained_in])

    def _made_alike(self, row: sqlite3.Row) -> bool:
        same = (row["stages"], row["settings"]) == (self._stages, self._settings)
        return same and self.copies <= set(json.loads(row["copies"]))

    def _there(self, row: sqlite3.Row) -> bool:
        """Whether the outputs lie there as they were written."""
        start = f"{self.out}/{os.fsdecode(row['stem'])}"
        for suffix, (sha256, stamp) in json.loads(row["outputs"]).items():
            try:
                if stamp_of(f"{start}.{suffix}") != stamp and sha256_of(Path(f"{start}.{suffix}")) != sha256:
                    return False
            except OSError:
                return False
        return True

    def _stamp(self, path: Path) -> str | None:
        """The stamp of a file that has not been changed since before the run."""
        try:
            return stamp_of(path) if path.stat().st_ctime_ns < self._began - _RACE else None
        except OSError:
            return None
