"""Taking a plan's rows out of the store."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from pipeline.store import tables as t
from pipeline.store.loading.counting import count_out
from pipeline.store.loading.rows import CHILDREN
from pipeline.store.query import index, plan_index


def take_out(connection: Connection, plan: int) -> int:
    """Remove a plan and all that is said of it; the versions it leaves are to be settled anew.

    Args:
        connection: in a transaction of the store.
        plan: id of its row.

    Returns:
        How many rows of no item this leaves in the full-text index.
    """
    if connection.scalar(select(t.plans.c.is_current).where(t.plans.c.id == plan)):
        count_out(connection, [plan])
    gone = connection.scalars(select(t.provisions.c.id).where(t.provisions.c.plan == plan)).all()
    left = index.remove(connection, gone)
    plan_index.remove(connection, [plan])
    for name in reversed(CHILDREN):
        table = t.metadata.tables[name]
        connection.execute(delete(table).where(table.c.plan == plan))
    connection.execute(delete(t.plans).where(t.plans.c.id == plan))
    return left
