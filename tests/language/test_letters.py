import re

from pipeline.language.letters import CAPITALS, LIST_LETTERS, SMALL, VIETNAMESE_LETTER
from pipeline.language.syllables import inventory


def test_every_letter_of_a_syllable_is_one() -> None:
    small, capital = re.compile(f"[{SMALL}]+"), re.compile(f"[{CAPITALS}]+")
    assert all(small.fullmatch(one) and capital.fullmatch(one.upper()) for one in inventory())


def test_capital_and_small_letters_are_told_apart() -> None:
    assert not re.search(f"[{CAPITALS}]", "".join(inventory()))
    assert not re.search(f"[{SMALL}]", "".join(inventory()).upper())


def test_a_letter_that_french_has_is_not_only_vietnamese() -> None:
    assert VIETNAMESE_LETTER.findall("giữa đêm à cô êtaô") == ["ữ", "đ"]


def test_lists_count_in_the_order_of_the_alphabet() -> None:
    assert LIST_LETTERS.index("đ") == LIST_LETTERS.index("d") + 1
    assert not set("fjwz") & set(LIST_LETTERS)
