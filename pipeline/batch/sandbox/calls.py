"""The C library, for calls that Python has no functions for."""

from __future__ import annotations

import ctypes
import os
from functools import cache


@cache
def libc() -> ctypes.CDLL:
    """The library that is loaded already; a call's failure is then told by `checked`."""
    return ctypes.CDLL(None, use_errno=True)


def checked(answer: int) -> int:
    """The answer of a call; an OSError where it failed."""
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
