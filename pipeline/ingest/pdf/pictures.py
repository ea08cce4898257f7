"""Whether the pictures of a page can be decoded, and to their end: PDFium paints nothing for one that cannot."""

from __future__ import annotations

import ctypes
import re
import struct
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as native
from pypdfium2 import PdfDocument, PdfiumError

from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.frame import DisplayFrame
from pipeline.ingest.pdf.objects import drawn_objects, share_of

MIN_SHARE = 0.01  # of the page: a smaller picture is an ornament
MAX_CHECKED = 60  # pictures of one page; a scan that was cut into strips has some twenty
GREY = range(120, 137)  # what decoders of JPEG paint where there are no data
BLOCK = 8  # pixels: JPEG is made of blocks of 8 by 8

_EARLY = "the data end too early"
_BROKEN = "the data cannot be decoded"
_FILTERS = {"DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode"}  # PDF 32000-1, table 6: those of images
_PLAIN = {"FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode", "Crypt"}
_SHORT = {"DCT": "DCTDecode", "CCF": "CCITTFaxDecode", "Fl": "FlateDecode", "LZW": "LZWDecode", "RL": "RunLengthDecode"}
_JPEG_END = re.compile(rb"\xff\xd9")
_FAX_END = re.compile("000000000001000000000001|0000000000011")  # EOFB and RTC (ITU-T T.6, 2.4.1.1; T.4, 4.1.4)
_REGIONS = {4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43}  # segments of JBIG2 that paint (ITU-T T.88, 7.3)


class PictureFault(NamedTuple):
    """Why a picture of a page cannot be decoded; `whole`: nothing of it can."""

    reason: str
    whole: bool


def picture_fault(document: PdfDocument, index: int) -> PictureFault | None:
    """Find the largest picture of a page that cannot be decoded, or not to its end.

    Args:
        document: an open PDF.
        index: of the page, from 0.

    Returns:
        What is wrong with it; None where all that matter can be decoded, or the page cannot be opened.
    """
    try:
        page = document[index]
        try:
            frame = DisplayFrame(page)
            images = drawn_objects(ctypes.cast(page.raw, calls.POINTER).value or 0).images
            shares = sorted(((share_of(item, around, frame), item) for item, around, _ in images), reverse=True)
            faults = (_fault(page.raw, item) for share, item in shares[:MAX_CHECKED] if share >= MIN_SHARE)
            return next((fault for fault in faults if fault is not None), None)
        finally:
            page.close()
    except PdfiumError:
        return None


def _fault(page: native.FPDF_PAGE, item: int) -> PictureFault | None:
    image = ctypes.cast(item, native.FPDF_PAGEOBJECT)
    coding = _filter(image)
    if coding is not None and coding not in _FILTERS | _PLAIN:
        return PictureFault(f"{coding} is no filter that is known", True)
    bitmap = native.FPDFImageObj_GetBitmap(image)
    if not bitmap:
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        native.FPDFImageObj_GetImagePixelSize(image, wide, high)
        size = f"{wide.value} × {high.value} pixels"
        return PictureFault(f"{coding or 'picture'} of {size}: {_BROKEN}", True)
    try:
        early = _ends_early(page, image, coding, bitmap)
    finally:
        native.FPDFBitmap_Destroy(bitmap)
    return PictureFault(f"{coding or 'picture'}: {_EARLY}", False) if early else None


def _filter(image: native.FPDF_PAGEOBJECT) -> str | None:
    """The filter that is undone last, by its long name."""
    count = native.FPDFImageObj_GetImageFilterCount(image)
    if count <= 0:
        return None
    name = ctypes.create_string_buffer(64)
    native.FPDFImageObj_GetImageFilter(image, count - 1, name, len(name))
    said = name.value.decode("latin-1")
    return _SHORT.get(said, said)


def _ends_early(
    page: native.FPDF_PAGE, image: native.FPDF_PAGEOBJECT, coding: str | None, bitmap: native.FPDF_BITMAP
) -> bool:
    data = _data(image)
    if coding == "DCTDecode":
        return _jpeg_ends_early(data, bitmap)
    if coding == "CCITTFaxDecode":
        bits = "".join(f"{byte:08b}" for byte in data.rstrip(b"\0")[-24:])
        return not _FAX_END.search(bits) and not _last_rows(bitmap, 1).any()  # black: PDFium fills rows with zeros
    if coding == "JBIG2Decode":
        return _jbig2_ends_early(data)
    if coding == "JPXDecode":
        return False  # PDFium decodes it whole or not at all
    about = native.FPDF_IMAGEOBJ_METADATA()
    if not native.FPDFImageObj_GetImageMetadata(image, page, about):
        return False
    row = (about.width * about.bits_per_pixel + 7) // 8
    return bool(len(data) < row * (about.height - 1))  # some lack their last bytes


def _data(image: native.FPDF_PAGEOBJECT) -> bytes:
    """The data of a picture, all filters undone but those of images."""
    size = native.FPDFImageObj_GetImageDataDecoded(image, None, 0)
    data = ctypes.create_string_buffer(size)
    native.FPDFImageObj_GetImageDataDecoded(image, data, size)
    return data.raw


def _last_rows(bitmap: native.FPDF_BITMAP, count: int) -> npt.NDArray[np.uint8]:
    """The last rows of a bitmap, of shape (rows, bytes)."""
    stride, high = native.FPDFBitmap_GetStride(bitmap), native.FPDFBitmap_GetHeight(bitmap)
    channels = {native.FPDFBitmap_Gray: 1, native.FPDFBitmap_BGR: 3}.get(native.FPDFBitmap_GetFormat(bitmap), 4)
    address = ctypes.cast(native.FPDFBitmap_GetBuffer(bitmap), ctypes.c_void_p).value or 0
    count = min(count, high)
    rows = np.frombuffer(ctypes.string_at(address + stride * (high - count), stride * count), np.uint8)
    return rows.reshape(count, stride)[:, : native.FPDFBitmap_GetWidth(bitmap) * channels]


def _jpeg_ends_early(data: bytes, bitmap: native.FPDF_BITMAP) -> bool:
    """Whether a JPEG lacks its end; some that are whole lack the marker, so that its last block has to be grey too."""
    at, progressive = 2, False
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        if data[at + 1] == 0xFF:  # fills up
            at += 1
            continue
        progressive |= data[at + 1] == 0xC2
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    if _JPEG_END.search(data, min(at, len(data))):
        return False
    corner = _last_rows(bitmap, BLOCK)[:, -BLOCK:]
    return progressive or bool(corner.min() in GREY and corner.max() in GREY)


def _jbig2_ends_early(data: bytes) -> bool:
    """Whether a segment of JBIG2 says that it is longer than what is there, or none paints (ITU-T T.88, 7.2)."""
    at, paints = 0, False
    end = len(data.rstrip(b"\0"))
    while at < end:
        try:
            number, flags, refers = struct.unpack_from(">IBB", data, at)
            at += 6
            if refers >> 5 == 7:
                many = struct.unpack_from(">I", data, at - 1)[0] & 0x1FFFFFFF
                at += 3 + (many + 8) // 8
            else:
                many = refers >> 5
            at += many * (1 if number <= 256 else 2 if number <= 65536 else 4) + (4 if flags & 0x40 else 1)
            length = struct.unpack_from(">I", data, at)[0]
        except struct.error:
            return True
        at += 4
        paints |= flags & 0x3F in _REGIONS
        if length == 0xFFFFFFFF:  # it says at its end how long it is
            return False
        at += length
    return at > len(data) or not paints
