"""Tables where they stand in their document."""

import pytest

from pipeline.outline import outline
from pipeline.outline.paragraphs import BodyLine
from pipeline.outline.tables import annex_of
from pipeline.schema import SectionKind, TableKind
from tests.cases import cases
from tests.documents import grid, line, page_of, paged

HEAD = "KẾ HOẠCH\nTriển khai chuyển đổi số\n"
TASKS = grid("TT | Nhiệm vụ | Đơn vị chủ trì", "1 | Rà soát văn bản | Sở Y tế")
TARGETS = grid("TT | Chỉ tiêu | Năm 2025", "1 | Số xã có thư viện | 12")
STAFF = grid("TT | Họ và tên | Chức vụ", "1 | Trần Văn Nam | Phó Chủ tịch")


def read(*pages):
    return outline(paged(*(page_of(number, *blocks) for number, blocks in enumerate(pages, 1))))


def table(*blocks):
    (found,) = read(blocks).tables
    return found


def nodes(of, style):
    """The nodes of one style, wherever they stand."""
    return [one for node in of for one in [*([node] if node.style == style else []), *nodes(node.children, style)]]


def numbers(outlined):
    return [
        row.number
        for part in outlined.parts
        for one in nodes(part.nodes, "table")
        for row in one.children
        if row.number
    ]


@pytest.mark.parametrize(
    ("rows", "kind"), [(TASKS, TableKind.TASK), (TARGETS, TableKind.TARGET), (STAFF, TableKind.OTHER)]
)
def test_each_table_says_what_its_rows_are(rows, kind):
    assert table(HEAD + "I. NHIỆM VỤ", rows).kind is kind


def test_the_rows_of_a_table_stand_under_the_heading_above_it():
    assert numbers(read((HEAD + "I. MỤC ĐÍCH\nNâng cao nhận thức.\nII. NHIỆM VỤ", TASKS))) == ["II.1"]


def test_the_rows_of_a_numbered_annex_stand_under_it():
    assert numbers(read((HEAD + "I. NHIỆM VỤ\n1. Rà soát.\nNơi nhận:\n- Như trên.",), ("PHỤ LỤC II", TASKS))) == [
        "Phụ lục II.1"
    ]


def test_the_rows_of_an_annex_without_a_number_stand_for_themselves():
    assert numbers(read((HEAD + "I. NHIỆM VỤ\n1. Rà soát.\nNơi nhận:\n- Như trên.",), ("PHỤ LỤC", TASKS))) == ["1"]


def test_the_rows_of_a_file_that_is_an_annex_stand_for_themselves():
    assert numbers(read(("PHỤ LỤC II", TASKS))) == ["1"]


def test_rows_of_targets_are_objectives():
    (part,) = read((HEAD + "I. NHIỆM VỤ", TARGETS)).parts
    (found,) = nodes(part.nodes, "table")
    assert found.children[0].kind is SectionKind.OBJECTIVE


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("I. NHIỆM VỤ\nBảng 1. Phân công nhiệm vụ", "Bảng 1. Phân công nhiệm vụ"),
        ("I. NHIỆM VỤ\n1. Rà soát.\n(Đơn vị tính: xã)", "(Đơn vị tính: xã)"),
        ("I. NHIỆM VỤ\n1. Các nhiệm vụ như sau:", None),
    ],
)
def test_a_caption_is_the_title_of_the_table_below_it(above, title):
    assert table(HEAD + above, TASKS).title == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Số phòng đọc mở mới ở các xã", "Số phòng đọc mở mới ở các xã"),
        ("Sở Y tế mua sách", None),
        ("Xây dựng 12 phòng đọc", None),
    ],
)
def test_a_line_between_a_title_and_a_table_is_its_title_where_it_orders_nothing(line, title):
    assert table(HEAD + "I. CHỈ TIÊU\n" + line, TARGETS).title == title


def test_the_name_of_a_body_above_a_table_heads_its_rows():
    (part,) = read((HEAD + "I. NHIỆM VỤ\nPhòng Kinh tế", TASKS)).parts
    (found,) = nodes(part.nodes, "title")
    assert found.title.text == "Phòng Kinh tế" and [one.style for one in found.children] == ["table"]


def test_a_paragraph_behind_the_table_of_a_body_is_an_order_of_its_own():
    (part,) = read((HEAD + "I. NHIỆM VỤ\n1. Phân công\nPhòng Kinh tế", TASKS, "Rà soát hồ sơ chợ.")).parts
    body, order = nodes(part.nodes, "title")
    assert order.title.text == "Rà soát hồ sơ chợ." and order in body.children


def test_a_table_of_an_annex_is_called_by_it():
    found = read((HEAD + "I. NHIỆM VỤ\n1. Rà soát.\nNơi nhận:\n- Như trên.",), ("PHỤ LỤC II", TASKS)).tables
    assert [one.annex for one in found] == ["Phụ lục II"]


def test_the_cells_of_a_table_are_no_paragraphs():
    (part,) = read((HEAD + "I. NHIỆM VỤ\n1. Rà soát.", TASKS, "2. Tập huấn.")).parts
    assert [one.title.text for one in part.nodes[0].children if one.title] == ["Rà soát.", "Tập huấn."]


def test_a_table_whose_rows_are_no_items_is_said():
    assert [one.code for one in read((HEAD + "I. NHIỆM VỤ\n1. Rà soát.", STAFF)).notices] == ["W302"]


def test_a_row_without_work_is_said():
    rows = grid("TT | Nhiệm vụ | Đơn vị chủ trì", "1 | Rà soát | Sở Y tế", "2 | | Sở Nội vụ")
    (said,) = [one for one in read((HEAD + "I. NHIỆM VỤ", rows)).notices if one.code == "W310"]
    assert dict(said.params) == {"table": "table-1", "text": "Sở Nội vụ"}


@cases("tables/annexes", text=str, annex=str | None)
def test_an_annex_is_called_by_its_head(text, annex):
    assert annex_of([BodyLine(line(text), 1, 0)]) == annex


def test_a_column_of_no_known_meaning_is_said():
    made = grid("TT | Nhiệm vụ | Đơn vị chủ trì | Hệ số", "1 | Rà soát văn bản | Sở Y tế | 1,5")
    [said] = [one for one in read((HEAD + "I. NHIỆM VỤ", made)).notices if one.code == "W311"]
    assert "“Hệ số”" in said.text("vi")


HOURS = grid(
    "Thời gian | Nội dung | Người phụ trách",
    "Buổi sáng (từ 7h00 đến 9h00) - Sinh hoạt lớp |  | ",
    "7h00 - 7h15 | Ổn định tổ chức | Hiệu trưởng",
    "Buổi chiều - Tập trung |  | ",
    "13h30 - 15h00 | Phổ biến nội quy | Bí thư Đoàn trường",
)


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("NGÀY 1: THỨ HAI, NGÀY 24/8/2026", ["Ổn định tổ chức", "Phổ biến nội quy"]),
        ("Thứ Hai, ngày 24/8/2026", ["Ổn định tổ chức", "Phổ biến nội quy"]),
        ("CHƯƠNG TRÌNH HỘI NGHỊ", []),
    ],
)
def test_hours_of_a_day_that_the_title_says_are_work_where_somebody_does_it(title, work):
    found = read((f"{HEAD}II. NỘI DUNG\n{title}", HOURS))
    rows = [row.title.text for part in found.parts for one in nodes(part.nodes, "table") for row in one.children]
    assert rows == work
