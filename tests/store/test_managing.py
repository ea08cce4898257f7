import pytest
from sqlalchemy import func, select

from pipeline.errors import AmbiguousPlanError, PlanNotFoundError
from pipeline.store.database import open_store
from pipeline.store.managing import remove_plan, state_of_plans, use_version
from pipeline.store.query.listing import list_plans
from pipeline.store.query.searching import search
from pipeline.store.tables import metadata
from tests.store.conftest import OUTPUTS, fill
from tests.store.loading.test_versions import DRAFT, state, variant

SCARCE = {"tasks": 2}


def listed(address, **filters):
    with open_store(address) as store, store.reading() as connection:
        return list_plans(connection, filters, 100)[0]


def rows(address):
    """How many rows each table has, but for the register and what the loader counts."""
    with open_store(address) as store, store.reading() as connection:
        names = [name for name in metadata.tables if name not in ("agencies", "counters")]
        return {name: connection.scalar(select(func.count()).select_from(metadata.tables[name])) for name in names}


def test_a_plan_is_taken_out_with_all_its_versions(address, tmp_path):
    fill(address, variant(tmp_path, "a"), variant(tmp_path, "b", **SCARCE))
    with open_store(address, write=True) as store:
        assert {one.file_name for one in remove_plan(store, "140/KH-UBND")} == {"a.pdf", "b.pdf"}
    assert set(rows(address).values()) == {0}
    assert not search("thư viện", database=address) and not search("140/KH-UBND", database=address).plans


@pytest.mark.parametrize("name", ["a.pdf", "a", "a" * 12])
def test_a_version_is_taken_out_and_another_counts(address, tmp_path, name):
    fill(address, variant(tmp_path, "b", **SCARCE))
    before = rows(address)
    fill(address, variant(tmp_path, "a"))
    with open_store(address, write=True) as store:
        assert [one.file_name for one in remove_plan(store, name)] == ["a.pdf"]
    assert rows(address) == before
    assert state(address)["b"][2]


def test_what_is_not_there_or_not_one_is_said(address, tmp_path):
    fill(address, variant(tmp_path, "a"), variant(tmp_path, "b"))
    with open_store(address, write=True) as store:
        with pytest.raises(PlanNotFoundError):
            remove_plan(store, "7/KH-UBND")
        with pytest.raises(AmbiguousPlanError) as caught:
            use_version(store, "140/KH-UBND")
    assert "a.pdf" in caught.value.text() and "b.pdf" in caught.value.text()


def test_a_version_that_is_chosen_counts_whatever_comes_later(address, tmp_path):
    fill(address, variant(tmp_path, "a"), variant(tmp_path, "b", **SCARCE))
    with open_store(address, write=True) as store:
        assert use_version(store, "b.pdf")[1].file_name == "b.pdf"
    fill(address, variant(tmp_path, "c"), variant(tmp_path, "b", **SCARCE, place="Ninh Kiều"))
    assert [name for name, row in state(address).items() if row[2]] == ["b"]
    assert listed(address)[0].why == "chosen"
    with open_store(address, write=True) as store:
        assert use_version(store, "b.pdf", chosen=False)[1].file_name in ("a.pdf", "c.pdf")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (SCARCE, "fuller"),
        ({"tasks": -1}, "more_items"),
        ({"warnings": ["W303"]}, "whole"),
        (DRAFT, "status"),
        ({"issued_on": "2023-07-01"}, "newer"),
    ],
)
def test_the_list_says_which_version_counts_and_why(address, tmp_path, other, why):
    fill(address, variant(tmp_path, "a", **other), variant(tmp_path, "b"))
    [entry] = listed(address)
    assert [one.file_name for one in entry.versions] == ["b.pdf", "a.pdf"]
    assert [one.is_current for one in entry.versions] == [True, False]
    assert (entry.why, entry.number, entry.items) == (why, "140/KH-UBND", entry.versions[0].items)


def test_filters_choose_the_plans_that_are_listed(corpus):
    assert {one.number for one in listed(corpus, province="Cần Thơ")} == {"140/KH-UBND", "155/KH-TVTP"}
    assert 0 < len(listed(corpus, unit="%")) < 5
    dates = [one.issued for one in listed(corpus)]
    assert dates == sorted(dates, reverse=True) and len(dates) == 5
    [scan] = [one for one in listed(corpus) if one.number == "55/KH-UBND"]
    assert scan.doubts > 0 and scan.why is None


def test_the_state_of_the_plans_is_another_with_each_change(address, tmp_path):
    def now():
        with open_store(address) as store, store.reading() as connection:
            return state_of_plans(connection)

    fill(address, OUTPUTS / "can-tho-2023.json")
    states = [now(), now()]
    fill(address, OUTPUTS / "vinh-long-2023.json")
    states.append(now())
    with open_store(address, write=True) as store:
        remove_plan(store, "140/KH-UBND")
    states.append(now())
    assert states[0] == states[1] and len(set(states)) == 3
