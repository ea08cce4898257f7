"""Pages made of images: JPEG as it is, one bit as CCITT Group 4, all others as PNG packs them."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, ImageFile

from pipeline.archive.colour import usable_profile
from pipeline.document import Document
from pipeline.errors import KehoachError

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
_SPACES = {"L": (Name.DeviceGray, 1), "RGB": (Name.DeviceRGB, 3), "CMYK": (Name.DeviceCMYK, 4)}


def pdf_of_images(path: Path, data: bytes, document: Document) -> Pdf:
    """A PDF of one page an image, each as large as the page of the document; raises KehoachError E117."""
    pdf = Pdf.new()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
        with image:
            count = int(getattr(image, "n_frames", 1))
            if count != len(document.pages):
                raise KehoachError("E117", file=path.name, reason=f"{count} images, {len(document.pages)} pages")
            starts = list(_starts(image, count))
            for page, start, end in zip(document.pages, starts, [*starts[1:], len(data)], strict=True):
                image.seek(page.number - 1)
                stream = _stream(pdf, image, data[start:end] if image.format in ("JPEG", "MPO") else None)
                turn = int(image.getexif().get(_ORIENTATION, 1))
                _add(pdf, stream, page.width or 1.0, page.height or 1.0, _TURNED.get(turn, _TURNED[1]))
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        raise KehoachError("E117", file=path.name, reason=str(error) or type(error).__name__) from error
    return pdf


def _starts(image: ImageFile.ImageFile | Image.Image, count: int) -> Iterator[int]:
    """Where each image begins: a phone's file may hold several JPEGs one behind the other (CIPA DC-007)."""
    for at in range(count):
        image.seek(at)
        yield int(getattr(image, "offset", 0)) if image.format == "MPO" else 0


def _add(pdf: Pdf, image: Object, width: float, height: float, turn: tuple[int, ...]) -> None:
    a, b, c, d, e, f = (value * side for value, side in zip(turn, (width, height) * 3, strict=True))
    page = pdf.add_blank_page(page_size=(round(width, 2), round(height, 2))).obj
    page["/Resources"] = Dictionary(XObject=Dictionary(Im0=image))
    drawn = f"q {a:.2f} {b:.2f} {c:.2f} {d:.2f} {e:.2f} {f:.2f} cm /Im0 Do Q\n"
    page["/Contents"] = pdf.make_indirect(pdf.make_stream(drawn.encode("ascii")))


def _stream(pdf: Pdf, image: Image.Image, jpeg: bytes | None) -> Object:
    if jpeg is not None and image.mode in _SPACES:
        return _jpeg(pdf, image, jpeg)
    if image.mode == "1":
        return _one_bit(pdf, image)
    profile = image.info.get("icc_profile")
    return _packed(pdf, _flat(image), profile if isinstance(profile, bytes) else None)


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


def _jpeg(pdf: Pdf, image: Image.Image, data: bytes) -> Object:
    space, channels = _SPACES[image.mode]
    out = _image(image, 8, _space(pdf, space, channels, image.info.get("icc_profile")), Name.DCTDecode)
    if image.mode == "CMYK" and "adobe" in image.info:
        out["/Decode"] = Array([1, 0] * 4)  # Adobe writes its CMYK inverted
    return pdf.make_indirect(Stream(pdf, data, out))


def _one_bit(pdf: Pdf, image: Image.Image) -> Object:
    """Group 4 (ITU-T T.6): a TIFF of one strip holds just what the filter wants."""
    file = io.BytesIO()
    image.copy().save(file, "TIFF", compression="group4", tiffinfo={278: image.height, 262: 1})  # a copy has no tags
    with Image.open(file) as tiff:
        tags = tiff.tag_v2  # type: ignore[attr-defined]
        starts, lengths, black_is_zero = tags[273], tags[279], tags.get(262, 1) == 1
    if len(starts) != 1:
        return _packed(pdf, image.convert("L"), None)
    out = _image(image, 1, Name.DeviceGray, Name.CCITTFaxDecode)
    out["/DecodeParms"] = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=black_is_zero)
    return pdf.make_indirect(Stream(pdf, file.getvalue()[starts[0] : starts[0] + lengths[0]], out))


def _packed(pdf: Pdf, image: Image.Image, profile: bytes | None) -> Object:
    """Flate over PNG's predictors, which PDF knows too (ISO 32000-1, 7.4.4.4)."""
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    data, at, rows = file.getvalue(), 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        rows += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    space, channels = _SPACES[image.mode]
    out = _image(image, 8, _space(pdf, space, channels, profile), Name.FlateDecode)
    out["/DecodeParms"] = Dictionary(Predictor=15, Colors=channels, BitsPerComponent=8, Columns=image.width)
    return pdf.make_indirect(Stream(pdf, rows, out))


def _image(image: Image.Image, bits: int, space: Object, packing: Object) -> pikepdf.Dictionary:
    return Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        BitsPerComponent=bits,
        ColorSpace=space,
        Filter=packing,
    )


def _space(pdf: Pdf, device: Object, channels: int, profile: bytes | None) -> Object:
    """The colours as the image's own profile defines them, where that is a usable one."""
    if profile is None or not usable_profile(profile, channels):
        return device
    return Array([Name.ICCBased, pdf.make_indirect(pdf.make_stream(profile, N=channels, Alternate=device))])
