"""The words that each word of the vocabulary may have been misread from: for sifting right lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.model import SLIGHT, RestorationModel
from pipeline.restore.tokens import CLASSES

MOST, RATIO = 120, 1e-6  # near words of a word, and how much less likely than its best one


def near_words(model: RestorationModel) -> dict[str, NDArray[np.generic]]:
    """The near words of each word, small and inside a sentence, by the channel of a reader of Vietnamese.

    Args:
        model: its vocabulary, unigrams and channel.

    Returns:
        The arrays of `pipeline.restore.model.NearWords`, costs at half precision.
    """
    channel = model.channel(SLIGHT)
    sizes, words, costs = [0] * len(CLASSES), [], []
    for at, word in enumerate(model.words[len(CLASSES) :], len(CLASSES)):
        found, _, chances = channel.candidates(word, 0, MOST, RATIO)
        others = found != at
        own = chances[~others].sum()  # 0 where the word is not among them
        words.append(found[others])
        costs.append(chances[others] - own)
        sizes.append(int(others.sum()))
    return {
        "near.begins": np.cumsum([0, *sizes]).astype(np.uint32),
        "near.words": np.concatenate(words).astype(np.uint16),
        "near.costs": np.concatenate(costs).astype(np.float16),
    }
