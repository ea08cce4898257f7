"""Packing the n-gram model into the arrays the decoder reads: a trie with probabilities of eight bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.training.ngrams import BITS, NgramOrder, Reals

BINS = 256


def pack(levels: list[NgramOrder], vocabulary: int) -> dict[str, NDArray[np.generic]]:
    """Pack a model into the arrays of `pipeline.restore.lattice.Trie`, continuations as counts.

    A word that the unigrams do not list is all but impossible.

    Args:
        levels: a back-off model.
        vocabulary: the number of words.
    """
    probability = np.full(vocabulary, 1e-9)
    backoff = np.ones(vocabulary)
    probability[levels[0].keys.astype(np.int64)] = levels[0].probability
    backoff[levels[0].keys.astype(np.int64)] = levels[0].backoff
    arrays: dict[str, NDArray[np.generic]] = {
        "probability1": np.log(probability).astype(np.float32),
        "backoff1": np.log(backoff).astype(np.float32),
    }
    parents = np.arange(vocabulary, dtype=np.uint64)
    for n, level in enumerate(levels[1:], 2):
        arrays[f"words{n}"] = (level.keys & np.uint64((1 << BITS) - 1)).astype(np.uint16)
        arrays[f"values{n}"], arrays[f"probability{n}"] = _quantised(np.log(level.probability))
        if n < len(levels):
            arrays[f"weights{n}"], arrays[f"backoff{n}"] = _quantised(np.log(level.backoff))
        begins = np.searchsorted(level.keys >> np.uint64(BITS), parents)
        arrays[f"counts{n - 1}"] = np.diff(np.append(begins, len(level.keys))).astype(np.uint16)
        parents = level.keys
    return arrays


def _quantised(values: Reals) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """A table of values and the index of the nearest one for each value: equal steps over their range."""
    low, high = float(values.min()), float(values.max())
    step = max((high - low) / (BINS - 1), 1e-9)
    table = (low + step * np.arange(BINS)).astype(np.float32)
    return table, np.rint((values - low) / step).astype(np.uint8)
