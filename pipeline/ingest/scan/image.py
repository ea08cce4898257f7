"""Images: scans and photographs of pages, one file a page or, in TIFF, many."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.document import Page, TextOrigin
from pipeline.errors import DamagedError, Notice, TooLargeError
from pipeline.ingest.layout import CarryOver
from pipeline.ingest.page_reason import PageReason
from pipeline.ingest.pdf.pictures import PictureFault
from pipeline.ingest.pdf.reading import PageRead, finish_pages
from pipeline.ingest.scan.scanner import PendingScan, Scanner, read_page
from pipeline.progress import pages_read
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.ingest.scan.picture import Picture

A4 = 8.27  # inches: the shorter side of a page whose image does not say how large it is
LIKELY_DPI = (60.0, 1300.0)  # an image that says it has fewer or more is not believed
CUT_OFF = PictureFault("the file ends here, and pages that followed are missing", True)
MAX_IMAGE = 180_000_000  # pixels of one page; A3 at 600 dpi has 70 million
TOO_MANY = f"more than {MAX_IMAGE // 1_000_000} million pixels"


def read_image(
    path: Path, data: bytes, digest: str, settings: Settings
) -> tuple[str, tuple[Page, ...], tuple[Notice, ...]]:
    """Read an image file by OCR.

    Args:
        path: the file.
        data: its bytes.
        digest: its SHA-256, for the cache of OCR.
        settings: limits, and how scans are read.

    Returns:
        Its media type, its pages, and notices about them.

    Raises:
        DocumentError: it cannot be read; the subclass says why.
    """
    reads: list[PageRead] = []
    carry: CarryOver | None = None
    pixels: dict[int, float] = {}
    with _opened(path, data) as image, Scanner(digest, settings) as scanner:
        count, cut = _count(image, settings.max_pages)
        if count > settings.max_pages:
            reason = f"{count} pages, KEHOACH_MAX_PAGES is {settings.max_pages}"
            raise TooLargeError(file=path.name, reason=reason)
        media_type = Image.MIME.get(image.format or "", "image/unknown")
        for number, asked, size in _asked(image, count, scanner, pixels):
            pages_read(number - 1, count)
            if isinstance(asked, PictureFault):
                carry = None
                page = Page(number, (), TextOrigin.OCR, PageReason.UNDECODED, (), *size)
                reads.append(PageRead(page, fault=asked))
                continue
            read = read_page(asked, number, size, PageReason.PICTURE, carry)
            carry = read.carry
            if read.page is not None:
                reads.append(PageRead(read.page, lost=read.unread, poor=read.poor))
            else:
                page = Page(number, (), TextOrigin.OCR, PageReason.UNREAD_PICTURE, (), *size)
                reads.append(PageRead(page, unread=read.trouble))
        pages_read(count, count)
        if cut:
            reads.append(PageRead(Page(count + 1, (), TextOrigin.OCR, PageReason.UNDECODED), fault=CUT_OFF))
    marked, said = finish_pages(path, reads)
    return media_type, tuple(replace(page, pixels=pixels.get(page.number)) for page in marked), said


def limit_pixels() -> None:
    """Have Pillow open no picture of more than `MAX_IMAGE` pixels, in place of its own limit; it refuses twice this."""
    Image.MAX_IMAGE_PIXELS = MAX_IMAGE // 2


@contextmanager
def _opened(path: Path, data: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            limit_pixels()
            image = Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise DamagedError(file=path.name, reason="an image that does not open") from error
    except Image.DecompressionBombError as error:
        raise TooLargeError(file=path.name, reason=TOO_MANY) from error
    with image:
        yield image


def _count(image: Image.Image, most: int) -> tuple[int, bool]:
    """How many pages an image has, and whether the file ends before its last."""
    try:
        return int(getattr(image, "n_frames", 1)), False
    except Exception:  # of any kind: Pillow looks at each page's description, of which a part may be missing
        count = 0
        with suppress(Exception):
            while count <= most:
                image.seek(count)
                count += 1
        return count, True


_Asked = tuple[int, PendingScan | PictureFault, tuple[float, float]]


def _asked(image: Image.Image, count: int, scanner: Scanner, pixels: dict[int, float]) -> Iterator[_Asked]:
    """The pages being read, some ahead, with sizes in points, or why one cannot be decoded.

    `pixels` gets the pixels to a point where these are a guess.
    """
    waiting: list[_Asked] = []
    for number in range(1, count + 1):
        waiting.append(_ask(image, number, scanner, pixels))
        while waiting and (_is_done(waiting[0][1]) or len(waiting) > scanner.ahead):
            yield waiting.pop(0)
    yield from waiting


def _is_done(asked: PendingScan | PictureFault) -> bool:
    return isinstance(asked, PictureFault) or asked.done()


def _ask(image: Image.Image, number: int, scanner: Scanner, pixels: dict[int, float]) -> _Asked:
    size = (0.0, 0.0)
    try:
        image.seek(number - 1)
        if image.width * image.height > MAX_IMAGE:
            return number, PictureFault(f"{image.width} × {image.height} pixels are too many", True), size
        upright = ImageOps.exif_transpose(image)
        stated = _dpi(upright)
        dpi = stated or max(min(upright.size) / A4, 1.0)
        if stated is None:
            pixels[number] = dpi / 72
        size = round(72 * upright.width / dpi, 2), round(72 * upright.height / dpi, 2)

        def picture() -> tuple[Picture, float]:
            from pipeline.ingest.scan.picture import as_array

            return as_array(upright), dpi

        return number, scanner.ask(number, picture), size
    except Image.DecompressionBombError:
        return number, PictureFault(TOO_MANY, True), size
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        return number, PictureFault(str(error) or type(error).__name__, True), size


def decoded(data: bytes) -> Picture | None:
    """Decode a picture: grey or RGB; None where it cannot be decoded, or has too many pixels."""
    from pipeline.ingest.scan.picture import as_array  # loads OpenCV

    limit_pixels()
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
            return None if image.width * image.height > MAX_IMAGE else as_array(image)
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError):
        return None


def _dpi(image: Image.Image) -> float | None:
    """The dots per inch an image says it has; None where they make no likely page, and it is taken for one of A4."""
    said = float(image.info.get("dpi", (0, 0))[0] or 0)
    likely = LIKELY_DPI[0] <= said <= LIKELY_DPI[1] and 3 <= min(image.size) / said <= 40
    return said if likely else None
