"""Sifting right lines: which of their words may be slips, as another word would fit far better where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.restore.model import Array, RestorationModel
from pipeline.restore.tokens import BOUNDARY

REACH = 3  # words on either side that a model of order 4 weighs a word by
LEAST_LIKELY = -4.5  # a word that the language model finds likelier than this is not in question, nor is the one before


RARER = 2.0  # how much rarer (log) words are than the compound they may stand for: "hàng năm" is no slip of hằng năm
LEAST = 5.0  # log odds of a word whose fit were perfect, below which it is not tried


def unlikely(model: RestorationModel, told: Array) -> Array:
    """The places of the words of a text (ids, of shape (n,)) that are unlikely there, and of those before them."""
    odd = model.trie.score(told, model.ids[BOUNDARY]) < LEAST_LIKELY
    odd[:-1] |= odd[1:]
    return np.flatnonzero(odd)


class Texts:
    """Several texts in one array, so that each step of numpy is taken once for all: `REACH` boundaries around each."""

    def __init__(self, model: RestorationModel, texts: Sequence[Array]) -> None:
        """Put the ids of the words of texts, each of shape (n,), behind each other."""
        edge = np.full(REACH, model.ids[BOUNDARY], np.uint16)
        self.words = np.concatenate([edge, *(part for text in texts for part in (text, edge))])
        sizes = np.array([len(text) for text in texts], np.int64)
        self._ends = np.cumsum(sizes + REACH)  # of the words of each, in `words`
        self._begins = self._ends - sizes
        self.within = np.zeros(len(self.words), bool)
        """Which of `words` are of a text."""
        for first, last in zip(self._begins.tolist(), self._ends.tolist(), strict=True):
            self.within[first:last] = True
        self.behind = ~self.within
        """Which of `words` say nothing: the boundaries but the first behind each text."""
        self.behind[self._ends] = False

    def parted(self, at: Array, *of: Array) -> Iterator[tuple[Array, ...]]:
        """For each text the places in it of ascending places in `words`, and what is of each of these."""
        cuts = np.searchsorted(at, self._ends)
        first = 0
        for begin, last in zip(self._begins.tolist(), cuts.tolist(), strict=True):
            yield (at[first:last] - begin, *(one[first:last] for one in of))
            first = last


def gains(model: RestorationModel, texts: Texts, mendable: Array, noise: float) -> tuple[Array, Array]:
    """How much better (log) the words that may be misread as those of right texts would fit where they stand.

    Args:
        model: the language model and its near words.
        texts: the texts.
        mendable: which of their words may be slips, of the shape of `texts.words`.
        noise: how much oftener or seldomer than in the pairs the model was learnt from words were misread here.

    Returns:
        Places in `texts.words`, ascending, and the gain of one near word there, both of shape (m,); a place has as many
        as near words.
    """
    boundary, near, words = model.ids[BOUNDARY], model.near, texts.words
    scored = model.trie.score(words, boundary)
    scored[texts.behind] = 0
    odd = (scored < LEAST_LIKELY) & texts.within
    odd[:-1] |= odd[1:]
    at = np.flatnonzero(odd & mendable)
    fit = np.convolve(scored, np.ones(REACH + 1), "valid")[at]  # of the word and of those that it is context of
    first, size = near.begins[words[at]], near.sizes[words[at]]
    rows = np.repeat(np.arange(len(at)), size)
    entries = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size - first, size)
    against = near.costs[entries] + (np.log(noise) - fit)[rows]
    hopeful = np.flatnonzero(against > LEAST)
    at = at[rows[hopeful]]
    places = at[:, None] + np.arange(-REACH, REACH + 1)
    windows = words[places]
    windows[:, REACH] = near.words[entries[hopeful]]
    others = np.asarray(model.trie.score(windows.ravel(), boundary)).reshape(windows.shape)
    others[texts.behind[places]] = 0
    return at, against[hopeful] + others[:, REACH:].sum(axis=1)


def compounds(model: RestorationModel, told: Array) -> tuple[Array, Array, Array]:
    """Pairs of words that are a common compound of the same letters with other marks ("phần đầu": phấn đấu).

    Args:
        model: its vocabulary and compounds.
        told: the ids of the words of a text, of shape (n,).

    Returns:
        The places of the second words, ascending, and the ids of both words of the compounds; each of shape (m,).
    """
    keys, pairs = model.compounds
    if not len(keys):
        none = np.zeros(0, np.int64)
        return none, none, none
    own = model.bare[told]
    found = own[:-1].astype(np.uint64) << np.uint64(32) | own[1:]
    entries = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
    hit = (keys[entries] == found) & (pairs[entries] != np.stack([told[:-1], told[1:]], axis=1)).any(axis=1)
    at = np.array(
        [at for at in np.flatnonzero(hit).tolist() if _is_rarer(model, told[at : at + 2], *pairs[entries[at]])],
        np.int64,
    )
    return at + 1, pairs[entries[at], 0], pairs[entries[at], 1]


def _is_rarer(model: RestorationModel, own: Array, one: int, other: int) -> bool:
    """Whether two words are so much rarer than a compound that they may stand for it."""
    return _commonness(model, int(one), int(other)) > _commonness(model, *own.tolist()) + RARER


def _commonness(model: RestorationModel, one: int, other: int) -> float:
    """How common (log) two words are together."""
    behind = model.trie.score(np.array([one, other], np.uint16), one)
    return float(np.log(model.unigrams[one]) + behind[1])
