"""The gazetteers."""

import pytest

from pipeline.extract import lexicon
from pipeline.extract.casing import match
from pipeline.extract.lexicon import END
from pipeline.extract.tokens import spelled_out


@pytest.mark.parametrize(
    ("code", "issuer"),
    [
        ("TTg", "Thủ tướng Chính phủ"),
        ("CP", "Chính phủ"),
        ("UBND", "Ủy ban nhân dân"),
        ("BTC", "Bộ Tài chính"),
        ("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("SLĐTB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("XYZ", None),
        ("S", None),
        ("", None),
    ],
)
def test_a_number_says_who_issued_it(code, issuer):
    assert lexicon.issuer_of(code) == issuer


@pytest.mark.parametrize(
    ("word", "behind_kind", "sector"),
    [
        ("VH,TT&DL", True, "Văn hóa, Thể thao và Du lịch"),
        ("VH-TT&DL", True, "Văn hóa, Thể thao và Du lịch"),
        ("GDĐT", True, "Giáo dục và Đào tạo"),
        ("GD&ĐT", True, "Giáo dục và Đào tạo"),
        ("GDĐT", False, None),
        ("SGDĐT", False, "Sở Giáo dục và Đào tạo"),
        ("BGDĐT", False, "Bộ Giáo dục và Đào tạo"),
        ("CNXH", True, None),
    ],
)
def test_a_sector_may_be_abbreviated_behind_its_kind(word, behind_kind, sector):
    assert lexicon.sector_of(word, behind_kind) == sector


@pytest.mark.parametrize(("word", "full"), [("UBND", "Ủy ban nhân dân"), ("TP.", "thành phố"), ("ubnd", None)])
def test_abbreviations_are_matched_with_their_capitals(word, full):
    assert lexicon.abbreviation(word) == full


@pytest.mark.parametrize(
    ("name", "code", "current"),
    [
        ("cần thơ", "VN-CT", "Cần Thơ"),
        ("vĩnh long", "VN-49", "Vĩnh Long"),
        ("bến tre", "VN-50", "Vĩnh Long"),
        ("hải phòng", "VN-HP", "Hải Phòng"),
        ("lai châu", "VN-01", "Lai Châu"),
    ],
)
def test_provinces_are_known_by_their_folded_names(name, code, current):
    _, row = match(lexicon.provinces(), spelled_out(name), 0)
    assert (row.code, row.current_name) == (code, current)


def test_a_trie_holds_phrases_by_syllable_and_keeps_the_first_meaning():
    tree = lexicon.trie([("Sở Y tế", 1), ("sở", 2), ("SỞ Y TẾ", 3)])
    assert (tree["sở"][END], tree["sở"]["y"]["tế"][END]) == (2, 1)


@pytest.mark.parametrize(("syllable", "stops"), [("triển", False), ("và", True), ("chủ", False), ("để", True)])
def test_words_of_grammar_end_a_name_by_themselves(syllable, stops):
    assert lexicon.is_name_stop(syllable) is stops


def test_a_kind_is_written_as_the_gazetteer_has_it():
    assert lexicon.written(("thủ", "tướng", "chính", "phủ")) == "Thủ tướng Chính phủ"


@pytest.mark.parametrize(
    ("short", "sector"),
    [("VHTT", "Văn hóa và Thể thao"), ("VH&TT", "Văn hóa và Thể thao"), ("VHvTT", "Văn hóa và Thể thao")],
)
def test_no_abbreviation_stands_for_two_sectors(short, sector):
    assert lexicon.sector_of(short, True) == sector


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Tổng Liên đoàn", "Tổng Liên đoàn Lao động Việt Nam"),
        ("các Ban thuộc Tổng Liên đoàn", "các Ban thuộc Tổng Liên đoàn Lao động Việt Nam"),
        ("Tổng Liên đoàn Lao động Việt Nam", "Tổng Liên đoàn Lao động Việt Nam"),
        ("Thanh tra Ngân hàng Nhà nước", "Thanh tra Ngân hàng Nhà nước"),
    ],
)
def test_bodies_that_are_printed_short(name, full):
    assert lexicon.full_name(name) == full


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("STC", "Sở Tài chính"),
        ("SXD", "Sở Xây dựng"),
        ("BYT", "Bộ Y tế"),
        ("SGDĐT", "Sở Giáo dục và Đào tạo"),
        ("SNV", None),  # Nội vụ or Ngoại vụ
        ("S", None),
        ("SQ", None),
        ("stc", None),
        ("TTT", None),
        ("SABCDEFGHIKLM", None),
        ("", None),
    ],
)
def test_initials_are_those_of_one_department(word, name):
    assert lexicon.initials(word) == name


@pytest.mark.parametrize(("short", "name"), [("PC", "Pháp chế"), ("KHTC", "Kế hoạch - Tài chính"), ("XYZ", None)])
def test_a_unit_is_named_by_its_letters(short, name):
    assert lexicon.unit_name(short) == name
