"""The figures that the current plans are to reach, by province and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, false, func, or_, select

from pipeline.store.overview.counted import countable, in_province
from pipeline.store.overview.parts import part_of
from pipeline.store.overview.place import PLACE, PlacedItem
from pipeline.store.query.choosing import by_item, holding
from pipeline.store.query.index import tag
from pipeline.store.query.words import key
from pipeline.store.tables import evidence, plans, provisions, targets
from pipeline.store.tables.counts import LONGEST, target_counts


@dataclass(frozen=True)
class GoalEntry(PlacedItem):
    """A target of a plan, with its place."""

    text: str
    """As printed."""
    value: float
    value_max: float | None
    comparison: str
    unit: str | None
    of_total: float | None
    per: str | None
    direction: str
    subject: str | None
    predicate: str | None
    statement: str
    baseline: str | None
    due: str | None
    """Year or ISO date."""
    plan_title: str | None
    issued_on: date | None

    @property
    def year(self) -> str | None:
        """The year it is due; None where the plan states none."""
        return self.due[:4] if self.due else None


_FEW: Final = 1000  # targets of a unit that are all looked at, whatever else is asked
_COLUMNS = (
    targets.c.text, targets.c.value, targets.c.value_max, targets.c.comparison, targets.c.unit, targets.c.of_total,
    targets.c.per, targets.c.direction, targets.c.subject, targets.c.predicate, targets.c.statement,
    targets.c.baseline, targets.c.due, plans.c.title.label("plan_title"), plans.c.issued_on, *PLACE,
)  # fmt: skip


def goals(
    connection: Connection,
    filters: Mapping[str, Any],
    words: str | None = None,
    year: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[GoalEntry]:
    """List targets: by province, year and what is counted.

    Args:
        connection: of a store, as `Store.reading` gives it.
        filters: the fields of `Filters` by name; a unit is that of the targets themselves.
        words: what the items say, as in a search; None for anything.
        year: the year they are due, "none" for those that state none; None for any.
        limit: the most entries; None for all.
        offset: how many of the first are left out.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    conditions = _conditions(connection, filters, words, year)
    if conditions is None:
        return []
    if limit is not None and countable(filters, words, "unit"):
        within, offset = _places(connection, filters, year, limit, offset)
        conditions += within
    order = (func.coalesce(plans.c.province, ""), targets.c.due, targets.c.subject, targets.c.id)
    listed = _joined(select(targets.c.id), filters).where(*conditions).order_by(*order).limit(limit).offset(offset)
    query = select(*_COLUMNS).join_from(targets, plans, plans.c.id == targets.c.plan)
    query = query.join(provisions, provisions.c.id == targets.c.provision)
    query = query.join(evidence, evidence.c.id == targets.c.evidence)
    found = connection.execute(query.where(targets.c.id.in_(listed)).order_by(*order)).all()
    return [GoalEntry(**row._mapping) for row in found]


@dataclass(frozen=True)
class GoalCounts:
    """How many targets there are."""

    by_place: Mapping[tuple[str | None, str | None], int]
    """By province and by the year they are due, as `goals` lists them; None for what is not stated."""
    units: Sequence[tuple[str, int]]
    """The units they are counted in, the commonest first, with how many are; of those of any unit."""


def goal_counts(
    connection: Connection, filters: Mapping[str, Any], words: str | None = None, year: str | None = None
) -> GoalCounts:
    """Count targets, by province and year and by unit; arguments as of `goals`."""
    query = _counting(connection, filters, words, year)
    wanted = _unit_key(filters)
    by_place: Counter[tuple[str | None, str | None]] = Counter()
    units: Counter[str] = Counter()
    called: dict[str, str] = {}
    for place, due, unit_key, unit, count in connection.execute(query).all() if query is not None else ():
        if wanted in (None, unit_key):
            by_place[place or None, due or None] += count
        if unit_key:
            units[unit_key] += count
            called[unit_key] = min(unit, called.get(unit_key, unit))
    ordered = sorted(((called[one], count) for one, count in units.items()), key=lambda one: (-one[1], one[0]))
    return GoalCounts(by_place, ordered)


def _counting(
    connection: Connection, filters: Mapping[str, Any], words: str | None, year: str | None
) -> Select[Any] | None:
    """The question for counts by province, year and unit, each with how the unit is written; None where none is."""
    if countable(filters, words, "unit"):
        by = (target_counts.c.province, target_counts.c.year, target_counts.c.unit_key)
        query = select(*by, func.min(target_counts.c.unit), func.sum(target_counts.c.targets))
        return query.where(*in_province(target_counts, filters), *_in_year(year)).group_by(*by)
    conditions = _conditions(connection, _of_items(filters), words, year)
    if conditions is None:
        return None
    grouped = (plans.c.province, func.substr(targets.c.due, 1, 4), func.substr(targets.c.unit_key, 1, LONGEST))
    columns: list[ColumnElement[Any]] = [*grouped, func.min(targets.c.unit), func.count()]
    return _joined(select(*columns), filters).where(*conditions).group_by(*grouped)


def _in_year(year: str | None) -> list[ColumnElement[bool]]:
    return [target_counts.c.year == ("" if year == "none" else year)] if year else []


def _unit_key(filters: Mapping[str, Any]) -> str | None:
    return key(filters["unit"])[:LONGEST] if filters.get("unit") else None


def _places(
    connection: Connection, filters: Mapping[str, Any], year: str | None, limit: int, offset: int
) -> tuple[list[ColumnElement[bool]], int]:
    """The condition that tells the provinces of a part of the list, and how many of their first are left out."""
    wanted, own = _unit_key(filters), target_counts.c
    query = select(own.province, func.sum(own.targets)).where(*in_province(target_counts, filters), *_in_year(year))
    if wanted is not None:
        query = query.where(own.unit_key == wanted)
    counts = [(row[0], row[1]) for row in connection.execute(query.group_by(own.province).order_by(own.province))]
    if any(len(place) >= LONGEST for place, _ in counts):  # it is cut
        return [], offset
    named, before = part_of(counts, limit, offset)
    return [or_(plans.c.province.in_(named), plans.c.province.is_(None) if "" in named else false())], before


def _joined(query: Select[Any], filters: Mapping[str, Any]) -> Select[Any]:
    query = query.join_from(targets, plans, plans.c.id == targets.c.plan)
    return query.join(provisions, provisions.c.id == targets.c.provision) if by_item(_of_items(filters)) else query


def _of_items(filters: Mapping[str, Any]) -> dict[str, Any]:
    """The filters without the unit, which is that of the targets themselves."""
    return {**filters, "unit": None}


def _conditions(
    connection: Connection, filters: Mapping[str, Any], words: str | None, year: str | None
) -> list[ColumnElement[bool]] | None:
    unit = key(filters["unit"]) if filters.get("unit") else None
    stating = [["has:target"], *([[tag("unit", unit)]] if unit else [])]
    conditions = holding(connection, words, _of_items(filters), targets.c.provision, stating)
    if conditions is None:
        return None
    if unit is not None:
        # SQLite, which keeps no statistics, would begin with all targets of the commonest unit.
        wanted = targets.c.unit_key == unit
        rare = connection.scalar(select(targets.c.id).where(wanted).limit(1).offset(_FEW)) is None
        conditions.append(wanted if rare else targets.c.unit_key.concat("") == unit)
    if year:
        conditions.append(
            targets.c.due.is_(None) if year == "none" else targets.c.due.startswith(year, autoescape=True)
        )
    return conditions
