"""Times in the columns of task tables."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import FieldRole
from pipeline.extract.timecells import between, times_in
from pipeline.schema import DeadlineKind

ISSUED = date(2025, 1, 15)


def dues(text, header="Thời gian", role=FieldRole.TIME, year=2025, issued=ISSUED):
    return times_in(text, header, role, year, issued)


def read(text, **kwargs):
    """Each time as kind, first day, last day; a recurrence in place of the days."""
    return [
        " ".join(str(part) for part in (one.kind, one.first, one.last, one.recurrence) if part is not None)
        for one in dues(text, **kwargs)
    ]


JUNE = ["in 2025-06-01 2025-06-30"]
SECOND = ["in 2025-04-01 2025-06-30"]
SPRING = ["during 2025-03-01 2025-05-31"]
YEARS = ["during 2025-01-01 2026-12-31"]
YEAR = ["in 2025-01-01 2025-12-31"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6/2025", ["by 2025-06-30"]),
        ("Tháng 6/2025", JUNE),
        ("T6/2025", JUNE),
        ("Tháng 6", JUNE),
        ("Trong tháng 6", JUNE),
        ("Quý II/2025", SECOND),
        ("Quý II", SECOND),
        ("Quý 2 năm 2025", SECOND),
        ("II/2025", SECOND),
        ("Quý I, II/2025", ["during 2025-01-01 2025-06-30"]),
        ("Quý I, II, III, IV", ["during 2025-01-01 2025-12-31"]),
        ("Quý IV/2024 - Quý II/2025", ["during 2024-10-01 2025-06-30"]),
        ("Tháng 3 – 5", SPRING),
        ("Tháng 3-5/2025", SPRING),
        ("3-5/2025", SPRING),
        ("Từ tháng 3 đến tháng 5/2025", SPRING),
        ("03/2025 - 05/2025", SPRING),
        ("Trước 30/6", ["by 2025-06-30"]),
        ("Trước ngày 30/6/2025", ["by 2025-06-30"]),
        ("Trước tháng 6/2025", ["by 2025-05-31"]),
        ("30/6/2025", ["by 2025-06-30"]),
        ("15 - 20/3", ["during 2025-03-15 2025-03-20"]),
        ("Hoàn thành trước 31/12/2025", ["by 2025-12-31"]),
        ("Đến hết năm 2025", ["by 2025-12-31"]),
        ("Năm 2025", YEAR),
        ("2025", YEAR),
        ("Trong năm", YEAR),
        ("2025–2026", YEARS),
        ("Giai đoạn 2025-2026", YEARS),
        ("Trong 2 năm 2025, 2026", ["in 2025-01-01 2025-12-31", "in 2026-01-01 2026-12-31"]),
        ("Hằng năm", ["recurring FREQ=YEARLY"]),
        ("Hàng quý", ["recurring FREQ=MONTHLY;INTERVAL=3"]),
        ("Trước ngày 20 hằng tháng", ["recurring FREQ=MONTHLY;BYMONTHDAY=20"]),
        ("Trước 15/12 hằng năm", ["recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"]),
        ("Thường xuyên", ["ongoing"]),
        ("Thường xuyên, liên tục", ["ongoing"]),
        ("Thường xuyên trong năm 2025", ["ongoing"]),
        ("Liên tục từ tháng 3", ["ongoing 2025-03-01"]),
        ("Từ năm 2025 trở đi", ["ongoing 2025-01-01"]),
        ("2025 trở đi", ["ongoing 2025-01-01"]),
    ],
)
def test_a_cell_states_a_time(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trước 15/6; trước 15/12", ["by 2025-06-15", "by 2025-12-15"]),
        ("15/6, 15/12", ["by 2025-06-15", "by 2025-12-15"]),
        ("3/2025, 5/2025", ["by 2025-03-31", "by 2025-05-31"]),
        ("Tháng 6, tháng 12", [*JUNE, "in 2025-12-01 2025-12-31"]),
        ("Quý I và quý III", ["in 2025-01-01 2025-03-31", "in 2025-07-01 2025-09-30"]),
        ("Tháng 6, 9/2026", ["in 2026-06-01 2026-06-30", "in 2026-09-01 2026-09-30"]),
        ("Tháng 6, 12 hằng năm", ["recurring FREQ=YEARLY;BYMONTH=6", "recurring FREQ=YEARLY;BYMONTH=12"]),
        ("Hằng quý, hằng năm", ["recurring FREQ=MONTHLY;INTERVAL=3", "recurring FREQ=YEARLY"]),
        ("Quý II/2025 và thường xuyên", [*SECOND, "ongoing"]),
        ("Thường xuyên; báo cáo trước 15/12", ["ongoing", "by 2025-12-15"]),
        ("Thường xuyên, hằng năm", ["ongoing", "recurring FREQ=YEARLY"]),
    ],
)
def test_a_cell_states_several_times(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sau khi có hướng dẫn",
        "Theo kế hoạch của Trung ương",
        "Khi có yêu cầu",
        "Đột xuất",
        "Trong 30 ngày",
        "20 ngày làm việc",
        "1 lần/năm",
        "5 năm",
        "6 tháng, năm",
        "Định kỳ 6 tháng, 1 năm",
        "Tuần 2/3/2025",
        "Tuần 1 tháng 3",
        "T2, T5 hằng tuần",
        "Trước ngày 05 tháng sau",
        "31/6/2025",
        "13/2025",
        "Quý V",
        "Quý V, VI",
        "Tháng 13, 14",
        "Năm học 2024-2025",
        "Không thường xuyên",
        "Tháng 12/2025 (báo cáo 6 tháng trước 15/6)",
        "x",
        "",
        "tháng " + "1, " * 500,
        "1" * 20_000,
    ],
)
def test_what_is_not_wholly_understood_is_no_time(text):
    assert read(text) == []


def test_a_time_without_a_year_takes_that_of_its_column():
    assert read("Quý II", header="Thời gian thực hiện năm 2026") == ["in 2026-04-01 2026-06-30"]


def test_a_time_without_a_year_needs_one():
    assert read("Quý II", year=None) == []


def test_a_day_before_the_plan_was_issued_is_one_of_the_next_year():
    assert read("Trước 15/01", issued=date(2025, 12, 20)) == ["by 2026-01-15"]


def test_a_year_taken_from_the_plan_is_told():
    assert [one.assumed_year for one in dues("Trong năm")] == [True]


def test_the_header_names_the_unit():
    assert read("6", header="Tháng") == JUNE


def test_years_to_come_are_told():
    assert [one.open_ended for one in dues("2025 và những năm tiếp theo")] == [True]


def test_a_month_in_the_column_of_ends_is_the_last_by_which_it_is_done():
    assert read("Tháng 6", role=FieldRole.END) == ["by 2025-06-30"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("3/2025", "6/2025", "during 2025-03-01 2025-06-30"),
        ("Quý I", "Quý III", "during 2025-01-01 2025-09-30"),
        ("3/2025", None, "ongoing 2025-03-01"),
        (None, "6/2025", "by 2025-06-30"),
        ("3/2025", "Thường xuyên", "ongoing 2025-03-01"),
        ("3/2025", "Hằng năm", "recurring FREQ=YEARLY"),
        ("6/2025", "3/2025", "by 2025-03-31"),
    ],
)
def test_columns_of_start_and_end_make_one_time(start, end, expected):
    first = dues(start, role=FieldRole.START)[0] if start else None
    last = dues(end, role=FieldRole.END)[0] if end else None
    one = between(first, last)
    parts = (one.kind, one.first, one.last, one.recurrence)
    assert " ".join(str(part) for part in parts if part is not None) == expected


def test_what_says_nothing_of_a_start_is_none():
    assert between(dues("Hằng năm")[0], None) is None


@settings(max_examples=150)
@given(st.text(alphabet="0123456789/-, quýthángIVnămtrước", max_size=30))
def test_a_time_ends_after_it_begins(text):
    for one in dues(text):
        assert one.kind in DeadlineKind and (one.first is None or one.last is None or one.first <= one.last)
