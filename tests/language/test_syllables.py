from pipeline.language.syllables import (
    are_one_word,
    bare_inventory,
    has_syllable_shape,
    inventory,
    other_spelling,
    rejoined,
    syllables,
)
from tests.cases import cases


@cases("syllables/syllables", syllable=str)
def test_what_can_be_written_is_a_syllable(syllable: str) -> None:
    assert syllable in inventory()


@cases("syllables/none", word=str)
def test_what_cannot_be_written_is_none(word: str) -> None:
    assert word not in inventory()


def test_the_bare_inventory_has_no_accents() -> None:
    assert {"nghieng", "dang", "uy"} <= bare_inventory()
    assert "đang" not in bare_inventory()


@cases("syllables/of_texts", text=str, found=tuple[str, ...])
def test_the_syllables_of_a_text_are_folded_and_without_its_marker(text: str, found: tuple[str, ...]) -> None:
    assert syllables(text) == found


def test_spellings_of_one_word() -> None:
    assert are_one_word("hoà", "hòa")
    assert not are_one_word("hoa", "hòa")
    assert are_one_word("quí", "quý")
    assert not are_one_word("quí", "quá")


def test_the_other_spelling_of_a_syllable() -> None:
    assert [other_spelling(one) for one in ("kỹ", "qui", "hằng", "mai")] == ["kĩ", "quy", "hàng", None]


@cases("syllables/shapes", word=str, shaped=bool)
def test_an_onset_and_a_rhyme_have_the_shape_of_a_syllable_together_or_not(word: str, shaped: bool) -> None:
    assert has_syllable_shape(word) == shaped


@cases("syllables/rejoined", text=str, name=str)
def test_blanks_inside_the_syllables_of_a_name_are_closed(text: str, name: str) -> None:
    assert rejoined(text) == name
