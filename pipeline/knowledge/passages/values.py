"""The words around periods and figures (times.toml, figures.toml): patterns for folded text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.knowledge.loading import Entry, load


@dataclass(frozen=True, slots=True)
class TimeWords(Entry):
    """What says that a period belongs to a name; each field is described in times.toml."""

    named: tuple[str, ...]
    not_named: str


@dataclass(frozen=True, slots=True)
class FigureWords(Entry):
    """What the words around a figure say of it; each field is described in figures.toml."""

    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    about: tuple[str, ...]
    at_least_after: tuple[str, ...]
    at_most_after: tuple[str, ...]
    increase: tuple[str, ...]
    decrease: tuple[str, ...]
    per_after: str
    per_before: tuple[str, ...]
    rates: tuple[str, ...]
    small_goals: tuple[str, ...]
    measured: tuple[str, ...]
    goals: tuple[str, ...]
    not_counted: tuple[str, ...]
    not_goals: tuple[str, ...]
    numbering: tuple[str, ...]
    subject_leads: tuple[str, ...]


@cache
def time_words() -> TimeWords:
    """The words that a period belongs to as part of a name."""
    return load(TimeWords, "passages", "times.toml")


@cache
def figure_words() -> FigureWords:
    """The words around figures."""
    return load(FigureWords, "passages", "figures.toml")
