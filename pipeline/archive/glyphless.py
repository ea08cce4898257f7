"""A font without shapes: every character is a glyph half an em wide that leaves no ink.

Invisible text needs a font that says which characters it has and how wide they are, nothing else. The program is a
TrueType file of two glyphs (OpenType 1.9: head, hhea, hmtx, maxp, loca, glyf); characters reach the second one by
their code, which is their code point in the Basic Multilingual Plane (ISO 32000-1, 9.7.4.2, CIDToGIDMap). It is a line
from corner to corner and back: PDFium passes over text whose glyphs have no extent.
"""

from __future__ import annotations

from struct import pack, unpack

EM = 1000
ADVANCE = 500  # of EM
ASCENT, DESCENT = 804, -196  # together one em: a line's type of 0.90 above and 0.22 below, scaled to its box's height
UNKNOWN = "\ufffd"  # stands for what is beyond two bytes
NAME = "/KehoachText"  # of the font, and among the resources of a page


def coded(text: str) -> bytes:
    """Encode a text in the codes of the font: two bytes a character, U+FFFD for those outside the BMP."""
    return "".join(char if _has(char) else UNKNOWN for char in text).encode("utf-16-be")


def _has(char: str) -> bool:
    return " " <= char < "\ud800" or "\ue000" <= char < "\ufffe"


def program() -> bytes:
    """Build the TrueType file."""
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
