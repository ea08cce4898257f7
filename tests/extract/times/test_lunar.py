"""Days of the lunar calendar, as Viet Nam reckons them, and the years they are in."""

from datetime import date

import pytest

from pipeline.extract.times.expression import LAST_DAY, Point
from pipeline.extract.times.lunar import civil
from pipeline.extract.times.reading import read_times
from tests.extract.times.saying import said


def lunar(day, month, year):
    found = civil(Point(year, month, month, day, lunar=True))
    return found and found.first(year)


# Days off as announced, and the two years in which Tết in Viet Nam was or will be a day before that in China.
@pytest.mark.parametrize(
    ("day", "month", "year", "expected"),
    [
        (1, 1, 2000, date(2000, 2, 5)),
        (1, 1, 2007, date(2007, 2, 17)),
        (1, 1, 2018, date(2018, 2, 16)),
        (1, 1, 2020, date(2020, 1, 25)),
        (1, 1, 2023, date(2023, 1, 22)),
        (1, 1, 2024, date(2024, 2, 10)),
        (1, 1, 2025, date(2025, 1, 29)),
        (1, 1, 2026, date(2026, 2, 17)),
        (1, 1, 2030, date(2030, 2, 2)),
        (1, 1, 2035, date(2035, 2, 8)),
        (10, 3, 2023, date(2023, 4, 29)),
        (10, 3, 2024, date(2024, 4, 18)),
        (10, 3, 2025, date(2025, 4, 7)),
        (15, 8, 2023, date(2023, 9, 29)),
        (15, 8, 2025, date(2025, 10, 6)),
        (23, 12, 2024, date(2025, 1, 22)),
        (LAST_DAY, 12, 2024, date(2025, 1, 28)),
    ],
)
def test_days_of_the_lunar_calendar_are_those_of_the_announced_feasts(day, month, year, expected):
    assert lunar(day, month, year) == expected


def test_a_month_of_29_days_has_no_30th():
    assert civil(Point(2024, 12, 12, 30, lunar=True)) is None


def test_a_whole_month_goes_from_its_first_to_its_last_day():
    month = civil(Point(2025, 12, 12, lunar=True))
    assert month is not None
    assert (month.first(0), month.last(0)) == (date(2026, 1, 19), date(2026, 2, 16))


@pytest.mark.parametrize("year", [1850, 2150])
def test_a_year_that_the_calendar_is_not_known_for_is_none(year):
    assert civil(Point(year, 1, 1, 1, lunar=True)) is None


def read(text, year=2026, issued=date(2026, 1, 15)):
    return [said(one) for one in read_times(text, year, issued=issued).deadlines]


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (date(2025, 12, 20), "by 2026-02-10"),
        (date(2026, 1, 15), "by 2026-02-10"),
        (date(2026, 3, 2), "by 2027-01-30"),
    ],
)
def test_a_lunar_day_without_a_year_is_the_first_behind_the_plan(issued, expected):
    assert read("Tặng quà xong trước ngày 23 tháng Chạp.", issued=issued) == [expected]


def test_a_lunar_day_without_a_year_is_not_before_the_plans_year():
    assert read("Tổ chức vào Rằm tháng Tám.", issued=date(2025, 8, 15)) == ["in 2026-09-25 2026-09-25"]


@pytest.mark.parametrize(
    ("text", "year", "issued"),
    [
        ("Tặng quà trước Tết Nguyên đán.", 2026, None),
        ("Tặng quà trước ngày 23 tháng Chạp.", 2026, None),
        ("Tặng quà trước ngày 23 tháng Chạp năm 2026.", 2026, date(2026, 1, 15)),
        ("Tặng quà trước ngày 10/3 âm lịch.", None, None),
    ],
)
def test_a_lunar_day_whose_year_cannot_be_told_is_in_doubt(text, year, issued):
    assert read(text, year, issued) == ["undated"]


def test_a_lunar_month_names_its_year():
    assert read("Xong trước ngày 23 tháng Chạp năm Ất Tỵ.") == ["by 2026-02-10"]


def test_a_year_in_digits_is_the_one_in_which_its_day_is_still_to_come():
    assert read("Xong trước ngày 23 tháng Chạp năm 2026.", issued=date(2026, 5, 4)) == ["by 2027-01-30"]


def test_what_ends_before_a_feast_ends_on_its_eve():
    assert read("Tặng quà trước Tết Trung thu.") == ["by 2026-09-24"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trực từ 28 Tết đến mùng 5 Tết.", "during 2026-02-15 2026-02-21"),
        ("Trực từ 28 đến mùng 5 Tết.", "during 2026-02-15 2026-02-21"),
        ("Lễ hội từ ngày 08 đến ngày 10/3 âm lịch.", "during 2026-04-24 2026-04-26"),
        ("Lễ hội từ ngày 08/3 đến ngày 10/3 (âm lịch).", "during 2026-04-24 2026-04-26"),
        ("Trồng cây từ 01/02/2026 đến mùng 10 tháng Giêng.", "during 2026-02-01 2026-02-26"),
        ("Trồng cây từ mùng 6 tháng Giêng đến 15/3/2026.", "during 2026-02-22 2026-03-15"),
    ],
)
def test_a_range_may_begin_or_end_on_a_lunar_day(text, expected):
    assert read(text) == [expected]


def test_a_lunar_day_of_every_year_has_no_day_of_the_civil_one():
    (found,) = read_times("Tổ chức lễ giỗ vào ngày 10/3 âm lịch hằng năm.", 2026).deadlines
    assert (found.recurrence, found.undated) == ("FREQ=YEARLY", True)


def test_the_day_in_brackets_is_the_same_day():
    assert read("Tổ chức ngày 26/4/2026 (tức ngày 10/3 âm lịch).") == ["in 2026-04-26 2026-04-26"]
