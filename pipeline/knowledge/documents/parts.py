"""The parts of an administrative document and the kinds of its sections (parts.toml, sections.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.knowledge.loading import Entry, load


@dataclass(frozen=True, slots=True)
class Parts(Entry):
    """What the parts of a document are recognised by: words, or patterns where the file has them so."""

    annex_heads: tuple[str, ...]
    forms: tuple[str, ...]
    national_title: tuple[str, ...]
    motto: tuple[str, ...]
    attached: tuple[str, ...]
    addressed: tuple[str, ...]
    address: tuple[str, ...]
    joint: tuple[str, ...]
    subject: tuple[str, ...]
    label_lines: tuple[str, ...]
    title_behind_issuer: tuple[str, ...]
    authorities: tuple[str, ...]
    basis: tuple[str, ...]
    closing: tuple[str, ...]
    closing_asks: tuple[str, ...]
    closing_behind: tuple[str, ...]
    closes: tuple[str, ...]
    shares_duty: tuple[str, ...]
    reports_duty: tuple[str, ...]
    told: tuple[str, ...]
    recipients: tuple[str, ...]
    recipients_misread: tuple[str, ...]
    recipients_first: tuple[str, ...]
    recipients_last: tuple[str, ...]
    recipients_end: tuple[str, ...]
    grounds_below: tuple[str, ...]
    asked_below: tuple[str, ...]
    asks: tuple[str, ...]
    orders_below: tuple[str, ...]
    told_below: tuple[str, ...]
    told_state: tuple[str, ...]
    cited_titles: tuple[str, ...]
    capacity: tuple[str, ...]
    shared_lines: tuple[str, ...]
    asks_who_helps: tuple[str, ...]
    asks_who_acts: tuple[str, ...]
    shared_labels: tuple[str, ...]
    time_lines: tuple[str, ...]
    shared_titles: tuple[str, ...]
    period_titles: tuple[str, ...]
    result_lines: tuple[str, ...]
    letter_opens: tuple[str, ...]
    passed: tuple[str, ...]
    thanks_lines: tuple[str, ...]
    content_lines: tuple[str, ...]
    aside_lines: tuple[str, ...]
    before_numbers: tuple[str, ...]
    before_part: tuple[str, ...]
    before_date: tuple[str, ...]
    rest_of_date: tuple[str, ...]
    notes: tuple[str, ...]
    academic_titles: tuple[str, ...]
    ranks: tuple[str, ...]
    two_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionTitles(Entry):
    """A kind of section and the patterns of its titles.

    `orders`: who acts may stand in what else describes; `renames`: such a title counts in a section of a known kind.
    """

    name: str
    patterns: tuple[str, ...]
    orders: bool = False
    renames: bool = True


@dataclass(frozen=True, slots=True)
class _Sections(Entry):
    kind: tuple[SectionTitles, ...]


@cache
def parts() -> Parts:
    """What the parts of a document are recognised by."""
    return load(Parts, "documents", "parts.toml")


@cache
def section_titles() -> tuple[SectionTitles, ...]:
    """Kinds of sections by their titles; the first that matches decides."""
    return load(_Sections, "documents", "sections.toml").kind
