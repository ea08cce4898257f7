import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore.pieces import pieces


def cut(line: str) -> list[str]:
    return [line[piece.start : piece.end] for piece in pieces(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("S6:55 /KH-UBND", ["S6", ":", "55", "/", "KH", "-", "UBND"]),
        ("THU'C HIEN", ["THU'C", "HIEN"]),
        ("dé\\y manh", ["dé\\y", "manh"]),
        ("ngày 01/11/2022.", ["ngày", "01/11/2022", "."]),
        ("(sau đây", ["(", "sau", "đây"]),
        ("Sở GD&ĐT", ["Sở", "GD", "&", "ĐT"]),
        ("k¥ niing", ["k¥", "niing"]),
    ],
)
def test_a_line_is_cut_into_words_numbers_and_marks(line: str, expected: list[str]) -> None:
    assert cut(line) == expected


@given(st.text(max_size=60))
def test_nothing_but_white_space_is_left_out(line: str) -> None:
    assert "".join(cut(line)) == "".join(line.split())


@given(st.text(max_size=60))
def test_pieces_follow_one_another(line: str) -> None:
    found = pieces(line)
    assert all(left.end <= right.start for left, right in zip(found, found[1:], strict=False))
    assert all(piece.start < piece.end for piece in found)
