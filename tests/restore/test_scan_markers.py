"""Signs of lists on pages that were read from pictures, against the numbering they stand in."""

import pytest

from pipeline.document import Box, Line, Word
from pipeline.restore.scan_markers import brackets, check
from tests.cases import cases


def line(text: str, confidence: float = 0.6, em: float | None = None) -> Line:
    """A line in 10 pt type; `em` is the room its first word takes."""
    first = text.split(" ", 1)[0]
    wide = 10 * (em if em is not None else 0.5 * len(first))
    words = [Word(0, len(first), Box(50, 100, 50 + wide, 111.2), confidence)]
    return Line(text, text, words=tuple(words))


def mended(*lines: Line) -> list[str]:
    texts = [one.text for one in lines]
    for number, sign in check(lines):
        texts[number] = sign.text + texts[number][sign.end :]
    return texts


@cases("restored_numbers/numerals", read=str, em=float | None, right=str)
def test_roman_numerals_follow_their_order_and_their_room(read, em, right):
    found = mended(line("I. MỤC ĐÍCH", 0.9, 0.43), line(read, 0.6, em))[1]
    assert found.replace("II.N", "II. N") == right


def test_a_heading_in_capitals_has_a_numeral_however_sure_the_reader_was():
    assert mended(line("I. MỤC ĐÍCH", 0.9, 0.43), line("H. NỘI DUNG", 0.95, 0.89))[1] == "II. NỘI DUNG"


@cases("restored_numbers/after_capitals", headings=tuple[str, str], read=str, confidence=float, right=str)
def test_a_numeral_among_small_letters_is_a_number_after_headings_in_capitals(headings, read, confidence, right):
    lead = [line(text, 0.95, 0.43 * (1 + at)) for at, text in enumerate(headings)]
    assert mended(*lead, line(read, confidence, 0.43))[-1] == right


def test_three_strokes_are_told_from_two():
    lines = [line("I. A", em=0.43), line("II. B", em=0.84), line("II. NHIỆM VỤ", 0.8, 1.18)]
    assert mended(*lines)[2] == "III. NHIỆM VỤ"


@cases("restored_numbers/following", before=str, read=str, right=str)
def test_numbers_follow_those_before(before, read, right):
    number = int(before[: before.index(".")]) if before[0].isdigit() else 0
    lead = [line(f"{n}. Mục", 0.96) for n in range(1, number)]
    assert mended(*lead, line(before, 0.95), line(read))[-1] == right


@cases("restored_numbers/not_made_out", read=str, confidence=float, after=str, right=str)
def test_a_sign_that_was_not_made_out_is_known_from_the_one_after(read, confidence, after, right):
    lead = [line(f"{n}. Mục", 0.96) for n in range(1, 7)]
    assert mended(*lead, line(read, confidence), line("- Chủ trì", 0.96), line(after, 0.8))[6] == right


def test_letters_follow_those_before():
    lines = [line(f"{sign}) Mục", 0.95) for sign in "abcdđe"]
    assert mended(*lines, line("ø) Củng cố", 0.4))[-1] == "g) Củng cố"
    assert mended(*lines, line("8) Củng cố", 0.4))[-1] == "g) Củng cố"
    assert mended(*lines[:2], line("€) Củng cố", 0.6))[-1] == "c) Củng cố"


@pytest.mark.parametrize("dash", "~_=")
def test_a_dash_is_a_dash(dash):
    assert mended(line(f"{dash} Thường trực Tỉnh ủy;")) == ["- Thường trực Tỉnh ủy;"]


def test_text_that_nobody_read_from_a_picture_stays():
    assert list(check([Line("H. MỤC TIÊU", "H. MỤC TIÊU"), Line("~ Thường", "~ Thường")])) == []


@cases("restored_numbers/brackets", lines=list[str], right=list[str])
def test_small_numerals_in_brackets_count_on(lines, right):
    found = brackets([line(text) for text in lines])
    texts = list(lines)
    for number, own in found.items():
        for one in reversed(own):
            texts[number] = texts[number][: one.start] + one.text + texts[number][one.end :]
            assert one.probability < 0.8 and one.runner_up
    assert texts == right


def test_numerals_of_text_that_no_picture_gave_stay():
    assert brackets([Line("(ï) A; (ii) B; (iii) C", "(ï) A; (ii) B; (iii) C")]) == {}
