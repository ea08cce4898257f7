"""Which plans and items an export takes."""

import pytest
from sqlalchemy import select

from pipeline.store.database import open_store
from pipeline.store.query.choosing import choose, holding, references
from pipeline.store.query.searching import search
from pipeline.store.query.words import bare_words, exact_words
from pipeline.store.tables import plans, provisions
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


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("lực lượng vũ trang", lambda text: all(one in text.split() for one in ("lực", "lượng", "vũ", "trang"))),
        (
            "luc luong vu trang",
            lambda text: all(one in bare_words(text).split() for one in ("luc", "luong", "vu", "trang")),
        ),
        ('"thư viện công cộng"', lambda text: "thư viện công cộng" in text),
        (
            "thứ viện công cộng",
            lambda text: all(one in bare_words(text).split() for one in ("thu", "vien", "cong", "cong")),
        ),
    ],
)
def test_what_overviews_ask_for_has_all_words(corpus, words, fits):
    with open_store(corpus) as store, store.reading() as connection:
        texts = [exact_words(text) for text in connection.scalars(select(provisions.c.text))]
        query = select(provisions.c.text).join(plans, plans.c.id == provisions.c.plan)
        found = connection.scalars(query.where(*holding(connection, words, {}))).all()
    assert sorted(map(exact_words, found)) == sorted(one for one in texts if fits(one)) != []


def test_where_nothing_has_the_words_there_is_no_condition(corpus):
    with open_store(corpus) as store, store.reading() as connection:
        assert holding(connection, "không có chữ nào zzz", {}) is None
        assert holding(connection, "thư viện", {"province": "Hà Nội"}) is None
