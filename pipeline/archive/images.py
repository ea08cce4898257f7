"""Images as pages of a PDF take them: JPEG as it is, one bit as CCITT Group 4, all others as PNG packs them."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from typing import Literal

from PIL import Image, ImageFile

from pipeline.archive.icc import usable_profile
from pipeline.archive.pdf import ImagePage, PackedImage
from pipeline.document import Document
from pipeline.errors import SearchableCopyError
from pipeline.ingest.scan.image import limit_pixels

# From the unit square of an image to that of a page, by its EXIF orientation (CIPA DC-008, 4.6.4).
_TURNED = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_ORIENTATION = 0x0112
_COLOURS: dict[str, tuple[Literal["grey", "rgb", "cmyk"], int]] = {
    "L": ("grey", 1),
    "RGB": ("rgb", 3),
    "CMYK": ("cmyk", 4),
}


def image_pages(name: str, data: bytes, document: Document) -> Iterator[ImagePage]:
    """Give the pages of an image file, one an image, each as large as the page of the document.

    Args:
        name: of the file, for errors.
        data: its bytes.
        document: what was read of it.

    Raises:
        SearchableCopyError: the images cannot be read or are not as many as the pages.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            limit_pixels()
            image = Image.open(io.BytesIO(data))
        with image:
            count = int(getattr(image, "n_frames", 1))
            if count != len(document.pages):
                raise SearchableCopyError(file=name, reason=f"{count} images, {len(document.pages)} pages")
            starts = list(_starts(image, count))
            for page, start, end in zip(document.pages, starts, [*starts[1:], len(data)], strict=True):
                image.seek(page.number - 1)
                packed = _packed(image, data[start:end] if image.format in ("JPEG", "MPO") else None)
                turn = int(image.getexif().get(_ORIENTATION, 1))
                yield ImagePage(packed, page.width or 1.0, page.height or 1.0, _TURNED.get(turn, _TURNED[1]))
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        raise SearchableCopyError(file=name, reason=str(error) or type(error).__name__) from error


def _starts(image: ImageFile.ImageFile | Image.Image, count: int) -> Iterator[int]:
    """Where each image begins: a phone's file may hold several JPEGs one behind the other (CIPA DC-007)."""
    for at in range(count):
        image.seek(at)
        yield int(getattr(image, "offset", 0)) if image.format == "MPO" else 0


def _packed(image: Image.Image, jpeg: bytes | None) -> PackedImage:
    if jpeg is not None and image.mode in _COLOURS:
        inverted = image.mode == "CMYK" and "adobe" in image.info  # Adobe writes its CMYK inverted
        return _made(image, jpeg, "jpeg", image.info.get("icc_profile"), inverted)
    if image.mode == "1":
        return _group4(image)
    profile = image.info.get("icc_profile")
    return _png(_flat(image), profile if isinstance(profile, bytes) else None)


def _flat(image: Image.Image) -> Image.Image:
    """Grey or RGB of 8 bits, on white where it is transparent: as it was read."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", clear.size, (255, 255, 255, 255)), clear).convert("RGB")
    if image.mode in ("I;16", "I;16B", "I", "F", "L"):
        return image.convert("L")
    if image.mode == "P" and image.getpalette("RGB") is not None:
        colours = image.convert("RGB")
        grey = colours.convert("L")
        return grey if grey.convert("RGB").tobytes() == colours.tobytes() else colours
    return image.convert("RGB")


def _group4(image: Image.Image) -> PackedImage:
    """Group 4 (ITU-T T.6): a TIFF of one strip holds just what the filter wants."""
    file = io.BytesIO()
    image.copy().save(file, "TIFF", compression="group4", tiffinfo={278: image.height, 262: 1})  # a copy has no tags
    with Image.open(file) as tiff:
        tags = tiff.tag_v2  # type: ignore[attr-defined]
        starts, lengths, black_is_zero = tags[273], tags[279], tags.get(262, 1) == 1
    if len(starts) != 1:
        return _png(image.convert("L"), None)
    data = file.getvalue()[starts[0] : starts[0] + lengths[0]]
    return PackedImage(data, image.width, image.height, 1, "grey", "group4", black_is_one=black_is_zero)


def _png(image: Image.Image, profile: bytes | None) -> PackedImage:
    """The image data of a PNG: Flate over PNG's predictors."""
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    data, at, rows = file.getvalue(), 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        rows += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return _made(image, rows, "png", profile)


def _made(
    image: Image.Image,
    data: bytes,
    packing: Literal["jpeg", "png"],
    profile: bytes | None,
    inverted: bool = False,
) -> PackedImage:
    """An image of 8 bits a sample; its own profile defines the colours where that is a usable one."""
    colours, channels = _COLOURS[image.mode]
    usable = profile if profile is not None and usable_profile(profile, channels) else None
    return PackedImage(data, image.width, image.height, 8, colours, packing, usable, inverted)
