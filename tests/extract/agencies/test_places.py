"""What says where an agency is."""

from pipeline.extract.agencies.places import is_level, place, qualified
from pipeline.extract.tokens import spelled_out
from tests.cases import cases


def words(text, end):
    found = spelled_out(text)
    return text[: found[end - 1].end] if end else ""


@cases("places/words", text=str, found=str)
def test_the_words_of_a_place_are_found(text, found):
    assert words(text, place(spelled_out(text), 0)) == found


@cases("places/qualifiers", text=str, qualifier=str)
def test_qualifiers_belong_to_the_name(text, qualifier):
    assert words(text, qualified(spelled_out(text), 0)) == qualifier


@cases("places/levels", text=str, level=bool)
def test_levels_are_words_of_administration(text, level):
    assert is_level(spelled_out(text), 0) is level
