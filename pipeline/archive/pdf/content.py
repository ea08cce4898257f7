"""The rules of PDF/A-2b for content streams and the fonts they show text in (ISO 19005-2, 6.2.2 to 6.2.11)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from struct import error as Torn
from struct import unpack_from
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

DEEPEST = 28  # q within q (ISO 19005-2, 6.1.13)
OFF = 1.5  # thousandths of an em: by so much a stated width may differ from the font's


@cache
def allowed(key: str) -> frozenset[str]:
    """The names that `pdfa.toml` lists under a key, without their slash."""
    text = files("pipeline.archive.pdf").joinpath("pdfa.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)[key]).split())


def is_allowed(key: str, name: object) -> bool:
    """Tell whether a name object is listed under a key of `pdfa.toml`; None, no name, is allowed."""
    return name is None or str(name).removeprefix("/") in allowed(key)


class UsedGlyphs:
    """The codes that visible text shows in each font, by the font's object number."""

    def __init__(self) -> None:
        self.codes: dict[tuple[int, int], set[int]] = {}
        self.fonts: dict[tuple[int, int], Object] = {}

    def add(self, font: Object, data: bytes) -> None:
        """Add the two-byte codes of a string that is shown in a font."""
        key = font.objgen if font.is_indirect else (id(font), -1)
        self.fonts.setdefault(key, font)
        self.codes.setdefault(key, set()).update(
            high << 8 | low for high, low in zip(data[::2], data[1::2], strict=False)
        )

    def fault(self) -> str | None:
        """Find a font that breaks PDF/A-2b or is not checked, in words; None where all are well."""
        for key, font in self.fonts.items():
            why = font_fault(font, self.codes[key])
            if why:
                return f"the font {str(font.get('/BaseFont', '/without a name'))[1:]} {why}"
        return None


def content_fault(holder: Object, resources: Object | None, used: UsedGlyphs, mode: int = 0) -> str | None:
    """Find what of a content stream breaks PDF/A-2b, or is not checked.

    Args:
        holder: the page, form or pattern whose operators are looked at.
        resources: what their names stand for.
        used: collects the codes that visible text shows.
        mode: the text rendering mode at the beginning (ISO 32000-1, table 106).

    Returns:
        The fault in words; None where all is well.
    """
    fonts = (resources or Dictionary()).get("/Font") or Dictionary()
    stack: list[tuple[int, Object | None]] = []
    font: Object | None = None
    for one in pikepdf.parse_content_stream(holder):
        operator, operands = str(one.operator), one.operands
        if fault := _operator_fault(operator, list(operands)):
            return fault
        if operator == "q":
            stack.append((mode, font))
            if len(stack) > DEEPEST:
                return "its graphics states lie too deep"
        elif operator == "Q":
            if not stack:
                return "its graphics states do not pair"
            mode, font = stack.pop()
        elif operator == "Tr":
            mode = int(operands[0])
        elif operator == "Tf":
            font = fonts.get(str(operands[0]))
        elif operator in ("Tj", "TJ", "'", '"') and mode != 3:
            if font is None:
                return "text is shown in a font it does not have"
            last = operands[-1]
            for part in last if isinstance(last, Array) else [last]:
                if isinstance(part, pikepdf.String):
                    used.add(font, bytes(part))
    return "its graphics states do not pair" if stack else None


def _operator_fault(operator: str, operands: Sequence[Any]) -> str | None:
    """What of one operator, wherever it stands, breaks PDF/A-2b or is not checked."""
    if operator == "INLINE IMAGE":
        return "inline images are not checked"
    if operator not in allowed("operators"):
        return f"the operator {operator[:10]} is none of PDF's"
    if operator in ("k", "K") or (operator in ("cs", "CS") and operands and operands[0] == Name.DeviceCMYK):
        return "it has CMYK colours"
    if operator == "ri" and not is_allowed("intents", operands[0]):
        return "a rendering intent is none of PDF's"
    return None


def font_fault(font: Object, codes: set[int]) -> str | None:
    """Find what of a font breaks PDF/A-2b: it is not embedded, lacks a glyph, or its widths differ from those stated.

    Args:
        font: the font dictionary.
        codes: the codes shown in it.

    Returns:
        The fault in words, also for a font of a kind that is not checked; None where all is well.
    """
    if font.get("/Subtype") != Name.Type0:
        below = font.get("/FontDescriptor") or Dictionary()
        embedded = any(key in below for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        return "is not checked glyph by glyph" if embedded else "is not embedded"
    inner = font["/DescendantFonts"][0]
    file = (inner.get("/FontDescriptor") or Dictionary()).get("/FontFile2")
    if inner.get("/Subtype") != Name.CIDFontType2 or font.get("/Encoding") != Name("/Identity-H"):
        return "is not checked glyph by glyph"
    if not isinstance(file, Stream):
        return "is not embedded"
    to_glyph = inner.get("/CIDToGIDMap")
    if not isinstance(to_glyph, Stream) and to_glyph != Name.Identity:
        return "does not say which glyph a code is (CIDToGIDMap)"
    table = to_glyph.read_bytes() if isinstance(to_glyph, Stream) else None
    try:
        advances = _advances(file.read_bytes())
    except (Torn, KeyError, IndexError, ZeroDivisionError):
        return "cannot be read"
    stated, usual = _widths(inner)
    for code in codes:
        glyph = code if table is None else int.from_bytes(table[2 * code : 2 * code + 2], "big")
        if glyph == 0 or glyph >= len(advances):
            return "lacks a glyph that is shown"
        if abs(stated.get(code, usual) - advances[glyph]) > OFF:
            return "has other widths than are stated"
    return None


def _advances(data: bytes) -> list[float]:
    """The advance width of each glyph of a TrueType font in thousandths of an em (OpenType 1.9: head, hhea, hmtx)."""
    tables = {}
    for at in range(unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = unpack_from(">4sIII", data, 12 + 16 * at)
        tables[tag] = offset
    em = unpack_from(">H", data, tables[b"head"] + 18)[0]
    metrics = unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    glyphs: int = unpack_from(">H", data, tables[b"maxp"] + 4)[0]
    own: list[float] = [unpack_from(">H", data, tables[b"hmtx"] + 4 * at)[0] * 1000 / em for at in range(metrics)]
    return [*own[:glyphs], *(own[-1:] * (glyphs - metrics))]


def _widths(inner: Object) -> tuple[dict[int, float], float]:
    """The widths that a CIDFont states by code, and that of all other codes (ISO 32000-1, 9.7.4.3)."""
    out: dict[int, float] = {}
    entries = list(inner.get("/W", []))
    at = 0
    while at + 1 < len(entries):
        first, second = int(entries[at]), entries[at + 1]
        if isinstance(second, Array):
            out.update((first + n, float(width)) for n, width in enumerate(second))
            at += 2
        else:
            out.update(dict.fromkeys(range(first, min(int(second), 0xFFFF) + 1), float(entries[at + 2])))
            at += 3
    return out, float(inner.get("/DW", 1000))
