"""The columns of tables by the words of their headers (columns.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.knowledge.loading import Entry, load


@dataclass(frozen=True, slots=True)
class ColumnRule(Entry):
    """What a column says of its rows, and the patterns of its header."""

    name: str
    patterns: tuple[str, ...]
    anywhere: bool = False
    only_targets: bool = False
    measured: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Period(Entry):
    """A way in which a header names a month, quarter or year; each field is described in columns.toml."""

    pattern: str
    words: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Columns(Entry):
    """columns.toml."""

    number_header: str
    number: str
    same: tuple[str, ...]
    empty: str
    mark: str
    figure: str
    figure_headers: tuple[str, ...]
    no_figure_headers: tuple[str, ...]
    results_to_reach: tuple[str, ...]
    given_to: tuple[str, ...]
    given_titles: tuple[str, ...]
    clock: str
    money_titles: tuple[str, ...]
    money_units: tuple[str, ...]
    prices: tuple[str, ...]
    form_titles: tuple[str, ...]
    periods: tuple[Period, ...]
    group_rows: tuple[str, ...]
    captions: tuple[str, ...]
    counted: tuple[str, ...]
    role: tuple[ColumnRule, ...]


@cache
def columns() -> Columns:
    """What the columns of a table say."""
    return load(Columns, "documents", "columns.toml")
