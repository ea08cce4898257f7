"""Tables as copies break them: pipes over several lines, bars on lines of their own, cells below each other."""

import pytest

from pipeline.ingest.tables.row_numbers import SpreadNumbers
from pipeline.ingest.tables.stacked.untold import untold_headers
from pipeline.ingest.tables.told import placed
from pipeline.ingest.text.reading import read_text
from tests.cases import cases
from tests.documents import table_texts

Rows = tuple[tuple[str, ...], ...]


def first_table(text: str) -> Rows:
    page = read_text(text)[1][0]
    rows = table_texts(page, 0) if page.tables else ()
    return tuple(tuple(cell.strip() for cell in row) for row in rows)


@cases("tables/broken_pipes", text=str, rows=Rows)
def test_rows_of_pipes_that_were_broken(text: str, rows: Rows) -> None:
    assert first_table(text) == rows


@cases("tables/flat", text=str, rows=Rows)
def test_cells_with_a_bar_behind_each(text: str, rows: Rows) -> None:
    assert first_table(text) == rows


@cases("tables/spread", text=str, rows=Rows)
def test_cells_below_each_other(text: str, rows: Rows) -> None:
    assert first_table(text) == rows


@cases("tables/even", text=str, rows=Rows)
def test_a_cell_a_line_where_rows_have_as_many_as_the_header(text: str, rows: Rows) -> None:
    assert first_table(text) == rows


@cases("tables/spaced", text=str, rows=Rows)
def test_cells_that_tabs_or_wide_blanks_part(text: str, rows: Rows) -> None:
    assert first_table(text) == rows


@cases("tables/untold", text=str, headers=tuple[str, ...])
def test_a_header_below_which_no_cell_can_be_told_is_said(text: str, headers: tuple[str, ...]) -> None:
    assert tuple(untold_headers(read_text(text)[1][0].lines)) == headers


def test_rows_that_cannot_be_told_are_named() -> None:
    text = "TT | Nội dung | Chủ trì | Phối hợp | Theo dõi |\n1 | Lập danh mục hồ sơ | Sở A | Sở B | Sở C |\n"
    (table,) = read_text(text + "2 | Mua thiết bị đọc mã | Sở Y tế | Sở Nội vụ |")[1][0].tables
    assert table.untold == (2,)


def test_a_cell_whose_column_nothing_tells_stands_in_none_of_its_row() -> None:
    text = "TT\nNội dung\nChủ trì\nPhối hợp\nTheo dõi\n1\nLập danh mục hồ sơ\nSở A\nSở B\nSở C\n"
    (page,) = read_text(text + "2\nMua thiết bị đọc mã\nSở Y tế\nSở Nội vụ")[1]
    assert [line.text for line in page.lines if line.table is not None and not line.cells] == ["Sở Nội vụ"]


@pytest.mark.parametrize(
    ("text", "body"),
    [("Ban hành kế hoạch", False), ("Bộ chỉ số", False), ("Bộ đội Biên phòng tỉnh", True), ("Bộ Y tế", True)],
)
def test_words_that_begin_as_a_body_does_name_none(text: str, body: bool) -> None:
    found = placed(["1", "Mua thiết bị đọc mã", text], ["number", "work", "lead"], whole=True)
    assert found is not None and (found.cost == 0) is body


@cases("tables/presumed", text=str, presumed=tuple[int, ...])
def test_rows_whose_only_body_may_be_a_partner_are_named(text: str, presumed: tuple[int, ...]) -> None:
    (table,) = read_text(text)[1][0].tables
    assert (table.presumed, table.untold) == (presumed, () if presumed else None)


def test_a_table_with_all_edges_is_not_told_by_its_words() -> None:
    text = "| TT | Nội dung | Chủ trì |\n| 1 | Lập danh mục | Sở A |\n| 2 | Mua thiết bị | Sở B |"
    assert read_text(text)[1][0].tables[0].untold is None


def test_rows_are_counted_under_each_section() -> None:
    count = SpreadNumbers()
    taken = [count.takes(one) for one in ("I", "1", "2", "4", "2025", "II", "1", "2", "2.1", "2.2", "3", "a", "b", "d")]
    assert taken == [True, True, True, False, False, True, True, True, True, True, True, True, True, False]


def test_a_number_that_is_left_out_makes_a_table_doubtful() -> None:
    text = "TT\tNội dung\tChủ trì\n1\tLập danh mục hồ sơ\tSở A\n3\tMua thiết bị\tSở B"
    assert read_text(text)[1][0].tables[0].untold == ()


def test_rows_that_were_not_read_stay_as_text_and_are_said() -> None:
    text = "TT\tNội dung\tChủ trì\n1\tLập danh mục hồ sơ\tSở A\n2\tMua thiết bị\tSở B\nđọc mã\tSở C\tSở D\tSở E"
    lines = read_text(text)[1][0].lines
    assert lines[-1].table is None and lines[-1].text.startswith("đọc mã")
    assert len(untold_headers(lines)) == 1
