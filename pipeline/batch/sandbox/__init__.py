"""A process that reads documents is confined where the kernel lets an ordinary user do that (Linux).

It reads files as before, but writes only where it is told, reaches no network and no other program. What it starts is
confined like itself, and nothing lifts it again.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.batch.sandbox import landlock, seccomp

PARTS: Final = ("files", "network", "signals")
"""What a process is kept from: writing files, reaching a network or other programs, sending signals to others."""


def confine(writable: Sequence[Path]) -> None:
    """Confine this process for good; call it before it has a second thread.

    Args:
        writable: folders below which files may be made and changed, and files that may be; those that are not there
            are left out.

    Raises:
        OSError: the kernel does not do what `missing` says it does.
    """
    if sys.platform != "linux" or len(_absent()) == len(PARTS):
        return
    landlock.no_new_privileges()
    if landlock.version():
        landlock.restrict(writable)
    if seccomp.known():
        seccomp.restrict()


@cache
def missing() -> tuple[str, ...]:
    """Which of `PARTS` cannot be had here; found out by a process that is confined and tries.

    It is forked: call it first where no threads run.
    """
    absent = _absent()
    if len(absent) == len(PARTS) or _tried():
        return absent
    return PARTS


def _absent() -> tuple[str, ...]:
    if sys.platform != "linux":
        return PARTS
    found = landlock.version()
    there = {"files": found > 0, "network": seccomp.known(), "signals": found >= landlock.SCOPES}
    return tuple(name for name in PARTS if not there[name])


def _tried() -> bool:
    if sys.platform == "win32":
        return False
    child = os.fork()
    if child == 0:
        status = 1
        with suppress(BaseException):
            confine([Path(tempfile.gettempdir())])
            status = 0
        os._exit(status)
    return os.waitpid(child, 0)[1] == 0
