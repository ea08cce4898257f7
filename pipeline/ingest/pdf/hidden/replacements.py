"""Replacement text (/ActualText) that says other words than the glyphs it stands for."""

from __future__ import annotations

import ctypes
from collections import Counter
from difflib import SequenceMatcher

import pypdfium2.raw as native
from pypdfium2 import PdfPage

from pipeline.ingest.language_check import syllable_share
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.file.strings import text_string
from pipeline.ingest.pdf.glyphs import stretches_of, text_of
from pipeline.ingest.pdf.objects import DrawnObjects
from pipeline.language.accents import remove_accents

SHORT = 3  # characters: shorter replacements are for ligatures and hyphens
READABLE = 0.5  # of the words: glyphs that make fewer syllables cannot be held against their replacement
ALIKE = 0.7  # of the letters
LONG = 400  # letters: comparing longer texts letter by letter takes too long


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
    said: dict[int, bytes] = {}
    members: dict[int, list[int]] = {}  # the objects between the two ends of each mark
    for owner in drawn.texts:
        for at in range(calls.count_marks(owner)):
            mark = calls.mark(owner, at)
            if mark and (mark in said or (value := _replacement(mark))):
                said.setdefault(mark, value)
                members.setdefault(mark, []).append(owner)
    if not said:
        return []
    for mark, owners in members.items():
        native.FPDFPageObjMark_RemoveParam(_object(owners[0]), _mark(mark), b"ActualText")
    said = {mark: value for mark, value in said.items() if text_string(value).strip()}  # a blank says nothing else
    own = _own_text(page) if said else {}
    out: list[str] = []
    for mark, value in said.items():
        owners = members[mark]
        if _is_lie(text_string(value), "".join(own.get(owner, "") for owner in owners)):
            out.append(text_string(value))
            continue
        held = (ctypes.c_ubyte * len(value)).from_buffer_copy(value)
        native.FPDFPageObjMark_SetBlobParam(
            page.pdf.raw, _object(owners[0]), _mark(mark), b"ActualText", held, len(value)
        )
    return out


def _is_lie(said: str, own: str) -> bool:
    """Whether a replacement has other figures than the letters it stands for, or other words, accents aside."""
    if syllable_share(own) < READABLE and not own.strip().replace("/", "").isdigit():
        return False
    ours, theirs = (remove_accents(text.lower()) for text in (own, said))
    if [char for char in ours if char.isdigit()] != [char for char in theirs if char.isdigit()]:
        return True
    return _likeness(_letters(ours), _letters(theirs)) < ALIKE


def _likeness(one: str, other: str) -> float:
    """How much two strings of letters have in common, 0 to 1; of long ones their groups of three are counted."""
    if one == other:
        return 1.0
    if max(len(one), len(other)) <= LONG:
        return SequenceMatcher(None, one, other, autojunk=False).ratio()
    groups = [Counter(map("".join, zip(text, text[1:], text[2:], strict=False))) for text in (one, other)]
    return 2 * (groups[0] & groups[1]).total() / max(1, groups[0].total() + groups[1].total())


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


def _own_text(page: PdfPage) -> dict[int, str]:
    """The text of each text object, as its glyphs say, with what PDFium makes up behind it."""
    out: dict[int, str] = {}
    text_page = page.get_textpage()
    try:
        handle = ctypes.cast(text_page.raw, calls.POINTER).value or 0
        text = text_of(handle, text_page.count_chars())
        stretches = list(stretches_of(handle, len(text)))
        ends = [first for first, _, _ in stretches[1:]] + [len(text)]
        for (first, _, owner), end in zip(stretches, ends, strict=True):
            out[owner] = out.get(owner, "") + text[first:end]
    finally:
        text_page.close()
    return out
