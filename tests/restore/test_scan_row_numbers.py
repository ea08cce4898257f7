"""Numbers of rows and columns in tables that were read from pictures."""

import re

import pytest

from pipeline.document import Box, Cell, CellSpan, Line, Page, Table, TextOrigin, Word
from pipeline.restore.scan_row_numbers import counted
from tests.cases import cases

Read = str | tuple[str, float]


def page(*rows: list[Read], titles: tuple[int, ...] = (), number: int = 1) -> Page:
    """A page with one table; a cell is what was read, with its confidence where that matters; `titles` reach across."""
    cells, lines = [], []
    for at, row in enumerate(rows):
        for column, read in enumerate(row if at not in titles else row[:1]):
            cells.append(Cell(at, column, 1, len(row) if at in titles else 1))
            text, confidence = (read, 0.8) if isinstance(read, str) else read
            if text:
                words = [Word(*one.span(), Box(0, 0, 9, 9), confidence) for one in re.finditer(r"\S+", text)]
                place = CellSpan(0, len(text), len(cells) - 1)
                lines.append(Line(text, text, words=tuple(words), table=0, cells=(place,)))
    return Page(number, tuple(lines), TextOrigin.OCR, "test", (Table(tuple(cells)),))


def mended(*pages: Page) -> list[str]:
    """What stands in the first column once it is mended, a title as it is."""
    lines = [(line, one.tables[0].cells[line.cells[0].cell]) for one in pages for line in one.lines]
    texts = [line.text for line, _ in lines]
    for number, reading in counted(pages):
        texts[number] = texts[number][: reading.start] + reading.text + texts[number][reading.end :]
    return [text for text, (_, cell) in zip(texts, lines, strict=True) if not cell.column]


def column(*numbers: Read) -> list[str]:
    return mended(page(["TT", "Nhiệm vụ", "Thời gian"], *([one, "Mua sách", "Quý I"] for one in numbers)))[1:]


@cases("restored_numbers/rows", read=list[str | tuple[str, float]], right=list[str])
def test_the_numbers_of_rows_follow_their_counting(read, right):
    assert column(*read) == right


@cases("restored_numbers/sections", read=list[str | tuple[str, float]], right=list[str])
def test_sections_have_numerals_and_their_rows_go_on_or_begin_anew(read, right):
    assert column(*read) == right


def test_the_numeral_of_a_title_over_all_columns():
    rows = [["TT", "Chỉ tiêu", "2025"], ["I. Kinh tế", "", ""], ["1", "a", "b"], ["2", "a", "b"], ["H. Xã hội", "", ""]]
    assert mended(page(*rows, ["1", "a", "b"], titles=(1, 4)))[4] == "II. Xã hội"


@cases("restored_numbers/no_shorter", read=list[str | tuple[str, float]], right=list[str])
def test_what_was_read_is_no_shorter_number(read, right):
    assert column(*read) == right


@pytest.mark.parametrize("numbers", [["1", "2", "3"], ["(1)", "(2)", "(3)"], ["(1)", "2)", "(3)"]])
@pytest.mark.parametrize("rows", [["1", "2", "3"], ["I", "1", "2"], ["1", "1.1", "1.2", "2"]])
def test_the_number_of_the_first_column_is_none_of_a_row(numbers, rows):
    made = page(["TT", "Nhiệm vụ", "Thời gian"], numbers, *([one, "Mua sách", "Quý I"] for one in rows))
    assert mended(made) == ["TT", numbers[0], *rows]


def test_the_header_is_no_number():
    assert mended(page(["TT", "a", "b"], ["2", "a", "b"], ["3", "a", "b"], ["4", "a", "b"]))[0] == "TT"


@cases("restored_numbers/headers", read=tuple[str, float], right=str)
def test_the_header_of_what_counts(read, right):
    assert mended(page([read, "a", "b"], ["1", "a", "b"], ["2", "a", "b"], ["3", "a", "b"]))[0] == right
    assert mended(page([read, "a", "b"], ["Sở", "a", "b"], ["2", "a", "b"], ["Đoàn", "a", "b"]))[0] == read[0]


def test_numbers_go_on_over_the_page():
    first = page(["1.", "a", "b"], ["2.", "a", "b"], ["3.", "a", "b"])
    second = page(["4.", "a", "b"], ["S", "a", "b"], ["6.", "a", "b"], number=2)
    assert mended(first, second) == ["1.", "2.", "3.", "4.", "5.", "6."]


def test_the_first_number_of_a_page_is_borne_out_by_the_next_one():
    first = page(*([one, "a", "b"] for one in ("I", "1.", "2.", "II", "3.", "4.", "5.", "6.")))
    second = [["m", "a", "b"], ["8.", "a", "b"], ["9.", "a", "b"]]
    assert mended(first, page(*second, number=2))[8:] == ["m", "8.", "9."]  # 7, or III
    assert mended(first, page(["m", "a", "b"], ["7.", "a", "b"], ["8.", "a", "b"], number=2))[8:] == ["III", "7.", "8."]


def test_a_column_of_words_is_not_counted():
    assert mended(page(["Sở Y tế", "a", "b"], ["B", "a", "b"], ["1", "a", "b"], ["Sở Nội vụ", "a", "b"]))[1] == "B"


def test_what_no_picture_was_read_for_stays():
    made = page(["1", "a", "b"], ["B", "a", "b"], ["3", "a", "b"])
    plain = [Line(one.text, one.text, table=0, cells=one.cells) for one in made.lines]
    assert mended(Page(1, tuple(plain), TextOrigin.TEXT_LAYER, "test", made.tables)) == ["1", "B", "3"]


@cases("restored_numbers/columns", read=list[str], right=list[str])
def test_a_row_of_column_numbers(read, right):
    made = page(["TT", "Nhiệm vụ", "Sở", "Thời gian", "Ghi chú"][: len(read)], read)
    texts = [line.text for line in made.lines]
    for number, reading in counted([made]):
        texts[number] = reading.text
    assert texts[len(read) :] == [one for one in right if one]


@cases("restored_numbers/months", read=str, right=str | None)
def test_a_stroke_read_as_a_digit_parts_month_and_year_among_others(read, right):
    made = page(["Nhiệm vụ", "Thời gian"], ["a", "3/2025"], ["b", read])
    assert [reading.text for _, reading in counted([made])] == ([right] if right else [])
    alone = page(["Nhiệm vụ", "Số lượng"], ["a", "35"], ["b", read])
    assert not list(counted([alone]))
