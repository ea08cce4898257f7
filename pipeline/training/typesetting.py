"""Typesetting clean text as pictures of pages.

The layout is that of administrative documents (Decree 30/2020/NĐ-CP, Annex I): A4, a Times face of 13 or 14 points,
justified lines, paragraphs with a first-line indent, headings in capitals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

A4 = (8.27, 11.69)  # inches
MARGINS = (1.1, 0.7, 0.8, 0.8)  # inches: left, right, top, bottom
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


@dataclass(frozen=True)
class TypesetPage:
    """One page: a grey picture (8 bits a pixel), its dots an inch, and the lines on it from top to bottom."""

    picture: Image.Image
    dpi: int
    lines: tuple[str, ...]


def has_every_letter(font: Path) -> bool:
    """Tell whether a font draws each Vietnamese letter, small and capital, by a glyph of its own."""
    face = ImageFont.truetype(str(font), 40)
    missing = bytes(face.getmask("\uffff"))
    seen = {bytes(face.getmask(letter)) for letter in LETTERS + LETTERS.upper()}
    return missing not in seen and len(seen) == 2 * len(LETTERS)


def typeset(paragraphs: Iterator[str], fonts: Sequence[Path], rng: np.random.Generator) -> TypesetPage:
    """Typeset one page; font, size, resolution and leading are drawn at random for it.

    Args:
        paragraphs: text; as much is taken as fills the page.
        fonts: font files.
        rng: draws.
    """
    dpi = int(rng.choice([150, 200, 200, 300, 300, 300]))
    points = float(rng.choice([11, 12, 13, 13.5, 14, 14]))
    path = fonts[int(rng.integers(len(fonts)))]
    face = _face(path, round(points * dpi / 72))
    size = (round(A4[0] * dpi), round(A4[1] * dpi))
    picture = Image.new("L", size, 255)
    draw = ImageDraw.Draw(picture)
    left, right, top, bottom = (round(margin * dpi) for margin in MARGINS)
    leading = round(points * dpi / 72 * rng.uniform(1.15, 1.5))
    at, last, lines = top, size[1] - bottom - leading, []
    for paragraph in paragraphs:
        indent = round(0.4 * dpi * rng.integers(2))
        for line, first, ends in _wrapped(paragraph, face, size[0] - left - right, indent):
            x = left + (indent if first else 0)
            _draw(draw, line, x, at, face, None if ends else size[0] - right - x)
            lines.append(line)
            at += leading
            if at > last:
                return TypesetPage(picture, dpi, tuple(lines))
        at += round(leading * rng.uniform(0, 0.4))
        if at > last:
            break
    return TypesetPage(picture, dpi, tuple(lines))


@cache
def _face(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


def _wrapped(paragraph: str, face: ImageFont.FreeTypeFont, width: int, indent: int) -> Iterator[tuple[str, bool, bool]]:
    """The lines of a paragraph, each with whether it is the first and whether it is the last."""
    space = face.getlength(" ")
    line: list[str] = []
    room, first = width - indent, True
    for word in paragraph.split():
        length = face.getlength(word)
        if line and length > room:
            yield " ".join(line), first, False
            line, room, first = [], width, False
        line.append(word)
        room -= round(length + space)
    if line:
        yield " ".join(line), first, True


def _draw(
    draw: ImageDraw.ImageDraw, line: str, x: float, y: int, face: ImageFont.FreeTypeFont, width: int | None
) -> None:
    """One line at its place; spread over `width` pixels where it is justified."""
    words = line.split(" ")
    if width is None or len(words) < 2:
        draw.text((x, y), line, font=face, fill=0)
        return
    gap = (width - sum(face.getlength(word) for word in words)) / (len(words) - 1)
    for word in words:
        draw.text((round(x), y), word, font=face, fill=0)
        x += face.getlength(word) + gap
