"""Reading a file of any format into a Document."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pipeline.document import Document, Furniture
from pipeline.errors import DocumentError, FileAccessError, TooLargeError, notice
from pipeline.files import check_regular
from pipeline.ingest.formats import Format, decode, read_bytes, sniff
from pipeline.ingest.fragments import rejoin
from pipeline.ingest.furniture import set_aside
from pipeline.ingest.language_check import LogPerplexity, judge
from pipeline.ingest.notes.table_notes import set_table_notes_apart
from pipeline.ingest.notes.text import set_text_notes_apart
from pipeline.ingest.tables.stacked.untold import untold_headers
from pipeline.ingest.text.reading import PLAIN, read_text, verbatim
from pipeline.settings import Settings

OTHER_OFFICE = {
    Format.DOC: "application/msword",
    Format.RTF: "application/rtf",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.HTML: "text/html",
    Format.WPS: "application/vnd.ms-works",
}
"""Formats that are read by way of DOCX, and their media types."""
_MACROS = "_VBA_PROJECT".encode("utf-16-le")  # in the directory of a DOC ([MS-OVBA] 2.2.1)


def ingest(path: Path, settings: Settings | None = None, log_perplexity: LogPerplexity | None = None) -> Document:
    """Read a file into pages of lines; its format is told by its content.

    Args:
        path: a PDF, an image (PNG, JPEG, TIFF, …), a DOCX, DOC, WPS, RTF, ODT, HTML or XLSX, a Markdown or a plain
            text file.
        settings: limits, and how scans are read; those of the environment when None.
        log_perplexity: of lines of text under a language model, in nats a word; None where they are too short. It is
            one more sign by which a text layer is judged.

    Returns:
        The document; what a reader should know of its reading is in `notices`.

    Raises:
        DocumentError: it cannot be read; the subclass says why.
        WrongUsageError: `settings` is None, and the environment states a wrong one.
    """
    document = _read(path, Settings() if settings is None else settings, log_perplexity)
    pages, said = set_table_notes_apart(document.pages)
    return replace(document, pages=pages, notices=document.notices + said)


def _read(path: Path, settings: Settings, log_perplexity: LogPerplexity | None) -> Document:
    data = _bytes(path, settings.max_file_mb)
    kind = sniff(path, data)
    digest = sha256(data).hexdigest()
    if kind is Format.PDF:
        from pipeline.ingest.pdf.reading import MEDIA_TYPE, read_pdf  # PDFium and NumPy are loaded for a PDF only
        from pipeline.ingest.pdf.signatures import read_signatures

        del data
        pages, notices = read_pdf(path, digest, settings, log_perplexity)
        pages = rejoin(pages)
        signatures, said = read_signatures(path)
        return Document(_name(path), digest, MEDIA_TYPE, pages, notices + said, judge(pages), signatures=signatures)
    if kind is Format.IMAGE:
        from pipeline.ingest.scan.image import read_image

        media_type, pages, notices = read_image(path, data, digest, settings)
        return Document(_name(path), digest, media_type, pages, notices, judge(pages))
    if kind is Format.DOCX:
        from pipeline.ingest.office.docx import MEDIA_TYPE, read_docx  # python-docx and lxml are loaded for a DOCX only

        del data
        pages, notices = read_docx(path, digest, settings)
        pages = rejoin(pages)
        return Document(_name(path), digest, MEDIA_TYPE, pages, notices, language=judge(pages), has_pages=False)
    if kind is Format.XLSX:
        from pipeline.ingest.office.xlsx import MEDIA_TYPE, read_xlsx  # openpyxl is loaded for an XLSX only

        del data
        pages, notices = read_xlsx(path, settings)
        return Document(_name(path), digest, MEDIA_TYPE, pages, notices, language=judge(pages), has_pages=False)
    if kind in OTHER_OFFICE:
        from pipeline.ingest.office.conversion import as_docx
        from pipeline.ingest.office.docx import read_docx

        macros = kind is Format.DOC and _MACROS in data
        del data
        with as_docx(path, f".{kind}", settings.document_seconds) as converted:
            pages, notices = read_docx(converted, digest, settings)
        notices += (notice("W231"),) if macros else ()
        pages = rejoin(pages)
        return Document(_name(path), digest, OTHER_OFFICE[kind], pages, notices, language=judge(pages), has_pages=False)
    content, said = decode(path, data)
    if len(content) > settings.max_characters:
        reason = f"{len(content)} characters, KEHOACH_MAX_CHARACTERS is {settings.max_characters}"
        raise TooLargeError(file=path.name, reason=reason)
    media_type, pages = read_text(content)
    pages, of_notes = set_text_notes_apart(pages)
    pages = rejoin(set_aside(pages))
    lost = tuple(notice("W315", text=text) for page in pages for text in untold_headers(page.lines))
    front = [line.text for page in pages[:1] for line in page.lines if line.furniture is Furniture.PUBLISHER]
    if front:
        said += (notice("W236", count=len(front), text=front[1]),)
    return Document(_name(path), digest, media_type, pages, said + of_notes + lost, judge(pages), has_pages=False)


def is_text(path: Path, settings: Settings) -> bool:
    """Tell whether a file holds no PDF, DOCX or image.

    Raises:
        FileAccessError: it cannot be opened.
        TooLargeError: it is larger than the settings allow.
    """
    data = _bytes(path, settings.max_file_mb)
    try:
        return sniff(path, data) is Format.TEXT
    except DocumentError:  # nothing kehoach knows: what can be read of it is read as text
        return True


def ingest_text(data: bytes, name: str) -> Document:
    """Read text of any kind, line for line as it stands: for restoring it without reading it as a plan.

    Nothing is refused and nothing lost: bytes that are no UTF-8 are taken for the 8-bit characters of Windows-1252,
    where nearly all of the text is such (an encoding before Unicode), or shown by their numbers and noted (W209).

    Args:
        data: the bytes of the text.
        name: of the file, for the document.
    """
    content, said = read_bytes(data)
    pages = verbatim(content)
    return Document(name, sha256(data).hexdigest(), PLAIN, pages, said, judge(pages), has_pages=False)


def _name(path: Path) -> str:
    """The file's name; bytes that are no UTF-8, as old archives have them, become U+FFFD."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _bytes(path: Path, max_mb: int) -> bytes:
    """The file's bytes; raises FileAccessError, NotAFileError or TooLargeError."""
    try:
        size = check_regular(path).st_size
        if size > max_mb * 1024 * 1024:
            reason = f"{size // (1024 * 1024)} MiB, KEHOACH_MAX_FILE_MB is {max_mb}"
            raise TooLargeError(file=path.name, reason=reason)
        return path.read_bytes()
    except OSError as error:
        raise FileAccessError(file=path.name, reason=error.strerror or str(error)) from error
