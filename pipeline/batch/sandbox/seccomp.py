"""seccomp: calls to the kernel that a process which reads documents has no use for fail (EPERM).

It keeps to what it has: no network, no other program's sockets or memory, no rights of files, nothing of the system's.
The numbers are those of linux/seccomp.h, linux/filter.h, linux/audit.h and of each processor's table of calls.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Iterator
from typing import Final

from pipeline.batch.sandbox.calls import checked, libc

_GET_SECCOMP, _SET_SECCOMP, _FILTER = 21, 22, 2  # of prctl
_PROCESSORS: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # the column below, the processor's name

_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06  # codes of the filter's program
_NUMBER, _PROCESSOR, _FIRST, _SECOND, _THIRD = 0, 4, 16, 24, 32  # where they stand in what the filter is shown
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_DENIED: Final = 0x00050000 | errno.EACCES
_UNKNOWN: Final = 0x00050000 | errno.ENOSYS

_AF_UNIX: Final = 1
_W_OK: Final = 2
_KIND, _DATAGRAMS = 0xF, (2, 3)  # SOCK_DGRAM, SOCK_RAW: what sends to anybody without connecting first
_NAMESPACES: Final = 0x7E020000  # CLONE_NEW…
_OTHER_TABLE: Final = 0x40000000  # x32: the calls of x86-64 by other numbers

_REFUSED: Final[dict[str, tuple[int | None, int | None]]] = {  # on x86-64, on AArch64
    # sockets
    "connect": (42, 203),
    # other processes
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    # what Landlock leaves of files: rights, owners, times, attributes, and sizes by path
    "chmod": (90, None),
    "chown": (92, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "fremovexattr": (199, 16),
    "fsetxattr": (190, 7),
    "futimesat": (261, None),
    "lchown": (94, None),
    "lremovexattr": (198, 15),
    "lsetxattr": (189, 6),
    "open_by_handle_at": (304, 265),
    "removexattr": (197, 14),
    "removexattrat": (466, 466),
    "setxattr": (188, 5),
    "setxattrat": (463, 463),
    "truncate": (76, 45),
    "utime": (132, None),
    "utimensat": (280, 88),
    "utimes": (235, None),
    # ways around a filter like this, and calls in which faults were found most
    "add_key": (248, 217),
    "bpf": (321, 280),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "mq_open": (240, 180),
    "perf_event_open": (298, 241),
    "request_key": (249, 218),
    "userfaultfd": (323, 282),
    # the system
    "acct": (163, 89),
    "adjtimex": (159, 171),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "pivot_root": (155, 41),
    "quotactl": (179, 60),
    "reboot": (169, 142),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "umount2": (166, 39),
    "unshare": (272, 97),
}
_SOCKETS: Final = ((41, 198), (53, 199))  # socket, socketpair
_ACCESS, _ACCESS_BELOW = 21, (269, 48)  # access, which AArch64 has not, and faccessat
_ACCESS_LATER: Final = 439  # faccessat2
_CLONE, _CLONE3, _PRLIMIT = (56, 220), (435, 435), (302, 261)


def known() -> bool:
    """Whether the calls of this machine are known and the kernel can filter them."""
    if sys.platform != "linux" or platform.machine() not in _PROCESSORS or sys.maxsize < 1 << 32:
        return False
    return bool(libc().prctl(_GET_SECCOMP, 0, 0, 0, 0) >= 0)


def restrict() -> None:
    """Have the calls of this process, and of all that it starts, filtered from now on.

    Raises:
        OSError: the kernel refuses.
    """
    lines = b"".join(_program())
    held = ctypes.create_string_buffer(lines)
    about = struct.pack("@HP", len(lines) // 8, ctypes.addressof(held))
    checked(libc().prctl(_SET_SECCOMP, _FILTER, about, 0, 0))


def _program() -> Iterator[bytes]:
    column, processor = _PROCESSORS[platform.machine()]
    yield _line(_LOAD, _PROCESSOR)
    yield from _unless_equal(processor, _REFUSE)  # a program of another processor's, with other numbers
    yield _line(_LOAD, _NUMBER)
    yield _line(_AT_LEAST, _OTHER_TABLE, 0, 1)
    yield _line(_RETURN, _REFUSE)
    for numbers in _REFUSED.values():
        if (number := numbers[column]) is not None:
            yield from _where_equal(number, [_line(_RETURN, _REFUSE)])
    yield from _where_equal(
        _CLONE3[column], [_line(_RETURN, _UNKNOWN)]
    )  # what it does is not shown: clone is taken then
    namespaces = [_line(_LOAD, _FIRST), _line(_AND, _NAMESPACES), *_unless_equal(0, _REFUSE), _line(_RETURN, _ALLOW)]
    yield from _where_equal(_CLONE[column], namespaces)
    others = [_line(_LOAD, _FIRST), *_unless_equal(0, _REFUSE), _line(_RETURN, _ALLOW)]
    yield from _where_equal(_PRLIMIT[column], others)
    local = [_line(_LOAD, _FIRST), *_unless_equal(_AF_UNIX, _REFUSE), _line(_LOAD, _SECOND), _line(_AND, _KIND)]
    for kind in _DATAGRAMS:
        local += _where_equal(kind, [_line(_RETURN, _REFUSE)])
    for numbers in _SOCKETS:
        yield from _where_equal(numbers[column], [*local, _line(_RETURN, _ALLOW)])
    yield from _where_equal(
        _ACCESS if column == 0 else _ACCESS_LATER, _never_writable(_SECOND if column == 0 else _THIRD)
    )
    yield from _where_equal(_ACCESS_BELOW[column], _never_writable(_THIRD))
    yield _line(_RETURN, _ALLOW)


def _never_writable(mode: int) -> list[bytes]:
    """Say that a place cannot be written, which is so of all but one: LibreOffice asks it of /tmp for its socket."""
    return [_line(_LOAD, mode), *_where_equal(_W_OK, [_line(_RETURN, _DENIED)]), _line(_RETURN, _ALLOW)]


def _line(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_so, if_not, value)


def _where_equal(value: int, then: list[bytes]) -> Iterator[bytes]:
    """Run lines, which end in a return, where what was loaded is a value; else pass over them."""
    yield _line(_EQUAL, value, 0, len(then))
    yield from then


def _unless_equal(value: int, answer: int) -> Iterator[bytes]:
    yield _line(_EQUAL, value, 1, 0)
    yield _line(_RETURN, answer)
