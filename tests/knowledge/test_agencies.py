"""The data on agencies says what its readers can read."""

from datetime import date

import pytest

from pipeline.knowledge import agencies, places
from pipeline.language.folding import fold
from pipeline.register import titles
from pipeline.register.lexicon import wording_key

CHANGES = agencies.changes()
KINDS = {one.code for one in agencies.kinds().kind}


def test_every_merger_names_known_kinds_and_sectors():
    ids = {one.id for one in agencies.bodies()}
    for one in CHANGES.merger:
        for side in (*one.agencies, one.into):
            kind, _, rest = side.partition(".")
            assert kind in KINDS, side
            assert rest in agencies.sectors() or rest in ids, side


@pytest.mark.parametrize("table", ["merger", "ended", "under", "renamed_province"])
def test_every_change_has_a_day_and_a_source(table):
    assert getattr(CHANGES, table)
    for one in getattr(CHANGES, table):
        assert isinstance(one.on, date)
        assert one.source


def test_mergers_end():
    into = {old: one.into for one in CHANGES.merger for old in one.agencies}
    for start in into:
        seen, here = [], start
        while here in into:
            assert here not in seen
            seen.append(here)
            here = into[here]


def test_every_kind_sector_and_level_has_titles():
    assert set(titles()["kind"]) == KINDS
    for table in titles().values():
        assert all(title.vi and title.en for title in table.values())


def test_sectors_of_kinds_and_bodies_are_known():
    used = {one.sector for one in (*agencies.kinds().kind, *agencies.bodies())} - {None}
    assert used <= set(agencies.sectors())


def test_bodies_posts_groups_and_changes_are_of_known_kinds():
    assert {one.kind for one in agencies.bodies()} <= KINDS
    assert {kind for one in agencies.posts().values() for kind in one.stands_for or ()} - {"*"} <= KINDS
    assert {one.kind for one in agencies.groups().values()} - {None} <= KINDS
    assert {kind for one in agencies.groups().values() for kind in one.issuer or ()} <= KINDS
    assert {one.kind for one in CHANGES.ended} - {"*"} <= KINDS


def test_a_body_has_a_key_of_its_own():
    assert all(one.id or one.sector for one in agencies.bodies())


def test_no_name_or_abbreviation_means_two_sectors():
    seen = {}
    for code, sector in agencies.sectors().items():
        for name, one in sector.names.items():
            for text in (wording_key(name), *(f"={short.lower()}" for short in one.all_short)):
                assert seen.setdefault(text, code) == code, text


def test_a_word_that_texts_are_searched_for_stands_once():
    lists = [*(one.words for one in agencies.bodies()), *(one.words for one in agencies.kinds().kind)]
    lists.append(agencies.kinds().longer)
    words = [fold(word) for words in lists for word, bound in words.items() if bound != "given"]
    assert len(words) == len(set(words))


def test_an_abbreviation_stands_in_one_table():
    known = agencies.abbreviations()
    free = {short for one in agencies.sectors().values() for name in one.names.values() for short in name.free_short}
    assert known.everywhere.keys() & known.in_texts.keys() == set()
    assert {fold(short) for short in known.everywhere} & {fold(short) for short in known.in_names} == set()
    assert free & {*known.everywhere, *known.in_texts, *known.in_names} == set()


def test_a_post_is_known_to_somebody():
    assert all(one.signs or one.in_text or one.stands_for is not None for one in agencies.posts().values())


def test_a_noun_is_known_to_somebody():
    nothing = agencies.Group()
    assert all(one != nothing for one in agencies.groups().values())


def test_a_renamed_province_is_one_of_the_63():
    assert {one.code for one in CHANGES.renamed_province} <= {one.code for one in places.provinces()}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("TTg", "Thủ tướng Chính phủ"),  # the register had "Thủ tướng"
        ("TLĐ", "Tổng Liên đoàn Lao động Việt Nam"),  # extraction had "Tổng Liên đoàn"
        ("PT-TH", "Phát thanh và Truyền hình"),  # extraction had the dash
    ],
)
def test_what_two_lists_once_disagreed_on(short, full):
    assert agencies.abbreviations().everywhere[short] == full


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [("Sở Xây dựng; Sở", True), ("UBND tỉnh và Văn phòng", True), ("Sở", True), ("Sở Xây dựng", False), ("", False)],
)
def test_a_list_of_agencies_may_end_with_the_beginning_of_a_name(text, unfinished):
    assert agencies.ends_in_beginning(text) is unfinished
