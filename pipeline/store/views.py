"""The views of the store: tables joined the way a researcher asks, in the database with current versions only.

Each column is one of `tables.py` under a name that says whose it is, and keeps that column's description.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Cast, Column, ColumnElement, Select, cast, select
from sqlalchemy.types import Text

from pipeline.store.tables import agencies, deadlines, evidence, occurrences, plans, provisions, roles, targets

_PLAN: Final[list[ColumnElement[Any]]] = [
    plans.c.id.label("plan"),
    plans.c.number.label("plan_number"),
    plans.c.attached_to,
    plans.c.title.label("plan_title"),
    plans.c.province,
    plans.c.current_province,
    plans.c.issuer,
    plans.c.issued_on,
    plans.c.file_name,
]
_ITEM: Final[list[ColumnElement[Any]]] = [
    provisions.c.id.label("provision"),
    provisions.c.ref,
    provisions.c.kind,
    evidence.c.page,
    cast(provisions.c.headings, Text).label("headings"),
    provisions.c.text,
]


def _joined() -> Any:
    """Items with their place and their plan."""
    return provisions.join(plans, plans.c.id == provisions.c.plan).join(
        evidence, evidence.c.id == provisions.c.evidence
    )


OF_ALL_VERSIONS: Final[dict[str, Select[Any]]] = {
    "items": select(*_ITEM, provisions.c.result, provisions.c.confidence, *_PLAN).select_from(_joined()),
    "assignments": select(
        roles.c.id,
        roles.c.role,
        roles.c.printed,
        roles.c.name.label("named"),
        agencies.c.name.label("agency"),
        agencies.c.key.label("agency_key"),
        agencies.c.kind.label("agency_kind"),
        agencies.c.level,
        agencies.c.sector,
        roles.c.confidence,
        *_ITEM,
        *_PLAN,
    ).select_from(
        _joined().join(roles, roles.c.provision == provisions.c.id).join(agencies, agencies.c.id == roles.c.agency)
    ),
    "due": select(
        occurrences.c.deadline,
        occurrences.c.due_on,
        occurrences.c.start_on,
        deadlines.c.text.label("deadline_text"),
        deadlines.c.kind.label("deadline_kind"),
        deadlines.c.recurrence,
        deadlines.c.open_ended,
        deadlines.c.act,
        deadlines.c.inherited,
        deadlines.c.confidence,
        *_ITEM,
        *_PLAN,
    ).select_from(
        _joined()
        .join(deadlines, deadlines.c.provision == provisions.c.id)
        .join(occurrences, occurrences.c.deadline == deadlines.c.id)
    ),
    "goals": select(
        targets.c.id,
        targets.c.text.label("figure"),
        targets.c.value,
        targets.c.value_max,
        targets.c.comparison,
        targets.c.unit,
        targets.c.of_total,
        targets.c.per,
        targets.c.direction,
        targets.c.subject,
        targets.c.predicate,
        targets.c.statement,
        targets.c.baseline,
        targets.c.due,
        targets.c.confidence,
        *_ITEM,
        *_PLAN,
    ).select_from(_joined().join(targets, targets.c.provision == provisions.c.id)),
}
"""Name of a view -> what it selects where the plans are chosen otherwise."""

VIEWS: Final = {name: query.where(plans.c.is_current) for name, query in OF_ALL_VERSIONS.items()}
"""Name of a view -> what it selects."""

TITLES: Final[dict[str, tuple[str, str]]] = {
    "items": ("Items with their plan", "Nhiệm vụ và mục tiêu kèm kế hoạch"),
    "assignments": ("Who does what", "Ai làm gì"),
    "due": ("What falls due when", "Việc đến hạn"),
    "goals": ("What is to be reached", "Chỉ tiêu"),
}
"""Name of a view -> what it is, in English and Vietnamese."""


def source(element: ColumnElement[Any]) -> Column[Any]:
    """The column of a table that a view shows under another name or as another type."""
    while not isinstance(element, Column):
        element = element.clause if isinstance(element, Cast) else element.element
    return element
