"""How the restoration model is learnt: pairs from typeset pages, a language model from text, a channel from pairs."""

from pipeline.training.model import TextSource, train

__all__ = ["TextSource", "train"]
