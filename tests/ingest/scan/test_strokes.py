"""What the strokes of short cells say."""

import numpy as np
import pytest

from pipeline.ingest.scan.strokes import as_figure, bars, is_ditto, strokes, with_dash, with_twins
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


def test_a_bar_that_is_printed_faintly_is_seen():
    drawn = cell([*CHEVRON, *BAR, *digits(2, 28)])
    sign = drawn[:, :14]
    sign[sign < PAPER] = PAPER - 120
    drawn[18:20, :14] = PAPER - 90
    assert text(as_figure(line(">12"), drawn, 100, 50, PAPER, EM)) == "≥ 12"


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


def letters(*drawn: str) -> np.ndarray:
    """Letters of 20 pixels' height, side by side."""
    shapes = {
        "T": [(0, 0, 18, 3), (0, 0, 2, 6), (16, 0, 18, 6), (7, 0, 11, 20), (4, 18, 14, 20)],
        "Y": [
            *((at, 2 * at, at + 4, 2 * at + 3) for at in range(7)),
            *((14 - at, 2 * at, 18 - at, 2 * at + 3) for at in range(7)),
            (7, 12, 11, 20),
        ],
        "I": [(0, 0, 10, 3), (3, 0, 7, 20), (0, 18, 10, 20)],
        "S": [(0, 0, 11, 3), (0, 0, 3, 10), (0, 9, 11, 12), (8, 10, 11, 20), (0, 17, 11, 20)],
    }
    out, at = [], 0
    for letter in drawn:
        out += [(at + x0, y0, at + x1, y1) for x0, y0, x1, y1 in shapes[letter]]
        at = max(x1 for _, _, x1, _ in out) + 2
    return cell(out)


@pytest.mark.parametrize(
    ("drawn", "words", "right"),
    [
        ("TT", ("TY",), "TT"),
        ("TT", ("Tư",), "TT"),
        ("STT", ("SIT",), "STT"),
        ("TY", ("TY",), "TY"),
        ("TI", ("TI",), "TI"),
        ("II", ("TI",), "TI"),
        ("TT", ("TY", "hai", "ba"), "TT hai ba"),
        ("TT", ("ba", "TY", "hai"), "ba TY hai"),
    ],
)
def test_two_letters_that_are_alike_head_the_numbers_of_rows(drawn, words, right):
    cut = letters(*drawn)
    read = tuple(ReadWord(word, (100, 50, 100 + cut.shape[1], 50 + len(cut)), 0.9) for word in words)
    assert text(with_twins(ReadLine(read, 0.0, 70.0, 28.0), cut, 100, 50, PAPER)) == right
