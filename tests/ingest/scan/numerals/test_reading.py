"""Where Roman numerals are looked at, and what becomes of what was read."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.scan.numerals import reading
from pipeline.ingest.scan.numerals.letters import NUMERALS, SeenNumeral, see
from pipeline.ingest.scan.numerals.reading import BARELY, with_numerals
from pipeline.ingest.scan.tesseract.engine import ReadLine, ReadWord
from tests.layouts.pdf import font_file

PAPER, SIZE, LEFT, TOP = 250, 38, 100, 50
WEIGHTS = (400, 700)


def printed(text: str, weight: int = 400) -> tuple[np.ndarray, list[tuple[int, int, int, int]]]:
    """A line as it is printed, and the box of each of its words on a page where it stands at (LEFT, TOP)."""
    face = ImageFont.truetype(str(font_file(weight)), SIZE)
    picture = Image.new("L", (round(face.getlength(text)) + 40, 60), PAPER)
    pen, boxes, x = ImageDraw.Draw(picture), [], 10.0
    for word in text.split():
        pen.text((x, 5), word, font=face, fill=20)
        x0, y0, x1, y1 = pen.textbbox((x, 5), word, font=face)
        boxes.append((LEFT + round(x0), TOP + round(y0), LEFT + round(x1), TOP + round(y1)))
        x += face.getlength(word + " ")
    return np.asarray(picture), boxes


def read(text: str, misread: str, confidence: float = 0.6, before: str = "", rows: bool = False) -> ReadLine:
    """A line that was printed and misread, word for word, as its numerals are corrected."""
    picture, boxes = printed(text)
    words = [ReadWord(word, box, confidence) for word, box in zip(misread.split(), boxes, strict=True)]
    return with_numerals(ReadLine(tuple(words), 0.0, TOP + 45.0, 28.0), picture, LEFT, TOP, PAPER, before, rows)


def words(line: ReadLine) -> str:
    return " ".join(word.text for word in line.words)


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("numeral", NUMERALS[:15])
def test_a_numeral_is_told_by_its_letters(numeral, weight):
    picture, (box,) = printed(numeral, weight)
    seen = see(picture[box[1] - TOP : box[3] - TOP], PAPER)
    assert seen is not None and seen.text == numeral and seen.margin > 0.1 and not seen.barred


@pytest.mark.parametrize("numeral", NUMERALS[:4])
def test_a_numeral_is_told_before_its_year(numeral):
    picture, (box,) = printed(numeral + "/2025")
    seen = see(picture[box[1] - TOP : box[3] - TOP], PAPER, NUMERALS[:4], 4)
    assert seen is not None and seen.text == numeral


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("Quý II/2025.", "Quý IU2025."),
        ("Quý II/2025.", "Quý I1⁄2025."),
        ("Quý III/2025", "Quý H/2025"),
        ("quý I năm 2026", "quý 1 năm 2026"),
        ("Quý IV/2026;", "Quý TV2026;"),
        ("Quý II, III, IV", "Quý H, II, TV"),
        ("từ quý I đến III", "từ quý l đến II"),
        ("tại Phụ lục VIII kèm", "tại Phụ lục VHI kèm"),
        ("Chương VI Luật", "Chương W Luật"),
        ("Phần XII của", "Phần XH của"),
        ("lần thứ VII,", "lần thứ VỊI,"),
        ("VII. TỔ CHỨC", "VH. TỔ CHỨC"),
        ("VIII. Tổ chức", "VII. Tổ chức"),
        ("IX. Tổ chức", "TX. Tổ chức"),
        ("II. Nhiệm vụ", "1L Nhiệm vụ"),
        ("VI. Nhiệm vụ", "VL Nhiệm vụ"),
    ],
)
def test_a_numeral_is_what_is_printed(text, misread):
    assert words(read(text, misread)) == text


@pytest.mark.parametrize(("text", "misread"), [("I. Nhiệm vụ", "L Nhiệm vụ"), ("III. Nhiệm vụ", "TH. Nhiệm vụ")])
def test_a_title_of_which_no_letter_was_read_is_seen_and_doubted(text, misread):
    line = read(text, misread, 0.9)
    assert (words(line), line.words[0].confidence) == (text, BARELY)


def test_a_streak_through_a_year_takes_no_stroke_of_its_quarter():
    picture, boxes = printed("Quý II/2025.")
    streaked = picture.copy()
    left, _, right, _ = boxes[1]
    for share in (0.66, 0.7, 0.74):  # the second 2 falls apart, and no part of it is as high as a letter
        at = round(left + share * (right - left)) - LEFT
        streaked[:, at : at + 3] = PAPER
    streaked[28:31, round(left + 0.62 * (right - left)) - LEFT : round(left + 0.8 * (right - left)) - LEFT] = PAPER
    read_words = tuple(ReadWord(text, box, 0.3) for text, box in zip(("Quý", "11/2025."), boxes, strict=True))
    line = with_numerals(ReadLine(read_words, 0.0, TOP + 45.0, 28.0), streaked, LEFT, TOP, PAPER)
    assert line.words[1].text == "II/2025."


def test_a_numeral_follows_another_without_the_comma_between():
    assert words(read("Quý II III", "Quý II HII")) == "Quý II III"
    assert words(read("Quý II TTY", "Quý II TTY")) == "Quý II TTY"


def test_two_numerals_that_were_read_as_one_are_doubted():
    picture, (word, first, second) = printed("Quý I, II")
    both = ReadWord("LH", (first[0], first[1], second[2], second[3]), 0.9)
    line = with_numerals(ReadLine((ReadWord("Quý", word, 0.9), both), 0.0, TOP + 45.0, 28.0), picture, LEFT, TOP, PAPER)
    assert line.words[1] == both._replace(confidence=BARELY)


def test_a_numeral_at_the_beginning_of_a_line_follows_the_line_before():
    assert words(read("III/2025", "H/2025", before="Quý")) == "III/2025"
    assert words(read("III/2025", "H/2025", before="ngày")) == "H/2025"


@pytest.mark.parametrize("text", ["QuýIII", "quýIV/2025", "Quý.1,"])
def test_a_quarter_that_was_read_with_its_word_is_two_words(text):
    assert [word.text for word in read(text, text).words] == [text[:3], text[3:].lstrip(".")]


def test_the_number_of_a_row_is_a_numeral():
    assert words(read("VIII", "VII", rows=True)) == "VIII"
    assert words(read("II", "H", rows=True)) == "II"
    assert words(read("H", "H", rows=True)) == "H"
    assert words(read("XII", "xH", rows=True)) == "XII"
    assert words(read("III", '„"I', rows=True)) == "III"


def test_a_quarter_in_digits_has_a_plain_slash():
    assert words(read("Quý 1/2025", "Quý 1⁄2025", 0.9)) == "Quý 1/2025"


@pytest.mark.parametrize(
    "text",
    [
        "Quý 1/2025",  # in digits
        "Quý 2/2025",
        "phần vì lý do",
        "Phần mềm quản lý",
        "Chương trình I",
        "ngày 11/2025",
        "H. Tổ chức",  # behind G.
        "11. Sở Tài chính",
        "1. Sở Tài chính",
        "T. Sở Tài chính",
        "L Sở Tài chính",
    ],
)
def test_what_is_no_numeral_stays(text):
    assert words(read(text, text, 0.9)) == text


def test_the_section_i_is_no_item_1():
    assert words(read("I. Sở Tài chính", "1. Sở Tài chính")) == "I. Sở Tài chính"
    assert words(read("I. Sở Tài chính", "1. Sở Tài chính", 0.95)) == "1. Sở Tài chính"


@pytest.mark.parametrize(("misread", "confidence", "sure"), [("II", 0.6, False), ("II", 0.9, True), ("I1", 0.9, False)])
def test_a_numeral_that_its_picture_does_not_tell_is_in_doubt(misread, confidence, sure):
    line = read("Quý ◼", f"Quý {misread}", confidence)
    assert line.words[1] == line.words[1]._replace(text=misread, confidence=confidence if sure else BARELY)


@pytest.mark.parametrize(
    ("seen", "margin", "right", "doubted"),
    [("II", 0.1, "III/2026.", True), ("II", 0.6, "II/2026.", False), ("IV", 0.2, "III/2026.", True)],
)
def test_strokes_that_were_read_are_outvoted_by_a_clear_picture_alone(seen, margin, right, doubted, monkeypatch):
    """In a narrow face "III/2026" left little more ink unexplained as "II/2026": it was the second quarter, surely."""
    monkeypatch.setattr(reading, "see", lambda *_: SeenNumeral(seen, margin, 0.8, 1.8, False))
    line = read("quý III/2026.", "quý II1/2026.", 0.8)
    assert (line.words[1].text, line.words[1].confidence == BARELY) == (right, doubted)


def test_a_stroke_that_was_not_read_is_seen(monkeypatch):
    monkeypatch.setattr(reading, "see", lambda *_: SeenNumeral("III", 0.2, 0.8, 1.8, False))
    line = read("quý III/2026.", "quý II/2026.", 0.8)
    assert (line.words[1].text, line.words[1].confidence) == ("III/2026.", BARELY)


def test_the_first_word_of_a_line_that_fits_badly_is_no_numeral(monkeypatch):
    monkeypatch.setattr(reading, "see", lambda *_: SeenNumeral("III", 0.2, 0.67, 2.0, False))
    assert words(read("KT. CHỦ TỊCH", "KT. CHỦ TỊCH", 0.95)) == "KT. CHỦ TỊCH"


def test_what_stands_before_who_signs_is_no_numeral_of_a_list_beside_it(monkeypatch):
    monkeypatch.setattr(reading, "see", lambda *_: SeenNumeral("III", 0.2, 0.9, 2.0, False))
    assert words(read("Như mục III; KT. CHỦ TỊCH", "Như mục I1; KT. CHỦ TỊCH", 0.95)) == "Như mục III; KT. CHỦ TỊCH"
