"""Which way the text of cells runs, before it is read."""

import cv2
import numpy as np
import pytest

from pipeline.ingest.scan.direction import runs_up_or_down


def cell(*lines: str) -> np.ndarray:
    """A cell as small as its ink."""
    out = np.full((40 * len(lines) + 40, 700), 255, np.uint8)
    for at, line in enumerate(lines):
        cv2.putText(out, line, (20, 40 + 40 * at), cv2.FONT_HERSHEY_COMPLEX, 0.9, 0, 2)
    rows, columns = np.flatnonzero((out < 100).any(axis=1)), np.flatnonzero((out < 100).any(axis=0))
    return out[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


CELLS = [cell("12"), cell("Ra soat thu tuc hanh chinh", "cua cac co quan, don vi", "tren dia ban"), cell("So Noi vu")]


@pytest.mark.parametrize(("quarters", "aside"), [(0, False), (1, True), (2, False), (3, True)])
def test_lines_of_cells_say_how_a_page_lies(quarters, aside):
    turned = [np.ascontiguousarray(np.rot90(one, quarters)) for one in CELLS]
    assert runs_up_or_down(turned, light=255, em=30) is aside


def test_figures_alone_say_nothing():
    assert not runs_up_or_down([cell("1"), cell("2"), cell("3")], light=255, em=30)
