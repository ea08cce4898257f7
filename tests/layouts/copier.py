"""A plan as an office's scanner gives it: 200 dots an inch in black alone or as a colour JPEG.

On it lies what offices put there: a serial and a day by hand, a stamp of arrival, the seal over the signature and cut
into slices over the edges of the pages, the words of a digital signature, a watermark; rules worn by the drum.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.layouts import pdf

DPI = 200
RED, BLUE, PALE = (200, 30, 45), (40, 50, 150), (238, 196, 196)
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Copier:
    """How a scanner copies: in colour or in black alone, how askew, with how many streaks, wide pages on their side."""

    colour: bool
    skew: float = 0.6  # degrees at most
    blur: float = 0.7  # pixels
    noise: float = 9.0  # grey levels
    streaks: int = 3  # white ones, of the drum
    specks: int = 150
    quality: int = 60
    aside: int = 0  # degrees: 90 or 270 where wide pages lie on their side
    watermark: str = ""
    office: str = "Ủy ban nhân dân tỉnh Lào Cai"  # whose seal and signature it has


def copier(seed: int) -> Copier:
    """The scanner of a plan."""
    return Copier(
        colour=seed % 2 == 0,
        aside=(0, 0, 270, 90)[seed % 4],
        watermark=("", "", "BẢN SAO")[seed % 3],
        noise=(6.0, 9.0, 12.0)[seed % 3],
    )


def write(source: Path, path: Path, own: Copier, seed: int = 0) -> None:
    """Writes the pages of a PDF as the scanner gives them."""
    rng = np.random.default_rng(seed)
    out = []
    with pypdfium2.PdfDocument(source) as opened:
        for number, page in enumerate(opened):
            drawn = page.render(scale=DPI / 72).to_pil().convert("RGB")
            _put_on(drawn, page, number, own, rng)
            out.append(copied(np.asarray(drawn), own, rng))
    images = [packed(one, own) for one in out]
    images[0].save(path, "PDF", save_all=True, append_images=images[1:], resolution=DPI)


def _put_on(drawn: Image.Image, page: pypdfium2.PdfPage, number: int, own: Copier, rng: Generator) -> None:
    """Stamps, seals, what is written by hand."""
    draw = ImageDraw.Draw(drawn, "RGBA")
    if own.watermark:
        _watermark(drawn, own)
    y = float(rng.uniform(0.4, 0.6)) * drawn.height
    _seal(draw, drawn.width + 0.28 * DPI, y, own, rng)  # over the edges of all pages laid in a fan
    if number == 0:
        _arrival(draw, 0.05 * drawn.width, 0.2 * drawn.height, rng)
        for text, shift in (("Số:", 26), ("ngày", 30)):
            at = _place(page, text)
            if at:
                _by_hand(drawn, at[0] + shift * DPI / 72, at[1], str(rng.integers(10, 32)), rng)
        face = ImageFont.truetype(str(pdf.font_file(400)), round(7.5 * DPI / 72))
        draw.text((0.68 * drawn.width, 12), f"Ký bởi: {own.office}", (60, 60, 60), face)
        draw.text((0.68 * drawn.width, 36), "Thời gian ký: 14.03.2025 16:41:07 +07:00", (60, 60, 60), face)
    at = _place(page, "KT. CHỦ TỊCH")
    if at:
        _seal(draw, at[0] - 0.1 * DPI, at[1] + 0.6 * DPI, own, rng)
        _signature(drawn, at[0] + 0.2 * DPI, at[1] + 0.5 * DPI, rng)


def _place(page: pypdfium2.PdfPage, text: str) -> tuple[float, float] | None:
    """Where a text stands first, in pixels: its left side and its base."""
    words = page.get_textpage()
    found = words.search(text).get_next()
    if found is None:
        return None
    x0, y0, _, _ = words.get_charbox(found[0])
    return x0 * DPI / 72, (page.get_height() - y0) * DPI / 72


def _seal(draw: ImageDraw.ImageDraw, x: float, y: float, own: Copier, rng: Generator) -> None:
    """A round seal of 34 mm: two rings, a star, an office's name around it."""
    radius = 0.67 * DPI
    ink = (*RED, 215)
    for share, wide in ((1.0, 5), (0.93, 2), (0.62, 2)):
        r = share * radius
        draw.ellipse((x - r, y - r, x + r, y + r), outline=ink, width=wide)
    draw.regular_polygon((x, y, 0.25 * radius), 5, fill=ink)
    face = ImageFont.truetype(str(pdf.font_file(700)), round(8 * DPI / 72))
    words = own.office.upper()
    for at, letter in enumerate(words):
        angle = np.pi * (0.75 + 1.5 * at / len(words)) + float(rng.normal(0, 0.01))
        draw.text(
            (x + 0.77 * radius * np.cos(angle), y + 0.77 * radius * np.sin(angle)), letter, ink, face, anchor="mm"
        )


def _arrival(draw: ImageDraw.ImageDraw, x: float, y: float, rng: Generator) -> None:
    """The stamp of an office at which a copy arrived."""
    face = ImageFont.truetype(str(pdf.font_file(700)), round(9 * DPI / 72))
    draw.rectangle((x, y, x + 1.6 * DPI, y + 0.95 * DPI), outline=(*RED, 220), width=4)
    lines = ("VĂN PHÒNG HĐND TỈNH", f"ĐẾN  Số: {rng.integers(100, 9999)}", "Ngày: ...../...../.....")
    for at, line in enumerate(lines):
        draw.text((x + 10, y + 8 + at * 0.3 * DPI), line, (*RED, 220), face)


def _by_hand(drawn: Image.Image, x: float, y: float, text: str, rng: Generator) -> None:
    """A number by a blue pen."""
    flat = np.asarray(drawn).copy()
    turn = cv2.getRotationMatrix2D((x, y), float(rng.uniform(-4, 8)), 1.0)
    ink = np.zeros(flat.shape[:2], np.uint8)
    cv2.putText(ink, text, (round(x), round(y)), cv2.FONT_HERSHEY_SCRIPT_COMPLEX, 1.1, 255, 3, cv2.LINE_AA)
    share = cv2.warpAffine(ink, turn, ink.shape[::-1])[:, :, None] / 255.0
    drawn.paste(Image.fromarray((flat * (1 - share) + np.array(BLUE) * share).astype(np.uint8)))


def _signature(drawn: Image.Image, x: float, y: float, rng: Generator) -> None:
    points = np.cumsum(rng.normal(0, 1, (60, 2)) * (9, 16) + (5, 0), axis=0)
    path = [(x + a, y + 0.6 * b) for a, b in points]
    ImageDraw.Draw(drawn).line(path, fill=BLUE, width=4, joint="curve")


def _watermark(drawn: Image.Image, own: Copier) -> None:
    """Pale words from corner to corner, below the print."""
    face = ImageFont.truetype(str(pdf.font_file(700)), round(0.12 * drawn.width))
    over = Image.new("L", drawn.size, 0)
    middle = drawn.width / 2, drawn.height / 2
    ImageDraw.Draw(over).text(middle, own.watermark, 255, face, anchor="mm")
    share = np.asarray(over.rotate(30), np.float32)[:, :, None] / 255.0
    flat = np.asarray(drawn, np.float32)
    drawn.paste(Image.fromarray(np.minimum(flat, 255 - share * (255 - np.array(PALE))).astype(np.uint8)))


def copied(flat: Picture, own: Copier, rng: Generator) -> Picture:
    """The page as the drum saw it: a little askew, blurred, noisy, with white streaks and specks of dust."""
    high, wide = flat.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), float(rng.uniform(-own.skew, own.skew)), 1.0)
    seen = cv2.warpAffine(flat, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(255,) * 3).astype(np.float32)
    seen = cv2.GaussianBlur(seen, (0, 0), own.blur)
    for x in rng.integers(0, wide, own.streaks):
        seen[:, x : x + 2] += 130
    for x, y in zip(rng.integers(0, wide, own.specks), rng.integers(0, high, own.specks), strict=True):
        seen[y : y + rng.integers(1, 3), x : x + rng.integers(1, 4)] = 40
    seen += rng.normal(0, own.noise, (high, wide, 1))
    out = np.clip(seen, 0, 255).astype(np.uint8)
    if wide > high and own.aside:
        out = np.ascontiguousarray(np.rot90(out, own.aside // 90))
    return out


def packed(seen: Picture, own: Copier) -> Image.Image:
    """In colour as a JPEG, else of one bit."""
    if own.colour:
        held = io.BytesIO()
        Image.fromarray(seen).save(held, "JPEG", quality=own.quality, dpi=(DPI, DPI))
        return Image.open(io.BytesIO(held.getvalue()))
    grey = cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY)
    return Image.fromarray(grey > 150).convert("1")
