"""Plans with the items alone that state a time: what a calendar needs of them, read in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, func, select

from pipeline.schema import Agency, Deadline, Evidence, Metadata, Plan, Provision, Role, Source
from pipeline.store.query.choosing import choose
from pipeline.store.tables import deadlines, evidence, plans, provisions, roles

_AT_ONCE: Final = 2000  # items


def plans_with_times(connection: Connection, words: str | None, filters: Mapping[str, Any]) -> Iterator[Plan]:
    """Read the plans of items that match words and filters and state a time.

    Args:
        connection: of a store, as `Store.reading` gives it.
        words: what the items say, as in a search; None for anything.
        filters: the fields of `Filters` by name.

    Yields:
        Plans that hold of their record, items and agencies what `pipeline.export.calendar` asks for, and nothing else:
        they are not to be written.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    found = choose(connection, words, {**filters, "kind": filters.get("kind") or "deadline"}).provisions or []
    for start in range(0, len(found), _AT_ONCE):
        yield from _plans(connection, found[start : start + _AT_ONCE])


def _plans(connection: Connection, items: Sequence[int]) -> Iterator[Plan]:
    times, doers = _times(connection, items), _agencies(connection, items)
    query = (
        select(provisions, evidence.c.page)
        .join(evidence, evidence.c.id == provisions.c.evidence)
        .where(provisions.c.id.in_(items))
        .order_by(provisions.c.plan, provisions.c.id)
    )
    rows = connection.execute(query).mappings().all()
    records: dict[int, Mapping[str, Any]] = {
        row["id"]: dict(row)
        for row in connection.execute(select(plans).where(plans.c.id.in_({one["plan"] for one in rows}))).mappings()
    }
    for number, some in groupby(rows, key=lambda one: one["plan"]):
        made: dict[str, list[Provision]] = {"objective": [], "task": []}
        for row in some:
            made[row["kind"]].append(
                Provision.model_construct(
                    id=row["ref"],
                    number=row["number"],
                    text=row["text"],
                    agencies=doers.get(row["id"], []),
                    deadlines=times.get(row["id"], []),
                    evidence=Evidence.model_construct(page=row["page"]),
                )
            )
        yield _plan(records[number], made)


def _plan(row: Mapping[str, Any], made: Mapping[str, list[Provision]]) -> Plan:
    named = {name: row[name] for name in ("document_type", "number", "attached_to", "title", "period", "issued_on")}
    return Plan.model_construct(
        plan_id=row["plan_id"],
        source=Source.model_construct(file_name=row["file_name"], sha256=row["sha256"]),
        metadata=Metadata.model_construct(**named),
        objectives=made["objective"],
        tasks=made["task"],
    )


def _times(connection: Connection, items: Sequence[int]) -> Mapping[int, list[Deadline]]:
    query = select(deadlines).where(deadlines.c.provision.in_(items)).order_by(deadlines.c.id)
    found: dict[int, list[Deadline]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        time = Deadline.model_construct(
            text=row["text"],
            kind=row["kind"],
            start=row["start_on"],
            end=row["end_on"],
            edtf=row["edtf"],
            recurrence=row["recurrence"],
        )
        found[row["provision"]].append(time)
    return found


def _agencies(connection: Connection, items: Sequence[int]) -> Mapping[int, list[Agency]]:
    printed = func.coalesce(roles.c.printed, roles.c.name)
    query = select(roles.c.provision, roles.c.name, printed.label("printed"), roles.c.role)
    found: dict[int, list[Agency]] = defaultdict(list)
    for row in connection.execute(query.where(roles.c.provision.in_(items)).order_by(roles.c.id)):
        role = Agency.model_construct(name=row.name, printed=row.printed, role=Role(row.role))
        found[row.provision].append(role)
    return found
