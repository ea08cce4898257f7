"""Signs of lists on pages that were read from pictures, against the numbering they stand in."""

import pytest

from pipeline.document import Box, Line, Word
from pipeline.restore.numbering import check


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


@pytest.mark.parametrize(
    ("read", "em", "right"),
    [
        ("H. MỤC TIÊU", 0.86, "II. MỤC TIÊU"),
        ("I. MỤC TIÊU", 0.84, "II. MỤC TIÊU"),
        ("IH. MỤC TIÊU", 0.86, "II. MỤC TIÊU"),
        ("1I. MỤC TIÊU", 0.8, "II. MỤC TIÊU"),
        ("II NỘI DUNG", None, "II. NỘI DUNG"),
        ("II.NỘI DUNG", None, "II. NỘI DUNG"),
        ("II. MỤC TIÊU", 0.8, "II. MỤC TIÊU"),
        ("I. MỤC TIÊU", 0.43, "I. MỤC TIÊU"),  # an annex begins anew: the page has room for one stroke only
        ("KẾ HOẠCH", None, "KẾ HOẠCH"),
        ("KT. CHỦ TỊCH", 1.3, "KT. CHỦ TỊCH"),
        ("1. Mục tiêu chung", 0.7, "1. Mục tiêu chung"),
    ],
)
def test_roman_numerals_follow_their_order_and_their_room(read, em, right):
    found = mended(line("I. MỤC ĐÍCH", 0.9, 0.43), line(read, 0.6, em))[1]
    assert found.replace("II.N", "II. N") == right


def test_a_heading_in_capitals_has_a_numeral_however_sure_the_reader_was():
    assert mended(line("I. MỤC ĐÍCH", 0.9, 0.43), line("H. NỘI DUNG", 0.95, 0.89))[1] == "II. NỘI DUNG"


@pytest.mark.parametrize(
    ("headings", "read", "confidence", "right"),
    [
        (("I. MỤC ĐÍCH", "II. KINH PHÍ"), "I. Nguồn kinh phí", 0.7, "1. Nguồn kinh phí"),
        (("I. MỤC ĐÍCH", "II. KINH PHÍ"), "I. Nguồn kinh phí", 0.95, "I. Nguồn kinh phí"),
        (("I. MỤC ĐÍCH", "II. KINH PHÍ"), "I. PHỤ LỤC", 0.7, "I. PHỤ LỤC"),
        (("I. Mục đích", "II. Kinh phí"), "I. Nguồn kinh phí", 0.7, "I. Nguồn kinh phí"),
    ],
)
def test_a_numeral_among_small_letters_is_a_number_after_headings_in_capitals(headings, read, confidence, right):
    lead = [line(text, 0.95, 0.43 * (1 + at)) for at, text in enumerate(headings)]
    assert mended(*lead, line(read, confidence, 0.43))[-1] == right


def test_three_strokes_are_told_from_two():
    lines = [line("I. A", em=0.43), line("II. B", em=0.84), line("II. NHIỆM VỤ", 0.8, 1.18)]
    assert mended(*lines)[2] == "III. NHIỆM VỤ"


@pytest.mark.parametrize(
    ("before", "read", "right"),
    [
        ("4. Sở Kế hoạch", "Š. Ngân hàng Nhà nước", "5. Ngân hàng Nhà nước"),
        ("7. Củng cố", "§. Đẩy mạnh", "8. Đẩy mạnh"),
        ("2. Yêu cầu", "2.1, Việc công bố", "2.1. Việc công bố"),
        ("14. Thời gian", "Iã. Phương thức", "Iã. Phương thức"),  # two letters look like too much else
        ("e) Đổi mới", "ø) Củng cố", "g) Củng cố"),
        ("1. Sở Tài chính", "A. Tổng quan", "A. Tổng quan"),
        ("1. Sở Tài chính", "10, 11 và 12 của Luật", "10, 11 và 12 của Luật"),
        ("1. Sở Tài chính", "5. Sở Nội vụ", "5. Sở Nội vụ"),  # a right sign stays, printed order or not
    ],
)
def test_numbers_follow_those_before(before, read, right):
    number = int(before[: before.index(".")]) if before[0].isdigit() else 0
    lead = [line(f"{n}. Mục", 0.96) for n in range(1, number)]
    assert mended(*lead, line(before, 0.95), line(read))[-1] == right


@pytest.mark.parametrize(
    ("read", "confidence", "after", "right"),
    [
        ("TT Ủy ban", 0.0, "8. Đề nghị", "7. Ủy ban"),
        ("T5 Ủy ban", 0.6, "§. Đề nghị", "7. Ủy ban"),
        ("TT Ủy ban", 0.95, "8. Đề nghị", "TT Ủy ban"),
        ("TT Ủy ban", 0.0, "7. Đề nghị", "TT Ủy ban"),
        ("TT Ủy ban", 0.0, "Đề nghị", "TT Ủy ban"),
        ("Sở Tài chính", 0.5, "8. Đề nghị", "Sở Tài chính"),  # a word, not a sign
        ("TT tuyên truyền", 0.0, "8. Đề nghị", "TT tuyên truyền"),
    ],
)
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
