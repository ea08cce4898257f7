"""Versions of one plan: which rows are the same plan, and which of them is current.

A plan that is wrongly taken for a version of another vanishes from searches, one that is wrongly kept apart is there
twice. So rows share a work only where nothing speaks against it and enough is known:

- rows of one number, of a province and year, where issuer and title say the same;
- a draft with the rows of its title, issuer, kind, province and period; of numbered ones with one alone.

Works depend on the rows alone, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select, update

from pipeline.errors import Notice, notice
from pipeline.store.loading import grouping, ranking
from pipeline.store.loading.counting import count_in, count_out, drop_empty
from pipeline.store.loading.grouping import TELLING, Group
from pipeline.store.loading.ranking import has_serial
from pipeline.store.loading.rows import Row
from pipeline.store.tables import plans

STATUSES: Final = ("draft", "signed", "corrected")
"""What a plan can be said to be by hand."""

_CHUNK: Final = 500  # values in one IN list
_COLUMNS: Final = [
    plans.c[name]
    for name in (
        *("id", "plan_id", "work", "status", "is_current", "chosen", "items", "cut_off", "number", "attached_to"),
        *("number_key", "title", "title_key", "issuer", "issuer_agency", "document_type", "province_code", "period"),
        *("issued_on", "file_name", "sha256"),
    )
]

_Plan: TypeAlias = Mapping[str, Any] | RowMapping


def status(plan: Row) -> str:
    """The status of a plan: corrections say so in the title, of others it is what was read."""
    return "corrected" if plan["title_key"].split()[:2] == ["dinh", "chinh"] else plan["read_status"]


def settle(connection: Connection, changed: Iterable[_Plan]) -> None:
    """Group the versions of plans anew and mark the current ones.

    Args:
        connection: in a transaction of the store.
        changed: rows of the store, or some that were removed.
    """
    changed = list(changed)
    works = {int(plan["work"]) for plan in changed}
    titles = {(plan["title_key"], plan["issuer_agency"]) for plan in changed}
    for named in sorted({plan["number_key"] for plan in changed if plan["number_key"] is not None}):
        rows = _rows(connection, plans.c.number_key == named)
        works |= _put(connection, ((grouping.first_of(group), group) for group in grouping.plans_of(rows)))
        titles |= {(row["title_key"], row["issuer_agency"]) for row in rows}
    for title, agency in titles:
        if agency is not None and _telling(title):
            alike = _rows(connection, plans.c.title_key == title, plans.c.issuer_agency == agency)
            works |= _put(connection, grouping.drafts(alike))
    _choose(connection, works)
    drop_empty(connection)


def alone(connection: Connection, loaded: Sequence[Row]) -> set[int]:
    """Find the plans just loaded that share number and title with no other: these need no settling.

    Args:
        connection: in a transaction of the store.
        loaded: rows of the plans, all in the store.
    """
    shared = {}
    for name in ("number_key", "title_key"):
        column = plans.c[name]
        wanted = {row[name] for row in loaded if row[name] is not None}
        query = select(column).where(column.in_(wanted)).group_by(column).having(func.count() > 1)
        shared[name] = set(connection.scalars(query))
    return {row["id"] for row in loaded if not any(row[name] in found for name, found in shared.items())}


def standing(connection: Connection, plan: int, replaced: bool) -> tuple[bool, tuple[Notice, ...]]:
    """Tell whether a plan just loaded is a further version of another. All plans of its batch must be settled.

    Args:
        connection: in a transaction of the store.
        plan: id of the plan.
        replaced: whether it replaced the plan of the same file.

    Returns:
        Whether it is a further version, and what is to be said about it.
    """
    [own] = _rows(connection, plans.c.id == plan)
    together = plans.c.work == own["work"]
    before = () if replaced else (plans.c.id < plan,)
    others = _rows(connection, together, plans.c.id != plan, *before, limit=1)
    said = []
    if others:
        [current] = _rows(connection, together, plans.c.is_current, limit=1)
        said.append(notice("W702", number=_name(others[0]), file=others[0]["file_name"], current=current["file_name"]))
    if own["number_key"] is not None and (strangers := _rows(connection, *_of_its_number(own), limit=1)):
        said.append(notice("W701", number=_name(own), file=strangers[0]["file_name"]))
    if _telling(own["title_key"]) and (strangers := _rows(connection, *_of_its_title(own), limit=1)):
        said.append(notice("W703", file=strangers[0]["file_name"]))
    return bool(others), tuple(said)


def _of_its_number(own: RowMapping) -> Iterator[ColumnElement[bool]]:
    yield plans.c.number_key == own["number_key"]
    yield plans.c.work != own["work"]


def _of_its_title(own: RowMapping) -> Iterator[ColumnElement[bool]]:
    """Rows that would be versions of a draft, or drafts of it, if it were known who issued both."""
    yield plans.c.title_key == own["title_key"]
    yield plans.c.work != own["work"]
    if has_serial(own):
        first = func.substr(func.coalesce(plans.c.number, plans.c.attached_to, ""), 1, 1)
        yield first.not_in(list("0123456789"))
    if own["issuer_agency"] is not None:
        yield plans.c.issuer_agency.is_(None)
    for name in ("document_type", "province_code", "period"):
        if own[name] is not None:
            yield plans.c[name].is_(None) | (plans.c[name] == own[name])


def _rows(connection: Connection, *wanted: ColumnElement[bool], limit: int | None = None) -> Sequence[RowMapping]:
    return connection.execute(select(*_COLUMNS).where(*wanted).order_by(plans.c.id).limit(limit)).mappings().all()


def _put(connection: Connection, groups: Iterable[tuple[int, Group]]) -> set[int]:
    """Give rows the work of their group; the works that may have another version that counts."""
    touched = set()
    for work, group in groups:
        touched |= {work, *(row["work"] for row in group)}
        moved = [row["id"] for row in group if row["work"] != work]
        for start in range(0, len(moved), _CHUNK):
            some = moved[start : start + _CHUNK]
            connection.execute(update(plans).where(plans.c.id.in_(some)).values(work=work))
    return touched


def _choose(connection: Connection, works: Collection[int]) -> None:
    """Mark the version that counts of each work."""
    members = defaultdict(list)
    listed = sorted(works)
    for start in range(0, len(listed), _CHUNK):
        for row in _rows(connection, plans.c.work.in_(listed[start : start + _CHUNK])):
            members[row["work"]].append(row)
    turned: dict[bool, list[int]] = {True: [], False: []}
    for rows in members.values():
        best, _ = ranking.best(rows)
        for row in rows:
            if row["is_current"] != (row is best):
                connection.execute(update(plans).where(plans.c.id == row["id"]).values(is_current=row is best))
                turned[row is best].append(row["id"])
    count_in(connection, turned[True])
    count_out(connection, turned[False])


def _telling(title: str) -> bool:
    return len(title.split()) >= TELLING


def _name(plan: RowMapping) -> str:
    named = plan["number"] or plan["attached_to"] if has_serial(plan) else plan["title"]
    return str(named or plan["plan_id"])
