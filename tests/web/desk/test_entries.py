"""What a reviewer types, read."""

import pytest

from pipeline.web.desk.entries import read_figure


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1200", 1200),
        ("1.200", 1200),
        ("1.200,5", 1200.5),
        ("12.5", 12.5),
        ("0.125", 0.125),
        ("-0.5", -0.5),
        (" ", None),
    ],
)
def test_a_figure_is_read_as_vietnamese_prints_it_or_with_a_decimal_point(typed, value):
    assert read_figure(typed, "value") == value
