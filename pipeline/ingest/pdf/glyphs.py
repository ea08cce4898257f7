"""The characters of a page with their places, and the style of the text objects that draw them.

PDFium's own text order is the order of the content stream, which puts letters of a fallback font behind the line they
belong to; so only its characters and their places are taken, and `layout` makes words and lines of them.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, ceil, degrees, hypot
from textwrap import wrap
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as native

from pipeline.document import Box
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.file.typed import TypedText
from pipeline.ingest.pdf.frame import DisplayFrame, Floats, Integers

BOLD_WEIGHT = 650
UNLIKE = 3.0  # times: a size that is so far from the height of the glyphs is in units of the font
SQUEEZED = 0.1  # of its height: narrower type is a stroke
ADVANCE, ASCENT, DESCENT, LEADING = 0.5, 0.9, 0.22, 1.2  # em: of letters that a program prints for a field
MAX_TYPED = 10_000  # characters of one field that are read
FEW = 20  # glyphs: fewer can be dashes and dots, which are low in any size

Mask = npt.NDArray[np.bool_]

_BOLD = re.compile(r"bold|black|heavy|demi(?!r)|[-,]bd|\bbd\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|kursiv|slanted", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
_ITALIC_FLAG = 1 << 6


class Run(NamedTuple):
    """What the characters of one text object share.

    `size` is in points, `angle` that of the baseline in degrees, clockwise positive. `face` is equal for those of one
    font. `guessed`: the file does not say which characters its glyphs stand for.
    """

    size: float
    bold: bool
    italic: bool
    angle: float
    guessed: bool = False
    face: int = 0


@dataclass(frozen=True)
class Glyphs:
    """The characters of a page in the order of the content stream; every array has shape (n,), `text` has n characters.

    Boxes are in points from the top left of the displayed page; x runs over the advance width. `base_x` and `base_y`
    are the origin of the character's run. `run` indexes `runs`; it is -1 for a character PDFium made up.
    """

    text: str
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    base_x: Floats
    base_y: Floats
    run: Integers
    runs: tuple[Run, ...]


def read_glyphs(handle: int, frame: DisplayFrame) -> tuple[Glyphs, list[int]]:
    """Read the characters of a text page, given by its address, and the text object of each run."""
    count = max(0, native.FPDFText_CountChars(ctypes.cast(handle, native.FPDF_TEXTPAGE)))
    text = text_of(handle, count)
    boxes = np.zeros((count, 4), np.float32)  # left, top, right, bottom in user space
    address = boxes.ctypes.data
    for at in range(count):
        calls.loose_box(handle, at, address + 16 * at)
    x, y = ctypes.c_double(), ctypes.c_double()
    runs: list[Run] = []
    run = np.full(count, -1, np.int64)
    base = np.zeros((count, 2))
    styles: dict[int, _Style] = {}
    fonts: list[int] = []
    owners: list[int] = []
    for first, last, owner in stretches_of(handle, count):
        calls.origin(handle, first, ctypes.addressof(x), ctypes.addressof(y))
        base[first:last] = frame.point(x.value, y.value)
        run[first:last] = len(runs)
        owners.append(owner)
        fonts.append(calls.object_font(owner) or 0)
        runs.append(_run(handle, first, owner, fonts[-1], styles, frame.rotation))
    wide = boxes.astype(np.float64)
    ax, ay = frame.points(wide[:, 0], wide[:, 1])
    bx, by = frame.points(wide[:, 2], wide[:, 3])
    x0, y0, x1, y1 = np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)
    if any(style.nameless for style in styles.values()):
        nameless = [font if styles[font].nameless else 0 for font in fonts]
        runs = _resized(runs, nameless, run, x1 - x0, y1 - y0)
    return Glyphs(text, x0, y0, x1, y1, base[:, 0], base[:, 1], run, tuple(runs)), owners


def text_of(handle: int, count: int) -> str:
    """Give the characters of a text page, one each: through the buffer, or one by one where the two do not agree."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    calls.get_text(handle, 0, count, ctypes.addressof(buffer))
    text = buffer.raw[: 2 * count].decode("utf-16-le", "replace")
    if len(text) == count and "\0" not in text:
        return text
    codes = (calls.unicode(handle, at) for at in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def stretches_of(handle: int, count: int) -> Iterator[tuple[int, int, int]]:
    """Give the stretches of characters of one text object each: first, behind the last, the object.

    An object's characters stand together, so that looking at every few of them finds where each stretch ends.
    """
    first, step = 0, 12
    while first < count:
        owner = calls.text_object(handle, first)
        if not owner:  # a character PDFium made up
            first += 1
            continue
        last = first
        while last + step < count and calls.text_object(handle, last + step) == owner:
            last += step
        end = min(last + step, count)
        while last + 1 < end:  # the last of the stretch is in [last, end)
            middle = (last + end) // 2
            if calls.text_object(handle, middle) == owner:
                last = middle
            else:
                end = middle
        yield first, end, owner
        first = end


def _resized(runs: Sequence[Run], fonts: Sequence[int], run: Integers, wide: Floats, high: Floats) -> list[Run]:
    """Runs of nameless fonts with the size their glyphs have where the stated one is far from it.

    Fonts of Type 3 have units of their own (PDF 32000-1, 9.6.5): one may be printed large in a size of 0.05.

    Args:
        runs: of the page.
        fonts: the font of each run, 0 for one with a name.
        run: of each glyph, shape (n,).
        wide: of the box of each glyph, in points, shape (n,).
        high: likewise.
    """
    drawn = run >= 0
    level = np.array([abs((one.angle + 90) % 180 - 90) < 45 for one in runs])
    reach = np.zeros(len(runs))
    np.maximum.at(reach, run[drawn], np.where(level[run[drawn]], high[drawn], wide[drawn]))
    letters = np.bincount(run[drawn], minlength=len(runs))
    kinds: dict[tuple[int, float], list[int]] = {}
    for at, font in enumerate(fonts):
        if font:
            kinds.setdefault((font, round(runs[at].size, 3)), []).append(at)
    out = list(runs)
    for (_, stated), members in kinds.items():
        printed = float(reach[members].max())
        shrunk = printed * UNLIKE < stated and int(letters[members].sum()) >= FEW
        if printed > stated * UNLIKE or (printed and shrunk):
            for at in members:
                out[at] = out[at]._replace(size=printed)
    return out


class _Style(NamedTuple):
    bold: bool
    italic: bool
    nameless: bool


def _run(handle: int, at: int, owner: int, font: int, styles: dict[int, _Style], rotation: int) -> Run:
    matrix = (calls.FLOAT * 6)()
    a, b, c, d = 1.0, 0.0, 0.0, 1.0
    if calls.matrix(handle, at, ctypes.addressof(matrix)):
        a, b, c, d = matrix[0], matrix[1], matrix[2], matrix[3]
    stated = calls.font_size(handle, at)
    if stated < 0:  # turns the glyphs by half a circle (PDF 32000-1, 9.4.4); most often the matrix turns them back
        stated, a, b = -stated, -a, -b
    size = stated * (hypot(c, d) or 1.0) if hypot(a, b) > SQUEEZED * hypot(c, d) else 0.0
    if font not in styles:
        styles[font] = _style(font) if font else _Style(False, False, False)
    bold, italic, _ = styles[font]
    slanted = abs(a * c + b * d) > 0.1 * hypot(a, b) * hypot(c, d)
    bold = bold or calls.render_mode(owner) == native.FPDF_TEXTRENDERMODE_FILL_STROKE
    angle = (-degrees(atan2(b, a)) + rotation + 180) % 360 - 180
    return Run(size, bold, italic or slanted, angle, calls.map_error(handle, at) == 1, font)


def _style(font: int) -> _Style:
    """Whether a font is bold, and italic: by its name, else by its descriptor."""
    buffer = ctypes.create_string_buffer(256)
    length = calls.font_name(font, ctypes.addressof(buffer), 256)
    name = _SUBSET.sub("", buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace"))
    flags = calls.font_flags(font)
    flags = 0 if flags < 0 else flags
    bold = (
        bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD) or (not name and calls.font_weight(font) >= BOLD_WEIGHT)
    )
    return _Style(bold, bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG), not name)


def without(glyphs: Glyphs, unread: Mask) -> tuple[Glyphs, str]:
    """Put blanks that PDFium made up in place of some glyphs, and give the text of these."""
    if not unread.any():
        return glyphs, ""
    gone = np.flatnonzero(unread).tolist()
    text = "".join(
        (" " if at and gone[at - 1] != place - 1 else "") + glyphs.text[place] for at, place in enumerate(gone)
    )
    left = "".join(" " if hid else char for char, hid in zip(glyphs.text, unread.tolist(), strict=True))
    return replace(glyphs, text=left, run=np.where(unread, -1, glyphs.run)), " ".join(text.split())


def with_typed(glyphs: Glyphs, typed: Sequence[tuple[Box, TypedText]]) -> Glyphs:
    """Add what was typed on a page and has no appearance, as programs print it: in its box, letters half an em wide."""
    text, runs = [glyphs.text], list(glyphs.runs)
    columns = [[one] for one in (glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1, glyphs.base_x, glyphs.base_y)]
    run = [glyphs.run]
    for box, said in typed:
        size, wide, high = said.size, max(1.0, box.x1 - box.x0), box.y1 - box.y0
        paragraphs = [" ".join(one.split()) for one in re.split(r"\r\n|[\r\n]", said.text[:MAX_TYPED])]
        width = max(1, int(wide / (ADVANCE * size)))
        lines = [line for one in paragraphs for line in wrap(one, width)] if said.wraps else [" ".join(paragraphs)]
        base = box.y0 + ASCENT * size if said.wraps else (box.y0 + box.y1 + (ASCENT - DESCENT) * size) / 2
        for line in lines[: max(1, ceil(high / (LEADING * size)))]:
            step, even = min(ADVANCE * size, wide / len(line)), np.ones(len(line))
            left: Floats = box.x0 + step * np.arange(len(line), dtype=np.float64)
            sides = left, even * (base - ASCENT * size), left + step, even * (base + DESCENT * size)
            for column, values in zip(columns, (*sides, even * box.x0, even * base), strict=True):
                column.append(values)
            run.append(np.full(len(line), len(runs), np.int64))
            text.append(line)
            runs.append(Run(size, False, False, 0.0))
            base += LEADING * size
    if not typed:
        return glyphs
    x0, y0, x1, y1, base_x, base_y = map(np.concatenate, columns)
    return Glyphs("".join(text), x0, y0, x1, y1, base_x, base_y, np.concatenate(run), tuple(runs))
