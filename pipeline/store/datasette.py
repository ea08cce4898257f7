"""Metadata for Datasette: what the tables and columns hold, their units, and facets.

Used as: datasette outputs/plans.db --metadata metadata.json
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column

from pipeline.store.tables import metadata
from pipeline.store.tables.counts import counted
from pipeline.store.views import TITLES, VIEWS, source

FACETS: Final = {
    "plans": ["province", "document_type", "status", "is_current"],
    "provisions": ["kind"],
    "sections": ["kind"],
    "agencies": ["kind", "sector", "level"],
    "roles": ["role", "stated_in"],
    "deadlines": ["kind", "open_ended"],
    "targets": ["unit", "comparison", "direction"],
    "warnings": ["code"],
    "items": ["kind", "province"],
    "assignments": ["role", "agency_kind", "sector", "province"],
    "due": ["deadline_kind", "province"],
    "goals": ["unit", "province"],
}
"""Table or view -> the columns Datasette counts by."""

_LABELS: Final = {"plans": "title", "agencies": "name", "provisions": "text", "evidence": "quote", "sections": "title"}
_UNITS: Final = {"pages": "page = [page]", "ratio": "ratio = []", "code points": "character = [character]"}
_UNIT_NAMES: Final = {"pages": "page", "ratio": "ratio", "code points": "character", "points": "point"}


def datasette_metadata(database: str = "plans") -> dict[str, Any]:
    """Build the content of Datasette's metadata file.

    Args:
        database: the name by which Datasette knows the database: that of its file without the ending.
    """
    tables: dict[str, Any] = {}
    for table in metadata.sorted_tables:
        columns = {column.name: _described(column) for column in table.columns if column.comment}
        units = {
            column.name: _UNIT_NAMES[unit]
            for column in table.columns
            if (unit := column.info.get("unit")) and column.name != "boxes"
        }
        tables[table.name] = {
            "title": f"{table.info['title']} – {table.name}",
            "description": table.comment,
            "columns": columns,
            **({"units": units} if units else {}),
            **({"facets": FACETS[table.name]} if table.name in FACETS else {}),
            **({"label_column": _LABELS[table.name]} if table.name in _LABELS else {}),
            **({"hidden": True} if table.name == "counters" else {}),
        }
    tables["provisions"] |= {"fts_table": "provision_search", "fts_pk": "id"}
    tables |= {name: {"hidden": True} for name in counted.tables}
    for view, query in VIEWS.items():
        english, vietnamese = TITLES[view]
        columns = {name: _described(source(column)) for name, column in query.selected_columns.items()}
        tables[view] = {
            "title": f"{vietnamese} – {view}",
            "description": f"{english}; current versions only",
            "columns": columns,
            "facets": FACETS[view],
        }
    return {
        "title": "kehoach",
        "description": "Administrative plans: what is to be done, by whom, by when, how much. "
        "Search looks for words without accents: thu vien xa.",
        "custom_units": list(_UNITS.values()),
        "databases": {database: {"tables": tables}},
    }


def _described(column: Column[Any]) -> str:
    title = column.info.get("title")
    return f"{title}: {column.comment}" if title else str(column.comment)
