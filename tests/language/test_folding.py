import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.language.folding import fold, folded, slug


@given(st.text())
@example("İstanbul – hoà")
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text("hoàòaủuyỷquýthủ “”–…\u00a0", max_size=30))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Uỷ ban – “Hoà”", 'ủy ban - "hòa"'),
        ("QUÝ II", "quý ii"),
        ("Hoà1, hoà_2, hoà-3", "hoà1, hoà_2, hòa-3"),  # tones are moved in whole words
        ("a\u00a0b\tc\nd", "a b c d"),
    ],
)
def test_folding_gives_one_form(text: str, form: str) -> None:
    assert fold(text) == form


def test_names_are_compared_in_one_form() -> None:
    assert folded(unicodedata.normalize("NFD", " Sở  Văn hoá, Thể thao. ")) == "sở văn hóa, thể thao"


@pytest.mark.parametrize(("text", "name"), [("Sở Tài chính", "so-tai-chinh"), (" Đ/c: 5% ", "d-c-5"), ("…", "")])
def test_a_slug_has_ascii_letters_digits_and_hyphens(text: str, name: str) -> None:
    assert slug(text) == name
