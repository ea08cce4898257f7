import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.numerals import from_digits, from_numeral, from_roman, from_word, from_words, to_roman
from tests.cases import cases


@given(st.integers(1, 3999))
def test_a_roman_numeral_comes_back(number: int) -> None:
    assert from_roman(to_roman(number)) == from_roman(to_roman(number).lower()) == number


@cases("numerals/roman", numeral=str, value=int)
def test_roman_numerals_have_their_value(numeral: str, value: int) -> None:
    assert from_roman(numeral) == value


@cases("numerals/no_roman", text=str)
def test_what_is_no_well_formed_roman_numeral_has_none(text: str) -> None:
    assert from_roman(text) is None


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_a_number_without_a_roman_numeral_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no Roman numeral"):
        to_roman(number)


@cases("numerals/counting", text=str, value=int | None)
def test_what_counts_is_read_in_digits_and_roman_numerals(text: str, value: int | None) -> None:
    assert from_numeral(text) == value


@cases("numerals/how_many", word=str, value=int | None)
def test_words_that_say_how_many(word: str, value: int | None) -> None:
    assert from_word(word) == value


@cases("numerals/which_one", word=str, value=int | None)
def test_words_that_say_which_one(word: str, value: int | None) -> None:
    assert from_word(word, ordinal=True) == value


@cases("numerals/digits", text=str, value=float)
def test_digits_are_read_as_vietnamese_writes_them(text: str, value: float) -> None:
    assert from_digits(text) == value


@given(st.integers(0, 10**12))
def test_a_whole_number_comes_back_with_and_without_its_full_stops(number: int) -> None:
    assert from_digits(f"{number:,}".replace(",", ".")) == from_digits(str(number)) == number
    assert isinstance(from_digits(str(number)), int)


@given(st.integers(0, 10**9), st.integers(1, 99))
def test_a_fraction_comes_back(whole: int, hundredths: int) -> None:
    assert from_digits(f"{whole:,}".replace(",", ".") + f",{hundredths:02d}") == float(f"{whole}.{hundredths:02d}")


@pytest.mark.parametrize("text", ["", "năm", "1/2"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="could not convert"):
        from_digits(text)


@cases("numerals/words", text=str, words=int, value=int | None)
def test_a_number_in_words_is_read(text: str, words: int, value: int | None) -> None:
    assert from_words(text.split()) == (None if value is None else (words, value))
