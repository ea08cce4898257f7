"""The types of the register: the plan that names an agency, and the agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlanOrigin:
    """The plan that names an agency."""

    province: str | None = None  # ISO 3166-2:VN code as of the date; None for a central document
    on: date | None = None  # the plan's date
    issuer: str | None = None  # full name of who issued it


@dataclass(frozen=True, slots=True)
class RegisteredAgency:
    """An agency as the register knows it."""

    key: str  # the same key <=> the same agency: "department.culture@VN-01"
    name: str  # full name with its place
    kind: str  # code of `knowledge.agencies.kinds`; "other" when unknown
    level: str | None  # central, province, district or commune
    sector: str | None  # code of `knowledge.agencies.sectors`
    collective: bool  # a group ("các sở, ban, ngành"), no single agency
    place: str | None  # code of the place it is of
    place_name: str | None  # "tỉnh Lai Châu", "huyện Tam Đường"
    province: str | None  # ISO code of its province as of the date; None for central agencies
    current_province: str | None  # ISO code of that province since 1 July 2025
    successor: str | None  # key of today's agency where a merger or renaming changed it

    @property
    def body(self) -> str:
        """The key without place and level ("department.culture", "committee"), the same for counterparts elsewhere."""
        whole = self.key.removeprefix("each.").partition("@")[0]
        return whole.removesuffix(f".{self.level}") if self.level else whole


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to an agency on a day."""

    on: date
    into: str | None  # key of the agency that took it over; None where a level ended
    source: str  # the resolution, law or decree


@dataclass(frozen=True, slots=True)
class ProvinceAsOf:
    """A province as of a date, and what it belongs to since 1 July 2025 (Resolution 202/2025/QH15)."""

    code: str  # ISO 3166-2:VN
    name: str  # "Lai Châu"
    kind: str  # "tỉnh" or "thành phố"
    current_code: str
    current_name: str
    also: tuple[str, ...] = ()  # other spellings

    @property
    def full_name(self) -> str:
        """With its kind: "tỉnh Lai Châu"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class AdministrativeUnit:
    """An administrative unit: a province, a district until 30 June 2025, a commune before or since."""

    code: str  # "VN-01", "VN-01-106", "VN-01-106-03385"; a commune since 1 July 2025: "VN-01-03385"
    kind: str  # "tỉnh", "huyện", "phường"
    name: str  # "Tam Đường"
    level: str  # province, district or commune
    parent: str | None  # code of the place above
    successors: tuple[str, ...]  # codes of what it is part of today, the main one first; empty if it still stands

    @property
    def full_name(self) -> str:
        """With its kind: "huyện Tam Đường"."""
        return f"{self.kind} {self.name}"
