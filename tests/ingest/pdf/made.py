"""PDFs whose pages are pictures, in each coding that scanners write, or typed and perhaps cut off."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

WIDE, HIGH = 620, 877  # pixels: A4 at 75 dpi
ROWS = 30


class Coded(NamedTuple):
    """A picture as a PDF holds it."""

    data: bytes
    entries: dict[str, Any]

    def cut(self, share: float) -> Coded:
        """Only the first part of its data."""
        return Coded(self.data[: int(len(self.data) * share)], self.entries)


def drawing(mode: str = "L") -> Image.Image:
    """A page of strokes down to its last line."""
    image = Image.new("L", (WIDE, HIGH), 255)
    draw = ImageDraw.Draw(image)
    for y in range(20, HIGH, 24):
        for x in range(30, WIDE - 40, 17):
            draw.line((x, y, x + 9, y + (x * y) % 13), fill=0, width=2)
    return image.convert(mode)


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _group4() -> bytes:
    """ITU-T T.6: the one strip of a TIFF."""
    data = _saved(drawing("1").copy(), "TIFF", compression="group4", tiffinfo={278: HIGH, 262: 0})
    with Image.open(io.BytesIO(data)) as tiff:
        tags = tiff.tag_v2  # type: ignore[attr-defined]
        return data[tags[273][0] :][: tags[279][0]]


def _jbig2() -> bytes:
    """A page and one generic region, which JBIG2 may code as T.6 does (ITU-T T.88, 7.4.6)."""

    def segment(number: int, kind: int, body: bytes) -> bytes:
        return struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body

    page = struct.pack(">IIIIBH", WIDE, HIGH, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", WIDE, HIGH, 0, 0, 0, 1) + _group4()
    return segment(0, 48, page) + segment(1, 38, region)


def coded(coding: str) -> Coded:
    """The drawing in a coding: jpeg, progressive, jpx, jbig2, group4 or flate."""
    one_bit = {"BitsPerComponent": 1}
    if coding == "jpeg":
        return Coded(_saved(drawing(), "JPEG"), {"Filter": Name.DCTDecode})
    if coding == "progressive":
        return Coded(_saved(drawing(), "JPEG", progressive=True), {"Filter": Name.DCTDecode})
    if coding == "jpx":
        return Coded(_saved(drawing(), "JPEG2000", no_jp2=True), {"Filter": Name.JPXDecode})
    if coding == "jbig2":
        return Coded(_jbig2(), {"Filter": Name.JBIG2Decode, **one_bit})
    if coding == "group4":
        parms = Dictionary(K=-1, Columns=WIDE, Rows=HIGH)
        return Coded(_group4(), {"Filter": Name.CCITTFaxDecode, "DecodeParms": parms, **one_bit})
    return Coded(zlib.compress(drawing().tobytes()), {"Filter": Name.FlateDecode})


def pictures(*shown: Coded | None, share: float = 1.0) -> bytes:
    """A PDF of a picture a page that covers `share` of its sides; None: a blank page."""
    pdf = pikepdf.new()
    for one in shown:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        if one is None:
            continue
        entries = {
            "Type": Name.XObject,
            "Subtype": Name.Image,
            "Width": WIDE,
            "Height": HIGH,
            "BitsPerComponent": 8,
            "ColorSpace": Name.DeviceGray,
        }
        image = pdf.make_stream(one.data, **{**entries, **one.entries})
        page["/Resources"] = Dictionary(XObject=Dictionary(Im0=image))
        page["/Contents"] = pdf.make_stream(f"q {595 * share} 0 0 {842 * share} 0 0 cm /Im0 Do Q".encode())
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def type3(content: str, scale: float, em: float) -> bytes:
    """A PDF whose font /T3 is of Type 3: glyphs are boxes of half an em, in units of which `scale` make a point."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    glyph = pdf.make_stream(f"{em / 2} 0 d0 0 0 {em * 0.4} {em * 0.7} re f".encode())
    cmap = pdf.make_stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <0000> endbfrange endcmap end end"
    )
    codes = range(32, 127)
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, em / 2, em]),
        FontMatrix=Array([scale, 0, 0, scale, 0, 0]),
        CharProcs=Dictionary({f"/c{code}": glyph for code in codes}),
        Encoding=Dictionary(Differences=Array([32, *(Name(f"/c{code}") for code in codes)])),
        FirstChar=0,
        LastChar=255,
        Widths=Array([em / 2] * 256),
        ToUnicode=cmap,
        Resources=Dictionary(),
    )
    page["/Resources"] = Dictionary(Font=Dictionary(T3=pdf.make_indirect(font)))
    page["/Contents"] = pdf.make_stream(content.encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def rows(first: int = 1) -> bytes:
    """What a page of numbered rows draws."""
    lines = (
        f"q BT /F1 12 Tf 72 {780 - 20 * at} Td ({first + at}. Carry out the plan of the province \\(part\\)) Tj ET Q"
        for at in range(ROWS)
    )
    return "\n".join(lines).encode()


def typed(*contents: bytes | None, packed: float = 1.0, form: bool = False, **saved: Any) -> bytes:
    """A PDF whose pages draw `contents`, of whose Flate data only the first part is kept; None: its stream is none."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for content in contents:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        page["/Resources"] = Dictionary(Font=Dictionary(F1=font))
        if content is None:
            page["/Contents"] = pdf.make_indirect(Dictionary())
            continue
        data = zlib.compress(content)
        stream = pdf.make_stream(data[: int(len(data) * packed)], Filter=Name.FlateDecode)
        if form:
            for key, value in {"Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 595, 842]}.items():
                stream[f"/{key}"] = pikepdf.Array(value) if isinstance(value, list) else value
            stream["/Resources"] = page.Resources
            page["/Resources"] = Dictionary(XObject=Dictionary(X=stream))
            stream = pdf.make_stream(b"/X Do")
        page["/Contents"] = stream
    out = io.BytesIO()
    pdf.save(out, **saved)  # streams that are packed stay as they are
    return out.getvalue()
