"""Faint print is made dark, what shines through and single pale marks are not; a page of it is doubted."""

import cv2
import numpy as np
import pytest

from pipeline.ingest.scan.faint import darkened
from pipeline.ingest.scan.picture import prepare
from pipeline.ingest.scan.recognition import _ruled
from tests.ingest.scan.scanned import paper, read

PAPER = 250
LINES = ("Truoc ngay 15/8/2025", "Uy ban nhan dan tinh", "Hang quy, bao cao 6 thang") * 3


def page(*depths: int) -> np.ndarray:
    """A page of nine lines of letters, each as deep below the paper as the next of some depths, which go round."""
    rng = np.random.default_rng(3)
    ink = np.zeros((700, 900), np.float32)
    for at, line in enumerate(LINES):
        own = np.zeros(ink.shape, np.uint8)
        cv2.putText(own, line, (40, 60 + 70 * at), cv2.FONT_HERSHEY_TRIPLEX, 1.2, 255, 2, cv2.LINE_AA)
        ink += own / np.float32(255) * depths[at % len(depths)]
    return np.clip(PAPER - ink + rng.normal(0, 4, ink.shape), 0, 255).astype(np.uint8)


def deepest(grey: np.ndarray, line: int) -> int:
    """How far below the paper the ink of a line lies."""
    rows = grey[20 + 70 * line : 80 + 70 * line]
    return PAPER - int(np.percentile(rows, 0.5))


@pytest.mark.parametrize("depth", [75, 95, 120])
def test_faint_print_is_made_dark(depth):
    grey, faint = darkened(page(depth), PAPER)
    assert faint
    assert all(deepest(grey, line) > 160 for line in range(9))


def test_one_faint_column_of_lines_among_dark_ones_is_made_dark():
    before = page(230, 230, 90)
    grey, faint = darkened(before, PAPER)
    assert faint and all(deepest(grey, line) > 160 for line in range(9))
    assert np.array_equal(before[:120], grey[:120])  # dark print stays as it is


@pytest.mark.parametrize("depths", [(230,), (180,), (230, 30), (35,)], ids=["dark", "grey", "shining through", "ghost"])
def test_print_that_is_dark_and_what_shines_through_stay(depths):
    before = page(*depths)
    grey, faint = darkened(before, PAPER)
    assert not faint and np.array_equal(grey, before)


def test_some_pale_marks_make_no_page_faint():
    before = page(230)
    cv2.putText(before, "LuatVietnam", (600, 690), cv2.FONT_HERSHEY_TRIPLEX, 1.0, PAPER - 80, 2, cv2.LINE_AA)
    assert not darkened(before, PAPER)[1]


def table(depth: int) -> np.ndarray:
    """A table of four rows and three columns with dark words in its cells, its hairlines so deep below the paper."""
    grey = np.full((700, 900), PAPER, np.uint8)
    for y in range(50, 651, 150):
        grey[y : y + 2, 50:850] = PAPER - depth
    for x in (50, 300, 600, 848):
        grey[50:652, x : x + 2] = PAPER - depth
    for y in range(50, 601, 150):
        for x in (50, 300, 600):
            cv2.putText(grey, "Quy hoach", (x + 30, y + 60), cv2.FONT_HERSHEY_TRIPLEX, 1.0, 20, 2, cv2.LINE_AA)
            cv2.putText(grey, "15/8/2025", (x + 30, y + 110), cv2.FONT_HERSHEY_TRIPLEX, 1.0, 20, 2, cv2.LINE_AA)
    rng = np.random.default_rng(1)
    return np.clip(grey + rng.normal(0, 4, grey.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("depth", [45, 60, 90, 140, 230])
def test_pale_rules_make_a_table(depth):
    ruled = _ruled(prepare(table(depth)), 200)
    assert [len(cells) for cells in ruled.tables] == [12]


@pytest.mark.parametrize("depth", [0, 12])
def test_what_is_paler_than_a_rule_is_none(depth):
    assert not _ruled(prepare(table(depth)), 200).tables


@pytest.mark.parametrize("share", [1.0, 0.4])
@pytest.mark.ocr
@pytest.mark.slow
def test_a_faint_page_is_read_and_doubted(scan, tmp_path, share):
    pale = scan.point(lambda level: round(255 - share * (255 - level)))
    document = read(paper(tmp_path / "a.pdf", [pale]))
    assert "phục vụ học tập suốt đời" in document.text
    assert [said.page for said in document.notices if said.code == "W238"] == [1] * (share < 1)
