"""A copy of a scanned document in which the restored Vietnamese can be searched, marked and copied."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pikepdf import ObjectStreamMode, PasswordError, Pdf, PdfError, StreamDecodeLevel

from pipeline.archive import conformance
from pipeline.archive.colour import srgb
from pipeline.archive.font import embedded
from pipeline.archive.layer import Frame, put_under, text_layer
from pipeline.archive.pictures import pdf_of_images
from pipeline.archive.record import CLAIM, claim, describe, unsign
from pipeline.archive.strip import strip_invisible
from pipeline.archive.words import require_pages
from pipeline.document import Document, Page, TextOrigin
from pipeline.errors import KehoachError

FONT = "/KehoachText"
UNPARSED = "the content of a page cannot be parsed"
REPLACED = (TextOrigin.OCR, TextOrigin.RESTORED_LAYER)


@dataclass(frozen=True)
class Searchable:
    """A PDF as bytes; the standard it claims to keep ("PDF/A-2b"), or None and the reason why it claims none."""

    data: bytes
    claims: str | None
    reason: str


def searchable_pdf(source: Path, document: Document) -> Searchable:
    """A copy of a PDF, or a PDF of images, with the document's text as invisible text in its place.

    Pages whose text was read from their picture or restored get the document's words, and lose the invisible text they
    had; what is visible stays as it is, and pages with a text layer that was trusted are not touched. The same input
    gives the same bytes.

    The copy is neither signed nor encrypted, and its metadata names the original with its SHA-256: signatures hold for
    the original's bytes only, and an archive must be able to read what it keeps. Of signature fields the picture stays.

    Args:
        source: the file that was read; it is not changed.
        document: what was read of it.

    Raises:
        KehoachError: E103, the PDF needs a password; E107, the file cannot be opened; E117, no copy can be made of it,
            or it is not the file that was read.
        ValueError: the document has no pages, so its words have no place.
    """
    require_pages(document)
    try:
        data = source.read_bytes()
    except OSError as error:
        raise KehoachError("E107", file=source.name, reason=error.strerror or str(error)) from error
    if sha256(data).hexdigest() != document.sha256:
        raise KehoachError("E117", file=source.name, reason="it has changed since it was read")
    try:
        with warnings.catch_warnings(), _opened(source, data, document) as pdf:
            warnings.simplefilter("ignore")  # of pikepdf about forms and streams that are damaged in the source too
            return _copied(source, pdf, document)
    except PasswordError as error:
        raise KehoachError("E103", file=source.name) from error
    except (PdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Objects of a damaged PDF can be of any kind, wherever one of another kind has to stand.
        raise KehoachError("E117", file=source.name, reason=_short(error)) from error


def _opened(source: Path, data: bytes, document: Document) -> Pdf:
    if document.media_type.startswith("image/"):
        return pdf_of_images(source, data, document)
    return Pdf.open(io.BytesIO(data), suppress_warnings=True)


def _copied(source: Path, pdf: Pdf, document: Document) -> Searchable:
    if len(pdf.pages) != len(document.pages):
        counts = f"{len(pdf.pages)} pages, but {len(document.pages)} were read"
        raise KehoachError("E117", file=source.name, reason=counts)
    cleared = _with_text(pdf, document.pages)
    signed = unsign(pdf)
    describe(pdf, document, signed)
    conformance.ready(pdf)
    reason = conformance.fault(pdf) if cleared else UNPARSED
    if reason is None:
        claim(pdf, srgb())
    if "/Size" not in pdf.trailer:
        pdf.trailer["/Size"] = 0  # qpdf writes the right one, but none at all where a damaged file had none
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.generalized,
        encryption=False,
    )
    with Pdf.open(out) as again:  # what was damaged in a way nobody thought of is not handed on as an archive's copy
        if len(again.pages) != len(document.pages):
            raise KehoachError("E117", file=source.name, reason="the copy lost pages")
    return Searchable(out.getvalue(), None if reason else CLAIM, reason or "")


def _with_text(pdf: Pdf, pages: tuple[Page, ...]) -> bool:
    """Set the text layers; False where a page keeps invisible text because its content cannot be parsed."""
    cleared = True
    layers = []
    codes: set[int] = set()
    for page, target in zip(pages, pdf.pages, strict=True):
        if page.text_origin not in REPLACED:
            continue
        layer, used = text_layer(page, Frame.of(target.obj, page.width), FONT)
        if layer:
            cleared = strip_invisible(pdf, target.obj) and cleared
            layers.append((target.obj, layer))
            codes |= used
    if layers:
        font = embedded(pdf, codes)
        for page_object, layer in layers:
            put_under(pdf, page_object, layer, font, FONT)
    return cleared


def _short(error: Exception) -> str:
    """The last part of what qpdf says: before it stand the file and the offset."""
    return str(error).rpartition(": ")[2][:200] or type(error).__name__
