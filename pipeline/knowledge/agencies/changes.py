"""What became of agencies (mergers.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.knowledge.loading import Entry, load


@dataclass(frozen=True, slots=True)
class Merger(Entry):
    """Agencies that another took over, named as in their keys."""

    agencies: tuple[str, ...]
    into: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Ended(Entry):
    """A level of a kind that ceased; "*" for all kinds."""

    kind: str
    level: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Subordination(Entry):
    """Kinds that were placed under another and keep their name."""

    kinds: tuple[str, ...]
    into: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Renamed(Entry):
    """A province that changed name and kind without a merger."""

    code: str
    name: str
    kind: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Changes(Entry):
    """mergers.toml."""

    merger: tuple[Merger, ...]
    ended: tuple[Ended, ...]
    under: tuple[Subordination, ...]
    renamed_province: tuple[Renamed, ...]


@cache
def changes() -> Changes:
    """What became of agencies and provinces."""
    return load(Changes, "agencies", "mergers.toml")
