"""The documents that came to the desk, and what became of each."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import IO, Final, Literal

from pipeline.batch.journal import RunResults, read_journal, result_of
from pipeline.batch.result import Pages
from pipeline.errors import (
    DamagedError,
    EmptyFileError,
    KehoachError,
    NoTextError,
    OutputAccessError,
    ProtectedError,
    TooLargeError,
    UnsupportedFormatError,
)
from pipeline.files import Part
from pipeline.settings import Settings
from pipeline.web.desk.arrivals.names import free_name, own_name
from pipeline.web.desk.arrivals.reader import ReadDocuments
from pipeline.web.desk.shelf import Shelf, ShelvedPlan, failure

FOLDER: Final = "uploads"
"""The folder of documents, in that of the outputs, unless somebody says otherwise."""
_LASTING: Final = (DamagedError, NoTextError, ProtectedError, UnsupportedFormatError)
"""Why a content is never read; what failed for its limits, or for what is missing here, may be sent again."""
_TOLD: Final = 500  # documents of which it is told what became of them

Fate = Literal["waiting", "reading", "read", "failed", "double"]


@dataclass(frozen=True)
class Came:
    """A document that came: its name below the folder of documents, what became of it, and the plan that it is.

    Of one that is being read `pages` says how far that has come, where it has pages, and `documents` how far with those
    in an archive or a mail. `failure` is its entry in the inbox where it could not be read.
    """

    name: str
    fate: Fate
    plan: str | None = None
    error: KehoachError | None = None
    pages: Pages | None = None
    documents: Pages | None = None
    failure: ShelvedPlan | None = None


class Receipt:
    """A document while it is received."""

    def __init__(self, path: PurePosixPath, part: Part, file: IO[bytes], limit: int) -> None:
        """Begin with nothing; `limit` is in MiB."""
        self.path, self.part = path, part
        self.bytes = 0
        self._file, self._limit = file, limit
        self._digest = hashlib.sha256()

    def take(self, data: bytes) -> None:
        """Take a part of it.

        Raises:
            TooLargeError: it is more than may come.
            OutputAccessError: it cannot be written.
        """
        self.bytes += len(data)
        if self.bytes > self._limit << 20:
            raise too_large(self.path.name, self._limit)
        self._digest.update(data)
        with _writing(self.path):
            self._file.write(data)

    def sha256(self) -> str:
        """The digest of what came, which is all."""
        self._file.close()
        return self._digest.hexdigest()


class Arrivals:
    """Takes documents in and has them read; threads may share it."""

    def __init__(self, folder: Path, shelf: Shelf, settings: Settings, came: Callable[[Iterable[Path]], None]) -> None:
        """Take in nothing yet; `folder` is made with the first document, `came` is told of plans that were made."""
        self.folder = Path(os.path.abspath(folder))  # noqa: PTH100 - as the journal knows it
        self.reader = ReadDocuments(self.folder, shelf.folder, settings, came)
        self.limit = settings.max_file_mb
        """The most MiB of one document."""
        self._shelf = shelf
        self._lock = Lock()
        self._kept: list[str] = []  # the names of what came, in their order
        self._digests: set[str] = set()  # of their contents
        self._ends: dict[str, Came] = {}  # what is known to have become of some
        self._serial: int | None = None  # of what was written down last when that was asked
        self._coming: set[str] = set()  # the names of what is being received, without case

    def resume(self) -> None:
        """Have those read that an earlier desk took in and did not read."""
        if not self.folder.is_dir():
            return
        left = [one for one in sorted(self.folder.rglob("[!.]*")) if one.is_file()]
        with suppress(KehoachError), read_journal(self._shelf.folder) as results:
            left = [one for one in left if not (rows := results.of_file(one)) or _open(rows)]
        with self._lock:
            self._kept = [one.relative_to(self.folder).as_posix() for one in left]
        self.reader.wait_for(left)

    @contextmanager
    def receiving(self, sent: str) -> Iterator[Receipt]:
        """Receive a document under the name that it was sent by; nothing of it stays, unless it is kept.

        Raises:
            UnsupportedFormatError: it is named as what the desk itself writes.
            OutputAccessError: it cannot be written.
        """
        with self._named(own_name(sent)) as path:
            with _writing(path):
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                part = Part(self.folder / path)
            try:
                with part.path.open("wb") as file:
                    yield Receipt(path, part, file, self.limit)
            finally:
                part.close()

    def keep(self, receipt: Receipt) -> Came:
        """Keep what was received whole, and have it read; of what is there already nothing more is kept.

        Raises:
            EmptyFileError: nothing came.
            OutputAccessError: it cannot be kept.
        """
        if not receipt.bytes:
            raise EmptyFileError(file=receipt.path.name)
        sha256 = receipt.sha256()
        with self._lock:
            if double := self._double(receipt.path.as_posix(), sha256):
                return double
            with _writing(receipt.path):
                receipt.part.put()
            self._kept.append(receipt.path.as_posix())
            self._digests.add(sha256)
        self.reader.wait_for([self.folder / receipt.path])
        return Came(receipt.path.as_posix(), "waiting")

    def told(self) -> list[Came]:
        """What became of those that came last; what was put away is not among them."""
        waiting = self.reader.waiting()
        with self._lock:
            names = self._kept[-_TOLD:]
        try:
            with read_journal(self._shelf.folder) as results:
                in_hand = self._in_hand(results, waiting)
                for name in self._read_anew(results):
                    self._ends.pop(name, None)
                found = [self._fate(name, results, waiting, in_hand) for name in names]
        except KehoachError:  # there is none yet
            return [Came(name, "waiting") for name in names]
        away = self._shelf.put_away.read()
        return [one for one in found if one.failure is None or one.failure.told_by not in away]

    def _in_hand(self, results: RunResults, waiting: set[Path]) -> dict[Path, Came]:
        """Those that are being read, and how far that has come."""
        found: dict[Path, Came] = {}
        for path, pages in results.being_read().items():
            if path in waiting:
                found[path] = Came("", "reading", pages=pages)
            elif box := next((one for one in path.parents if one in waiting), None):
                states = [row["state"] for row in results.of_file(box)]
                found[box] = Came("", "reading", documents=Pages(len(states) - states.count("waiting"), len(states)))
        return found

    def _read_anew(self, results: RunResults) -> Iterator[str]:
        """The names of what was written down since this was asked last."""
        self._serial, settled = results.settled_after(self._serial)
        for path in settled:
            for one in (path, *path.parents):
                if one != self.folder and one.is_relative_to(self.folder):
                    yield one.relative_to(self.folder).as_posix()

    def _fate(self, name: str, results: RunResults, waiting: set[Path], in_hand: Mapping[Path, Came]) -> Came:
        file = self.folder / name
        if file in waiting:
            return replace(in_hand[file], name=name) if file in in_hand else Came(name, "waiting")
        if name not in self._ends:
            self._ends[name] = self._end(name, results.of_file(file))
        return self._ends[name]

    def _end(self, name: str, rows: Sequence[sqlite3.Row]) -> Came:
        """What became of a document, by its rows in the journal."""
        for row in rows:
            if made := result_of(row, self._shelf.folder).output:
                return Came(name, "read", made.relative_to(self._shelf.folder).as_posix().removesuffix(".json"))
        failures = [one for row in rows if (one := failure(row, self._shelf.folder))]
        return Came(name, "failed", error=failures[0].error, failure=failures[0]) if failures else Came(name, "failed")

    def _double(self, name: str, sha256: str) -> Came | None:
        """What is said of a document that is there already."""
        if plan := self._shelf.names().get(sha256):
            return Came(name, "double", plan)
        with suppress(KehoachError), read_journal(self._shelf.folder) as results:
            known = results.of_digest(sha256)
            errors = [result_of(row, self._shelf.folder).error for row in known if row["state"] == "failed"]
            if lasting := [one for one in errors if isinstance(one, _LASTING)]:
                return Came(name, "double", error=lasting[0])
            if known and len(errors) == len(known):
                return None
        return Came(name, "double") if sha256 in self._digests else None

    @contextmanager
    def _named(self, wanted: PurePosixPath) -> Iterator[PurePosixPath]:
        """A name that nothing has, as long as it is needed."""
        with self._lock:
            path = free_name(wanted, self._taken)
            self._coming.add(path.as_posix().casefold())
        try:
            yield path
        finally:
            with self._lock:
                self._coming.discard(path.as_posix().casefold())

    def _taken(self, path: PurePosixPath) -> bool:
        names = (path.as_posix(), path.with_suffix("").as_posix())
        place = self.folder / path
        here = (one.name.casefold() for one in place.parent.iterdir()) if place.parent.is_dir() else ()
        there = path.as_posix().casefold() in self._coming or path.name.casefold() in here
        return there or any(self._shelf.has(name) for name in names)


def too_large(name: str, limit: int) -> TooLargeError:
    """Say that a document has more MiB than may come."""
    return TooLargeError(file=name, reason=f"more than {limit} MiB, KEHOACH_MAX_FILE_MB is {limit}")


def _open(rows: Iterable[sqlite3.Row]) -> bool:
    return any(row["state"] == "waiting" for row in rows)


@contextmanager
def _writing(path: PurePosixPath) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputAccessError(file=path.as_posix(), reason=error.strerror or str(error)) from error
