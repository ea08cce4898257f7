"""Reading the items a search found, with all that is shown of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from pipeline.store.query.results import AgencyHit, DeadlineHit, Hit, TargetHit
from pipeline.store.query.snippets import Snippet, passage
from pipeline.store.tables import agencies, deadlines, evidence, plans, provisions, roles, targets

_CHUNK: Final = 10_000  # values in one IN list


def read_hits(connection: Connection, ranked: Sequence[tuple[int, Snippet | None]]) -> tuple[Hit, ...]:
    """Read the items found.

    Args:
        connection: of a store.
        ranked: id of each item, and the part of its text that was looked for; None for its beginning.

    Returns:
        The items in that order.
    """
    parts = (ranked[start : start + _CHUNK] for start in range(0, len(ranked), _CHUNK))
    return tuple(hit for part in parts for hit in _some_hits(connection, part))


def _some_hits(connection: Connection, ranked: Sequence[tuple[int, Snippet | None]]) -> tuple[Hit, ...]:
    ids = [number for number, _ in ranked]
    base = (
        select(provisions, plans.c.plan_id, plans.c.number.label("plan_number"), plans.c.title.label("plan_title"))
        .add_columns(
            *(plans.c.attached_to, plans.c.province, plans.c.issuer, plans.c.issued_on, plans.c.file_name),
            *(plans.c.status, plans.c.is_current, evidence.c.page),
        )
        .join(plans, plans.c.id == provisions.c.plan)
        .join(evidence, evidence.c.id == provisions.c.evidence)
        .where(provisions.c.id.in_(ids))
    )
    rows = {row["id"]: row for row in connection.execute(base).mappings().all()}
    assigned: dict[int, list[AgencyHit]] = {}
    query = (
        select(roles.c.provision, roles.c.printed, roles.c.name, roles.c.role)
        .add_columns(agencies.c.name.label("agency"), agencies.c.key)
        .join(agencies, agencies.c.id == roles.c.agency)
        .where(roles.c.provision.in_(ids))
        .order_by(roles.c.id)
    )
    for one in connection.execute(query).all():
        hit = AgencyHit(one.printed or one.name, one.name, one.role, one.agency, one.key)
        assigned.setdefault(one.provision, []).append(hit)
    due: dict[int, list[DeadlineHit]] = {}
    query = select(deadlines).where(deadlines.c.provision.in_(ids)).order_by(deadlines.c.id)
    for row in connection.execute(query).all():
        due.setdefault(row.provision, []).append(
            DeadlineHit(row.text, row.kind, row.start_on, row.end_on, row.recurrence)
        )
    goals: dict[int, list[TargetHit]] = {}
    query = select(targets).where(targets.c.provision.in_(ids)).order_by(targets.c.id)
    for row in connection.execute(query).all():
        goal = TargetHit(row.text, row.value, row.value_max, row.comparison, row.unit, row.subject, row.due)
        goals.setdefault(row.provision, []).append(goal)
    return tuple(
        Hit(
            provision=number,
            headings=tuple(rows[number]["headings"]),
            passage=where or passage(rows[number]["text"]),
            assigned=tuple(assigned.get(number, ())),
            deadlines=tuple(due.get(number, ())),
            targets=tuple(goals.get(number, ())),
            **{name: rows[number][name] for name in _PLAIN},
        )
        for number, where in ranked
    )


_PLAIN: Final = (
    *("ref", "kind", "number", "text", "page", "plan", "plan_id", "plan_number", "attached_to", "plan_title"),
    *("province", "issuer", "issued_on", "file_name", "status", "is_current"),
)
