"""How alike two texts are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare.similarity import GramIndex, blend, grams

_letters = st.sampled_from(["a", "b", "c", "d", "e", "1", "2"])
_texts = st.lists(st.lists(_letters, max_size=6).map(tuple), min_size=1, max_size=5)


def test_grams_are_syllables_and_pairs_of_neighbours_and_numbers_alone() -> None:
    assert grams(("đạt", "70", "%", "thư", "viện")) == {"đạt", "thư", "viện", "đạt thư", "thư viện", "70"}
    assert grams(("đạt", "70"), numbers=False) == {"đạt"}
    assert grams(("70",), numbers=False) == {"70"}  # nothing else to go by


def test_a_rare_word_counts_more_than_one_that_every_text_has() -> None:
    common = [grams(("kế", "hoạch", word)) for word in ("một", "hai", "ba")]
    field = GramIndex([grams(("kế", "hoạch", "bốn")), grams(("ba",))], common)
    plan, rare = field.dice(0)[2], field.dice(1)[2]
    assert 0 < plan < 1 and 0 < rare < 1
    alone = GramIndex([grams(("kế",)), grams(("ba",))], common)
    assert alone.dice(0)[2] < alone.dice(1)[2]


def test_the_share_of_one_text_that_stands_in_another() -> None:
    field = GramIndex([grams(("a", "b"))], [grams(("a", "b", "c", "d"))])
    assert field.within_b(0)[0] == 1.0
    assert 0 < field.within_a(0)[0] < field.dice(0)[0] < 1.0


def test_nothing_is_known_of_an_empty_text() -> None:
    field = GramIndex([frozenset(), grams(("a",))], [grams(("a",)), frozenset()])
    assert np.isnan(field.dice(0)).all()
    assert field.dice(1)[0] == 1.0 and np.isnan(field.dice(1)[1])


def test_a_blend_leaves_out_what_is_not_known() -> None:
    unknown = np.array([np.nan, np.nan])
    assert blend(((0.75, np.array([0.5, np.nan])), (0.25, np.array([0.1, np.nan])))).tolist() == pytest.approx([0.4, 0])
    assert blend(((0.5, np.array([0.5, 1.0])), (0.5, unknown))).tolist() == [0.5, 1.0]


@given(a=_texts, b=_texts)
def test_a_text_is_as_like_another_as_the_other_is_like_it(a: list[tuple[str, ...]], b: list[tuple[str, ...]]) -> None:
    left, right = [grams(one) for one in a], [grams(one) for one in b]
    there, back = GramIndex(left, right), GramIndex(right, left)
    for i in range(len(a)):
        for j in range(len(b)):
            assert np.array_equal(there.dice(i)[j], back.dice(j)[i], equal_nan=True)
            assert np.array_equal(there.within_b(i)[j], back.within_a(j)[i], equal_nan=True)
