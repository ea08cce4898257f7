"""What stands on a page and does not belong to the document (furniture.toml); where numerals stand (numerals.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.knowledge.loading import Entry, load


@dataclass(frozen=True, slots=True)
class Signature(Entry):
    """Patterns of lines of a digital signature's appearance."""

    anchors: tuple[str, ...]
    companions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficeStamp(Entry):
    """Patterns of lines of stamps that say that a copy arrived, or that it is one."""

    anchors: tuple[str, ...]
    companions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publisher(Entry):
    """Patterns of what publishers of legal documents print."""

    imprints: tuple[str, ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms(Entry):
    """Patterns of the forms something is printed in."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageFurniture(Entry):
    """furniture.toml."""

    signature: Signature
    stamp: OfficeStamp
    page_number: Forms
    page_mark: Forms
    publisher: Publisher
    trace: Forms
    running_head: Forms


@cache
def page_furniture() -> PageFurniture:
    """What stands on a page and does not belong to the document."""
    return load(PageFurniture, "documents", "furniture.toml")


@dataclass(frozen=True, slots=True)
class NumeralWords(Entry):
    """numerals.toml."""

    quarter: tuple[str, ...]
    numbered: tuple[str, ...]
    on: tuple[str, ...]


@cache
def numeral_words() -> NumeralWords:
    """Words that Roman numerals stand behind, and between two of them."""
    return load(NumeralWords, "documents", "numerals.toml")
