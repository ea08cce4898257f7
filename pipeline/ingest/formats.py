"""Detecting the format of a file by its content, and decoding text."""

from __future__ import annotations

import codecs
import re
import zipfile
from enum import StrEnum
from pathlib import Path

from pipeline.errors import DamagedError, EmptyFileError, Notice, ProtectedError, UnsupportedFormatError, notice
from pipeline.language import encodings

HEAD = 4096


class Format(StrEnum):
    """The formats kehoach reads."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    HTML = "html"
    WPS = "wps"
    XLSX = "xlsx"
    IMAGE = "image"
    TEXT = "text"


# First bytes -> what a person would call the file. Sources: the formats' own specifications.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"AT&TFORM", "DjVu"),
    (b"%!PS", "PostScript"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
)
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  ")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names in the directory of a compound file -> what it is ([MS-DOC] 2.1, [MS-OFFCRYPTO] 1.3.3, [MS-XLS] 2.1.1).
_IN_COMPOUND = {
    "EncryptedPackage": None,
    "WordDocument": Format.DOC,
    "Workbook": "an older Excel workbook",
    "PowerPoint Document": "an older PowerPoint presentation",
    "__substg1.0_": "a message of Outlook",
    "MatOST": Format.WPS,  # of Microsoft Works; what WPS Office saves under this ending is a DOC
}
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_TWICE = re.compile("[áĂ]»|Ã¡Â»")  # what letters with two marks begin with in UTF-8 that was taken for Windows-125x
_OPEN_DOCUMENT_TEXT = b"application/vnd.oasis.opendocument.text"
_WHOLE_ZIP = {
    "word/document.xml": Format.DOCX,
    "xl/workbook.xml": Format.XLSX,
    "ppt/presentation.xml": "a PowerPoint presentation",
}


def sniff(path: Path, data: bytes) -> Format:
    """Detect the format of a file.

    Args:
        path: names it in errors.
        data: its bytes.

    Raises:
        DocumentError: it is of a format that is not read, or empty.
    """
    head = data[:HEAD]
    if not data:
        raise EmptyFileError(file=path.name)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(_ZIP):
        return _zip(path)
    if head.startswith(_COMPOUND):
        return _compound(path, data)
    if head.startswith(b"{\\rtf"):
        return Format.RTF
    if head.startswith(_IMAGES) or (head.startswith(b"BM") and b"\0" in head):
        return Format.IMAGE
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.IMAGE
    for signature, found in _SIGNATURES:
        if head.startswith(signature) and (len(signature) > 2 or b"\0" in head):
            raise UnsupportedFormatError(file=path.name, found=found)
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        raise UnsupportedFormatError(file=path.name, found="a HEIF image")
    if _HTML.match(head):
        return Format.HTML
    if head.lstrip()[:5].lower() == b"<?xml":
        raise UnsupportedFormatError(file=path.name, found="XML")
    return Format.TEXT


def _zip(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = _first_bytes(archive, "mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedError(file=path.name, reason=f"a zip archive that does not open: {error}") from error
    for name, found in _WHOLE_ZIP.items():
        if name in names:
            if isinstance(found, Format):
                return found
            raise UnsupportedFormatError(file=path.name, found=found)
    if "mimetype" in names and "content.xml" in names:
        if kind.startswith(_OPEN_DOCUMENT_TEXT):
            return Format.ODT
        raise UnsupportedFormatError(file=path.name, found="an OpenDocument file that is no text")
    raise UnsupportedFormatError(file=path.name, found="a zip archive")


def _first_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(100)


def _compound(path: Path, data: bytes) -> Format:
    """What a file of the older Office programs is, by the names in its directory, which are UTF-16."""
    for name, found in _IN_COMPOUND.items():
        if name.encode("utf-16-le") in data:
            if found is None:
                raise ProtectedError(file=path.name)
            if isinstance(found, Format):
                return found
            raise UnsupportedFormatError(file=path.name, found=found)
    raise UnsupportedFormatError(file=path.name, found="a file of an older office program")


def decode(path: Path, data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Decode the text of a text file: UTF-8, UTF-16, or an encoding of before Unicode that makes Vietnamese of it.

    Args:
        path: names it in errors.
        data: its bytes.

    Returns:
        The text, and W208 where it was in an encoding or a font of before Unicode, or in UTF-8 taken for another.

    Raises:
        UnsupportedFormatError: it is none of these.
        DocumentError: it has no text, or a damaged one.
    """
    name = _utf_16(data) or "utf-8-sig"
    said: tuple[Notice, ...] = ()
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        of_bytes = name == "utf-8-sig" and error.start < len(data) - 4 and not _mostly_utf8(data)
        if name == "utf-8-sig" and _is_binary(data):
            raise UnsupportedFormatError(file=path.name, found="binary data") from error
        if not of_bytes:
            reason = f"byte {error.start} is not {name.removesuffix('-sig').upper()}"
            raise DamagedError(file=path.name, reason=reason) from error
        lines = data.decode("latin-1").split("\n")
        older = encodings.detect(lines, encodings.OF_BYTES)
        if older is None:
            raise UnsupportedFormatError(file=path.name, found="text that is not UTF-8") from error
        text = "\n".join(encodings.from_bytes(line, older) for line in lines)
        said = (notice("W208", encoding=older),)
    if not said and (older := _of_fonts(lines := text.split("\n"), twice=bool(_TWICE.search(text)))):
        text = "\n".join(encodings.converted(lines, older))
        said = (notice("W208", encoding=older),)
    if _is_binary(text[:HEAD].encode("utf-8", "replace")):
        raise UnsupportedFormatError(file=path.name, found="binary data")
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise EmptyFileError(file=path.name)
    return text, said


def _of_fonts(lines: list[str], twice: bool) -> encodings.Name | None:
    """The encoding of before Unicode that the letters of most lines show, or UTF-8 that was taken for another."""
    marked = [line for line in lines if not line.isascii()]
    if 2 * sum(map(encodings.is_open, marked)) > len(marked):
        return encodings.detect(lines)
    return encodings.detect(lines, ("utf-8",)) if twice else None


def _utf_16(data: bytes) -> str | None:
    """The form of UTF-16 that a text is in, by its mark, or by the half of each unit that is zero in Latin letters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:HEAD]
    first, second = head[::2].count(0), head[1::2].count(0)
    if not min(first, second) and max(first, second) > len(head) / 8:
        return "utf-16-le" if second else "utf-16-be"
    return None


def read_bytes(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Decode any bytes: nothing is refused, nothing lost.

    UTF-8, or UTF-16 with a byte order mark. What is neither is taken for Windows-1252 when hardly any of it is good
    UTF-8; otherwise each bad byte is shown by its number (W209).

    Returns:
        The text, and notices about it.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "backslashreplace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if b"\0" not in data and not _mostly_utf8(data):
        return data.decode("latin-1"), (notice("W210"),)
    return data.decode("utf-8", "backslashreplace"), (notice("W209", count=bad),)


def _is_binary(data: bytes) -> bool:
    """Whether bytes hold what no text holds: a NUL, or many control characters."""
    head = data[:HEAD]
    controls = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 26, 27) for byte in head)
    return b"\0" in head or controls > len(head) / 50


def _mostly_utf8(data: bytes) -> bool:
    """Whether what is not ASCII is mostly good UTF-8: a damaged UTF-8 file rather than another encoding."""
    text = data.decode("utf-8", "replace")
    good = sum(char > "\x7f" and char != "\ufffd" for char in text)
    return good > 10 * text.count("\ufffd")
