"""Which plans bear a name: a number, that of the decision they are issued with, a slug or a file name."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import ColumnElement, Connection, or_, select

from pipeline.store.tables import plans
from pipeline.store.words import composed

_NAMES: Final = (plans.c.plan_id, plans.c.number, plans.c.attached_to, plans.c.file_name)
_PATTERN_SIGNS: Final = re.compile(r"[^\x20-\x7e]|[%_\\]")


def bears(connection: Connection, name: str) -> ColumnElement[bool]:
    """The condition that a plan bears `name`, as it is written; where none does, in another case.

    A file name may be given with or without its ending.
    """
    wanted = composed(name.strip())
    exact = or_(*(column == wanted for column in _NAMES), plans.c.file_name.startswith(f"{wanted}.", autoescape=True))
    if connection.scalar(select(plans.c.id).where(exact).limit(1)) is not None:
        return exact
    spelt = _spellings(connection, wanted)
    return or_(*(column.in_(spelt) for column in _NAMES))


def _spellings(connection: Connection, wanted: str) -> list[str]:
    """The names in the store that are `wanted` but for their case, file names without their ending too.

    SQLite knows the case of ASCII letters alone: the others stand for any sign in the pattern, and are looked at here.
    """
    pattern, folded = _PATTERN_SIGNS.sub("_", wanted), wanted.casefold()
    found = set[str]()
    for column in _NAMES:
        found.update(connection.scalars(select(column).where(column.ilike(pattern)).distinct()))
    files = select(plans.c.file_name).where(plans.c.file_name.ilike(f"{pattern}.%")).distinct()
    same = {one for one in found if one.casefold() == folded}
    return sorted(same | {one for one in connection.scalars(files) if one.casefold().startswith(f"{folded}.")})
