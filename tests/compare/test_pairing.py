"""One-to-one pairs."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare.pairing import Candidate, pairs

_scores = st.sampled_from([0.5, 0.6, 0.7, 0.9, 1.0])
_candidates = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), _scores, max_size=15)


def made(*candidates: Candidate) -> list[tuple[int, int]]:
    return [(one.a, one.b) for one in pairs(candidates)]


def test_the_best_pair_goes_first() -> None:
    assert made(Candidate(0, 0, 0.6), Candidate(1, 0, 0.9), Candidate(0, 1, 0.55)) == [(0, 1), (1, 0)]


def test_what_lost_its_counterpart_does_not_take_one_that_is_far_less_like_it() -> None:
    assert made(Candidate(0, 0, 0.95), Candidate(1, 0, 0.9), Candidate(1, 1, 0.6)) == [(0, 0)]


def test_a_preference_chooses_between_equals() -> None:
    found = made(Candidate(0, 0, 0.8), Candidate(0, 1, 0.8, 0.01), Candidate(1, 0, 0.8), Candidate(1, 1, 0.8))
    assert found == [(0, 1), (1, 0)]


@given(scores=_candidates)
def test_each_member_has_one_pair_and_the_sides_can_be_swapped(scores: dict[tuple[int, int], float]) -> None:
    found = made(*(Candidate(a, b, score) for (a, b), score in scores.items()))
    assert len({a for a, _ in found}) == len({b for _, b in found}) == len(found)
    turned = made(*(Candidate(b, a, score) for (a, b), score in scores.items()))
    assert sorted((a, b) for b, a in turned) == found
