import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.encodings import _bytes, _table, convert, detect, mends
from pipeline.language.syllables import inventory
from tests.cases import cases

SENTENCE = "ủy ban nhân dân thành phố hải phòng giao các sở, ngành đẩy mạnh phát triển văn hóa đọc cho thiếu nhi"


def written_in(name: str, text: str) -> str:
    """`text` as a program of before Unicode shows it."""
    if name == "utf-8":
        characters = {code: char for char, code in _bytes().items()}
        return "".join(characters[byte] for byte in text.encode())
    signs: dict[str, str] = {}
    for sign, meant in _table(name)[1].items():
        signs.setdefault(meant, sign)
    return "".join(signs.get(char, char) for char in text)


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viqr", "utf-8"])
def test_an_old_encoding_is_known_and_read(name: str) -> None:
    old = written_in(name, SENTENCE)
    assert old != SENTENCE
    assert detect([old]) == name
    assert convert(old, name).text == SENTENCE


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viqr", "utf-8"])
@given(words=st.lists(st.sampled_from(sorted(inventory())), min_size=1, max_size=8))
def test_every_syllable_comes_back(name: str, words: list[str]) -> None:
    text = " ".join(words)
    assert convert(written_in(name, text), name).text == text


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viqr", "utf-8"])
@given(text=st.text(max_size=40))
def test_each_character_knows_where_it_comes_from(name: str, text: str) -> None:
    found = convert(text, name)
    assert len(found.origin) == len(found.text)
    assert list(found.origin) == sorted(found.origin)
    assert all(0 <= at < len(text) for at in found.origin)


@cases("restored_lines/unicode", line=str)
def test_what_is_unicode_is_left_alone(line: str) -> None:
    assert detect([line]) is None


@pytest.mark.parametrize(
    "line", ["b) Cô quan phoái hôïp", "öông.", "Soá: 25/QÑ-UBND", "Cô quan giuùp vieäc cuûa Tænh uûy"]
)
def test_a_line_with_a_word_that_only_vni_has_is_vni_whatever_else_is_a_syllable(line: str) -> None:
    assert mends(line, "vni")


@pytest.mark.parametrize("line", ["Cô giáo và phụ huynh", "Toán, lý, hoá", "Có hoá đơn"])
def test_a_line_of_syllables_alone_is_no_vni(line: str) -> None:
    assert not mends(line, "vni")


@cases("restored_lines/viqr", text=str)
def test_viqr_is_known_by_its_marks_at_the_ends_of_words(text: str) -> None:
    assert detect([written_in("viqr", text)] * 3) == "viqr"


def test_a_soft_hyphen_is_the_letter_it_stands_for() -> None:
    assert convert("nh÷ng ng\u00adêi", "tcvn3").text == "những người"


@pytest.mark.parametrize("name", ["viscii", "windows-1258"])
@given(words=st.lists(st.sampled_from(sorted(inventory())), min_size=1, max_size=8))
def test_every_syllable_comes_back_from_bytes(name: str, words: list[str]) -> None:
    text = " ".join(words)
    assert convert(written_in(name, text), name).text == text


def test_utf_8_that_was_taken_for_the_code_page_of_vietnamese_is_read() -> None:
    read = SENTENCE.encode().decode("cp1258", "replace")
    assert "Ă" in read and detect([read]) == "utf-8"
    assert convert("cĂ´ng tĂ¡c vĂ\xa0 nhĂ¢n dĂ¢n", "utf-8").text == "công tác và nhân dân"


def test_words_with_a_breve_are_no_other_encoding() -> None:
    assert convert("NĂM HỌC, ĂN, “ĂN”, Ăn-", "utf-8").text == "NĂM HỌC, ĂN, “ĂN”, Ăn-"
