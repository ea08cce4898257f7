"""The files that a PDF carries (ISO 32000-2, 7.11.4): those its tree of embedded files names."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

# The key of such a file; in files of version 1.5 and later it may stand in a packed stream of objects.
_SIGNS = (b"/EmbeddedFile", b"/ObjStm")


def may_carry_files(path: Path) -> bool:
    """Tell by its bytes whether a PDF can carry files.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(data.find(sign) >= 0 for sign in _SIGNS)


def carried_files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The names and bytes of the files that a PDF carries; none where it does not open."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return
    with document:
        for number in range(document.count_attachments()):
            attachment = document.get_attachment(number)
            try:
                yield attachment.get_name(), bytes(attachment.get_data())
            except pdfium.PdfiumError:  # named, but not there
                continue
