"""The restoration model, a file of arrays mapped into memory: a language model and channels of misread words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from hashlib import file_digest
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from pipeline.errors import ModelError
from pipeline.language.accents import remove_accents
from pipeline.language.syllables import inventory
from pipeline.restore.channel import Reader
from pipeline.restore.lattice import Trie
from pipeline.restore.tokens import BOUNDARY, CLASSES, UNKNOWN, words

FORMAT = 2
RANK = 0.5  # power of a word's own probability in the ranking of readings: context may speak for a rare one
MISREAD, SLIGHT = "misread", "slight"  # the channels: read as another language, read as Vietnamese

FEW = 30  # words: fewer say nothing of a text
MET = 16_384  # tokens whose candidates a process keeps: looking them up is most of the time of texts with slips
BOUND, COMMON = 0.3, 3e-6  # of a compound: how often the second follows the first, and how common the first is

Array = NDArray[Any]


class NearWords(NamedTuple):
    """Words that may be misread as others.

    Those of word w are the `sizes[w]` from `begins[w]` on in `words` (ids); `costs` says how much likelier (log) they
    are than that w was read right.
    """

    begins: Array
    sizes: Array
    words: Array
    costs: Array


class Channel:
    """How printed words are misread, by one kind of OCR."""

    def __init__(self, reader: Reader, read: str) -> None:
        self._reader = reader
        self._codes = {letter: code for code, letter in enumerate(read, 1)}
        self._met = lru_cache(maxsize=MET)(self._look_up)

    def candidates(self, token: str, place: int, most: int, ratio: float) -> tuple[Array, Array, Array]:
        """Find words that may have been printed.

        Args:
            token: what was read.
            place: 0 inside a sentence, 1 at its beginning, 2 in a line of capitals.
            most: the most candidates returned.
            ratio: how much less likely than the best a candidate may be.

        Returns:
            Ids of words (uint16), letter cases (uint8) and log probabilities (float32), each of shape (n,), the
            likeliest first; they are kept for whoever asks next, and cannot be written to.
        """
        return self._met(token, place, most, ratio)

    def _look_up(self, token: str, place: int, most: int, ratio: float) -> tuple[Array, Array, Array]:
        codes = np.array([self._codes.get(letter, 0) for letter in token], np.uint8)
        found: tuple[Array, Array, Array] = self._reader.candidates(codes, place, _forms(token, place), most, ratio)
        for array in found:
            array.flags.writeable = False
        return found


def _forms(token: str, place: int) -> tuple[int, ...]:
    """The forms a token may have been printed in, the likeliest first: small letters are not read out of capitals."""
    if place == 2:
        return (2,) if token[1:].isupper() else (2, 1)
    capitals = sum(letter.isupper() for letter in token)
    small = token[0].islower()
    forms = (0, 1) if small and place == 1 else (0,) if small else (1, 0)
    return (*forms, 2) if capitals > 1 or (capitals and len(token) <= 2) else forms


class RestorationModel:
    """The model as it was trained; loaded once a process and shared."""

    def __init__(self, path: Path) -> None:
        """Map the file at `path`.

        Raises:
            OSError: it cannot be read.
            ValueError: it is no model of this format.
        """
        self._path = path
        with safe_open(path, framework="np") as held:
            self.card: dict[str, Any] = json.loads((held.metadata() or {}).get("card", "{}"))
            if self.card.get("format") != FORMAT:
                raise ValueError(f"{path.name} is no restoration model of format {FORMAT}")
            self._arrays: dict[str, Array] = {name: held.get_tensor(name) for name in held.keys()}  # noqa: SIM118
        if not {MISREAD, SLIGHT} <= set(self.card["channels"]):
            raise ValueError(f"{path.name} lacks a channel")
        self.words = tuple(self._text("vocabulary").split("\n"))
        self.ids = {word: at for at, word in enumerate(self.words)}
        self.trie = Trie(_with_children(self._arrays))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the file, in hexadecimal."""
        with self._path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()

    def channel_arrays(self) -> dict[str, Array]:
        """The arrays of both channels, by their names in the file."""
        return {key: value for key, value in self._arrays.items() if key.split(".")[0] in (MISREAD, SLIGHT)}

    def _text(self, name: str) -> str:
        return self._arrays[name].tobytes().decode()

    @cached_property
    def unigrams(self) -> Array:
        """The probability of each word by itself, of shape (words,)."""
        return np.exp(self._arrays["probability1"])

    def unigram_of(self, word: str) -> float:
        """The probability of a word by itself; 0 where it is unknown."""
        at = self.ids.get(word)
        return 0.0 if at is None else float(self.unigrams[at])

    @cached_property
    def cases(self) -> Array:
        """The odds of each letter case of each word in each place, as `places` gives them."""
        return places(self._arrays["forms"])

    @cached_property
    def near(self) -> NearWords:
        """The words that each word, small and inside a sentence, may have been misread from as if Vietnamese."""
        begins, words, costs = (self._arrays[f"near.{part}"] for part in ("begins", "words", "costs"))
        return NearWords(begins.astype(np.int64), np.diff(begins.astype(np.int64)), words, costs.astype(np.float32))

    @cached_property
    def bare(self) -> Array:
        """For each word a number that it shares with those of the same letters without marks (uint32)."""
        numbers: dict[str, int] = {}
        letters = (remove_accents(word) for word in self.words)
        return np.array([numbers.setdefault(one, len(numbers)) for one in letters], np.uint32)

    @cached_property
    def compounds(self) -> tuple[Array, Array]:
        """Words of two syllables whose first one hardly stands elsewhere ("phấn đấu"), by their letters without marks.

        Returns:
            For each the numbers of both syllables in `bare` as one key, sorted and each once, of shape (n,); their ids,
            of shape (n, 2).
        """
        held = self._arrays
        firsts = np.repeat(np.arange(len(self.words)), held["counts1"])
        seconds = held["words2"]
        sure = held["values2"][held["probability2"]] >= np.log(BOUND)
        sure &= (self.unigrams[firsts] >= COMMON) & (firsts >= len(CLASSES)) & (seconds >= len(CLASSES))
        both = np.stack([firsts[sure], seconds[sure]], axis=1)
        both = both[[{self.words[a], self.words[b]} <= inventory() for a, b in both]]
        keys = self.bare[both[:, 0]].astype(np.uint64) << np.uint64(32) | self.bare[both[:, 1]]
        order = np.lexsort((-self.unigrams[both[:, 0]], keys))
        keys, best = np.unique(keys[order], return_index=True)  # the others are slips of it that the texts have
        return keys, both[order[best]]

    @cached_property
    def keys(self) -> dict[str, Array]:
        """The ids of the words that are the same without diacritics, by that form."""
        alike: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words[len(CLASSES) :], len(CLASSES)):
            alike[remove_accents(word)].append(at)
        return {key: np.array(ids, np.uint16) for key, ids in alike.items()}

    def begin_capital(self, words: Array) -> Array:
        """Which words (ids, of shape (n,)) mostly begin with a capital inside a sentence, of shape (n,)."""
        return np.asarray(self._arrays["forms"][words].argmax(axis=1) == 1)

    @cached_property
    def _branches(self) -> tuple[Array, Array, Array, list[str]]:
        return _branches(self.words)

    @cache  # noqa: B019  (a model lives as long as its process)
    def channel(self, name: str) -> Channel:
        """The channel of one kind of OCR: MISREAD or SLIGHT."""
        part = {key: self._arrays[f"{name}.{key}"] for key in ("segments", "readings", "probability", "single")}
        child, sibling, word, letters = self._branches
        codes = {letter: code for code, letter in enumerate(self._text(f"{name}.printed"), 1)}
        coded = np.array([(codes.get(one, 0), codes.get(one.upper(), 0)) for one in letters], np.uint8)
        weights = (self.unigrams**RANK).astype(np.float32)
        above = _greatest(child, sibling, word, weights)
        reader = Reader(child, sibling, word, coded, places(self._arrays["forms"]), weights, above, *part.values())
        return Channel(reader, self._text(f"{name}.read"))


def places(forms: Array) -> Array:
    """The odds of each letter case of each word in each place, of shape (3, words, forms).

    A place is 0 inside a sentence, 1 at its beginning, where most small words are capitalised, 2 in a line of capitals.
    """
    begins = forms.copy()
    begins[:, 1] += 0.75 * forms[:, 0]
    begins[:, 0] *= 0.25
    capitals = np.tile(np.array([0.02, 0.03, 0.95], forms.dtype), (len(forms), 1))
    return np.ascontiguousarray(np.stack([forms, begins, capitals]), dtype=np.float32)


def _with_children(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The arrays with the beginnings of each n-gram's continuations, made of the counts that the file keeps."""
    begins = {
        f"children{n}": np.concatenate(([0], np.cumsum(arrays[f"counts{n}"], dtype=np.uint32))).astype(np.uint32)
        for n in (1, 2, 3)
    }
    return {**arrays, **begins}


def _greatest(child: Array, sibling: Array, word: Array, weights: Array) -> Array:
    """The greatest weight of a word at or below each node; a child's number is always greater than its parent's."""
    out = np.where(word >= 0, weights[word], 0).astype(np.float32)
    for node in range(len(child) - 1, -1, -1):
        below = child[node]
        while below >= 0:
            out[node] = max(out[node], out[below])
            below = sibling[below]
    return out


def _branches(words: tuple[str, ...]) -> tuple[Array, Array, Array, list[str]]:
    """The words as a tree of letters: first child, next sibling, word that ends there, letter; node 0 is the root."""
    child, sibling, word, letters = [-1], [-1], [-1], [""]
    below: list[dict[str, int]] = [{}]
    for at, one in enumerate(words[len(CLASSES) :], len(CLASSES)):
        node = 0
        for letter in one:
            found = below[node].get(letter)
            if found is None:
                found = len(letters)
                letters.append(letter)
                word.append(-1)
                below.append({})
                child.append(-1)
                sibling.append(child[node])
                child[node] = below[node][letter] = found
            node = found
        word[node] = at
    return np.array(child, np.int32), np.array(sibling, np.int32), np.array(word, np.int32), letters


@cache
def load() -> RestorationModel:
    """Load the model that ships with the package.

    Raises:
        ModelError: it is missing or damaged.
    """
    with as_file(files("pipeline.restore").joinpath("model.safetensors")) as path:
        try:
            return RestorationModel(path)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise ModelError(file=path.name, reason=str(error).splitlines()[0]) from error


def log_perplexity(lines: Sequence[str]) -> float | None:
    """The log perplexity of lines, in nats a word, low for right Vietnamese; None for too few words (`FEW`)."""
    model = load()
    unknown = model.ids[UNKNOWN]
    running = [model.ids.get(word, unknown) for line in lines for word in words(line)]
    if len(running) < FEW:
        return None
    return -float(model.trie.score(np.array(running, np.uint16), model.ids[BOUNDARY]).mean())
