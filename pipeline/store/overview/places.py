"""The provinces of the plans of a store."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from pipeline.store.tables import plans


def provinces_of_plans(connection: Connection) -> list[tuple[str, int]]:
    """The provinces of the current plans as of their dates, by name, with how many plans each has."""
    query = (
        select(plans.c.province, func.count())
        .where(plans.c.is_current, plans.c.province.is_not(None))
        .group_by(plans.c.province)
    )
    return sorted((name, count) for name, count in connection.execute(query))
