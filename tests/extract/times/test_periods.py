"""The years a plan is for, as its title says."""

from datetime import date

from pipeline.extract.times.periods import period
from tests.cases import cases


@cases("record/periods", title=str, years=str | None)
def test_the_period_is_the_years_of_the_title(title, years):
    assert period(title, date(2023, 7, 3)) == years


def test_without_a_date_of_issue_the_period_has_no_beginning():
    assert period("Mua sách đến năm 2030", None) == "../2030"


def test_a_period_that_ends_before_it_begins_is_none():
    assert period("Kế hoạch giai đoạn 2025 - 2021", None) is None
