"""Names of agencies, sectors, abbreviations and provinces as texts are searched for them."""

import pytest

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.lexicon import END
from pipeline.extract.tokens import spelled_out
from tests.cases import cases


@cases("abbreviations/issuers", code=str, issuer=str | None)
def test_a_number_says_who_issued_it(code, issuer):
    assert lexicon.issuer_of(code) == issuer


@cases("abbreviations/sectors", word=str, behind_kind=bool, sector=str | None)
def test_a_sector_may_be_abbreviated_behind_its_kind(word, behind_kind, sector):
    assert lexicon.sector_of(word, behind_kind) == sector


@pytest.mark.parametrize(("word", "full"), [("UBND", "Ủy ban nhân dân"), ("TP.", "thành phố"), ("ubnd", None)])
def test_abbreviations_are_matched_with_their_capitals(word, full):
    assert lexicon.abbreviation(word) == full


@cases("places/provinces", name=str, code=str, current=str)
def test_provinces_are_known_by_their_folded_names(name, code, current):
    _, row = match(lexicon.provinces(), spelled_out(name), 0)
    assert (row.code, row.current_name) == (code, current)


def test_a_trie_holds_phrases_by_syllable_and_keeps_the_first_meaning():
    tree = lexicon.trie([("Sở Y tế", 1), ("sở", 2), ("SỞ Y TẾ", 3)])
    assert (tree["sở"][END], tree["sở"]["y"]["tế"][END]) == (2, 1)


def test_a_kind_is_written_as_it_is_known():
    assert lexicon.written(("thủ", "tướng", "chính", "phủ")) == "Thủ tướng Chính phủ"


@pytest.mark.parametrize(
    ("short", "sector"),
    [("VHTT", "Văn hóa và Thể thao"), ("VH&TT", "Văn hóa và Thể thao"), ("VHvTT", "Văn hóa và Thể thao")],
)
def test_no_abbreviation_stands_for_two_sectors(short, sector):
    assert lexicon.sector_of(short, True) == sector


@cases("abbreviations/bodies", name=str, full=str)
def test_bodies_that_are_printed_short(name, full):
    assert lexicon.full_name(name) == full


@cases("abbreviations/initials", word=str, name=str | None)
def test_initials_are_those_of_one_department(word, name):
    assert lexicon.initials(word) == name


@pytest.mark.parametrize(("short", "name"), [("PC", "Pháp chế"), ("KHTC", "Kế hoạch - Tài chính"), ("XYZ", None)])
def test_a_unit_is_named_by_its_letters(short, name):
    assert lexicon.unit_name(short) == name
