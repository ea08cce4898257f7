"""A PDF that is opened or made, changed and saved."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pikepdf import (
    DataDecodingError,
    DependencyError,
    Object,
    ObjectStreamMode,
    PasswordError,
    Pdf,
    PdfError,
    StreamDecodeLevel,
    jbig2,
)

from pipeline.archive.glyphless import NAME
from pipeline.archive.pdf import conformance, metadata
from pipeline.archive.pdf.active import remove_active
from pipeline.archive.pdf.font import embed_glyphless
from pipeline.archive.pdf.images import ImagePage, add_image_page
from pipeline.archive.pdf.invisible_text import remove_invisible_text
from pipeline.archive.pdf.page import put_under, rotation, visible_box
from pipeline.archive.pdf.signatures import remove_signatures
from pipeline.document import Box


class EncryptedPdfError(Exception):
    """A PDF needs a password."""


class DamagedPdfError(Exception):
    """A PDF cannot be opened, or its objects are not what the standard says they are."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF that is edited."""

    pdf: Pdf
    page: Object

    @property
    def visible_box(self) -> Box:
        """The part that is shown: left, bottom, right and top in points of user space, y upwards."""
        return visible_box(self.page)

    @property
    def rotation(self) -> int:
        """Degrees, 0 to 359, by which the page is turned clockwise for display."""
        return rotation(self.page)

    def remove_invisible_text(self) -> bool:
        """Take out text that is not painted; False where the content of the page cannot be parsed and stays."""
        return remove_invisible_text(self.pdf, self.page)


class PdfFile:
    """A PDF that is edited; `edit_pdf` opens it."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf

    @property
    def page_count(self) -> int:
        """The number of its pages."""
        return len(self._pdf.pages)

    def pages(self) -> Iterator[PdfPage]:
        """Its pages in their order."""
        return (PdfPage(self._pdf, page.obj) for page in self._pdf.pages)

    def add_image_page(self, page: ImagePage) -> None:
        """Put a page that shows an image behind its pages."""
        add_image_page(self._pdf, page)

    def add_text(self, layers: Iterable[tuple[PdfPage, bytes]], codes: Iterable[int]) -> None:
        """Set text in the glyphless font before what pages draw.

        Args:
            layers: pages, each with content operators that call the font by its name.
            codes: the code points of all characters they show.
        """
        font = embed_glyphless(self._pdf, codes)
        for page, layer in layers:
            put_under(self._pdf, page.page, layer, font, NAME)

    def remove_signatures(self) -> bool:
        """Take the digital signatures out, and keep their pictures; True where there was one."""
        return remove_signatures(self._pdf)

    def remove_active(self) -> None:
        """Take out what acts when it is opened or clicked, and what is attached."""
        remove_active(self._pdf)

    def describe(self, description: str, source: str, producer: str) -> None:
        """Name the original and the program in the metadata, and drop the original's claim of a standard.

        Args:
            description: a sentence about the copy; it is put behind a description that is there.
            source: names the original.
            producer: the program that makes the copy.
        """
        metadata.describe(self._pdf, description, source, producer)

    def prepare(self) -> None:
        """Add what PDF/A asks for and no reader shows."""
        conformance.prepare(self._pdf)

    def nonconformance(self) -> str | None:
        """Find the first thing that keeps it from being PDF/A-2b, in words; None where nothing does."""
        return conformance.nonconformance(self._pdf)

    def claim_conformance(self, profile: bytes) -> None:
        """State conformance with PDF/A-2b, its colours being those of an ICC profile of RGB."""
        metadata.claim_conformance(self._pdf, profile)

    def save(self) -> bytes:
        """Write it, neither encrypted nor signed; the same content gives the same bytes.

        Raises:
            DamagedPdfError: the bytes hold other pages than the file: it was damaged in a way nobody thought of.
        """
        if "/Size" not in self._pdf.trailer:
            self._pdf.trailer["/Size"] = 0  # qpdf writes the right one, but none at all where a damaged file had none
        out = io.BytesIO()
        self._pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            stream_decode_level=StreamDecodeLevel.generalized,
            encryption=False,
        )
        with Pdf.open(out) as again:
            if len(again.pages) != self.page_count:
                raise DamagedPdfError("the copy lost pages")
        return out.getvalue()


class _NoDecoder(jbig2.JBIG2DecoderInterface):
    """Decodes nothing: pikepdf would hand the document's bytes to a program `jbig2dec` found on PATH."""

    def check_available(self) -> None:
        """Say that there is none."""
        raise DependencyError("JBIG2 is not decoded")

    def decode_jbig2(self, jbig2: bytes, jbig2_globals: bytes) -> bytes:
        """Refuse."""
        raise DataDecodingError("JBIG2 is not decoded")


@contextmanager
def _without_decoders() -> Iterator[None]:
    """Keep pikepdf from starting programs; nothing that is written needs a picture decoded."""
    before = jbig2.get_decoder()
    jbig2.set_decoder(_NoDecoder())
    try:
        yield
    finally:
        jbig2.set_decoder(before)


@contextmanager
def edit_pdf(data: bytes | None) -> Iterator[PdfFile]:
    """Open a PDF to change it, in memory.

    What fails inside the `with` block because of the PDF's objects is raised as the errors below, too: in a damaged PDF
    an object of any kind can stand where one of another kind has to.

    Args:
        data: the bytes of the file; None makes one without pages.

    Raises:
        EncryptedPdfError: the PDF needs a password.
        DamagedPdfError: the PDF cannot be opened or is damaged; the text says why, without file or place.
    """
    try:
        with (
            warnings.catch_warnings(),
            _without_decoders(),
            Pdf.new() if data is None else Pdf.open(io.BytesIO(data), suppress_warnings=True) as pdf,
        ):
            warnings.simplefilter("ignore")  # of pikepdf about forms and streams that are damaged in the source too
            yield PdfFile(pdf)
    except PasswordError as error:
        raise EncryptedPdfError from error
    except (PdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise DamagedPdfError(_reason(error)) from error


def _reason(error: Exception) -> str:
    """The last part of what qpdf says: before it stand the file and the offset."""
    return str(error).rpartition(": ")[2][:200] or type(error).__name__
