"""Landlock: the kernel's own way for a process to give up rights to files, ports and signals (Linux 5.13 and later).

Called by number, as the C library has no functions for it: three calls, and the packages for it are younger than the
kernel's interface is stable. Source: Documentation/userspace-api/landlock.rst and linux/landlock.h of the kernel.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.batch.sandbox.calls import checked, libc

SCOPES: Final = 6
"""The first version that confines signals."""

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # alike on all processors that it is built for here
_VERSION_ASKED: Final = 1
_PATH_BENEATH: Final = 1
_NO_NEW_PRIVILEGES: Final = 38  # sys/prctl.h

_WRITE_FILE, _TRUNCATE, _DEVICE_CALLS = 1 << 1, 1 << 14, 1 << 15
_MAKE_DEVICES: Final = 1 << 6 | 1 << 11
_CHANGES: Final = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))  # and to make and remove all kinds of entries
_LATER: Final = ((2, 1 << 13), (3, _TRUNCATE), (5, _DEVICE_CALLS))  # the version from which a right is known
_BIND_AND_CONNECT: Final = 1 << 0 | 1 << 1
_SOCKETS_AND_SIGNALS: Final = 1 << 0 | 1 << 1
_OF_FILES: Final = _WRITE_FILE | _TRUNCATE | _DEVICE_CALLS


@cache
def version() -> int:
    """The version of Landlock that the kernel has; 0 where it has none, or does not let us."""
    found = int(libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_ASKED))
    return max(found, 0)


def no_new_privileges() -> None:
    """Give up what programs with more rights would give this process; what confines it asks for that.

    Raises:
        OSError: the kernel refuses.
    """
    checked(libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))


def restrict(writable: Iterable[Path]) -> None:
    """Let this process change files below some folders alone, and bind or connect no port; reading stays as it is.

    Args:
        writable: the folders, and files.

    Raises:
        OSError: the kernel refuses.
    """
    rights = _CHANGES
    for since, right in _LATER:
        rights |= right if version() >= since else 0
    about = struct.pack("=Q", rights)
    about += struct.pack("=Q", _BIND_AND_CONNECT) if version() >= 4 else b""
    about += struct.pack("=Q", _SOCKETS_AND_SIGNALS) if version() >= SCOPES else b""
    rules = checked(libc().syscall(_CREATE_RULESET, about, ctypes.c_size_t(len(about)), 0))
    try:
        for path in writable:
            _allow(rules, path, rights)
        checked(libc().syscall(_RESTRICT_SELF, rules, 0))
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)  # type: ignore[attr-defined, unused-ignore]
    except FileNotFoundError:
        return
    try:
        allowed = rights & ~_MAKE_DEVICES if path.is_dir() else rights & _OF_FILES
        rule = struct.pack("=Qi", allowed, place)
        checked(libc().syscall(_ADD_RULE, rules, _PATH_BENEATH, rule, 0))
    finally:
        os.close(place)
