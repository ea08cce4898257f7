"""Conditions that select the rows of each table that belong to given plans or items.

The ids travel as one JSON array, which the database takes apart: no temporary table (a store may be open for reading
only), and no statement that grows with them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Integer, Select, Table, Text, cast, func, literal, or_, select

from pipeline.store.tables import evidence, metadata, plans, provisions


@dataclass(frozen=True)
class Selection:
    """Ids of plans and of items, None for all. `dialect` is the database's: sqlite or postgresql.

    With both, the items are those of `provisions` that stand in one of `plans`.
    """

    dialect: str
    plans: Sequence[int] | None = None
    provisions: Sequence[int] | None = None

    @property
    def is_all(self) -> bool:
        """Whether everything is selected."""
        return self.plans is None and self.provisions is None

    def items(self) -> list[ColumnElement[bool]]:
        """The conditions on an item, for a statement that joins `provisions`."""
        return self.of(provisions)

    def of(self, table: Table) -> list[ColumnElement[bool]]:
        """The conditions on the rows of a table; none where all are selected.

        Rows of an item go with their item, rows of a plan with their plan; agencies and evidence go with the rows that
        refer to them.
        """
        if self.is_all:
            return []
        if table is plans:
            return [plans.c.id.in_(self._plans())]
        item = table.c.id if table is provisions else table.c.get("provision")
        if item is not None:
            wanted: list[ColumnElement[bool]] = []
            if self.provisions is not None:
                wanted.append(item.in_(self._ids(self.provisions)))
            if self.plans is not None:
                wanted.append(table.c.plan.in_(self._plans()))
            return wanted
        if "plan" in table.c and (table is not evidence or self.provisions is None):
            return [table.c.plan.in_(self._plans())]
        referring = [
            table.c[key.column.name].in_(select(key.parent).where(*self.of(other)))
            for other in metadata.tables.values()
            for key in sorted(other.foreign_keys, key=lambda key: key.parent.name)
            if key.column.table is table
        ]
        return [or_(*referring)] if referring else []

    def _plans(self) -> Select[Any]:
        if self.plans is not None:
            return self._ids(self.plans)
        return select(provisions.c.plan).where(provisions.c.id.in_(self._ids(self.provisions or ())))

    def _ids(self, ids: Sequence[int]) -> Select[Any]:
        listed = literal(json.dumps([int(one) for one in ids]), Text)
        if self.dialect == "postgresql":
            each = func.json_array_elements_text(cast(listed, JSON)).table_valued("value")
            return select(cast(each.c.value, Integer))
        return select(func.json_each(listed).table_valued("value").c.value)
