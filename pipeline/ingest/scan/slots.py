"""As many readers at a time as there are cores, over all processes of a user.

A slot is a locked file: the system frees it when its holder is done, or is killed.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT = 0.01  # seconds between two looks


@contextmanager
def slot(count: int) -> Iterator[None]:
    """Hold one of `count` slots; waits until one is free."""
    folder = Path(tempfile.gettempdir()) / f"kehoach-slots-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    while True:
        for number in range(count):
            held = os.open(folder / str(number), os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(held)
                continue
            try:
                yield
            finally:
                os.close(held)
            return
        time.sleep(_WAIT)
