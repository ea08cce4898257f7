"""Hostile PDFs, each of its own class: loops, bombs, nonsense in the numbers, more of a thing than anyone prints."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import partial

MEBI = 1 << 20
SHOWN = b"BT /F 12 Tf 30 700 Td (1. So Tai chinh bo tri kinh phi) Tj ET"


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def flate(data: bytes, entries: bytes = b"", times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [%b] %b" % (b"/FlateDecode " * times, entries))


def page(
    content: bytes | None = None,
    *more: bytes,
    box: bytes = b"0 0 595 842",
    resources: bytes = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
    entries: bytes = b"",
    pages: bytes = b"/Kids [3 0 R] /Count 1",
    catalog: bytes = b"",
) -> bytes:
    """One page: 1 the catalog, 2 the pages, 3 the page, 4 what it shows, and further objects."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        b"<< /Type /Pages %b >>" % pages,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents 4 0 R /Resources << %b >> %b >>"
        % (box, resources, entries),
        stream(SHOWN) if content is None else content,
        *more,
    )


def picture(wide: int, high: int, coding: bytes, data: bytes = b"", bits: int = 1) -> bytes:
    """A page that shows one picture."""
    entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray" % (wide, high)
    shown = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    made = stream(data, b"%b /BitsPerComponent %d %b" % (entries, bits, coding))
    return page(shown, made, resources=b"/XObject << /I 5 0 R >>")


def forms(levels: int, calls: int) -> bytes:
    """A form that shows a form that shows a form, each several times."""
    made = []
    for level in range(levels):
        inside = b"/X Do " * calls if level + 1 < levels else SHOWN
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
        shows = b"/Resources << /XObject << /X %d 0 R >> >>" % (6 + level)
        made.append(stream(inside, entries + shows))
    return page(stream(b"/X Do"), *made, resources=b"/XObject << /X 5 0 R >>")


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + count))
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    pages = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count)
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[one] * count)


def deep_pages(depth: int) -> bytes:
    inner = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(2, 2 + depth)]
    last = b"<< /Type /Page /MediaBox [0 0 595 842] /Contents %d 0 R >>" % (depth + 3)
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *inner, last, stream(SHOWN))


def annotated(count: int) -> bytes:
    one = b"<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (A) >>"
    listed = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    return page(None, *[one] * count, entries=b"/Annots [%b]" % listed)


def type3(proc: bytes) -> bytes:
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65"
        b" /LastChar 65 /Widths [1000] /Encoding << /Differences [65 /A] >> /CharProcs << /A 6 0 R >>"
        b" /Resources << /Font << /F 5 0 R >> >> >>"
    )
    shown = stream(b"BT /F 12 Tf 30 700 Td (AAAA) Tj ET")
    return page(shown, font, stream(proc), resources=b"/Font << /F 5 0 R >>")


def mapped(cmap: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    head = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
    return page(None, font, stream(head + cmap + b" endcmap"), resources=b"/Font << /F 5 0 R >>")


def repeated(some: bytes, count: int) -> bytes:
    return page(flate(some * count))


def boxed(box: bytes, entries: bytes = b"") -> bytes:
    return page(None, box=box, entries=entries)


def scattered(count: int) -> bytes:
    return repeated(
        b"".join(b"BT /F 8 Tf %d %d Td (a) Tj ET " % (x * 7 % 590, x * 13 % 840) for x in range(1000)), count
    )


def ruled(count: int) -> bytes:
    lines = b"".join(b"%d %d m %d %d l S " % (x, x * 3 % 800, x + 60, x * 3 % 800) for x in range(0, 500, 2))
    return page(flate(SHOWN + lines * (count // 250)))


def looped_previous() -> bytes:
    made = page(None)
    start = made.rindex(b"startxref\n") + 10
    at = made[start : made.index(b"\n", start)]
    return made.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %b " % at)


_LOOP: Sequence[bytes] = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 3 >>")
_JPX = b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0\x2djp2h\0\0\0\x16ihdr"
_HUGE_JPX = _JPX + b"\x7f\xff\xff\xff\x7f\xff\xff\xff\0\x01\x07\x07\0\0\0\0\0\x0fcolr\x01\0\0\0\0\0\x11\0\0\0\0jp2c"
_JBIG2 = b"\0\0\0\0\x30\0\x01\0\0\0\x13\0\x01\x86\xa0\0\x01\x86\xa0\0\0\0\0\0\0\0\0\0\0\0"
_LAUNCH = b"/OpenAction << /S /Launch /F (/bin/sh) >> /AA << /WC << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
_TREE = b"/StructTreeRoot 5 0 R /MarkInfo << /Marked true >>"
_ELEMENT = b"<< /Type /StructElem /S /P /P 5 0 R /K [6 0 R 6 0 R] /Pg 3 0 R >>"

PDFS: dict[str, Callable[[], bytes]] = {
    "nested-flate": lambda: page(flate(bytes(64 * MEBI), times=6)),
    "flate-bomb": lambda: page(flate(b" " * (512 * MEBI))),
    "five-million-glyphs": lambda: repeated(b"BT /F 1 Tf 9 700 Td (" + b"a" * 5000 + b") Tj ET ", 1000),
    "pages-loop": lambda: pdf(*_LOOP, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"),
    "pages-loop-only": lambda: pdf(_LOOP[0], b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    "pages-deep": partial(deep_pages, 20_000),
    "pages-none": lambda: pdf(_LOOP[0], b"<< /Type /Pages /Kids [] /Count 0 >>"),
    "pages-missing": lambda: pdf(b"<< /Type /Catalog >>"),
    "pages-too-many": partial(many_pages, 501),
    "pages-a-page-is-none": lambda: pdf(_LOOP[0], b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"42"),
    "count-lies": lambda: page(pages=b"/Kids [3 0 R] /Count 2147483647"),
    "count-negative": lambda: page(pages=b"/Kids [3 0 R] /Count -5"),
    "count-says-more": lambda: page(pages=b"/Kids [3 0 R] /Count 4"),
    "count-is-a-loop": lambda: page(pages=b"/Kids [3 0 R] /Count 2 0 R"),
    "box-huge": partial(boxed, b"0 0 1000000000 1000000000"),
    "box-long": partial(boxed, b"0 0 595 2000000"),
    "box-none": partial(boxed, b"0 0 0 0"),
    "box-inverted": partial(boxed, b"595 842 0 0"),
    "box-of-words": partial(boxed, b"/a (b) null [ ]"),
    "box-overflows": partial(boxed, b"-1e38 -1e38 1e38 1e38"),
    "unit-huge": partial(boxed, b"0 0 595 842", b"/UserUnit 1000000"),
    "rotated-oddly": partial(boxed, b"0 0 595 842", b"/Rotate 1234567"),
    "crop-outside": partial(boxed, b"0 0 595 842", b"/CropBox [5000 5000 6000 6000]"),
    "brackets-deep": lambda: page(flate(SHOWN + b"[" * 500_000)),
    "states-deep": partial(repeated, b"q ", 1_000_000),
    "dictionary-deep": lambda: page(entries=b"/A " + b"<< /A " * 20_000 + b">> " * 20_000),
    "array-deep": lambda: page(entries=b"/A " + b"[" * 50_000 + b"]" * 50_000),
    "form-of-itself": lambda: page(
        stream(b"/X Do"),
        stream(b"/X Do", b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"),
        resources=b"/XObject << /X 5 0 R >>",
    ),
    "forms-tenfold": partial(forms, 12, 10),
    "annotations": partial(annotated, 20_000),
    "annotations-loop": lambda: page(entries=b"/Annots 3 0 R"),
    "type3-of-itself": partial(type3, b"1000 0 d0 BT /F 1 Tf (A) Tj ET"),
    "map-of-all": partial(mapped, b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"),
    "map-of-long-texts": partial(mapped, b"1 beginbfchar <41> <" + b"0041" * 200_000 + b"> endbfchar"),
    "map-of-itself": partial(mapped, b"/F usecmap"),
    "map-unfinished": partial(mapped, b"100 beginbfchar <41"),
    "font-size-huge": lambda: page(stream(b"BT /F 1e30 Tf 30 700 Td (abc) Tj ET")),
    "font-size-none": lambda: page(stream(b"BT /F 0 Tf 30 700 Td (abc) Tj ET")),
    "matrix-singular": lambda: page(stream(b"0 0 0 0 0 0 cm " + SHOWN)),
    "matrix-huge": lambda: page(stream(b"1e20 0 0 1e20 1e20 1e20 cm " + SHOWN)),
    "letters-scattered": partial(scattered, 20),
    "lines-ruled": partial(ruled, 50_000),
    "rectangles": partial(repeated, b"10 10 20 20 re S ", 20_000),
    "clips": partial(repeated, b"10 10 200 200 re W n ", 50_000),
    "curve-of-many-points": lambda: page(flate(b"0 0 m " + b"1 1 2 2 3 3 c 9 9 l " * 20_000 + b"f ")),
    "pictures-inline": partial(repeated, b"q 9 0 0 9 9 9 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a EI Q ", 5000),
    "contents-many": lambda: page(entries=b"/Contents [" + b"4 0 R " * 20_000 + b"]"),
    "contents-loop": lambda: page(b"[4 0 R 4 0 R]"),
    "length-of-itself": lambda: page(b"<< /Length 4 0 R >>\nstream\n" + SHOWN + b"\nendstream"),
    "length-lies": lambda: page(b"<< /Length 99999999 >>\nstream\n" + SHOWN + b"\nendstream"),
    "filter-unknown": lambda: page(stream(b"abc", b"/Filter /NoSuchDecode")),
    "filters-many": lambda: page(stream(b"abc", b"/Filter [" + b"/ASCIIHexDecode " * 10_000 + b"]")),
    "predictor-huge": lambda: page(flate(bytes(9), b"/DecodeParms << /Predictor 15 /Columns 2147483647 >>")),
    "xref-of-itself": looped_previous,
    "xref-gone": lambda: page(None)[:-400],
    "trailer-gone": lambda: page(None).replace(b"trailer", b"tr"),
    "size-huge": lambda: page(None).replace(b"/Size 5", b"/Size 2147483647"),
    "encrypted-unknown": lambda: pdf(
        *_LOOP[:1], b"<< /Type /Pages /Kids [] >>", trailer=b"/Encrypt << /Filter /X /V 9 >>"
    ),
    "encrypted-badly": lambda: page(None).replace(
        b"/Root", b"/Encrypt << /Filter /Standard /V 1 /R 2 /O () /U () /P 0 >> /Root"
    ),
    "jbig2-huge": partial(picture, 100_000, 100_000, b"/Filter /JBIG2Decode", _JBIG2),
    "jbig2-noise": partial(picture, 2480, 3508, b"/Filter /JBIG2Decode", bytes(range(256)) * 40),
    "jpx-huge": partial(picture, 2480, 3508, b"/Filter /JPXDecode", _HUGE_JPX + bytes(100)),
    "jpx-noise": partial(picture, 2480, 3508, b"/Filter /JPXDecode", bytes(range(256)) * 40),
    "jpeg-cut": partial(picture, 2480, 3508, b"/Filter /DCTDecode", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", 8),
    "fax-huge": partial(
        picture,
        60_000,
        60_000,
        b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>",
        b"\0\x10\x01",
    ),
    "picture-60000": lambda: picture(60_000, 60_000, b"/Filter /FlateDecode", zlib.compress(bytes(60_000 * 7500), 1)),
    "picture-overflows": partial(picture, 2_147_483_647, 2_147_483_647, b"", b"abc"),
    "picture-none": partial(picture, 0, 0, b"", b""),
    "picture-of-its-mask": lambda: picture(9, 9, b"/SMask 5 0 R", bytes(18)),
    "pattern-of-itself": lambda: page(
        stream(b"/Pattern cs /P scn 0 0 595 842 re f"),
        stream(
            b"/Pattern cs /P scn 0 0 9 9 re f",
            b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001"
            b" /Resources << /Pattern << /P 5 0 R >> >>",
        ),
        resources=b"/Pattern << /P 5 0 R >>",
    ),
    "actions": lambda: page(catalog=_LAUNCH),
    "tree-of-itself": lambda: page(
        None, b"<< /Type /StructTreeRoot /K [6 0 R] >>", _ELEMENT, catalog=_TREE, entries=b"/StructParents 0"
    ),
    "outline-loop": lambda: page(
        None,
        b"<< /First 6 0 R /Last 6 0 R >>",
        b"<< /Title (a) /Next 6 0 R /First 5 0 R >>",
        catalog=b"/Outlines 5 0 R",
    ),
    "names-loop": lambda: page(None, b"<< /Kids [5 0 R] >>", catalog=b"/Names << /EmbeddedFiles 5 0 R >>"),
    "fields-loop": lambda: page(
        None, b"<< /T (a) /Kids [5 0 R] /Parent 5 0 R >>", catalog=b"/AcroForm << /Fields [5 0 R] >>"
    ),
    "signature-of-nothing": lambda: page(
        None,
        b"<< /FT /Sig /T (s) /V 6 0 R >>",
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents <00>"
        b" /ByteRange [0 9e9 -1 5] >>",
        catalog=b"/AcroForm << /Fields [5 0 R] /SigFlags 3 >>",
    ),
    "layers-loop": lambda: page(
        stream(b"/OC /L BDC " + SHOWN + b" EMC"),
        b"<< /Type /OCMD /OCGs 5 0 R /VE [/And 5 0 R] >>",
        resources=b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /Properties << /L 5 0 R >>",
        catalog=b"/OCProperties << /OCGs [5 0 R] /D << /OFF [5 0 R] >> >>",
    ),
    "marks-unclosed": lambda: page(flate(b"/P << /MCID 0 /ActualText (b) >> BDC " * 100_000 + SHOWN)),
    "head-only": lambda: b"%PDF-1.7\n",
    "head-far": lambda: bytes(900) + page(None),
    "two-in-one": lambda: page(None) + page(None),
    "nul-bytes": lambda: b"%PDF-1.4\n" + bytes(MEBI),
}
"""Name of a hostile PDF -> what makes it."""
