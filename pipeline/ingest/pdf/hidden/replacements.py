"""Replacement text (/ActualText) that says other words than the glyphs it stands for."""

from __future__ import annotations

import ctypes
from codecs import BOM_UTF8, BOM_UTF16_BE
from collections.abc import Sequence
from difflib import SequenceMatcher

import pypdfium2.raw as native
from pypdfium2 import PdfPage

from pipeline.ingest.language_check import syllable_share
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.objects import DrawnObjects
from pipeline.language.accents import remove_accents

SHORT = 3  # characters: shorter replacements are for ligatures and hyphens
READABLE = 0.5  # of the words: glyphs that make fewer syllables cannot be held against their replacement
ALIKE = 0.7  # of the letters


def without_lies(page: PdfPage, drawn: DrawnObjects) -> list[str]:
    """Take from a page the replacement text (/ActualText) that says other words than its letters.

    It is to say what glyphs stand for that are no letters (PDF 32000-1, 14.9.4), and is what PDFium reads; a reader
    sees the glyphs.

    Args:
        page: open, its text not yet read.
        drawn: its objects.

    Returns:
        What was said.
    """
    said: list[tuple[int, int, bytes]] = []
    for owner in drawn.texts:
        for at in range(calls.count_marks(owner)):
            mark = calls.mark(owner, at)
            if mark and (value := _replacement(mark)):
                said.append((owner, mark, value))
    if not said:
        return []
    for owner, mark, _ in said:
        native.FPDFPageObjMark_RemoveParam(_object(owner), _mark(mark), b"ActualText")
    own = _own_text(page, [owner for owner, _, _ in said])
    out: list[str] = []
    for value in dict.fromkeys(value for _, _, value in said):
        members = [(owner, mark) for owner, mark, other in said if other == value]
        if _is_lie(_text(value), "".join(own[owner] for owner, _ in members)):
            out.append(_text(value))
            continue
        for owner, mark in members:
            held = (ctypes.c_ubyte * len(value)).from_buffer_copy(value)
            native.FPDFPageObjMark_SetBlobParam(
                page.pdf.raw, _object(owner), _mark(mark), b"ActualText", held, len(value)
            )
    return out


def _is_lie(said: str, own: str) -> bool:
    """Whether a replacement has other figures than the letters it stands for, or other words, accents aside."""
    if syllable_share(own) < READABLE and not own.strip().replace("/", "").isdigit():
        return False
    ours, theirs = (remove_accents(text.lower()) for text in (own, said))
    if [char for char in ours if char.isdigit()] != [char for char in theirs if char.isdigit()]:
        return True
    return SequenceMatcher(None, _letters(ours), _letters(theirs), autojunk=False).ratio() < ALIKE


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _object(owner: int) -> object:
    return ctypes.cast(owner, native.FPDF_PAGEOBJECT)


def _mark(mark: int) -> object:
    return ctypes.cast(mark, native.FPDF_PAGEOBJECTMARK)


def _replacement(mark: int) -> bytes:
    """The replacement text of a mark, as it stands in the file; empty for none or a short one."""
    length = ctypes.c_ulong()
    size = ctypes.addressof(length)
    if not calls.mark_blob(mark, b"ActualText", None, 0, size) or length.value <= SHORT:
        return b""
    held = ctypes.create_string_buffer(length.value)
    calls.mark_blob(mark, b"ActualText", ctypes.addressof(held), length.value, size)
    return held.raw[: length.value]


def _text(value: bytes) -> str:
    """A text string of a PDF (PDF 32000-2, 7.9.2.2); what is in PDFDocEncoding is near Latin-1."""
    if value.startswith(BOM_UTF16_BE):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(BOM_UTF8):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")


def _own_text(page: PdfPage, owners: Sequence[int]) -> dict[int, str]:
    """The text of text objects, as their glyphs say."""
    out: dict[int, str] = {}
    text_page = page.get_textpage()
    try:
        for owner in owners:
            length = native.FPDFTextObj_GetText(_object(owner), text_page.raw, None, 0)
            held = ctypes.create_string_buffer(max(2, length))
            buffer = ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort))
            native.FPDFTextObj_GetText(_object(owner), text_page.raw, buffer, length)
            out[owner] = held.raw.decode("utf-16-le", "replace").rstrip("\0")
    finally:
        text_page.close()
    return out
