import pytest

from pipeline.document import DOUBTFUL
from pipeline.restore.markers import signs
from pipeline.restore.readings import LineCondition
from tests.cases import cases


def read(lines: list[str], kind: LineCondition) -> list[str]:
    found = list(lines)
    for number, reading in signs(lines, [kind] * len(lines)):
        found[number] = found[number][: reading.start] + reading.text + found[number][reading.end :]
    return found


def test_the_letter_after_d_is_d_with_its_stroke() -> None:
    lines = ["c) ba", "d) bon", "d) nam", "e) sau"]
    assert read(lines, LineCondition.STRIPPED) == ["c) ba", "d) bon", "đ) nam", "e) sau"]


def test_a_letter_that_is_right_stays() -> None:
    assert read(["d) bốn", "d) bốn nữa"], LineCondition.RIGHT) == ["d) bốn", "d) bốn nữa"]


@cases("restored_numbers/items", misread=str)
def test_a_numeral_is_read_by_the_one_before(misread: str) -> None:
    assert read(["I. MUC DICH", misread, "III. TO CHUC"], LineCondition.MISREAD)[1] == "II. NOI DUNG"


def test_a_numeral_that_does_not_follow_is_left() -> None:
    assert read(["I. MUC DICH", "HI. NOI DUNG"], LineCondition.MISREAD)[1] == "HI. NOI DUNG"


def test_a_number_is_no_numeral() -> None:
    assert read(["I. MUC DICH", "11. Sau do"], LineCondition.MISREAD)[1] == "11. Sau do"


@cases("restored_numbers/initials", line=str)
def test_initials_are_no_numerals(line: str) -> None:
    assert read(["I. MUC DICH", line], LineCondition.MISREAD)[1] == line


@pytest.mark.parametrize("line", ["H. Bình Chánh", "l. Sở Nội vụ", "HI. NỘI DUNG"])
def test_no_numeral_is_made_in_a_right_text(line: str) -> None:
    assert read(["II. MỤC ĐÍCH", line], LineCondition.RIGHT)[1] == line


@pytest.mark.parametrize("misread", ["II. TO CHUC", "Vl. TO CHUC", "li. TO CHUC", "IL. TO CHUC"])
def test_a_numeral_is_read_by_those_on_either_side(misread: str) -> None:
    lines = ["I. MUC DICH", "II. NOI DUNG", misread, "IV. KINH PHI"]
    assert read(lines, LineCondition.MISREAD)[2] == "III. TO CHUC"


def test_a_numeral_that_is_read_by_its_neighbours_alone_is_doubtful() -> None:
    lines = ["I. MUC DICH", "II. NOI DUNG", "II. TO CHUC", "IV. KINH PHI"]
    [(_, reading)] = signs(lines, [LineCondition.MISREAD] * 4)
    assert (reading.text, reading.runner_up) == ("III", "II") and reading.probability < DOUBTFUL


def test_a_numeral_that_stands_twice_stays_where_none_is_missing() -> None:
    lines = ["I. MUC DICH", "II. NOI DUNG", "II. TO CHUC", "III. KINH PHI"]
    assert read(lines, LineCondition.MISREAD) == lines


@pytest.mark.parametrize("line", ["S6: /KH-UBND", "Sé: /TB-VP", "$6: 12 /QD-UBND", "S6:55 /KH-UBND", "So: /KH-UBND"])
def test_the_word_before_a_number_is_known_where_its_serial_is_blank(line: str) -> None:
    assert read([line], LineCondition.MISREAD)[0].startswith("Số: /" if ": /" in line else "Số:")


@pytest.mark.parametrize("line", ["So lieu: /", "S6 lugng 5/6", "S0 1/2"])
def test_another_word_is_none_before_a_number(line: str) -> None:
    assert read([line], LineCondition.MISREAD) == [line]


@pytest.mark.parametrize(
    ("misread", "right"),
    [
        (["a) ba", "-p) bon", "c) nam"], ["a) ba", "b) bon", "c) nam"]),
        (["a) ba", "_b) bon", "¢) nam"], ["a) ba", "b) bon", "c) nam"]),
        (["c) ba", "-d) bon", "d) nam", "e) sau", "og) bay"], ["c) ba", "d) bon", "đ) nam", "e) sau", "g) bay"]),
        (["c) ba", "d) bon", "4) nam", "e) sau"], ["c) ba", "d) bon", "đ) nam", "e) sau"]),
        (["‘a) ba", "~6) bon"], ["a) ba", "b) bon"]),
        (["Cc) ba"], ["Cc) ba"]),  # nothing says what comes
        (["a) ba", "(Al) bon", "1) nam", "h) sau"], ["a) ba", "(Al) bon", "1) nam", "h) sau"]),
        (["a) ba", "e) bon"], ["a) ba", "e) bon"]),
    ],
)
def test_a_letter_is_read_by_those_around_it(misread: list[str], right: list[str]) -> None:
    assert read(misread, LineCondition.MISREAD) == right
