"""The tables of what loading counts over all plans that count now, so that no question has to.

The store alone asks them: they say nothing that the other tables do not. What is not stated is "" here.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Integer, MetaData, Table, Text

counted = MetaData()
LONGEST: Final = 100
"""Signs of a text that are looked at: what is longer was misread, and indexes have limits."""


def _key(name: str, kind: Any) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _count(name: str) -> Column[Any]:
    return Column(name, Integer, nullable=False)


pair_counts = Table(
    "pair_counts",
    counted,
    _key("province_code", Text),
    _key("doer", Integer),
    _key("partner", Integer),
    _count("items"),
    _count("plans"),
    comment="In how many items and plans one agency leads or is responsible and another cooperates",
)

role_counts = Table(
    "role_counts",
    counted,
    _key("province_code", Text),
    _key("agency", Integer),
    _key("role", Text),
    _count("roles"),
    comment="How often an agency has a role",
)

target_counts = Table(
    "target_counts",
    counted,
    _key("province_code", Text),
    _key("province", Text),
    _key("year", Text),
    _key("unit_key", Text),
    _key("unit", Text),
    _count("targets"),
    comment="How many targets are due in a year, by unit",
)
