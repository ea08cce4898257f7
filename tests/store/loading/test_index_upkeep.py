from datetime import date

import pytest
from sqlalchemy import text

from pipeline.store.database import open_store
from pipeline.store.loading.index_upkeep import tidy
from pipeline.store.query.searching import search
from tests.store.conftest import OUTPUTS, fill

ASKED = [
    ("thư viện cấp xã", {}),
    ("van hoa doc", {"kind": "task"}),
    (None, {"agency": "Sở Tài chính", "role": "responsible"}),
    (None, {"unit": "%", "province": "Cần Thơ"}),
    (None, {"due_from": date(2025, 1, 1), "due_before": date(2026, 1, 1)}),
    (None, {"issued_from": date(2023, 3, 1), "document_type": "Kế hoạch"}),
]


@pytest.fixture
def reloaded(tmp_path):
    """A store whose plans were loaded three times."""
    address = str(tmp_path / "plans.db")
    for _ in range(3):
        fill(address, OUTPUTS, again=True)
    return address


def orphans(connection):
    counts = (connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("provision_search", "provisions"))
    return next(counts) - next(counts)


def test_the_index_is_made_anew_where_most_of_it_is_of_no_item(reloaded):
    with open_store(reloaded, write=True) as store:
        before = [search(words, database=store, limit=100, **filters) for words, filters in ASKED]
        with store.writing() as connection:
            assert orphans(connection) > 0
            assert tidy(connection, few=10)
            assert orphans(connection) == 0
            assert not tidy(connection, few=10)
        assert [search(words, database=store, limit=100, **filters) for words, filters in ASKED] == before
        assert all(before)


def test_a_few_rows_of_no_item_are_left(reloaded):
    with open_store(reloaded, write=True) as store, store.writing() as connection:
        assert not tidy(connection)
