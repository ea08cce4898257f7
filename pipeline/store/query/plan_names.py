"""Finding plans by an exact name: a number, that of the decision they are issued with, a slug or a file name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, or_, select

from pipeline.language.normal import nfc
from pipeline.store.tables import plans

_NAMES: Final = (
    plans.c.plan_id,
    plans.c.number,
    plans.c.attached_to,
    plans.c.file_name,
)
_PATTERN_SIGNS: Final = re.compile(r"[^\x20-\x7e]|[%_\\]")


def bearing(connection: Connection, name: str) -> list[int]:
    """Find the plans with a name, as it is written, or else in another case.

    Args:
        connection: of a store.
        name: the name; that of a file with or without its ending.

    Returns:
        Ids of plans.
    """
    wanted = nfc(name.strip())
    # SQLite reads a range from its index, and its LIKE knows no case; another server's order may pass over signs.
    file = plans.c.file_name
    on_sqlite = connection.dialect.name == "sqlite"
    stem = (
        file.between(f"{wanted}.", f"{wanted}.\uffff") if on_sqlite else file.startswith(f"{wanted}.", autoescape=True)
    )
    query = select(plans.c.id).where(or_(*(column == wanted for column in _NAMES), stem)).order_by(plans.c.id)
    return list(connection.scalars(query)) or _in_another_case(connection, wanted)


def _in_another_case(connection: Connection, wanted: str) -> list[int]:
    """The databases know the case of ASCII letters alone: others stand for any sign, and are looked at here."""
    pattern, folded = _PATTERN_SIGNS.sub("_", wanted), wanted.casefold()
    like = "LIKE" if connection.dialect.name == "sqlite" else "ILIKE"
    patterns = [*((column, pattern) for column in _NAMES), (plans.c.file_name, f"{pattern}.%")]
    query = select(plans.c.id, *_NAMES).where(or_(*(column.op(like)(one) for column, one in patterns)))
    return [number for number, *names in connection.execute(query.order_by(plans.c.id)) if _among(folded, names)]


def _among(folded: str, names: Iterable[str | None]) -> bool:
    *others, file_name = ((one or "").casefold() for one in names)
    return folded in others or file_name == folded or file_name.startswith(f"{folded}.")
