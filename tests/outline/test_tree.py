"""The numbered tree: paths, ordinals, titles and what stands under them."""

import pytest

from pipeline.schema import SectionKind
from tests.cases import cases
from tests.documents import part


def walk(nodes):
    for node in nodes:
        yield node
        yield from walk(node.children)


def paths(text):
    """Number and ordinal of every element in reading order."""
    nodes = walk(part(text).nodes)
    return [
        f"{node.number}-{node.ordinal}" if node.ordinal else node.number for node in nodes if node.style != "shared"
    ]


@cases("outline/paths", text=str, numbers=list[str])
def test_every_element_gets_the_path_that_is_printed(text, numbers):
    assert paths(text) == numbers


def test_an_order_on_the_line_under_its_heading_is_the_body():
    (node,) = part("4. Sở Tài chính\nThẩm định dự toán kinh phí hằng năm.").nodes
    assert (node.title.text, node.body.text) == ("Sở Tài chính", "Thẩm định dự toán kinh phí hằng năm.")


def test_a_paragraph_that_opens_the_items_is_the_body_of_their_heading():
    (node,) = part("II. NHIỆM VỤ\nCác sở, ngành tập trung vào:\n1. Mua sách.\n2. Bán sách.").nodes
    assert (node.body.text, len(node.children)) == ("Các sở, ngành tập trung vào:", 2)


def test_a_line_about_time_under_a_list_is_shared_by_its_items():
    text = "I. NHIỆM VỤ\n1. Mua sách:\n- Sách mới.\n- Sách cũ.\nThời gian thực hiện: Quý II/2024.\n2. Bán sách."
    first = part(text).nodes[0].children[0]
    assert [child.style for child in first.children] == ["dash", "dash", "shared"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Đọc.\n2. Yêu cầu\n- Đọc.",
            ["purpose", "purpose", "purpose", "requirement", "requirement"],
        ),
        ("II. MỤC TIÊU\n1. Mua sách\n- Mua.", ["objective"] * 3),
        ("II. MỤC TIÊU\n1. Phương hướng\n- Mua.\n2. Đề xuất\n- Mua.", ["objective"] * 5),
        ("II. MỤC TIÊU\n1. Nhiệm vụ\n- Mua.", ["objective", "task", "task"]),
        ("II. SƠ KẾT\n1. Phương hướng\n- Mua.", [None, "task", "task"]),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Mua.", ["organisation"] * 3),
        ("IV. MUA SÁCH\n- Mua.", [None, None]),
        ("V. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\na) Mục tiêu chung\n- Mua.", ["organisation"] * 4),
        ("V. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\na) Nhiệm vụ chung;", ["organisation"] * 3),
    ],
)
def test_a_title_gives_its_kind_to_what_stands_below(text, kinds):
    expected = [kind and SectionKind(kind) for kind in kinds]
    assert [node.kind for node in walk(part(text).nodes)] == expected


def shared_of(node):
    return [child.body.text for child in node.children if child.style == "shared"]


def test_lines_between_a_title_and_its_items_hold_for_them():
    lines = "Thời gian: Quý III/2026.\nĐơn vị chủ trì: Sở Y tế.\n"
    (node,) = part(f"II. KIỂM TRA\n{lines}1. Kiểm tra các thư viện.\n2. Kiểm tra các trường.").nodes
    assert (node.body, shared_of(node)) == (None, ["Thời gian: Quý III/2026.", "Đơn vị chủ trì: Sở Y tế."])
    (node,) = part(f"II. THỜI GIAN, ĐỊA ĐIỂM\n{lines}1. Kiểm tra các thư viện.").nodes
    assert shared_of(node) == []


def test_lines_below_an_order_that_say_by_whom_and_when_are_its_own():
    text = "II. NỘI DUNG\n1. Hội sách\n- Thời gian: Tháng 4.\n- Địa điểm: Thư viện.\n- Đơn vị phối hợp:\n+ Sở Y tế."
    (item,) = part(text).nodes[0].children
    assert [child.style for child in item.children] == ["shared", "shared", "aside"]
    assert shared_of(item) == ["Thời gian: Tháng 4.", "Đơn vị phối hợp: Sở Y tế."]


def test_such_a_line_begins_behind_a_title_that_fills_its_line():
    title = "Triển khai nhiệm vụ số hóa tài liệu lưu trữ lịch sử của tỉnh và tài liệu của các sở, ngành, huyện, thị xã"
    (item,) = part(f"II. NHIỆM VỤ\n1. {title}\n- Đơn vị chủ trì: Sở Nội vụ.\n- Thời gian: Quý II.").nodes[0].children
    assert (item.title.text, len(shared_of(item))) == (title, 2)


def test_lines_among_items_hold_for_these():
    (item,) = part("II. NỘI DUNG\n1. Cuộc thi\na) Nội dung: Thi đọc.\nb) Cơ quan chủ trì: Sở Y tế.").nodes[0].children
    assert [child.style for child in item.children] == ["letter", "shared"]


def test_lines_behind_each_item_are_its_own():
    text = "II. NỘI DUNG\n1. Mua sách.\nThời gian: Tháng 4.\n2. Bán sách.\nThời gian: Tháng 5."
    (section,) = part(text).nodes
    assert [shared_of(item) for item in section.children] == [["Thời gian: Tháng 4."], ["Thời gian: Tháng 5."]]


def test_a_line_behind_the_last_item_is_its_own_where_another_has_lines_of_its_own():
    text = "II. NỘI DUNG\n1. Mua sách\n- Chủ trì: Sở Y tế.\n- Thời gian: Tháng 4.\n2. Bán sách.\nThực hiện: Sở Nội vụ."
    (section,) = part(text).nodes
    assert [shared_of(item) for item in section.children] == [
        ["Chủ trì: Sở Y tế.", "Thời gian: Tháng 4."],
        ["Thực hiện: Sở Nội vụ."],
    ]


@pytest.mark.parametrize("mark", ["*", "+"])
def test_a_deeper_line_behind_the_last_item_alone_holds_for_the_list(mark):
    text = f"II. NỘI DUNG\n1. Tuyên truyền\n- Treo băng rôn;\n- Đăng tin.\n{mark} Đơn vị thực hiện: Sở Y tế."
    (item,) = part(text).nodes[0].children
    assert (shared_of(item), [child.children for child in item.children[:2]]) == (
        ["Đơn vị thực hiện: Sở Y tế."],
        [(), ()],
    )


def test_a_section_of_nothing_but_such_lines_keeps_them():
    (section,) = part("IV. TỔ CHỨC THỰC HIỆN\n- Đơn vị chủ trì: Sở Y tế.\n- Đơn vị phối hợp: Sở Tài chính.").nodes
    assert [child.style for child in section.children] == ["dash", "dash"]


LISTED = """II. NỘI DUNG
1. Nội dung
a) Mua sách.
b) Bán sách.
2. Cơ quan chủ trì, phối hợp
a) Cơ quan chủ trì
- Sở Văn hóa.
- Sở Y tế; Sở Tài chính.
b) Cơ quan phối hợp: Sở Nội vụ.
3. Thời gian thực hiện: Quý II."""


def test_bodies_listed_under_their_role_hold_for_the_items_beside_them():
    (section,) = part(LISTED).nodes
    assert [child.number for child in section.children if child.style != "shared"] == ["II.1"]
    assert shared_of(section) == [
        "Cơ quan chủ trì: Sở Văn hóa.",
        "Cơ quan chủ trì: Sở Y tế; Sở Tài chính.",
        "Cơ quan phối hợp: Sở Nội vụ.",
        "Thời gian thực hiện: Quý II.",
    ]


def test_orders_under_the_name_of_a_role_are_items():
    text = LISTED.replace("- Sở Văn hóa.", "- Sở Văn hóa: mua sách cho thư viện các xã.")
    (section,) = part(text).nodes
    assert "II.2" in [child.number for child in section.children if child.style != "shared"]


@pytest.mark.parametrize(
    ("text", "styles"),
    [
        ("1. Mua sách.\n2. Bán.\n- Thời gian: Tháng 4.\n- Đơn vị thực hiện: Sở Y tế.", [["lent"] * 2, ["shared"] * 2]),
        ("1. Mua.\n- Thời gian: Quý I.\n2. Bán.\n3. In.\n- Thời gian: Tháng 4.", [["shared"], [], ["shared"]]),
        ("1. Sở Y tế mua sách.\n2. Bán sách.\n- Thời gian: Tháng 4.", [[], ["shared"]]),
        ("1. Mua sách, Sở Y tế chủ trì.\n2. Bán sách.\n- Thời gian: Tháng 4.", [[], ["shared"]]),
    ],
)
def test_lines_behind_the_last_item_are_lent_to_those_before_it_where_none_has_any(text, styles):
    (section,) = part(f"II. NỘI DUNG\n{text}").nodes
    assert [[child.style for child in item.children] for item in section.children] == styles


def test_lines_behind_an_item_in_the_middle_are_its_own():
    text = "II. NỘI DUNG\n1. Hội sách.\n2. Hội hoa.\nĐơn vị chủ trì: Sở Y tế.\n3. Hội trăng."
    items = part(text).nodes[0].children
    assert [[child.style for child in item.children] for item in items] == [[], ["shared"], []]


MARKED = """# I. NHIỆM VỤ
## 1. Mở lớp tập huấn cho cán bộ
### Thời gian: trước ngày 30/6/2026
### Đơn vị chủ trì: Sở Y tế
## 2. Lập danh sách cán bộ"""


def test_lines_of_an_item_that_the_format_makes_headings_are_its_own():
    (section,) = part(MARKED).nodes
    assert [shared_of(item) for item in section.children] == [
        ["Thời gian: trước ngày 30/6/2026", "Đơn vị chủ trì: Sở Y tế"],
        [],
    ]


@pytest.mark.parametrize(
    "order",
    ["Sở Y tế chủ trì mở 12 lớp, xong trong quý II", "Xong trước ngày 30/6/2026", "Các trường ký cam kết với cha mẹ"],
)
def test_a_sentence_that_the_format_makes_a_heading_is_of_the_item_above_it(order):
    (section,) = part(f"# I. NHIỆM VỤ\n1. Mở lớp tập huấn\n## {order}\n2. Lập danh sách cán bộ").nodes
    assert [child.number for child in section.children] == ["I.1", "I.2"]


@pytest.mark.parametrize("title", ["Tổ chức thực hiện", "Tổ chức 05 lớp tập huấn", "Sở Y tế"])
def test_a_title_that_the_format_makes_a_heading_holds_what_stands_below(title):
    (section,) = part(f"# I. NHIỆM VỤ\n1. Mở lớp tập huấn\n## {title}\n1. Lập danh sách cán bộ").nodes
    assert [child.style for child in section.children] == ["decimal", "title"]
