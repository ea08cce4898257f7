"""What people decide about the plans in a store: taking one out, and saying which of its versions counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, case, func, select, update

from pipeline.errors import AmbiguousPlanError, PlanNotFoundError
from pipeline.store.database import Store
from pipeline.store.loading import versions
from pipeline.store.loading.index_upkeep import ORPHANS, count_more, tidy
from pipeline.store.loading.removal import take_out
from pipeline.store.query.plan_names import bearing
from pipeline.store.tables import plans

SHORT: Final = 12  # digits of a document's hash that name a version
_HASH: Final = re.compile(r"[0-9a-f]{6,64}")


@dataclass(frozen=True)
class StoredVersion:
    """A version of a plan: the file it was read from, and the first digits of that file's hash, which name it."""

    version: str
    file_name: str


def remove_plan(store: Store, name: str) -> tuple[StoredVersion, ...]:
    """Take a plan out of the store with all its versions, or one version.

    Args:
        store: open for writing.
        name: of a plan, its number, that of its decision, or its slug; of a version, the name of its file or the first
            digits of the file's hash.

    Returns:
        What was taken out.

    Raises:
        PlanNotFoundError: nothing bears the name.
        AmbiguousPlanError: several plans or versions do.
    """
    with store.writing() as connection:
        found = _of_version(connection, name)
        if found:
            _alone(found, name)
        else:
            found = _of_plan(connection, name)
        gone = sum(take_out(connection, row["id"]) for row in found)
        versions.settle(connection, found)
        count_more(connection, ORPHANS, gone)
        if store.dialect == "sqlite":
            tidy(connection)
    return tuple(map(_version, found))


def use_version(store: Store, name: str, chosen: bool = True) -> tuple[StoredVersion, StoredVersion]:
    """Say that a version counts, whatever is loaded later.

    Args:
        store: open for writing.
        name: the name of its file, the first digits of the file's hash, or what names a plan of one version.
        chosen: False takes that back.

    Returns:
        The version named, and the one that counts now.

    Raises:
        PlanNotFoundError: nothing bears the name.
        AmbiguousPlanError: several versions do.
    """
    with store.writing() as connection:
        found = _of_version(connection, name) or _of_plan(connection, name)
        row = _alone(found, name)
        of_work = plans.c.work == row["work"]
        connection.execute(update(plans).where(of_work).values(chosen=None))
        if chosen:
            connection.execute(update(plans).where(plans.c.id == row["id"]).values(chosen=True))
        versions.settle(connection, [row])
        own = select(plans.c.work).where(plans.c.id == row["id"]).scalar_subquery()
        counting = connection.execute(select(plans).where(plans.c.work == own, plans.c.is_current)).mappings().one()
    return _version(row), _version(counting)


def _of_version(connection: Connection, name: str) -> Sequence[RowMapping]:
    """The versions that a file's name or hash names."""
    wanted = name.strip()
    if _HASH.fullmatch(wanted.lower()):
        query = select(plans).where(plans.c.sha256.startswith(wanted.lower())).order_by(plans.c.id)
        if found := connection.execute(query).mappings().all():
            return found
    rows = _rows(connection, bearing(connection, wanted))
    by_file = (wanted.casefold(), f"{wanted.casefold()}.")
    return [
        row
        for row in rows
        if row["file_name"].casefold() == by_file[0] or row["file_name"].casefold().startswith(by_file[1])
    ]


def _of_plan(connection: Connection, name: str) -> Sequence[RowMapping]:
    """All versions of the one plan of that number or slug."""
    rows = _rows(connection, bearing(connection, name))
    if not rows:
        raise PlanNotFoundError(file=name)
    works = {row["work"] for row in rows}
    if len(works) > 1:
        raise _ambiguous(rows, name)
    return connection.execute(select(plans).where(plans.c.work.in_(works)).order_by(plans.c.id)).mappings().all()


def _rows(connection: Connection, ids: Sequence[int]) -> Sequence[RowMapping]:
    return connection.execute(select(plans).where(plans.c.id.in_(ids)).order_by(plans.c.id)).mappings().all()


def _alone(found: Sequence[RowMapping], name: str) -> RowMapping:
    if len(found) > 1:
        raise _ambiguous(found, name)
    return found[0]


def _ambiguous(found: Sequence[RowMapping], name: str) -> AmbiguousPlanError:
    return AmbiguousPlanError(
        file=name, found=", ".join(f"{row['sha256'][:SHORT]} ({row['file_name']})" for row in found)
    )


def _version(row: RowMapping) -> StoredVersion:
    return StoredVersion(row["sha256"][:SHORT], row["file_name"])


def state_of_plans(connection: Connection) -> tuple[Any, ...]:
    """What is another as soon as a plan is loaded, taken out or chosen."""
    current = func.sum(case((plans.c.is_current, plans.c.id), else_=0))
    return tuple(connection.execute(select(func.count(), func.max(plans.c.loaded_at), current)).one())
