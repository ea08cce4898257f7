"""Sheets photographed at an angle."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.document import Box
from pipeline.ingest.scan.paper import PaperFrame, find_sheet, squared
from pipeline.ingest.scan.picture import as_array

DATA = Path(__file__).parents[2] / "data"
CORNERS = ((150.0, 90.0), (1390.0, 140.0), (1330.0, 930.0), (60.0, 860.0))


@pytest.fixture(scope="module")
def scan():
    return as_array(Image.open(DATA / "scan.png").convert("RGB"))


def test_the_corners_of_a_sheet_are_found(scan, photographed):
    sheet = find_sheet(photographed(scan, CORNERS)[0])
    assert np.abs(np.array(sheet.corners) - np.array(CORNERS)).max() < 6
    wide, high = sheet.size
    assert wide / high == pytest.approx(1240 / 800, rel=0.06)


def test_the_way_back_leads_to_the_picture(scan, photographed):
    picture, matrix = photographed(scan, CORNERS)
    sheet = find_sheet(picture)
    wide, high = sheet.size
    # The title stands at 592..742, 175..210 of the page's 1240 x 800 pixels.
    on_page = np.array([[(592, 175), (742, 175), (742, 210), (592, 210)]], np.float64)
    x, y = cv2.perspectiveTransform(on_page, matrix)[0].T
    title = Box(592 * wide / 1240, 175 * high / 800, 742 * wide / 1240, 210 * high / 800)
    assert PaperFrame(sheet.corners, wide, high).box(title) == pytest.approx(
        (x.min(), y.min(), x.max(), y.max()), abs=8
    )
    assert squared(picture, sheet).shape[:2] == (high, wide)


def bordered(page):
    out = np.full((page.shape[0] + 120, page.shape[1] + 120, 3), 10, np.uint8)
    out[60:-60, 60:-60] = page
    return out


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page,
        bordered,  # a scanner's lid
        lambda page: np.zeros_like(page),
        lambda page: np.full_like(page, 255),
        lambda page: page[:1, :1],
    ],
    ids=["a scan", "a dark border", "black", "white", "1 x 1"],
)
def test_what_is_no_sheet_at_an_angle_is_left_as_it_is(change, scan):
    assert find_sheet(change(scan)) is None


@pytest.mark.parametrize(
    "corners",
    [((700, 400), (900, 420), (880, 560), (690, 530)), ((520, 400), (860, 390), (1450, 960), (30, 980))],
    ids=["a note on a desk", "from its edge"],
)
def test_a_sheet_that_cannot_be_read_so_is_left_as_it_is(corners, scan, photographed):
    assert find_sheet(photographed(scan, corners)[0]) is None
