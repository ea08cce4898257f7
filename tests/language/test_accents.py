import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.accents import bare, other_marks, remove_accents
from pipeline.language.syllables import inventory

SYLLABLES = st.sampled_from(sorted(inventory()))


def test_removing_accents_keeps_case_and_signs() -> None:
    assert remove_accents("ỦY BAN Nhân dân Đồng Tháp – số 5") == "UY BAN Nhan dan Dong Thap – so 5"


@given(SYLLABLES)
def test_a_syllable_keeps_its_letters_without_accents(syllable: str) -> None:
    assert len(remove_accents(syllable)) == len(syllable)
    assert remove_accents(syllable).isascii()


@given(SYLLABLES)
def test_what_is_bare_is_without_accents_and_in_lower_case(syllable: str) -> None:
    assert bare(syllable.upper()) == remove_accents(syllable)


@given(st.text())
def test_no_mark_is_left(text: str) -> None:
    assert not any(unicodedata.combining(char) for char in remove_accents(text))


def test_marks_that_two_words_do_not_share() -> None:
    assert [other_marks(*pair) for pair in (("phần", "phấn"), ("quy", "quy"), ("dạy", "đầy"))] == [1, 0, 3]


def test_other_letters_and_signs_become_ascii() -> None:
    assert bare("Ủy ban…") == "uy ban..."
