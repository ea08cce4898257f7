"""Files on disk: what is read is a regular file; what is written is whole under its name, or not there.

A file is written under an unguessable name in the folder it belongs to, brought to the disk and then renamed. While it
is being written its writer holds a lock on it (flock), on any machine that shares the folder; Windows does not remove
an open file. So what another program left can be told from what another program writes, whatever its process id.
"""

from __future__ import annotations

import atexit
import errno
import hashlib
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import NotAFileError

if sys.platform != "win32":
    import fcntl

NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""How the system says that nothing more can be written on a disk, whatever it is."""

SCRATCH: Final = re.compile(r"kehoach-\d+-.+")
"""The names of folders for what is written in between."""
_PART: Final = re.compile(r"\.kehoach-[0-9a-f]{32}\.part")
_KINDS: Final = (
    (stat.S_ISFIFO, "FIFO"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "character device"),
    (stat.S_ISBLK, "block device"),
)


def check_regular(path: Path) -> os.stat_result:
    """Look at a file, or at what a link leads to, without opening it.

    Returns:
        What the system knows of it.

    Raises:
        NotAFileError: it is a FIFO, a socket or a device, whose opening may block or do something.
        OSError: it is not there, cannot be reached, or is a folder.
    """
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        list(path.iterdir())  # one that cannot be listed says why
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(found.st_mode)), "?")
        raise NotAFileError(file=str(path), kind=kind)
    return found


def sha256_of(path: Path) -> str | None:
    """The digest of a file, in hexadecimal; None where it cannot be read, or is none."""
    try:
        check_regular(path)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, NotAFileError):
        return None


class Part:
    """A file that is being written, beside its place; see `part_for`."""

    def __init__(self, place: Path) -> None:
        """Begin a file for `place`, whose folder is there."""
        self._place = place
        self._handle = -1
        while self._handle < 0:
            self.path = place.with_name(f".kehoach-{secrets.token_hex(16)}.part")
            try:
                self._handle = _held(self.path)
            except OSError as error:  # nobody knows the unguessable name
                raise OSError(error.errno, error.strerror, str(place)) from error

    def put(self) -> None:
        """Bring what was written to the disk, and move it onto its place.

        Raises:
            OSError: it cannot be put there; what lay there before still does.
        """
        os.fsync(self._handle)
        if sys.platform == "win32":  # an open file cannot be renamed
            self._release()
        self.path.replace(self._place)
        self._release()

    def close(self) -> None:
        """Remove what was not put in its place."""
        if sys.platform == "win32":
            self._release()
        with suppress(OSError):
            self.path.unlink()
        self._release()

    def _release(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _held(path: Path) -> int:
    """A new file that no `sweep` takes while the descriptor is open; -1 where one took it before it was locked."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    if sys.platform != "win32":
        with suppress(OSError):  # a file system without locks: no sweep gets one either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink == 0:
            os.close(handle)
            return -1
    return handle


@contextmanager
def part_for(place: Path) -> Iterator[Part]:
    """Begin a file beside its place; `Part.put` moves it there, or it is removed at the end.

    Raises:
        OSError: no file can be made in the folder.
    """
    part = Part(place)
    try:
        yield part
    finally:
        part.close()


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give a name beside a path to write to; at the end it is moved onto the path, or removed where the writing fails.

    Raises:
        OSError: the folder cannot be made or the file not be put in place; what lay there before still does.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with part_for(path) as part:
        yield part.path
        part.put()


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for temporary files, gone at the end; it is named after this process, whose end may come first.

    While it is in use it is locked, so that what is left can be told from what is used by its lock alone: the number
    of a process is another's soon, and means nothing in another container.
    """
    while True:
        with tempfile.TemporaryDirectory(prefix=f"kehoach-{os.getpid()}-", ignore_cleanup_errors=True) as name:
            handle = _locked_folder(Path(name))
            if handle is None:  # swept before it was locked
                continue
            try:
                yield Path(name)
            finally:
                os.close(handle)
            return


def own_scratch() -> Path:
    """A folder for all temporary files of this process, in use until it ends; `remove_scratch` removes it then."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f"kehoach-{os.getpid()}-"))
        if _locked_folder(folder) is not None:
            return folder


def _locked_folder(folder: Path) -> int | None:
    """Lock a folder until the descriptor is closed; None where it is gone. There is no lock on Windows."""
    if sys.platform == "win32":
        return os.open(os.devnull, os.O_RDONLY)
    else:  # noqa: RET505 (the types of Windows are checked too)
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            return None
        with suppress(OSError):  # a file system without locks: no sweep gets one either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if folder.exists():
            return handle
        os.close(handle)
        return None


def remove_scratch(pid: int) -> None:
    """Remove what a process that was killed left of its temporary files; not what one of its number still uses."""
    with _unused_scratch(str(pid)):
        pass


@contextmanager
def abandoned_scratch() -> Iterator[list[Path]]:
    """Folders of temporary files of this user's processes that are gone, removed at the end; on Windows none."""
    with _unused_scratch("*" if sys.platform != "win32" else "none") as found:
        yield found


@contextmanager
def _unused_scratch(process: str) -> Iterator[list[Path]]:
    """Folders of temporary files that nobody holds, removed at the end.

    Args:
        process: the number of the process that made them, or a pattern of it: another container has one of that number.
    """
    with ExitStack() as stack:
        found: list[Path] = []
        for folder in Path(tempfile.gettempdir()).glob(f"kehoach-{process}-*"):
            if SCRATCH.fullmatch(folder.name):
                with suppress(OSError):
                    if sys.platform != "win32":
                        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
                        stack.callback(os.close, handle)
                        if os.fstat(handle).st_uid != os.getuid():
                            continue
                        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    found.append(folder)
        yield found
        for folder in found:
            shutil.rmtree(folder, ignore_errors=True)


@cache
def users_folder(name: str) -> Path:
    """A folder for temporary files that the processes of this user share, and nobody else may change.

    It is found once: later this process may have another place for temporary files. Where somebody else has made it,
    one of this process's own, and of those that are forked from it.
    """
    if sys.platform == "win32":  # its place for temporary files is the user's own
        folder = Path(tempfile.gettempdir()) / f"kehoach-{name}"
        folder.mkdir(exist_ok=True)
        return folder
    folder = Path(tempfile.gettempdir()) / f"kehoach-{name}-{os.getuid()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022:
            return folder
    made = tempfile.mkdtemp(prefix=f"kehoach-{name}-")
    atexit.register(_remove_own, os.getpid(), made)
    return Path(made)


def _remove_own(pid: int, folder: str) -> None:
    if os.getpid() == pid:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove the files that a program which was killed while writing left in a folder; none that one still writes."""
    with suppress(OSError):
        for path in folder.iterdir():
            if _PART.fullmatch(path.name):
                with suppress(OSError):
                    _remove_unheld(path)


def _remove_unheld(path: Path) -> None:
    """Remove a file unless a program holds it; raises OSError then, and where that cannot be told."""
    if sys.platform == "win32":
        path.unlink()
    else:
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if stat.S_ISREG(os.fstat(handle).st_mode):
                path.unlink()
        finally:
            os.close(handle)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one program at a time change a folder, of those that ask; at the end its entries are brought to the disk.

    There is no lock on Windows, and on file systems that have none.

    Raises:
        OSError: the folder cannot be opened.
    """
    if sys.platform == "win32":
        yield
    else:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
            with suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)
