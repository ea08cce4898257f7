"""Types of documents, how they are cited, and how their elements are numbered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.knowledge.loading import Entry, load
from pipeline.language.folding import fold


@dataclass(frozen=True, slots=True)
class DocumentType(Entry):
    """A type of document, and what it is known for."""

    titled: bool = False  # stands alone above the title
    cited: bool = False  # is cited by its number
    named: Literal["always", "capital"] | None = None  # when a period behind it belongs to its name
    annexed: bool = False  # plans refer to its annexes
    regulates: bool = False  # lays down rules for good
    formula: bool = False  # alone in a line it says that what follows is decided
    sends: bool = False  # it only sends the document behind it
    symbols: tuple[str, ...] = ()  # what the symbol of its number begins with


@dataclass(frozen=True, slots=True)
class CitationWords(Entry):
    """Where the title of a cited document ends; each field is described in citations.toml."""

    ordering: tuple[str, ...]
    title_openings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberingStyle(Entry):
    """A way of numbering; `count` says how its value counts: "none" for a bullet, "step" for a counted one."""

    name: str
    pattern: str
    count: Literal["any", "arabic", "letter", "none", "roman", "step"]
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class _Numbering(Entry):
    style: tuple[NumberingStyle, ...]


@cache
def document_types() -> Mapping[str, DocumentType]:
    """Types of documents by name."""
    return load(dict[str, DocumentType], "documents", "types.toml")


@cache
def transmittals() -> frozenset[str]:
    """Types of documents that only send another, folded."""
    return frozenset(fold(name) for name, one in document_types().items() if one.sends)


@cache
def citation_words() -> CitationWords:
    """Where the title of a cited document ends."""
    return load(CitationWords, "documents", "citations.toml")


@cache
def numbering_styles() -> tuple[NumberingStyle, ...]:
    """Ways of numbering in the order of their rank."""
    return load(_Numbering, "documents", "numbering.toml").style
