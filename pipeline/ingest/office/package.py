"""The zip archives that files of Office are (ECMA-376, Part 2)."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipeline.errors import DamagedError, TooLargeError

MAX_XML = 200 * 1024 * 1024  # bytes of XML, unpacked
MAX_PACKED = 200  # times: XML that shrinks more than this was made to


def check_package(path: Path) -> bool:
    """Refuse an archive whose XML unpacks to far more than a document's.

    Returns:
        Whether it has macros.

    Raises:
        DamagedError: it does not open.
        TooLargeError: its XML is too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DamagedError(file=path.name, reason=str(error)) from error
    entries = [entry for entry in members if entry.filename.endswith((".xml", ".rels"))]
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if size > MAX_XML or (size > MAX_XML // 10 and size > MAX_PACKED * max(1, packed)):
        reason = f"its XML unpacks to {size // (1024 * 1024)} MiB"
        raise TooLargeError(file=path.name, reason=reason)
    return any(entry.filename.endswith("vbaProject.bin") for entry in members)
