"""Waiting for what other processes do: as long as a busy machine may take, and no longer than it takes."""

import time
from collections.abc import Callable

import psutil


def wait_for(condition: Callable[[], object]) -> bool:
    """Whether a condition comes true within a minute."""
    ends = time.monotonic() + 60
    while not condition():
        if time.monotonic() > ends:
            return False
        time.sleep(0.02)
    return True


def gone(pid: int) -> bool:
    """Whether a process ends within a minute; one that nobody has waited for has ended."""

    def ended() -> bool:
        try:
            return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return True

    return wait_for(ended)
