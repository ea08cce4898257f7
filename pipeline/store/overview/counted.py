"""When the tables of counts answer, and the conditions on their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table

from pipeline.register import find_province
from pipeline.store.query.filters import Filters, checked


def countable(filters: Mapping[str, Any], words: str | None, *names: str) -> bool:
    """Whether what is asked is counted: where no words are, and no filters beside the province and those named.

    Raises:
        WrongUsageError: a filter has a value that says nothing.
    """
    checked(Filters(**filters))
    given = {name for name, value in filters.items() if value is not None}
    return not (words and words.strip()) and given <= {"province", *names}


def in_province(table: Table, filters: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """The condition that the rows of a table of counts are of the province asked for; none where none is."""
    place = find_province(filters["province"]) if filters.get("province") else None
    return [] if place is None else [table.c.province_code == place.code]
