"""Figures in the columns of target tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.amounts.cells import figure_in, turned_in, unit_in
from tests.cases import cases


def read(text):
    """Sign, value, highest value, whole, unit."""
    one = figure_in(text)
    return one and (one.comparison.value, one.value, one.value_max, one.of, one.unit)


@cases("figures/values", text=str, value=float)
def test_a_figure_is_written_in_the_vietnamese_way(text, value):
    assert figure_in(text).value == value


@cases("figures/comparisons", text=str, sign=str)
def test_signs_and_words_compare_it(text, sign):
    assert (figure_in(text).comparison.value, figure_in(text).value) == (sign, 90)


@cases("figures/ranges", text=str)
def test_a_range_has_two_ends(text):
    assert read(text) == ("=", 90, 95, None, None)


@cases("figures/units", text=str, unit=str | None)
def test_a_cell_may_name_the_unit(text, unit):
    assert figure_in(text).unit == unit


@cases("figures/stated", text=str, unit=str, per=str | None, of=str | None)
def test_a_unit_says_what_a_figure_is_per_and_a_share_of(text, unit, per, of):
    assert (unit_in(text).unit, unit_in(text).per, unit_in(text).of) == (unit, per, of)


@cases("figures/turned", text=str, direction=str)
def test_a_row_may_end_with_the_change_that_its_figure_says(text, direction):
    assert turned_in(text).value == direction


def test_a_cell_may_say_that_something_changes():
    assert [figure_in(text).direction.value for text in ("Giảm 0,5 - 1", "Tăng 2%", "5%")] == [
        "decrease",
        "increase",
        "reach",
    ]


def test_a_rank_is_one_that_is_reached_or_better():
    assert read("Hạng 5") == ("<=", 5, None, None, "hạng")


def test_a_part_is_one_of_a_whole():
    assert read("4/9 xã") == ("=", 4, None, 9, "xã")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Đạt",
        "Không",
        "3 xã, 2 phường",
        "70%; 30%",
        "1,000",  # a thousand, or one
        "1.2000",
        "12.5.3",
        "1 000",
        "-5",
        "50 (25 nữ)",
        "15/6/2025",
        "6/2025",
        "Năm 2025",
        "1" + "%" * 5000 + "2",
        "1.000." * 4000,
    ],
)
def test_what_could_be_read_in_two_ways_is_no_figure(text):
    assert figure_in(text) is None


@given(st.integers(0, 10**9))
def test_thousands_are_parted_by_dots(number):
    assert figure_in(f"{number:,}".replace(",", ".")).value == number
