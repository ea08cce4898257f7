"""Unpacking a zip archive, a saved mail or what a PDF carries, and what is packed within, with limits on everything."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.errors import (
    DamagedError,
    DocumentError,
    EmptyFileError,
    FileAccessError,
    ProtectedError,
    TooLargeError,
    TooMuchInsideError,
)
from pipeline.files import check_regular
from pipeline.ingest.containers.mail import mail_parts
from pipeline.ingest.containers.names import safe_name
from pipeline.ingest.containers.outlook import outlook_parts
from pipeline.settings import Settings

MAX_FILES = 1000
"""The most files that one container, with those within it, is unpacked into."""
MAX_DEPTH = 3
"""The most containers within one another: a zip in a mail in a zip."""
MAX_FOLDS = 10
"""Times `max_file_mb`: the most that a container is unpacked to."""

_CHUNK = 1 << 20
_HEAD = 2048
_ZIP, _COMPOUND, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
_DOCUMENT = re.compile(r"\.(?:do[ct][xm]|o[dt][tsp]|xls[xmb]|xlt[xm]|pp[ts][xm]|pot[xm])$", re.I)
_IN_DOCUMENTS = ("[Content_Types].xml", "mimetype")  # of OOXML, and of OpenDocument and EPUB
# The fields a mail opens with (RFC 5322, 3.6); one alone may open a text too.
_FIELD = re.compile(
    rb"^(?:received|return-path|delivered-to|from|to|cc|subject|date|message-id|mime-version|content-type|reply-to|sender"
    rb"|x-[\w-]+|dkim-signature|arc-[\w-]+|thread-[\w-]+|content-language|importance)[ \t]*:",
    re.I | re.M,
)


@dataclass(frozen=True, slots=True)
class Member:
    """What a container holds: its path within, where it lies now, or why it was not unpacked.

    A PDF that carries files is the first of them: a document itself, its path within that of the container.
    """

    within: Path
    path: Path | None = None
    error: DocumentError | None = None


def may_hold_documents(path: Path) -> bool:
    """Tell by the first bytes and the ending of a file whether it can be an archive, a saved mail or a PDF with files.

    What cannot be opened, and what is no regular file, holds nothing: reading it says why.
    """
    try:
        check_regular(path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if _PDF in head[:1024]:
            return _may_carry_files(path)
    except (OSError, DocumentError):
        return False
    if head.startswith(_ZIP):
        return not _DOCUMENT.search(path.name)
    if head.startswith(_COMPOUND):
        return path.suffix.lower() == ".msg"
    return _is_mail(head)


def is_document(path: Path) -> bool:
    """Tell whether a file that may hold documents is one itself: a PDF.

    Raises:
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        return _PDF in file.read(1024)


def unpack(into: Path, path: Path, settings: Settings) -> tuple[Member, ...] | None:
    """Unpack what a file holds.

    Args:
        into: an empty folder, in which the documents are put under names of its own making.
        path: the file.
        settings: the most a file may have.

    Returns:
        What it holds, in its order; None where it is a document itself.

    Raises:
        DocumentError: it cannot be opened, holds nothing, or more than is unpacked.
    """
    into.mkdir(parents=True, exist_ok=True)
    box = _Unpacking(into, settings.max_file_mb << 20)
    try:
        is_container = box.open(path, Path(), 0)
    except OSError as error:
        raise FileAccessError(file=path.name, reason=error.strerror or str(error)) from error
    if is_container and not box.members:
        raise EmptyFileError(file=path.name)
    if is_container:
        return tuple(box.members)
    return (Member(Path(), path), *box.members) if box.members else None


@dataclass
class _Unpacking:
    """One container being unpacked, with those within it."""

    into: Path
    max_bytes: int
    """Of one file."""
    members: list[Member] = field(default_factory=list)
    written: int = 0
    placed: int = 0
    names: set[str] = field(default_factory=set)

    def open(self, path: Path, within: Path, depth: int) -> bool:
        """Unpack one file; False where it is a document, whether it carries others or not."""
        if is_document(path):
            for given, data in _carried_files(path):
                self._put(within / safe_name(given), iter([data]), path, depth)
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD)
        try:
            if head.startswith(_ZIP):
                return self._zip(path, within, depth)
            if head.startswith(_COMPOUND):
                parts = outlook_parts(path)
            else:
                parts = mail_parts(path.read_bytes()) if _is_mail(head) else None
            for name, data in parts or ():
                self._put(within / name, iter([data]), path, depth)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RecursionError) as error:
            raise DamagedError(file=path.name, reason=str(error) or type(error).__name__) from error
        return parts is not None

    def _zip(self, path: Path, within: Path, depth: int) -> bool:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if any(entry.filename in _IN_DOCUMENTS for entry in entries):
                return False
            for entry in entries:
                name = _decoded(entry)
                if entry.is_dir() or _is_hidden(name):
                    continue
                if entry.flag_bits & 1:
                    self._refuse(within / safe_name(name), ProtectedError(file=name))
                else:
                    self._put(within / safe_name(name), _chunks(archive, entry), path, depth)
        return True

    def _put(self, within: Path, chunks: Iterator[bytes], source: Path, depth: int) -> None:
        """Write one file, and open it where it is a container itself."""
        if len(self.members) >= MAX_FILES:
            raise TooMuchInsideError(file=source.name, limit=f"{MAX_FILES} files")
        place = self.into / f"{self.placed:05}" / within.name
        self.placed += 1
        place.parent.mkdir(parents=True, exist_ok=True)
        within = self._free(within)
        size = 0
        try:
            with place.open("wb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    self.written += len(chunk)
                    if size > self.max_bytes:
                        raise TooLargeError(file=within.name, reason=f"KEHOACH_MAX_FILE_MB is {self.max_bytes >> 20}")
                    if self.written > MAX_FOLDS * self.max_bytes:
                        limit = f"{MAX_FOLDS * self.max_bytes >> 20} MiB"
                        raise TooMuchInsideError(file=source.name, limit=limit)
                    file.write(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            place.unlink()
            self._refuse(within, DamagedError(file=within.name, reason=str(error) or type(error).__name__))
            return
        except TooLargeError as error:
            place.unlink()
            self._refuse(within, error)
            return
        before = len(self.members)
        try:
            if not may_hold_documents(place) or depth + 1 >= MAX_DEPTH or not self.open(place, within, depth + 1):
                self.members.insert(before, Member(within, place))
        except TooMuchInsideError:
            raise
        except (DocumentError, OSError) as error:
            del self.members[before:]
            coded = error if isinstance(error, DocumentError) else DamagedError(file=within.name, reason=str(error))
            self._refuse(within, coded)

    def _refuse(self, within: Path, error: DocumentError) -> None:
        if len(self.members) >= MAX_FILES:
            raise TooMuchInsideError(file=within.name, limit=f"{MAX_FILES} files")
        self.members.append(Member(within, error=error))

    def _free(self, within: Path) -> Path:
        """The path, or one with a number where another file of the container has it."""
        free, count = within, 1
        while os.path.normcase(free).casefold() in self.names:
            count += 1
            free = within.with_stem(f"{within.stem} ({count})")
        self.names.add(os.path.normcase(free).casefold())
        return free


def _may_carry_files(path: Path) -> bool:
    from pipeline.ingest.containers.pdf import may_carry_files  # PDFium is loaded for a PDF only

    return may_carry_files(path)


def _carried_files(path: Path) -> Iterator[tuple[str, bytes]]:
    from pipeline.ingest.containers.pdf import carried_files

    return carried_files(path)


def _is_mail(head: bytes) -> bool:
    """Whether a file begins with fields of a mail, its first line one of them."""
    fields = _FIELD.findall(head)
    return len({field.lower() for field in fields}) >= 3 and bool(_FIELD.match(head.lstrip(b"\xef\xbb\xbf\r\n")))


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _decoded(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; programs that do not say so write UTF-8 all the same."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _is_hidden(name: str) -> bool:
    """Whether an entry is of a system's own making."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith(".") and part.strip(".") or part == "__MACOSX" for part in parts) or (
        bool(parts) and parts[-1].lower() in ("thumbs.db", "desktop.ini")
    )
