"""Points in time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.times.points import points
from pipeline.language.folding import fold
from tests.cases import cases

PLAN_YEAR = 2023


@cases("times/points", text=str, grain=str, first=str, last=str, edtf=str)
def test_a_point_has_its_grain_and_its_days(text, grain, first, last, edtf):
    (one,) = points(fold(text))
    found = (
        one.grain.name.lower(),
        one.first(PLAN_YEAR).isoformat(),
        one.last(PLAN_YEAR).isoformat(),
        one.edtf(PLAN_YEAR),
    )
    assert found == (grain, first, last, edtf)


@cases("times/none", text=str)
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
