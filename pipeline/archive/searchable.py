"""A copy of a scanned document in which the restored Vietnamese can be searched, marked and copied."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline import __version__
from pipeline.archive.glyphless import NAME
from pipeline.archive.icc import srgb
from pipeline.archive.images import image_pages
from pipeline.archive.pdf import DamagedPdfError, EncryptedPdfError, PdfFile, edit_pdf
from pipeline.archive.text_layer import PageTransform, text_layer
from pipeline.archive.words import require_pages
from pipeline.document import Document, Page, TextOrigin
from pipeline.errors import FileAccessError, ProtectedError, SearchableCopyError

STANDARD = "PDF/A-2b"
UNPARSED = "the content of a page cannot be parsed"
REPLACED = (TextOrigin.OCR, TextOrigin.RESTORED_LAYER)


@dataclass(frozen=True)
class SearchableCopy:
    """A searchable PDF as bytes, and the standard it claims to keep.

    `claims` is "PDF/A-2b", or None where the copy breaks it; `reason` then says why.
    """

    data: bytes
    claims: str | None
    reason: str


def searchable_pdf(source: Path, document: Document) -> SearchableCopy:
    """Make a copy of a PDF, or a PDF of images, with the document's text as invisible text in its place.

    Pages whose text was read from their picture or restored get the document's words, and lose the invisible text they
    had; what is visible stays as it is, and pages with a text layer that was trusted are not touched. The same input
    gives the same bytes.

    The copy is neither signed nor encrypted, and its metadata names the original with its SHA-256: signatures hold for
    the original's bytes only, and an archive must be able to read what it keeps. Of signature fields the picture stays.

    Args:
        source: the file that was read; it is not changed.
        document: what was read of it.

    Raises:
        ProtectedError: the PDF needs a password.
        FileAccessError: the file cannot be opened.
        SearchableCopyError: no copy can be made of it, or it is not the file that was read.
        ValueError: the document has no pages, so its words have no place.
    """
    require_pages(document)
    try:
        data = source.read_bytes()
    except OSError as error:
        raise FileAccessError(file=source.name, reason=error.strerror or str(error)) from error
    if sha256(data).hexdigest() != document.sha256:
        raise SearchableCopyError(file=source.name, reason="it has changed since it was read")
    of_images = document.media_type.startswith("image/")
    try:
        with edit_pdf(None if of_images else data) as pdf:
            if of_images:
                for page in image_pages(source.name, data, document):
                    pdf.add_image_page(page)
            return _copied(source, pdf, document)
    except EncryptedPdfError as error:
        raise ProtectedError(file=source.name) from error
    except DamagedPdfError as error:
        raise SearchableCopyError(file=source.name, reason=str(error)) from error


def _copied(source: Path, pdf: PdfFile, document: Document) -> SearchableCopy:
    if pdf.page_count != len(document.pages):
        counts = f"{pdf.page_count} pages, but {len(document.pages)} were read"
        raise SearchableCopyError(file=source.name, reason=counts)
    cleared = _with_text(pdf, document.pages)
    _described(pdf, document, pdf.remove_signatures())
    pdf.remove_active()
    pdf.prepare()
    reason = pdf.nonconformance() if cleared else UNPARSED
    if reason is None:
        pdf.claim_conformance(srgb())
    return SearchableCopy(pdf.save(), None if reason else STANDARD, reason or "")


def _described(pdf: PdfFile, document: Document, signed: bool) -> None:
    description = f"Copy with a text layer, made from {document.name}, SHA-256 {document.sha256}."
    if signed:
        description += " The digital signatures hold for the original only and are not part of this copy."
    pdf.describe(description, f"{document.name} (SHA-256 {document.sha256})", f"kehoach {__version__}")


def _with_text(pdf: PdfFile, pages: tuple[Page, ...]) -> bool:
    """Set the text layers; False where a page keeps invisible text because its content cannot be parsed."""
    cleared = True
    layers = []
    codes: set[int] = set()
    for page, target in zip(pages, pdf.pages(), strict=True):
        if page.text_origin not in REPLACED:
            continue
        layer, used = text_layer(page, PageTransform.of(target.visible_box, target.rotation, page.width), NAME)
        if layer:
            cleared = target.remove_invisible_text() and cleared
            layers.append((target, layer))
            codes |= used
    if layers:
        pdf.add_text(layers, codes)
    return cleared
