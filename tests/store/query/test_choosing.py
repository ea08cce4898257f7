"""Which plans and items an export takes."""

import pytest

from pipeline.store.database import open_store
from pipeline.store.query.choosing import choose, references
from pipeline.store.query.searching import search
from tests.store.query.test_searching import ITEMS, PLANS, refs


@pytest.fixture
def chosen(corpus):
    """Choose of the store of the corpus; gives what was chosen and the names of its items."""

    def make(words=None, **filters):
        with open_store(corpus) as store, store.reading() as connection:
            found = choose(connection, words, filters)
            return found, references(connection, found.provisions or ())

    return make


def test_nothing_asked_for_is_every_plan_whole(chosen):
    found, _ = chosen()
    assert (len(found.plans), found.provisions) == (len(PLANS), None)


def test_a_filter_of_plans_takes_them_whole(chosen):
    found, _ = chosen(province="Cần Thơ", agency=None)
    assert 0 < len(found.plans) < len(PLANS) and found.provisions is None


def test_a_filter_of_items_takes_items(chosen):
    found, _ = chosen(role="lead")
    leading = [item for _, _, item in ITEMS if any(agency.role == "lead" for agency in item.agencies)]
    assert len(found.provisions) == len(leading)


def test_words_take_what_a_search_finds_however_much(chosen, corpus):
    files = {plan.source.sha256: plan.source.file_name for plan in PLANS}
    found, named = chosen("thư viện")
    assert {(files[sha256], ref) for sha256, ref in named} == refs(search("thư viện", database=corpus, limit=1000))
    assert not found.accents_ignored


def test_no_plan_of_a_province_is_none(chosen):
    found, _ = chosen(province="Hà Giang")
    assert (found.plans, found.provisions) == ([], None)
