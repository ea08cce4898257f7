import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.normal import INVISIBLE, ODD_SPACE, is_nfc, nfc


@given(st.text())
def test_nfc_is_reached_in_one_step(text: str) -> None:
    assert is_nfc(nfc(text))
    assert nfc(nfc(text)) == nfc(text)


def test_a_marked_letter_is_one_character() -> None:
    assert len(nfc(unicodedata.normalize("NFD", "ộ"))) == 1


@pytest.mark.parametrize("char", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\x00", "\x7f"])
def test_what_nobody_sees_is_invisible(char: str) -> None:
    assert INVISIBLE.fullmatch(char)


@pytest.mark.parametrize("char", ["\u00a0", "\t", "\u2003", "\u3000"])
def test_an_odd_space_is_seen(char: str) -> None:
    assert ODD_SPACE.fullmatch(char)


@pytest.mark.parametrize("char", [" ", "a", "ộ", "-"])
def test_plain_characters_are_neither(char: str) -> None:
    assert not INVISIBLE.search(char)
    assert not ODD_SPACE.search(char)
