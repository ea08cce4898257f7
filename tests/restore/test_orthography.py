import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.orthography import bases, modern, prefers_traditional, strip, syllables, traditional


@pytest.mark.parametrize(
    "syllable",
    [
        "nghiêng",
        "quyết",
        "giúp",
        "thuở",
        "khuỷu",
        "gì",
        "giếng",
        "ý",
        "yêu",
        "đắc",
        "oanh",
        "quý",
        "xoáy",
        "hòa",
        "thúy",
    ],
)
def test_what_can_be_written_is_a_syllable(syllable: str) -> None:
    assert syllable in syllables()


@pytest.mark.parametrize("word", ["xuât", "ngiêng", "cê", "đuợc", "bức-", "zin", "kức", "tòàn"])
def test_what_cannot_be_written_is_none(word: str) -> None:
    assert word not in syllables()


@pytest.mark.parametrize(
    ("old", "new"), [("hoà", "hòa"), ("THUỶ", "THỦY"), ("Khoẻ", "Khỏe"), ("quý", "quý"), ("hoàn", "hoàn"), ("Uỷ", "Ủy")]
)
def test_the_tone_stands_where_schoolbooks_put_it(old: str, new: str) -> None:
    assert modern(old) == new


@given(st.sampled_from(sorted(syllables())))
def test_both_placements_are_two_spellings_of_one_syllable(syllable: str) -> None:
    assert modern(traditional(syllable)) == syllable


@given(st.text("hoàòaủuyỷquýthủ nẩ", max_size=30))
def test_moving_tones_keeps_the_length(text: str) -> None:
    assert len(modern(text)) == len(traditional(text)) == len(text)


def test_a_texts_own_habit_is_what_it_does_oftener() -> None:
    assert prefers_traditional("hoà bình, thuỷ lợi, hóa học")
    assert not prefers_traditional("hòa bình, thủy lợi, hoá học")


def test_stripping_keeps_case_and_length() -> None:
    assert strip("ỦY BAN Nhân dân Đồng Tháp") == "UY BAN Nhan dan Dong Thap"


def test_bases_are_syllables_without_marks() -> None:
    assert {"nghieng", "dang", "uy"} <= bases()
    assert "đang" not in bases()
