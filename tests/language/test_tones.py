from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.syllables import inventory
from pipeline.language.tones import modern, prefers_traditional, traditional
from tests.cases import cases


@cases("syllables/tones", old=str, new=str)
def test_the_tone_stands_where_schoolbooks_put_it(old: str, new: str) -> None:
    assert modern(old) == new


@given(st.sampled_from(sorted(inventory())))
def test_both_placements_are_two_spellings_of_one_syllable(syllable: str) -> None:
    assert modern(traditional(syllable)) == syllable


@given(st.text("hoàòaủuyỷquýthủ nẩ", max_size=30))
def test_moving_tones_keeps_the_length(text: str) -> None:
    assert len(modern(text)) == len(traditional(text)) == len(text)


def test_a_texts_own_habit_is_what_it_does_oftener() -> None:
    assert prefers_traditional("hoà bình, thuỷ lợi, hóa học")
    assert not prefers_traditional("hòa bình, thủy lợi, hoá học")
