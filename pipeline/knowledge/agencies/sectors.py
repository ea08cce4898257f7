"""Sectors of ministries, departments and offices (sectors.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pipeline.knowledge.loading import Entry, load


@dataclass(frozen=True, slots=True)
class SectorName(Entry):
    """A name of a sector: its abbreviations, by where each is known."""

    given: bool = False  # texts are not searched for it
    free_short: tuple[str, ...] = ()  # wherever they stand
    unit_short: tuple[str, ...] = ()  # behind Phòng, Vụ, Ban, and behind Bộ and Sở
    short: tuple[str, ...] = ()  # behind Bộ and Sở
    given_short: tuple[str, ...] = ()  # where a name is given

    @property
    def behind_units(self) -> tuple[str, ...]:
        """The abbreviations that name a unit of an agency: "Phòng GDĐT"."""
        return (*self.free_short, *self.unit_short)

    @property
    def in_texts(self) -> tuple[str, ...]:
        """The abbreviations that texts are searched for behind Bộ and Sở."""
        return () if self.given else (*self.behind_units, *self.short)

    @property
    def all_short(self) -> tuple[str, ...]:
        """All its abbreviations."""
        return (*self.behind_units, *self.short, *self.given_short)


@dataclass(frozen=True, slots=True)
class Sector(Entry):
    """A sector: titles, words that name it inside a longer name, and what agencies in it are called."""

    vi: str
    en: str
    wide: tuple[str, ...] = ()
    names: Mapping[str, SectorName] = field(default_factory=dict)


@cache
def sectors() -> Mapping[str, Sector]:
    """Sectors by code."""
    return load(dict[str, Sector], "agencies", "sectors.toml")


@cache
def sector_names() -> Mapping[str, SectorName]:
    """The names of all sectors."""
    return {name: one for sector in sectors().values() for name, one in sector.names.items()}
