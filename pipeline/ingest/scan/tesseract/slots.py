"""A limit on OCR processes over all processes of a user: as many at a time as there are cores.

A slot is a locked file: the system frees it when its holder is done, or is killed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.files import users_folder

if sys.platform == "win32":
    import msvcrt

    def _lock(held: int) -> None:
        msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(held: int) -> None:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)


_WAIT = 0.01  # seconds between two looks


@contextmanager
def slot(count: int) -> Iterator[None]:
    """Hold one of `count` slots; waits until one is free."""
    folder = users_folder("slots")
    while True:
        for number in range(count):
            held = os.open(folder / str(number), os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _lock(held)
            except OSError:
                os.close(held)
                continue
            try:
                yield
            finally:
                os.close(held)
            return
        time.sleep(_WAIT)
