"""Syllables, numbers and signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.nlp import build
from pipeline.extract.tokens import TOKEN, spelled_out
from tests.cases import cases

LETTERS = st.sampled_from("aáđĐơƯSXTP.19,/-&()“%ựộ§🙂\u0301 ")
ANY = st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")) | st.just(" ")  # a passage has no other space
TEXTS = st.text(LETTERS, max_size=60) | st.text(ANY, max_size=60)


@given(TEXTS)
def test_a_spacy_document_keeps_its_text(text):
    assert build().make_doc(text).text == text


@given(TEXTS)
def test_tokens_cover_all_but_the_spaces(text):
    left = TOKEN.sub("", text)
    assert left.strip() == ""


@given(TEXTS)
def test_syllables_stand_in_order_within_the_text(text):
    spans = [(one.start, one.end) for one in spelled_out(text)]
    assert spans == sorted(spans) and all(0 <= start < end <= len(text) for start, end in spans)


@cases("sentences/tokens", text=str, tokens=list[str])
def test_text_is_cut_into_syllables_numbers_and_signs(text, tokens):
    assert [token.text for token in build().make_doc(text)] == tokens


@cases("abbreviations/written_out", text=str, words=str)
def test_abbreviations_are_written_out(text, words):
    assert " ".join(one.word for one in spelled_out(text)) == words


def test_the_parts_of_an_abbreviation_stand_where_it_stands():
    assert {(one.start, one.end) for one in spelled_out("của UBND tỉnh")[1:5]} == {(4, 8)}


def test_matching_sees_one_spelling_of_tone_marks():
    assert [one.low for one in spelled_out("Thuỷ")] == ["thủy"]


@pytest.mark.parametrize("text", ["1\n1", "a\tb", "a\u00a0b", "a  b"])
def test_a_spacy_document_keeps_every_kind_of_space(text):
    assert build().make_doc(text).text == text


def test_abbreviations_of_the_document_are_written_out():
    words = spelled_out("Các HĐGSCS nộp hồ sơ", {"HĐGSCS": "Hội đồng Giáo sư cơ sở"})
    assert " ".join(one.word for one in words) == "Các Hội đồng Giáo sư cơ sở nộp hồ sơ"
