"""Seals as black as the print: their rings are found and removed, what they cross is kept."""

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.ingest.scan.marks.seals import without_seals
from pipeline.ingest.scan.picture import Prepared
from tests.ingest.scan import scanned

PAPER, LETTERS = 250, 20.0
RADIUS = 140


def page(*middles: tuple[int, int]) -> np.ndarray:
    """A page of lines of print, with a seal of two rings at each middle."""
    out = np.full((1200, 900), PAPER, np.uint8)
    for y in range(100, 1100, 45):
        cv2.putText(out, "Cac co quan, don vi phoi hop thuc hien", (80, y), cv2.FONT_HERSHEY_COMPLEX, 0.95, 20, 2)
    for middle in middles:
        for radius in (RADIUS, RADIUS - 14):
            cv2.circle(out, middle, radius, 20, 2)
    return out


def read(grey: np.ndarray, *marks: object) -> Prepared:
    return without_seals(Prepared(grey, 1.0, 0.0, marks, 0.05, LETTERS))  # type: ignore[arg-type]


@pytest.mark.parametrize("middle", [(450, 600), (870, 600)], ids=["in the text", "cut off by the edge"])
def test_a_ring_is_removed_and_remembered(middle):
    ready = read(page(middle))
    (mark,) = ready.marks
    assert mark.kind == "seal"
    assert mark[1:] == pytest.approx((*(at - RADIUS for at in middle), *(at + RADIUS for at in middle)), abs=4)
    ink, bare = (one < 140 for one in (ready.grey, page()))
    ring = (page(middle) < 140) & ~bare
    assert ink[ring].mean() < 0.15
    assert ink[bare].mean() > 0.97


def test_a_page_without_seals_is_left_as_it_is():
    ready = read(page())
    assert ready.marks == ()
    assert (ready.grey == page()).all()


def test_a_table_whose_rules_a_seal_crosses_keeps_its_cells(tmp_path):
    grey = np.full((1200, 900), PAPER, np.uint8)
    for y in (200, 400, 700, 900):
        cv2.line(grey, (80, y), (760, y), 20, 3)
    for x in (80, 300, 760):
        cv2.line(grey, (x, 200), (x, 900), 20, 3)
    for y in (250, 450, 750):
        for x, text in ((100, "Viec"), (320, "Co quan thuc hien")):
            cv2.putText(grey, text, (x, y + 40), cv2.FONT_HERSHEY_COMPLEX, 0.95, 20, 2)
    for radius in (RADIUS, RADIUS - 14):
        cv2.circle(grey, (800, 560), radius, 20, 2)
    Image.fromarray(grey).save(tmp_path / "page.png", dpi=(108, 108))
    [table] = scanned.read(tmp_path / "page.png").pages[0].tables
    assert len(table.cells) == 6


def test_a_box_is_no_ring():
    grey = page()
    cv2.rectangle(grey, (310, 460), (590, 740), 20, 3)
    assert read(grey).marks == ()
