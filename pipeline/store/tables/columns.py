"""What the descriptions of all tables share: the metadata they belong to, and columns that many of them have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData
from sqlalchemy.types import TypeEngine

metadata = MetaData()


def described(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *rest: Any, **more: Any) -> Column[Any]:
    """Make a column that may be empty.

    Args:
        name: of the column.
        kind: type of its values.
        rest: what else `Column` takes, such as a foreign key.
        more: `comment` says what it holds; `unit` is that of a number, `title` a short heading in Vietnamese.
    """
    info = {key: more.pop(key) for key in ("unit", "title") if key in more}
    return Column(name, kind, *rest, info=info, **more)


def row_id() -> Column[Any]:
    """Make the column of a row's own id, which the loader gives."""
    return described("id", Integer, primary_key=True, autoincrement=False, comment="row number in this store")


def of_plan(key: bool = False) -> Column[Any]:
    """Make the column that names the plan a row is of; `key`: it is part of the primary key."""
    more = {"primary_key": True, "autoincrement": False} if key else {}
    return described("plan", Integer, ForeignKey("plans.id"), nullable=False, comment="the plan it is of", **more)


def of_provision(key: bool = False) -> Column[Any]:
    """Make the column that names the item a row is of; `key`: it is part of the primary key."""
    more = {"primary_key": True, "autoincrement": False} if key else {}
    name = "provision"
    return described(name, Integer, ForeignKey("provisions.id"), nullable=False, comment="the item it is of", **more)


def position(key: bool = False) -> Column[Any]:
    """Make the column of a row's place in its list; `key`: it is part of the primary key."""
    more = {"primary_key": True, "autoincrement": False} if key else {}
    return described("position", Integer, nullable=False, comment="place in the plan's JSON, from 0", **more)


def printed_at(nullable: bool = False) -> Column[Any]:
    """Make the column that refers to the evidence of a row."""
    return described("evidence", Integer, ForeignKey("evidence.id"), nullable=nullable, comment="where it is printed")


def confidence() -> Column[Any]:
    """Make the column of how far a value can be trusted."""
    return described("confidence", Float, comment="how far it can be trusted, 0 to 1", unit="ratio")
