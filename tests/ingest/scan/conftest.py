"""What tests of scanned pages share."""

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.ingest.scan.scanned import DATA


@pytest.fixture(scope="session")
def photographed():
    def photograph(page, corners, wide=1480, high=1010):
        """A page lying on a dark desk under a light from the left; the way from the page to the picture."""
        rows, columns = page.shape[:2]
        flat = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
        matrix = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
        desk = cv2.warpPerspective(page, matrix, (wide, high), flags=cv2.INTER_AREA, borderValue=(60, 50, 45))
        shade = np.linspace(0.95, 0.7, wide)[None, :, None]
        return np.asarray(desk * shade, np.uint8), matrix

    return photograph


@pytest.fixture(scope="session")
def scan() -> Image.Image:
    return Image.open(DATA / "scan.png").convert("RGB")
