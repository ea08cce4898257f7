"""What a process and all that it started hold of the machine's memory."""

from __future__ import annotations

import mmap
import os
import sys
import time
from contextlib import suppress

import psutil

_PAGE = mmap.PAGESIZE
_SELDOM_SECONDS = 0.5  # between two looks for its children where the system has no quick answer


class Held:
    """Watches a process; those whose parent ended count as its own, where it adopts them."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._looked = 0.0
        self._others: list[psutil.Process] = []
        self._quick = sys.platform == "linux" and os.path.exists(f"/proc/{pid}/task/{pid}/children")  # noqa: PTH110

    def resident(self) -> int:
        """Bytes of memory that all of them hold now; pages that they share count for each. 0 if they are gone."""
        if self._quick:
            return _of_tree(self._process.pid)
        if time.monotonic() - self._looked > _SELDOM_SECONDS:
            self._looked = time.monotonic()
            with suppress(psutil.Error):
                self._others = self._process.children(recursive=True)
        return sum(map(_resident, (self._process, *self._others)))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _of_tree(pid: int) -> int:
    held, waiting, seen = 0, [pid], set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        with suppress(OSError, ValueError, IndexError):
            with open(f"/proc/{one}/statm", "rb") as file:  # noqa: PTH123 - a Path costs more than the call
                held += int(file.read().split()[1]) * _PAGE
            for task in os.listdir(f"/proc/{one}/task"):  # noqa: PTH208
                with open(f"/proc/{one}/task/{task}/children", "rb") as file:  # noqa: PTH123
                    waiting += map(int, file.read().split())
    return held
