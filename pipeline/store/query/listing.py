"""What is in a store: each plan with its versions, and which of these counts and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from pipeline.store.loading.ranking import best
from pipeline.store.query.choosing import choose
from pipeline.store.row_conditions import Selection
from pipeline.store.tables import doubts, plans


@dataclass(frozen=True)
class VersionEntry:
    """A version of a plan."""

    sha256: str
    """Of the document; its first digits name the version."""
    file_name: str
    status: str
    """draft, unknown, signed or corrected."""
    issued: str | None
    """EDTF."""
    items: int
    doubts: int
    cut_off: bool
    """Whether a warning says that pages, or its end, are missing."""
    is_current: bool
    """Whether it is the one that counts."""


@dataclass(frozen=True)
class PlanEntry:
    """A plan, as the version that counts has it."""

    plan_id: str
    number: str | None
    attached_to: str | None
    issuer: str | None
    province: str | None
    issued: str | None
    title: str | None
    items: int
    doubts: int
    versions: tuple[VersionEntry, ...]
    """The one that counts first."""
    why: str | None
    """What decided between it and the next, one of `ranking.REASONS`; None where there is no other."""


def list_plans(
    connection: Connection, filters: Mapping[str, Any], limit: int, offset: int = 0
) -> tuple[list[PlanEntry], int]:
    """List the plans that meet filters, or have items that do, the newest first.

    Args:
        connection: of a store.
        filters: the fields of `Filters` by name.
        limit: the most plans that are returned.
        offset: how many of the first are left out.

    Returns:
        The plans, and how many meet the filters in all.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    dialect = connection.dialect.name
    chosen = Selection(dialect, choose(connection, None, filters).plans).of(plans)
    newest = func.max(func.coalesce(plans.c.issued_on, date.min))
    query = select(plans.c.work).where(*chosen).group_by(plans.c.work).order_by(newest.desc(), plans.c.work)
    works = list(connection.scalars(query))
    return _entries(connection, works[offset : offset + limit]), len(works)


def plans_of_versions(connection: Connection, limit: int, offset: int = 0) -> tuple[list[PlanEntry], int]:
    """List the plans of which there are several versions; arguments and answer as of `list_plans`."""
    newest = func.max(func.coalesce(plans.c.issued_on, date.min))
    query = select(plans.c.work).group_by(plans.c.work).having(func.count() > 1)
    works = list(connection.scalars(query.order_by(newest.desc(), plans.c.work)))
    return _entries(connection, works[offset : offset + limit]), len(works)


def _entries(connection: Connection, shown: Sequence[int]) -> list[PlanEntry]:
    members: dict[int, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(select(plans).where(plans.c.work.in_(shown)).order_by(plans.c.sha256)).mappings():
        members[row["work"]].append(row)
    ids = [row["id"] for rows in members.values() for row in rows]
    counted = select(doubts.c.plan, func.count()).where(doubts.c.plan.in_(ids)).group_by(doubts.c.plan)
    doubtful: dict[int, int] = {plan: count for plan, count in connection.execute(counted)}
    return [_entry(members[work], doubtful) for work in shown]


def _entry(rows: Sequence[RowMapping], doubtful: Mapping[int, int]) -> PlanEntry:
    current, why = best(rows)
    ordered = sorted(rows, key=lambda row: row is not current)
    named = {name: current[name] for name in ("plan_id", "number", "attached_to", "issuer", "province", "title")}
    return PlanEntry(
        issued=_issued(current),
        items=current["items"] or 0,
        doubts=doubtful.get(current["id"], 0),
        versions=tuple(_version(row, doubtful) for row in ordered),
        why=why,
        **named,
    )


def _issued(row: RowMapping) -> str | None:
    return row["issued"] or (row["issued_on"].isoformat() if row["issued_on"] else None)


def _version(row: RowMapping, doubtful: Mapping[int, int]) -> VersionEntry:
    return VersionEntry(
        sha256=row["sha256"],
        file_name=row["file_name"],
        status=row["status"],
        issued=_issued(row),
        items=row["items"] or 0,
        doubts=doubtful.get(row["id"], 0),
        cut_off=bool(row["cut_off"]),
        is_current=row["is_current"],
    )
