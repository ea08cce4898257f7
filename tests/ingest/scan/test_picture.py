"""Pictures of pages made ready to be read."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.document import Box
from pipeline.ingest.scan.picture import TYPE, Prepared, as_array, plain, prepare, rotated, skew_of, turned, type_height
from pipeline.ingest.scan.rulings import rulings
from pipeline.ingest.words import TurnedRows

DATA = Path(__file__).parents[2] / "data"
LETTERS, RED = cv2.FONT_HERSHEY_COMPLEX, (205, 40, 50)


@pytest.fixture(scope="module")
def scan():
    return as_array(Image.open(DATA / "scan.png"))


def test_letters_come_out_at_the_size_that_is_read_best(scan):
    assert type_height(prepare(scan).grey) == pytest.approx(TYPE, rel=0.3)


@pytest.mark.parametrize("degrees", [-3.0, -1.0, -0.4, 0.4, 1.0, 3.0])
def test_a_crooked_page_is_levelled(scan, degrees):
    level = prepare(scan).grey
    assert skew_of(rotated(level, -degrees)) == pytest.approx(degrees, abs=0.15)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("degrees", [-1.4, -0.6, 0.8])
def test_the_last_row_of_a_table_says_how_its_page_lies(rows, degrees):
    level = np.full((1240, 1754), 250, np.uint8)
    for row in range(rows):
        cv2.putText(level, "Thong ke, danh gia", (240, 160 + 34 * row), cv2.FONT_HERSHEY_COMPLEX, 0.7, 20, 1)
    for y in (120, 180 + 34 * rows):
        cv2.line(level, (140, y), (1650, y), 20, 2)
    assert skew_of(rotated(level, -degrees)) == pytest.approx(degrees, abs=0.15)


def test_a_red_stamp_is_bleached_and_remembered(scan):
    ready = prepare(scan)
    stamps = [mark for mark in ready.marks if mark.kind == "stamp"]
    assert min(mark.x0 for mark in stamps) == pytest.approx(795, abs=12)
    ring = ready.grey[
        round(560 * ready.scale) : round(600 * ready.scale), round(840 * ready.scale) : round(950 * ready.scale)
    ]
    assert (ring < 120).mean() < 0.01


def sealed(*beside: str) -> np.ndarray:
    """A page of print with a red seal, letters within it, and what was stamped beside it."""
    out = np.full((900, 1000, 3), 250, np.uint8)
    for y in range(60, 500, 40):
        cv2.putText(out, "Cac co quan, don vi phoi hop thuc hien ke hoach", (60, y), LETTERS, 0.9, (20, 20, 20), 2)
    cv2.circle(out, (400, 700), 130, RED, 5)
    for at, text in enumerate(("UY BAN", "NHAN DAN")):
        cv2.putText(out, text, (325, 690 + 40 * at), LETTERS, 0.8, RED, 2)
    for at, text in enumerate(beside):
        cv2.putText(out, text, (505, 650 + 90 * at), LETTERS, 0.9, RED, 2)
    return out


def part(ready: Prepared, top: int, bottom: int, left: int, right: int) -> np.ndarray:
    """A part of a picture as it was made ready, by its sides on the one that it came from."""
    top, bottom, left, right = (round(side * ready.scale) for side in (top, bottom, left, right))
    return ready.grey[top:bottom, left:right]


def test_the_letters_within_a_seal_are_bleached_with_it():
    ready = prepare(sealed())
    assert [mark.kind for mark in ready.marks] == ["stamp"]
    assert (part(ready, 560, 840, 260, 540) < 140).mean() < 0.002


def test_a_name_that_was_stamped_beside_a_seal_is_text():
    ready = prepare(sealed("PHO CHU TICH"))
    [seal] = ready.marks
    assert (seal.x0, seal.x1) == pytest.approx((270, 530), abs=15)
    assert (part(ready, 620, 660, 560, 760) < 170).mean() > 0.05


def test_a_stain_is_lightened_and_the_type_on_it_stays(scan):
    clean = np.asarray(Image.fromarray(scan).convert("L"), np.uint8)
    stained = clean.copy()
    stained[330:420, 150:700] = (stained[330:420, 150:700] * 0.7).astype(np.uint8)
    ready, wanted = (prepare(picture).grey for picture in (stained, clean))
    high, wide = wanted.shape
    inside = slice(round(0.42 * high), round(0.52 * high)), slice(round(0.13 * wide), round(0.55 * wide))
    assert np.percentile(ready[inside], 60) > np.percentile(wanted[inside], 60) - 8
    assert (ready[inside] < 130).mean() == pytest.approx((wanted[inside] < 130).mean(), rel=0.2)


def test_a_page_without_stains_is_left_as_it_is():
    page = np.full((900, 700), 250, np.uint8)
    page[100:800:30, 60:640] = 20
    assert (prepare(page).grey == page).all()


def test_black_paper_edges_are_whitened(scan):
    grey = np.asarray(Image.fromarray(scan).convert("L"), np.uint8).copy()
    grey[:, :14] = 5
    assert prepare(grey).grey[:, :4].min() > 150


def test_a_blank_page_has_no_ink():
    assert prepare(np.full((900, 700), 250, np.uint8)).ink == 0


@given(st.integers(1, 60), st.integers(1, 60), st.sampled_from([0, 90, 180, 270]))
def test_a_picture_of_any_size_is_made_ready(wide, high, angle):
    ready = prepare(turned(np.full((high, wide), 255, np.uint8), angle))
    assert ready.grey.size and ready.skew == 0


def test_rules_of_a_table_are_found_and_taken_out():
    ready = prepare(as_array(Image.open(DATA / "table.png")))
    edges, without = rulings(ready.grey, 2 * ready.letters)
    level = [edge for edge in edges if edge.y0 == edge.y1]
    assert (len(level), len(edges) - len(level)) == (5, 5)
    row = without[round(level[0].y0)]
    assert (row < 150).mean() < 0.02


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.floats(-5, 5),
    st.floats(50, 500),
    st.floats(50, 700),
)
def test_the_way_back_to_the_page_is_the_way_in(angle, skew, x, y):
    frame = TurnedRows(angle, 595.0, 842.0, (), skew)
    box = Box(x, y, x + 40, y + 12)
    assert frame.into(frame.box(box)) == pytest.approx(box, abs=0.05)


def test_a_picture_without_colour_is_kept_in_grey_and_read_as_before():
    rgb = np.dstack([np.asarray(Image.open(DATA / "scan.png").convert("L"))] * 3)
    assert plain(rgb).ndim == 2
    assert (prepare(plain(rgb)).grey == prepare(rgb).grey).all()
    stamped = rgb.copy()
    stamped[100:220, 100:220] = (200, 30, 30)
    assert plain(stamped) is stamped


def test_a_page_of_very_many_specks_has_a_type_height_or_none():
    specks = np.full((1200, 1600), 255, np.uint8)
    specks[::4, ::4] = 0
    assert type_height(specks) is None
