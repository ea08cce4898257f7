"""Who works with whom: agencies that do something, and those that cooperate in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from pipeline.store.loading.counting import DOING
from pipeline.store.overview.counted import countable, in_province
from pipeline.store.overview.place import PLACE, PlacedItem
from pipeline.store.query.choosing import holding
from pipeline.store.query.filters import agency_is
from pipeline.store.tables import agencies, evidence, plans, provisions, roles
from pipeline.store.tables.counts import pair_counts

_ONE, _OTHER = roles.alias("one"), roles.alias("other")
_DOER, _PARTNER = agencies.alias("doer"), agencies.alias("partner")


@dataclass(frozen=True)
class AgencyPair:
    """Two agencies, and in how many items the one leads or is responsible and the other cooperates."""

    doer: str
    """As the register names it."""
    doer_key: str
    partner: str
    partner_key: str
    items: int
    plans: int


@dataclass(frozen=True)
class SharedItem(PlacedItem):
    """An item of both, with its place."""

    text: str


def pairs(
    connection: Connection, filters: Mapping[str, Any], words: str | None = None, limit: int | None = None
) -> list[AgencyPair]:
    """Find who works with whom, the pairs with most items first.

    Args:
        connection: of a store, as `Store.reading` gives it.
        filters: the fields of `Filters` by name; an agency is one of the two.
        words: what the items say, as in a search; None for anything.
        limit: the most pairs; None for all.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    counted = _counted(filters) if countable(filters, words, "agency") else _counting(connection, filters, words)
    if counted is None:
        return []
    found = counted.subquery()
    query = (
        select(
            _DOER.c.name.label("doer"),
            _DOER.c.key.label("doer_key"),
            _PARTNER.c.name.label("partner"),
            _PARTNER.c.key.label("partner_key"),
            found.c["items"],
            found.c.plans,
        )
        .join_from(found, _DOER, _DOER.c.id == found.c.doer)
        .join(_PARTNER, _PARTNER.c.id == found.c.partner)
        .order_by(found.c["items"].desc(), _DOER.c.name, _PARTNER.c.name, _DOER.c.key, _PARTNER.c.key)
        .limit(limit)
    )
    return [AgencyPair(**row._mapping) for row in connection.execute(query)]


def _counted(filters: Mapping[str, Any]) -> Select[Any]:
    """The pairs as they are counted by loading."""
    own = pair_counts.c
    sums = (func.sum(own["items"]).label("items"), func.sum(own.plans).label("plans"))
    query = select(own.doer, own.partner, *sums).where(*in_province(pair_counts, filters))
    if filters.get("agency"):
        named = _named(filters)
        query = query.where(or_(own.doer.in_(named), own.partner.in_(named)))
    return query.group_by(own.doer, own.partner)


def _counting(connection: Connection, filters: Mapping[str, Any], words: str | None) -> Select[Any] | None:
    """The pairs of the items that are asked for; None where there are none."""
    conditions = _conditions(connection, filters, words)
    if conditions is None:
        return None
    doer, partner = _ONE.c.agency.label("doer"), _OTHER.c.agency.label("partner")
    items = func.count(provisions.c.id.distinct()).label("items")
    query = _joined(select(doer, partner, items, func.count(plans.c.id.distinct()).label("plans")))
    return query.where(*conditions).group_by(doer, partner)


def shared_items(
    connection: Connection,
    filters: Mapping[str, Any],
    doer: str,
    partner: str,
    words: str | None = None,
    limit: int | None = None,
) -> list[SharedItem]:
    """List the items in which one agency works with another, both by their keys, as `pairs` counts them."""
    conditions = _conditions(connection, filters, words)
    if conditions is None:
        return []
    query = _joined(select(provisions.c.text, *PLACE, provisions.c.id).distinct()).join(
        evidence, evidence.c.id == provisions.c.evidence
    )
    query = query.where(*conditions, _DOER.c.key == doer, _PARTNER.c.key == partner).order_by(provisions.c.id)
    found = connection.execute(query.limit(limit)).mappings()
    return [SharedItem(**{name: value for name, value in row.items() if name != "id"}) for row in found]


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.join_from(_ONE, _OTHER, _OTHER.c.provision == _ONE.c.provision)
        .join(provisions, provisions.c.id == _ONE.c.provision)
        .join(plans, plans.c.id == _ONE.c.plan)
        .join(_DOER, _DOER.c.id == _ONE.c.agency)
        .join(_PARTNER, _PARTNER.c.id == _OTHER.c.agency)
        .where(_ONE.c.role.in_(DOING), _OTHER.c.role == "cooperating")
    )


def _conditions(
    connection: Connection, filters: Mapping[str, Any], words: str | None
) -> list[ColumnElement[bool]] | None:
    conditions = holding(connection, words, filters)
    if conditions is None or not filters.get("agency"):
        return conditions
    named = _named(filters)
    return [*conditions, or_(_ONE.c.agency.in_(named), _OTHER.c.agency.in_(named))]


def _named(filters: Mapping[str, Any]) -> Select[Any]:
    return select(agencies.c.id).where(*agency_is(filters["agency"]))
