"""A folder into which files come: each is given once it stands still, again when it changes.

The folder is looked through every few seconds. What tells of changes at once (inotify and its like) does not see what
another machine writes to a shared drive, and does not say when a file is whole; and its threads would run while workers
are forked.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.batch.collect import SourceFile, collect
from pipeline.batch.journal import OF_THE_PLACE
from pipeline.batch.result import FileResult

LOOK_SECONDS: Final = 2.0
"""How often the folder is looked through, where that is quick."""

AGAIN_SECONDS: Final = 60.0
"""When what failed through no fault of the document is tried again."""

_SHARE: Final = 0.05  # of the time that is spent on looking through a folder
_PAUSE: Final = 0.1  # seconds between two questions whether to go on
_UNFINISHED: Final = (".crdownload", ".download", ".filepart", ".part", ".partial", ".tmp")
"""Endings of files that a program has not brought whole yet, and renames when it has."""
_OPENED: Final = "~$"
"""How the name of a file begins that Office keeps while a document is open."""


@dataclass(slots=True)
class _Seen:
    """A file as it was seen last, and when it is to be given if it stays so; `math.inf`: it was."""

    stamp: tuple[int, int] | None
    due: float


class Inbox:
    """The files of a folder and of all below it; times are those of `time.monotonic`."""

    def __init__(self, folder: Path, out: Path, still_seconds: float) -> None:
        """Watch a folder; nothing is looked at yet.

        Args:
            folder: into which files come.
            out: the results folder, which may lie in it.
            still_seconds: how long size and time of change have to stand still.
        """
        self.folder, self._out, self._still = folder, out, still_seconds
        self._seen: dict[str, _Seen] = {}

    def looks(self, going_on: Callable[[], bool]) -> Iterator[list[SourceFile]]:
        """Look through the folder again and again; between two looks is a pause.

        Args:
            going_on: asked ten times a second; once it says no, this ends.

        Yields:
            What is to be read, nothing at most times.
        """
        while going_on():
            began = time.monotonic()
            found = self.look(began)
            took = time.monotonic() - began
            yield found
            until = time.monotonic() + max(min(LOOK_SECONDS, self._still / 2), took / _SHARE)
            while time.monotonic() < until and going_on():
                time.sleep(_PAUSE)

    def look(self, now: float) -> list[SourceFile]:
        """Look through the folder once; give what has stood still, in the order of the paths."""
        if not self.folder.is_dir():  # a drive that is away: what is known of its files holds when it is back
            return []
        before, self._seen, due = self._seen, {}, []
        for file in collect([self.folder], self._out):
            if file.path.suffix.casefold() in _UNFINISHED or file.path.name.startswith(_OPENED):
                continue
            name, stamp = str(file.path), _stamp(file.path)
            known = before.get(name)
            if known is None or known.stamp != stamp:
                known = _Seen(stamp, now + self._still)
            if known.due <= now:
                known.due = math.inf
                due.append(file)
            self._seen[name] = known
        return due

    def note(self, result: FileResult, now: float) -> None:
        """Have a document tried again later whose failure is none of its own: of the drive, of a program that lacks."""
        if isinstance(result.error, OF_THE_PLACE):
            self.again(result.path, now)

    def again(self, path: Path, now: float) -> None:
        """Give a file again in a while, or the archive or mail that a document is in."""
        for one in (path, *path.parents):
            if known := self._seen.get(str(one)):
                known.due = now + AGAIN_SECONDS


def _stamp(path: Path) -> tuple[int, int] | None:
    """What changes while a file is written; None where the system does not say. An inode may change on a drive."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
