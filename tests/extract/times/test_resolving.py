"""Expressions are put into dates as their passage means them."""

from datetime import date

import pytest

from pipeline.extract.times.expression import Point, TimeBound, TimeExpression, TimeSpan
from pipeline.extract.times.resolving import Convention, resolve
from tests.extract.times.saying import said

QUARTER, MONTH, DAY = Point(2026, 4, 6), Point(2026, 6, 6), Point(2026, 6, 6, 15)
UNDATED = Point(None, 1, 1, 15)


def dates(point, convention=Convention.TEXT, bound=TimeBound.IN, year=2026, issued=None, last=None):
    expression = TimeExpression(bound, (TimeSpan(point, last or point),))
    return [said(one) for one in resolve(expression, year, issued, convention)]


@pytest.mark.parametrize(
    ("point", "convention", "expected"),
    [
        (QUARTER, Convention.TEXT, "in 2026-04-01 2026-06-30"),
        (QUARTER, Convention.CARRYING_OUT, "in 2026-04-01 2026-06-30"),
        (QUARTER, Convention.COMPLETION, "by 2026-06-30"),
        (QUARTER, Convention.START, "in 2026-04-01 2026-06-30"),
        (DAY, Convention.TEXT, "in 2026-06-15 2026-06-15"),
        (DAY, Convention.CARRYING_OUT, "by 2026-06-15"),
        (DAY, Convention.START, "in 2026-06-15 2026-06-15"),
    ],
)
def test_a_time_alone_means_what_its_column_says(point, convention, expected):
    assert dates(point, convention) == [expected]


def test_a_range_in_a_column_of_completion_stays_one():
    assert dates(MONTH, Convention.COMPLETION, last=Point(2026, 8, 8)) == ["during 2026-06-01 2026-08-31"]


@pytest.mark.parametrize(("point", "expected"), [(DAY, "by 2026-06-15"), (MONTH, "by 2026-05-31")])
def test_before_a_day_includes_it_and_before_a_month_ends_on_its_eve(point, expected):
    assert dates(point, bound=TimeBound.BEFORE) == [expected]


def test_a_day_without_a_year_is_in_the_plans_year():
    assert dates(UNDATED, bound=TimeBound.BY) == ["by 2026-01-15"]


def test_a_day_without_a_year_before_the_plan_is_in_the_next():
    assert dates(UNDATED, bound=TimeBound.BY, issued=date(2026, 12, 1)) == ["by 2027-01-15"]


def test_a_day_that_the_calendar_lacks_is_no_date():
    assert dates(Point(2026, 11, 11, 31), bound=TimeBound.BY) == ["no such day"]


def test_the_29th_of_february_that_the_next_year_lacks_is_no_date():
    assert dates(Point(None, 2, 2, 29), bound=TimeBound.BY, year=2024, issued=date(2024, 3, 10)) == ["no such day"]


def test_behind_a_day_begins_on_the_day_after():
    assert dates(DAY, bound=TimeBound.AFTER) == ["ongoing 2026-06-16"]
