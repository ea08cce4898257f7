"""The tables of the store. Each column is described once, here: Datasette's metadata and every export repeat it."""

from pipeline.store.tables.columns import metadata
from pipeline.store.tables.documents import (
    agencies,
    citations,
    evidence,
    metadata_evidence,
    pages,
    plans,
    recipients,
    signatures,
)
from pipeline.store.tables.items import (
    counters,
    deadlines,
    doubts,
    occurrences,
    persons,
    provisions,
    restorations,
    roles,
    sections,
    source_tables,
    targets,
    warnings,
)

__all__ = [
    "agencies",
    "citations",
    "counters",
    "deadlines",
    "doubts",
    "evidence",
    "metadata",
    "metadata_evidence",
    "occurrences",
    "pages",
    "persons",
    "plans",
    "provisions",
    "recipients",
    "restorations",
    "roles",
    "sections",
    "signatures",
    "source_tables",
    "targets",
    "warnings",
]
