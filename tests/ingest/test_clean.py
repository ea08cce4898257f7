import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.ingest.clean import clean
from pipeline.ingest.lines import clean_print
from pipeline.ingest.text.markdown import read_marks
from tests.cases import cases

LINES = st.text(st.characters(blacklist_characters="\n\r", blacklist_categories=["Cs"]), max_size=60)
VIETNAMESE = st.text(
    st.sampled_from("aăâeêoôơuưđ\u0300\u0301\u0303\u0309\u0323\u0302\u031b \t\u00a0\u200b\u00ad*#_\\-x1.")
)


def cluster(raw: str, at: int) -> str:
    """A base letter with the marks on it, whichever of them `at` points to, invisible characters left in."""
    first, last = at, at + 1
    while first > 0 and raw[first] != "\t" and unicodedata.category(raw[first])[0] in "MC":
        first -= 1
    while last < len(raw) and raw[last] != "\t" and unicodedata.category(raw[last])[0] in "MC":
        last += 1
    return raw[first:last]


def traced(raw: str, text: str, origin: tuple[int, ...]) -> bool:
    """Whether every character of the text is made of the letter, or its marks, that its origin names."""
    if not origin:
        return text == raw or text == ""
    if len(origin) != len(text) or any(not 0 <= at < len(raw) for at in origin):
        return False
    sources = (unicodedata.normalize("NFD", cluster(raw, at)) for at in origin)
    decomposed = (unicodedata.normalize("NFD", char) for char in text)
    return all(
        any(one.isspace() for one in source) if char == " " else set(char) <= set(source)
        for char, source in zip(decomposed, sources, strict=True)
    )


@given(st.one_of(LINES, VIETNAMESE))
@example("e\u0302\u0323\u200b\u0301")
@example("ậ\u0301")
def test_cleaned_text_is_nfc_without_invisible_characters(raw: str) -> None:
    text, _ = clean(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip(" ")
    assert not any(unicodedata.category(char) == "Cc" or char in "\u200b\u00ad\ufeff\u00a0" for char in text)


@given(VIETNAMESE)
def test_origin_of_cleaned_text_is_true(raw: str) -> None:
    assert traced(raw, *clean(raw))


@given(LINES)
def test_origin_never_goes_backwards(raw: str) -> None:
    text, origin = clean(raw)
    assert list(origin) == sorted(origin)
    assert not origin or len(origin) == len(text)


@given(st.text(st.sampled_from("aăế \t\u200b*#_\\-1.[](")))
def test_origin_of_markdown_is_true(raw: str) -> None:
    text, origin = read_marks(raw).cleaned
    assert traced(raw, text, origin)


@given(LINES)
def test_markdown_keeps_letters_and_digits_outside_tags(raw: str) -> None:
    plain = "".join(char for char in raw if char not in "<>[]!")
    kept = "".join(char for char in clean(plain).text if char.isalnum())
    assert "".join(char for char in read_marks(plain).cleaned.text if char.isalnum()) == kept


@cases("text/plain_lines", raw=str, text=str)
def test_plain_line(raw: str, text: str) -> None:
    assert clean(raw).text == text


def test_a_clean_line_has_no_map() -> None:
    assert clean("Kế hoạch  năm 2023").origin == ()


def test_origin_of_a_composed_letter_is_its_base() -> None:
    assert clean("ke\u0302\u0301 ") == ("kế", (0, 1))


@cases("text/glyphs", raw=str, text=str)
def test_printed_glyphs_are_spelled_out(raw: str, text: str) -> None:
    assert clean_print(raw).text == text


def test_origin_of_a_ligature_is_its_glyph() -> None:
    assert clean_print("oﬃ").origin == (0, 1, 1, 1)
