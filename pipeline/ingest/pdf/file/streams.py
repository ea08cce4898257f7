"""Whether the content of pages is all there: PDFium shows what it can read of a stream that was cut off, and is silent.

A stream is cut off where its data end before Flate says that they do, or where the operators that come last leave a
text object or a saved graphics state open (PDF 32000-1, 8.2). None of 441 pages of real documents does.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.psparser import literal_name

from pipeline.ingest.pdf.file.typed import TypedText, typed_on

MAX_DEPTH = 3  # forms within forms
MAX_FORMS = 200  # of one page
MAX_BYTES = 64 * 1024 * 1024  # of a content
EXPANDING = {"FlateDecode", "Fl", "LZWDecode", "LZW", "RunLengthDecode", "RL"}  # behind Flate: made to do harm

_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_INLINE_IMAGE = re.compile(rb"\bID\s.*?\sEI\b", re.DOTALL)
_NESTING = re.compile(rb"(?<![^\s\]>)])(?:q|Q|BT|ET)(?![^\s\[<(/%])")
_DRAWN = re.compile(rb"/([^\s/\[\]<>()%]+)\s+Do\b")


class FileContent(NamedTuple):
    """What a file holds beyond what PDFium tells: the pages that are cut off, and whether it has layers.

    `typed` holds for each page, by its number, what was typed on it and has no appearance, by annotation. `tagged`:
    it says which text is an artifact.
    """

    cut: frozenset[int] = frozenset()
    layered: bool = True
    typed: Mapping[int, Mapping[int, TypedText]] = MappingProxyType({})
    tagged: bool = False


NO_MORE = FileContent()


def examine(path: Path, count: int) -> FileContent:
    """Find the pages whose content is not all there, what was typed on pages, and whether there are layers.

    Args:
        path: of a PDF that opens without a password.
        count: how many pages it has.

    Returns:
        It by the numbers of the pages, from 1; nothing where the file cannot be read in this way, or seems to have
        other pages.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns of each oddity
    try:
        with path.open("rb") as file:
            document = PDFDocument(PDFParser(file))
            layered, tagged = "OCProperties" in document.catalog, "StructTreeRoot" in document.catalog
            form = resolve1(document.catalog.get("AcroForm")) or {}
            cut: list[bool] = []
            typed: dict[int, dict[int, TypedText]] = {}
            for number, page in enumerate(PDFPage.create_pages(document), 1):
                cut.append(_is_cut(page))
                if page.annots and (found := typed_on(page.annots, form)):
                    typed[number] = found
    except Exception:  # a second look at a file that PDFium has read: where it fails, it says nothing
        return FileContent()
    if len(cut) != count:
        return FileContent(layered=layered)
    return FileContent(frozenset(at for at, is_cut in enumerate(cut, 1) if is_cut), layered, typed, tagged)


def _is_cut(page: PDFPage) -> bool:
    """Whether the content of a page, or of a form that it shows, is not all there."""
    streams = [resolve1(one) for one in page.contents]
    if not all(isinstance(one, PDFStream) for one in streams):
        return True  # the file ends before it
    read = [_unpacked(one) for one in streams]
    content = b"\n".join(data for data, _ in read)
    if any(early for _, early in read) or _is_open(content):
        return True
    return any(early or _is_open(data) for data, early in _forms(content, page.resources, 0, set()))


def _forms(content: bytes, resources: object, depth: int, seen: set[int]) -> Iterator[tuple[bytes, bool]]:
    """The forms that a content shows, and those that they show, unpacked."""
    objects = dict_value(dict_value(resources).get("XObject"))
    for name in dict.fromkeys(_DRAWN.findall(content)):
        form = resolve1(objects.get(name.decode("latin-1")))
        if not isinstance(form, PDFStream) or id(form) in seen or len(seen) >= MAX_FORMS:
            continue
        if literal_name(form.get("Subtype")) != "Form":
            continue
        seen.add(id(form))
        data, early = _unpacked(form)
        yield data, early
        if depth < MAX_DEPTH:
            yield from _forms(data, form.get("Resources"), depth + 1, seen)


def _unpacked(stream: PDFStream) -> tuple[bytes, bool]:
    """The data of a stream, and whether they end before their last block does (RFC 1951, 3.2.3).

    A checksum that is missing behind it is no loss.
    """
    data = stream.rawdata or b""
    filters = [literal_name(name) for name, _ in stream.get_filters()]
    if filters[:1] not in (["FlateDecode"], ["Fl"]):
        return _decoded(stream, data), False
    packed = data
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        packed = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(packed[2:], MAX_BYTES)  # behind the two bytes of RFC 1950
    except zlib.error:
        return b"", True
    if unpacker.unconsumed_tail:
        return b"", False  # no page says so much
    early = bool(packed) and not unpacker.eof
    if len(filters) == 1 and not any(params for _, params in stream.get_filters()):
        return unpacked, early
    return b"" if EXPANDING.intersection(filters[1:]) else _decoded(stream, data), early


def _decoded(stream: PDFStream, data: bytes) -> bytes:
    """The data of a stream with all filters undone; of a copy, as the stream itself would keep them."""
    copy = PDFStream(stream.attrs, data, stream.decipher)
    if stream.objid is not None and stream.genno is not None:
        copy.set_objid(stream.objid, stream.genno)
    return copy.get_data()


def _is_open(content: bytes) -> bool:
    """Whether a content ends within a text object or a saved graphics state."""
    plain = _INLINE_IMAGE.sub(b"", content)
    plain = _STRING.sub(b"", _STRING.sub(b"", plain))  # twice: a string may hold a pair of brackets
    of = Counter(_NESTING.findall(plain))
    return of[b"BT"] > of[b"ET"] or of[b"q"] > of[b"Q"]
