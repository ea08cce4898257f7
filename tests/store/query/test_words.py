import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.query.words import bare_words, exact_words, key, spans
from tests.cases import cases


@cases("search/words", text=str, exact=str, bare=str)
def test_words_of_a_text(text, exact, bare):
    assert exact_words(text) == exact
    assert bare_words(exact) == bare


def test_decomposed_letters_are_the_same_words():
    assert exact_words(unicodedata.normalize("NFD", "Thư viện đọc")) == "thư viện đọc"


@cases("search/units", unit=str, wanted=str)
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
