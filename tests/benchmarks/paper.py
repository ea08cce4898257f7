"""The clean founding plans as paper: typeset, stamped, stained, scanned in three strengths."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.ingest import ingest

FONTS = ("texgyretermes-regular.otf", "texgyretermes-bold.otf")
PLACES = (Path("/usr/share/texmf/fonts"), Path("/usr/share/fonts"))
# dots per inch, skew in degrees at most, blur radius, noise (grey levels), JPEG quality
STRENGTHS = {"light": (300, 0.5, 0.6, 4, 85), "middling": (200, 1.0, 0.6, 7, 65), "hard": (150, 2.0, 0.5, 9, 45)}
TITLE = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|CỘNG H|Độc lập|KẾ HOẠCH$|Triển khai |của Thủ tướng|phục vụ học|đến năm 20|\(Ban hành)"
)


def fonts():
    """The regular and the bold face; None where they are not installed (Debian: fonts-texgyre)."""
    found = [next((file for place in PLACES for file in place.rglob(name)), None) for name in FONTS]
    return found if all(found) else None


def sheets(path, dpi, points=13.5):
    """The pages of a plan at `dpi`, in RGB, each line of the file a paragraph of its own."""
    regular, bold = fonts()
    size = points * dpi / 72
    faces = [ImageFont.truetype(str(face), round(size)) for face in (regular, bold)]
    wide, high = round(8.27 * dpi), round(11.69 * dpi)
    left, right, top, bottom = (round(inches * dpi) for inches in (1.18, 0.6, 0.8, 0.8))
    room, leading = wide - left - right, round(size * 1.3)
    pages, at = [], high
    lines = [line for _, line in ingest(path).lines()]
    for number, line in enumerate(lines):
        if not line.text:
            at += leading // 3
            continue
        heading = line.heading_level is not None or line.text.isupper()
        face = faces[heading]
        centred = (number < 12 and bool(TITLE.match(line.text))) or (line.heading_level or 9) <= 3
        for text, last in wrapped(line.text, face, room):
            if at + leading > high - bottom:
                pages.append(Image.new("RGB", (wide, high), "white"))
                draw, at = ImageDraw.Draw(pages[-1]), top
            length = face.getlength(text)
            words = text.split(" ")
            if centred:
                draw.text((left + (room - length) / 2, at), text, font=face, fill=(20, 20, 20))
            elif last or len(words) < 2:
                draw.text((left, at), text, font=face, fill=(20, 20, 20))
            else:
                gap = (room - sum(face.getlength(word) for word in words)) / (len(words) - 1)
                x = float(left)
                for word in words:
                    draw.text((x, at), word, font=face, fill=(20, 20, 20))
                    x += face.getlength(word) + gap
            at += leading
        at += leading // 5
    return pages


def wrapped(text, face, room):
    """The lines of a paragraph, each with whether it is the last."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and face.getlength(longer) > room:
            yield line, False
            longer = word
        line = longer
    yield line, True


def scanned(page, strength, rng, last=False):
    """A page as a scanner gives it; the last one has a stamp over its foot, each has a coffee ring."""
    dpi, skew, blur, noise, quality = STRENGTHS[strength]
    page = page.convert("RGBA")
    over = Image.new("RGBA", page.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(over)
    x, y = rng.uniform(0.3, 0.7) * page.width, rng.uniform(0.2, 0.8) * page.height
    radius = 0.75 * dpi
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(150, 105, 60, 110), width=round(0.09 * dpi))
    if last:
        x, y, radius = 0.68 * page.width, 0.3 * page.height, 0.72 * dpi
        for inner in (0, 0.22):
            r = radius * (1 - inner)
            draw.ellipse((x - r, y - r, x + r, y + r), outline=(205, 30, 40, 215), width=round(0.025 * dpi))
        draw.regular_polygon((x, y, 0.2 * radius), 5, fill=(205, 30, 40, 200))
    page = Image.alpha_composite(page, over.filter(ImageFilter.GaussianBlur(dpi / 200))).convert("RGB")
    page = page.rotate(float(rng.uniform(-skew, skew)), Image.Resampling.BICUBIC, fillcolor="white")
    page = page.filter(ImageFilter.GaussianBlur(blur * dpi / 200))
    noisy = np.asarray(page, np.float32) * 0.97 + rng.normal(0, noise, (page.height, page.width, 1))
    held = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(held, "JPEG", quality=quality, dpi=(dpi, dpi))
    held.seek(0)
    return Image.open(held)


def pdf(path, strength, out, layer=None):
    """Write a plan as a scanned PDF to `out`; its pages as they were typeset."""
    dpi = STRENGTHS[strength][0]
    rng = np.random.default_rng(sum(path.stem.encode()))
    pages = sheets(path, dpi)
    scans = [scanned(page, strength, rng, page is pages[-1]) for page in pages]
    scans[0].save(out, "PDF", save_all=True, append_images=scans[1:], resolution=dpi)
    return scans
