"""Training the restoration model: pairs from typeset pages, a language model from text, a noisy channel from pairs."""

from pipeline.training.model import TextSource, train

__all__ = ["TextSource", "train"]
