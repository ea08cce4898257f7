"""Times in the columns of task tables."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import FieldRole
from pipeline.extract.times.cells import between, in_brackets, in_line, times_in
from pipeline.extract.times.reading import read_times
from pipeline.schema import DeadlineKind
from tests.cases import cases
from tests.extract.times.saying import said

ISSUED = date(2025, 1, 15)


def dues(text, header="Thời gian", role=FieldRole.TIME, year=2025, issued=ISSUED):
    return times_in(text, header, role, year, issued)


def read(text, **kwargs):
    return [said(one) for one in dues(text, **kwargs)]


JUNE = ["in 2025-06-01 2025-06-30"]


@cases("deadlines/cells", text=str, deadlines=list[str])
def test_a_cell_states_times(text, deadlines):
    assert read(text) == deadlines


@pytest.mark.parametrize("text", ["tháng " + "1, " * 500, "1" * 20_000])
def test_a_long_cell_that_says_nothing_states_no_time(text):
    assert read(text) == []


def test_a_bracket_that_is_never_closed_is_not_read_from_each_label_to_its_end():
    assert in_brackets("(" + ", thời gian: a" * 20_000, [], 2025, ISSUED) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Thời hạn nộp hồ sơ: 01/3 - 30/4/2025.", "during 2025-03-01 2025-04-30"),
        ("Hạn đăng ký: 15/3 - 20/3/2025.", "during 2025-03-15 2025-03-20"),
        ("Thời hạn nhận bài: từ 01/3 đến 30/4/2025", "during 2025-03-01 2025-04-30"),
        ("Hạn nhận bài: 30/4/2025", "by 2025-04-30"),
    ],
)
def test_a_term_between_two_days_lasts_from_the_one_to_the_other(text, days):
    said_so = read_times(text, 2025, issued=ISSUED).deadlines
    assert [said(one) for one in in_line(text, said_so, 2025, ISSUED)] == [days]


def test_a_time_without_a_year_takes_that_of_its_column():
    assert read("Quý II", header="Thời gian thực hiện năm 2026") == ["in 2026-04-01 2026-06-30"]


def test_a_time_without_a_year_needs_one():
    assert read("Quý II", year=None) == ["undated"]


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


@cases("deadlines/start_and_end", start=str | None, end=str | None, deadline=str)
def test_columns_of_start_and_end_make_one_time(start, end, deadline):
    first = dues(start, role=FieldRole.START)[0] if start else None
    last = dues(end, role=FieldRole.END)[0] if end else None
    assert said(between(first, last)) == deadline


def test_what_says_nothing_of_a_start_is_none():
    assert between(dues("Hằng năm")[0], None) is None


@settings(max_examples=150)
@given(st.text(alphabet="0123456789/-, quýthángIVnămtrước", max_size=30))
def test_a_time_ends_after_it_begins(text):
    for one in dues(text):
        assert one.kind in DeadlineKind and (one.first is None or one.last is None or one.first <= one.last)
