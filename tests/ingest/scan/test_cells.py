"""How cells are looked at: sheets, second looks, what was not made out."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image

from pipeline.document import Box
from pipeline.ingest.scan.cells import UNREAD, CellImage, cells, read_cuts, without_grains
from pipeline.ingest.scan.tesseract.engine import ReadLine, ReadWord, Tesseract

EM, PAPER = 32.0, 250


@dataclass
class Looks:
    """Reads each blob of a sheet as the next answer for its look: text, confidence, share of its width."""

    answers: list[dict[int, tuple[str, float, float]]]
    seen: list[int] = field(default_factory=list)

    def lines(self, picture: Image.Image, dpi: int) -> tuple[ReadLine, ...]:
        ink = np.asarray(picture) < 140
        rows = np.flatnonzero(np.diff(np.concatenate([[0], ink.any(axis=1).astype(np.int8), [0]])))
        answers = self.answers[len(self.seen)]
        self.seen.append(len(rows) // 2)
        out = []
        for at, (top, bottom) in enumerate(zip(rows[::2], rows[1::2], strict=True)):
            across = np.flatnonzero(ink[top:bottom].any(axis=0))
            text, confidence, share = answers.get(at, ("", 0.0, 1.0))
            if text:
                end = int(across[0] + share * (across[-1] + 1 - across[0]))
                word = ReadWord(text, (int(across[0]), int(top), end, int(bottom)), confidence)
                out.append(ReadLine((word,), 0.0, float(bottom), 30.0))
        return tuple(out)


@pytest.fixture
def looked(monkeypatch):
    def looking(cuts, *answers):
        looks = Looks(list(answers))
        monkeypatch.setattr(Tesseract, "lines", lambda _, picture, dpi: looks.lines(picture, dpi))
        return list(read_cuts(cuts, PAPER, EM, 0.36, Tesseract(), 200)), looks.seen

    return looking


@pytest.fixture
def read(looked):
    def reading(cuts, *answers):
        lines, seen = looked(cuts, *answers)
        return [" ".join(word.text for word in line.words) for line in lines], seen

    return reading


def cut(wide: int = 20, high: int = 22, cell: int = 0, numbers: bool = False) -> CellImage:
    return CellImage(np.full((high, wide), 20, np.uint8), 300, 400, cell, numbers)


SURE = ("3.", 0.96, 1.0)
NOTHING = ({}, {}, {})


def test_what_was_read_surely_is_looked_at_once(read):
    assert read([cut(), cut(cell=1)], {0: SURE, 1: SURE}) == (["3.", "3."], [2])


def test_what_is_not_sure_is_looked_at_again_and_the_surest_is_taken(read):
    looks = {0: SURE, 1: ("8", 0.6, 1.0)}, {0: ("4.", 0.9, 1.0)}, {0: ("5.", 0.7, 1.0)}
    texts, seen = read([cut(), cut(cell=1)], *looks)
    assert texts == ["3.", "4."] and seen == [2, 1, 1]


def test_a_part_of_a_cell_is_not_the_better_for_being_sure(read):
    texts, _ = read([cut(150)], {0: ("năm", 0.96, 0.4)}, {0: ("Hàng", 0.9, 1.0)}, {0: ("m", 0.96, 0.1)})
    assert texts == ["Hàng"]


def test_a_long_cell_is_looked_at_again_where_something_was_lost(read):
    long = cut(400, 60)
    assert read([long], {0: ("Sở", 0.7, 1.0)}) == (["Sở"], [1])
    assert read([long], {0: ("Sở", 0.7, 0.5)}, {0: ("Sở Y tế", 0.7, 1.0)}) == (["Sở Y tế"], [1, 1])


def test_a_number_that_was_not_made_out_is_not_lost(read):
    assert read([cut(18, numbers=True)], *NOTHING)[0] == [UNREAD]
    assert read([cut(18)], *NOTHING)[0] == []
    assert read([cut(8, 8, numbers=True)], *NOTHING)[0] == []  # a speck


def test_a_bar_is_a_numeral(read):
    assert read([cut(6, numbers=True)], *NOTHING)[0] == ["I"]


def test_two_bars_are_not_one_digit(read):
    both = cut(17, numbers=True)
    both.grey[:, 6:11] = PAPER
    assert read([both], *[{0: ("1", 0.7, 1.0)}] * 3)[0] == ["II"]
    assert read([both], *[{0: ("11", 0.7, 1.0)}] * 3)[0] == ["11"]


def test_numbers_of_rows_are_read_side_by_side_and_what_is_none_by_itself(monkeypatch):
    seen = []

    def lines(_, picture, dpi):
        ink = np.asarray(picture) < 140
        across = np.flatnonzero(np.diff(np.concatenate([[0], ink.any(axis=0).astype(np.int8), [0]])))
        down = np.flatnonzero(ink.any(axis=1))
        texts = ["7.", "Số", "8."] if not seen else ["STT"]
        seen.append(len(texts))
        boxes = [
            (int(x0), int(down[0]), int(x1), int(down[-1]) + 1) for x0, x1 in zip(*[iter(across)] * 2, strict=True)
        ]
        words = tuple(ReadWord(text, box, 0.95) for text, box in zip(texts, boxes, strict=True))
        return (ReadLine(words, 0.0, float(down[-1]) + 1, 30.0),)

    monkeypatch.setattr(Tesseract, "lines", lines)
    cuts = [cut(cell=at, numbers=True)._replace(top=400 + 90 * at) for at in range(3)]
    found = list(read_cuts(cuts, PAPER, EM, 0.36, Tesseract(), 200))
    assert [(line.cell, line.words[0].text) for line in found] == [(0, "7."), (2, "8."), (1, "STT")]
    assert seen == [3, 1]
    assert [line.words[0].baseline for line in found[:2]] == pytest.approx([422 * 0.36, 602 * 0.36], abs=0.8)
    assert found[1].words[0].x0 == pytest.approx(300 * 0.36, abs=0.8)


def test_places_are_those_of_the_page(looked):
    [line], _ = looked([cut()], {0: SURE})
    [word] = line.words
    assert (word.x0, word.x1) == (pytest.approx(300 * 0.36, abs=0.8), pytest.approx(320 * 0.36, abs=0.8))
    assert word.baseline == pytest.approx(422 * 0.36, abs=0.8)


def test_cells_with_something_in_them_are_cut_out():
    grey = np.full((100, 200), PAPER, np.uint8)
    grey[20:40, 30:60] = grey[60:80, 130:150] = 20
    grey[0:100, 99:101] = 20  # a rule, between the cells
    made = [Box(0, 0, 100, 50), Box(100, 0, 200, 50), Box(0, 50, 100, 100), Box(100, 50, 200, 100)]
    found = [(one.cell, one.left, one.top, one.grey.shape, one.numbers) for one in cells(grey, [made], 1.0)]
    assert found == [(0, 30, 20, (20, 30), True), (3, 130, 60, (20, 20), False)]


def test_dust_that_lies_apart_from_all_print_is_taken_out_of_a_page():
    page = np.full((200, 400), 250, np.uint8)
    page[60:90, 50:70] = 20  # a letter, with the point behind it and a grain beside it
    page[87:90, 76:79] = 20
    page[70:72, 80:82] = 20
    clean = page.copy()
    for x, y in ((200, 50), (300, 150), (390, 20)):
        page[y : y + 2, x : x + 3] = 20
        page[y : y + 2, x + 3] = 180  # its half-tones
    assert (without_grains(page, 36.0) == clean).all()
    page[150:154, 298:306] = 20  # a dash
    assert (without_grains(page, 36.0)[150:154, 298:306] == 20).all()
