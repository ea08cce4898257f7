"""Markers at the start of a line."""

import pytest

from pipeline.outline.numbering import read_marker, styles
from tests.cases import cases


@cases("numbering/markers", text=str, style=str, label=str, value=int, rest=str)
def test_each_way_of_numbering_is_read(text, style, label, value, rest):
    marker = read_marker(text)
    assert (marker.style.name, marker.label, marker.value, text[marker.end :]) == (style, label, value, rest)


@cases("numbering/none", text=str)
def test_what_only_looks_like_a_number_is_none(text):
    assert read_marker(text) is None


@pytest.mark.parametrize("labels", ["a b c d đ e g h i k l m n o p q r s t u v x y", "a b c d e f g h i j k"])
def test_letters_go_on_as_in_vietnamese_or_as_in_word(labels):
    markers = [read_marker(f"{letter}) Mua sách") for letter in labels.split()]
    assert all(after.follows(before) for before, after in zip(markers, markers[1:], strict=False))


@cases("numbering/gaps", before=str, after=str)
def test_a_gap_does_not_go_on(before, after):
    assert not read_marker(f"{after} Mua sách").follows(read_marker(f"{before} Mua sách"))


def test_bullets_are_the_styles_without_a_place_in_a_path():
    assert {style.name for style in styles() if style.is_bullet} == {
        "dash",
        "plus",
        "star",
        "dot",
        "stage",
        "step",
        "named",
        "ordinal",
    }


@pytest.mark.parametrize(("text", "style"), [("2. 1. Sở Tài chính", "decimal2"), ("1. 000 cuốn sách", None)])
def test_a_space_inside_a_number(text, style):
    marker = read_marker(text)
    assert (marker and marker.style.name) == style


@pytest.mark.parametrize(("text", "value"), [("Phần thứ sáu. NHIỆM VỤ", 6), ("PHẦN THỨ BẢY", 7), ("Phần thứ tư", 4)])
def test_parts_counted_in_words(text, value):
    assert read_marker(text).value == value


def test_f_is_a_capital_letter_like_another():
    assert read_marker("F. TỔ CHỨC THỰC HIỆN").style.name == "upper"
