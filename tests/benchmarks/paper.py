"""The clean founding plans as paper: typeset, stamped, stained, scanned in three strengths."""

from __future__ import annotations

import io
import os
import re
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pikepdf
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


def layered(path, strength, out):
    """Write a plan as a PDF of scans under the text that a reader of English makes of them ("clean": as typeset)."""
    rng = np.random.default_rng(sum(path.stem.encode()))
    pages = sheets(path, 300)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.jpg" for number in range(len(pages))]
        for file, page in zip(files, pages, strict=True):
            page = page if strength == "clean" else scanned(page, strength, rng, page is pages[-1])
            page.convert("RGB").save(file, quality=88, dpi=(300, 300))
        (Path(folder) / "list").write_text("\n".join(map(str, files)))
        subprocess.run(
            ["tesseract", f"{folder}/list", str(out.with_suffix("")), "-l", "eng", "pdf"],
            check=True,
            capture_output=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )


def without_layer(path, out):
    """The same PDF without its text: the same pictures, to the byte."""
    with pikepdf.open(path) as document:
        for page in document.pages:
            kept = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) in ("q", "Q", "cm", "Do")]
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
        document.save(out)


def photographed(page, tilt, rng, wide=2400, high=3200):
    """A page on a dark desk, its corners moved by up to `tilt` of the picture, under a light from one side."""
    flat = np.asarray(page)
    rows, columns = flat.shape[:2]
    edge = 0.08
    corners = np.array([(edge, edge), (1 - edge, edge), (1 - edge, 1 - edge), (edge, 1 - edge)])
    corners = (corners + rng.uniform(-tilt, tilt, (4, 2))) * (wide, high)
    whole = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
    matrix = cv2.getPerspectiveTransform(whole, corners.astype(np.float32))
    seen = cv2.warpPerspective(
        flat.astype(np.float32), matrix, (wide, high), flags=cv2.INTER_AREA, borderValue=(-1,) * 3
    )
    desk = np.array((70, 55, 45)) + rng.normal(0, 6, (high, wide, 1))
    y, x = np.mgrid[0:high, 0:wide]
    across, down = rng.uniform(-0.2, 0.2, 2)
    light = 0.78 + across * (x / wide - 0.5) + down * (y / high - 0.5)
    seen = np.where(seen[:, :, :1] < 0, desk, seen) * light[:, :, None]
    noisy = cv2.GaussianBlur(seen, (0, 0), 0.8) + rng.normal(0, 4, (high, wide, 1))
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def pdf(path, strength, out, layer=None):
    """Write a plan as a scanned PDF to `out`; its pages as they were typeset."""
    dpi = STRENGTHS[strength][0]
    rng = np.random.default_rng(sum(path.stem.encode()))
    pages = sheets(path, dpi)
    scans = [scanned(page, strength, rng, page is pages[-1]) for page in pages]
    scans[0].save(out, "PDF", save_all=True, append_images=scans[1:], resolution=dpi)
    return scans
