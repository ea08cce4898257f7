"""The figures that the current plans are to reach, by province and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from pipeline.store.overview.place import PLACE, PlacedItem
from pipeline.store.query.choosing import holding
from pipeline.store.query.words import key
from pipeline.store.tables import evidence, plans, provisions, targets


@dataclass(frozen=True)
class GoalEntry(PlacedItem):
    """A target of a plan, with its place."""

    text: str
    """As printed."""
    value: float
    value_max: float | None
    comparison: str
    unit: str | None
    of_total: float | None
    per: str | None
    direction: str
    subject: str | None
    predicate: str | None
    statement: str
    baseline: str | None
    due: str | None
    """Year or ISO date."""
    plan_title: str | None
    issued_on: date | None

    @property
    def year(self) -> str | None:
        """The year it is due; None where the plan states none."""
        return self.due[:4] if self.due else None


_COLUMNS = (
    targets.c.text, targets.c.value, targets.c.value_max, targets.c.comparison, targets.c.unit, targets.c.of_total,
    targets.c.per, targets.c.direction, targets.c.subject, targets.c.predicate, targets.c.statement,
    targets.c.baseline, targets.c.due, plans.c.title.label("plan_title"), plans.c.issued_on, *PLACE,
)  # fmt: skip


def goals(
    connection: Connection,
    filters: Mapping[str, Any],
    words: str | None = None,
    year: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[GoalEntry]:
    """List targets: by province, year and what is counted.

    Args:
        connection: of a store, as `Store.reading` gives it.
        filters: the fields of `Filters` by name; a unit is that of the targets themselves.
        words: what the items say, as in a search; None for anything.
        year: the year they are due, "none" for those that state none; None for any.
        limit: the most entries; None for all.
        offset: how many of the first are left out.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    conditions = _conditions(connection, filters, words, year)
    if conditions is None:
        return []
    query = _joined(select(*_COLUMNS)).join(evidence, evidence.c.id == targets.c.evidence).where(*conditions)
    order = (plans.c.province, targets.c.due, targets.c.subject, targets.c.id)
    return [GoalEntry(**row._mapping) for row in connection.execute(query.order_by(*order).limit(limit).offset(offset))]


def goal_counts(
    connection: Connection, filters: Mapping[str, Any], words: str | None = None, year: str | None = None
) -> dict[tuple[str | None, str | None], int]:
    """Count targets by province and by the year they are due, as `goals` lists them; None for what is not stated."""
    conditions = _conditions(connection, filters, words, year)
    if conditions is None:
        return {}
    due = func.substr(targets.c.due, 1, 4)
    query = _joined(select(plans.c.province, due, func.count())).where(*conditions).group_by(plans.c.province, due)
    return {(province, year): count for province, year, count in connection.execute(query)}


def goal_units(
    connection: Connection, filters: Mapping[str, Any], words: str | None = None, year: str | None = None
) -> list[tuple[str, int]]:
    """The units that targets are counted in, the commonest first, with how many are."""
    conditions = _conditions(connection, filters, words, year)
    if conditions is None:
        return []
    columns: list[ColumnElement[Any]] = [func.min(targets.c.unit), func.count()]
    query = _joined(select(*columns)).where(*conditions, targets.c.unit_key.is_not(None))
    found = connection.execute(query.group_by(targets.c.unit_key))
    return sorted(((unit, count) for unit, count in found), key=lambda one: (-one[1], one[0]))


def _joined(query: Select[Any]) -> Select[Any]:
    return query.join_from(targets, provisions, provisions.c.id == targets.c.provision).join(
        plans, plans.c.id == targets.c.plan
    )


def _conditions(
    connection: Connection, filters: Mapping[str, Any], words: str | None, year: str | None
) -> list[ColumnElement[bool]] | None:
    conditions = holding(connection, words, filters)
    if conditions is None:
        return None
    if filters.get("unit"):
        # SQLite, which keeps no statistics, would begin with all targets of the commonest unit.
        narrowed = words or any(value for name, value in filters.items() if name != "unit")
        unit_key = targets.c.unit_key.concat("") if narrowed else targets.c.unit_key
        conditions.append(unit_key == key(filters["unit"]))
    if year:
        conditions.append(
            targets.c.due.is_(None) if year == "none" else targets.c.due.startswith(year, autoescape=True)
        )
    return conditions
