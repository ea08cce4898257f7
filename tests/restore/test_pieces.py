from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore import pieces as module
from pipeline.restore.candidates import Lookup
from pipeline.restore.model import load
from pipeline.restore.pieces import LinePassage, pieces
from pipeline.restore.readings import LineCondition
from tests.cases import cases

RIGHT = LineCondition.RIGHT


def cut(line: str) -> list[str]:
    return [line[piece.start : piece.end] for piece in pieces(line)]


@cases("restored_lines/pieces", line=str, parts=list[str])
def test_a_line_is_cut_into_words_numbers_and_marks(line: str, parts: list[str]) -> None:
    assert cut(line) == parts


@given(st.text(max_size=60))
def test_nothing_but_white_space_is_left_out(line: str) -> None:
    assert "".join(cut(line)) == "".join(line.split())


@given(st.text(max_size=60))
def test_pieces_follow_one_another(line: str) -> None:
    found = pieces(line)
    assert all(left.end <= right.start for left, right in zip(found, found[1:], strict=False))
    assert all(piece.start < piece.end for piece in found)


def passages(*lines: str, kind: LineCondition = RIGHT) -> list[LinePassage]:
    return list(module.cut(lines, [kind] * len(lines), [()] * len(lines), Lookup(load())))


def test_lines_of_a_paragraph_are_read_together_and_items_apart() -> None:
    found = passages("Các sở, ban, ngành", "chịu trách nhiệm", "a) Sở Tài chính", "b) Sở Nội vụ")
    assert [len(one.places) for one in found] == [9, 3, 3]


def test_of_typed_lines_only_what_is_in_question_is_searched() -> None:
    passage = passages("một hai ba bốn năm sáu bảy tám chín mười")[0]
    passage.typed = True
    assert list(passage.windows()) == []
    passage.places[4].options = Lookup(load()).options("năm", "word", RIGHT, 0)
    assert [len(one.places) for one in passage.windows()] == [7]


def test_lines_in_capitals_are_runs_of_their_own() -> None:
    runs = passages("UBND TINH DONG THAP", "Truong THPT Cao Lanh", kind=LineCondition.STRIPPED)[0].stripped_runs()
    assert [[place.text for place in run] for run in runs] == [
        ["UBND", "TINH", "DONG", "THAP"],
        ["Truong", "THPT", "Cao", "Lanh"],
    ]
