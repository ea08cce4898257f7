"""A font without shapes: every character is a glyph half an em wide that leaves no ink.

Invisible text needs a font that says which characters it has and how wide they are, nothing else. The program is a
TrueType file of two glyphs (OpenType 1.9: head, hhea, hmtx, maxp, loca, glyf); characters reach the second one by
their code, which is their code point in the Basic Multilingual Plane (ISO 32000-1, 9.7.4.2, CIDToGIDMap). It is a line
from corner to corner and back: PDFium passes over text whose glyphs have no extent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from struct import pack, unpack

import pikepdf
from pikepdf import Array, Dictionary, Name

EM = 1000
ADVANCE = 500  # of EM
ASCENT, DESCENT = 804, -196  # together one em: a line's type of 0.90 above and 0.22 below, scaled to its box's height
UNKNOWN = "\ufffd"  # stands for what is beyond two bytes
_NAME = Name("/KehoachText")
_BLOCK = 100  # entries of a CMap's section (Adobe technical note 5014)


def coded(text: str) -> bytes:
    """A text in the font's codes: two bytes a character."""
    return "".join(char if _has(char) else UNKNOWN for char in text).encode("utf-16-be")


def _has(char: str) -> bool:
    return " " <= char < "\ud800" or "\ue000" <= char < "\ufffe"


def program() -> bytes:
    """The bytes of the TrueType file."""
    head = pack(
        ">HHHHIIHHQQhhhhHHhhh",
        *(1, 0, 1, 0, 0, 0x5F0F3CF5, 0b11, EM, 0, 0),
        *(0, DESCENT, ADVANCE, ASCENT, 0, 8, 2, 0, 0),
    )
    hhea = pack(">HHhhhHhhhhhhhhhhhH", 1, 0, ASCENT, DESCENT, 0, ADVANCE, 0, 0, ADVANCE, 1, *[0] * 7, 1)
    maxp = pack(">IH13H", 0x00010000, 2, 2, 1, 0, 0, 2, *[0] * 8)
    line = pack(">hhhhhHHBBhhhh", 1, 0, DESCENT, ADVANCE, ASCENT, 1, 0, 1, 1, 0, ADVANCE, DESCENT, ASCENT - DESCENT)
    loca = pack(">HHH", 0, 0, len(line) // 2)
    hmtx = pack(">Hhh", ADVANCE, 0, 0)
    tables = {b"glyf": line, b"head": head, b"hhea": hhea, b"hmtx": hmtx, b"loca": loca, b"maxp": maxp}
    at, directory, body = 12 + 16 * len(tables), b"", b""
    for tag, data in tables.items():  # in the order of their names, as the directory must be
        directory += pack(">4sIII", tag, _checksum(data), at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    file = pack(">IHHHH", 0x00010000, len(tables), 64, 2, 32) + directory + body
    adjust = (0xB1B0AFBA - _checksum(file)) & 0xFFFFFFFF
    where = file.index(head) + 8
    return file[:where] + pack(">I", adjust) + file[where + 4 :]


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def embedded(pdf: pikepdf.Pdf, codes: Iterable[int]) -> pikepdf.Object:
    """The font in a PDF, for the characters with these code points."""
    known = sorted(set(codes))
    data = program()
    glyphs = bytearray(2 * (known[-1] + 1 if known else 1))
    for code in known:
        glyphs[2 * code + 1] = 1
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=_NAME,
        Flags=0b101,  # one width, and signs of its own
        FontBBox=[0, DESCENT, ADVANCE, ASCENT],
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=pdf.make_indirect(pdf.make_stream(data, Length1=len(data))),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=_NAME,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=ADVANCE,
        CIDToGIDMap=pdf.make_indirect(pdf.make_stream(bytes(glyphs))),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=_NAME,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_indirect(pdf.make_stream(_to_unicode(known))),
    )
    return pdf.make_indirect(font)


def _to_unicode(codes: Sequence[int]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        *_mapped(codes),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    return "\n".join(lines).encode("ascii")


def _mapped(codes: Sequence[int]) -> Iterator[str]:
    for at in range(0, len(codes), _BLOCK):
        block = codes[at : at + _BLOCK]
        yield f"{len(block)} beginbfchar"
        yield from (f"<{code:04X}> <{code:04X}>" for code in block)
        yield "endbfchar"
