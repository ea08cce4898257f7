"""The index of plans by their names: number, title, issuer, signer and file, as words without accents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final

from sqlalchemy import Connection, text

from pipeline.store.loading import bulk
from pipeline.store.query.words import bare_words, exact_words

NAMES: Final = ("number", "attached_to", "title", "issuer", "signer")
"""Columns of a plan whose words find it, beside the stem of its file's name."""


def plan_words(plan: Mapping[str, Any]) -> str:
    """The words a plan is found by.

    Args:
        plan: a row of `plans`, with `NAMES` and `file_name`.
    """
    stem = PurePath(plan["file_name"] or "").stem
    return bare_words(exact_words(" ".join(filter(None, (*(plan[name] for name in NAMES), stem)))))


def insert(connection: Connection, plans: Iterable[Mapping[str, Any]]) -> None:
    """Index plans.

    Args:
        connection: in a transaction of the store.
        plans: their rows.
    """
    words = ((plan["id"], plan_words(plan)) for plan in plans)
    if connection.dialect.name == "postgresql":
        bulk.insert(connection, "plan_search", ("id", "words"), ((number, _vector(one)) for number, one in words))
    else:
        bulk.insert(connection, "plan_search", ("rowid", "words"), words)


def _vector(words: str) -> str:
    return " ".join(f"'{word}':{at}" for at, word in enumerate(words.split(), 1))


def remove(connection: Connection, plans: Sequence[int]) -> None:
    """Take plans out of the index."""
    name = "id" if connection.dialect.name == "postgresql" else "rowid"
    connection.execute(text(f"DELETE FROM plan_search WHERE {name} = :id"), [{"id": one} for one in plans])
