"""Rules of scanned tables."""

from pipeline.document import Box
from pipeline.ingest.scan.rulings import straightened


def test_cells_of_warped_paper_lie_on_common_lines():
    cells = [Box(0, 0, 50, 20), Box(50, 0, 200, 20), Box(1.5, 21, 53, 40), Box(53, 21, 203, 40)]
    straight = [Box(0, 0, 50, 20), Box(50, 0, 200, 20), Box(0, 20, 50, 40), Box(50, 20, 200, 40)]
    assert list(straightened(cells)) == list(zip(cells, straight, strict=True))


def test_a_narrow_column_stays_one():
    cells = [Box(0, 0, 12, 20), Box(12, 0, 24, 20), Box(24, 0, 36, 20)]
    assert list(straightened(cells)) == list(zip(cells, cells, strict=True))


def test_nothing_stands_between_the_lines_of_a_double_rule():
    cells = [Box(0, 0, 50, 20), Box(50, 0, 53, 20), Box(53, 0, 200, 20)]
    straight = [Box(0, 0, 50, 20), Box(50, 0, 200, 20)]
    assert list(straightened(cells)) == [(cells[0], straight[0]), (cells[2], straight[1])]
