"""What a filter can be asked for, and how its value may be said."""

from datetime import date, datetime

import pytest

from pipeline.errors import KehoachError
from pipeline.store.query.searching import search
from tests.cases import cases


def refs(results):
    return {(hit.file_name, hit.ref) for hit in results}


@cases("search/wrong_filters", filters=dict[str, str], code=str)
def test_a_value_that_no_item_can_have_is_an_error(corpus, filters, code):
    with pytest.raises(KehoachError) as error:
        search(database=corpus, **filters)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"sector": "Văn hóa"}, {"sector": "culture"}),
        ({"sector": "van hoa"}, {"sector": "culture"}),
        ({"agency_kind": "Sở"}, {"agency_kind": "department"}),
        ({"level": "District"}, {"level": "district"}),
        ({"level": "huyện"}, {"level": "district"}),
        ({"role": "Chủ trì"}, {"role": "lead"}),
        ({"role": "nhan bao cao"}, {"role": "reports_to"}),
        ({"kind": "nhiệm vụ"}, {"kind": "task"}),
        ({"versions": "Tất cả"}, {"versions": "all"}),
        ({"due_before": "2023-12-01"}, {"due_before": date(2023, 12, 1)}),
        ({"due_from": "30/11/2023"}, {"due_from": date(2023, 11, 30)}),
        ({"issued_from": datetime(2023, 3, 1, 12)}, {"issued_from": date(2023, 3, 1)}),
    ],
)
def test_codes_have_names_and_days_are_texts_too(corpus, said, meant):
    found = refs(search(database=corpus, limit=1000, **said))
    assert found == refs(search(database=corpus, limit=1000, **meant))
    assert found


def test_a_province_that_was_merged_is_found_under_its_successor(corpus):
    """Vĩnh Long took in Bến Tre and Trà Vinh; a plan of before is of the province of its date."""
    assert refs(search(database=corpus, current_province="Vĩnh Long", limit=1000))
    assert not refs(search(database=corpus, province="Bến Tre", limit=1000))
