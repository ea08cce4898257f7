"""Rules of scanned tables."""

import numpy as np
import pytest

from pipeline.document import Box
from pipeline.ingest.pdf.rules import Edge
from pipeline.ingest.scan.picture import Prepared
from pipeline.ingest.scan.recognition import _gutter
from pipeline.ingest.scan.rulings import rulings, straightened


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


def test_a_rule_that_a_streak_cuts_near_its_end_is_whole():
    page = np.full((400, 800), 255, np.uint8)
    page[100:103, 50:750] = page[300:303, 50:750] = 0
    page[:, 74:77] = 255
    rules, _ = rulings(page, em=28)
    assert [(rule.x0 <= 54, rule.x1 >= 746) for rule in rules if rule.y0 == rule.y1] == [(True, True)] * 2


def test_a_hairline_is_a_rule_of_a_page_that_was_made_smaller_or_not():
    """Half of the rules of a table of one bit were lost, and two rows stood in one cell."""
    page = np.full((400, 800), 255, np.uint8)
    page[101, 50:750], page[102, 50:750] = 170, 170
    assert [len(rulings(page, em=28, scale=scale)[0]) for scale in (0.7, 1.0)] == [1, 1]


def test_a_letter_beside_a_rule_is_no_part_of_it():
    page = np.full((400, 800), 255, np.uint8)
    page[100:103, 50:500] = 0
    page[88:91, 506:530] = page[88:110, 516:520] = 0  # a T, its bar above the rule's rows
    rules, _ = rulings(page, em=28)
    assert [round(rule.x1, -1) for rule in rules if rule.y0 == rule.y1] == [500]


def test_a_rule_that_a_fold_broke_is_whole():
    page = np.full((400, 800), 255, np.uint8)
    page[100:103, 50:750] = page[300:303, 50:750] = 0
    page[100:300, 50:53] = page[100:300, 747:750] = 0
    page[:, 400:420] = 255
    rules, _ = rulings(page, em=28)
    assert [round(rule.x1 - rule.x0, -1) for rule in rules if rule.y0 == rule.y1] == [700, 700]


def test_tables_side_by_side_stay_two():
    page = np.full((400, 800), 255, np.uint8)
    page[100:103, 50:750] = page[300:303, 50:750] = 0
    page[100:300, 397:400] = page[100:300, 420:423] = 0
    page[:, 400:420] = 255
    rules, _ = rulings(page, em=28)
    assert [round(rule.x1 - rule.x0, -1) for rule in rules if rule.y0 == rule.y1] == [350, 350, 330, 330]


def test_a_rule_that_a_streak_parted_from_the_one_at_its_end_reaches_it():
    page = np.full((400, 800), 255, np.uint8)
    page[100:103, 50:750] = page[300:303, 50:750] = 0
    page[:, 54:66] = 255
    page[100:303, 50:53] = page[100:303, 747:750] = 0
    rules, _ = rulings(page, em=28)
    left = min(rule.x0 for rule in rules if rule.x0 == rule.x1)
    assert [rule.x0 for rule in rules if rule.y0 == rule.y1] == [left, left]


def table(joined: bool = False) -> np.ndarray:
    """Three rows of two columns; the column's rule stops at the row in the middle where its cells are joined."""
    page = np.full((700, 800), 255, np.uint8)
    for y in (50, 250, 450, 650):
        page[y : y + 3, 50:750] = 0
    for x in (50, 397, 747):
        page[50:653, x : x + 3] = 0
    if joined:
        page[253:450, 397:400] = 255
    return page


def columns(page: np.ndarray) -> list[tuple[int, int]]:
    """Where the rule between the two columns begins and ends."""
    rules, _ = rulings(page, em=28)
    return [(round(rule.y0, -1), round(rule.y1, -1)) for rule in rules if rule.x0 == rule.x1 and 380 < rule.x0 < 420]


def test_a_rule_along_which_a_streak_ran_is_whole():
    page = table()
    page[180:330, 390:410] = 255  # over the level rule at 250 too
    assert columns(page) == [(50, 660)]


def test_a_column_stops_at_cells_that_are_joined():
    assert columns(table(joined=True)) == [(50, 260), (450, 660)]


def test_a_level_rule_that_a_streak_took_before_a_column_reaches_it():
    page = table()
    for y in (50, 250, 450, 650):
        page[y : y + 3, 371:397] = 255
    rules, _ = rulings(page, em=28)
    level = sorted((rule.y0, rule.x0, rule.x1) for rule in rules if rule.y0 == rule.y1)
    column = next(rule.x0 for rule in rules if rule.x0 == rule.x1 and 380 < rule.x0 < 420)
    assert all(any(y == at and x0 <= column <= x1 for at, x0, x1 in level) for y, _, _ in level)
    assert len({x1 for _, x0, x1 in level if x0 < 100}) == 1 and max(x1 for _, x0, x1 in level if x0 < 100) >= column


def test_what_is_underlined_in_a_cell_does_not_reach_the_columns():
    page = table()
    page[150:153, 76:370] = 0
    rules, _ = rulings(page, em=28)
    assert [round(rule.x1 - rule.x0, -1) for rule in rules if rule.y0 == rule.y1 and 140 < rule.y0 < 160] == [300]


def test_no_rule_runs_over_the_fold_of_two_pages():
    grey = np.full((1200, 1700), 250, np.uint8)
    grey[100:1100:40, 100:700] = grey[100:1100:40, 1000:1600] = 20
    ready = Prepared(grey, 1.0, 0.0, (), 0.05, 20.0)
    assert _gutter(ready, (), 1.0) == pytest.approx(850, abs=5)
    assert _gutter(ready, (Edge(100, 90, 1600, 90),), 1.0) is None
