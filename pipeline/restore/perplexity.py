"""The perplexity of a text under the language model: low for correct Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.restore.model import load
from pipeline.restore.tokens import BOUNDARY, UNKNOWN, words

FEW = 30  # words: fewer say nothing


def log_perplexity(lines: Sequence[str]) -> float | None:
    """The log perplexity of lines, in nats a word; None where there are too few words (`FEW`)."""
    model = load()
    unknown = model.ids[UNKNOWN]
    running = [model.ids.get(word, unknown) for line in lines for word in words(line)]
    if len(running) < FEW:
        return None
    return -float(model.trie.score(np.array(running, np.uint16), model.ids[BOUNDARY]).mean())
