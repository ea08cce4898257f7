"""The days a deadline falls due, held against a reading of the same rules day by day."""

import sys
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.schema import Deadline, DeadlineKind
from pipeline.store.occurrences import HORIZON_YEARS, occurrences, period_dates
from tests.cases import cases
from tests.plans import cite

ISSUED = date(2023, 2, 23)


def a_deadline(recurrence=None, start=None, end=None):
    kind = DeadlineKind.RECURRING if recurrence else DeadlineKind.BY
    return Deadline(
        text="2024",
        kind=kind,
        start=start,
        end=end,
        edtf=None,
        recurrence=recurrence,
        relative=None,
        act=None,
        inherited=False,
        confidence=1.0,
        evidence=cite("2024"),
    )


def spans(recurrence, period="2023/2024", issued=ISSUED, **window):
    found = occurrences(a_deadline(recurrence), period, issued, **window)
    return [(one.start.isoformat(), one.due.isoformat()) for one in found]


def dues(*args, **options):
    return [due for _, due in spans(*args, **options)]


@cases("occurrences/periods", rule=str, first=list[tuple[str, str]])
def test_a_rule_without_a_day_is_due_when_its_period_ends(rule, first):
    assert spans(rule)[: len(first)] == first


@cases("occurrences/days", rule=str, first=list[str])
def test_a_rule_with_days_is_due_on_them(rule, first):
    assert dues(rule)[: len(first)] == first
    assert all(start == due for start, due in spans(rule))


def test_days_that_follow_on_each_other_are_one_occurrence():
    rule = "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=19,20,21,22,23"
    assert spans(rule) == [("2023-04-19", "2023-04-23"), ("2024-04-19", "2024-04-23")]
    assert spans(rule, issued=date(2023, 4, 21))[0] == ("2023-04-19", "2023-04-23")
    assert spans("FREQ=MONTHLY;BYMONTHDAY=1,2,15")[:2] == [("2023-03-01", "2023-03-02"), ("2023-03-15", "2023-03-15")]


def test_days_over_the_turn_of_a_month_are_two_occurrences():
    found = spans("FREQ=YEARLY;BYMONTHDAY=1,30,31")
    assert found[:3] == [("2023-03-01", "2023-03-01"), ("2023-03-30", "2023-03-31"), ("2023-04-01", "2023-04-01")]


def test_it_begins_at_its_start_else_at_the_date_else_with_the_period():
    rule = "FREQ=YEARLY"
    started = a_deadline(rule, start=date(2025, 6, 1), end=date(2026, 12, 31))
    assert [one.due.year for one in occurrences(started, "2023/2030", ISSUED)] == [2025, 2026]
    assert dues(rule, "2022/2024")[0] == "2023-12-31"
    assert dues(rule, "2022/2024", None)[0] == "2022-12-31"


def test_without_a_beginning_it_needs_the_one_that_is_asked_for():
    assert dues("FREQ=YEARLY", None, None) == []
    assert dues("FREQ=YEARLY", None, None, to=date(2025, 1, 1)) == []
    assert dues("FREQ=YEARLY", None, None, from_=date(2024, 5, 1), to=date(2026, 1, 1)) == ["2024-12-31", "2025-12-31"]


def test_without_an_end_it_is_followed_for_some_years_and_marked():
    found = occurrences(a_deadline("FREQ=YEARLY"), "2023/..", ISSUED)
    assert len(found) == HORIZON_YEARS
    assert all(one.open_ended for one in found)
    assert not any(one.open_ended for one in occurrences(a_deadline("FREQ=YEARLY"), "2023/2030", ISSUED))
    assert not any(one.open_ended for one in occurrences(a_deadline("FREQ=YEARLY;COUNT=3"), None, ISSUED))


def test_an_end_no_plan_has_is_none():
    (*_, last) = occurrences(a_deadline("FREQ=WEEKLY"), "2023/9999", ISSUED)
    assert last.open_ended
    assert last.due == date(2033, 2, 20)


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "freq=daily;interval=1", "FREQ=DAILY;COUNT=9", "FREQ=DAILY;WKST=MO"])
def test_what_is_to_be_done_every_day_falls_due_on_no_day(rule):
    assert occurrences(a_deadline(rule), "2023", ISSUED) == []
    assert occurrences(a_deadline("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"), "2023", ISSUED) != []


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_time(day):
    for rule in ("FREQ=YEARLY;BYMONTH=1,12", "FREQ=WEEKLY", "FREQ=MONTHLY;INTERVAL=7", "FREQ=DAILY;INTERVAL=3"):
        found = occurrences(a_deadline(rule), None, day)
        assert all(day <= one.due for one in found)


def test_one_that_does_not_recur_is_due_at_its_end():
    (one,) = occurrences(a_deadline(start=date(2023, 1, 1), end=date(2023, 6, 30)), None, None)
    assert (one.start, one.due) == (date(2023, 1, 1), date(2023, 6, 30))
    (one,) = occurrences(a_deadline(end=date(2023, 6, 30)), None, None)
    assert one.start == one.due
    assert occurrences(a_deadline(start=date(2023, 1, 1)), "2023", ISSUED) == []  # ongoing: never due


def test_the_window_is_of_the_days_due():
    rule = "FREQ=MONTHLY;INTERVAL=3"
    assert dues(rule, from_=date(2023, 6, 30), to=date(2023, 9, 30)) == ["2023-06-30", "2023-09-30"]
    once = a_deadline(end=date(2023, 6, 30))
    assert occurrences(once, None, None, from_=date(2023, 7, 1)) == []
    assert occurrences(once, None, None, to=date(2023, 6, 29)) == []
    assert len(occurrences(once, None, None, date(2023, 6, 30), date(2023, 6, 30))) == 1


@cases("occurrences/refused", rule=str)
def test_what_is_no_rule_of_days_is_refused(rule):
    assert dues(rule) == []


@pytest.mark.parametrize("rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300"])
def test_a_rule_that_never_meets_a_day_ends(rule):
    assert dues(rule, None) == []


NEVER = [
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTHDAY=20;BYDAY=1MO;BYMONTH=5",
    "FREQ=YEARLY;BYMONTH=1;BYDAY=MO;BYSETPOS=6",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5;BYMONTHDAY=1",
    "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
]


@pytest.mark.parametrize("rule", NEVER)
@pytest.mark.parametrize("year", [1, 1599, 2023, 9989])
def test_it_is_not_sought_for_ever(rule, year):
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    begin = date(year, 3, 1) + timedelta(days=(1 - date(year, 3, 1).weekday()) % 7)  # a Tuesday
    sys.setprofile(count)
    try:
        found = occurrences(a_deadline(rule, start=begin), None, None)
    finally:
        sys.setprofile(None)
    assert found == []
    assert calls < 50_000  # to the year 9999 it would be a million


@pytest.mark.parametrize("rule", ["FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=DAILY"])
@pytest.mark.parametrize("day", [date.min, date(1999, 2, 1), ISSUED, date(9000, 1, 1), date.max])
def test_an_interval_longer_than_time_is_none(rule, day):
    assert [one.due for one in occurrences(a_deadline(f"{rule};INTERVAL=9999"), None, day) if one.due > day] == []


def test_every_second_turn_of_a_year_counts_from_its_first_month():
    rule = "FREQ=YEARLY;INTERVAL=2;BYMONTH=1,12"
    assert spans(rule, "2023/2027") == [("2023-12-01", "2024-01-31"), ("2025-12-01", "2026-01-31")]


@cases("occurrences/intervals", period=str | None, first=str | None, last=str | None)
def test_the_days_of_a_period(period, first, last):
    assert period_dates(period) == tuple(one and date.fromisoformat(one) for one in (first, last))


def some(values, least=1):
    return st.lists(values, min_size=least, max_size=6, unique=True).map(lambda chosen: ",".join(map(str, chosen)))


PARTS = {
    "INTERVAL": st.integers(-1, 30).map(str),
    "COUNT": st.integers(0, 40).map(str),
    "UNTIL": st.sampled_from(["20240229", "20230101T000000Z", "99991231", "19000101"]),
    "BYMONTH": some(st.integers(0, 13), 0),
    "BYMONTHDAY": some(st.integers(-32, 32), 0),
    "BYDAY": some(st.sampled_from(["MO", "FR", "SU", "1MO", "-1FR", "53SU"]), 0),
    "BYSETPOS": some(st.integers(-4, 4), 0),
    "BYHOUR": st.just("8"),
    "WKST": st.sampled_from(["MO", "SU"]),
}
RULES = st.builds(
    lambda frequency, parts: ";".join([f"FREQ={frequency}", *(f"{name}={value}" for name, value in parts.items())]),
    st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "SECONDLY"]),
    st.fixed_dictionaries({}, optional=PARTS),
)
DATES = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@given(RULES | st.text(max_size=20), st.none() | DATES, st.none() | DATES, st.none() | DATES, st.none() | DATES)
@example("FREQ=DAILY;INTERVAL=2", date.max, None, None, None)
@example("FREQ=YEARLY;UNTIL=20240229", None, None, date(2000, 1, 1), None)
def test_any_rule_gives_a_bounded_list_in_order(rule, start, end, from_, to):
    found = occurrences(a_deadline(rule, start=start, end=end), None, None, from_, to)
    begin = start or from_
    assert found == sorted(set(found))
    for one in found:
        assert one.start <= one.due
        assert begin is not None and begin <= one.due and (end is None or one.due <= end)
        assert (from_ is None or from_ <= one.due) and (to is None or one.due <= to)
        assert end is not None or "UNTIL" in rule.upper() or one.due.year <= begin.year + HORIZON_YEARS


DAY_RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(2, 40)),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={}".format,
        st.integers(1, 5),
        some(st.sampled_from(["MO", "TU", "SA", "SU"])),
    ),
    st.builds(
        "FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format,
        st.sampled_from([1, 2, 3, 6]),
        st.lists(st.integers(1, 31) | st.integers(-28, -1), min_size=1, unique=True).map(
            lambda d: ",".join(map(str, d))
        ),
    ),
    st.builds(
        "FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format,
        st.integers(1, 12),
        some(st.integers(1, 28)),
    ),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from(["", "1", "-1", "3"]), st.sampled_from(["MO", "SA"])),
    st.builds("FREQ=YEARLY;BYMONTH={};BYDAY={}TU".format, st.integers(1, 12), st.sampled_from(["", "1", "-1"])),
    st.builds("FREQ=YEARLY;BYDAY={}TU".format, st.sampled_from(["", "1", "-1", "20", "-30"])),
    st.builds("FREQ=MONTHLY;BYDAY=MO,WE,FR;BYSETPOS={}".format, st.sampled_from([1, -1, 3])),
)


def numbers_of_its_kind(day, in_year):
    """Which Tuesday it is of its year or month: with and without its number, from the front and from behind."""
    kind = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day.weekday()]
    first = day.replace(month=1, day=1) if in_year else day.replace(day=1)
    last = date(day.year, 12, 31) if in_year else day.replace(day=monthrange(day.year, day.month)[1])
    return {kind, f"{(day - first).days // 7 + 1}{kind}", f"-{(last - day).days // 7 + 1}{kind}"}


def is_named(parts, begin, day):
    weeks = (day - begin + timedelta(days=begin.weekday())).days // 7
    months = (day.year - begin.year) * 12 + day.month
    place = {"DAILY": (day - begin).days, "WEEKLY": weeks, "MONTHLY": months, "YEARLY": 0}[parts["FREQ"]]
    behind = day.day - monthrange(day.year, day.month)[1] - 1
    in_year = parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts
    return (
        place % int(parts.get("INTERVAL", 1)) == 0
        and parts.get("BYMONTH") in (None, str(day.month))
        and ("BYMONTHDAY" not in parts or not {str(day.day), str(behind)}.isdisjoint(parts["BYMONTHDAY"].split(",")))
        and ("BYDAY" not in parts or not numbers_of_its_kind(day, in_year).isdisjoint(parts["BYDAY"].split(",")))
    )


def read_day_by_day(rule, begin, until):
    parts = dict(part.split("=") for part in rule.split(";"))
    month = begin.replace(day=1)
    days = [month + timedelta(days=more) for more in range((until - month).days + 32)]
    named = [day for day in days if is_named(parts, begin, day)]
    if "BYSETPOS" in parts:
        months = [[day for day in named if (day.year, day.month) == key] for key in {(d.year, d.month) for d in named}]
        at = int(parts["BYSETPOS"])
        named = [found[at - (at > 0)] for found in months if len(found) >= abs(at)]
    return {day for day in named if begin <= day <= until}


@given(DAY_RULES, st.dates(date(2019, 1, 1), date(2025, 12, 31)))
def test_rules_that_name_days_are_those_read_day_by_day(rule, begin):
    found = occurrences(a_deadline(rule, start=begin, end=begin + timedelta(days=900)), None, None)
    days = {one.start + timedelta(days=more) for one in found for more in range((one.due - one.start).days + 1)}
    until = begin + timedelta(days=860)  # a span that ends behind the end is left out whole
    assert {day for day in days if begin <= day <= until} == read_day_by_day(rule, begin, until)
