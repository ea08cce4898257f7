"""Months, quarters and years as columns."""

from pipeline.document import FieldRole
from pipeline.outline.table_periods import counted_months, is_mark, names_time, part_marked, period_of
from tests.cases import cases


@cases("columns/periods", levels=list, period=str | None)
def test_a_header_stands_for_a_time(levels, period):
    assert period_of(levels) == period


@cases("columns/marks", text=str, mark=bool)
def test_a_cell_only_marks_its_column(text, mark):
    assert is_mark(text) is mark


@cases("columns/part_marks", text=str, part=FieldRole | None)
def test_a_cell_says_the_part_of_the_agency_of_its_column(text, part):
    assert part_marked(text) is part


@cases("columns/group_rows", row=str, time=bool)
def test_a_row_says_the_time_of_those_below(row, time):
    assert names_time(row) is time


def test_columns_that_count_are_months_only_under_a_year_or_a_time():
    counting = [
        [["TT"], *([above, str(number)] for number in range(1, 9))] for above in ("Năm 2026", "Số hộ theo thôn")
    ]
    assert [len(counted_months(paths)) for paths in counting] == [8, 0]
