"""Where an item that an overview lists stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.store.tables import evidence, plans, provisions

PLACE: Final = (
    provisions.c.ref, evidence.c.page, plans.c.id.label("plan"), plans.c.plan_id, plans.c.number.label("plan_number"),
    plans.c.attached_to, plans.c.province, plans.c.file_name,
)  # fmt: skip
"""The columns of `PlacedItem`."""


@dataclass(frozen=True)
class PlacedItem:
    """An item, and the plan that it stands in."""

    ref: str
    """The item's id in the plan."""
    page: int | None
    plan: int
    """The plan's id in the store."""
    plan_id: str
    plan_number: str | None
    attached_to: str | None
    province: str | None
    file_name: str
