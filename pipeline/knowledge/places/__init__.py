"""Provinces, districts and communes, before and since 1 July 2025, and the words of their levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.knowledge.loading import Entry, load, rows


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province before 1 July 2025 and what it belongs to since (Resolution 202/2025/QH15).

    Codes are those of ISO 3166-2:VN. `also` holds names it was once written by.
    """

    code: str
    name: str
    kind: str
    current_code: str
    current_name: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A district as it stood on 30 June 2025; `successors`: communes that it became where it had none of its own."""

    code: str
    kind: str
    name: str
    province: str
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerRow:
    """A district that was merged away or renamed before; `into`: codes of the districts it lies in."""

    kind: str
    name: str
    province: str
    into: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune as it stood on 30 June 2025; `successors`: the communes it became, its main part first."""

    code: str
    kind: str
    name: str
    district: str
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CurrentCommuneRow:
    """A commune since 1 July 2025."""

    code: str
    kind: str
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class LevelWord(Entry):
    """A word of a level of administration; each field is described in levels.toml."""

    level: Literal["province", "city", "district", "commune"] | None = None
    listed: Literal["district", "commune"] | None = None
    alone: bool = False
    in_text: bool = False
    named: bool = False
    numbered: bool = False
    group: str | None = None
    strong: bool = False
    new: bool = False
    behind: tuple[Literal["post", "thuộc", "của"], ...] = ()


@dataclass(frozen=True, slots=True)
class Levels(Entry):
    """levels.toml."""

    words: Mapping[str, LevelWord]
    in_city: Mapping[str, str]


def _split(codes: str) -> tuple[str, ...]:
    return tuple(codes.split(";")) if codes else ()


@cache
def provinces() -> tuple[ProvinceRow, ...]:
    """The 63 provinces before 1 July 2025."""
    return tuple(ProvinceRow(also=_split(row.pop("also")), **row) for row in rows("places", "provinces.csv"))


@cache
def districts() -> tuple[DistrictRow, ...]:
    """The districts of 30 June 2025."""
    return tuple(
        DistrictRow(successors=_split(row.pop("successors")), **row) for row in rows("places", "districts.csv")
    )


@cache
def former_districts() -> tuple[FormerRow, ...]:
    """Districts that were merged away or renamed before 30 June 2025."""
    return tuple(FormerRow(into=_split(row.pop("into")), **row) for row in rows("places", "former.csv"))


def communes() -> Iterator[CommuneRow]:
    """The communes of 30 June 2025; read anew each time, as there are ten thousand."""
    return (CommuneRow(successors=_split(row.pop("successors")), **row) for row in rows("places", "communes.csv"))


def current_communes() -> Iterator[CurrentCommuneRow]:
    """The communes since 1 July 2025; read anew each time."""
    return (CurrentCommuneRow(**row) for row in rows("places", "communes2025.csv"))


@cache
def levels() -> Levels:
    """The words of the levels of administration."""
    return load(Levels, "places", "levels.toml")


@cache
def level_names(*of: Literal["province", "city", "district", "commune"], new: bool = True) -> tuple[str, ...]:
    """The words for places of some levels, in full ("thành phố", not "tp"), the longest first.

    Args:
        of: the levels.
        new: whether those that are levels since 1 July 2025 alone are among them.
    """
    words = levels().words.items()
    found = (word for word, one in words if one.level in of and one.group == "locality" and (new or not one.new))
    return tuple(sorted(found, key=len, reverse=True))
