"""Syllable accuracy, WER and CER."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.error_rates import TextScore, alignment, distance, score
from tests.cases import cases

_strings = st.text("abcd", max_size=14)


def _textbook(one: str, other: str) -> int:
    table = [[i + j for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, j in product(range(len(one)), range(len(other))):
        replaced = table[i][j] + (one[i] != other[j])
        table[i + 1][j + 1] = min(replaced, table[i][j + 1] + 1, table[i + 1][j] + 1)
    return table[-1][-1]


@given(_strings, _strings)
def test_distance_equals_the_textbook_recurrence(one: str, other: str) -> None:
    assert distance(one, other) == _textbook(one, other)


@given(_strings, _strings)
def test_alignment_has_the_fewest_edits(one: str, other: str) -> None:
    edits, row, column = 0, 0, 0
    for i, j in [*alignment(one, other), (len(one), len(other))]:
        edits += max(i - row, j - column)
        row, column = i + 1, j + 1
    assert edits == _textbook(one, other)


@given(_strings, _strings)
def test_alignment_pairs_equal_elements_in_order(one: str, other: str) -> None:
    pairs = alignment(one, other)
    assert all(one[i] == other[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in zip(pairs, pairs[1:], strict=False))


@given(st.text(max_size=40))
def test_a_text_is_right_against_itself(text: str) -> None:
    result = score(text, text)
    assert (result.hits, result.character_errors) == (result.syllables, 0)


@cases("evaluate/slips", read=str, counts=tuple[int, int, int, int, int])
def test_one_slip_at_a_time(read: str, counts: tuple[int, int, int, int, int]) -> None:
    got = score("Sở Tài chính lập dự toán", read)
    assert (got.hits, got.substitutions, got.deletions, got.insertions, got.character_errors) == counts


def test_shares() -> None:
    got = TextScore(10, 8, 1, 1, 2, 50, 5)
    assert (got.syllable_accuracy, got.wer, got.cer) == (0.8, 0.4, 0.1)


def test_shares_of_an_empty_truth() -> None:
    got = score("", "thừa")
    assert (got.syllable_accuracy, got.wer, got.cer) == (None, None, None)
