"""Deadlines of every kind in sentences, and years that are none."""

from datetime import date

import pytest
from dateutil.rrule import rrulestr
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.extract.citations import find_citations, masks
from pipeline.extract.grammar import TokenizedText
from pipeline.extract.times.reading import FIND, grammar, read_times
from tests.cases import cases
from tests.extract.times.saying import said

PLAN_YEAR = 2023


def dues(text, year=PLAN_YEAR, **options):
    return read_times(text, year, masks(text, find_citations(text)), **options).deadlines


def only(text, **options):
    (one,) = dues(text, **options)
    return one


SENTENCES = cases(
    *("deadlines/dates", "deadlines/recurrences", "deadlines/none"),
    text=str,
    deadlines=list[str],
    edtf=list[str] | None,
)


@SENTENCES
def test_the_deadlines_of_a_sentence_are_read(text, deadlines, edtf):
    found = dues(text)
    assert [said(one) for one in found] == deadlines
    assert [one.edtf for one in found if one.edtf is not None] == (edtf or [])


@SENTENCES
def test_each_deadline_is_valid_edtf_or_a_valid_rule(text):
    for one in dues(text):
        if one.recurrence:
            assert rrulestr(f"DTSTART:20240101T000000\nRRULE:{one.recurrence}")[0]
        elif one.kind is not None:
            assert parse_edtf(one.edtf)


@cases("deadlines/quotes", text=str, printed=str)
def test_a_deadline_stands_where_it_is_printed(text, printed):
    one = only(text)
    assert text[one.start : one.end] == printed


def test_without_a_year_the_plans_own_is_assumed_and_said():
    assert only("báo cáo trước ngày 30 tháng 11").assumed_year


def test_without_any_year_a_time_is_its_words():
    assert [said(one) for one in dues("báo cáo trước ngày 30 tháng 11", year=None)] == ["undated"]


@cases("deadlines/relative", text=str, count=int, unit=str, origin=str, due=str)
def test_a_time_that_is_reckoned_from_something_says_from_what(text, count, unit, origin, due):
    one = only(text, year=2025, issued=date(2025, 1, 15))
    assert (one.relative.count, one.relative.unit, one.relative.from_, said(one)) == (count, unit, origin, due)


@cases("deadlines/acts", text=str, acts=list[str])
def test_each_of_several_times_has_its_act(text, acts):
    assert [one.act for one in dues(text) if one.act is not None] == acts


def test_from_now_is_from_the_day_of_the_plan():
    one = only("bình ổn giá từ nay đến hết năm", year=2024, issued=date(2023, 8, 18))
    assert one.last == date(2023, 12, 31)


def test_reading_takes_time_linear_in_the_length():
    sentence = "Mua 12 máy trước ngày 15/6, hằng năm báo cáo trong quý II và từ 3/5 đến 20/7. "

    def work(times):
        tokens = TokenizedText(sentence * times)
        grammar().read(tokens, FIND)
        return sum(map(len, tokens.memo.values()))

    assert work(800) < 2.2 * work(400)


def test_what_ended_before_the_plan_was_issued_is_none():
    text = "Từ năm 2010 đến năm 2015 đã mở 5 lớp; đến năm 2025 mở 10 lớp."
    assert [one.last for one in dues(text, issued=date(2023, 7, 3))] == [date(2025, 12, 31)]


def test_a_meeting_before_the_plan_was_issued_is_none():
    text = "Tiếp thu ý kiến kết luận tại buổi làm việc ngày 12/5/2023."
    assert dues(text, issued=date(2023, 7, 3)) == []


@cases("deadlines/targets", text=str, due=str | None)
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


def test_a_day_before_the_plan_was_issued_is_in_the_next_year():
    one = only("Báo cáo trước ngày 15 tháng 01.", year=2024, issued=date(2024, 12, 20))
    assert (one.edtf, one.assumed_year) == ("../2025-01-15", True)


@pytest.mark.parametrize("span", ["sau 999999999999 ngày", "trong 99999 tháng"])
def test_a_distance_beyond_the_calendar_is_no_date(span):
    one = only(f"Báo cáo chậm nhất {span} kể từ ngày ban hành Kế hoạch này", issued=date(2023, 1, 15))
    assert (one.kind, one.relative is not None) == (None, True)


_TIME_WORDS = (
    "trước sau đến hết từ trong ngày tháng quý năm tuần hằng định kỳ kể ban hành Kế hoạch này - / , và . ; ( ) cuối"
    " đầu giữa học âm lịch liền tới giờ chậm nhất hoàn thành lần một mỗi ngay khi báo cáo thứ Hai"
)
_ODD_NUMBERS = (
    f"0 00 1 02 29 30 31 31/4 29/02 29/2/2023 31/11 13 99999 {'9' * 20} 2023 2024 2099 1900 0000 9999 29/02/9999"
    " 31/12/9999 I IV V"
)
_PARTS = f"{_TIME_WORDS} {_ODD_NUMBERS}".split()


@settings(max_examples=400)
@example(["trước", "ngày", "29/02"], date(2024, 3, 10))
@given(
    st.lists(st.sampled_from(_PARTS), max_size=14),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
)
def test_no_text_of_time_words_and_odd_numbers_raises(words, issued):
    for one in dues(" ".join(words), year=issued.year, issued=issued):
        assert one.first is None or one.last is None or one.first <= one.last


@pytest.mark.parametrize(
    "text", ["từ tháng 3 đến tháng 5 và tháng 9 đến tháng 11/2026", "quý II, III/2026 đến năm 2027"]
)
def test_a_list_is_no_end_of_a_range(text):
    assert "2026-09" in str([one.edtf for one in dues(text)])
