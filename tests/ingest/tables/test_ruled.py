import pytest

from pipeline.document import Box
from pipeline.ingest.pdf.rules import Edge
from pipeline.ingest.tables.ruled import find_tables, grid

XS, YS = (70.0, 100.0, 300.0, 500.0), (100.0, 130.0, 160.0, 190.0)


def level(*ys: float, x0: float = XS[0], x1: float = XS[-1]) -> list[Edge]:
    return [Edge(x0, y, x1, y) for y in ys]


def upright(*xs: float, y0: float = YS[0], y1: float = YS[-1]) -> list[Edge]:
    return [Edge(x, y0, x, y1) for x in xs]


def sizes(edges: list[Edge]) -> list[tuple[int, int]]:
    tables = find_tables(edges)
    assert tables is not None
    out = []
    for cells in tables:
        places = grid(cells)
        out.append((max(c.row + c.rows for c in places), max(c.column + c.columns for c in places)))
    return out


def test_a_ruled_table() -> None:
    assert sizes(level(*YS) + upright(*XS)) == [(3, 3)]


@pytest.mark.parametrize("sides", [XS[1:], XS[:-1], XS[1:-1]])
def test_missing_side_rules_are_closed(sides: tuple[float, ...]) -> None:
    assert sizes(level(*YS) + upright(*sides)) == [(3, 3)]


def test_sides_of_two_columns_are_closed() -> None:
    assert sizes(level(*YS) + upright(XS[1])) == [(3, 2)]


def test_open_sides_at_a_page_break_are_closed() -> None:
    assert sizes(level(*YS[1:]) + upright(*XS[1:-1])) == [(3, 3)]


def test_a_title_row_does_not_cut_a_table_with_open_sides() -> None:
    rows = upright(*XS[1:-1], y1=YS[1]) + upright(*XS[1:-1], y0=YS[2])
    assert sizes(level(*YS) + rows) == [(3, 3)]


def test_tables_with_open_sides_below_each_other_stay_apart() -> None:
    one = level(*YS) + upright(*XS[1:-1])
    other = level(210, 240, 270) + upright(150, 350, y0=210, y1=270)
    assert sizes(one + other) == [(3, 3), (2, 3)]


def test_lines_under_words_close_nothing() -> None:
    words = level(112, 142, 172, x0=120, x1=180)
    assert sizes(level(*YS) + upright(*XS) + words) == [(3, 3)]


def test_ragged_rules_meet() -> None:
    edges = [
        Edge(71.5, 100, 299, 100),
        Edge(301, 101.2, 498.6, 101.2),
        *level(129.2, x0=68.6, x1=501),
        *level(160, 190),
    ]
    assert sizes(edges + [Edge(70, 101, 70, 158.5), Edge(71, 161, 71, 191), *upright(*XS[1:], y0=98.5, y1=192)]) == [
        (3, 3)
    ]


def test_a_rule_drawn_twice_is_one() -> None:
    assert sizes(level(*YS, 131.5) + upright(*XS, 302)) == [(3, 3)]


def test_a_table_within_a_cell_is_none_of_its_own() -> None:
    inner = level(108, 115, 122, x0=120, x1=280) + upright(120, 200, 280, y0=108, y1=122)
    assert sizes(level(*YS) + upright(*XS) + inner) == [(3, 3)]


def test_many_columns_are_found() -> None:
    xs = [20 + 4.8 * at for at in range(201)]
    assert sizes(level(*YS, x0=20, x1=xs[-1]) + upright(*xs)) == [(3, 200)]


def test_more_rules_than_a_table_has_are_none() -> None:
    assert find_tables(level(*range(0, 3000, 5)) + upright(*range(0, 600, 5), y0=0, y1=3000)) is None


def test_merged_cells_span() -> None:
    edges = level(YS[0], YS[2], YS[3]) + level(YS[1], x0=XS[1]) + upright(XS[0], XS[1], XS[3])
    edges += upright(XS[2], y0=YS[1])
    tables = find_tables(edges)
    assert tables is not None
    spans = {(c.row, c.column): (c.rows, c.columns) for c in grid(tables[0])}
    assert spans[0, 0] == (2, 1) and spans[0, 1] == (1, 2) and spans[2, 2] == (1, 1)
    assert Box(70, 100, 100, 160) in tables[0]
