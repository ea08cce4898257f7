"""What a column is by the cells below its header."""

import pytest

from pipeline.document import FieldRole
from pipeline.outline.table_assembly import assembled
from pipeline.outline.table_columns import TableReason, kind_of
from pipeline.schema import SectionKind, TableKind
from tests.cases import cases
from tests.documents import tabled


def header(*rows):
    (sheet,), _ = assembled(tabled(*rows))
    return sheet.header


def roles(*rows):
    return [one.role for one in header(*rows).columns]


@cases("columns/by_content", head=str, below=list, role=FieldRole)
def test_the_cells_say_what_a_column_is(head, below, role):
    assert roles(head, *below)[3] is role


def test_months_stand_below_their_year():
    assert [
        one.period
        for one in header(
            "TT | Nhiệm vụ | Đơn vị thực hiện | Năm 2026 | <  | <",
            "^  | ^        | ^                | T1       | T2 | T3",
            "1  | Tập huấn | Sở Y tế          | x        |    |",
        ).columns[3:]
    ] == ["tháng 1", "tháng 2", "tháng 3"]


def test_numbers_below_tháng_are_months_and_count_no_columns():
    read = header(
        "TT | Hoạt động | Đơn vị thực hiện | Tháng | < | <",
        "^  | ^         | ^                | 1     | 2 | 3",
        "1  | Khai giảng | Ban Giám hiệu   | x     |   |",
    )
    assert (read.rows, [one.period for one in read.columns[3:]]) == (2, ["tháng 1", "tháng 2", "tháng 3"])


def test_years_with_marks_are_times_in_a_table_that_measures_nothing():
    rows = (
        "TT | Nội dung | Đơn vị thực hiện | 2026 | 2027",
        "1 | Tập huấn | Sở Y tế | x | ",
        "2 | In sách | Sở Y tế | 5 | x",
    )
    assert roles(*rows)[3:] == [FieldRole.TIME, FieldRole.TIME]


def test_a_column_of_figures_names_nothing_that_is_measured():
    assert FieldRole.FIGURE not in roles(
        "Tỉnh | SIPAS | < | PAPI | <",
        "^ | Chỉ số | Thứ hạng | Chỉ số | Thứ hạng",
        "An Giang | 83,0% | 39/63 | 41,0% | 54/63",
        "Bạc Liêu | 83,1% | 37/63 | 40,5% | 58/63",
    )


@pytest.mark.parametrize(
    ("head", "row", "title", "reason"),
    [
        ("TT | Nội dung | ĐVT | Số lượng | Đơn giá", "1 | In sách | cuốn | 100 | 50.000", "", TableReason.MONEY),
        ("TT | Nội dung | Năm 2026 | Năm 2027", "1 | In sách | 500 | 700", "ĐVT: triệu đồng", TableReason.MONEY),
        ("TT | Nhiệm vụ | Cơ quan chủ trì", "1 | Tập huấn | Sở Y tế", "Mẫu số 02", TableReason.FORM),
        ("TT | Nhiệm vụ | Chủ trì | Tiến độ", "1 | Tập huấn | Sở Y tế | Đạt", "BÁO CÁO TIẾN ĐỘ", TableReason.FORM),
        ("Thời gian | Nội dung | Người thực hiện", "7h30 - 8h00 | Đón đại biểu | Ban Tổ chức", "", TableReason.AGENDA),
    ],
)
def test_rows_of_money_of_forms_and_of_agendas_make_no_items(head, row, title, reason):
    assert kind_of(header(head, row), title) == (TableKind.OTHER, reason)


@pytest.mark.parametrize("time", ["7h30 ngày 15/6/2026", "Tháng 7/2026"])
def test_a_day_with_its_hour_is_no_agenda(time):
    assert (
        kind_of(header("Thời gian | Nội dung | Người thực hiện", f"{time} | Họp | Ban Tổ chức"), "")[0]
        is TableKind.TASK
    )


@pytest.mark.parametrize(
    ("above", "kind"), [(SectionKind.TASK, TableKind.TASK), (SectionKind.OBJECTIVE, TableKind.TARGET)]
)
def test_the_section_decides_where_the_columns_fit_both(above, kind):
    read = header("TT | Nội dung | ĐVT | 2026 | Cơ quan chủ trì", "1 | Mô hình điểm | mô hình | 12 | Sở Y tế")
    assert kind_of(read, "", above)[0] is kind


def test_agencies_over_crosses_do_the_work_that_is_crossed():
    read = header("TT | Nhiệm vụ | Sở Y tế | UBND xã | Ghi chú", "1 | Tập huấn | x | | ", "2 | In sách | x | x | ")
    assert [(one.role, one.ticked) for one in read.columns[2:4]] == [(FieldRole.RESPONSIBLE, True)] * 2


def test_crosses_under_who_does_it_name_nobody():
    assert not any(one.ticked for one in header("TT | Nhiệm vụ | Đơn vị thực hiện", "1 | Tập huấn | x").columns)


def test_what_is_issued_is_no_agency_although_its_column_is_marked():
    read = header("TT | Nhiệm vụ | Ban hành kế hoạch | Ban hành quyết định", "1 | Quy chế | x |", "2 | Đề án | | x")
    assert not any(one.ticked for one in read.columns)


def test_a_name_that_reads_like_a_header_is_one_beside_others():
    read = header(
        "TT | Nội dung | Sở Xây dựng | Công an tỉnh | Thời gian",
        "1 | Cắm biển | CT | PH | Quý I",
        "2 | Đo đạc | PH | CT | ",
    )
    assert [one.ticked for one in read.columns] == [False, False, True, True, False]


def test_marks_under_who_leads_and_who_helps_name_nobody():
    read = header("TT | Nội dung | Phòng chủ trì | Phòng phối hợp | Thời gian", "1 | Cắm biển | x | x | Quý I")
    assert not any(one.ticked for one in read.columns)


def test_letters_that_offices_use_as_they_like_are_not_taken_for_parts_in_the_work():
    read = header("TT | Nội dung | Sở Y tế | Công an tỉnh | Thời gian", "1 | Cắm biển | C | P | Quý I")
    assert not any(one.ticked for one in read.columns)


def test_what_parts_a_group_is_the_header_whatever_its_words():
    read = header(
        "TT | Nội dung | Kinh phí | < | < | Đơn vị thực hiện",
        "^  | ^        | Tổng     | A | B | ^",
        "1  | Tập huấn | 500      | 300 | 200 | Sở Y tế",
    )
    assert (read.rows, [one.role for one in read.columns[2:5]]) == (2, [FieldRole.MONEY] * 3)


def test_a_table_of_aims_and_tasks_is_one_of_tasks():
    read = header("TT | Mục tiêu | Nhiệm vụ | Chỉ tiêu | Cơ quan chủ trì", "1 | Nâng cao | Đào tạo | 100% | Sở Y tế")
    assert kind_of(read, "")[0] is TableKind.TASK


@pytest.mark.parametrize(("cells", "role"), [("15 | 20 - 22", FieldRole.TIME), ("150 | 200", FieldRole.FIGURE)])
def test_numbers_below_months_that_may_be_days_are_no_figures(cells, role):
    assert roles("TT | Nội dung | Đơn vị thực hiện | Tháng 3 | Tháng 4", f"1 | Tập huấn | Sở Y tế | {cells}")[3] is role


def test_a_table_of_targets_without_a_figure_is_a_form():
    assert kind_of(header("TT | Chỉ tiêu | ĐVT | Kế hoạch", "1 | Số hộ | hộ | …"), "") == (
        TableKind.OTHER,
        TableReason.FORM,
    )


def test_numbers_that_count_on_below_a_year_are_months():
    read = header(
        "TT | Hoạt động | Phụ trách | Năm 2026 | < | < | < | < | <",
        "^  | ^         | ^         | 1        | 2 | 3 | 4 | 5 | 6",
        "1  | Khai giảng | Ban Giám hiệu | x | | | | |",
    )
    assert [one.period for one in read.columns[3:5]] == ["tháng 1", "tháng 2"]


def test_a_column_of_responsibility_that_names_bodies_is_no_note():
    rows = (
        "TT | Rõ việc | Rõ người | Rõ trách nhiệm",
        "1 | Mua sách | Ông Trần Văn Nam | CT: Phòng Văn hóa - Xã hội; PH: Công an xã, Đoàn Thanh niên xã",
    )
    assert roles(*rows)[3] is FieldRole.RESPONSIBLE


GIVEN = ("TT | Xã, phường | Số phòng đọc mở mới năm 2026 (phòng)", "1 | Xã Tân Hội | 12", "2 | Phường Cam Ly | 5")


def test_figures_are_given_to_places():
    assert [(one.role, one.given) for one in header(*GIVEN).columns] == [
        (FieldRole.NUMBER, False),
        (FieldRole.WORK, False),
        (FieldRole.FIGURE, True),
    ]


@pytest.mark.parametrize(
    ("title", "above", "kind"),
    [
        ("Chỉ tiêu giao các xã", None, TableKind.TARGET),
        ("", SectionKind.OBJECTIVE, TableKind.TARGET),
        ("Danh sách phòng đọc", None, TableKind.OTHER),
    ],
)
def test_they_are_targets_where_the_title_or_the_section_says_so(title, above, kind):
    assert kind_of(header(*GIVEN), title, above)[0] is kind


def test_a_unit_beside_what_places_are_given_by_year_is_read_and_its_sum_is_not():
    rows = ("TT | Địa bàn | Đơn vị tính | Năm 2026 | Năm 2027 | Tổng cộng", "1 | Xã Tân Hội | phòng | 12 | 5 | 17")
    assert roles(*rows)[1:] == [FieldRole.WORK, FieldRole.UNIT, FieldRole.FIGURE, FieldRole.FIGURE, FieldRole.OTHER]


def test_places_beside_words_are_given_nothing():
    rows = ("TT | Xã, phường | Số phòng đọc | Địa chỉ", "1 | Xã Tân Hội | 12 | Thôn Tân Thuận")
    assert FieldRole.FIGURE not in roles(*rows)


@pytest.mark.parametrize(
    ("above", "kind"), [(SectionKind.TASK, TableKind.TASK), (SectionKind.OBJECTIVE, TableKind.TARGET)]
)
def test_counts_beside_times_are_of_work_where_the_section_is(above, kind):
    rows = ("TT | Nội dung | ĐVT | Số lượng | Thời gian", "1 | Luân chuyển sách | cuốn | 300 | Tháng 3")
    assert kind_of(header(*rows), "", above)[0] is kind
