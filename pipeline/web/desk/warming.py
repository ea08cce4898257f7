"""What the first who ask would wait for, done before anybody does."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import Final

from pipeline.errors import KehoachError
from pipeline.extras import extras
from pipeline.web.desk.asking import Desk
from pipeline.web.desk.stored import opened
from pipeline.web.templates import compile_templates

_LATE: Final = (
    "pipeline.store.query.searching", "pipeline.store.query.listing", "pipeline.store.query.agenda",
    "pipeline.store.overview.duties", "pipeline.store.overview.goals", "pipeline.store.overview.partners",
    "pipeline.store.overview.places", "pipeline.store.overview.timetable", "pipeline.store.reading",
    "pipeline.export.calendar", "icalendar", "lets_plot",
)  # fmt: skip
"""Modules that are imported where they are needed, as their packages may be missing."""


def warm(desk: Desk) -> None:
    """Compile the templates, import what is imported late, open the store; what fails is said to who asks for it."""
    compile_templates()
    with suppress(KehoachError), extras("kehoach serve"):
        for name in _LATE:
            import_module(name)
        with opened(desk) as store, store.reading() as connection:
            from pipeline.store.overview.places import provinces_of_plans

            provinces_of_plans(connection)
