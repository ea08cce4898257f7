"""Rows of a table as elements of the tree."""

from dataclasses import replace

import pytest

from pipeline.document import FieldRole
from pipeline.outline.table_assembly import assembled
from pipeline.outline.table_nodes import table_node
from pipeline.schema import SectionKind
from tests.cases import cases
from tests.documents import tabled

HEADER = "TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian"


def node_of(*rows, parent=None, kind=SectionKind.TASK):
    (sheet,), _ = assembled(tabled(*rows))
    return table_node(sheet.rows, sheet.header.columns, kind, parent)


def tree(node):
    """The rows as (number, text, rows below)."""
    return [(one.number, one.title.text, tree(one)) for one in node.children]


def rows_of(*rows, **kwargs):
    return tree(node_of(*rows, **kwargs)[0])


def cells(node, role):
    """What the cells of one role say, in all rows that have one."""
    own = [one.passage.text for one in node.fields if one.role is role and one.passage]
    return own + [text for child in node.children for text in cells(child, role)]


@cases("tables/numbers", printed=str)
def test_the_number_cell_numbers_its_row(printed):
    ((number, _, _),) = rows_of(HEADER, f"{printed} | Rà soát | Sở Y tế | 2025")
    assert number.strip("0)") == "1"


def test_the_number_is_a_path_below_the_heading():
    assert rows_of(HEADER, "1 | Rà soát | Sở Y tế | 2025", parent="II")[0][0] == "II.1"


@cases("tables/sections", section=str)
def test_a_row_of_one_text_opens_a_section(section):
    assert rows_of(HEADER, section, "1 | Rà soát | Sở Y tế | 2025") == [("I", "Tuyên truyền", [("I.1", "Rà soát", [])])]


@pytest.mark.parametrize("section", ["TUYÊN TRUYỀN | < | < | <", " | TUYÊN TRUYỀN | | ", " | Tuyên truyền | | "])
def test_a_section_may_have_no_number(section):
    (found,) = rows_of(HEADER, section, "1 | Rà soát | Sở Y tế | 2025")
    assert found[0] is None and found[2] == [("1", "Rà soát", [])]


def test_a_number_in_the_column_of_times_opens_a_section():
    rows = [
        "Thời gian | Nội dung | Đơn vị chủ trì",
        "I | Chuẩn bị | ",
        "10-11/2025 | Rà soát | Sở Y tế",
        "II | Công bố | ",
    ]
    assert rows_of(*rows, "12/2025 | Họp báo | Sở Y tế") == [
        ("I", "Chuẩn bị", [("I", "Rà soát", [])]),
        ("II", "Công bố", [("II", "Họp báo", [])]),
    ]


def test_a_number_in_a_column_of_months_opens_none():
    found = rows_of(
        "Tháng | Nội dung | Đơn vị chủ trì", "1 | Rà soát | Sở Y tế", "2 | Họp báo | ", "3 | Báo cáo | Sở Y tế"
    )
    assert [title for _, title, _ in found] == ["Rà soát", "Họp báo", "Báo cáo"]


def test_sections_follow_each_other():
    found = rows_of(HEADER, "I | Một | | ", "1 | A | x | y", "II | Hai | | ", "1 | B | x | y")
    assert [(number, [below for below, _, _ in rows]) for number, _, rows in found] == [
        ("I", ["I.1"]),
        ("II", ["II.1"]),
    ]


def test_numbers_of_two_levels_stand_below_the_first():
    found = rows_of(HEADER, "1 | A | | ", "1.1 | A một | x | y", "1.2 | A hai | x | y", "2 | B | x | y")
    assert found == [("1", "A", [("1.1", "A một", []), ("1.2", "A hai", [])]), ("2", "B", [])]


def test_a_row_without_a_number_takes_that_of_the_row_above():
    found = rows_of(HEADER, "1 | A | x | y", " | B | z | t", "2 | C | x | y")
    assert [(number, text) for number, text, _ in found] == [("1", "A"), ("1", "B"), ("2", "C")]


def test_rows_below_take_who_and_when_from_the_row_above():
    node, _ = node_of(HEADER, "1 | A | Sở Y tế | 2025", "a | A một | | ", "b | A hai | Sở Nội vụ | ")
    assert [cells(child, FieldRole.LEAD) for child in node.children[0].children] == [["Sở Y tế"], ["Sở Nội vụ"]]


@pytest.mark.parametrize("mark", ["nt", "Như trên", '-"-'])
def test_a_mark_stands_for_the_cell_above(mark):
    node, _ = node_of(HEADER, "1 | A | Sở Y tế | 2025", f"2 | B | {mark} | 2026", f"3 | C | {mark} | 2027")
    assert cells(node, FieldRole.LEAD) == ["Sở Y tế"] * 3


def test_a_mark_with_nothing_above_it_is_kept():
    assert cells(node_of(HEADER, "1 | A | nt | 2025")[0], FieldRole.LEAD) == ["nt"]


def test_who_leads_and_who_helps_is_said_in_the_column_of_each():
    node, _ = node_of(
        "TT | Nội dung | Sở Y tế | Sở Xây dựng | UBND phường | Thời hạn",
        "1 | Phun thuốc | CT | | PH | Quý I",
        "2 | Nạo vét cống | PH | CT | < | Quý II",
        "3 | Tổng vệ sinh | | | x | Quý II",
    )
    roles = (FieldRole.LEAD, FieldRole.COOPERATING, FieldRole.RESPONSIBLE)
    assert [[cells(one, role) for role in roles] for one in node.children] == [
        [["Sở Y tế"], ["UBND phường"], []],
        [["Sở Xây dựng", "UBND phường"], ["Sở Y tế"], []],
        [[], [], ["UBND phường"]],
    ]


def test_a_dash_says_nothing():
    assert cells(node_of(HEADER, "1 | A | - | 2025")[0], FieldRole.LEAD) == []


@cases("tables/totals", total=str)
def test_a_total_is_no_item(total):
    assert [text for _, text, _ in rows_of(HEADER, "1 | A | x | y", total)] == ["A"]


@cases("tables/no_totals", work=str)
def test_work_that_begins_like_a_total_is_an_item(work):
    assert rows_of("Nhiệm vụ | Đơn vị chủ trì", f"{work} | Sở Y tế", "B | Sở Y tế")[0][1] == work


@pytest.mark.parametrize("work", ["", "-"])
def test_a_row_that_names_no_work_is_not_lost_in_silence(work):
    assert node_of(HEADER, f"1 | {work} | Sở Y tế | 2025")[1] == [("W310", "Sở Y tế | 2025")]


@pytest.mark.parametrize(
    "rows",
    [
        (HEADER, "1 | A | Sở Y tế | 2025", " | | Sở Nội vụ | 2026"),
        ("Nhiệm vụ | Đơn vị chủ trì | Thời gian", "A | Sở Y tế | 2025", " | Sở Nội vụ | 2026"),
    ],
    ids=["with numbers", "without"],
)
def test_a_row_without_number_and_work_is_more_of_the_work_above(rows):
    node, doubts = node_of(*rows)
    assert [(one.title.text, cells(one, FieldRole.LEAD)) for one in node.children] == [
        ("A", ["Sở Y tế"]),
        ("A", ["Sở Nội vụ"]),
    ]
    assert doubts == [("W317", "Sở Nội vụ | 2026")]


@pytest.mark.parametrize("above", ["I | Một | | ", "PHẦN MỘT | < | < | <"])
def test_a_row_without_number_and_work_below_a_title_is_lost(above):
    assert node_of(HEADER, above, " | | Sở Nội vụ | 2026")[1] == [("W310", "Sở Nội vụ | 2026")]


@pytest.mark.parametrize("row", ["2 | | | ", " | | | ", "2 | | ^ | "])
def test_a_row_that_says_nothing_is_passed_over(row):
    node, lost = node_of(HEADER, "1 | A | Sở Y tế | 2025", row)
    assert (len(node.children), lost) == (1, [])


def test_work_that_holds_for_several_rows_stands_over_them():
    found = rows_of("TT | Nhiệm vụ | Hoạt động | Đơn vị", "1 | A | a | x", "2 | ^ | b | x", "3 | B | c | x")
    assert [(text, [below for _, below, _ in rows]) for _, text, rows in found] == [("A", ["a", "b"]), ("B", ["c"])]


def test_a_group_without_parts_is_an_item_itself():
    found = rows_of("TT | Nhiệm vụ | Hoạt động | Đơn vị", "1 | A | a | x", "2 | ^ | b | x", "3 | B | | x")
    assert found[-1][1:] == ("B", [("3", "B", [])])


def test_what_the_work_is_for_stands_over_it():
    found = rows_of("TT | Mục tiêu | Nhiệm vụ | Đơn vị chủ trì", "1 | Nâng cao | Rà soát | x")
    assert [text for _, text, _ in found[0][2]] == ["Rà soát"]


def test_a_number_at_the_start_of_the_work_numbers_the_row():
    assert rows_of("Nhiệm vụ | Đơn vị chủ trì", "1. Rà soát | x", "2. Tập huấn | x") == [
        ("1", "Rà soát", []),
        ("2", "Tập huấn", []),
    ]


def test_a_section_is_a_section_and_a_row_is_none():
    node, _ = node_of(HEADER, "PHẦN CHUNG | < | < | <", "1 | A | x | y")
    assert (node.children[0].style, node.children[0].children[0].style) == ("section", "decimal")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([HEADER, "1 | A | x | y", " | B | | ", " | C | | ", "2 | D | x | y"], id="in a row"),
        pytest.param([HEADER, "1 | A | x | y", " | - B | | ", " | - C | | ", "2 | D | x | y"], id="with bullets"),
        pytest.param(
            [HEADER, "1 | A | x | y", " | B | | ", " | C | x | y", "2 | D | x | y"], id="above one with cells"
        ),
        pytest.param(["Nhiệm vụ | Chủ trì", "A | x", "B | ", "C | x", "D | x"], id="where no row has a number"),
    ],
)
def test_a_row_of_nothing_but_work_is_work(rows):
    assert [(text, below) for _, text, below in rows_of(*rows)] == [(one, []) for one in "ABCD"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([HEADER, "1 | A | x | y", " | Trong đó: | | ", " | C | x | y"], id="that ends with a colon"),
        pytest.param(["Nhiệm vụ | Chủ trì", "B | ", "A | x", "Trong đó | ", "C | x"], id="as the first row does"),
    ],
)
def test_a_row_of_nothing_but_work_may_be_a_title(rows):
    (*_, (_, title, below)) = rows_of(*rows)
    assert title.startswith("Trong đó") and [text for _, text, _ in below] == ["C"]


def test_a_row_of_nothing_but_work_in_bold_is_a_title():
    found = rows_of(HEADER, "1 | A | x | y", " | **B** | | ", "2 | C | x | y", " | D | x | y")
    assert found == [("1", "A", []), (None, "B", [("2", "C", []), ("2", "D", [])])]


def test_a_row_in_bold_under_which_nothing_stands_is_work():
    found = rows_of(HEADER, "1 | A | x | y", " | **B** | | ", " | **C** | | ")
    assert [text for _, text, _ in found] == ["A", "B", "C"]


def test_where_all_rows_are_bold_they_are_work():
    found = rows_of(HEADER, "1 | **A** | x | y", " | **B** | | ", "2 | **C** | x | y")
    assert found == [("1", "A", []), ("1", "B", []), ("2", "C", [])]


def test_what_is_measured_may_stand_over_its_parts():
    ((_, _, below),) = rows_of(
        "Chỉ tiêu | Đơn vị tính | Năm 2025",
        "Tỷ lệ hộ nghèo | % | ",
        "- Thành thị | % | 2",
        kind=SectionKind.OBJECTIVE,
    )
    assert [text for _, text, _ in below] == ["Thành thị"]


def test_a_thousand_rows_make_a_thousand_items():
    assert len(rows_of(HEADER, *(f"{at} | Việc | x | y" for at in range(1, 1001)))) == 1000


def coloured(rows, cells):
    """The fields of the first row; `cells` are its columns that have a colour."""
    (sheet,), _ = assembled(tabled(*rows))
    first = tuple(replace(slot, shaded=at in cells) for at, slot in enumerate(sheet.rows[0]))
    node, _ = table_node([first], sheet.header.columns, SectionKind.TASK, None)
    return [
        (one.period, one.coloured, one.passage.text) for one in node.children[0].fields if one.period and one.passage
    ]


MONTHS = ("TT | Nhiệm vụ | Chủ trì | T1 | T2", "1 | Rà soát | Sở Y tế | |")


def test_a_colour_marks_the_month_of_its_column():
    assert coloured(MONTHS, {4}) == [("tháng 2", True, "T2")]


def test_a_coloured_row_marks_nothing():
    assert coloured(MONTHS, {0, 1, 2, 3, 4}) == []


def test_of_a_problem_and_its_solution_the_solution_is_the_work():
    rows = rows_of("TT | Vấn đề | Giải pháp | Người thực hiện", "1 | Thiếu biển chỉ dẫn | Lắp 15 biển | Sở Y tế")
    assert [text for _, text, _ in rows] == ["Lắp 15 biển"]


def test_what_work_consists_in_stands_behind_its_name():
    rows = rows_of(
        "Hoạt động | Nội dung | Đơn vị phụ trách | Thời gian",
        "Ngày hội đọc sách | Trưng bày sách mới, thi kể chuyện | Thư viện | Ngày 21/4",
        "Vệ sinh trường lớp | | Đoàn trường | Tháng 5",
        "Họp phụ huynh | Họp phụ huynh | Ban Giám hiệu | Tháng 5",
        " | Dọn kho sách | Thư viện | Tháng 6",
    )
    names = ["Ngày hội đọc sách: Trưng bày sách mới, thi kể chuyện", "Vệ sinh trường lớp", "Họp phụ huynh"]
    texts = [*names, "Dọn kho sách"]
    assert [text for _, text, _ in rows] == texts


@pytest.mark.parametrize("header", ["Văn bản", "Mục tiêu"])
def test_documents_and_aims_beside_the_work_are_no_part_of_it(header):
    rows = rows_of(f"TT | Nhiệm vụ | {header} | Đơn vị thực hiện", "1 | Tập huấn kế toán | Bảo đảm an toàn | Sở Y tế")
    assert [text for _, text, _ in rows] == ["Tập huấn kế toán"]
