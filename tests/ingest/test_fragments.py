"""Syllables that fell apart are put together, with their maps, words and cells, and nothing else is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Box, CellSpan, Line, Page, TextOrigin, Word
from pipeline.ingest.fragments import rejoin

BROKEN = "Sở Nộ i vụ kiể m tra, phố i hợ p vớ i Ủ y ban, trướ c hạ n"


def read(*lines: str) -> list[str]:
    page = Page(1, tuple(Line(line, line) for line in lines), TextOrigin.PLAIN, "")
    return [line.text for line in rejoin([page])[0].lines]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (BROKEN, "Sở Nội vụ kiểm tra, phối hợp với Ủy ban, trước hạn"),
        ("Ph ấn đ ấu đ ạt 95% h ồ sơ đư ợc gi ải quy ết", "Phấn đấu đạt 95% hồ sơ được giải quyết"),
        ("Ph ấ n đ ấ u, đư ợ c gi ả i", "Phấn đấu, được giải"),
        ("II. NHI ỆM V Ụ, TH ỰC HI ỆN", "II. NHIỆM VỤ, THỰC HIỆN"),
        ("S ở Y t ếch ủ trì, ph ối h ợp", "Sở Y tế chủ trì, phối hợp"),
        ("MỤ C TIÊU, NHIỆ M VỤ, TỔ CHỨ C", "MỤC TIÊU, NHIỆM VỤ, TỔ CHỨC"),
        ("đượ c giả i quyế t, thự c hiệ n", "được giải quyết, thực hiện"),
        ("h ạ t ầ ng, b ạ n h ữ u", "hạ tầng, bạn hữu"),
    ],
)
def test_a_page_of_broken_syllables_is_put_together(broken: str, whole: str) -> None:
    assert read(broken, BROKEN)[0] == whole


@pytest.mark.parametrize(
    "text",
    [
        "Sở Y tế và c, m, n, p, t của mục c và điểm c, khoản n, độ c, ở n",
        "Quy ước về khi ấy có ở đi ăn uống, dấu ấn, to ổn, s ở",
        "đạ t",  # one slip is none of ours
        "Số 30 m, quý I, lớp 1 c, tổ p, tổ n, cờ t",
    ],
)
def test_other_single_letters_stay(text: str) -> None:
    assert read(text) == [text]


@pytest.mark.parametrize(
    "text", ["HỒ C H Í M I NH", "CHỦ TỊCH ỦY BAN, thôn ấp", "Trung ương, phản ánh, tạm ứng", "lưu ý, dấu ấn, to ổn"]
)
def test_whole_words_of_a_broken_page_stay(text: str) -> None:
    assert read(text, BROKEN)[0] == text


@given(st.lists(st.sampled_from([*BROKEN.split(), "t", "ếch", "ủ", "30", ",", "quý"]), max_size=30))
def test_maps_words_and_cells_go_along(tokens: list[str]) -> None:
    text = " ".join(tokens)
    words, at = [], 0
    for token in tokens:
        words.append(Word(at, at + len(token), Box(at, 0, at + len(token), 10)))
        at += len(token) + 1
    line = Line(text, text, words=tuple(words), cells=(CellSpan(0, len(text), 0),))
    again = rejoin([Page(1, (line, Line(BROKEN, BROKEN)), TextOrigin.PLAIN, "")])[0].lines[0]
    origin = again.origin or tuple(range(len(text)))
    assert "".join(text[at] if at >= 0 else " " for at in origin) == again.text
    assert again.text.replace(" ", "") == text.replace(" ", "")
    assert [again.text[word.start : word.end] for word in again.words] == again.text.split()
    assert all(one.box.x1 <= other.box.x0 + 1e-6 for one, other in pairwise(again.words))
    assert [(cell.start, cell.end) for cell in again.cells] == [(0, len(again.text))]
