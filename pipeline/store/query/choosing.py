"""Choosing all plans and items that match words and filters, for exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select

from pipeline.store.query.filters import Filters, narrow
from pipeline.store.query.searching import find, having, tagged
from pipeline.store.tables import plans, provisions

_OF_PLANS: Final = frozenset(
    ("province", "current_province", "issued_from", "issued_before", "document_type", "plan", "versions")
)
_MANY: Final = 100_000_000
_AT_ONCE: Final = 10_000  # ids in one statement


@dataclass(frozen=True)
class Chosen:
    """Ids of the plans chosen, and of their items; `provisions` is None where all of these are chosen.

    `accents_ignored`: the words were found only with other accents than they were given with.
    """

    plans: list[int]
    provisions: list[int] | None
    accents_ignored: bool = False


def choose(connection: Connection, words: str | None, filters: Mapping[str, Any]) -> Chosen:
    """Find all that words and filters choose: plans as a whole where only plans are asked for.

    Args:
        connection: of a store, as `Store.reading` gives it.
        words: words that stand in an item, as in a search; None for any.
        filters: the fields of `Filters` by name; None where one does not restrict.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    checked = Filters(**filters)
    if words or by_item(filters):
        found, ignored = find(connection, words, checked, _MANY)
        return Chosen(sorted(_plans_of(connection, found)), found, ignored)
    narrowed = narrow(checked, connection)
    query = select(plans.c.id).where(*narrowed.conditions).order_by(plans.c.id)
    return Chosen([] if narrowed.nothing else list(connection.scalars(query)), None)


def by_item(filters: Mapping[str, Any]) -> bool:
    """Whether filters are about items, not about their plans alone."""
    return bool({name for name, value in filters.items() if value is not None} - _OF_PLANS)


def holding(
    connection: Connection,
    words: str | None,
    filters: Mapping[str, Any],
    item: ColumnElement[Any] = provisions.c.id,
    stating: Sequence[Sequence[str]] = (),
) -> list[ColumnElement[bool]] | None:
    """Make the conditions on an item and its plan that words and filters mean.

    Args:
        connection: of a store, as `Store.reading` gives it.
        words: words that all stand in an item's text, in quotes as a phrase; None or blank for any. With accents they
            are found with these, where nothing has them without.
        filters: the fields of `Filters` by name.
        item: the column of the item's id, in a statement that joins the plan, and the item where filters are `by_item`.
        stating: groups of tags of the index, of each of which an item that is wanted has one.

    Returns:
        The conditions; None where nothing can meet them.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    narrowed = narrow(Filters(**filters), connection)
    if narrowed.nothing:
        return None
    narrowed = replace(narrowed, tags=(*narrowed.tags, *map(tuple, stating)))
    if words and words.strip():
        has = having(connection, words, narrowed, item)
        return None if has is None else [*narrowed.conditions, has]
    if by_item(filters) and narrowed.named is None and (has := tagged(connection, narrowed, item)) is not None:
        return [*narrowed.conditions, has]
    return list(narrowed.conditions)


def _plans_of(connection: Connection, items: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        found.update(connection.scalars(select(provisions.c.plan).where(provisions.c.id.in_(some)).distinct()))
    return found


def references(connection: Connection, items: Sequence[int]) -> set[tuple[str, str]]:
    """Name items independently of the store, by the SHA-256 of their document and their id in its plan."""
    found: set[tuple[str, str]] = set()
    query = select(plans.c.sha256, provisions.c.ref).join(plans, plans.c.id == provisions.c.plan)
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        found.update((row.sha256, row.ref) for row in connection.execute(query.where(provisions.c.id.in_(some))))
    return found
