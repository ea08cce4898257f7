"""Rows of words from a scan."""

import pytest

from pipeline.ingest.scan.page import Scan, ScanLine, ScanWord
from pipeline.ingest.scan.rows import rows_of


def texts(*words: tuple[str, float]) -> list[str]:
    """The words of a row of type 13 points high, each with its width."""
    row, at = [], 90.0
    for text, wide in words:
        row.append(ScanWord(text, at, at + wide, 300.0, 0.96))
        at += wide + 4
    scan = Scan(595.0, 842.0, 0, 0.0, (ScanLine(tuple(row), 13.0),), (), (), 0.1, 0.96)
    return [token.text for _, turned in rows_of(scan) for one in turned.rows for token in one.tokens]


@pytest.mark.parametrize("speck", ["2", "h", "n", "0"])
def test_a_speck_that_is_narrower_than_a_letter_is_none(speck: str) -> None:
    assert texts(("ngày", 26.0), ("21", 13.0), (speck, 2.3), ("tháng", 32.0)) == ["ngày", "21", "tháng"]


@pytest.mark.parametrize(("sign", "wide"), [("2", 6.0), ("1", 2.3), ("i", 2.3), ("-", 2.3), ("I", 2.6)])
def test_a_digit_and_what_is_narrow_in_print_stay(sign: str, wide: float) -> None:
    assert texts(("điểm", 26.0), (sign, wide), ("tháng", 32.0)) == ["điểm", sign, "tháng"]


def test_a_line_of_nothing_else_is_left_as_it_is() -> None:
    assert texts(("2", 2.3)) == ["2"]
