"""Reading PDF: pages of lines with words and boxes in reading order, from the text layer or else by OCR."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from pipeline.document import Box, Page, TextOrigin
from pipeline.errors import (
    DamagedError,
    DocumentError,
    MissingScanPackageError,
    NoPagesError,
    NoTextError,
    Notice,
    ProtectedError,
    TooLargeError,
    UndecodableError,
    UnreadableScanError,
    notice,
)
from pipeline.extras import MissingPackage
from pipeline.ingest.assemble import Assembled, assemble
from pipeline.ingest.furniture import set_aside
from pipeline.ingest.language_check import LogPerplexity
from pipeline.ingest.layout import CarryOver
from pipeline.ingest.notes.footnotes import set_notes_apart
from pipeline.ingest.page_reason import PageReason
from pipeline.ingest.pdf import pdfium
from pipeline.ingest.pdf.file.streams import FileContent, examine
from pipeline.ingest.pdf.insets import Inset, is_text, text_pictures
from pipeline.ingest.pdf.pdfium import SCANNED, PdfDocument, PdfFailure, RawPage
from pipeline.ingest.pdf.pictures import PictureFault, picture_fault
from pipeline.ingest.pdf.text_layer import LayerDoubt, doubt, is_better
from pipeline.ingest.regions import over_print, overlap, with_drawn, with_furniture
from pipeline.ingest.scan.page import MAX_PIXELS, Scan
from pipeline.ingest.scan.scanner import PendingScan, Scanner, Trouble, read_page
from pipeline.progress import pages_read
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.ingest.scan.picture import Picture

MEDIA_TYPE = "application/pdf"
DPI = 200  # what pages are drawn at to be read; 300 gains nothing on real scans and takes twice as long
USUAL = (4.0, 17.0)  # inches: the shorter side of a page of paper; else its images say how finely it is drawn
SHOWN = 120  # characters of what nobody sees that are told
LOOK = 40  # dots per inch of the small picture on which ink is measured


@dataclass(frozen=True)
class _PendingPage:
    """A page on its way: as PDFium gave it, why its layer is doubted, what was asked of the scanner."""

    number: int
    raw: RawPage | None
    lay: Callable[[], Assembled] | None = None
    """Lays out its text layer by itself, once."""
    failure: str | None = None
    doubt: LayerDoubt | None = None
    asked: PendingScan | None = None
    fault: PictureFault | None = None
    insets: tuple[tuple[Box, PendingScan], ...] = ()
    """The pictures on it that may be of text, and are being read."""

    def done(self) -> bool:
        """Whether nothing of it is still being read."""
        return all(one.done() for one in (self.asked, *(asked for _, asked in self.insets)) if one is not None)

    def read_insets(self) -> tuple[Inset, ...]:
        """The pictures that are of text, read."""
        found = ((box, asked.result()) for box, asked in self.insets)
        return tuple(Inset(box, scan) for box, scan in found if isinstance(scan, Scan) and is_text(scan))


@dataclass(frozen=True)
class PageRead:
    """A page as it was read, and what went wrong with it."""

    page: Page
    carry: CarryOver | None = None
    """What of its columns runs on to the next page."""
    failure: str | None = None
    """Why it could not be opened at all."""
    unread: Trouble | None = None
    """Why its picture could not be read."""
    absent: MissingPackage | None = None
    """What is needed to compare its text layer with its picture, and was not there."""
    crowded: bool = False
    """Whether its ruled lines are too many for a table."""
    fault: PictureFault | None = None
    """Why its picture cannot be decoded, or not to its end."""
    cut: bool = False
    """Whether its content is cut off."""
    across: str = ""
    """What stands at an angle across its text, and was left out."""
    hidden: str = ""
    """What nobody sees on it, and was left out."""
    struck: str = ""
    """What is struck out on it, and was left out."""
    lost: int = 0
    """How many lines of print were seen on its picture and not made out."""
    poor: bool = False
    """Whether the print of its picture is faint, or was read unsurely."""


def read_pdf(
    path: Path, digest: str, settings: Settings, log_perplexity: LogPerplexity | None = None
) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read a PDF.

    Args:
        path: the file.
        digest: its SHA-256, for the cache of OCR.
        settings: limits, and how scans are read.
        log_perplexity: of lines of text under a language model, in nats a word.

    Returns:
        Its pages, furniture and regions marked, and notices about them.

    Raises:
        DocumentError: it cannot be read; the subclass says why.
    """
    limit = settings.max_characters
    try:
        with pdfium.open_pdf(path) as document, Scanner(digest, settings) as scanner:
            count = len(document)
            if count == 0:
                raise NoPagesError(file=path.name)
            if count > settings.max_pages:
                reason = f"{count} pages, KEHOACH_MAX_PAGES is {settings.max_pages}"
                raise TooLargeError(file=path.name, reason=reason)
            pages_read(0, count)
            content = examine(path, count)
            reads: list[PageRead] = []
            characters = 0
            carry: CarryOver | None = None
            for source in _sources(path, document, content, scanner, log_perplexity):
                read = _page(source, carry)
                carry = read.carry
                characters += sum(len(line.raw) for line in read.page.lines)
                if characters > limit:
                    reason = f"more characters than KEHOACH_MAX_CHARACTERS, {limit}"
                    raise TooLargeError(file=path.name, reason=reason)
                reads.append(replace(read, cut=source.number in content.cut))
                pages_read(len(reads), count)
    except PdfFailure as failure:
        if failure.password:
            raise ProtectedError(file=path.name) from failure
        raise DamagedError(file=path.name, reason=str(failure)) from failure
    if all(read.failure is not None for read in reads):
        raise DamagedError(file=path.name, reason=reads[0].failure)
    return finish_pages(path, reads)


def finish_pages(path: Path, reads: Sequence[PageRead]) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Mark the furniture of pages and collect the notices about them.

    Args:
        path: of the file, for errors.
        reads: its pages.

    Raises:
        UndecodableError: no page has text, and the picture of one cannot be decoded.
        MissingScanPackageError: no page has text, and what reads pictures is not installed.
        UnreadableScanError: no page has text, and one could not be read by OCR.
        DamagedError: no page has text, and the content of one is cut off.
        NoTextError: no page has text.
    """
    apart, notices = set_notes_apart(set_aside([read.page for read in reads]))
    marked = tuple(map(with_furniture, apart))
    spoken = {page.number for page in marked if _speaks(page)}
    if not spoken:
        raise _no_text(path.name, reads)
    left_out: set[str] = set()
    for read in reads:
        notices += tuple(_said(read, read.page.number in spoken))
        if read.across and read.across not in left_out:  # a watermark is told once
            notices += (notice("W219", read.page.number, text=read.across),)
            left_out.add(read.across)
    return marked, notices


def _no_text(name: str, reads: Sequence[PageRead]) -> DocumentError:
    """Why no page of a document has text."""
    fault = next((read.fault for read in reads if read.fault is not None), None)
    if fault is not None:
        return UndecodableError(file=name, reason=fault.reason)
    unread = next((read.unread for read in reads if read.unread is not None), None)
    if isinstance(unread, MissingPackage):
        return MissingScanPackageError(file=name, package=unread.package, extra=unread.extra)
    if unread is not None:
        return UnreadableScanError(file=name, reason=unread)
    if any(read.cut for read in reads):
        return DamagedError(file=name, reason="the content of its pages is cut off")
    return NoTextError(file=name)


def _said(read: PageRead, speaks: bool) -> Iterator[Notice]:
    """What must be said of one page, by code."""
    number = read.page.number
    if read.failure is not None:
        yield notice("W204", number, reason=read.failure)
    elif read.fault is not None:
        yield notice("W216" if read.fault.whole else "W217", number, reason=read.fault.reason)
    elif read.unread is None and not speaks and not read.cut and read.page.reason is not PageReason.BLANK:
        yield notice("W201", number)
    if read.cut:
        yield notice("W218", number)
    if read.hidden:
        yield notice("W229", number, text=shorten(read.hidden, SHOWN, placeholder=" …"))
    if read.struck:
        yield notice("W226", number, words=shorten(read.struck, SHOWN, placeholder=" …"))
    if read.lost:
        yield notice("W235", number, count=read.lost)
    if read.poor:
        yield notice("W238", number)
    if read.crowded:
        yield notice("W205", number)
    if isinstance(read.unread, MissingPackage):
        yield notice("W223", number, package=read.unread.package, extra=read.unread.extra)
    elif read.unread is not None:
        yield notice("W211", number, reason=read.unread)
    if read.absent is not None:
        yield notice("W225", number, package=read.absent.package, extra=read.absent.extra)


def _speaks(page: Page) -> bool:
    """Whether a page has words of its own, beyond stamped numbers and furniture."""
    return any(line.furniture is None and any(char.isalpha() for char in line.text) for line in page.lines)


def _sources(
    path: Path, document: PdfDocument, content: FileContent, scanner: Scanner, log_perplexity: LogPerplexity | None
) -> Iterator[_PendingPage]:
    """The pages in their order; those that are read from their pictures are begun some pages ahead."""
    waiting: deque[_PendingPage] = deque()
    for index in range(len(document)):
        waiting.append(_source(path, document, index, content, scanner, log_perplexity))
        while waiting and (waiting[0].done() or len(waiting) > scanner.ahead):
            yield waiting.popleft()
    yield from waiting


def _source(
    path: Path,
    document: PdfDocument,
    index: int,
    content: FileContent,
    scanner: Scanner,
    log_perplexity: LogPerplexity | None,
) -> _PendingPage:
    number = index + 1
    try:
        raw = pdfium.read_page(document, index, content)
        lay = cache(lambda: assemble(raw))
        why = doubt(
            raw,
            lambda: pdfium.render(document, index, _drawable(raw, LOOK), grey=True),
            lambda: lay().lines,
            log_perplexity,
        )
    except PdfFailure as failure:
        return _PendingPage(number, None, failure=str(failure))
    pictured = why is not None or (raw.image is not None and raw.image.share >= SCANNED)
    fault = picture_fault(document, index) if pictured else None
    signed = over_print(raw)

    def ask(box: Box | None = None) -> PendingScan:
        def picture() -> tuple[Picture, float]:
            dpi = _resolution(raw) if box is None else _drawable(raw, DPI)
            if box is None and signed:
                return pdfium.render_bare(path, index, dpi, signed), dpi
            drawn = pdfium.render(document, index, dpi)
            if box is None:
                return drawn, dpi
            x0, y0, x1, y1 = (round(max(0.0, side) * dpi / 72) for side in box)
            return drawn[y0:y1, x0:x1], dpi

        try:
            return scanner.ask(f"{number} {box or ''}".strip(), picture)
        except PdfFailure as failure:
            return PendingScan.failed(str(failure))

    if why is None or why.absent:
        insets = tuple((box, ask(box)) for box in text_pictures(raw)) if raw.glyphs.runs else ()
        return _PendingPage(number, raw, lay, None, why, None, fault, insets)
    return _PendingPage(number, raw, lay, None, why, ask(), fault)


def _resolution(raw: RawPage) -> float:
    """The dots per inch at which a page is drawn to be read."""
    shorter = min(raw.width, raw.height) / 72
    image = raw.image.dpi if raw.image else 0.0
    dpi = image if image and (image < DPI or not USUAL[0] <= shorter <= USUAL[1]) else DPI
    return _drawable(raw, dpi)


def _drawable(raw: RawPage, dpi: float) -> float:
    """No more dots than memory holds, and at least one."""
    inches = max(raw.width, 1.0) * max(raw.height, 1.0) / 72**2
    return max(min(dpi, float((MAX_PIXELS / inches) ** 0.5)), 72 / max(min(raw.width, raw.height), 1e-3))


def _page(source: _PendingPage, carry: CarryOver | None) -> PageRead:
    """One page with what is drawn on it; one that cannot be read costs that page alone."""
    insets = source.read_insets()
    read = _words_of(source, carry, insets)
    if source.raw is None:
        return read
    figures = tuple(box for box in source.raw.pictures if not any(overlap(box, inset.box) for inset in insets))
    raw = source.raw
    drawn = with_drawn(read.page, replace(raw, pictures=figures))
    return replace(read, hidden=raw.hidden, struck=raw.struck, page=drawn)


def _words_of(source: _PendingPage, carry: CarryOver | None, insets: Sequence[Inset]) -> PageRead:
    number, raw = source.number, source.raw
    if raw is None:
        empty = Page(number, (), TextOrigin.TEXT_LAYER, PageReason.UNREADABLE)
        return PageRead(empty, failure=source.failure)
    size = round(raw.width, 2), round(raw.height, 2)
    layer = source.lay() if source.lay and not carry and not insets else assemble(raw, carry, insets)
    if source.asked is None or source.doubt is None:
        reason: str = PageReason.TEXT_LAYER if layer.lines else PageReason.NO_TEXT
        reason = PageReason.WITH_PICTURES if insets else reason
        absent = source.doubt.absent if source.doubt else None
        return replace(_of_layer(number, layer, reason, size), fault=source.fault, absent=absent)
    read = read_page(source.asked, number, size, source.doubt.reason, carry)
    if read.page is None:
        reason = f"{source.doubt.reason}; {PageReason.UNREAD_PICTURE}"
        return replace(_of_layer(number, layer, reason, size), unread=read.trouble, fault=source.fault)
    if source.doubt.empty or is_better(read.page.lines, layer.lines, source.doubt.broken):
        lost = source.fault is not None and not read.page.lines
        page = replace(read.page, reason=PageReason.UNDECODED) if lost else read.page
        return PageRead(page, read.carry, fault=source.fault, lost=read.unread, poor=read.poor)
    reason = f"{source.doubt.reason}, but its picture says less"
    return replace(_of_layer(number, layer, reason, size), fault=source.fault)


def _of_layer(number: int, layer: Assembled, reason: str, size: tuple[float, float]) -> PageRead:
    page = Page(number, layer.lines, TextOrigin.TEXT_LAYER, reason, layer.tables, *size, rotation=layer.rotation)
    return PageRead(page, layer.carry, crowded=layer.crowded and bool(layer.lines), across=layer.across)
