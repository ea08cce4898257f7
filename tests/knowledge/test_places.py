"""Provinces, districts and communes fit together."""

from pipeline.knowledge import places

PROVINCES = {one.code for one in places.provinces()}
DISTRICTS = {one.code: one for one in places.districts()}
CURRENT = {one.code for one in places.current_communes()}


def test_there_were_sixty_three_provinces_and_thirty_four_since():
    current = {one.current_code for one in places.provinces()}
    assert (len(PROVINCES), len(current)) == (63, 34)


def test_every_current_province_is_one_of_the_old():
    assert {one.current_code for one in places.provinces()} <= PROVINCES


def test_districts_lie_in_known_provinces():
    assert {one.province for one in DISTRICTS.values()} <= PROVINCES


def test_former_districts_lie_in_known_ones():
    for row in places.former_districts():
        assert row.how in ("merged", "renamed")
        assert all(DISTRICTS[code].province == row.province for code in row.into), row


def test_communes_lie_in_known_districts_and_became_known_communes():
    for one in places.communes():
        assert one.district in DISTRICTS
        assert set(one.successors) <= CURRENT


def test_current_communes_lie_in_current_provinces():
    assert {one.province for one in places.current_communes()} == {one.current_code for one in places.provinces()}
