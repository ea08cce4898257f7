"""Months, quarters and years as columns."""

from pipeline.outline.table_periods import is_mark, names_time, period_of
from tests.cases import cases


@cases("columns/periods", levels=list, period=str | None)
def test_a_header_stands_for_a_time(levels, period):
    assert period_of(levels) == period


@cases("columns/marks", text=str, mark=bool)
def test_a_cell_only_marks_its_column(text, mark):
    assert is_mark(text) is mark


@cases("columns/group_rows", row=str, time=bool)
def test_a_row_says_the_time_of_those_below(row, time):
    assert names_time(row) is time
