"""Making the full-text index anew: SQLite's when most of its rows are of no item, either when its words are others."""

from __future__ import annotations

import json
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select, text, update

from pipeline.register import RegisteredAgency
from pipeline.store import tables as t
from pipeline.store.loading.rows import Row
from pipeline.store.query import index
from pipeline.store.query.words import bare_words, exact_words

ORPHANS: Final = "search_orphans"
"""The counter of index rows whose item is gone."""

STALE: Final = "search_stale"
"""The counter that is 1 where the register has learnt what the index does not say yet."""

_FEW: Final = 10_000  # that are not worth the time
_READ: Final = ("provisions", "roles", "deadlines", "occurrences", "targets")


def tidy(connection: Connection, few: int = _FEW) -> bool:
    """Rebuild the index where more than `few` of its rows, and more than there are items, are of no item.

    It is rebuilt, too, where the register has learnt more of an agency that filters ask the index for.

    Returns:
        Whether it was rebuilt.
    """
    counted = {row.name: row.value for row in connection.execute(select(t.counters))}
    orphans = counted.get(ORPHANS, 0)
    items = connection.scalar(select(func.count()).select_from(t.provisions)) if orphans > few else 0
    if not counted.get(STALE) and (orphans <= few or orphans <= (items or 0)):
        return False
    rebuild(connection)
    return True


def rebuild(connection: Connection) -> None:
    """Make the index of items anew from the items, in either database.

    Args:
        connection: in a transaction of the store.
    """
    emptied = "INSERT INTO provision_search (provision_search) VALUES ('delete-all')"
    connection.execute(text(emptied if connection.dialect.name == "sqlite" else "DELETE FROM provision_search"))
    agencies = {row["id"]: _entry(dict(row)) for row in connection.execute(text("SELECT * FROM agencies")).mappings()}
    for plan in connection.execute(text("SELECT * FROM plans ORDER BY id")).mappings().all():
        rows = {name: _rows(connection, name, plan["id"]) for name in _READ}
        words = []
        for row in rows["provisions"]:
            exact = exact_words(row["text"])
            headings = row["headings"]  # a list where the driver knows JSON
            heads = " ".join(json.loads(headings) if isinstance(headings, str) else headings)
            words.append((bare_words(exact), exact, bare_words(exact_words(heads))))
        index.insert(connection, index.indexed(rows, words, agencies, _plain(dict(plan))))
    connection.execute(update(t.counters).where(t.counters.c.name.in_((ORPHANS, STALE))).values(value=0))


def count_more(connection: Connection, name: str, count: int) -> None:
    """Add to a counter of the store.

    Args:
        connection: in a transaction of the store.
        name: of the counter.
        count: what is added.
    """
    own = t.counters.c.name == name
    known = connection.scalar(select(t.counters.c.value).where(own))
    if known is None:
        connection.execute(t.counters.insert().values(name=name, value=count))
    else:
        connection.execute(update(t.counters).where(own).values(value=known + count))


def _rows(connection: Connection, name: str, plan: int) -> list[Row]:
    query = text(f"SELECT * FROM {name} WHERE plan = :plan")
    return [_plain(dict(row)) for row in connection.execute(query, {"plan": plan}).mappings()]


def _plain(row: Row) -> Row:
    """A row as it was written, with its days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _entry(row: Row) -> RegisteredAgency:
    named = {"key", "name", "kind", "level", "sector", "collective", "place", "place_name", "successor"}
    codes = {"province": row["province_code"], "current_province": row["current_province_code"]}
    return RegisteredAgency(**{name: row[name] for name in named}, **codes)
