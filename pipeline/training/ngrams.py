"""An interpolated Kneser-Ney n-gram model over syllables, mixed from several texts and pruned to a size.

Counts and smoothing follow Chen and Goodman (1999): modified Kneser-Ney with three discounts an order. Two models are
mixed linearly and written as one back-off model, as SRILM does it; n-grams whose loss matters least (Seymore and
Rosenfeld 1996) are dropped until the model fits.

Everything is sorted arrays of 64-bit keys: the ids of an n-gram's words, 16 bits each, the first word highest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ORDER = 4
BITS = 16

Ids = NDArray[np.uint16]
Keys = NDArray[np.uint64]
Reals = NDArray[np.float64]


@dataclass
class NgramOrder:
    """The n-grams of one order: sorted keys, the interpolated probability and the weight left for what is below."""

    keys: Keys
    probability: Reals
    backoff: Reals  # as a context: the weight of the shorter context's probability; 1 where it never is one


def keys_of(ids: Ids, order: int, boundary: int) -> Keys:
    """The keys of all n-grams of a text, unsorted; the boundary word may stand first and last, but not inside.

    Args:
        ids: the text as ids of words, with boundaries between paragraphs.
        order: the number of words of an n-gram.
        boundary: the id of the boundary word.
    """
    length = len(ids) - order + 1
    keys = np.zeros(length, np.uint64)
    inside = np.ones(length, bool)
    for at in range(order):
        part = ids[at : at + length]
        keys = (keys << np.uint64(BITS)) | part.astype(np.uint64)
        if 0 < at < order - 1:
            inside &= part != boundary
    return keys[inside]


def kneser_ney(ids: Ids, vocabulary: int, boundary: int, order: int = ORDER) -> list[NgramOrder]:
    """Estimate the interpolated model of one text.

    Args:
        ids: the text as ids of words.
        vocabulary: the number of words.
        boundary: the id of the boundary word.
        order: the longest n-grams.

    Returns:
        The levels from the unigrams up.
    """
    raw = [np.unique(keys_of(ids, n, boundary), return_counts=True) for n in range(1, order + 1)]
    levels: list[NgramOrder] = []
    for n in range(1, order + 1):
        keys, seen = raw[n - 1]
        counts = seen.astype(np.float64)
        if n < order:  # how many words stood before it; what begins a paragraph keeps its count
            higher = raw[n][0] & np.uint64((1 << BITS * n) - 1)
            lower, continuations = np.unique(higher, return_counts=True)
            at = np.searchsorted(keys, lower)
            first = (keys >> np.uint64(BITS * (n - 1))) == boundary
            widened = np.zeros(len(keys))
            widened[at] = continuations
            counts = np.where(first & (widened == 0), counts, widened)
            counts[counts == 0] = 1
        levels.append(_level(keys, counts, levels, vocabulary, n))
    return levels


def _level(keys: Keys, counts: Reals, below: list[NgramOrder], vocabulary: int, n: int) -> NgramOrder:
    discounts = _discounts(counts)
    rank = np.minimum(counts, 3).astype(np.int64)
    context = keys >> np.uint64(BITS)
    starts = np.flatnonzero(np.concatenate(([True], context[1:] != context[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    totals = np.add.reduceat(counts, starts)
    left = np.add.reduceat(discounts[rank], starts) / totals
    own = (counts - discounts[rank]) / np.repeat(totals, sizes)
    if n == 1:
        share = np.full(len(keys), 1.0 / vocabulary)
        return NgramOrder(keys, own + left[0] * share, np.ones(len(keys)))
    lower = probability_of(below, keys & np.uint64((1 << BITS * (n - 1)) - 1), n - 1)
    parent = below[-1]
    at = np.searchsorted(parent.keys, context[starts])
    parent.backoff[at] = left
    return NgramOrder(keys, own + np.repeat(left, sizes) * lower, np.ones(len(keys)))


def _discounts(counts: Reals) -> Reals:
    n1, n2, n3, n4 = (max(int((counts == k).sum()), 1) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    return np.array([0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]).clip(0.05, None)


def probability_of(levels: list[NgramOrder], keys: Keys, n: int) -> Reals:
    """The probability of n-grams, backing off where one is not listed.

    Args:
        levels: a model, unigrams first.
        keys: of the n-grams, of shape (m,).
        n: their order.
    """
    level = levels[n - 1]
    at = np.minimum(np.searchsorted(level.keys, keys), len(level.keys) - 1)
    found = level.keys[at] == keys
    result = np.where(found, level.probability[at], 0.0)
    if n == 1:
        result[~found] = 1e-9
        return result
    missing = keys[~found]
    if len(missing):
        weight = backoff_of(levels, missing >> np.uint64(BITS), n - 1)
        result[~found] = weight * probability_of(levels, missing & np.uint64((1 << BITS * (n - 1)) - 1), n - 1)
    return result


def backoff_of(levels: list[NgramOrder], contexts: Keys, n: int) -> Reals:
    """The back-off weight of contexts; 1 where one is not listed.

    Args:
        levels: a model, unigrams first.
        contexts: keys, of shape (m,).
        n: their order.
    """
    level = levels[n - 1]
    at = np.minimum(np.searchsorted(level.keys, contexts), len(level.keys) - 1)
    return np.where(level.keys[at] == contexts, level.backoff[at], 1.0)


def mix(models: list[list[NgramOrder]], weights: list[float]) -> list[NgramOrder]:
    """Mix models linearly into one back-off model.

    It has the union of the n-grams, their mixed probabilities and new back-off weights.

    Args:
        models: each as levels from the unigrams up.
        weights: of the models, which sum to one.
    """
    mixed: list[NgramOrder] = []
    for n in range(1, len(models[0]) + 1):
        keys = np.unique(np.concatenate([model[n - 1].keys for model in models]))
        probability = sum(
            weight * probability_of(model, keys, n) for model, weight in zip(models, weights, strict=True)
        )
        mixed.append(NgramOrder(keys, np.asarray(probability), np.ones(len(keys))))
    weigh(mixed)
    return mixed


def weigh(levels: list[NgramOrder]) -> None:
    """Set the back-off weights so that the probabilities of each context sum to one."""
    for n in range(2, len(levels) + 1):
        level, parent = levels[n - 1], levels[n - 2]
        parent.backoff[:] = 1.0
        context = level.keys >> np.uint64(BITS)
        starts = np.flatnonzero(np.concatenate(([True], context[1:] != context[:-1])))
        lower = probability_of(levels, level.keys & np.uint64((1 << BITS * (n - 1)) - 1), n - 1)
        listed = np.add.reduceat(level.probability, starts)
        covered = np.add.reduceat(lower, starts)
        at = np.searchsorted(parent.keys, context[starts])
        parent.backoff[at] = np.maximum(1 - listed, 1e-6) / np.maximum(1 - covered, 1e-6)


def prune(levels: list[NgramOrder], budget: list[int]) -> list[NgramOrder]:
    """Drop the n-grams whose loss costs least (Seymore and Rosenfeld 1996).

    Args:
        levels: a back-off model.
        budget: how many n-grams of each order are kept at most; contexts of those kept are kept.
    """
    kept = [NgramOrder(level.keys, level.probability, level.backoff.copy()) for level in levels]
    needed: Keys | None = None
    joint = _joint(levels)
    for n in range(len(levels), 1, -1):
        level = kept[n - 1]
        lower = probability_of(levels, level.keys & np.uint64((1 << BITS * (n - 1)) - 1), n - 1)
        fallback = lower * backoff_of(levels, level.keys >> np.uint64(BITS), n - 1)
        loss = joint[n - 1] * np.abs(np.log(level.probability / np.maximum(fallback, 1e-300)))
        if needed is not None:
            loss[np.searchsorted(level.keys, needed)] = np.inf
        keep = np.ones(len(loss), bool)
        if len(loss) > budget[n - 1]:
            threshold = np.partition(loss, len(loss) - budget[n - 1])[len(loss) - budget[n - 1]]
            keep = loss >= threshold
        kept[n - 1] = NgramOrder(level.keys[keep], level.probability[keep], np.ones(int(keep.sum())))
        needed = np.unique(kept[n - 1].keys >> np.uint64(BITS))
    weigh(kept)
    return kept


def _joint(levels: list[NgramOrder]) -> list[Reals]:
    """The probability of each n-gram as a whole."""
    joint = [levels[0].probability]
    for n in range(2, len(levels) + 1):
        parent, level = levels[n - 2], levels[n - 1]
        at = np.searchsorted(parent.keys, level.keys >> np.uint64(BITS))
        joint.append(joint[-1][at] * level.probability)
    return joint
