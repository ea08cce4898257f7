import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.dates import ISSUE_DATE, NAMED_DATE, NUMERIC_DATE, YEAR, find_date, read_date, read_day
from tests.cases import cases

DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(
    DATES, st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0:%d}-{0:%m}-{0.year}", "{0.day:02}. {0.month}.{0.year}"])
)
def test_a_date_in_digits_comes_back(day: date, form: str) -> None:
    assert re.fullmatch(NUMERIC_DATE, form.format(day))
    assert read_date(form.format(day)) == day


@given(
    DATES,
    st.sampled_from(
        [
            "ngày {0.day} tháng {0.month} năm {0.year}",
            "ngày {0:%d} tháng {0:%m} năm {0.year}",
            "ngày {0.day}/{0.month}/{0.year}",
            "ngay {0.day} thang {0.month} nam {0.year}",
            "ngày{0.day}tháng{0.month}năm{0.year}",
            "ngày {0.day}/{0.month} năm {0.year}",
        ]
    ),
)
def test_a_date_behind_its_word_comes_back(day: date, form: str) -> None:
    assert re.fullmatch(NAMED_DATE, form.format(day))
    assert find_date(f"theo quyết định {form.format(day)} của ủy ban") == day


@cases("dates/none", text=str)
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(("printed", "day"), [("30/11", (30, 11, None)), ("ngày 29 tháng 02", (29, 2, None))])
def test_a_day_may_have_no_year(printed: str, day: tuple[int, int, int | None]) -> None:
    assert read_day(printed) == day


@pytest.mark.parametrize("printed", ["30/02", "13/45", "0/1"])
def test_a_day_that_no_calendar_has_is_none(printed: str) -> None:
    assert read_day(printed) is None


def test_a_number_that_is_no_date_is_not_found() -> None:
    assert find_date("số 5/6/2025 của ủy ban") is None


@cases("dates/issue", text=str)
def test_the_date_of_issue_may_be_blank_or_written_by_hand(text: str) -> None:
    assert re.fullmatch(ISSUE_DATE, text)


@cases("dates/years", text=str, matches=bool)
def test_years_are_of_the_last_century_or_this(text: str, matches: bool) -> None:
    assert bool(re.fullmatch(YEAR, text)) is matches
