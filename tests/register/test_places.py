"""Provinces, districts and communes."""

from datetime import date

import pytest

from pipeline.language.accents import bare
from pipeline.register import find_province, places, provinces, unit
from tests.cases import cases

OLD = provinces(date(2024, 1, 1))
NEW = provinces(date(2025, 7, 1))


def test_there_were_63_provinces_and_are_34():
    assert (len(OLD), len(NEW)) == (63, 34)
    assert {one.current_code for one in OLD} == {one.code for one in NEW}
    assert sum(one.kind == "thành phố" for one in NEW) == 6


@pytest.mark.parametrize("one", OLD, ids=lambda one: one.code)
def test_a_province_is_found_however_it_is_written(one):
    spellings = [one.name, bare(one.name), one.name.upper(), one.full_name, f"  {one.full_name.title()}", one.code]
    assert {(found := find_province(words)) and found.code for words in spellings} == {one.code}


@cases("places/spellings", words=str, code=str | None)
def test_old_and_short_spellings(words, code):
    found = find_province(words)
    assert (found.code if found else None) == code


def test_every_old_commune_is_part_of_one_of_today():
    communes = places._communes()
    old = [one for one in communes.values() if one.code.count("-") == 3]
    new = {one.code for one in communes.values() if one.code.count("-") == 2}
    assert (len(old), len(new)) == (10035, 3321)
    assert all(one.successors and set(one.successors) <= new for one in old)
    assert {code for one in old for code in one.successors} <= new


def test_every_place_stands_in_one_that_exists():
    for one in [*places._districts().values(), *places._communes().values()]:
        above = unit(one.parent)
        assert above is not None
        current = unit(above.code if above.level == "province" else above.parent)
        here = current.successors[0] if current.successors else current.code
        assert all(places.province_of(code) == here for code in unit(one.code).successors), one


def test_a_district_became_communes_and_a_split_ward_several():
    district = unit("VN-29-524")
    assert (district.full_name, district.parent, district.level) == ("huyện Bình Sơn", "VN-29", "district")
    assert len(district.successors) > 1
    assert all(unit(code).level == "commune" for code in district.successors)
    split = [one for one in places._communes().values() if len(one.successors) > 1]
    assert len(split) == 471


@pytest.mark.parametrize(
    ("code", "after"),
    [("VN-46", ("VN-45",)), ("VN-45", ()), ("VN-HP-318", ("VN-HP-11948",)), ("VN-29-536", ("VN-29-21548",))],
)
def test_what_a_place_is_part_of_today(code, after):
    assert unit(code).successors == after


@cases("places/no_codes", code=str)
def test_an_unknown_code_is_no_place(code):
    assert unit(code) is None


@cases("places/found", level=str, kind=str, name=str, province=str, on=date | None, code=str | None)
def test_a_place_is_found_in_its_province(level, kind, name, province, on, code):
    found = places.find_unit(level, kind, name, province, on)
    assert (found.code if found else None) == code
