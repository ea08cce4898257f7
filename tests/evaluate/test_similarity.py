"""Likeness of texts and the two ways of pairing."""

from __future__ import annotations

from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.similarity import align, assign, behind_heading, common, likeness, overlap
from pipeline.language.folding import folded
from pipeline.language.syllables import syllables
from tests.cases import cases

_weights = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0]), min_size=columns, max_size=columns),
        min_size=1,
        max_size=4,
    )
)


@cases("evaluate/same_writing", one=str, other=str)
def test_folded_takes_two_ways_of_writing_as_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_folded_keeps_tones_apart() -> None:
    assert folded("phấn đấu") != folded("phần đầu")


@cases("evaluate/markers", marker=str)
def test_leading_marker_is_dropped(marker: str) -> None:
    assert syllables(f"{marker}Tổ chức hội nghị") == ("tổ", "chức", "hội", "nghị")


@cases("evaluate/no_markers", text=str)
def test_first_word_is_no_marker(text: str) -> None:
    assert syllables(text) == syllables(f"- {text}")


def test_heading_in_front_of_a_colon() -> None:
    assert behind_heading("Bảo tàng: Nâng cao chất lượng") == ("nâng", "cao", "chất", "lượng")


def test_a_long_clause_in_front_of_a_colon_is_no_heading() -> None:
    assert behind_heading(" ".join(["chữ"] * 13) + ": Nâng cao") is None


def test_common_keeps_the_order() -> None:
    assert common("abcd", "bacd") == 3


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_common_equals_the_textbook_recurrence(one: str, other: str) -> None:
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, j in product(range(len(one)), range(len(other))):
        step = table[i][j] + 1 if one[i] == other[j] else max(table[i][j + 1], table[i + 1][j])
        table[i + 1][j + 1] = step
    assert common(one, other) == table[-1][-1]


@given(st.text("abc", max_size=12), st.text("abc", max_size=12), st.sampled_from([0.3, 0.5, 0.8]))
def test_likeness_is_only_cut_off_below_the_limit(one: str, other: str, limit: float) -> None:
    exact = likeness(one, other)
    assert likeness(one, other, limit) in ((exact,) if exact >= limit else (exact, 0.0))


def test_overlap_is_the_f1_of_shared_syllables() -> None:
    assert overlap("thư viện công cộng", "thư viện tỉnh") == pytest.approx(4 / 7)


@given(_weights)
def test_assign_finds_the_greatest_weight(weights: list[list[float]]) -> None:
    rows, columns = len(weights), len(weights[0])
    small, large = sorted((rows, columns))
    best = max(
        sum(weights[i][j] if rows <= columns else weights[j][i] for i, j in enumerate(order))
        for order in permutations(range(large), small)
    )
    assert sum(weights[i][j] for i, j in assign(weights)) == pytest.approx(best)


@given(_weights)
def test_assign_pairs_one_to_one(weights: list[list[float]]) -> None:
    pairs = assign(weights)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


@given(_weights)
def test_align_finds_the_greatest_weight_in_order(weights: list[list[float]]) -> None:
    rows, columns = range(len(weights)), range(len(weights[0]))
    best = max(
        sum(weights[i][j] for i, j in zip(some, others, strict=True))
        for size in range(min(len(rows), len(columns)) + 1)
        for some in combinations(rows, size)
        for others in combinations(columns, size)
    )
    assert sum(weights[i][j] for i, j in align(weights)) == pytest.approx(best)


@given(_weights)
def test_align_keeps_the_order_of_both_sides(weights: list[list[float]]) -> None:
    pairs = align(weights)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in zip(pairs, pairs[1:], strict=False))


@pytest.mark.parametrize("pairing", [assign, align])
def test_nothing_pairs_with_nothing(pairing: object) -> None:
    assert callable(pairing) and pairing([]) == pairing([[]]) == pairing([[0.0]]) == []
