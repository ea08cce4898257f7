"""Tables put together over their pages."""

from dataclasses import replace

import pytest

from pipeline.document import Box, Cell, CellSpan, Line, Page, Table, TextOrigin, Word
from pipeline.outline.table_assembly import assembled
from tests.documents import grid, page_of, paged

HEADER = "TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian"
ROW = "1 | A | Sở Y tế | 2025"


def texts(*pages):
    """The rows of each table, cell by cell."""
    sheets, _ = assembled(paged(*pages))
    return [[[slot.text for slot in row] for row in sheet.rows] for sheet in sheets]


def over(*grids, lefts=()):
    """The rows of tables that stand alone on pages in a row."""
    return texts(*(page_of(number, one, lefts=lefts) for number, one in enumerate(grids, 1)))


def test_a_merged_cell_stands_in_each_row_it_covers():
    assert over(grid(HEADER, "1 | A | Sở Y tế | 2025", "2 | B | ^ | 2026")) == [
        [["1", "A", "Sở Y tế", "2025"], ["2", "B", "Sở Y tế", "2026"]]
    ]


def test_a_wide_cell_stands_in_its_first_column_alone():
    assert over(grid(HEADER, "Phần một | < | < | <")) == [[["Phần một", "", "", ""]]]


def test_the_lines_of_a_cell_are_one_text():
    assert over(grid(HEADER, "1 | Rà soát / văn bản | Sở / Y tế | 2025"))[0][0][1:3] == ["Rà soát văn bản", "Sở Y tế"]


def test_the_pieces_of_a_cell_lead_to_where_it_is_printed():
    document = paged(page_of(1, "Mở đầu", grid(HEADER, "1 | Rà soát / văn bản | Sở Y tế | 2025")))
    passage = assembled(document)[0][0].rows[0][1].passage
    assert [document.text[one.source : one.source + one.length] for one in passage.pieces] == ["Rà soát", "văn bản"]


@pytest.mark.parametrize(
    "again", [grid(HEADER, "2 | B | Sở Nội vụ | 2026"), grid("2 | B | Sở Nội vụ | 2026")], ids=["header", "no header"]
)
def test_a_table_goes_on_over_the_page(again):
    rows = [["1", "A", "Sở Y tế", "2025"], ["2", "B", "Sở Nội vụ", "2026"]]
    assert over(grid(HEADER, "1 | A | Sở Y tế | 2025"), again) == [rows]


def test_a_header_of_which_a_letter_was_misread_on_one_page_is_the_same():
    again = grid("TT | Nhiêm vụ | Đơn vị chủ trì | 'Thời gian", "2 | B | Sở Nội vụ | 2026")
    assert over(grid(HEADER, "1 | A | Sở Y tế | 2025"), again) == [
        [["1", "A", "Sở Y tế", "2025"], ["2", "B", "Sở Nội vụ", "2026"]]
    ]


def test_a_header_with_another_year_is_another():
    first, second = (grid(f"TT | Nhiệm vụ | Kinh phí năm {year}", "1 | A | 20") for year in (2025, 2026))
    assert len(over(first, second)) == 2


def test_a_header_of_two_rows_comes_again_on_every_page():
    header = ("TT | Nhiệm vụ | Đơn vị | <", "^ | ^ | Chủ trì | Phối hợp")
    pages = [grid(*header, f"{at} | Việc {at} | Sở Y tế | Sở Nội vụ") for at in range(1, 4)]
    assert [row[0] for row in over(*pages)[0]] == ["1", "2", "3"]


def test_a_header_printed_again_further_down_is_no_row():
    assert len(over(grid(HEADER, "1 | A | Sở Y tế | 2025", HEADER, "2 | B | Sở Y tế | 2025"))[0]) == 2


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("1 | Rà soát và | Sở Giáo dục | 2025", " | bổ sung | và Đào tạo | "),
        ("1 | Rà soát và | Sở Giáo dục và Đào tạo | 2025", " | bổ sung | | "),
        ("1 | Rà soát và bổ sung | Sở Giáo dục | 2025", " | | và Đào tạo | "),
    ],
    ids=["both cells", "the work", "the agency"],
)
def test_a_row_that_a_page_break_cut_is_one(last, first):
    assert over(grid(HEADER, last), grid(first, "2 | B | Sở Y tế | 2025"))[0] == [
        ["1", "Rà soát và bổ sung", "Sở Giáo dục và Đào tạo", "2025"],
        ["2", "B", "Sở Y tế", "2025"],
    ]


def test_a_row_with_a_number_of_its_own_is_not_joined_to_the_page_before():
    assert len(over(grid(HEADER, "1 | A | Sở Y tế | 2025"), grid("2 | bổ sung | Sở Y tế | 2025"))[0]) == 2


def test_a_section_at_the_top_of_a_page_is_not_joined_to_the_row_before():
    assert len(over(grid(HEADER, "1 | A | Sở Y tế | 2025"), grid("Phần hai | < | < | <", "2 | B | x | y"))[0]) == 3


def test_a_merged_cell_goes_on_over_the_page():
    rows = over(grid(HEADER, "1 | A | Sở Y tế | 2025"), grid("2 | B | | 2026", "3 | C | ^ | 2027"))[0]
    assert [row[2] for row in rows] == ["Sở Y tế"] * 3


def test_an_empty_cell_over_one_row_is_empty():
    rows = over(grid(HEADER, "1 | A | Sở Y tế | 2025"), grid("2 | B | | 2026", "3 | C | Sở Nội vụ | 2027"))[0]
    assert rows[1][2] == ""


@pytest.mark.parametrize(("upper", "lower"), [("Sở Xây dựng; Sở", "Tài chính"), ("Sở Xây dựng; Sở Tài", "chính")])
def test_a_merged_cell_of_bodies_that_a_page_break_cut_is_whole_on_both_pages(upper, lower):
    first = grid(HEADER, f"1 | A | {upper} | 2025", "2 | B | ^ | 2026")
    rows = over(first, grid(f"3 | C | {lower} | 2027", "4 | D | ^ | 2028", "5 | E | Sở Y tế | 2029"))[0]
    assert [row[2] for row in rows] == ["Sở Xây dựng; Sở Tài chính"] * 4 + ["Sở Y tế"]


@pytest.mark.parametrize(
    "lower", ["các phòng, ban", "Sở Tài chính", "các xã, phường", "Tài chính", "người dân", "toàn ngành"]
)
def test_a_cell_of_bodies_of_the_next_row_is_its_own(lower):
    rows = over(grid(HEADER, "1 | A | Sở Xây dựng | 2025"), grid(f"2 | B | {lower} | 2027"))[0]
    assert [row[2] for row in rows] == ["Sở Xây dựng", lower]


def test_columns_that_a_page_lacks_are_found_by_where_they_begin():
    first = page_of(1, grid("TT | Nhiệm vụ | Đơn vị | Ghi chú", "1 | A | Sở Y tế | x"), lefts=(50, 90, 300, 450))
    second = page_of(2, grid("2 | B | Sở Nội vụ"), lefts=(50, 91, 301))
    assert texts(first, second)[0][1] == ["2", "B", "Sở Nội vụ", ""]


def test_a_column_that_a_stroke_made_of_a_page_belongs_to_the_one_left_of_it():
    first = page_of(1, grid("TT | Nhiệm vụ | Đơn vị | Ghi chú", "1 | A | Sở Y tế | x"), lefts=(50, 90, 300, 450))
    second = page_of(2, grid("2 | B | Sở | Nội vụ | y"), lefts=(50, 91, 301, 320, 450))
    assert texts(first, second)[0][1] == ["2", "B", "Sở Nội vụ", "y"]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(page_of(2, "Phụ lục 2", grid("2 | B | x | y")), id="text above it"),
        pytest.param(page_of(3, grid("2 | B | x | y")), id="a page between"),
        pytest.param(page_of(2, grid("2 | B | x | y | z")), id="other columns"),
        pytest.param(page_of(2, grid("Số TT | Việc | Đơn vị chủ trì | Hạn", "1 | B | x | y")), id="another header"),
        pytest.param(page_of(2, grid("Họ tên | Chức vụ | Đơn vị | Máy", "Nguyễn An | x | y | 09")), id="no numbers"),
    ],
)
def test_another_table_is_another(second):
    assert len(texts(page_of(1, grid(HEADER, "1 | A | Sở Y tế | 2025")), second)) == 2


@pytest.mark.parametrize(
    ("box", "rotation", "tables"),
    [
        pytest.param(Box(555, 300, 590, 312), 0, 1, id="beside it"),
        pytest.param(Box(300, 60, 312, 90), 90, 1, id="beside a turned one"),
        pytest.param(Box(71, 720, 300, 732), 0, 2, id="below it"),
        pytest.param(Box(560, 300, 572, 400), 90, 2, id="below a turned one"),
    ],
)
def test_what_a_stamp_left_beside_a_table_does_not_end_it(box, rotation, tables):
    lefts = (70.0, 110.0, 300.0, 420.0)
    first, second = (page_of(at, grid(*rows), lefts=lefts) for at, rows in ((1, [HEADER, ROW]), (2, [ROW])))
    stray = Line("NHÂN DÂ", "NHÂN DÂ", box=box)
    first = replace(first, lines=(*first.lines, stray), rotation=rotation)
    assert len(texts(first, second)) == tables


@pytest.mark.parametrize(
    ("text", "confidence", "tables"),
    [
        ("10", 0.96, 1),
        ("ọ", 0.44, 1),
        ("Ạ-ri", 0.2, 1),
        ("Phụ lục II", 0.95, 2),
    ],
)
def test_dirt_and_figures_between_pages_of_a_scan_end_no_table(text, confidence, tables):
    lefts = (70.0, 110.0, 300.0, 420.0)
    first, second = (page_of(at, grid(*rows), lefts=lefts) for at, rows in ((1, [HEADER, ROW]), (2, [ROW])))
    stray = Line(
        text, text, box=Box(71, 720, 300, 732), words=(Word(0, len(text), Box(71, 720, 300, 732), confidence),)
    )
    assert len(texts(replace(first, lines=(*first.lines, stray)), second)) == tables


def test_a_line_that_stands_in_no_cell_is_said():
    stray = Line("Ghi thêm bằng tay", "Ghi thêm bằng tay", table=0)
    page = page_of(1, grid(HEADER, "1 | A | Sở Y tế | 2025"))
    _, notices = assembled(paged(Page(1, (*page.lines, stray), TextOrigin.OCR, "test", tables=page.tables)))
    assert [(one.code, dict(one.params)["text"]) for one in notices] == [("W305", "Ghi thêm bằng tay")]


def test_cells_that_were_told_by_what_they_say_and_rows_where_they_could_not_be_are_said():
    page = page_of(1, grid(HEADER, ROW, "2 | B Sở Nội vụ Sở Y tế | | "))
    told = replace(page, tables=(replace(page.tables[0], untold=(2,)),))
    _, notices = assembled(paged(told))
    assert [(one.code, dict(one.params)) for one in notices] == [
        ("W313", {"table": "table-1"}),
        ("W314", {"table": "table-1", "text": "2 B Sở Nội vụ Sở Y tế"}),
    ]


def test_a_row_whose_only_body_may_be_a_partner_is_said():
    page = page_of(1, grid("TT | Nhiệm vụ | Chủ trì | Phối hợp", "1 | A | Sở Y tế | "))
    told = replace(page, tables=(replace(page.tables[0], untold=(), presumed=(1,)),))
    _, notices = assembled(paged(told))
    assert [(one.code, dict(one.params).get("text")) for one in notices] == [("W313", None), ("W316", "1 A Sở Y tế")]


def test_a_line_may_stand_in_several_cells():
    words = "1 Rà soát Sở Y tế"
    parts = (CellSpan(0, 1, 0), CellSpan(2, 9, 1), CellSpan(10, 17, 2))
    table = Table(tuple(Cell(0, column) for column in range(3)), Box(0, 0, 1, 1))
    page = Page(1, (Line(words, words, table=0, cells=parts),), TextOrigin.OCR, "test", tables=(table,))
    assert texts(page) == [[["1", "Rà soát", "Sở Y tế"]]]


def test_rows_of_fewer_cells_have_empty_ones():
    cells = (Cell(0, 0), Cell(0, 1), Cell(0, 2), Cell(1, 0))
    lines = tuple(Line(text, text, table=0, cells=(CellSpan(0, 1, at),)) for at, text in enumerate("abcd"))
    page = Page(1, lines, TextOrigin.TEXT_LAYER, "test", tables=(Table(cells),))
    assert texts(page) == [[["a", "b", "c"], ["d", "", ""]]]


def test_a_table_without_lines_is_none():
    assert texts(Page(1, (), TextOrigin.TEXT_LAYER, "test", tables=(Table((Cell(0, 0),)),))) == []


def test_a_table_stands_where_each_of_its_pages_has_it():
    pages = [page_of(number, grid(HEADER, f"{number} | A | x | y"), lefts=(50, 90, 300, 450)) for number in (1, 2)]
    (sheet,), _ = assembled(paged(*pages))
    assert [page for page, _ in sheet.places] == [1, 2]


NUMBERED_ROWS = [f"{number} | Mua sách {number}. | Sở Y tế | 2025" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        ("6 | Rà soát văn bản, quy định về sách | Sở Y tế | 2025", "| của thư viện xã. | | ", True),
        ("6 | Rà soát sổ mượn, sổ trả; | Sở Y tế | 2025", "| Danh mục sách của thư viện xã. | | ", False),
        ("6 | Rà soát sổ mượn; | Sở Y tế, Sở Nông | 2025", "| danh mục sách | nghiệp và Môi trường | ", True),
        ("6 | Rà soát sổ mượn, sổ trả. | Sở Y tế | 2025", "| Danh mục sách của thư viện xã | | ", False),
        ("6 | Rà soát sổ mượn, sổ trả; | Sở Y tế | 2025", "| PHÒNG ĐỌC | | ", False),
        ("6 | Rà soát sổ mượn, sổ trả; | Sở Y tế | 2025", "| danh mục sách | Sở Nội vụ | ", False),
    ],
)
def test_a_row_of_a_text_that_a_page_break_of_its_source_cut_is_one(upper, lower, joined):
    (rows,) = over(grid(HEADER, *NUMBERED_ROWS, upper, lower, "7 | Bán sách. | Sở Y tế | 2025"))
    said = " ".join(cell.strip() for cell in lower.split("|")[1:2])
    assert (len(rows), rows[5][1].endswith(said)) == ((7, True) if joined else (8, False))
