"""The words of orders: who has which part in them, where names end, which items are tasks, how cells are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.knowledge.loading import Entry, load

Use = Literal[
    "inside_name",
    "resumes",
    "acts",
    "opens",
    "dates_order",
    "goes_on",
    "gives_role",
]
"""What a word does with what stands before or behind it; described in words.toml."""


@dataclass(frozen=True, slots=True)
class TaskWords(Entry):
    """What tells tasks from other items; each field is described in tasks.toml."""

    formula: tuple[str, ...]
    article_formula: tuple[str, ...]
    no_order: tuple[str, ...]
    past: tuple[str, ...]
    told_of: tuple[str, ...]
    of_others: tuple[str, ...]
    allotted: tuple[str, ...]
    of_money: tuple[str, ...]
    meaning: tuple[str, ...]
    described: tuple[str, ...]
    described_as: tuple[str, ...]
    approved_below: tuple[str, ...]
    told_to: tuple[str, ...]
    named_below: tuple[str, ...]
    fact: tuple[str, ...]
    fact_beside: tuple[str, ...]
    done_beside: tuple[str, ...]
    how: tuple[str, ...]
    opinions_below: tuple[str, ...]
    funding_order: tuple[str, ...]
    must: tuple[str, ...]
    reasons_below: tuple[str, ...]
    aims_below: tuple[str, ...]
    member: tuple[str, ...]
    seat: tuple[str, ...]
    sits: tuple[str, ...]
    before_actor: tuple[str, ...]
    ground: tuple[str, ...]
    of_whom: tuple[str, ...]
    itself: tuple[str, ...]
    asks: tuple[str, ...]
    remedy: tuple[str, ...]
    of_period: tuple[str, ...]
    names_things: tuple[str, ...]
    passes_on: tuple[str, ...]
    labelled: tuple[str, ...]
    goes_with: tuple[str, ...]
    obliges: tuple[str, ...]
    each_time: tuple[str, ...]
    no_deed: tuple[str, ...]
    amendment: tuple[str, ...]
    stage: tuple[str, ...]
    ordinal: tuple[str, ...]
    agenda: tuple[str, ...]
    run_in: tuple[str, ...]
    behind_actor: tuple[str, ...]
    who_alone: tuple[str, ...]
    by_when: tuple[str, ...]
    helps_alone: tuple[str, ...]
    closing_formula: tuple[str, ...]
    report: tuple[str, ...]
    will: tuple[str, ...]
    hands_over: tuple[str, ...]
    hands_itself: tuple[str, ...]
    calls: tuple[str, ...]
    aim: tuple[str, ...]
    reason: tuple[str, ...]
    parts: tuple[str, ...]
    counted: tuple[str, ...]
    done_when: tuple[str, ...]
    gathers: tuple[str, ...]
    topic: tuple[str, ...]
    article_order: tuple[str, ...]
    courtesy: tuple[str, ...]
    money: tuple[str, ...]
    money_alone: tuple[str, ...]
    negated: str
    before_person: Mapping[str, str]
    behind_person: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CellWords(Entry):
    """How cells of tables of tasks are written; each field is described in cells.toml."""

    joiners: tuple[str, ...]
    owners: str
    levels: str
    cites: str
    refers: str
    nobody: str
    both: str
    leads_end: str
    roles: Mapping[str, str]
    roles_behind: Mapping[str, str]
    roles_alone: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ContrastWords(Entry):
    """Words that make two things of the same kind different ones; each field is described in contrasts.toml."""

    hidden: tuple[str, ...]
    groups: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class DoubtWords(Entry):
    """Words of a role or a time that leave a doubt where nothing is read by them; described in doubts.toml."""

    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    reports_to: tuple[str, ...]
    ordered: tuple[str, ...]
    time: tuple[str, ...]


@cache
def doubt_words() -> DoubtWords:
    """Words of a role or a time that leave a doubt where nothing is read by them."""
    return load(DoubtWords, "passages", "doubts.toml")


@cache
def contrast_words() -> ContrastWords:
    """Words that make two things of the same kind different ones."""
    return load(ContrastWords, "passages", "contrasts.toml")


@cache
def word_uses() -> Mapping[str, tuple[Use, ...]]:
    """Words of orders and of grammar, and what each does."""
    return load(dict[str, tuple[Use, ...]], "passages", "words.toml")


@cache
def words_that(use: Use) -> tuple[str, ...]:
    """The words that do one thing, longest first."""
    return tuple(sorted((word for word, uses in word_uses().items() if use in uses), key=len, reverse=True))


@cache
def task_words() -> TaskWords:
    """What tells tasks from other items."""
    return load(TaskWords, "passages", "tasks.toml")


@cache
def cell_words() -> CellWords:
    """How cells of tables of tasks are written."""
    return load(CellWords, "passages", "cells.toml")
