"""Failures that somebody has seen to: they stand in the inbox no more, until they are put back or fail otherwise.

The documents stay where they are. What was put away, by whom and when, is written down line by line beside the outputs.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pipeline.files import locked
from pipeline.web.desk.shelf.plans import FailureKey, Stamp, stamp_of

FILE: Final = ".put-away.jsonl"
"""In the folder of outputs."""


class PutAway:
    """What was put away in a folder; threads and other desks may share it."""

    def __init__(self, folder: Path) -> None:
        """Read and write beside the outputs in `folder`."""
        self._file = folder / FILE
        self._known: tuple[Stamp, frozenset[FailureKey]] = ((0, 0), frozenset())

    def stamp(self) -> Stamp:
        """What is another as soon as something is put away or back."""
        return stamp_of(self._file)

    def read(self) -> frozenset[FailureKey]:
        """What is put away now: the name, the code and the content of each failure."""
        stamp = self.stamp()
        if stamp != self._known[0]:
            found: set[FailureKey] = set()
            for line in self._lines():
                try:
                    said = json.loads(line)
                    told = str(said["name"]), str(said["code"]), str(said["sha256"])
                    found = found | {told} if said["away"] else found - {told}
                except (ValueError, LookupError, TypeError):  # half a line of a desk that was killed
                    continue
            self._known = stamp, frozenset(found)
        return self._known[1]

    def put(self, told: FailureKey, away: bool, by: str) -> None:
        """Put a failure away, or back.

        Raises:
            OSError: it cannot be written down.
        """
        name, code, sha256 = told
        said = {"at": datetime.now(UTC).isoformat(), "by": by, "name": name, "code": code, "sha256": sha256}
        line = json.dumps({**said, "away": away}).encode() + b"\n"
        with locked(self._file.parent), self._file.open("ab") as opened:
            opened.write(line if opened.tell() == 0 or self._is_whole() else b"\n" + line)
            opened.flush()
            os.fsync(opened.fileno())

    def _is_whole(self) -> bool:
        return self._file.read_bytes().endswith(b"\n")

    def _lines(self) -> list[bytes]:
        try:
            return self._file.read_bytes().splitlines()
        except OSError:
            return []
