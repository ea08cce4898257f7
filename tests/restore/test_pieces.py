from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.pieces import pieces
from tests.cases import cases


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
