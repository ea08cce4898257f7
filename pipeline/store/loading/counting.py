"""Counting plans in and out: the tables of counts are as the plans that count now, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Insert, Integer, Table, bindparam, delete, func, select
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
    _add(connection, some, 1)


def count_out(connection: Connection, some: Collection[int]) -> None:
    """Take off plans, by the ids of their rows, which are in the store still and do not count any more.

    Counts of nothing are left, for `drop_empty`.
    """
    _add(connection, some, -1)


def drop_empty(connection: Connection) -> None:
    """Take out the counts of nothing."""
    for table, _, counts in _COUNTED:
        connection.execute(delete(table).where(*(table.c[name] == 0 for name in counts)))


def _add(connection: Connection, some: Collection[int], sign: int) -> None:
    listed = sorted(some)
    for start in range(0, len(listed), _CHUNK):
        for statement in _statements(connection.dialect.name):
            connection.execute(statement, {"sign": sign, "some": listed[start : start + _CHUNK]})


@cache
def _statements(dialect: str) -> Sequence[Insert]:
    """Those that add to the counts of each table, `sign` times, what there is of the plans `some`."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    made = []
    for table, by, counts in _COUNTED:
        found = by.add_columns(*(bindparam("sign", type_=Integer) * one for one in counts.values()))
        found = found.where(plans.c.id.in_(bindparam("some", expanding=True))).group_by(*by.selected_columns)
        into = insert(table).from_select([one.name for one in table.c], found)
        more = {name: table.c[name] + into.excluded[name] for name in counts}
        made.append(into.on_conflict_do_update(index_elements=list(table.primary_key), set_=more))
    return made
