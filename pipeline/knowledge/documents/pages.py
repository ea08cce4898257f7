"""What stands on a page and does not belong to the document (furniture.toml)."""

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
    page_number: Forms
    page_mark: Forms
    publisher: Publisher
    trace: Forms
    running_head: Forms


@cache
def page_furniture() -> PageFurniture:
    """What stands on a page and does not belong to the document."""
    return load(PageFurniture, "documents", "furniture.toml")
