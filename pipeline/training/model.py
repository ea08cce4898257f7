"""Training the restoration model from text and pairs, and writing it as one file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from pipeline.knowledge.agencies import abbreviations
from pipeline.language.letters import WORD
from pipeline.restore.model import FORMAT, MISREAD, SLIGHT, RestorationModel
from pipeline.restore.pieces import pieces
from pipeline.training.alignment import aligned
from pipeline.training.channel import ChannelTable, learn
from pipeline.training.near import near_words
from pipeline.training.ngrams import ORDER, kneser_ney, mix, prune
from pipeline.training.pairs import Pair, read_pairs
from pipeline.training.text import paragraphs, place_lines
from pipeline.training.trie import pack
from pipeline.training.vocabulary import count, encode, learnt, vocabulary

# n-grams kept, by order: what fits into 40 MB with the rest.
BUDGET = (1 << 16, 1_000_000, 3_300_000, 3_500_000)


@dataclass(frozen=True)
class TextSource:
    """Texts that make one language model, and its weight in the mixture."""

    files: tuple[Path, ...]
    weight: float


def train(sources: Sequence[TextSource], pairs: Sequence[Path], out: Path, places: float = 0.0) -> dict[str, Any]:
    """Train a model; the same input gives the same bytes.

    Pairs whose reader's name starts with "vie" teach how Vietnamese comes out of OCR for Vietnamese, all others how it
    comes out of OCR for another language.

    Args:
        sources: texts, each with its weight in the mixture.
        pairs: files of pairs, or one earlier model (.safetensors), whose channels are taken as they are.
        out: the model file.
        places: the weight of the names of places in `pipeline.knowledge`; their words are known in any case, as are
            those of set phrases and abbreviations.

    Returns:
        The model card, which stands in the file too.

    Raises:
        OSError: a file cannot be read or written.
    """
    everywhere: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for source in sources:
        for one, other in zip((everywhere, inside), count(_texts(source)), strict=True):
            one.update(other)
    known = vocabulary(everywhere, inside, _known())
    texts = [encode(_texts(source), known.words) for source in sources]
    weights = [source.weight for source in sources]
    if places:
        texts.append(encode(place_lines(), known.words))
        weights.append(places)
    models = [kneser_ney(ids, len(known.words), 0) for ids in texts]
    mixed = mix(models, [weight / sum(weights) for weight in weights])
    kept = prune(mixed, list(BUDGET))
    arrays = pack(kept, len(known.words))
    arrays["vocabulary"] = np.frombuffer("\n".join(known.words).encode(), dtype=np.uint8)
    arrays["forms"] = known.forms
    card: dict[str, Any] = {
        "format": FORMAT,
        "texts": [
            {
                "files": {file.name: _digest(file) for file in source.files},
                "weight": source.weight,
                "words": int((ids != 0).sum()),
            }
            for source, ids in zip(sources, texts, strict=False)
        ],
        "places": places,
        "vocabulary": len(known.words),
        "order": ORDER,
        "ngrams": [len(level.keys) for level in kept],
        "pairs": {file.name: _digest(file) for file in pairs},
    }
    if pairs[0].suffix == ".safetensors":
        earlier = RestorationModel(pairs[0])
        arrays |= earlier.channel_arrays()
        card["channels"], card["pairs"] = earlier.card["channels"], earlier.card["pairs"]
    else:
        card["channels"] = {name: _learn(name, counts, arrays) for name, counts in _counts(pairs).items()}
    metadata = {"card": json.dumps(card, ensure_ascii=False, sort_keys=True)}
    out.write_bytes(save(arrays, metadata))
    arrays |= near_words(RestorationModel(out))
    out.write_bytes(save(arrays, metadata))
    return card


def _learn(name: str, counts: Counter[tuple[str, str]], arrays: dict[str, NDArray[np.generic]]) -> dict[str, Any]:
    """Learn a channel and add its arrays; what the card says of it."""
    channel = learn(counts)
    arrays |= {f"{name}.{key}": value for key, value in _arrays(channel).items()}
    changed = sum(times for (printed, read), times in counts.items() if printed != read)
    return {
        "syllables": counts.total(),
        "misread": round(changed / counts.total(), 4),
        "segments": len(channel.segments),
    }


def _known() -> Iterator[str]:
    """Words that are in the vocabulary however rare: of places, of set phrases, and abbreviations."""
    own = abbreviations()
    with as_file(files("pipeline.training").joinpath("formulas.txt")) as formulas:
        for text in chain(place_lines(), paragraphs(formulas), own.everywhere, own.in_texts, own.units):
            yield from WORD.findall(text)


def _texts(source: TextSource) -> Iterator[str]:
    return learnt(chain.from_iterable(paragraphs(file) for file in source.files))


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _counts(files: Sequence[Path]) -> dict[str, Counter[tuple[str, str]]]:
    """How often each printed word was read as what, by channel."""
    counts: dict[str, Counter[tuple[str, str]]] = {MISREAD: Counter(), SLIGHT: Counter()}
    for file in files:
        for name, pair in read_pairs(file):
            counts[SLIGHT if name.startswith("vie") else MISREAD].update(word_pairs(pair))
    if not all(counts.values()):
        raise ValueError("pairs of a reader of Vietnamese and of another language are both needed")
    return counts


def word_pairs(pair: Pair) -> Iterable[tuple[str, str]]:
    """The words of a pair of lines that were read one for one, without the punctuation around them."""
    for printed, read in aligned(pair.truth.split(" "), pair.read.split(" ")):
        if " " in printed or " " in read:
            continue
        left, right = _words(printed), _words(read)
        if len(left) == len(right) == 1 and left[0].isalpha():
            yield left[0], right[0]


def _words(token: str) -> list[str]:
    return [token[piece.start : piece.end] for piece in pieces(token) if piece.kind in ("word", "number")]


def _arrays(channel: ChannelTable) -> dict[str, NDArray[np.generic]]:
    return {
        "printed": np.frombuffer(channel.printed.encode(), dtype=np.uint8),
        "read": np.frombuffer(channel.read.encode(), dtype=np.uint8),
        "segments": channel.segments,
        "readings": channel.readings,
        "probability": channel.probability,
        "single": channel.single,
    }
