from collections import Counter
from datetime import date, timedelta

from pipeline.store.database import open_store
from pipeline.store.overview.parts import part_of
from pipeline.store.query.agenda import agenda, due_days


def entries(address, first, last, **filters):
    with open_store(address) as store, store.reading() as connection:
        return list(agenda(connection, first, last, filters))


def test_what_falls_due_comes_in_order_of_days(corpus):
    found = entries(corpus, date(2023, 1, 1), date(2031, 1, 1))
    days = [one.due for one in found]
    assert days == sorted(days)
    assert date(2025, 12, 31) in days


def test_both_days_are_included(corpus):
    [one, *_] = entries(corpus, date(2023, 11, 30), date(2023, 11, 30))
    assert one.due == date(2023, 11, 30)
    assert one.recurrence == "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"
    assert one.plan_number == "140/KH-UBND"


def test_a_recurring_deadline_comes_every_year_of_the_plan_s_period(corpus):
    found = entries(corpus, date(2020, 1, 1), date(2040, 1, 1), plan="140/KH-UBND")
    years = [one.due.year for one in found if one.recurrence == "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"]
    assert years == list(range(2023, 2031))


def test_those_who_do_it_are_named(corpus):
    [one, *_] = entries(corpus, date(2023, 11, 30), date(2023, 11, 30))
    assert any("sở, ban, ngành" in name for name in one.agencies)
    assert not any("Văn hóa" in name for name in one.agencies)  # receives the report


def test_filters_are_those_of_search(corpus):
    every = entries(corpus, date(2023, 1, 1), date(2031, 1, 1))
    some = entries(corpus, date(2023, 1, 1), date(2031, 1, 1), province="Vĩnh Long")
    assert {one.province for one in some} == {"Vĩnh Long"}
    assert 0 < len(some) < len(every)


def test_nothing_falls_due_where_nothing_is_asked(corpus):
    day = date(2023, 1, 1)
    assert entries(corpus, day, day + timedelta(days=1), agency="Không có cơ quan nào tên này") == []


def test_words_choose_among_what_falls_due(corpus):
    with open_store(corpus) as store, store.reading() as connection:
        found = list(agenda(connection, date(2023, 1, 1), date(2031, 1, 1), {}, words="báo cáo"))
    assert found and all("báo cáo" in one.text.lower() for one in found)


def test_parts_of_the_list_make_the_whole(corpus):
    span = date(2023, 1, 1), date(2031, 1, 1)
    with open_store(corpus) as store, store.reading() as connection:
        whole = list(agenda(connection, *span, {}))
        parts = [list(agenda(connection, *span, {}, limit=7, offset=at)) for at in range(0, len(whole), 7)]
    assert [one for part in parts for one in part] == whole


def test_days_are_counted_as_they_are_listed(corpus):
    span = date(2023, 1, 1), date(2031, 1, 1)
    with open_store(corpus) as store, store.reading() as connection:
        counted = due_days(connection, *span, {"province": "Cần Thơ"})
        listed = Counter(one.due for one in agenda(connection, *span, {"province": "Cần Thơ"}))
    assert counted == listed and len(counted) > 3


def test_the_days_of_a_part_hold_it(corpus):
    first, last = date(2020, 1, 1), date(2035, 12, 31)
    with open_store(corpus) as store, store.reading() as connection:
        whole = list(agenda(connection, first, last, {}))
        days = due_days(connection, first, last, {})
        for limit, offset in ((1, 0), (7, 3), (50, 20), (10, len(whole) - 3), (9999, 0)):
            some, before = part_of(days.items(), limit, offset)
            assert (
                list(agenda(connection, some[0], some[-1], {}, None, limit, before)) == whole[offset : offset + limit]
            )
        assert part_of(days.items(), 10, len(whole)) == part_of([], 10) == ([], 0)
