"""What agencies have to do by the current plans: how much each, and which items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, select

from pipeline.store.overview.counted import countable, in_province
from pipeline.store.overview.parts import part_of
from pipeline.store.overview.place import PLACE, PlacedItem
from pipeline.store.query.choosing import by_item, holding
from pipeline.store.query.filters import agency_is
from pipeline.store.tables import agencies, deadlines, evidence, plans, provisions, roles
from pipeline.store.tables.counts import role_counts

_ROLES: Final = ("lead", "responsible", "directed", "cooperating", "reports_to")
_DUTIES: Final = ("lead", "responsible", "directed")


@dataclass(frozen=True)
class AgencyCount:
    """An agency of the register, and in how many items it has each role."""

    key: str
    name: str
    kind: str
    level: str | None
    sector: str | None
    province_code: str | None
    successor: str | None
    lead: int
    responsible: int
    directed: int
    cooperating: int
    reports_to: int


@dataclass(frozen=True)
class Duty(PlacedItem):
    """An item that an agency leads, is responsible for or is told to do."""

    agency: str
    """As the register names it."""
    agency_key: str
    role: str
    text: str
    deadlines: tuple[tuple[str, date | None], ...]
    """In the plan's words, with the last day."""


def agency_counts(
    connection: Connection,
    filters: Mapping[str, Any],
    words: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[AgencyCount]:
    """Count what agencies have to do, those with most first.

    Args:
        connection: of a store, as `Store.reading` gives it.
        filters: the fields of `Filters` by name; an agency is the one that is counted.
        words: what the items say, as in a search; None for anything.
        limit: the most agencies; None for all.
        offset: how many of the first are left out.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    query = _counting(connection, filters, words)
    if query is None:
        return []
    return [AgencyCount(**row._mapping) for row in connection.execute(query.limit(limit).offset(offset)).all()]


def _counting(connection: Connection, filters: Mapping[str, Any], words: str | None) -> Select[Any] | None:
    """The question of `agency_counts`; None where there is nothing."""
    counted = countable(filters, words, "agency")
    table, count = (role_counts, role_counts.c.roles + 0) if counted else (roles, literal(1))
    conditions = _counted(filters) if counted else _conditions(connection, filters, words)
    if conditions is None:
        return None
    named = (agencies.c.key, agencies.c.name, agencies.c.kind, agencies.c.level, agencies.c.sector)
    more = (agencies.c.province_code, agencies.c.successor)
    each = [func.sum(case((table.c.role == one, count), else_=0)).label(one) for one in _ROLES]
    mine = func.sum(case((table.c.role.in_(_DUTIES), count), else_=0))
    query = select(*named, *more, *each)
    query = query.join_from(table, agencies, agencies.c.id == table.c.agency) if counted else _joined(query, filters)
    query = query.where(*conditions).group_by(agencies.c.id, *named, *more)
    return query.order_by(mine.desc(), func.sum(count).desc(), agencies.c.name, agencies.c.key)


def _counted(filters: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """The conditions on what loading counted, and its agency."""
    return in_province(role_counts, filters) + (agency_is(filters["agency"]) if filters.get("agency") else [])


def duties(
    connection: Connection,
    filters: Mapping[str, Any],
    words: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Duty]:
    """List what agencies have to do, by agency, each plan's items in their order; arguments as of `agency_counts`."""
    conditions = _conditions(connection, filters, words)
    if conditions is None:
        return []
    if limit is not None and countable(filters, words, "agency"):
        some, offset = _some(connection, filters, limit, offset)
        conditions.append(roles.c.agency.in_(some))
    named = (agencies.c.name.label("agency"), agencies.c.key.label("agency_key"))
    order = (agencies.c.name, agencies.c.key, roles.c.id)
    listed = _joined(select(roles.c.id), filters).where(*conditions, roles.c.role.in_(_DUTIES))
    query = select(*named, roles.c.role, provisions.c.text, *PLACE, provisions.c.id)
    query = query.join_from(roles, agencies, agencies.c.id == roles.c.agency)
    query = query.join(provisions, provisions.c.id == roles.c.provision).join(plans, plans.c.id == roles.c.plan)
    query = query.join(evidence, evidence.c.id == provisions.c.evidence)
    query = query.where(roles.c.id.in_(listed.order_by(*order).limit(limit).offset(offset))).order_by(*order)
    rows = [dict(row) for row in connection.execute(query).mappings().all()]
    times = _times(connection, {row["id"] for row in rows})
    return [Duty(deadlines=tuple(times.get(row.pop("id"), ())), **row) for row in rows]


def _some(connection: Connection, filters: Mapping[str, Any], limit: int, offset: int) -> tuple[list[int], int]:
    """The agencies of a part of the list, and how many of their first duties are left out."""
    query = select(agencies.c.id, func.sum(role_counts.c.roles)).join(agencies, agencies.c.id == role_counts.c.agency)
    query = query.where(*_counted(filters), role_counts.c.role.in_(_DUTIES))
    query = query.group_by(agencies.c.id, agencies.c.name, agencies.c.key).order_by(agencies.c.name, agencies.c.key)
    return part_of([(row[0], row[1]) for row in connection.execute(query)], limit, offset)


def duty_count(connection: Connection, filters: Mapping[str, Any], words: str | None = None) -> int:
    """Count what `duties` lists."""
    if countable(filters, words, "agency"):
        query = select(func.sum(role_counts.c.roles)).join(agencies, agencies.c.id == role_counts.c.agency)
        return connection.scalar(query.where(*_counted(filters), role_counts.c.role.in_(_DUTIES))) or 0
    conditions = _conditions(connection, filters, words)
    if conditions is None:
        return 0
    return connection.scalar(_joined(select(func.count()), filters).where(*conditions, roles.c.role.in_(_DUTIES))) or 0


def _times(connection: Connection, items: set[int]) -> Mapping[int, list[tuple[str, date | None]]]:
    query = select(deadlines.c.provision, deadlines.c.text, deadlines.c.end_on)
    found: dict[int, list[tuple[str, date | None]]] = defaultdict(list)
    query = query.where(deadlines.c.provision.in_(items)).order_by(deadlines.c.id)
    for item, text, end in connection.execute(query).all():
        found[item].append((text, end))
    return found


def _joined(query: Select[Any], filters: Mapping[str, Any]) -> Select[Any]:
    query = query.join_from(roles, agencies, agencies.c.id == roles.c.agency)
    query = query.join(plans, plans.c.id == roles.c.plan)
    return query.join(provisions, provisions.c.id == roles.c.provision) if by_item(filters) else query


def _conditions(
    connection: Connection, filters: Mapping[str, Any], words: str | None
) -> list[ColumnElement[bool]] | None:
    conditions = holding(connection, words, filters, roles.c.provision)
    if conditions is None or not filters.get("agency"):
        return conditions
    return [*conditions, *agency_is(filters["agency"])]
