"""A plan as a scan: the born-digital PDF rendered and degraded as the benchmarks do it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import pypdfium2

from tests.benchmarks.paper import STRENGTHS, scanned

STRENGTH = "middling"  # 200 dpi, a degree askew at most, blurred, noisy, a coffee ring


def write(
    source: Path, path: Path, seed: int = 0, strength: str = STRENGTH, only: Collection[int] | None = None
) -> None:
    """Writes the pages of a PDF, or `only` those of some numbers, as pictures of them."""
    dpi = STRENGTHS[strength][0]
    rng = np.random.default_rng(seed)
    with pypdfium2.PdfDocument(source) as opened:
        numbers = range(1, len(opened) + 1) if only is None else sorted(only)
        pages = [opened[number - 1].render(scale=dpi / 72).to_pil().convert("RGB") for number in numbers]
    scans = [scanned(page, strength, rng) for page in pages]
    scans[0].save(path, "PDF", save_all=True, append_images=scans[1:], resolution=dpi)
