"""The columns of tables by the words of their headers (columns.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.knowledge.loading import Entry, load
from pipeline.language.accents import remove_accents
from pipeline.language.folding import fold
from pipeline.language.normal import nfc

LONGEST_HEADER = 200  # characters: a header says in these what it is of
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")


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
    part_marks: Mapping[str, str]
    figure: str
    sum: str
    figure_headers: tuple[str, ...]
    no_figure_headers: tuple[str, ...]
    results_to_reach: tuple[str, ...]
    given_to: tuple[str, ...]
    given_titles: tuple[str, ...]
    clock: str
    hours: str
    part_of_day: str
    held: str
    handed_in: str
    times: tuple[str, ...]
    products: tuple[str, ...]
    header_words: tuple[str, ...]
    problem_headers: str
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


def plain_header(text: str) -> str:
    """The header of a column in the form its rules are searched in: folded, without a bracket behind and signs."""
    return _BRACKETED.sub("", fold(text[:LONGEST_HEADER])).strip(" .:*")


@cache
def column_rules() -> tuple[tuple[ColumnRule, re.Pattern[str]], ...]:
    """The rules of columns in their order, each with its patterns as one."""
    return tuple((one, re.compile("|".join(f"(?:{each})" for each in one.patterns))) for one in columns().role)


@cache
def bare_column_rules() -> tuple[tuple[ColumnRule, re.Pattern[str]], ...]:
    """The same with patterns that have no accents."""
    return tuple((one, re.compile(remove_accents(rule.pattern))) for one, rule in column_rules())


def column_role(header: str) -> str | None:
    """The role of a column in a table that measures nothing, by its header; None where none of its words is known.

    A text without any accents, as it was typed or spoilt, is asked for the words without theirs.
    """
    plain = plain_header(nfc(header))
    rules = bare_column_rules() if plain.isascii() and " " in plain else column_rules()  # "Nam" is no "năm"
    return next((one.name for one, rule in rules if not one.only_targets and rule.search(plain)), None)
