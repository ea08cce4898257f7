"""What the cells of one row say together, and what must be said of them."""

from datetime import date

import pytest

from pipeline.document import FieldRole, RowField
from pipeline.extract import extract
from pipeline.extract.tables.model import SHOWN
from pipeline.extract.tables.rows import read_row
from pipeline.outline import outline
from pipeline.outline.table_periods import period_of
from pipeline.schema import DeadlineKind, Role
from tests.documents import grid, in_lines, page_of, paged

YEAR = 2025


def row(*cells, year=YEAR):
    """A row of cells, each (role, text) or (role, text, header)."""
    fields = [
        RowField(
            role,
            header[0] if header else role.value,
            in_lines(*text.split("\n")) if text else None,
            period_of(header[0].split(" / ")) if header else None,
        )
        for role, text, *header in cells
    ]
    return read_row(fields, {}, year, date(2025, 1, 15))


def times(*cells, year=YEAR):
    return [(due.kind, due.first, due.last) for due, _ in row(*cells, year=year).times]


def codes(read):
    return [one.code for one in read.doubts]


def plan(*rows):
    document = paged(page_of(1, "KẾ HOẠCH\nTriển khai năm 2025\nI. NHIỆM VỤ", grid(*rows)))
    return extract(document, outline(document))


def test_each_column_gives_its_agencies_their_role():
    read = row(
        (FieldRole.LEAD, "Sở Y tế"),
        (FieldRole.COOPERATING, "Sở Nội vụ"),
        (FieldRole.RESPONSIBLE, "Công an tỉnh"),
        (FieldRole.REPORTS_TO, "UBND tỉnh"),
    )
    assert [(named.name, named.role) for named, _ in read.agencies] == [
        ("Sở Y tế", Role.LEAD),
        ("Sở Nội vụ", Role.COOPERATING),
        ("Công an tỉnh", Role.RESPONSIBLE),
        ("Ủy ban nhân dân tỉnh", Role.REPORTS_TO),
    ]


def test_an_agency_that_is_not_known_is_said():
    read = row((FieldRole.LEAD, "Gtel"))
    assert [(one.code, one.text) for one in read.doubts] == [("W306", "Gtel")]


def test_each_agency_that_is_not_known_is_said_where_it_stands():
    read = row((FieldRole.LEAD, "Gtel, Vinasoft"))
    assert [one.passage.text[one.start : one.end] for one in read.doubts] == ["Gtel", "Vinasoft"]


def test_a_doubt_lowers_the_confidence_of_its_own_agency_alone():
    (task,) = plan("TT | Nhiệm vụ | Chủ trì", "1 | Rà soát văn bản | Sở Y tế, Gtel").tasks
    known, unknown = task.agencies
    assert [(one.code, one.evidence.quote) for one in task.doubts] == [("W306", "Gtel")]
    assert unknown.confidence < known.confidence
    assert task.confidence == unknown.confidence


def test_a_time_that_cannot_be_put_into_dates_is_said_and_kept():
    read = row((FieldRole.TIME, "Sau khi có hướng dẫn"))
    assert (codes(read), [due.kind for due, _ in read.times]) == (["W407"], [None])


def test_a_time_reckoned_from_something_says_from_what():
    [task] = plan(
        "TT | Nhiệm vụ | Chủ trì | Thời gian",
        "1 | Rà soát văn bản | Sở Y tế | 10 ngày làm việc kể từ ngày ban hành Kế hoạch",
    ).tasks
    [due] = task.deadlines
    assert (due.kind, due.relative.count, due.relative.unit) == (None, 10, "working_day")
    assert due.relative.from_ == "ngày ban hành Kế hoạch"


def test_what_is_said_of_a_long_cell_is_short():
    (said,) = row((FieldRole.TIME, "khi có yêu cầu " * 500)).doubts
    assert len(said.text) == SHOWN


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("Tháng 3", "Tháng 6", [(DeadlineKind.DURING, date(2025, 3, 1), date(2025, 6, 30))]),
        ("Tháng 11", "Tháng 2", [(DeadlineKind.DURING, date(2025, 11, 1), date(2026, 2, 28))]),
        ("3/2025", "", [(DeadlineKind.ONGOING, date(2025, 3, 1), None)]),
        ("", "6/2025", [(DeadlineKind.BY, None, date(2025, 6, 30))]),
        ("Hằng năm", "", [(DeadlineKind.RECURRING, None, None)]),
        ("Hằng năm", "6/2025", [(DeadlineKind.RECURRING, None, None), (DeadlineKind.BY, None, date(2025, 6, 30))]),
        ("3/2025", "Thường xuyên", [(DeadlineKind.ONGOING, date(2025, 3, 1), None)]),
    ],
)
def test_columns_of_start_and_end_are_read_together(start, end, expected):
    assert times((FieldRole.START, start), (FieldRole.END, end)) == expected


def test_a_time_of_two_cells_is_printed_in_both():
    [task] = plan(
        "TT | Nhiệm vụ | Chủ trì | Bắt đầu | Hoàn thành", "1 | Rà soát văn bản | Sở Y tế | 2/2025 | 5/2025"
    ).tasks
    [due] = task.deadlines
    assert due.text == "2/2025 5/2025"
    assert due.evidence.quote.split("\n") == ["2/2025", "5/2025"]


def test_work_that_ends_before_it_begins_is_said():
    assert codes(row((FieldRole.START, "6/2025"), (FieldRole.END, "3/2025"))) == ["W407"]


@pytest.mark.parametrize("tick", ["x", "X", "✓", "√"])
def test_a_tick_means_the_time_of_its_column(tick):
    assert times((FieldRole.TIME, tick, "Thời gian / Quý II")) == [
        (DeadlineKind.IN, date(2025, 4, 1), date(2025, 6, 30))
    ]


def test_a_tick_takes_the_year_above_its_column():
    assert times((FieldRole.TIME, "x", "Năm 2026 / Quý II"))[0][2] == date(2026, 6, 30)


def test_the_result_is_what_the_cell_says():
    assert row((FieldRole.RESULT, "Kế hoạch"), (FieldRole.RESULT, "Báo cáo")).result == "Kế hoạch; Báo cáo"


def test_a_row_without_a_result_has_none():
    assert row((FieldRole.LEAD, "Sở Y tế")).result is None


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        ([(FieldRole.UNIT, "xã"), (FieldRole.FIGURE, "12", "Năm 2025")], "xã"),
        ([(FieldRole.FIGURE, "12", "Năm 2025 (%)")], "%"),
        ([(FieldRole.UNIT, "xã"), (FieldRole.FIGURE, "12 phường", "Năm 2025")], "phường"),
        ([(FieldRole.FIGURE, "12", "Mục tiêu (2025)")], None),
    ],
)
def test_a_figure_has_the_unit_of_its_cell_its_row_or_its_header(cells, unit):
    assert [one.unit for one in row(*cells).figures] == [unit]


@pytest.mark.parametrize(
    ("header", "due"), [("Năm 2025", "2025"), ("Giai đoạn 2025 - 2030", "2030"), ("Mục tiêu", None)]
)
def test_a_figure_is_due_in_the_last_year_of_its_header(header, due):
    assert [one.due for one in row((FieldRole.FIGURE, "12", header)).figures] == [due]


@pytest.mark.parametrize(
    "past",
    [(FieldRole.BASELINE, "10", "Thực hiện năm 2024"), (FieldRole.FIGURE, "10", "Thực hiện năm 2024")],
)
def test_what_was_reached_before_is_the_baseline(past):
    (figure,) = row(past, (FieldRole.FIGURE, "12", "Năm 2025")).figures
    assert (figure.baseline, figure.figure.value) == ("Thực hiện năm 2024: 10", 12)


def test_figures_of_several_years_are_several():
    read = row((FieldRole.FIGURE, "12", "Năm 2025"), (FieldRole.FIGURE, "15", "Năm 2030"))
    assert [(one.figure.value, one.due) for one in read.figures] == [(12, "2025"), (15, "2030")]


@pytest.mark.parametrize(("text", "header"), [("Hoàn thành", "Năm 2025"), ("70%; 30%", "Mục tiêu")])
def test_a_figure_that_cannot_be_read_is_said(text, header):
    assert codes(row((FieldRole.FIGURE, text, header))) == ["W408"]


def test_a_goal_in_words_is_no_figure_that_was_lost():
    assert codes(row((FieldRole.FIGURE, "Nâng cao nhận thức", "Mục tiêu"))) == []


def test_a_row_becomes_a_task():
    (task,) = plan(
        "TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian | Sản phẩm", "1 | Rà soát | Sở Y tế | 6/2025 | Báo cáo"
    ).tasks
    assert (task.id, task.text, task.result) == ("I.1", "Rà soát", "Báo cáo")
    assert [(one.name, one.stated_in, one.evidence.quote) for one in task.agencies] == [("Sở Y tế", "table", "Sở Y tế")]
    assert [(one.text, one.end) for one in task.deadlines] == [("6/2025", date(2025, 6, 30))]


def test_a_row_of_targets_becomes_an_objective():
    (objective,) = plan(
        "TT | Chỉ tiêu | ĐVT | Năm 2024 | Năm 2025", "1 | Số xã có thư viện | xã | 10 | ≥ 12"
    ).objectives
    (target,) = objective.targets
    assert (target.value, target.comparison, target.unit, target.due) == (12, ">=", "xã", "2025")
    assert (target.subject, target.baseline) == ("Số xã có thư viện", "Năm 2024: 10")


def test_rows_over_one_agency_all_have_it():
    tasks = plan("TT | Nhiệm vụ | Đơn vị chủ trì", "1 | A | Sở Y tế", "2 | B | ^", "3 | C | ^").tasks
    assert [[agency.name for agency in task.agencies] for task in tasks] == [["Sở Y tế"]] * 3


def test_a_table_in_a_cell_is_the_text_of_its_cell():
    tasks = plan("TT | Nhiệm vụ | Đơn vị chủ trì", "1 | Rà soát / Nội dung / Số lượng | Sở Y tế").tasks
    assert [task.text for task in tasks] == ["Rà soát Nội dung Số lượng"]


def test_a_figure_of_a_quarter_is_due_on_its_last_day():
    assert [one.due for one in row((FieldRole.FIGURE, "12", "Kế hoạch năm 2026 / Quý II")).figures] == ["2026-06-30"]


def test_a_figure_without_a_year_above_it_is_due_when_its_row_says():
    assert [one.due for one in row((FieldRole.FIGURE, "12", "Số lượng"), (FieldRole.END, "15/11/2025")).figures] == [
        "2025-11-15"
    ]


def test_figures_of_one_cell_are_of_what_stands_behind_them():
    figures = row((FieldRole.UNIT, "mô hình"), (FieldRole.FIGURE, "≥ 5 cấp tỉnh; ≥ 20 cấp xã", "Năm 2025")).figures
    assert [(one.figure.value, one.unit, one.of) for one in figures] == [
        (5, "mô hình", "cấp tỉnh"),
        (20, "mô hình", "cấp xã"),
    ]


def test_figures_of_several_columns_are_told_apart_by_their_headers():
    figures = row((FieldRole.FIGURE, "12", "Toàn tỉnh"), (FieldRole.FIGURE, "3", "Vùng cao")).figures
    assert [one.of for one in figures] == ["Toàn tỉnh", "Vùng cao"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("x x  ", [(date(2026, 1, 1), date(2026, 2, 28))]),
        ("x x x", [(date(2026, 1, 1), date(2026, 3, 31))]),
        ("x   x", [(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 3, 1), date(2026, 3, 31))]),
    ],
)
def test_months_marked_side_by_side_are_one_time(marked, expected):
    cells = [(FieldRole.TIME, mark.strip(), f"Năm 2026 / T{at}") for at, mark in enumerate(marked[::2], 1)]
    assert [(first, last) for _, first, last in times(*cells)] == expected


def test_a_month_below_its_year_is_not_guessed_from_the_plan():
    read = row((FieldRole.TIME, "x", "Năm 2024 / T1"), year=2025)
    assert [(due.first, due.assumed_year) for due, _ in read.times] == [(date(2024, 1, 1), False)]


def test_a_day_below_a_quarter_is_the_day():
    assert times((FieldRole.TIME, "15/8/2025", "Quý III")) == [(DeadlineKind.BY, None, date(2025, 8, 15))]


def test_a_group_row_gives_its_time_to_the_rows_below_it():
    tasks = plan(
        "TT | Nhiệm vụ | Chủ trì | Sản phẩm",
        "A | Giai đoạn 2026 - 2028 | < | <",
        "1 | Rà soát văn bản | Sở Y tế | Báo cáo",
        "B | Năm 2029 | < | <",
        "1 | Nhân rộng | Sở Nội vụ | Kế hoạch",
    ).tasks
    assert [(due.start.year, due.end.year) for task in tasks for due in task.deadlines] == [(2026, 2028), (2029, 2029)]


def test_who_follows_the_work_gets_its_reports_unless_it_does_it():
    read = row((FieldRole.LEAD, "Sở Y tế"), (FieldRole.MONITOR, "Sở Y tế; Văn phòng UBND tỉnh"))
    assert [(named.name, named.role) for named, _ in read.agencies] == [
        ("Sở Y tế", Role.LEAD),
        ("Văn phòng Ủy ban nhân dân tỉnh", Role.REPORTS_TO),
    ]


def test_persons_of_a_row_are_persons_of_its_task():
    [task] = plan(
        "TT | Công việc | Người thực hiện", "1 | Soạn thảo kế hoạch | Đ/c Trần Văn Nam (Chánh Văn phòng)"
    ).tasks
    assert [(one.name, one.post, one.role) for one in task.persons] == [
        ("Trần Văn Nam", "Chánh Văn phòng", Role.RESPONSIBLE)
    ]


def test_figures_of_a_product_are_targets():
    [task] = plan(
        "TT | Nhiệm vụ | Chủ trì | Sản phẩm", "1 | Bồi dưỡng cán bộ | Sở Nội vụ | 100% cán bộ được bồi dưỡng"
    ).tasks
    assert [(one.value, one.unit) for one in task.targets] == [(100, "%")]


def test_objectives_of_an_okr_table_stand_over_their_key_results():
    items = plan(
        "Mục tiêu (O) | Kết quả then chốt (KR) | Chỉ số cần đạt | Trọng số | Đầu mối",
        "O1. Nâng cao sự hài lòng | KR1. Hồ sơ trễ hạn | < 1% | 40% | Sở Nội vụ",
        " | KR2. Hồ sơ trực tuyến | 95% | 60% | Sở Y tế",
    ).objectives
    assert [(one.number, one.text, [t.value for t in one.targets]) for one in items] == [
        ("I.KR1", "Hồ sơ trễ hạn", [1]),
        ("I.KR2", "Hồ sơ trực tuyến", [95]),
    ]


def test_a_remark_that_says_the_time_more_exactly_takes_its_place():
    read = times((FieldRole.TIME, "Tháng 9/2025"), (FieldRole.NOTE, "Xong trước 12/9/2025", "Ghi chú"))
    assert read == [(DeadlineKind.BY, None, date(2025, 9, 12))]


@pytest.mark.parametrize("remark", ["Theo Nghị quyết số 12/NQ-HĐND", "02 đợt", "Hằng năm"])
def test_other_remarks_leave_the_time_as_it_is(remark):
    read = times((FieldRole.TIME, "Tháng 9/2025"), (FieldRole.NOTE, remark, "Ghi chú"))
    assert read == [(DeadlineKind.IN, date(2025, 9, 1), date(2025, 9, 30))]


def test_times_in_a_list_are_times_of_their_own():
    assert times((FieldRole.TIME, "- Tháng 3/2025\n- Tháng 5/2025")) == [
        (DeadlineKind.IN, date(2025, 3, 1), date(2025, 3, 31)),
        (DeadlineKind.IN, date(2025, 5, 1), date(2025, 5, 31)),
    ]


def test_a_mark_below_an_agency_stands_for_its_name():
    tasks = plan(
        "TT | Nhiệm vụ | Sở Y tế | UBND xã | Thời gian", "1 | Rà soát | x | | Quý I", "2 | In sách | x | x | Quý II"
    ).tasks
    assert [[one.name for one in task.agencies] for task in tasks] == [
        ["Sở Y tế"],
        ["Sở Y tế", "Ủy ban nhân dân xã"],
    ]


def test_a_number_below_a_month_is_the_month_and_a_doubt():
    read = row((FieldRole.TIME, "15", "Tháng 3"))
    assert [(due.first, due.last) for due, _ in read.times] == [(date(2025, 3, 1), date(2025, 3, 31))]
    assert codes(read) == ["W407"]


def test_a_quarter_marked_below_completion_is_by_its_last_day():
    read = times((FieldRole.TIME, "x", "Thời gian hoàn thành năm 2025 / Quý II"))
    assert read == [(DeadlineKind.BY, None, date(2025, 6, 30))]


def test_work_in_the_body_and_in_a_row_are_both_tasks_and_said():
    body = "KẾ HOẠCH\nTriển khai năm 2025\nI. NHIỆM VỤ\n1. Rà soát văn bản quy phạm pháp luật của tỉnh\nII. PHÂN CÔNG"
    rows = grid("TT | Nhiệm vụ | Chủ trì", "1 | Rà soát văn bản quy phạm pháp luật của tỉnh | Sở Tư pháp")
    document = paged(page_of(1, body, rows))
    read = extract(document, outline(document))
    assert [one.number for one in read.tasks] == ["I.1", "II.1"]
    assert [one.params["row"] for one in read.warnings if one.code == "W307"] == [read.tasks[1].id]


def test_a_cell_that_is_only_a_role_is_that_of_those_before_it():
    read = row((FieldRole.RESPONSIBLE, "Sở Y tế"), (FieldRole.RESPONSIBLE, "Chủ trì"))
    assert [(named.name, named.role) for named, _ in read.agencies] == [("Sở Y tế", Role.LEAD)]


def test_a_cell_of_figures_that_is_a_sentence_is_read_as_one():
    (item,) = plan("TT | Tên chỉ tiêu | Nội dung phấn đấu", "1 | Tập huấn thủ thư | 03 lớp, 150 học viên").objectives
    assert [(one.value, one.unit) for one in item.targets] == [(3, "lớp"), (150, "học viên")]


def test_a_column_of_figures_that_are_results_gives_the_result_too():
    read = row((FieldRole.FIGURE, "500 cuốn sách", "Dự kiến kết quả"), (FieldRole.FIGURE, "90%", "Chỉ tiêu"))
    assert (read.result, len(read.figures)) == ("500 cuốn sách", 2)


def test_a_rate_and_a_share_of_something_are_told_from_the_unit():
    [rate] = row((FieldRole.UNIT, "%/năm"), (FieldRole.FIGURE, "10", "Năm 2030")).figures
    [share] = row((FieldRole.UNIT, "% GDP"), (FieldRole.FIGURE, "≥ 30", "Năm 2030")).figures
    assert (rate.unit, rate.per, rate.of) == ("%", "year", None)
    assert (share.unit, share.per, share.of) == ("%", None, "GDP")


def test_the_words_behind_a_figure_stay_as_printed():
    figures = row((FieldRole.UNIT, "hạng"), (FieldRole.FIGURE, "≤ 3 Đông Nam Á; ≤ 50 Thế giới", "Năm 2030")).figures
    assert [one.of for one in figures] == ["Đông Nam Á", "Thế giới"]
