"""Simulating scanners, copiers and fax machines: blur, thick or thin strokes, dirt, skew, two tones, JPEG."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter


@dataclass(frozen=True)
class Machine:
    """The strength of each effect of one kind of machine; pairs are ranges from which a page's value is drawn."""

    blur: tuple[float, float]  # radius in pixels at 200 dpi
    noise: tuple[float, float]  # standard deviation of grey levels
    level: tuple[float, float] | None  # the threshold between black and white; None keeps the greys
    dirt: tuple[float, float]  # share of pixels that turn black or white
    skew: float  # degrees, at most, either way
    jpeg: tuple[int, int] | None  # quality
    grain: tuple[float, float] = (0, 0)  # uneven ink: strength of a slow noise along the strokes


MACHINES = {
    "clean scan": Machine((0.3, 0.7), (2, 8), None, (0, 0), 0.3, (60, 92)),
    "two-tone scan": Machine((0.5, 1.0), (5, 25), (110, 200), (0, 0.0005), 0.5, None, (0, 40)),
    "photocopy": Machine((0.7, 1.2), (5, 22), (105, 205), (0, 0.0006), 0.8, None, (10, 55)),
    "fax": Machine((0.6, 1.1), (10, 30), (120, 190), (0, 0.001), 0.6, None, (0, 50)),
    "poor JPEG": Machine((0.6, 1.2), (4, 14), None, (0, 0), 0.6, (18, 45)),
}


def degrade(page: Image.Image, dpi: int, machine: str, rng: np.random.Generator) -> Image.Image:
    """Degrade the picture of a page.

    Args:
        page: a grey picture.
        dpi: its resolution in dots an inch.
        machine: a key of `MACHINES`.
        rng: draws the strength of each effect.

    Returns:
        A grey picture of the same size.

    Raises:
        KeyError: there is no such machine.
    """
    kind = MACHINES[machine]
    if machine == "fax":  # 204 x 196 dots an inch, stretched again by who receives it
        small = page.resize((round(page.width * 204 / dpi), round(page.height * 196 / dpi)), Image.Resampling.BOX)
        page = small.resize(page.size, Image.Resampling.BILINEAR)
    if kind.skew:
        page = page.rotate(float(rng.uniform(-kind.skew, kind.skew)), Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(float(rng.uniform(*kind.blur)) * dpi / 200))
    grey = np.asarray(page, dtype=np.float32)
    grey = grey + rng.normal(0, rng.uniform(*kind.noise), grey.shape).astype(np.float32)
    if kind.grain[1]:
        grey = grey + rng.uniform(*kind.grain) * _slow_noise(grey.shape, rng)
    if kind.level:
        grey = np.where(grey < rng.uniform(*kind.level), 0.0, 255.0).astype(np.float32)
    if kind.dirt[1]:
        share = rng.uniform(*kind.dirt)
        dice = rng.random(grey.shape, dtype=np.float32)
        grey[dice < share / 2] = 0
        grey[dice > 1 - share / 2] = 255
    out = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if kind.jpeg:
        held = io.BytesIO()
        out.save(held, "JPEG", quality=int(rng.integers(*kind.jpeg)))
        out = Image.open(held)
        out.load()
    return out


def _slow_noise(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Noise of unit variance that changes over about four pixels."""
    small = rng.normal(0, 1, (shape[0] // 4 + 1, shape[1] // 4 + 1)).astype(np.float32)
    wide = Image.fromarray(small).resize((shape[1], shape[0]), Image.Resampling.BILINEAR)
    return np.asarray(wide, dtype=np.float32)
