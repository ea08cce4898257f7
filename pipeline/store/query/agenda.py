"""The deadlines of the current plans as a list of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select

from pipeline.store.query.choosing import by_item, holding
from pipeline.store.query.filters import due_tags
from pipeline.store.tables import agencies, deadlines, evidence, occurrences, plans, provisions, roles

_AT_ONCE: Final = 500  # entries whose agencies are asked for together


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
    plan: int
    """The plan's id in the store."""


def agenda(
    connection: Connection,
    first: date,
    last: date,
    filters: Mapping[str, Any],
    words: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[AgendaEntry]:
    """List the deadlines that fall due in a span of days.

    Args:
        connection: of a store, as `Store.reading` gives it.
        first: the first day.
        last: the last day, inclusive.
        filters: the fields of `Filters` by name.
        words: what the items say, as in a search; None for anything.
        limit: the most entries; None for all.
        offset: how many of the first are left out.

    Yields:
        One entry for each deadline and day, in order of days.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    conditions = _conditions(connection, first, last, filters, words)
    if conditions is None:
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
            plans.c.id.label("plan"),
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
        .where(*conditions)
        .order_by(occurrences.c.due_on, deadlines.c.id)
        .limit(limit)
        .offset(offset)
    )
    for rows in connection.execute(query).partitions(_AT_ONCE):
        doers = _doers(connection, {row.provision for row in rows})
        for row in rows:
            named = doers.get(row.provision, [])
            yield AgendaEntry(
                due=row.due_on,
                start=row.start_on,
                deadline=row.deadline,
                recurrence=row.recurrence,
                open_ended=row.open_ended,
                ref=row.ref,
                text=row.text,
                page=row.page,
                agencies=tuple(printed for printed, _ in named),
                registered=tuple(name for _, name in named),
                plan_id=row.plan_id,
                plan_number=row.number,
                attached_to=row.attached_to,
                plan_title=row.title,
                province=row.province,
                file_name=row.file_name,
                deadline_id=row.deadline_id,
                plan=row.plan,
            )


def due_days(
    connection: Connection, first: date, last: date, filters: Mapping[str, Any], words: str | None = None
) -> dict[date, int]:
    """Count what falls due on each day of a span, as `agenda` lists it; days without anything are left out.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    conditions = _conditions(connection, first, last, filters, words)
    if conditions is None:
        return {}
    query = (
        select(occurrences.c.due_on, func.count())
        .join_from(occurrences, plans, plans.c.id == occurrences.c.plan)
        .where(*conditions)
        .group_by(occurrences.c.due_on)
        .order_by(occurrences.c.due_on)
    )
    if by_item(filters):
        query = query.join(provisions, provisions.c.id == occurrences.c.provision)
    return {day: count for day, count in connection.execute(query)}


def _conditions(
    connection: Connection, first: date, last: date, filters: Mapping[str, Any], words: str | None
) -> list[ColumnElement[bool]] | None:
    """What holds of the rows that are asked for; None where there can be none."""
    conditions = holding(connection, words, filters, occurrences.c.provision, [due_tags(first, last)])
    return None if conditions is None else [occurrences.c.due_on.between(first, last), *conditions]


def _doers(connection: Connection, items: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Who does each item: in the plan's own words, and as the register names it."""
    query = (
        select(roles.c.provision, func.coalesce(roles.c.printed, roles.c.name), agencies.c.name)
        .join(agencies, roles.c.agency == agencies.c.id)
        .where(roles.c.provision.in_(list(items)), roles.c.role.in_(("lead", "responsible", "directed")))
        .order_by(roles.c.provision, roles.c.id)
    )
    found: dict[int, dict[tuple[str, str], None]] = {}
    for item, printed, name in connection.execute(query).all():
        found.setdefault(item, {})[printed, name] = None
    return {item: list(named) for item, named in found.items()}


def nearest_due(connection: Connection, day: date) -> date | None:
    """The first day from `day` on, on which a deadline of any plan falls due, else the last before; None of none."""
    after: date | None = connection.scalar(select(func.min(occurrences.c.due_on)).where(occurrences.c.due_on >= day))
    before: date | None = connection.scalar(select(func.max(occurrences.c.due_on)))
    return after or before
