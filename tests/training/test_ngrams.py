import numpy as np
import pytest

from pipeline.training.ngrams import backoff_of, keys_of, kneser_ney, mix, probability_of, prune

VOCABULARY = 12
TEXT = np.array(([0, 3, 4, 5, 0, 3, 4, 6, 7, 0, 8, 4, 5, 9, 0, 3, 4, 5, 10, 0, 11, 3, 4, 0] * 6), np.uint16)


def key(*words: int) -> np.ndarray:
    total = 0
    for word in words:
        total = total << 16 | word
    return np.array([total], np.uint64)


@pytest.fixture(scope="module")
def model():
    return kneser_ney(TEXT, VOCABULARY, 0)


def test_no_ngram_runs_over_a_boundary() -> None:
    found = {tuple((int(one) >> shift) & 0xFFFF for shift in (32, 16, 0)) for one in keys_of(TEXT, 3, 0)}
    assert (0, 3, 4) in found
    assert not [one for one in found if one[1] == 0]


@pytest.mark.parametrize("context", [(3,), (4,), (3, 4), (0, 3, 4), (4, 5)])
def test_what_may_follow_sums_to_one(model, context: tuple[int, ...]) -> None:
    n = len(context) + 1
    chances = [float(probability_of(model, key(*context, word), n)[0]) for word in range(VOCABULARY)]
    unseen = [word for word in range(VOCABULARY) if not np.isin(key(word), model[0].keys)[0]]
    assert sum(chances) == pytest.approx(1, abs=0.02 + 0.05 * len(unseen))


def test_what_was_seen_oftener_is_likelier(model) -> None:
    assert probability_of(model, key(3, 4, 5), 3)[0] > probability_of(model, key(3, 4, 6), 3)[0]


def test_what_was_never_seen_is_still_possible(model) -> None:
    assert 0 < probability_of(model, key(5, 7, 11), 3)[0] < 0.2


def test_a_mixture_lies_between_its_models(model) -> None:
    other = kneser_ney(TEXT[::-1].copy(), VOCABULARY, 0)
    mixed = mix([model, other], [0.7, 0.3])
    one, two = (float(probability_of(part, key(3, 4), 2)[0]) for part in (model, other))
    assert float(probability_of(mixed, key(3, 4), 2)[0]) == pytest.approx(0.7 * one + 0.3 * two)


def test_pruning_keeps_to_the_budget_and_still_sums_to_one(model) -> None:
    mixed = mix([model], [1.0])
    small = prune(mixed, [100, 12, 8, 4])
    assert [len(level.keys) for level in small[1:]] == [12, 8, 4]
    contexts = np.unique(small[1].keys >> np.uint64(16))
    for context in contexts:
        chances = [float(probability_of(small, key(int(context), word), 2)[0]) for word in range(VOCABULARY)]
        assert sum(chances) == pytest.approx(1, abs=0.1)  # two of the words were never seen
        assert backoff_of(small, np.array([context]), 1)[0] > 0


def test_contexts_of_what_is_kept_are_kept(model) -> None:
    small = prune(mix([model], [1.0]), [100, 12, 8, 4])
    for shorter, longer in zip(small[1:], small[2:], strict=False):
        assert np.isin(longer.keys >> np.uint64(16), shorter.keys).all()
