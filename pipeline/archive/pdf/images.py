"""Pages that show one image each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_SPACES = {"grey": (Name.DeviceGray, 1), "rgb": (Name.DeviceRGB, 3), "cmyk": (Name.DeviceCMYK, 4)}
_FILTERS = {"jpeg": Name.DCTDecode, "group4": Name.CCITTFaxDecode, "png": Name.FlateDecode}


@dataclass(frozen=True, slots=True)
class PackedImage:
    """An image, compressed as a filter of PDF takes it.

    `width` and `height` are pixels, `bits` is the size of a sample. `packing` is "jpeg", "group4" (ITU-T T.6) or "png"
    (Flate over PNG's predictors, ISO 32000-1, 7.4.4.4). `profile` is an ICC profile that defines the colours, None for
    those of the device. `inverted`: the samples stand for 1 less their colour. `black_is_one`: of Group 4.
    """

    data: bytes
    width: int
    height: int
    bits: int
    colours: Literal["grey", "rgb", "cmyk"]
    packing: Literal["jpeg", "group4", "png"]
    profile: bytes | None = None
    inverted: bool = False
    black_is_one: bool = False


@dataclass(frozen=True, slots=True)
class ImagePage:
    """A page of `width` by `height` points that an image fills.

    `orientation` is the matrix, in units of the page's sides, that turns the unit square of the image into that of the
    page (ISO 32000-1, 8.3.4).
    """

    image: PackedImage
    width: float
    height: float
    orientation: tuple[int, int, int, int, int, int]


def add_image_page(pdf: Pdf, made: ImagePage) -> None:
    """Put a page that shows an image behind the pages of a PDF."""
    image = _image(pdf, made.image)
    sides = (made.width, made.height) * 3
    a, b, c, d, e, f = (value * side for value, side in zip(made.orientation, sides, strict=True))
    page = pdf.add_blank_page(page_size=(round(made.width, 2), round(made.height, 2))).obj
    page["/Resources"] = Dictionary(XObject=Dictionary(Im0=image))
    drawn = f"q {a:.2f} {b:.2f} {c:.2f} {d:.2f} {e:.2f} {f:.2f} cm /Im0 Do Q\n"
    page["/Contents"] = pdf.make_indirect(pdf.make_stream(drawn.encode("ascii")))


def _image(pdf: Pdf, image: PackedImage) -> Object:
    device, channels = _SPACES[image.colours]
    space: Object = device
    if image.profile is not None:
        profile = pdf.make_stream(image.profile, N=channels, Alternate=device)
        space = Array([Name.ICCBased, pdf.make_indirect(profile)])
    out = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        BitsPerComponent=image.bits,
        ColorSpace=space,
        Filter=_FILTERS[image.packing],
    )
    if image.inverted:
        out["/Decode"] = Array([1, 0] * channels)
    if image.packing == "group4":
        out["/DecodeParms"] = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=image.black_is_one)
    elif image.packing == "png":
        out["/DecodeParms"] = Dictionary(
            Predictor=15, Colors=channels, BitsPerComponent=image.bits, Columns=image.width
        )
    return pdf.make_indirect(Stream(pdf, image.data, out))
