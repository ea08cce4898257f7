"""UnruledColumns that no upright rules part."""

import cv2
import numpy as np
import pytest

from pipeline.ingest.scan.text_blocks import columns, runs_up_or_down

EM = 20.0


def drawn(*lines: list[tuple[int, int]], pitch: int = 30) -> np.ndarray:
    """Lines of text, each as the stretches of it that are inked; the first at row 20."""
    ink = np.zeros((40 + pitch * len(lines), 800), bool)
    for at, stretches in enumerate(lines):
        for x0, x1 in stretches:
            ink[20 + at * pitch : 34 + at * pitch, x0:x1] = True
    return ink


ROW = [(50, 70), (120, 400), (450, 600), (650, 740)]
GOES_ON = [(120, 380)]
TEXT = [(50, 740)]


def found(ink: np.ndarray) -> list[list[tuple[int, int, int, int, bool]]]:
    return [[tuple(part) for part in parts] for parts in columns(ink, EM)]


def test_the_pieces_of_columns_are_cut_out():
    [parts] = found(drawn(TEXT, ROW, GOES_ON, ROW, TEXT))
    assert parts == [
        (50, 50, 70, 64, True),
        (50, 110, 70, 124, True),
        (120, 50, 400, 64, False),
        (120, 80, 380, 94, False),
        (120, 110, 400, 124, False),
        (450, 50, 600, 64, False),
        (450, 110, 600, 124, False),
        (650, 50, 740, 64, False),
        (650, 110, 740, 124, False),
    ]


def test_lines_of_a_paragraph_stay_together():
    [parts] = found(drawn(ROW, GOES_ON, pitch=22))
    assert (120, 20, 400, 56, False) in parts


def test_a_line_across_parts_two_areas():
    assert len(found(drawn(ROW, ROW, TEXT, ROW, ROW))) == 2


def test_text_and_two_columns_are_none():
    head = [(80, 300), (420, 740)]
    assert found(drawn(TEXT, head, head, TEXT)) == []


def test_a_wide_first_column_is_none():
    assert found(drawn(*[[(50, 300), (350, 500), (550, 740)]] * 4)) == []


def test_a_narrow_gap_is_a_space():
    assert found(drawn(*[[(50, 70), (80, 400), (410, 600), (610, 740)]] * 4)) == []


def test_marks_below_letters_are_no_lines():
    ink = drawn(TEXT, TEXT)
    for x in (100, 300, 500):
        ink[36:39, x : x + 3] = True
    assert found(ink) == []


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


@pytest.mark.parametrize(("quarters", "aside"), [(0, False), (1, True)])
def test_two_lines_with_no_white_between_say_how_a_page_lies(quarters, aside):
    lines = cell("Ra soat thu tuc hanh chinh cua cac co quan", "thuoc tinh, gop phan cai cach hanh chinh")
    lines[:, ::9] = lines[:, 1::9] = 0  # marks over and below letters, that leave no row white
    lines[: len(lines) // 3, ::9] = lines[2 * len(lines) // 3 :, ::9] = 255
    assert runs_up_or_down([np.ascontiguousarray(np.rot90(lines, quarters))], light=255, em=30) is aside


def test_figures_alone_say_nothing():
    assert not runs_up_or_down([cell("1"), cell("2"), cell("3")], light=255, em=30)
