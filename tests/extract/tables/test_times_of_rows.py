"""Times in the rows of tables of tasks."""

from datetime import date

import pytest

from pipeline.document import FieldRole
from pipeline.schema import DeadlineKind
from tests.extract.tables.test_rows import times


def test_months_before_the_day_of_issue_are_those_of_the_plan():
    assert times((FieldRole.TIME, "x", "T1"), (FieldRole.TIME, "", "T2"), (FieldRole.TIME, "x", "T12")) == [
        (DeadlineKind.IN, date(2025, 1, 1), date(2025, 1, 31)),
        (DeadlineKind.IN, date(2025, 12, 1), date(2025, 12, 31)),
    ]


def test_months_that_begin_anew_are_those_of_the_next_year():
    assert times((FieldRole.TIME, "", "T9"), (FieldRole.TIME, "x", "T12"), (FieldRole.TIME, "x", "T1")) == [
        (DeadlineKind.DURING, date(2025, 12, 1), date(2026, 1, 31))
    ]


def test_what_takes_place_at_hours_of_a_day_is_on_that_day():
    cell = "Từ 20 giờ 15 phút - 20 giờ 45 phút ngày 23 tháng 5"
    assert times((FieldRole.TIME, cell, "Thời gian")) == [(DeadlineKind.IN, date(2025, 5, 23), date(2025, 5, 23))]


@pytest.mark.parametrize("cell", ["7h30 - 8h00", "14h00", "Từ 7 giờ 30 phút đến 8 giờ"])
def test_hours_alone_are_no_deadline(cell):
    assert times((FieldRole.TIME, cell, "Thời gian"), (FieldRole.TIME, "23/5", "Ngày")) == [
        (DeadlineKind.BY, None, date(2025, 5, 23))
    ]


@pytest.mark.parametrize("cell", ["Ngày 23/5", "Sáng thứ Sáu, ngày 23/5/2025", "ngày 23 tháng 5 (thứ Sáu)"])
def test_what_is_held_on_a_day_is_on_it(cell):
    assert times((FieldRole.TIME, cell, "Thời gian")) == [(DeadlineKind.IN, date(2025, 5, 23), date(2025, 5, 23))]


@pytest.mark.parametrize(
    ("cell", "header", "role"),
    [
        ("Trước ngày 23/5", "Thời gian", FieldRole.TIME),
        ("23/5", "Thời gian", FieldRole.TIME),
        ("Ngày 23/5", "Thời gian hoàn thành", FieldRole.TIME),
        ("Ngày 23/5", "Thời gian nộp sản phẩm", FieldRole.TIME),
        ("Ngày 23/5", "Thời hạn", FieldRole.END),
    ],
)
def test_what_is_due_on_a_day_is_due_by_it(cell, header, role):
    assert times((role, cell, header)) == [(DeadlineKind.BY, None, date(2025, 5, 23))]


def test_of_a_day_and_a_last_day_the_last_is_a_limit():
    assert [kind for kind, _, _ in times((FieldRole.TIME, "Ngày 23/5, trước ngày 30/5", "Thời gian"))] == [
        DeadlineKind.BY,
        DeadlineKind.BY,
    ]


def test_stages_in_a_cell_have_a_time_each():
    assert times((FieldRole.TIME, "Giai đoạn 1: tháng 3/2025\nGiai đoạn 2: tháng 9/2025", "Tiến độ thực hiện")) == [
        (DeadlineKind.IN, date(2025, 3, 1), date(2025, 3, 31)),
        (DeadlineKind.IN, date(2025, 9, 1), date(2025, 9, 30)),
    ]


@pytest.mark.parametrize("cell", ["- Tháng 3/2025- Tháng 9/2025", "- tháng 3;- tháng 9"])
def test_lines_with_bullets_that_were_run_together_have_a_time_each(cell):
    assert [start for _, start, _ in times((FieldRole.TIME, cell, "Thời gian"))] == [date(2025, 3, 1), date(2025, 9, 1)]


def test_a_range_behind_a_bullet_is_one_time():
    assert len(times((FieldRole.TIME, "- Tháng 3/2025- 9/2025", "Thời gian"))) == 1
