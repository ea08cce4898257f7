"""Sifting right lines: which of their words may be slips, as another word would fit far better where they stand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.restore.model import Array, RestorationModel
from pipeline.restore.tokens import BOUNDARY

REACH = 3  # words on either side that a model of order 4 weighs a word by
LEAST_LIKELY = -4.5  # a word that the language model finds likelier than this is not in question, nor is the one before


RARER = 2.0  # how much rarer (log) words are than the compound they may stand for: "hàng năm" is no slip of hằng năm
LEAST = 5.0  # log odds of a word whose fit were perfect, below which it is not tried


def unlikely(model: RestorationModel, told: Array) -> Array:
    """The places of the words of a text (ids, of shape (n,)) that are unlikely there, and of those before them."""
    return _unlikely(model.trie.score(told, model.ids[BOUNDARY]))


def _unlikely(scored: Array) -> Array:
    odd = scored < LEAST_LIKELY
    odd[:-1] |= odd[1:]
    return np.flatnonzero(odd)


def gains(model: RestorationModel, told: Array, mendable: Array, noise: float) -> tuple[Array, Array]:
    """How much better (log) the words that may be misread as those of a right text would fit where they stand.

    Args:
        model: the language model and its near words.
        told: the ids of the words of a text, of shape (n,).
        mendable: which of them may be slips, of shape (n,).
        noise: how much oftener or seldomer than in the pairs the model was learnt from words were misread here.

    Returns:
        Places in the text, and the gain of one near word there, both of shape (m,); a place has as many as near words.
    """
    boundary, near = model.ids[BOUNDARY], model.near
    edge = np.full(REACH, boundary, np.uint16)
    text = np.concatenate([edge, told, edge])
    scored = model.trie.score(text[REACH:], boundary)
    scored[len(told) + 1 :] = 0  # behind the end
    at = _unlikely(scored[: len(told)])
    at = at[mendable[at]]
    fit = np.convolve(scored, np.ones(REACH + 1), "valid")[at]  # of the word and of those that it is context of
    first, size = near.begins[told[at]], near.sizes[told[at]]
    rows = np.repeat(np.arange(len(at)), size)
    entries = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size - first, size)
    against = near.costs[entries] + (np.log(noise) - fit)[rows]
    hopeful = np.flatnonzero(against > LEAST)
    at = at[rows[hopeful]]
    places = at[:, None] + np.arange(2 * REACH + 1)
    windows = text[places]
    windows[:, REACH] = near.words[entries[hopeful]]
    others = np.asarray(model.trie.score(windows.ravel(), boundary)).reshape(windows.shape)
    others[places > REACH + len(told)] = 0
    return at, against[hopeful] + others[:, REACH:].sum(axis=1)


def compounds(model: RestorationModel, told: Array) -> Iterator[tuple[int, int, int]]:
    """Pairs of words that are a common compound of the same letters with other marks ("phần đầu": phấn đấu).

    Args:
        model: its vocabulary and compounds.
        told: the ids of the words of a text, of shape (n,).

    Yields:
        The place of the second word; the ids of both words of the compound.
    """
    keys, pairs = model.compounds
    if not len(keys):
        return
    own = model.bare[told]
    found = own[:-1].astype(np.uint64) << np.uint64(32) | own[1:]
    entries = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
    hit = (keys[entries] == found) & (pairs[entries] != np.stack([told[:-1], told[1:]], axis=1)).any(axis=1)
    for at in np.flatnonzero(hit).tolist():
        one, other = pairs[entries[at]].tolist()
        if _commonness(model, one, other) > _commonness(model, *told[at : at + 2].tolist()) + RARER:
            yield at + 1, one, other


def _commonness(model: RestorationModel, one: int, other: int) -> float:
    """How common (log) two words are together."""
    behind = model.trie.score(np.array([one, other], np.uint16), one)
    return float(np.log(model.unigrams[one]) + behind[1])
