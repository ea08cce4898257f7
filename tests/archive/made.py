"""Small PDFs and images, and documents as they would have been read of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from pipeline.document import Box, Document, Line, Page, RestoredToken, TextOrigin, Word

WIDE, HIGH = 420.0, 595.0  # points of a page as displayed
LETTER, SIZE = 6.0, 14.0
LINES = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "phát triển văn hóa đọc, học tập suốt đời", "Nơi nhận:")
GARBAGE = "phat trien vAn h6a doc"


def picture(mode: str = "RGB", size: tuple[int, int] = (210, 297)) -> Image.Image:
    """A page with a frame and a stroke that is not symmetric, so that a turned page shows."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((10, 10, size[0] - 10, size[1] - 10), outline="navy")
    draw.line((20, 30, size[0] // 2, 60), fill="maroon", width=4)
    return image.convert(mode)


def row(text: str, x0: float, y0: float, **fields: object) -> Line:
    """A level line of words at `x0`, `y0`."""
    words, at = [], 0
    for part in text.split():
        at = text.index(part, at)
        left = x0 + LETTER * at
        words.append(Word(at, at + len(part), Box(left, y0, left + LETTER * len(part), y0 + SIZE), 0.9))
        at += len(part)
    return Line(text, text, words=tuple(words), **fields)  # type: ignore[arg-type]


def rows(*texts: str) -> tuple[Line, ...]:
    """Lines one below the other."""
    return tuple(row(text, 60, 80 + 22 * at) for at, text in enumerate(texts or LINES))


def turned(line: Line, way: int, wide: float = WIDE, high: float = HIGH) -> Line:
    """A line of a page that was turned clockwise by `way` degrees, on the page as it then lies (`wide` by `high`)."""

    def turn(box: Box) -> Box:
        x0, y0, x1, y1 = box
        return {
            0: box,
            90: Box(wide - y1, x0, wide - y0, x1),
            180: Box(wide - x1, high - y1, wide - x0, high - y0),
            270: Box(y0, high - x1, y1, high - x0),
        }[way]

    words = tuple(Word(word.start, word.end, turn(word.box), word.confidence) for word in line.words)
    return Line(line.text, line.raw, words=words)


def read(
    path: Path,
    *pages: Sequence[Line],
    origin: TextOrigin = TextOrigin.OCR,
    media_type: str = "application/pdf",
    size: tuple[float, float] = (WIDE, HIGH),
) -> Document:
    """The document of a file whose pages hold these lines."""
    made = tuple(Page(at, tuple(lines), origin, "test", (), *size) for at, lines in enumerate(pages, 1))
    return Document(path.name, sha256(path.read_bytes()).hexdigest(), media_type, made)


def scan(
    path: Path,
    *,
    rotate: int = 0,
    shift: tuple[float, float] = (0, 0),
    content: str = "",
    fonts: Dictionary | None = None,
    pages: int = 1,
) -> Path:
    """A PDF of a picture a page, `WIDE` by `HIGH` as displayed, whose CropBox begins at `shift` of its user space."""
    pdf = pikepdf.new()
    wide, high = (HIGH, WIDE) if rotate in (90, 270) else (WIDE, HIGH)
    for _ in range(pages):
        file = io.BytesIO()
        picture().save(file, "JPEG")
        image = pdf.make_stream(
            file.getvalue(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=210,
            Height=297,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB,
            Filter=Name.DCTDecode,
        )
        page = pdf.add_blank_page(page_size=(wide, high)).obj
        x, y = shift
        page["/MediaBox"] = Array([x - 20, y - 30, x + wide + 20, y + high + 30])
        page["/CropBox"] = Array([x, y, x + wide, y + high])
        page["/Rotate"] = rotate
        page["/Resources"] = Dictionary(XObject=Dictionary(Im0=image))
        if fonts is not None:
            page["/Resources"]["/Font"] = fonts
        drawn = f"{wide} 0 0 {high} {x} {y} cm /Im0 Do"  # no q and Q, as some scanners write
        page["/Contents"] = pdf.make_stream(f"{content} {drawn}".encode("latin-1"))
    pdf.save(path)
    return path


def helvetica() -> Dictionary:
    """A font that is not embedded, as scanners' own readers leave it."""
    return Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))


def restored() -> Line:
    """A line of which one word was restored and another is doubtful."""
    text, raw = "phát triển văn hóa", "phat triền văn hóa"
    line = row(text, 60, 80)
    tokens = (
        RestoredToken(0, 4, 0, 4, 0.95, "phạt"),
        RestoredToken(5, 10, 5, 10, 1.0000000001),
        RestoredToken(11, 14, 11, 14, 0.6, "vân"),
    )
    return Line(text, raw, tuple(range(len(text))), words=line.words, tokens=tokens)
