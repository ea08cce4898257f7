"""Who does the work of a row: by its own cells, by the row over it, by nobody."""

from pipeline.extract import extract
from pipeline.outline import outline
from pipeline.schema import Role
from tests.documents import grid, page_of, paged


def named_in(*rows):
    document = paged(page_of(1, "KẾ HOẠCH\nTriển khai năm 2025\nI. NHIỆM VỤ", grid(*rows)))
    return [[(one.name, one.role) for one in task.agencies] for task in extract(document, outline(document)).tasks]


def test_a_row_over_the_columns_says_who_does_what_stands_below_it_beside_partners_or_none():
    rows = (
        "TT | Công việc | Đơn vị phối hợp | Thời hạn",
        "I | Sở Y tế | < | <",
        "1 | Phun thuốc diệt muỗi tại chợ | Sở Công Thương | 30/4/2025",
        "2 | Cấp phát tờ rơi | | 30/5/2025",
        "II | Công an tỉnh | < | <",
        "3 | Phân luồng giao thông | Sở Xây dựng | 30/6/2025",
    )
    assert named_in(*rows) == [
        [("Sở Công Thương", Role.COOPERATING), ("Sở Y tế", Role.RESPONSIBLE)],
        [("Sở Y tế", Role.RESPONSIBLE)],
        [("Sở Xây dựng", Role.COOPERATING), ("Công an tỉnh", Role.RESPONSIBLE)],
    ]


def test_a_row_that_names_who_does_it_takes_nobody_from_the_row_over_it():
    rows = (
        "TT | Công việc | Đơn vị thực hiện | Thời hạn",
        "I | Sở Y tế | < | <",
        "1 | Phun thuốc diệt muỗi tại chợ | Ban Quản lý chợ Đông Ba | 30/4/2025",
    )
    assert named_in(*rows) == [[("Ban Quản lý chợ Đông Ba", Role.RESPONSIBLE)]]


def test_a_row_over_the_columns_that_names_a_field_of_work_gives_it_to_nobody():
    rows = (
        "TT | Công việc | Đơn vị phối hợp | Thời hạn",
        "I | Lĩnh vực y tế | < | <",
        "1 | Phun thuốc diệt muỗi tại chợ | Sở Công Thương | 30/4/2025",
    )
    assert named_in(*rows) == [[("Sở Công Thương", Role.COOPERATING)]]


def test_parts_that_only_name_a_partner_are_led_by_who_leads_the_whole():
    rows = (
        "TT | Công việc | Chủ trì | Phối hợp | Thời hạn",
        "1 | Lễ hội hoa | Sở Du lịch | Sở Y tế | 30/4/2025",
        "1.1 | Bảo vệ trật tự | | Công an tỉnh | ",
        "1.2 | Dựng sân khấu | Sở Xây dựng | | ",
    )
    assert named_in(*rows)[-2:] == [
        [("Công an tỉnh", Role.COOPERATING), ("Sở Du lịch", Role.LEAD)],
        [("Sở Xây dựng", Role.LEAD)],
    ]
