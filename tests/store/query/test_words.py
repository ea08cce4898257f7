import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.query.words import bare_words, exact_words, key, spans


@pytest.mark.parametrize(
    ("text", "exact", "bare"),
    [
        ("Thư viện cấp xã, phường.", "thư viện cấp xã phường", "thu vien cap xa phuong"),
        ("ĐỌC – độc", "đọc độc", "doc doc"),
        ("Văn hoá, thuỷ lợi", "văn hóa thủy lợi", "van hoa thuy loi"),
        ("55/KH-UBND ngày 01/02/2023", "55 kh ubnd ngày 01 02 2023", "55 kh ubnd ngay 01 02 2023"),
        ("80% (tám mươi)", "80 tám mươi", "80 tam muoi"),
        ("", "", ""),
        ("…–%", "", ""),
    ],
)
def test_words_of_a_text(text, exact, bare):
    assert exact_words(text) == exact
    assert bare_words(exact) == bare


def test_decomposed_letters_are_the_same_words():
    assert exact_words(unicodedata.normalize("NFD", "Thư viện đọc")) == "thư viện đọc"


@pytest.mark.parametrize(("unit", "wanted"), [("Bản sách", "ban sach"), ("%", "%"), ("‰", "‰"), ("m²", "m2")])
def test_the_key_of_a_unit(unit, wanted):
    assert key(unit) == wanted


@given(st.text())
def test_words_are_in_their_places(text):
    text = unicodedata.normalize("NFC", text)
    assert " ".join(word for word, _, _ in spans(text)) == exact_words(text)
    for word, start, end in spans(text):
        assert exact_words(text[start:end]) == word


@given(st.text())
def test_bare_words_have_only_letters_and_digits(text):
    bare = bare_words(exact_words(text))
    assert all(one.isascii() and one.isalnum() and one == one.lower() for one in bare.split())
