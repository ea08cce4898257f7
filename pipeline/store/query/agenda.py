"""The deadlines of the current plans as a list of days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from pipeline.store.query.filters import Filters, narrow
from pipeline.store.tables import agencies, deadlines, evidence, occurrences, plans, provisions, roles


@dataclass(frozen=True)
class AgendaEntry:
    """One deadline on one day. `agencies` are those who lead, are responsible or are told to do it."""

    due: date
    start: date | None
    deadline: str
    recurrence: str | None
    open_ended: bool
    """It recurs without a stated end; followed for ten years."""
    ref: str
    text: str
    page: int | None
    agencies: tuple[str, ...]
    """In the plan's own words."""
    registered: tuple[str, ...]
    """The same as the register names them."""
    plan_id: str
    plan_number: str | None
    attached_to: str | None
    plan_title: str | None
    province: str | None
    file_name: str
    deadline_id: int


def agenda(connection: Connection, first: date, last: date, filters: Mapping[str, Any]) -> Iterator[AgendaEntry]:
    """List the deadlines that fall due in a span of days.

    Args:
        connection: of a store, as `Store.reading` gives it.
        first: the first day.
        last: the last day, inclusive.
        filters: the fields of `Filters` by name.

    Yields:
        One entry for each deadline and day, in order of days.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    narrowed = narrow(Filters(**filters), connection)
    if narrowed.nothing:
        return
    query = (
        select(
            occurrences.c.due_on,
            occurrences.c.start_on,
            deadlines.c.text.label("deadline"),
            deadlines.c.recurrence,
            deadlines.c.open_ended,
            deadlines.c.id.label("deadline_id"),
            provisions.c.id.label("provision"),
            provisions.c.ref,
            provisions.c.text,
            evidence.c.page,
            plans.c.plan_id,
            plans.c.number,
            plans.c.attached_to,
            plans.c.title,
            plans.c.province,
            plans.c.file_name,
        )
        .join_from(occurrences, deadlines, deadlines.c.id == occurrences.c.deadline)
        .join(provisions, provisions.c.id == occurrences.c.provision)
        .join(plans, plans.c.id == occurrences.c.plan)
        .join(evidence, evidence.c.id == deadlines.c.evidence)
        .where(occurrences.c.due_on.between(first, last), *narrowed.conditions)
        .order_by(occurrences.c.due_on, deadlines.c.id)
    )
    for row in connection.execute(query):
        doers = _doers(connection, row.provision)
        yield AgendaEntry(
            due=row.due_on,
            start=row.start_on,
            deadline=row.deadline,
            recurrence=row.recurrence,
            open_ended=row.open_ended,
            ref=row.ref,
            text=row.text,
            page=row.page,
            agencies=tuple(printed for printed, _ in doers),
            registered=tuple(name for _, name in doers),
            plan_id=row.plan_id,
            plan_number=row.number,
            attached_to=row.attached_to,
            plan_title=row.title,
            province=row.province,
            file_name=row.file_name,
            deadline_id=row.deadline_id,
        )


def _doers(connection: Connection, provision: int) -> list[tuple[str, str]]:
    """Who does it: in the plan's own words, and as the register names it."""
    query = (
        select(func.coalesce(roles.c.printed, roles.c.name), agencies.c.name)
        .join(agencies, roles.c.agency == agencies.c.id)
        .where(roles.c.provision == provision, roles.c.role.in_(("lead", "responsible", "directed")))
        .order_by(roles.c.id)
    )
    return list(dict.fromkeys((printed, name) for printed, name in connection.execute(query)))
