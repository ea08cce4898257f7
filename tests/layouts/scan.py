"""A plan as a scan: the born-digital PDF rendered and degraded as the benchmarks do it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2

from tests.benchmarks.paper import STRENGTHS, scanned

STRENGTH = "middling"  # 200 dpi, a degree askew at most, blurred, noisy, a coffee ring


def write(source: Path, path: Path, seed: int = 0, strength: str = STRENGTH) -> None:
    """Writes the pages of a PDF as pictures of them."""
    dpi = STRENGTHS[strength][0]
    rng = np.random.default_rng(seed)
    with pypdfium2.PdfDocument(source) as opened:
        pages = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in opened]
    scans = [scanned(page, strength, rng) for page in pages]
    scans[0].save(path, "PDF", save_all=True, append_images=scans[1:], resolution=dpi)
