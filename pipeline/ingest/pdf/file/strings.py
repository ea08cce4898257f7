"""Text strings of a PDF (PDF 32000-2, 7.9.2.2)."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE


def text_string(value: bytes) -> str:
    """Decode a text string; what is in PDFDocEncoding is near Latin-1."""
    if value.startswith(BOM_UTF16_BE):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(BOM_UTF8):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")
