"""Rules as data: a small engine that reads typed values from the tokens of a passage.

A rule file is TOML: classes of words, and rules of categories, each a pattern over tokens (`notation`), a maker of its
value, and the examples that are its tests. `rules.Grammar` reads a passage by them: each category is looked up
once at each place, and skips and repetitions within a rule are bounded, so that time grows with the length.
"""

from pipeline.extract.grammar.packrat import TokenizedText
from pipeline.extract.grammar.rules import Finding, Grammar, Refusal, tokenized
from pipeline.extract.grammar.text import PlacedToken

__all__ = ["Finding", "Grammar", "PlacedToken", "Refusal", "TokenizedText", "tokenized"]
