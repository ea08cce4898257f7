"""Reading pages with PDFium: glyphs, ruled edges and pictures, in the frame of the page as displayed."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as native
from pypdfium2 import PdfDocument as PdfDocument
from pypdfium2 import PdfiumError, PdfPage

from pipeline.document import Box
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.artifacts import artifacts
from pipeline.ingest.pdf.file.streams import NO_MORE, FileContent
from pipeline.ingest.pdf.frame import DisplayFrame
from pipeline.ingest.pdf.glyphs import Glyphs, Mask, read_glyphs, with_typed, without
from pipeline.ingest.pdf.hidden.replacements import without_lies
from pipeline.ingest.pdf.hidden.struck import struck_out
from pipeline.ingest.pdf.hidden.unseen import PageTraits, colours_of, unseen
from pipeline.ingest.pdf.hidden.watermarks import printed_over
from pipeline.ingest.pdf.objects import LargestImage, drawn_objects, image_boxes, largest_image, notes_of, remove_signed
from pipeline.ingest.pdf.rules import Edge, edges_of

MAX_PICTURES = 200  # images of one page whose places are kept
SCANNED = 0.5  # of the page: a picture of this share is the page, as a scanner made it


class PdfFailure(Exception):
    """PDFium could not read a file or a page; `password`: it asks for one."""

    def __init__(self, reason: str, password: bool = False) -> None:
        super().__init__(reason)
        self.password = password


@dataclass(frozen=True)
class RawPage:
    """A page as PDFium gives it; sizes are in points. `edges` is None when the page has too many paths to be a table.

    The first `own` glyphs are the page's; those behind them are printed by its annotations, whose boxes are `notes`:
    numbers and dates that a records office stamps on, the appearance of digital signatures. `image` is the image that
    covers most of it; `drawn`: anything but text is on the page. `pictures` are the boxes of its images,
    `signed` those of its fields for signatures, `areas` those that are coloured. `hidden` is text that nobody sees,
    `struck` text that is struck out, `across` a watermark that text is printed over. `artifacts`
    says which of the glyphs are running heads or feet by the tags of the file; a letterhead is none.
    """

    width: float
    height: float
    glyphs: Glyphs
    edges: tuple[Edge, ...] | None
    own: int
    notes: tuple[Box, ...]
    image: LargestImage | None = None
    drawn: bool = False
    pictures: tuple[Box, ...] = ()
    signed: tuple[Box, ...] = ()
    areas: tuple[Box, ...] = ()
    hidden: str = ""
    struck: str = ""
    across: str = ""
    artifacts: Mask | None = None


@contextmanager
def open_pdf(path: Path) -> Iterator[PdfDocument]:
    """Open a PDF.

    Raises:
        PdfFailure: PDFium cannot open it.
    """
    try:
        document = PdfDocument(path)
    except PdfiumError as error:
        code = getattr(error, "err_code", None)
        # Its last error may be that of an earlier file: one that is not encrypted asks for no password.
        asks = code == native.FPDF_ERR_PASSWORD and b"/Encrypt" in path.read_bytes()
        raise PdfFailure(str(error), password=asks) from error
    try:
        yield document
    finally:
        document.close()


def read_page(document: PdfDocument, index: int, content: FileContent = NO_MORE) -> RawPage:
    """Read a page with its annotations printed.

    Args:
        document: an open PDF.
        index: of the page, from 0.
        content: what else the file holds.

    Raises:
        PdfFailure: PDFium cannot read it.
    """
    try:
        page = document[index]
        try:
            frame = DisplayFrame(page)
            (notes, signed, fields, drawn_on, texts), own = (
                notes_of(page, frame, content.typed.get(index + 1, {})),
                None,
            )
            if drawn_on:
                own = _count_characters(page)
                if native.FPDFPage_Flatten(page, native.FLAT_NORMALDISPLAY) == native.FLATTEN_SUCCESS:
                    page.close()
                    page = document[index]
            drawn = drawn_objects(ctypes.cast(page.raw, calls.POINTER).value or 0)
            untrue = without_lies(page, drawn)
            text_page = page.get_textpage()
            image = largest_image(drawn.images, frame)
            try:
                glyphs, owners = read_glyphs(ctypes.cast(text_page.raw, calls.POINTER).value or 0, frame)
                scanned = image is not None and image.share >= SCANNED
                traits = PageTraits(scanned, content.layered, fields)
                colours = colours_of(owners)
                unread = unseen(page, glyphs, owners, colours, drawn, frame, traits)
                aside = artifacts(glyphs, owners, frame.height) if content.tagged and index else None
            finally:
                text_page.close()
            glyphs, hidden = without(glyphs, unread)
            hidden = " ".join([hidden, *untrue]).strip()
            edges, areas = (None, ()) if drawn.paths is None else edges_of(drawn.paths, frame)
            glyphs, across = without(glyphs, printed_over(glyphs, colours))
            glyphs, struck = without(glyphs, struck_out(glyphs, edges or ()))
            own = len(glyphs.text) if own is None else own
            glyphs = with_typed(glyphs, texts)
            anything = bool(drawn.images or drawn.paths != ())
            pictures = image_boxes(drawn.images[:MAX_PICTURES], frame)
            size, left_out = (frame.width, frame.height), (hidden, struck, across)
            return RawPage(*size, glyphs, edges, own, notes, image, anything, pictures, signed, areas, *left_out, aside)
        finally:
            page.close()
    except PdfiumError as error:
        raise PdfFailure(str(error)) from error


def render(document: PdfDocument, index: int, dpi: float, grey: bool = False) -> npt.NDArray[np.uint8]:
    """Draw a page as it is displayed.

    Args:
        document: an open PDF.
        index: of the page, from 0.
        dpi: the resolution, dots an inch.
        grey: in grey instead of RGB.

    Returns:
        An array of uint8 of shape (height, width), or (height, width, 3) in RGB.

    Raises:
        PdfFailure: PDFium cannot draw it.
    """
    try:
        page = document[index]
        try:
            bitmap = page.render(scale=dpi / 72, rev_byteorder=True, grayscale=grey)
            try:
                return np.asarray(bitmap.to_numpy())  # its memory is Python's own, and stays when the bitmap goes
            finally:
                bitmap.close()
        finally:
            page.close()
    except (PdfiumError, MemoryError, ValueError) as error:
        raise PdfFailure(str(error) or "out of memory") from error


def render_bare(path: Path, index: int, dpi: float, signed: Collection[Box]) -> npt.NDArray[np.uint8]:
    """Draw a page as `render` does, without the appearances of signatures that lie over its print.

    Args:
        path: the PDF, opened anew: in one whose page was read its annotations are part of the page.
        index: of the page, from 0.
        dpi: the resolution, dots an inch.
        signed: the boxes of the fields that are left out.

    Raises:
        PdfFailure: PDFium cannot open or draw it.
    """
    with open_pdf(path) as document:
        try:
            page = document[index]
            try:
                remove_signed(page, DisplayFrame(page), signed)
                native.FPDFPage_Flatten(page, native.FLAT_NORMALDISPLAY)
            finally:
                page.close()
        except PdfiumError as error:
            raise PdfFailure(str(error)) from error
        return render(document, index, dpi)


def _count_characters(page: PdfPage) -> int:
    text_page = page.get_textpage()
    try:
        return int(text_page.count_chars())
    finally:
        text_page.close()
