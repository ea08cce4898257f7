from collections import Counter, defaultdict

import numpy as np
import pytest

from pipeline.training.channel import learn


@pytest.fixture(scope="module")
def learnt():
    """A planted channel: ế is read é (9 of 10) or e, ư always u, đ always d, the rest as it is."""
    rng = np.random.default_rng(3)
    pairs: Counter[tuple[str, str]] = Counter()
    letters = "ếưđabcnmt"
    for _ in range(4000):
        word = "".join(rng.choice(list(letters), size=int(rng.integers(1, 5))))
        read = "".join({"ư": "u", "đ": "d", "ế": "é" if rng.random() < 0.9 else "e"}.get(one, one) for one in word)
        pairs[word, read] += 1
    return learn(pairs)


def readings(channel) -> dict[str, dict[str, float]]:
    printed, read = " " + channel.printed, " " + channel.read
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for segment, reading, chance in zip(channel.segments, channel.readings, channel.probability, strict=True):
        one = printed[int(segment) & 255] + (printed[int(segment) >> 8] if int(segment) >> 8 else "")
        other = "".join(read[(int(reading) >> shift) & 255] for shift in (0, 8, 16) if (int(reading) >> shift) & 255)
        table[one][other] = float(chance)
    return table


def test_the_planted_channel_is_found(learnt) -> None:
    table = readings(learnt)
    assert table["ế"]["é"] == pytest.approx(0.9, abs=0.05)
    assert table["ế"]["e"] == pytest.approx(0.1, abs=0.05)
    assert table["ư"]["u"] > 0.95
    assert table["đ"]["d"] > 0.95
    assert table["a"]["a"] > 0.95


def test_what_a_segment_is_read_as_sums_to_one(learnt) -> None:
    for segment, chances in readings(learnt).items():
        assert sum(chances.values()) == pytest.approx(1, abs=0.02), segment


def test_the_same_pairs_teach_the_same_channel() -> None:
    pairs = Counter({("của", "ciia"): 3, ("lý", "1y"): 2, ("kỹ", "k¥"): 2})
    first, second = learn(pairs), learn(Counter(dict(reversed(pairs.items()))))
    assert np.array_equal(first.probability, second.probability)
    assert np.array_equal(first.segments, second.segments)
