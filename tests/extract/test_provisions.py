"""Provisions: what an item takes over from the headings above it."""

import pytest

from pipeline.extract import extract
from pipeline.extract.confidence import confidence
from pipeline.outline import outline
from tests.cases import cases
from tests.documents import body, document

ORDER = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n"
DATE = "UBND TỈNH HÀ GIANG\nSố: 5/KH-UBND\nHà Giang, ngày 2 tháng 1 năm 2023\nKẾ HOẠCH\nMua sách năm 2023\n"


def provisions(text):
    made = document(text) if text.startswith(DATE) else body(text)
    plan = extract(made, outline(made))
    return plan.objectives + plan.tasks


def agencies(text, at=0):
    return [(one.name, one.role.value, one.stated_in.value) for one in provisions(text)[at].agencies]


@cases("roles/inherited", text=str, roles=list[tuple[str, str, str]])
def test_agencies_with_roles_from_the_headings_and_the_item(text, roles):
    assert agencies(text) == roles


def test_an_agency_that_leads_is_not_responsible_again():
    text = ORDER + "a) Chủ trì lập dự toán; Sở Tài chính chịu trách nhiệm báo cáo."
    assert agencies(text) == [("Sở Tài chính", "lead", "heading")]


def test_the_same_agency_has_the_same_key_however_it_is_printed():
    orders = "1. Phối hợp với Sở VHTTDL mua sách.\n2. Phối hợp với Sở Văn hóa, Thể thao và Du lịch bán sách."
    found = [one for item in provisions(f"{DATE}I. NHIỆM VỤ\n{orders}") for one in item.agencies]
    assert [one.printed for one in found] == ["Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch"]
    assert {(one.name, one.key) for one in found} == {("Sở Văn hóa, Thể thao và Du lịch", "department.culture@VN-03")}


@cases("deadlines/inherited", text=str, deadlines=list[str])
def test_times_come_from_the_item_else_from_what_stands_above(text, deadlines):
    assert [one.edtf or "in words" for one in provisions(text)[0].deadlines] == deadlines


def test_the_day_of_an_order_with_a_list_below_it_is_its_own():
    order = "Mua xong sách mới trước ngày 29/4/2026. Thư viện tỉnh lập danh mục sách cần mua."
    items = provisions(f"{DATE}I. NHIỆM VỤ\n1. {order}\n- Kê lại giá sách.\n- Phát thẻ đọc.\n")
    assert [[due.edtf for due in item.deadlines] for item in items] == [["../2026-04-29"], [], []]


def test_a_day_without_a_year_is_of_the_year_of_issue_although_the_day_of_that_is_blank():
    blank = "UBND TỈNH HÀ GIANG\nSố: 5/KH-UBND\nHà Giang, ngày     tháng 8 năm 2026\nKẾ HOẠCH\nMua sách\n"
    plan = document(f"{blank}I. NHIỆM VỤ\n1. Mua sách mới trước ngày 24/8.\n")
    (item,) = extract(plan, outline(plan)).tasks
    assert [due.edtf for due in item.deadlines] == ["../2026-08-24"]


def test_a_plan_for_several_years_whose_day_of_issue_is_blank_has_no_year():
    blank = "UBND TỈNH HÀ GIANG\nSố: 5/KH-UBND\nHà Giang, ngày     tháng 8 năm 2026\nKẾ HOẠCH\n"
    plan = document(f"{blank}Mua sách giai đoạn 2026 - 2030\nI. NHIỆM VỤ\n1. Mua sách mới, hoàn thành trong năm.\n")
    (item,) = extract(plan, outline(plan)).tasks
    assert [due.edtf for due in item.deadlines] == [None]


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("Thời gian thực hiện: Thường xuyên.", ["Thường xuyên"]),
        (
            "Thời gian: Thực hiện thường xuyên, riêng phòng đọc xong trong quý II/2026.",
            ["Thực hiện thường xuyên", "xong trong quý II/2026"],
        ),
        ("Thời gian thực hiện: Thường xuyên hằng năm.", ["hằng năm"]),
        ("Phương thức thực hiện: Thường xuyên trao đổi.", []),
        ("Thời gian: Quý IV/2026, 2027.", ["Quý IV/2026, 2027"]),
        ("Thời gian: 15, 16/4/2026.", ["15, 16/4/2026"]),
        ("Thời gian: Theo kế hoạch của tỉnh.", ["Theo kế hoạch của tỉnh"]),
    ],
)
def test_behind_the_label_of_a_time_the_words_of_a_cell_are_times_too(line, times):
    (item,) = provisions(f"{DATE}II. NHIỆM VỤ\n1. Mua sách mới cho thư viện.\n- {line}\n- Kinh phí: Ngân sách.\n")
    assert [due.text for due in item.deadlines] == times


@pytest.mark.parametrize(
    ("heading", "order", "edtf"),
    [
        ("NHIỆM VỤ NĂM 2024", "Khởi công trạm y tế.", ["2024"]),
        ("NHIỆM VỤ NĂM 2023", "Khởi công trạm y tế.", []),
        ("NHIỆM VỤ NĂM 2024", "Nghiệm thu đường trước 30/6.", ["../2024-06-30"]),
        ("Nhiệm vụ lập dự toán năm 2024", "Gửi số liệu trước 30/6.", ["../2023-06-30"]),
        ("NHIỆM VỤ TRƯỚC NĂM 2024", "Nghiệm thu đường trước 30/6.", ["../2023-06-30"]),
    ],
)
def test_items_under_a_year_that_is_not_the_plans_own_are_in_it(heading, order, edtf):
    (item,) = provisions(f"{DATE}III. {heading}\n1. {order}\n")
    assert [due.edtf for due in item.deadlines] == edtf


def test_a_target_is_due_when_its_heading_says():
    (target,) = provisions("II. MỤC TIÊU\n1. Mục tiêu đến năm 2030:\na) Đạt 50% thư viện.")[0].targets
    assert target.due == "2030"


def test_headings_are_given_from_the_top_down_without_their_colons():
    (one,) = provisions("II. NHIỆM VỤ\n1. Mua sách:\na) Mua sách mới cho thư viện tỉnh.")
    assert one.headings == ["NHIỆM VỤ", "Mua sách"]


@pytest.mark.parametrize(
    ("order", "doubts"),
    [
        ("Mua sách trước ngày 30 tháng 11 năm 2023.", []),
        ("Mua sách trước ngày 30 tháng 11.", [("W405", "trước ngày 30 tháng 11")]),
        (
            "Mua sách trong năm 2025 và những năm tiếp theo.",
            [("W406", "năm 2025 và những năm tiếp theo")],
        ),
    ],
)
def test_what_is_assumed_is_a_doubt_where_it_stands_and_lowers_the_confidence(order, doubts):
    (one,) = provisions(f"{DATE}I. NHIỆM VỤ\n1. {order}")
    assert [(doubt.code, doubt.evidence.quote) for doubt in one.doubts] == doubts
    (due,) = one.deadlines
    assert due.confidence == confidence("deadline", "own", doubted=bool(doubts))
    assert one.confidence == min(due.confidence, confidence("item", "item"))


def test_a_time_of_a_heading_is_inherited():
    (one,) = provisions("II. NHIỆM VỤ\n1. Trong năm 2023:\na) Mua sách mới cho thư viện tỉnh.")
    assert [due.inherited for due in one.deadlines] == [True]


@pytest.mark.parametrize(
    ("lines", "edtf"),
    [
        ("1. Tháng 8 năm 2022: kê lại giá sách.", ["2022-08"]),
        ("1. Tháng 10, tháng 11 năm 2022:\n- Kê lại giá sách.", ["2022-10/2022-11"]),
        ("1. Quý IV/2022:\n- Kê lại giá sách.", ["2022-36"]),
        ("1. Ngày 20/8/2022: kê lại giá sách.", ["2022-08-20"]),
        ("1. Từ ngày 20/8/2022 đến ngày 15/9/2022: kê lại giá sách.", ["2022-08-20/2022-09-15"]),
        ("1. Năm 2022: kê lại giá sách.", []),
        ("1. Kê lại giá sách như tháng 8 năm 2022: theo tủ.", []),
        ("1. Trong tháng 8 năm 2022, kê lại giá sách.", []),
    ],
)
def test_a_schedule_may_begin_before_the_plan_is_issued(lines, edtf):
    (item,) = provisions(f"{DATE}LỘ TRÌNH THỰC HIỆN\n{lines}")
    assert [due.edtf for due in item.deadlines] == edtf


def test_an_item_names_its_section():
    text = "II. NHIỆM VỤ\n1. Mua sách cho thư viện\na) Mua sách mới."
    made = extract(body(text), outline(body(text)))
    assert [one.section for one in made.tasks] == [made.sections[-1].id] == ["section-II.1"]


def test_the_statement_is_the_clause_of_the_figure():
    (target,) = provisions("I. MỤC TIÊU\n1. Xây dựng thư viện, phấn đấu đạt 50% trường học.")[0].targets
    assert target.statement == "phấn đấu đạt 50% trường học"


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Số lượng: 120 suất quà.", ["W418"]),
        ("Địa điểm: Thư viện tỉnh, sáng ngày 15/5/2026.", ["W418"]),
        ("Địa điểm: Thư viện tỉnh.", []),
        ("Kinh phí: 50 triệu đồng.", []),
        ("Đơn vị chủ trì: Nhóm bạn đọc Hoa Sen.", ["W414"]),
        ("Đơn vị chủ trì: Sở Y tế.", []),
        ("Người phụ trách: bà Lê Thị Hoa.", []),
        ("Thời gian: Sau khi có sách.", []),
        ("Thời gian: Có sách là làm.", ["W415"]),
    ],
)
def test_a_line_about_an_item_of_which_nothing_is_made_leaves_a_doubt(line, codes):
    (item,) = provisions(f"{DATE}II. NHIỆM VỤ\n1. Ngày hội đọc sách\n- {line}\n- Mục đích: Khuyến đọc.\n")
    assert [one.code for one in item.doubts] == codes


def test_who_and_when_of_the_last_item_alone_are_said_to_be_lent():
    lines = "- Đơn vị thực hiện: Sở Y tế.\n- Thời gian: Tháng 4/2026.\n"
    found = provisions(f"{DATE}II. NHIỆM VỤ\n1. Mua sách\n2. Bán sách\n{lines}")
    assert [[agency.name for agency in item.agencies] for item in found] == [["Sở Y tế"]] * 2
    assert [[one.code for one in item.doubts] for item in found] == [["W419"], []]
    lent, own = ([one.confidence for one in (*item.agencies, *item.deadlines)] for item in found)
    assert len(lent) == 2 and all(less < more for less, more in zip(lent, own, strict=True))


def test_a_person_of_the_heading_is_responsible_for_the_items_below():
    text = (
        "III. PHÂN CÔNG\n1. Đồng chí Lê Văn Nam - Giám đốc Thư viện:\n- Duyệt danh mục sách.\n- Chủ trì kiểm kê sách.\n"
    )
    found = [[(one.name, one.post, one.role.value) for one in item.persons] for item in provisions(DATE + text)]
    assert found == [[("Lê Văn Nam", "Giám đốc Thư viện", "responsible")]] * 2
