"""What is counted by loading answers as the rows of all plans do."""

import pytest

from pipeline.errors import UnknownProvinceError
from pipeline.store.database import open_store
from pipeline.store.overview import duties, goals, partners

ASKED = (
    (partners.pairs, ({}, {"province": "Cần Thơ"}, {"agency": "Sở Tài chính"}, {"agency": "UBND cấp xã"})),
    (duties.agency_counts, ({}, {"province": "Vĩnh Long"}, {"agency": "Sở Tài chính"}, {"agency": "thư viện"})),
    (duties.duty_count, ({}, {"province": "Vĩnh Long"}, {"agency": "Sở Tài chính", "province": "Cần Thơ"})),
    (goals.goal_counts, ({}, {"province": "Vĩnh Long"}, {"unit": "%"}, {"unit": "BẢN SÁCH", "province": "Cần Thơ"})),
    (goals.goals, ({}, {"province": "Vĩnh Long"}, {"unit": "%"}, {"unit": "bản sách"}, {"unit": "zzz"})),
)


def rows(connection, function, filters, **more):
    found = function(connection, filters, **more)
    return [str(one) for one in found] if isinstance(found, list) else found


@pytest.mark.parametrize(("function", "every"), ASKED, ids=lambda one: getattr(one, "__name__", ""))
def test_counts_are_those_of_the_rows(corpus, monkeypatch, function, every):
    years = ("2025", "2030", "none", None) if function in (goals.goal_counts, goals.goals) else (None,)
    sizes = ((3, 0), (5, 4), (200, 30), (None, 0)) if function is goals.goals else ()
    parts = [dict(limit=limit, offset=offset) for limit, offset in sizes] or [{}]
    questions = [
        (filters, {**({"year": year} if year else {}), **part}) for filters in every for year in years for part in parts
    ]
    with open_store(corpus) as store, store.reading() as connection:
        counted = [rows(connection, function, filters, **more) for filters, more in questions]
        for module in (duties, goals, partners):
            monkeypatch.setattr(module, "countable", lambda *_: False)
        assert counted == [rows(connection, function, filters, **more) for filters, more in questions]
    assert any(counted)


def test_a_province_that_is_none_is_refused(corpus):
    with open_store(corpus) as store, store.reading() as connection, pytest.raises(UnknownProvinceError):
        partners.pairs(connection, {"province": "Atlantis"})
