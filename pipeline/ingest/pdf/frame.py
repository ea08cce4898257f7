"""The frame of a page as it is displayed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfPage

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class DisplayFrame:
    """From PDF user space to the page as displayed: cropped, turned by /Rotate, in points, y downwards."""

    def __init__(self, page: PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        self.rotation = page.get_rotation() % 360
        wide, high = right - left, top - bottom
        self.width, self.height = (high, wide) if self.rotation in (90, 270) else (wide, high)
        # X = a x + b y + c, Y = d x + e y + f
        self.a, self.b, self.c, self.d, self.e, self.f = {
            0: (1, 0, -left, 0, -1, top),
            90: (0, 1, -bottom, 1, 0, -left),
            180: (-1, 0, right, 0, 1, -bottom),
            270: (0, -1, top, -1, 0, right),
        }[self.rotation]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Map a point of user space to the displayed page."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Map many points, arrays of shape (n,)."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f
