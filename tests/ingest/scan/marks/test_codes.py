"""Codes for machines on the picture of a page."""

import cv2
import numpy as np
import pytest

from pipeline.ingest.scan.marks.codes import find_codes
from pipeline.ingest.scan.picture import prepare, rotated


def page():
    """A page of grey type: lines of letters."""
    made = np.full((1600, 1200), 255, np.uint8)
    for y in range(100, 700, 40):
        cv2.putText(made, "So Noi vu to chuc thuc hien ke hoach", (80, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    return made


def square(text, module):
    """A QR code with modules of so many pixels, and its quiet zone."""
    coded = cv2.QRCodeEncoder.create().encode(text)
    return cv2.resize(coded, None, fx=module, fy=module, interpolation=cv2.INTER_NEAREST)


def bars(count=40, high=60):
    """A row of bars of one to three pixels times two."""
    made = np.full((high, 6 * count), 255, np.uint8)
    x = 0
    for at in range(count):
        wide = 2 * (1 + at * 7 % 3)
        made[:, x : x + wide] = 0
        x += wide + 2 * (1 + at * 5 % 2)
    return made[:, :x]


def put(made, code, x, y):
    made[y : y + code.shape[0], x : x + code.shape[1]] = code
    return made


@pytest.mark.parametrize("module", [4, 8])
def test_a_square_code_is_found_where_it_stands(module):
    code = square("https://example.org/bao-cao?so=12", module)
    dark = np.argwhere(code < 128)
    (y0, x0), (y1, x1) = dark.min(axis=0), dark.max(axis=0)
    [found] = find_codes(put(page(), code, 300, 900) < 128)
    assert found == pytest.approx((300 + x0, 900 + y0, 300 + x1, 900 + y1), abs=2 * module)


def test_codes_side_by_side_are_found_on_a_tilted_page():
    made = page()
    for x in (100, 480, 860):
        put(made, square(f"https://example.org/{x}", 7), x, 900)
    assert len(find_codes(rotated(made, 1.5) < 128)) == 3


def test_bars_are_a_code():
    [found] = find_codes(put(page(), bars(), 300, 900) < 128)
    assert found == pytest.approx((300, 900, 300 + bars().shape[1], 960), abs=6)


def test_type_tables_and_a_few_bars_are_none():
    made = put(page(), bars(12), 300, 900)
    for x in range(100, 1100, 25):
        cv2.line(made, (x, 1100), (x, 1400), 0, 3)
    cv2.line(made, (100, 1100), (1075, 1100), 0, 3)
    for x, y in ((200, 1450), (400, 1450)):  # boxes that are ticked
        cv2.rectangle(made, (x, y), (x + 40, y + 40), 0, 5)
        cv2.rectangle(made, (x + 12, y + 12), (x + 28, y + 28), 0, -1)
    assert find_codes(made < 128) == []


def test_a_code_is_taken_out_of_the_picture_and_remembered():
    plain = page()
    ready = prepare(put(page(), square("https://example.org", 7), 300, 900))
    assert [mark.kind for mark in ready.marks] == ["code"]
    assert np.array_equal(ready.grey, prepare(plain).grey)
