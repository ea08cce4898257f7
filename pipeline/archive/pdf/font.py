"""The glyphless font as an object of a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf

from pipeline.archive.glyphless import ADVANCE, ASCENT, DESCENT, NAME, program

_BLOCK = 100  # entries of a CMap's section (Adobe technical note 5014)


def embed_glyphless(pdf: Pdf, codes: Iterable[int]) -> Object:
    """Add the glyphless font to a PDF (ISO 32000-1, 9.7: a Type 0 font over a CIDFont).

    Args:
        pdf: the file that gets the font.
        codes: the code points of the characters that are shown in it, each below 65536.

    Returns:
        The font dictionary, an indirect object.
    """
    name = Name(NAME)
    known = sorted(set(codes))
    data = program()
    glyphs = bytearray(2 * (known[-1] + 1 if known else 1))
    for code in known:
        glyphs[2 * code + 1] = 1
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
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
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=ADVANCE,
        CIDToGIDMap=pdf.make_indirect(pdf.make_stream(bytes(glyphs))),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
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
