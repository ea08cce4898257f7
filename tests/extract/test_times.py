"""Points in time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.times import Grain, points
from pipeline.language.folding import fold

PLAN_YEAR = 2023


@pytest.mark.parametrize(
    ("text", "grain", "first", "last", "edtf"),
    [
        ("ngày 09/12/2022", Grain.DAY, "2022-12-09", "2022-12-09", "2022-12-09"),
        ("09-12-2022", Grain.DAY, "2022-12-09", "2022-12-09", "2022-12-09"),
        ("ngày 18 tháng 8 năm 2020", Grain.DAY, "2020-08-18", "2020-08-18", "2020-08-18"),
        ("ngày 30 tháng 11", Grain.DAY, "2023-11-30", "2023-11-30", "2023-11-30"),
        ("15/11", Grain.DAY, "2023-11-15", "2023-11-15", "2023-11-15"),
        ("tháng 2/2024", Grain.MONTH, "2024-02-01", "2024-02-29", "2024-02"),
        ("tháng 6 năm 2025", Grain.MONTH, "2025-06-01", "2025-06-30", "2025-06"),
        ("6/2025", Grain.MONTH, "2025-06-01", "2025-06-30", "2025-06"),
        ("tháng 3", Grain.MONTH, "2023-03-01", "2023-03-31", "2023-03"),
        ("Quý I/2024", Grain.QUARTER, "2024-01-01", "2024-03-31", "2024-33"),
        ("quý IV năm 2024", Grain.QUARTER, "2024-10-01", "2024-12-31", "2024-36"),
        ("quý 2", Grain.QUARTER, "2023-04-01", "2023-06-30", "2023-34"),
        ("6 tháng đầu năm 2024", Grain.HALF, "2024-01-01", "2024-06-30", "2024-40"),
        ("nửa cuối năm 2024", Grain.HALF, "2024-07-01", "2024-12-31", "2024-41"),
        ("năm 2025", Grain.YEAR, "2025-01-01", "2025-12-31", "2025"),
        ("2025", Grain.YEAR, "2025-01-01", "2025-12-31", "2025"),
    ],
)
def test_a_point_has_its_grain_and_its_days(text, grain, first, last, edtf):
    (one,) = points(fold(text))
    found = (one.grain, one.first(PLAN_YEAR).isoformat(), one.last(PLAN_YEAR).isoformat(), one.edtf(PLAN_YEAR))
    assert found == (grain, first, last, edtf)


@pytest.mark.parametrize(
    "text",
    ["13/45", "ngày 31/02/2024", "99/99/2024", "2.500 bản", "1520/QĐ-TTg", "10,5%", "tháng 13/2024", "12345", "quý V"],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert points(fold(text)) == []


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        [
            "ngày {0.day}/{0.month}/{0.year}",
            "ngày {0.day:02}/{0.month:02}/{0.year}",
            "ngày {0.day} tháng {0.month} năm {0.year}",
            "{0.day}.{0.month}.{0.year}",
        ]
    ),
)
def test_a_planted_day_comes_back(day, form):
    text = f"hoàn thành trước {form.format(day)} và báo cáo"
    assert [(one.first(1), one.last(1)) for one in points(fold(text))] == [(day, day)]


def test_points_come_in_their_order_with_their_places():
    text = "từ năm 2023 đến ngày 20/4/2024"
    assert [text[one.start : one.end] for one in points(text)] == ["năm 2023", "ngày 20/4/2024"]
