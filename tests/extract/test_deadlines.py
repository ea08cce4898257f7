"""Deadlines of every kind, and years that are none."""

from datetime import date

import pytest
from dateutil.rrule import rrulestr
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.citations import find_citations, masks
from pipeline.extract.deadlines import find_deadlines

PLAN_YEAR = 2023


def dues(text, year=PLAN_YEAR, **options):
    return find_deadlines(text, year, masks(text, find_citations(text)), **options)


def only(text, **options):
    (one,) = dues(text, **options)
    return one


DATED = [
    ("Đến năm 2025, đạt 100%.", "by", None, "2025-12-31", "../2025-12-31"),
    ("đến hết ngày 31/12/2025", "by", None, "2025-12-31", "../2025-12-31"),
    ("đến cuối năm 2025", "by", None, "2025-12-31", "../2025-12-31"),
    ("hoàn thành trước ngày 30 tháng 11 năm 2024", "by", None, "2024-11-30", "../2024-11-30"),
    ("chậm nhất là ngày 15/12/2023", "by", None, "2023-12-15", "../2023-12-15"),
    ("không muộn hơn ngày 20/4/2024", "by", None, "2024-04-20", "../2024-04-20"),
    ("trước 17 giờ ngày 20/4/2024", "by", None, "2024-04-20", "../2024-04-20"),
    ("báo cáo trước 15/11", "by", None, "2023-11-15", "../2023-11-15"),
    ("trước năm 2030", "by", None, "2029-12-31", "../2029-12-31"),
    ("Mục tiêu đến năm 2030:", "by", None, "2030-12-31", "../2030-12-31"),
    ("Quý II/2024", "in", "2024-04-01", "2024-06-30", "2024-34"),
    ("trong Quý II năm 2024", "in", "2024-04-01", "2024-06-30", "2024-34"),
    ("trong quý IV", "in", "2023-10-01", "2023-12-31", "2023-36"),
    ("trong tháng 1/2014", "in", "2014-01-01", "2014-01-31", "2014-01"),
    ("tổng kết vào năm 2030", "in", "2030-01-01", "2030-12-31", "2030"),
    ("6 tháng đầu năm 2024", "in", "2024-01-01", "2024-06-30", "2024-40"),
    ("năm 2025 và những năm tiếp theo", "in", "2025-01-01", "2025-12-31", "2025"),
    ("trong 2 năm (2019 - 2020)", "during", "2019-01-01", "2020-12-31", "2019/2020"),
    ("giai đoạn 2021 - 2025 phấn đấu", "during", "2021-01-01", "2025-12-31", "2021/2025"),
    ("từ năm 2023 đến năm 2030", "during", "2023-01-01", "2030-12-31", "2023/2030"),
    ("từ 20/8 đến 20/11/2014", "during", "2014-08-20", "2014-11-20", "2014-08-20/2014-11-20"),
    (
        "từ ngày 15 đến ngày 20 tháng 4 năm 2024",
        "during",
        "2024-04-15",
        "2024-04-20",
        "2024-04-15/2024-04-20",
    ),
    ("từ tháng 3 đến tháng 5 năm 2024", "during", "2024-03-01", "2024-05-31", "2024-03/2024-05"),
    ("từ Quý II/2024 đến Quý IV/2024", "during", "2024-04-01", "2024-12-31", "2024-04/2024-12"),
]


@pytest.mark.parametrize(("text", "kind", "first", "last", "edtf"), DATED)
def test_each_kind_of_deadline_is_read(text, kind, first, last, edtf):
    one = only(text)
    found = (one.kind, one.first and one.first.isoformat(), one.last and one.last.isoformat(), one.edtf)
    assert found == (kind, first, last, edtf)


@pytest.mark.parametrize(
    ("text", "first"), [("Từ năm 2024, các trường mua sách", date(2024, 1, 1)), ("kể từ Quý II/2024", date(2024, 4, 1))]
)
def test_what_goes_on_has_a_beginning_and_no_end(text, first):
    one = only(text)
    assert (one.kind, one.first, one.last, str(parse_edtf(one.edtf).upper)) == ("ongoing", first, None, "..")


@pytest.mark.parametrize("text", [case[0] for case in DATED])
def test_each_deadline_is_valid_edtf(text):
    assert parse_edtf(only(text).edtf)


def test_a_range_may_name_its_month_once():
    due = only("Thời gian: 02 ngày, từ 20 - 21/4/2024")
    assert (due.first, due.last) == (date(2024, 4, 20), date(2024, 4, 21))


RECURRING = [
    ("Định kỳ hàng năm (trước 15/11) báo cáo", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"),
    ("định kỳ hằng năm (trước ngày 30 tháng 11) để tổng hợp", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
    ("báo cáo trước ngày 15 tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
    ("tổ chức vào ngày 21/4 hằng năm", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=21"),
    ("hằng năm tổ chức hội sách", "FREQ=YEARLY"),
    ("hằng quý báo cáo", "FREQ=MONTHLY;INTERVAL=3"),
    ("định kỳ 6 tháng báo cáo", "FREQ=MONTHLY;INTERVAL=6"),
    ("hàng tháng giao ban", "FREQ=MONTHLY"),
    ("hằng tuần luân chuyển sách", "FREQ=WEEKLY"),
    ("báo cáo nhanh hằng ngày", "FREQ=DAILY"),
]


@pytest.mark.parametrize(("text", "rule"), RECURRING)
def test_what_comes_again_has_a_recurrence(text, rule):
    assert (only(text).kind, only(text).recurrence) == ("recurring", rule)


@pytest.mark.parametrize("text", [case[0] for case in RECURRING])
def test_each_recurrence_is_a_valid_rule(text):
    assert rrulestr(f"DTSTART:20240101T000000\nRRULE:{only(text).recurrence}")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Chương trình số hóa Di sản văn hóa Việt Nam giai đoạn 2021 - 2030.",
        "Thực hiện Chương trình “Đẩy mạnh các hoạt động” đến năm 2030.",
        "Triển khai Quyết định số 1520/QĐ-TTg ngày 09/12/2022 của Thủ tướng Chính phủ.",
        "Thi hành Luật Thư viện năm 2019",
        "nhiệm kỳ 2021 - 2026",
        "đầu năm học 2023 - 2024",
        "sử dụng ngân sách hằng năm",
        "tăng bình quân 10% hằng năm",
        "Tổ chức Ngày Sách Việt Nam 21/4",
        "kỷ niệm 50 năm",
        "thường xuyên kiểm tra",
        "trước ngày 31/02/2024",
    ],
)
def test_names_events_budgets_and_adverbs_are_no_deadline(text):
    assert dues(text) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Mua sách, hoàn thành trước ngày 30 tháng 11 năm 2024.", "hoàn thành trước ngày 30 tháng 11 năm 2024"),
        ("Mở lớp trong 2 năm (2019 - 2020).", "trong 2 năm (2019 - 2020)"),
        ("Báo cáo định kỳ hằng năm (trước 15/11)", "định kỳ hằng năm (trước 15/11)"),
    ],
)
def test_a_deadline_stands_where_it_is_printed(text, printed):
    one = only(text)
    assert text[one.start : one.end] == printed


def test_without_a_year_the_plans_own_is_assumed_and_said():
    assert only("báo cáo trước ngày 30 tháng 11").assumed_year


def test_without_any_year_there_is_no_deadline():
    assert dues("báo cáo trước ngày 30 tháng 11", year=None) == []


def test_what_ended_before_the_plan_was_issued_is_none():
    text = "Từ năm 2010 đến năm 2015 đã mở 5 lớp; đến năm 2025 mở 10 lớp."
    assert [one.last for one in dues(text, issued=date(2023, 7, 3))] == [date(2025, 12, 31)]


@pytest.mark.parametrize(
    ("text", "due"),
    [("đến năm 2025", "2025"), ("trước ngày 30/6/2024", "2024-06-30"), ("hằng năm", None), ("Từ năm 2024, mua", None)],
)
def test_a_target_is_due_in_a_year_or_on_a_day(text, due):
    assert only(text).due == due


@given(st.dates(date(2024, 1, 1), date(2049, 12, 31)), st.sampled_from(["trước", "chậm nhất là", "đến hết"]))
def test_a_planted_day_comes_back_as_a_deadline(day, word):
    text = f"Mua sách mới và báo cáo kết quả {word} ngày {day.day} tháng {day.month} năm {day.year}."
    assert (only(text).kind, only(text).last) == ("by", day)


@given(st.integers(2000, 2050), st.integers(1, 30))
def test_a_planted_period_comes_back(first, years):
    one = only(f"Trong giai đoạn {first} - {first + years} phấn đấu mua sách.")
    assert (one.kind, one.first.year, one.last.year) == ("during", first, first + years)


@pytest.mark.parametrize("text", ["Hoàn thành trước ngày 29/2.", "từ ngày 31 đến ngày 30 tháng 4 năm 2024"])
def test_a_day_the_year_does_not_have_is_no_deadline(text):
    assert dues(text) == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("báo cáo định kỳ 6 tháng, 01 năm", ["FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY"]),
        ("tổ chức 5 năm một lần", ["FREQ=YEARLY;INTERVAL=5"]),
        ("tổ chức hai năm một lần", ["FREQ=YEARLY;INTERVAL=2"]),
        (
            "Định kỳ 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 05/12) báo cáo",
            ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5"],
        ),
        (
            "báo cáo định kỳ 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/12 hằng năm",
            ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"],
        ),
        (
            "Định kỳ hằng tháng (trước ngày 25), năm (trước 20/12) báo cáo",
            ["FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20"],
        ),
        (
            "Hằng năm xây dựng kế hoạch trước ngày 15/01; báo cáo Ủy ban nhân dân tỉnh trước ngày 10 tháng 12.",
            ["FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"],
        ),
        (
            "Báo cáo trước ngày 15 tháng 6 và 15 tháng 12 hàng năm",
            ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"],
        ),
    ],
)
def test_several_recurrences_and_those_of_several_years(text, rules):
    assert [due.recurrence for due in dues(text)] == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (
            "Báo cáo trước ngày 15/6 và trước ngày 15/12 hằng năm.",
            ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"],
        ),
        ("tổ chức hằng năm từ 25/11 đến 05/12", ["FREQ=YEARLY;BYMONTH=11,12"]),
        ("tổ chức hằng năm từ ngày 20/11 đến 25/11", ["FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20,21,22,23,24,25"]),
        ("định kỳ 00 tháng một lần", []),
        ("Báo cáo hằng tuần, bắt đầu ngày 05 tháng 3.", ["FREQ=WEEKLY"]),
    ],
)
def test_days_of_a_recurrence(text, rules):
    assert [due.recurrence for due in dues(text) if due.recurrence] == rules


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Hoàn thành trước năm 2025.", "../2024-12-31"),
        ("Thực hiện trước năm 2025.", "../2024-12-31"),
        ("Thực hiện trước tháng 6/2025.", "../2025-05-31"),
        ("Hoàn thành trước quý III/2025.", "../2025-06-30"),
        ("Hoàn thành trước ngày 15/6/2025.", "../2025-06-15"),
        ("Sau năm 2025 tiếp tục duy trì.", "2026/.."),
    ],
)
def test_before_a_period_is_before_its_first_day(text, edtf):
    assert only(text).edtf == edtf


def test_a_day_before_the_plan_was_issued_is_in_the_next_year():
    one = only("Báo cáo trước ngày 15 tháng 01.", year=2024, issued=date(2024, 12, 20))
    assert (one.edtf, one.assumed_year) == ("../2025-01-15", True)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Từ ngày 15/12 đến 15/01/2024.", "2023-12-15/2024-01-15"),
        ("Từ tháng 11 đến tháng 02 năm 2024.", "2023-11/2024-02"),
    ],
)
def test_a_range_over_new_year_begins_in_the_year_before(text, edtf):
    assert only(text).edtf == edtf


def test_a_time_behind_a_cited_title_is_a_deadline():
    text = "Sở Y tế triển khai Kế hoạch số 12/KH-UBND về phòng dịch trước ngày 30/6/2023, đạt 90% dân số."
    assert [due.edtf for due in dues(text)] == ["../2023-06-30"]


@pytest.mark.parametrize(
    "printed", ["trước ngày 10 tháng 02 hằng năm", "hằng năm (trước ngày 30/11)", "chậm nhất trước ngày 30/11 hằng năm"]
)
def test_a_recurrence_is_quoted_with_its_before(printed):
    text = f"Các đơn vị báo cáo {printed}."
    one = only(text)
    assert text[one.start : one.end] == printed


def test_a_recurrence_over_new_year_keeps_both_its_months():
    (due,) = dues("tổ chức hằng năm từ 15/12 đến 15/01")
    assert due.recurrence == "FREQ=YEARLY;BYMONTH=1,12"
