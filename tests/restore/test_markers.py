import pytest

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
