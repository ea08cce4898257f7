"""What the strokes of short cells say."""

import cv2
import numpy as np
import pytest

from pipeline.ingest.scan.strokes import (
    BARELY,
    as_figure,
    bars,
    is_ditto,
    numeral,
    strokes,
    with_dash,
    with_numerals,
)
from pipeline.ingest.scan.tesseract.engine import ReadLine, ReadWord

EM, PAPER = 32.0, 250

Drawn = list[tuple[int, int, int, int]]  # x0, y0, x1, y1 of ink
CHEVRON = [(2 * at, top, 2 * at + 4, top + 3) for at in range(6) for top in (at, 12 - at)]
BAR = [(0, 18, 14, 20)]
TICKS = [(14, 0, 16, 6), (19, 0, 21, 6)]


def cell(drawn: Drawn) -> np.ndarray:
    """What is drawn on paper, cut out as small as it is."""
    out = np.full((max(y1 for *_, y1 in drawn), max(x1 for _, _, x1, _ in drawn)), PAPER, np.uint8)
    for x0, y0, x1, y1 in drawn:
        out[y0:y1, x0:x1] = 20
    return out


def digits(count: int, left: int, gap: int = 4, wide: int = 12) -> Drawn:
    """Blobs of the size of digits, side by side."""
    return [(left + at * (wide + gap), 0, left + at * (wide + gap) + wide, 20) for at in range(count)]


def line(*words: str, left: int = 0) -> ReadLine:
    return ReadLine(tuple(ReadWord(word, (left, 0, left + 10, 20), 0.9) for word in words), 0.0, 20.0, 28.0)


def text(read: ReadLine) -> str:
    return " ".join(word.text for word in read.words)


def read(drawn: Drawn, *words: str) -> str:
    return text(as_figure(line(*words), cell(drawn), 100, 50, PAPER, EM))


def mirrored(drawn: Drawn, wide: int = 14) -> Drawn:
    return [(wide - x1, y0, wide - x0, y1) for x0, y0, x1, y1 in drawn]


def test_strokes_stand_side_by_side():
    found = strokes(cell([*CHEVRON, *BAR, *digits(2, 20)]), PAPER)
    assert [tuple(one) for one in found] == [(0, 14), (20, 32), (36, 48)]


@pytest.mark.parametrize("words", [("z12",), (">12",), (">z12",), (">", "12"), ("x12",)])
def test_a_chevron_over_a_bar_is_at_least(words):
    assert read([*CHEVRON, *BAR, *digits(2, 18)], *words) == "≥12"
    assert read([*CHEVRON, *BAR, *digits(2, 28)], *words) == "≥ 12"


def test_a_chevron_the_other_way_is_at_most():
    assert read([*mirrored(CHEVRON), *BAR, *digits(2, 28)], "<12") == "≤ 12"


def test_a_chevron_alone_is_more():
    assert read([*CHEVRON, *digits(2, 28)], ">12") == "> 12"


def test_a_two_is_no_sign():
    two = [(0, 0, 14, 3), (11, 3, 14, 9), (7, 9, 11, 12), (3, 12, 7, 15), (0, 16, 14, 20)]
    assert read([*two, *digits(2, 18)], "z12") == "z12"


@pytest.mark.parametrize(("gap", "right"), [(4, "52-57"), (10, "52 - 57")])
def test_spaces_around_a_dash_are_those_printed(gap, right):
    drawn = [*digits(2, 0), (28 + gap, 9, 36 + gap, 11), *digits(2, 36 + 2 * gap)]
    assert read(drawn, "52-57") == read(drawn, "52", "-", "57") == right


def test_words_stay_as_they_were_read():
    assert read(digits(5, 0, 12), "Quý", "II") == "Quý II"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_bars_are_counted(count):
    assert bars(cell([(at * 9, 0, at * 9 + 5, 21) for at in range(count)]), PAPER, EM) == count


@pytest.mark.parametrize("drawn", [digits(1, 0), [(0, 0, 5, 21), (9, 10, 14, 21)], [(0, 0, 3, 8)], digits(4, 0)])
def test_what_else_stands_there_is_no_bar(drawn):
    assert bars(cell(drawn), PAPER, EM) == 0


def test_ticks_between_dashes_say_as_above():
    assert is_ditto(cell([(0, 9, 9, 11), *TICKS, (26, 9, 35, 11)]), PAPER, EM)
    assert not is_ditto(cell([(0, 9, 9, 11), (26, 9, 35, 11)]), PAPER, EM)
    assert not is_ditto(cell([(0, 0, 9, 2), (14, 4, 16, 10), (19, 4, 21, 10), (26, 0, 35, 2)]), PAPER, EM)


def printed(text: str, italic: bool = False) -> np.ndarray:
    """A numeral, a slash and blobs for digits, drawn 24 pixels high, with serifs that touch."""
    out = np.full((28, 200), PAPER, np.uint8)
    lean = 6 if italic else 0
    x = 8
    for char in text:
        if char == "I":
            cv2.line(out, (x + 2 + lean, 2), (x + 2, 25), 20, 3)
            for y, left in ((2, x + lean), (25, x)):
                cv2.line(out, (left - 1, y), (left + 5, y), 20, 1)
            x += 7
        elif char == "V":
            cv2.line(out, (x + lean, 2), (x + 8, 25), 20, 2)
            cv2.line(out, (x + 16 + lean, 2), (x + 8, 25), 20, 2)
            x += 20
        elif char == "/":
            cv2.line(out, (x + 10 + lean, 2), (x, 25), 20, 2)
            x += 14 + lean
        elif char == "#":  # what noise has joined
            cv2.rectangle(out, (x, 2), (x + 14, 25), 20, -1)
            x += 18
        else:
            cv2.ellipse(out, (x + 6, 14), (5, 11), 0, 0, 360, 20, 2)
            x += 15
    return out


@pytest.mark.parametrize("italic", [False, True])
@pytest.mark.parametrize("right", ["I", "II", "III", "IV", "II/2025", "III/2025", "IV/2026"])
def test_a_numeral_is_read_by_its_strokes(right, italic):
    assert numeral(printed(right, italic), PAPER, "/" in right) == right.partition("/")[0]


@pytest.mark.parametrize("other", ["#", "I#", "VV", "IIII"])
def test_what_is_no_numeral_is_not_read_as_one(other):
    assert numeral(printed(other), PAPER, False) is None


def numbered(before: str, word: str, drawn: str, confidence: float = 0.6) -> tuple[str, float]:
    """How a word behind another is read, which stands on the page at (100, 50) as it is drawn."""
    read = (ReadWord(before, (20, 50, 80, 78), 0.9), ReadWord(word, (100, 50, 300, 78), confidence))
    found = with_numerals(ReadLine(read, 0.0, 78.0, 28.0), printed(drawn), 100, 50, PAPER)
    return found.words[1].text, found.words[1].confidence


@pytest.mark.parametrize("read", ["IU2025.", "I1⁄2025.", "ï1/2025.", "I/2025.", "II/⁄2025."])
def test_a_quarter_has_the_strokes_that_are_printed(read):
    assert numbered("Quý", read, "II/2025")[0] == "II/2025."


def test_a_quarter_in_digits_stays():
    assert numbered("Quý", "1/2025", "I/2025")[0] == "1/2025"
    assert numbered("Quý", "2/2025", "I/2025")[0] == "2/2025"


@pytest.mark.parametrize(
    ("read", "drawn", "right"), [("I.", "II", "II."), ("IH.", "III", "III."), ("11.", "II", "11.")]
)
def test_the_numeral_of_a_title_has_the_strokes_that_are_printed(read, drawn, right):
    words = ReadWord(read, (100, 50, 300, 78), 0.6), ReadWord("Phát", (320, 50, 380, 78), 0.9)
    assert with_numerals(ReadLine(words, 0.0, 78.0, 28.0), printed(drawn), 100, 50, PAPER).words[0].text == right


def test_an_annex_may_have_a_number_in_digits():
    assert numbered("lục", "11", "II")[0] == "11"
    assert numbered("lục", "IH", "III")[0] == "III"


def test_what_stands_behind_other_words_is_left_alone():
    assert numbered("ngày", "11/2025", "II/2025")[0] == "11/2025"


@pytest.mark.parametrize(
    ("read", "confidence", "sure"),
    [("II", 0.6, False), ("II", 0.9, True), ("I1", 0.9, False)],
    ids=["unsure", "read surely", "no numeral"],
)
def test_a_numeral_that_strokes_do_not_decide_is_in_doubt(read, confidence, sure):
    assert numbered("Quý", read, "I#", confidence) == (read, confidence if sure else BARELY)


def test_strokes_without_the_v_that_was_read_decide_nothing():
    assert numbered("Quý", "IV", "II") == ("IV", BARELY)


@pytest.mark.parametrize(
    ("before", "right"),
    [
        ([(0, 11, 10, 13)], "- Sở"),
        ([(0, 2, 10, 4)], "Sở"),  # too high
        ([(0, 8, 4, 18)], "Sở"),  # no dash
        ([(0, 11, 10, 13), (14, 11, 24, 13)], "Sở"),
        ([(0, 11, 25, 13)], "Sở"),  # too long
    ],
)
def test_a_dash_that_opens_a_line_is_seen(before, right):
    drawn = cell([*before, *digits(2, 30)])
    found = with_dash(line("Sở", left=130)._replace(base=70.0), drawn, 100, 50, PAPER, EM)
    assert text(found) == right
