"""Counting plans in and out: the tables of counts are as the plans that count now, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, delete, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.store.tables import plans, roles, targets
from pipeline.store.tables.counts import LONGEST, pair_counts, role_counts, target_counts

DOING: Final = ("lead", "responsible")
"""The roles of one who works with others, who cooperate."""

_CHUNK: Final = 500  # values in one IN list
_ONE, _OTHER = roles.alias("one"), roles.alias("other")


def _said(column: Any, length: int = LONGEST) -> ColumnElement[str]:
    return func.coalesce(func.substr(column, 1, length), "")


_PROVINCE: Final = func.coalesce(plans.c.province_code, "")
_COUNTED: Final[Sequence[tuple[Table, Any, Mapping[str, ColumnElement[int]]]]] = (
    (
        pair_counts,
        select(_PROVINCE.label("province_code"), _ONE.c.agency.label("doer"), _OTHER.c.agency.label("partner"))
        .join_from(plans, _ONE, _ONE.c.plan == plans.c.id)
        .join(_OTHER, _OTHER.c.provision == _ONE.c.provision)
        .where(_ONE.c.role.in_(DOING), _OTHER.c.role == "cooperating"),
        {"items": func.count(_ONE.c.provision.distinct()), "plans": func.count(plans.c.id.distinct())},
    ),
    (
        role_counts,
        select(_PROVINCE.label("province_code"), roles.c.agency, roles.c.role).join_from(
            plans, roles, roles.c.plan == plans.c.id
        ),
        {"roles": func.count()},
    ),
    (
        target_counts,
        select(
            _PROVINCE.label("province_code"),
            _said(plans.c.province).label("province"),
            _said(targets.c.due, 4).label("year"),
            _said(targets.c.unit_key).label("unit_key"),
            _said(targets.c.unit).label("unit"),
        ).join_from(plans, targets, targets.c.plan == plans.c.id),
        {"targets": func.count()},
    ),
)
"""Table -> what it counts by, and the counts."""


def count_in(connection: Connection, some: Collection[int]) -> None:
    """Add plans, by the ids of their rows, which are in the store with all theirs and count from now on."""
    for wanted in _parts(some):
        _add(connection, wanted, 1)


def count_out(connection: Connection, some: Collection[int]) -> None:
    """Take off plans, by the ids of their rows, which are in the store still and do not count any more."""
    for wanted in _parts(some):
        _add(connection, wanted, -1)
    if some:
        for table, _, counts in _COUNTED:
            connection.execute(delete(table).where(*(table.c[name] == 0 for name in counts)))


def recount(connection: Connection) -> None:
    """Count all plans anew."""
    for table, _, _ in _COUNTED:
        connection.execute(delete(table))
    _add(connection, plans.c.is_current, 1)


def _parts(some: Collection[int]) -> Iterator[ColumnElement[bool]]:
    listed = sorted(some)
    for start in range(0, len(listed), _CHUNK):
        yield plans.c.id.in_(listed[start : start + _CHUNK])


def _add(connection: Connection, wanted: ColumnElement[bool], sign: int) -> None:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for table, by, counts in _COUNTED:
        found = by.add_columns(*(literal(sign) * one for one in counts.values())).where(wanted)
        into = insert(table).from_select([one.name for one in table.c], found.group_by(*by.selected_columns))
        more = {name: table.c[name] + into.excluded[name] for name in counts}
        connection.execute(into.on_conflict_do_update(index_elements=list(table.primary_key), set_=more))
