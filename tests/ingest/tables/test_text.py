from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.document import Cell, Line, Page
from pipeline.ingest import ingest
from pipeline.ingest.furniture import set_aside
from pipeline.ingest.text.reading import MARKDOWN, PLAIN, read_text
from tests.cases import cases
from tests.documents import table_texts

HEADER = "| TT | Nhiệm vụ | Đơn vị |\n|:--:|---|---:|\n"


def page(text: str) -> Page:
    return read_text(text)[1][0]


def only(text: str) -> tuple[tuple[str, ...], ...]:
    read = page(text)
    assert len(read.tables) == 1
    return table_texts(read, 0)


def test_a_pipe_table_is_read_row_by_row_one_line_each() -> None:
    read = page("Trước\n\n" + HEADER + "| 1 | Lập dự toán | Sở Tài chính |\n\nSau\n")
    assert table_texts(read, 0) == (("TT", "Nhiệm vụ", "Đơn vị"), ("1", "Lập dự toán", "Sở Tài chính"))
    assert [line.table for line in read.lines] == [None, None, 0, 0, 0, None, None]
    assert [line.text for line in read.lines[2:5]] == [
        "TT | Nhiệm vụ | Đơn vị",
        "",
        "1 | Lập dự toán | Sở Tài chính",
    ]
    assert read.lines[3].cells == () and read.lines[3].raw == "|:--:|---|---:|"


def test_a_row_of_dashes_makes_markdown() -> None:
    assert read_text(HEADER + "| 1 | *Lập* | x |")[0] == MARKDOWN


def test_each_character_of_a_row_leads_to_the_source() -> None:
    line = page(HEADER + r"| **1** |  Lập \| sửa   |Sở _Y tế_|").lines[2]
    assert line.text == "1 | Lập | sửa | Sở Y tế"
    for part in line.cells:
        for at in range(part.start, part.end):
            assert line.raw[line.origin[at]] == line.text[at]


@cases("tables/text_rows", row=str, cells=tuple[str, ...])
def test_cells_of_a_row(row: str, cells: tuple[str, ...]) -> None:
    assert only(HEADER + row)[1] == cells


def test_a_longer_row_keeps_its_cells_and_widens_the_table() -> None:
    assert only(HEADER + "| 1 | a | b | c |") == (("TT", "Nhiệm vụ", "Đơn vị", ""), ("1", "a", "b", "c"))


def test_a_row_is_bold_when_all_its_cells_are() -> None:
    lines = page(HEADER + "| **I** | **Xây dựng** | |\n| **1** | Lập | |").lines
    assert [line.bold for line in lines[2:]] == [True, False]


def test_a_bold_mark_does_not_run_out_of_its_table() -> None:
    assert not page("## A\n" + HEADER + "| 1 | **a | b |\n\nSau** đó").lines[-1].bold


def test_a_table_ends_at_a_line_without_pipes_and_at_a_heading() -> None:
    read = page(HEADER + "| 1 | a | b |\nGhi chú\n\n" + HEADER + "| 1 | a | b |\n## Phần | hai")
    assert [table.size for table in read.tables] == [(2, 3), (2, 3)]
    assert [line.text for line in read.lines if line.table is None] == ["Ghi chú", "", "Phần | hai"]


def test_prose_with_a_pipe_above_a_table_is_no_row() -> None:
    read = page("Đơn vị tính: đồng | tháng 3\n" + HEADER + "| 1 | a | b |")
    assert read.lines[0].table is None and read.tables[0].size == (2, 3)


def test_rows_above_the_dashes_are_rows_of_the_header() -> None:
    assert only("| TT | Đơn vị | |\n| | Chủ trì | Phối hợp |\n|---|---|---|\n| 1 | a | b |")[1] == (
        "",
        "Chủ trì",
        "Phối hợp",
    )


def test_three_rows_with_as_many_pipes_are_a_table_in_plain_text() -> None:
    text = "| TT | Nhiệm vụ | Đơn vị |\n| 1 | Lập * | Sở A |\n| 2 | Sửa * | Sở B |"
    assert read_text(text)[0] == PLAIN
    assert only(text)[2] == ("2", "Sửa *", "Sở B")


@cases("tables/no_text_tables", text=str)
def test_a_few_pipes_are_no_table(text: str) -> None:
    assert page(text).tables == ()


def test_a_table_goes_on_after_a_page_number() -> None:
    read = set_aside(read_text(HEADER + "| 1 | a | b |\n\n2\n\n| 2 | c | d |\n")[1])[0]
    assert [table.size for table in read.tables] == [(3, 3)]


def test_a_form_feed_divides_a_table() -> None:
    one, two = read_text(HEADER + "| 1 | a | b |\n\f| 2 | c | d |\n| 3 | e | f |\n")[1]
    assert table_texts(one, 0) == (("TT", "Nhiệm vụ", "Đơn vị"), ("1", "a", "b"))
    assert table_texts(two, 0) == (("2", "c", "d"), ("3", "e", "f"))
    assert two.tables[0].cells[0] == Cell(0, 0)


def test_rows_that_say_nothing_are_no_table() -> None:
    one, two = read_text("| TT | Việc |\n\f|---|---|\nSau")[1]
    assert table_texts(one, 0) == (("TT", "Việc"),)
    assert two.tables == () and [line.text for line in two.lines] == ["", "Sau"]


def test_a_table_of_an_indented_list_is_read() -> None:
    assert only("## A\n- Bảng:\n\n    | TT | Việc |\n    |---|---|\n    | 1 | a |")[1] == ("1", "a")


def test_a_large_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(HEADER + "".join(f"| {n} | Lập kế hoạch | Sở {n} |\n" for n in range(2000)), encoding="utf-8")
    assert table_texts(ingest(path).pages[0], 0)[2000] == ("1999", "Lập kế hoạch", "Sở 1999")


def test_lines_outside_stay_as_they_are() -> None:
    assert page("a || b").lines[0] == Line("a || b", "a || b")


HTML = """Trước
<table>
<thead><tr><th rowspan="2">TT</th><th colspan=2>Đơn vị</th></tr>
<tr><th>Chủ trì</th>
<th>Phối hợp</th></tr></thead>
<tbody><tr><td>1</td><td>Sở A<br>Sở&nbsp;B</td><td>GD&amp;ĐT, &lt; 5
xã</td></tr></tbody>
</table>
Sau
"""


def test_an_html_table_keeps_its_merged_cells() -> None:
    read = page(HTML)
    assert read.tables[0].cells[:4] == (Cell(0, 0, 2, 1), Cell(0, 1, 1, 2), Cell(1, 1), Cell(1, 2))
    assert table_texts(read, 0) == (
        ("TT", "Đơn vị", ""),
        ("", "Chủ trì", "Phối hợp"),
        ("1", "Sở A Sở B", "GD&ĐT, < 5 xã"),
    )
    assert [line.table for line in read.lines] == [None, *[0] * 7, None]
    assert read.lines[2].text == "TT | Đơn vị"


def test_each_character_of_an_html_table_leads_to_the_source() -> None:
    for line in page(HTML).lines:
        for part in line.cells:
            shown = [line.raw[line.origin[at]] for at in range(part.start, part.end)]
            assert all(a == b or a in "<&" for a, b in zip(shown, line.text[part.start : part.end], strict=True))


def test_a_whole_html_table_may_stand_in_one_line() -> None:
    assert only("<table><tr><td><b>TT</b></td><td>Việc</td></tr><tr><td>1</td><td></td></tr></table>") == (
        ("TT", "Việc"),
        ("1", ""),
    )


def test_an_html_table_in_a_cell_is_text_of_the_cell() -> None:
    nested = "<table><tr><td>1</td><td>Gồm <table><tr><td>a</td><td>b</td></tr></table>hết</td></tr></table>"
    assert only(nested) == (("1", "Gồm a b hết"),)


@pytest.mark.parametrize("text", ["Thẻ <table> là gì?\nSau", "<table>\n</table>", "a < b <table"])
def test_no_table_without_cells_or_end(text: str) -> None:
    assert page(text).tables == ()


def test_spans_out_of_bounds_are_cut() -> None:
    read = page('<table><tr><td rowspan="9999" colspan="99999">a</td><td colspan="x">b</td></tr></table>')
    assert read.tables[0].cells == (Cell(0, 0, 1, 1000), Cell(0, 1000))


@given(some.text(alphabet="|-:\\*_#<> \n\fabếế1&;tr/d", max_size=80), some.booleans())
def test_cells_lie_in_their_lines_and_lines_lead_to_the_source(text: str, html: bool) -> None:
    source = f"<table><tr><td>{text}</td></tr></table>\n{text}" if html else HEADER + text
    for read in read_text(source)[1]:
        for line in read.lines:
            assert not line.origin or len(line.origin) == len(line.text)
            assert all(0 <= at < len(line.raw) for at in line.origin)
            assert (line.table is None) <= (line.cells == ())
            for part in line.cells:
                said = line.text[part.start : part.end]
                assert said and said == said.strip(" ")
                assert part.cell < len(read.tables[line.table or 0].cells)


ROWS = (
    "| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| 1 | Mua sách | Sở Y tế |\n{}\n| 2 | Kê giá | Sở Nội vụ |\n"
)


@pytest.mark.parametrize(
    ("between", "tables"),
    [("2", 1), ("- 2 -\nKế hoạch đọc sách suốt đời", 1), ("Kế hoạch đọc sách\n2", 1), ("II. TỔ CHỨC THỰC HIỆN", 2)],
)
def test_a_pipe_table_goes_on_behind_the_number_and_the_head_of_a_page(tmp_path, between, tables):
    path = tmp_path / "a.md"
    path.write_text("# KẾ HOẠCH\n\n" + ROWS.format(between), encoding="utf-8")
    assert len(ingest(path).pages[0].tables) == tables
