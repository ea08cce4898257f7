"""The provinces of the plans of a store, and what each has in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, case, func, select

from pipeline.store.query.filters import Filters, narrow
from pipeline.store.tables import deadlines, doubts, plans, provisions, targets


@dataclass(frozen=True)
class PlanLine:
    """A plan in a list."""

    plan: int
    """Its id in the store."""
    plan_id: str
    plan_number: str | None
    attached_to: str | None
    title: str | None
    issuer: str | None
    issued: str | None
    period: str | None
    file_name: str
    tasks: int
    objectives: int
    deadlines: int
    targets: int
    doubts: int


def provinces_of_plans(connection: Connection) -> list[tuple[str, int]]:
    """The provinces of the current plans as of their dates, by name, with how many plans each has."""
    query = (
        select(plans.c.province, func.count())
        .where(plans.c.is_current, plans.c.province.is_not(None))
        .group_by(plans.c.province)
    )
    return sorted((name, count) for name, count in connection.execute(query))


_MOST: Final = 1000
_SHOWN: Final = (
    plans.c.id.label("plan"), plans.c.plan_id, plans.c.number.label("plan_number"), plans.c.attached_to, plans.c.title,
    plans.c.issuer, plans.c.issued, plans.c.period, plans.c.file_name,
)  # fmt: skip


def plan_lines(connection: Connection, filters: Mapping[str, Any], limit: int = _MOST) -> list[PlanLine]:
    """List plans with what each has in all, the newest first.

    Args:
        connection: of a store, as `Store.reading` gives it.
        filters: the fields of `Filters` by name, of those that are about plans.
        limit: the most plans.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    narrowed = narrow(Filters(**filters), connection)
    if narrowed.nothing:
        return []
    query = select(*_SHOWN).where(*narrowed.conditions).order_by(plans.c.issued_on.desc(), plans.c.id).limit(limit)
    rows = connection.execute(query).all()
    ids = [row.plan for row in rows]
    kinds = [func.sum(case((provisions.c.kind == kind, 1), else_=0)) for kind in ("task", "objective")]
    items = {
        plan: (tasks, objectives)
        for plan, tasks, objectives in connection.execute(
            select(provisions.c.plan, *kinds).where(provisions.c.plan.in_(ids)).group_by(provisions.c.plan)
        ).all()
    }
    counted = {
        table.name: {
            plan: count
            for plan, count in connection.execute(
                select(table.c.plan, func.count()).where(table.c.plan.in_(ids)).group_by(table.c.plan)
            ).all()
        }
        for table in (deadlines, targets, doubts)
    }
    return [
        PlanLine(
            tasks=items.get(row.plan, (0, 0))[0],
            objectives=items.get(row.plan, (0, 0))[1],
            **row._mapping,
            **{name: of_plan.get(row.plan, 0) for name, of_plan in counted.items()},
        )
        for row in rows
    ]
