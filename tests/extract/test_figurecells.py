"""Figures in the columns of target tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.figurecells import figure_in


def read(text):
    """Sign, value, highest value, whole, unit."""
    one = figure_in(text)
    return one and (one.comparison.value, one.value, one.value_max, one.of, one.unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100", 100),
        ("01", 1),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1.200", 1200),
        ("1.234,5", 1234.5),
        ("1.000.000", 1_000_000),
        ("1.200.", 1200),
    ],
)
def test_a_figure_is_written_in_the_vietnamese_way(text, value):
    assert figure_in(text).value == value


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("≥ 90", ">="),
        ("> 90", ">="),
        ("Tối thiểu 90%", ">="),
        ("Trên 90%", ">="),
        ("90% trở lên", ">="),
        ("không dưới 90", ">="),
        ("không thấp hơn 90", ">="),
        ("≤ 90", "<="),
        ("< 90", "<="),
        ("Dưới 90", "<="),
        ("không quá 90", "<="),
        ("ít hơn 90", "<="),
        ("~ 90", "~"),
        ("90", "="),
        ("đạt 90%", "="),
    ],
)
def test_signs_and_words_compare_it(text, sign):
    assert (figure_in(text).comparison.value, figure_in(text).value) == (sign, 90)


@pytest.mark.parametrize("text", ["90-95", "90 - 95", "90–95", "90 đến 95", "90÷95"])
def test_a_range_has_two_ends(text):
    assert read(text) == ("=", 90, 95, None, None)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("90%", "%"),
        ("90 %", "%"),
        ("90%-95%", "%"),
        ("1.200 lượt", "lượt"),
        ("05 mô hình", "mô hình"),
        ("35 km2", "km2"),
        ("5 xã/năm", "xã/năm"),
        ("10%/năm", "%/năm"),
        ("0,5‰", "‰"),
        ("90 trở lên", None),
        ("90", None),
    ],
)
def test_a_cell_may_name_the_unit(text, unit):
    assert figure_in(text).unit == unit


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
        "Giảm 2%",
        "Hạng 5",
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
