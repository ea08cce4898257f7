"""Finding plans by what they are called: number in any spelling, title, issuer, signer, file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Final

from sqlalchemy import Connection, RowMapping, select, text

from pipeline.store.query.filters import Narrowed
from pipeline.store.query.results import PlanHit
from pipeline.store.query.words import bare_words, exact_words
from pipeline.store.tables import plans, provisions

_BEFORE_A_NUMBER: Final = ("so", "ke", "hoach")  # "Kế hoạch số 55/KH-UBND" names the plan 55/KH-UBND
_LOOKED_AT: Final = 500  # plans that have the words, of which those that meet the filters are shown
_SHOWN: Final = ("plan_id", "number", "attached_to", "title", "issuer", "issued_on", "signer", "file_name", "status")


def named_plans(connection: Connection, words: str, narrowed: Narrowed, limit: int) -> tuple[PlanHit, ...]:
    """Find plans by their names.

    Args:
        connection: of a store.
        words: what is looked for; accents and signs do not count.
        narrowed: the conditions of the filters, on plans and items.
        limit: the most plans that are returned.

    Returns:
        Those whose number it is first, then those that have it as a phrase in one of their names, the newest first.
    """
    asked = bare_words(exact_words(words)).split()
    while len(asked) > 1 and asked[0] in _BEFORE_A_NUMBER and any(one[0].isdigit() for one in asked):
        asked = asked[1:]
    if not asked or narrowed.nothing:
        return ()
    found = _rows(connection, asked, narrowed, limit)
    hits = [(_ranked(row, asked), row) for row in found]
    hits.sort(key=lambda hit: (hit[0][0], -(hit[1]["issued_on"] or date.min).toordinal(), -hit[1]["id"]))
    return tuple(
        PlanHit(plan=row["id"], is_current=row["is_current"], by=by, **{name: row[name] for name in _SHOWN})
        for (_, by), row in hits
    )


def _rows(connection: Connection, asked: Sequence[str], narrowed: Narrowed, limit: int) -> Sequence[RowMapping]:
    """Plans that have all words and meet the filters: one without items meets those on plans alone."""
    words = dict.fromkeys(asked)
    if connection.dialect.name == "postgresql":
        statement = "SELECT id FROM plan_search WHERE words @@ CAST(:words AS tsquery) ORDER BY id DESC LIMIT :most"
        match = " & ".join(f"'{word}'" for word in words)
    else:
        statement = "SELECT rowid FROM plan_search WHERE plan_search MATCH :words ORDER BY rowid DESC LIMIT :most"
        match = " AND ".join(f'"{word}"' for word in words)
    named = list(connection.scalars(text(statement), {"words": match, "most": _LOOKED_AT}).all())
    met = select(plans.c.id).outerjoin(provisions, provisions.c.plan == plans.c.id)
    met = met.where(plans.c.id.in_(named), *narrowed.conditions).distinct().order_by(plans.c.id.desc()).limit(limit)
    ids = list(connection.scalars(met).all())
    return connection.execute(select(plans).where(plans.c.id.in_(ids))).mappings().all()


def _ranked(row: RowMapping, asked: Sequence[str]) -> tuple[int, str]:
    """How well a plan is named by the words, 0 best, and which of its names has them."""
    phrase = " ".join(asked)
    names = {
        "number": (row["number"], row["attached_to"]),
        "title": (row["title"],),
        "signer": (row["signer"],),
        "issuer": (row["issuer"],),
        "file": (PurePath(row["file_name"]).stem,),
    }
    for by, values in names.items():
        for value in filter(None, values):
            words = bare_words(exact_words(value))
            if words == phrase:
                return 0, by
            if f" {phrase} " in f" {words} ":
                return (1 if by in ("number", "title") else 2), by
    return 3, "names"
