"""Provisions: what an item takes over from the headings above it."""

import pytest

from pipeline.extract import extract
from pipeline.outline import outline
from tests.documents import body, document

ORDER = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n"
DATE = "UBND TỈNH HÀ GIANG\nSố: 5/KH-UBND\nHà Giang, ngày 2 tháng 1 năm 2023\nKẾ HOẠCH\nMua sách năm 2023\n"


def provisions(text):
    made = document(text) if text.startswith(DATE) else body(text)
    plan = extract(made, outline(made))
    return plan.objectives + plan.tasks


def agencies(text, at=0):
    return [(one.name, one.role.value, one.stated_in.value) for one in provisions(text)[at].agencies]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            ORDER + "a) Bố trí kinh phí mua sách.",
            [("Sở Tài chính", "responsible", "heading")],
            id="a heading is responsible",
        ),
        pytest.param(
            ORDER + "a) Chủ trì, phối hợp với Sở Nội vụ lập dự toán.",
            [("Sở Tài chính", "lead", "heading"), ("Sở Nội vụ", "cooperating", "text")],
            id="it leads an item that opens with Chủ trì",
        ),
        pytest.param(
            ORDER + "a) Phối hợp với Sở Nội vụ lập dự toán.",
            [("Sở Tài chính", "responsible", "heading"), ("Sở Nội vụ", "cooperating", "text")],
            id="it stays responsible where it cooperates",
        ),
        pytest.param(
            ORDER + "a) Sở Y tế chủ trì, phối hợp với Sở Nội vụ lập dự toán.",
            [("Sở Y tế", "lead", "text"), ("Sở Nội vụ", "cooperating", "text")],
            id="an item with a subject of its own takes nothing over",
        ),
        pytest.param(
            "III. TỔ CHỨC THỰC HIỆN\n1. Công an tỉnh, Bộ Chỉ huy quân sự tỉnh\na) Bố trí kinh phí mua sách.",
            [
                ("Công an tỉnh", "responsible", "heading"),
                ("Bộ Chỉ huy quân sự tỉnh", "responsible", "heading"),
            ],
            id="two in a heading",
        ),
        pytest.param(
            "II. NHIỆM VỤ\na) Bộ Công Thương chủ trì, phối hợp với các bộ, ngành:\n- Mua sách mới cho thư viện.",
            [("Bộ Công Thương", "lead", "lead_in"), ("các bộ, ngành", "cooperating", "lead_in")],
            id="the roles of a lead-in hold for each bullet",
        ),
        pytest.param(
            "II. NHIỆM VỤ\na) Bộ Công Thương chủ trì:\n- Phối hợp với Bộ Y tế mua sách mới.",
            [("Bộ Công Thương", "lead", "lead_in"), ("Bộ Y tế", "cooperating", "text")],
            id="the lead of a lead-in stays lead",
        ),
        pytest.param(
            ORDER + "a) Chủ trì, phối hợp với Sở Nội vụ:\n- Lập dự toán mua sách.",
            [("Sở Tài chính", "lead", "heading"), ("Sở Nội vụ", "cooperating", "lead_in")],
            id="a lead-in that opens with Chủ trì makes its heading lead",
        ),
        pytest.param(
            "II. NHIỆM VỤ\na) Thư viện:\n- Mua sách mới cho bạn đọc.",
            [],
            id="a kind of institution is a topic under nhiệm vụ",
        ),
        pytest.param(
            "III. TỔ CHỨC THỰC HIỆN\n1. Thư viện tỉnh\na) Mua sách mới cho bạn đọc.",
            [("Thư viện tỉnh", "responsible", "heading")],
            id="and an agency under tổ chức thực hiện",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Mua sách:\n- Sách mới.\n- Sách cũ.\nĐơn vị chủ trì: Vụ Thư viện.\n2. Bán sách cũ đi.",
            [("Vụ Thư viện", "lead", "lead_in")],
            id="a shared line names who does it",
        ),
    ],
)
def test_agencies_with_roles_from_the_headings_and_the_item(text, expected):
    assert agencies(text) == expected


def test_an_agency_that_leads_is_not_responsible_again():
    text = ORDER + "a) Chủ trì lập dự toán; Sở Tài chính chịu trách nhiệm báo cáo."
    assert agencies(text) == [("Sở Tài chính", "lead", "heading")]


def test_the_same_agency_has_the_same_id_however_it_is_printed():
    text = (
        "II. NHIỆM VỤ\n1. Phối hợp với Sở VHTTDL mua sách.\n2. Phối hợp với Sở Văn hóa, Thể thao và Du lịch bán sách."
    )
    assert {one.agency_id for item in provisions(text) for one in item.agencies} == {"so-van-hoa-the-thao-va-du-lich"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("II. MỤC TIÊU\n1. Mục tiêu đến năm 2030:\na) Đạt 50% thư viện.", ["../2030-12-31"]),
        ("II. MỤC TIÊU\n1. Mục tiêu đến năm 2030:\na) Đến năm 2025, đạt 50% thư viện.", ["../2025-12-31"]),
        (
            "II. NHIỆM VỤ\n1. Mua sách:\n- Sách mới.\n- Sách cũ.\nThời gian thực hiện: Quý II/2024.\n2. Bán sách.",
            ["2024-34"],
        ),
        ("II. NHIỆM VỤ NĂM 2024\n1. Mua sách mới cho thư viện tỉnh.", []),
    ],
)
def test_times_come_from_the_item_else_from_what_stands_above(text, expected):
    assert [one.edtf for one in provisions(text)[0].deadlines] == expected


def test_a_target_is_due_when_its_heading_says():
    (target,) = provisions("II. MỤC TIÊU\n1. Mục tiêu đến năm 2030:\na) Đạt 50% thư viện.")[0].targets
    assert target.due == "2030"


def test_headings_are_given_from_the_top_down_without_their_colons():
    (one,) = provisions("II. NHIỆM VỤ\n1. Mua sách:\na) Mua sách mới cho thư viện tỉnh.")
    assert one.headings == ["NHIỆM VỤ", "Mua sách"]


@pytest.mark.parametrize(
    ("order", "confidence", "reasons"),
    [
        ("Mua sách trước ngày 30 tháng 11 năm 2023.", 1.0, []),
        ("Mua sách trước ngày 30 tháng 11.", 0.9, ["year_from_title"]),
        ("Mua sách trong năm 2025 và những năm tiếp theo.", 0.9, ["open_ended_period"]),
    ],
)
def test_what_is_assumed_lowers_the_confidence_and_is_named(order, confidence, reasons):
    (one,) = provisions(f"{DATE}I. NHIỆM VỤ\n1. {order}")
    assert (one.confidence, one.lowered_by) == (confidence, reasons)


def test_the_statement_is_the_clause_of_the_figure():
    (target,) = provisions("I. MỤC TIÊU\n1. Xây dựng thư viện, phấn đấu đạt 50% trường học.")[0].targets
    assert target.statement == "phấn đấu đạt 50% trường học"
