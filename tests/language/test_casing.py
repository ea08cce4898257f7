import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.casing import in_capitals, like, title_case, with_capital
from pipeline.language.syllables import inventory
from tests.cases import cases


@cases("sentences/capitals", text=str, capitals=bool)
def test_capitals_are_two_letters_or_more_nearly_all_large(text: str, capitals: bool) -> None:
    assert in_capitals(text) is capitals


def test_how_many_letters_are_capitals_is_for_the_caller_to_say() -> None:
    assert in_capitals("SỞ Y TẾ và", share=0.7)
    assert not in_capitals("SỞ Y TẾ và")
    assert not in_capitals("SỞ Y", letters=6)


@pytest.mark.parametrize(("text", "written"), [("sở Y tế", "Sở Y tế"), ("đắk lắk", "Đắk lắk"), ("", "")])
def test_the_first_letter_alone_becomes_a_capital(text: str, written: str) -> None:
    assert with_capital(text) == written


@pytest.mark.parametrize("text", ["ĐẮK LẮK", "đắk lắk"])
def test_a_place_has_a_capital_for_each_word(text: str) -> None:
    assert title_case(text) == "Đắk Lắk"


@given(st.sampled_from(sorted(inventory())), st.data())
def test_capitals_are_taken_over_letter_by_letter(word: str, data: st.DataObject) -> None:
    model = "".join(data.draw(st.sampled_from([char, char.upper()])) for char in word)
    assert like(word, model) == model
