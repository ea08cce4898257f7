"""Abbreviations of agencies, places and posts (abbreviations.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.knowledge.loading import Entry, load


@dataclass(frozen=True, slots=True)
class Abbreviations(Entry):
    """Abbreviations and what they stand for, by where they are known."""

    everywhere: Mapping[str, str]
    in_texts: Mapping[str, str]
    followed: Mapping[str, Mapping[str, str]]
    behind: Mapping[str, Mapping[str, str]]
    listed: Mapping[str, str]
    in_names: Mapping[str, str]
    units: Mapping[str, str]
    issuers: Mapping[str, str]
    full: Mapping[str, str]


@cache
def abbreviations() -> Abbreviations:
    """abbreviations.toml."""
    return load(Abbreviations, "agencies", "abbreviations.toml")
