"""Pictures of the pages of a file, for people to look at: small, upright as displayed, in a format of browsers."""

from __future__ import annotations

import io
import warnings
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from pipeline.errors import DamagedError, ProtectedError
from pipeline.ingest.formats import Format, sniff

DPI: Final = 110.0
"""At which small print of a plan can be read on a screen."""
MEDIA_TYPE: Final = "image/webp"
_A4 = 8.27  # inches: the shorter side of an image of which nobody knows how large it is
_QUALITY = 55
_MOST = 250_000_000  # pixels of one image, as in reading
_GREY = 12  # of 255: colours that differ by less are grey


@dataclass(frozen=True)
class PageImage:
    """A page as a picture: `data` is a WebP of `width` times `height` pixels, None where it cannot be drawn."""

    page: int
    data: bytes | None
    width: int = 0
    height: int = 0


def page_images(path: Path, dpi: float = DPI, pages: Container[int] | None = None) -> Iterator[PageImage]:
    """Draw the pages of a PDF or an image file, one after the other; nothing of a file without pages.

    Args:
        path: the file.
        dpi: dots an inch of a PDF's page; an image that is larger is made smaller as far.
        pages: their numbers from 1; None for all.

    Raises:
        DamagedError: the file does not open.
        ProtectedError: it wants a password.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        kind = sniff(path, file.read(1 << 16))
    if kind is Format.PDF:
        yield from _of_pdf(path, dpi, pages)
    elif kind is Format.IMAGE:
        yield from _of_image(path, dpi, pages)


def _of_pdf(path: Path, dpi: float, pages: Container[int] | None) -> Iterator[PageImage]:
    from pipeline.ingest.pdf import pdfium  # PDFium and NumPy are loaded for a PDF only

    try:
        with pdfium.open_pdf(path) as document:
            for index in range(len(document)):
                if pages is not None and index + 1 not in pages:
                    continue
                try:
                    yield _packed(index + 1, Image.fromarray(pdfium.render(document, index, dpi)))
                except pdfium.PdfFailure:
                    yield PageImage(index + 1, None)
    except pdfium.PdfFailure as error:
        if error.password:
            raise ProtectedError(file=path.name) from error
        raise DamagedError(file=path.name, reason=str(error)) from error


def _of_image(path: Path, dpi: float, pages: Container[int] | None) -> Iterator[PageImage]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(path)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DamagedError(file=path.name, reason="an image that does not open") from error
    with image:
        for index in range(int(getattr(image, "n_frames", 1))):
            if pages is not None and index + 1 not in pages:
                continue
            try:
                image.seek(index)
                if image.width * image.height > _MOST:
                    raise ValueError("too many pixels")
                upright = ImageOps.exif_transpose(image).convert("RGB")
                scale = dpi * _A4 / min(upright.size)
                if scale < 1:
                    upright = upright.resize((round(upright.width * scale), round(upright.height * scale)))
                yield _packed(index + 1, upright)
            except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError):
                yield PageImage(index + 1, None)


def _packed(page: int, image: Image.Image) -> PageImage:
    grey = image.convert("L") if _is_grey(image) else image
    packed = io.BytesIO()
    grey.save(packed, "WEBP", quality=_QUALITY, method=4)
    return PageImage(page, packed.getvalue(), image.width, image.height)


def _is_grey(image: Image.Image) -> bool:
    """Whether nothing on it is coloured: most pages are, and take half the room then."""
    small = image.resize((max(1, image.width // 4), max(1, image.height // 4)))
    _, blue, red = small.convert("YCbCr").split()
    return all(abs(edge - 128) <= _GREY for one in (blue, red) for edge in one.getextrema())  # type: ignore[operator]
