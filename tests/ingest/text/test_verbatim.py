"""Text read for restoration alone: nothing refused, nothing lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import ingest_text


def lines(data: bytes) -> list[str]:
    return [line.text for _, line in ingest_text(data, "a.txt").lines()]


def test_spaces_and_control_characters_stay() -> None:
    assert lines(b"  a\t b \x00\x07 c  \n\n d") == ["  a\t b \x00\x07 c  ", "", " d"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\ufeff"), max_size=40))
def test_a_line_comes_in_nfc_with_a_way_back(text: str) -> None:
    for _, line in ingest_text(text.encode(), "a.txt").lines():
        assert line.raw == text
        assert line.text == unicodedata.normalize("NFC", text)
        assert not line.origin or len(line.origin) == len(line.text)


def test_a_line_end_that_is_written_out_stays() -> None:
    assert lines(rb"a\r\nb") == [r"a\r\nb"]


def test_bytes_that_are_no_utf8_are_shown() -> None:
    done = ingest_text("Ủy ban phường được chuyển đổi ".encode() * 20 + b"\xff tinh", "a.txt")
    assert done.text.endswith(r"\xff tinh")
    assert [notice.code for notice in done.notices] == ["W209"]


def test_eight_bit_text_is_read_byte_for_byte() -> None:
    done = ingest_text("ñy ban nh©n d©n thµnh phè".encode("latin-1"), "a.txt")
    assert done.text == "ñy ban nh©n d©n thµnh phè"
    assert "W210" in [notice.code for notice in done.notices]


@pytest.mark.parametrize("data", [b"", b"\n", b"\x00" * 9, b"\xff\xfe", bytes(range(256))])
def test_any_bytes_come_through(data: bytes) -> None:
    assert isinstance(ingest_text(data, "a").text, str)
