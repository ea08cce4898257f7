from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.language.accents import remove_accents, without_tone
from pipeline.restore.line_condition import judge, lost_in_part
from pipeline.restore.readings import LineCondition

RIGHT = "Ủy ban nhân dân thành phố ban hành kế hoạch triển khai thực hiện Chỉ thị"
STRIPPED = "Uy ban nhan dan thanh pho ban hanh ke hoach trien khai thuc hien Chi thi"
MISREAD = "Uy ban nhan dan thanh phd ban hanh ké hoach trién khai thwe hién Chi thi s6"
ENGLISH = "The committee shall report to the government before the end of the year"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (RIGHT, LineCondition.RIGHT),
        (STRIPPED, LineCondition.STRIPPED),
        (MISREAD, LineCondition.MISREAD),
        (ENGLISH, LineCondition.FOREIGN),
        ("", LineCondition.FOREIGN),
    ],
)
def test_a_line_says_what_it_is(line: str, kind: LineCondition) -> None:
    assert judge([line]) == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "Bơm tiêu úng",
        "nhân dân, thông tin và thể thao",
        "Các nguồn kinh phí hợp pháp khác",
        "- Các phường: Móng Cái 1, Móng Cái 2, Móng Cái 3, Bình Khê, An Sinh.",
        "Lai Châu, ngày 01 tháng 02 năm 2023",
    ],
)
def test_a_line_of_right_syllables_is_right_where_french_has_their_marks_too(line: str) -> None:
    assert judge([line]) == [LineCondition.RIGHT]


@pytest.mark.parametrize(
    "line", ["cac co quan don vi thu vién cé trach nhiém", "Chuong trinh trién khai ké hoach", "cé thé"]
)
def test_a_line_of_misread_syllables_is_not(line: str) -> None:
    assert judge([line]) != [LineCondition.RIGHT]


def test_a_short_line_is_what_its_neighbours_are() -> None:
    assert judge([MISREAD, "KE HOACH", MISREAD])[1] is LineCondition.MISREAD
    assert judge([RIGHT, "CAM ON", RIGHT])[1] is LineCondition.RIGHT


def test_a_line_without_letters_is_nothing_to_read() -> None:
    assert judge([RIGHT, "12 / 34", RIGHT])[1] is LineCondition.FOREIGN


def test_a_stripped_block_in_a_right_text_is_found() -> None:
    lines = [RIGHT] * 8 + [STRIPPED] * 8
    assert judge(lines) == [LineCondition.RIGHT] * 8 + [LineCondition.STRIPPED] * 8


def test_a_head_in_capitals_is_what_its_words_are() -> None:
    """Of its words a number's "S" and what was misread alone are no capitals."""
    head = ["UY BAN NHAN DAN", "", "TINH LAM DONG", "", "S6: /KH-UBND", ""]
    assert [judge([*head, *[MISREAD] * 8])[at] for at in (0, 2, 4)] == [LineCondition.MISREAD] * 3
    assert judge([*[MISREAD] * 8, "", "", "", "II. DOI TUONG VA HiINH THUC TUYEN TRUYEN"])[-1] is LineCondition.MISREAD


PLAN = (Path(__file__).parents[2] / "corpus" / "lai-chau-2023.txt").read_text(encoding="utf-8").split()[400:700]


def in_lines(words: list[str]) -> list[str]:
    return [" ".join(words[at : at + 16]) for at in range(0, len(words), 16)]


@pytest.mark.parametrize("lost", [remove_accents, without_tone])
def test_words_that_lost_their_marks_among_others_are_a_text_that_lost_them_in_part(lost: Callable[[str], str]) -> None:
    lines = in_lines([lost(word) if at % 3 == 0 else word for at, word in enumerate(PLAN)])
    lines.append("UY BAN NHÂN DÂN")  # in capitals, which tell nothing
    kinds = lost_in_part(lines, [LineCondition.RIGHT] * len(lines))
    assert kinds == [LineCondition.STRIPPED] * len(lines)


def test_a_right_text_lost_nothing() -> None:
    lines = in_lines(PLAN)
    assert lost_in_part(lines, [LineCondition.RIGHT] * len(lines)) == [LineCondition.RIGHT] * len(lines)


def test_what_a_list_says_again_and_again_tells_nothing() -> None:
    """Words that have no marks stand in each line of it."""
    lines = [f"Trung tâm Y tế khu vực tham gia thu gom {verb} theo kế hoạch" for verb in PLAN if verb.islower()]
    assert lost_in_part(lines, [LineCondition.RIGHT] * len(lines)) == [LineCondition.RIGHT] * len(lines)


def test_a_line_of_bare_words_in_a_right_text_lost_them() -> None:
    lines = [RIGHT, STRIPPED.lower(), RIGHT, "Microsoft Office for all users of the new system and its networks"]
    kinds = lost_in_part(lines, [LineCondition.RIGHT] * 4)
    assert kinds == [LineCondition.RIGHT, LineCondition.STRIPPED, LineCondition.RIGHT, LineCondition.RIGHT]
