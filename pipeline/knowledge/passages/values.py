"""The words around periods and figures (times.toml, figures.toml): patterns for folded text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.knowledge.loading import Entry, load


@dataclass(frozen=True, slots=True)
class TimeWords(Entry):
    """What says that a period belongs to a name, or a day to an event; each field is described in times.toml."""

    named: tuple[str, ...]
    named_small: tuple[str, ...]
    not_named: str
    not_named_behind: tuple[str, ...]
    dated: tuple[str, ...]
    undated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureWords(Entry):
    """Phrases around figures by what they do there; each list is described in figures.toml."""

    reach: tuple[str, ...]
    meet: tuple[str, ...]
    level: tuple[str, ...]
    up: tuple[str, ...]
    growth: tuple[str, ...]
    down: tuple[str, ...]
    adverb: tuple[str, ...]
    lead: tuple[str, ...]
    cuts: tuple[str, ...]
    brings: tuple[str, ...]
    lead_in: tuple[str, ...]
    head: tuple[str, ...]
    lasts: tuple[str, ...]
    ratio: tuple[str, ...]
    wholes: tuple[str, ...]
    attribute: tuple[str, ...]
    ends: tuple[str, ...]
    holds: tuple[str, ...]
    aside: tuple[str, ...]
    before_verb: tuple[str, ...]
    verb: tuple[str, ...]
    completes: tuple[str, ...]
    acts: tuple[str, ...]
    cashless: tuple[str, ...]
    nouns: tuple[str, ...]
    event: tuple[str, ...]
    past: tuple[str, ...]
    condition: tuple[str, ...]
    cases: tuple[str, ...]
    money: tuple[str, ...]
    many: tuple[str, ...]
    among: tuple[str, ...]
    each: tuple[str, ...]
    repeated: tuple[str, ...]
    compares: tuple[str, ...]
    bound: tuple[str, ...]
    trail: tuple[str, ...]
    dash: tuple[str, ...]
    stays: tuple[str, ...]
    points: tuple[str, ...]
    comma: tuple[str, ...]
    colon: tuple[str, ...]
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    joins: tuple[str, ...]


@cache
def time_words() -> TimeWords:
    """The words that a period belongs to as part of a name."""
    return load(TimeWords, "passages", "times.toml")


@cache
def figure_words() -> FigureWords:
    """The words around figures."""
    return load(FigureWords, "passages", "figures.toml")
