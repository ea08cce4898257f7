"""Lines of print that were seen and not read."""

import numpy as np
import pytest

from pipeline.document import Box
from pipeline.ingest.scan.text_blocks import unread_lines

EM = 36.0


def page(*lines: tuple[int, int, int]) -> np.ndarray:
    """The ink of a page with lines of letters: left side, baseline and how many letters of each."""
    ink = np.zeros((600, 1000), bool)
    for left, base, count in lines:
        for at in range(count):
            ink[base - 20 : base, left + 24 * at : left + 24 * at + 16] = True
    return ink


def found(ink: np.ndarray, *read: Box) -> list[tuple[int, int, int, int]]:
    return [block[:4] for block in unread_lines(ink, read, EM)]


def test_a_line_that_was_not_read_is_found():
    ink = page((100, 100, 20), (100, 200, 20), (100, 300, 12))
    assert found(ink, Box(95, 60, 600, 112), Box(95, 260, 400, 312)) == [(100, 180, 572, 200)]


def test_where_all_was_read_there_is_none():
    assert found(page((100, 100, 20)), Box(95, 60, 600, 112)) == []


def test_the_end_of_a_line_that_was_not_read_is_found():
    assert found(page((100, 100, 30)), Box(95, 60, 400, 112)) == [(400, 80, 812, 100)]  # of a letter its rest


def stains() -> np.ndarray:
    """A code of squares: parts of a letter's height in many rows that touch."""
    ink = np.zeros((600, 1000), bool)
    for y in range(100, 400, 15):
        for x in range(100 + y % 2, 400, 30):
            ink[y : y + 15, x : x + 20] = True
    return ink


def arc() -> np.ndarray:
    """The letters around a seal."""
    ink = np.zeros((600, 1000), bool)
    for angle in np.linspace(0, 2 * np.pi, 40):
        x, y = round(500 + 130 * np.cos(angle)), round(300 + 130 * np.sin(angle))
        ink[y : y + 14, x : x + 10] = True
    return ink


def stroke() -> np.ndarray:
    """A signature."""
    ink = np.zeros((600, 1000), bool)
    for x in range(300, 700):
        y = 300 + round(40 * np.sin(x / 20))
        ink[y : y + 4, x] = True
    return ink


@pytest.mark.parametrize(
    "ink",
    [stains(), arc(), stroke(), page((100, 100, 4)), np.zeros((600, 1000), bool)],
    ids=["code", "seal", "signature", "a word", "nothing"],
)
def test_what_is_no_line_of_print_is_none(ink):
    assert found(ink) == []
