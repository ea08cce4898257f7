"""What offices and sheets of paper leave on a page beside its print: stamps, signing times, marks, holes, seals.

`MARKS[name](drawn, ink, rng)` puts one on a page; what it says is no word of the document.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from tests.layouts import pdf

Ink = tuple[int, int, int]
RED, BLACK = (200, 30, 45), (25, 25, 25)
DPI = 200
ARRIVALS = (
    ("UBND HUYỆN BÁT XÁT", "ĐẾN  Số: {n}", "Ngày: {d}/{m}/2025", "Chuyển: ..........."),
    ("SỞ NỘI VỤ TỈNH LÀO CAI", "CÔNG VĂN ĐẾN", "Số: {n}", "Ngày {d} tháng {m} năm 2025"),
    ("VĂN PHÒNG HĐND TỈNH", "ĐẾN  Số: ..{n}....", "Ngày: ....{d}/{m}.....", "Số và ký hiệu HS: ......."),
    ("CÔNG VĂN ĐẾN", "Ngày: {d}/{m}/25", "Số: {n}", "Lưu hồ sơ số: ........"),
    ("TRUNG TÂM LƯU TRỮ", "Số đến: {n}", "Ngày đến: {d}/{m}/2025", "Kính chuyển: ........"),
)
COPIES = (
    ("SAO Y BẢN CHÍNH",),
    ("SAO Y",),
    ("SAO LỤC",),
    ("ỦY BAN NHÂN DÂN HUYỆN BÁT XÁT", "Số: {n}/SY-UBND", "SAO Y BẢN CHÍNH", "Ngày {d} tháng {m} năm 2025"),
    ("BẢN SAO",),
)
SIGNED = (
    ("Ký bởi: Ủy ban nhân dân tỉnh Lào Cai", "Thời gian ký: 14.{m}.2025 16:41:07 +07:00"),
    ("Người ký: Văn phòng Ủy ban nhân dân", "Email: vpubnd@laocai.gov.vn", "Thời gian ký: 14/{m}/2025 08:12:33"),
    ("Ký bởi: Trung tâm Công báo và Tin học", "Ngày ký: 14-{m}-2025 09:30:15 +07:00"),
)
PUBLISHERS = ("THƯ VIỆN PHÁP LUẬT", "www.LuatVietnam.vn", "LuatVietnam - Tel: 1900 6192", "thuvienphapluat.vn")
NEXT_SHEET = ("thực hiện", "của tỉnh", "và các", "Ủy ban", "quản lý", "năm 2025", "kế hoạch", "đơn vị")


def _face(points: float, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pdf.font_file(700 if bold else 400)), round(points * DPI / 72))


def _told(lines: tuple[str, ...], rng: Generator) -> list[str]:
    values = {"n": rng.integers(100, 9999), "d": rng.integers(10, 29), "m": f"{rng.integers(1, 13):02}"}
    return [line.format(**values) for line in lines]


def _block(
    drawn: Image.Image, at: tuple[float, float], lines: list[str], ink: Ink, face: ImageFont.FreeTypeFont, frame: bool
) -> None:
    """Lines one below the other, in a frame or without, a little askew as a hand stamps them."""
    wide = round(max(face.getlength(line) for line in lines)) + 24
    high = round(len(lines) * 1.25 * face.size) + 24
    own = Image.new("RGBA", (wide, high), (0, 0, 0, 0))
    pen = ImageDraw.Draw(own)
    if frame:
        pen.rectangle((2, 2, wide - 3, high - 3), outline=(*ink, 225), width=4)
    for number, line in enumerate(lines):
        x = (wide - face.getlength(line)) / 2
        pen.text((x, 10 + number * 1.25 * face.size), line, (*ink, 225), face)
    drawn.paste(own, (round(at[0]), round(at[1])), own)


def arrival(drawn: Image.Image, ink: Ink, rng: Generator) -> None:
    """The stamp of an office at which the copy arrived, where the head leaves room."""
    lines = _told(ARRIVALS[int(rng.integers(len(ARRIVALS)))], rng)
    x = float(rng.choice([0.04, 0.42])) * drawn.width
    _block(drawn, (x, float(rng.uniform(0.145, 0.16)) * drawn.height), lines, ink, _face(8, True), rng.random() < 0.7)


def copy(drawn: Image.Image, ink: Ink, rng: Generator) -> None:
    """What says that the sheet is a copy, at its upper or its lower edge."""
    lines = _told(COPIES[int(rng.integers(len(COPIES)))], rng)
    y = 0.012 if len(lines) == 1 and rng.random() < 0.5 else 0.99 - 0.02 * len(lines)
    _block(drawn, (float(rng.uniform(0.05, 0.2)) * drawn.width, y * drawn.height), lines, ink, _face(10, True), False)


def signed(drawn: Image.Image, ink: Ink, rng: Generator) -> None:
    """The words of a digital signature."""
    face, pen = _face(7.5), ImageDraw.Draw(drawn)
    for number, line in enumerate(_told(SIGNED[int(rng.integers(len(SIGNED)))], rng)):
        pen.text((0.66 * drawn.width, 14 + number * 24), line, (60, 60, 60), face)


def publisher(drawn: Image.Image, ink: Ink, rng: Generator) -> None:
    """A publisher's name at the foot or across the page, pale."""
    text, pen = str(rng.choice(PUBLISHERS)), ImageDraw.Draw(drawn)
    if rng.random() < 0.5:
        pen.text((0.35 * drawn.width, 0.965 * drawn.height), text, (90, 90, 90), _face(9))
        return
    over = Image.new("L", drawn.size, 0)
    ImageDraw.Draw(over).text((drawn.width / 2, drawn.height / 2), text, 60, _face(44, True), anchor="mm")
    drawn.paste(Image.new("RGB", drawn.size, (110, 110, 110)), (0, 0), over.rotate(45))


def edge(drawn: Image.Image, ink: Ink, rng: Generator) -> None:
    """Ends of the words of the sheet that lay beside it."""
    face, pen = _face(13), ImageDraw.Draw(drawn)
    left = rng.random() < 0.5
    y = float(rng.uniform(0.2, 0.4)) * drawn.height
    for word in rng.choice(NEXT_SHEET, 9):
        shown = float(rng.uniform(0.25, 0.7)) * face.getlength(str(word))
        x = shown - face.getlength(str(word)) if left else drawn.width - shown
        pen.text((x, y), str(word), BLACK, face)
        y += 1.32 * face.size


def holes(drawn: Image.Image, ink: Ink, rng: Generator) -> None:
    """Holes of a punch, black on the copy, and staples."""
    pen = ImageDraw.Draw(drawn)
    for share in (0.36, 0.63):
        x, y, radius = 0.07 * drawn.width, share * drawn.height, 0.11 * DPI
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=BLACK)
    pen.line((0.05 * drawn.width, 0.03 * drawn.height, 0.09 * drawn.width, 0.024 * drawn.height), fill=BLACK, width=5)


def seal(drawn: Image.Image, ink: Ink, rng: Generator) -> None:
    """A round seal over lines of the text."""
    over = Image.new("RGBA", drawn.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(over)
    x, y, radius = float(rng.uniform(0.55, 0.75)) * drawn.width, float(rng.uniform(0.4, 0.6)) * drawn.height, 0.67 * DPI
    for share, wide in ((1.0, 5), (0.93, 2), (0.62, 2)):
        r = share * radius
        pen.ellipse((x - r, y - r, x + r, y + r), outline=(*ink, 215), width=wide)
    face = _face(8, True)
    for at, letter in enumerate("ỦY BAN NHÂN DÂN TỈNH LÀO CAI"):
        angle = np.pi * (0.75 + 1.5 * at / 28)
        place = (x + 0.77 * radius * np.cos(angle), y + 0.77 * radius * np.sin(angle))
        pen.text(place, letter, (*ink, 215), face, anchor="mm")
    tips = [
        (x + r * np.sin(a), y - r * np.cos(a)) for a, r in zip(np.arange(11) * np.pi / 5, (45, 18) * 6, strict=False)
    ]
    for one, other in pairwise(tips):
        pen.line((one, other), fill=(*ink, 215), width=3)
    drawn.paste(over, (0, 0), over)


MARKS: dict[str, Callable[[Image.Image, Ink, Generator], None]] = {
    one.__name__: one for one in (arrival, copy, signed, publisher, edge, holes, seal)
}
